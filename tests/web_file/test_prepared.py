"""What the start of the page compiles: recorded in one process and used in another, as build and browser do."""

import py_compile
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_MODULE = """
import re
from collections import namedtuple
from dataclasses import dataclass, field

WORD = re.compile(r"(?P<letter>[a-zåäö])(\\d+)?", re.IGNORECASE)
DATA = re.compile(b"[\\x80-\\xff]+")
Pair = namedtuple("Pair", "left right", defaults=[2])


@dataclass(slots=True, frozen=True, order=True)
class Point:
    x: int
    y: list[int] = field(default_factory=list)
"""

_USED = """
import re, sys
import {module} as made

assert made.WORD.fullmatch("Å12")["letter"] == "Å" and made.WORD.groupindex == {{"letter": 1}}
assert made.DATA.sub(b"-", b"a\\xe5\\xe4b") == b"a-b"
assert made.Pair(1) == (1, 2)
assert made.Point(1, [2]) == made.Point(1, [2]) < made.Point(2) and repr(made.Point(1)) == "Point(x=1, y=[])"
assert re.compile("not recorded|x+").fullmatch("xx")
"""

_RECORD = """
from underlag.web_file.prepared import Recorder
import sys, pathlib
folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
recorder = Recorder()
recorder.begin()
import inner.parts, inner
recorder.write(folder, {"inner": "inner/__init__.pyc", "inner.parts": "inner/parts.pyc"})
"""

#: Compiling any other pattern is an error here.
_USE = """
import sys, re
from underlag.web_file.prepared import use

def refuse(*_):
    raise AssertionError("compiled")

usual = vars(re)["_compiler"].compile
vars(re)["_compiler"].compile = lambda pattern, flags=0: (
    usual(pattern, flags) if pattern == "not recorded|x+" else refuse()
)

use(sys.argv[1])
"""


def _python(program: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _made(folder: Path) -> Path:
    (folder / "inner").mkdir()
    for name, text in (("__init__", ""), ("parts", _MODULE)):
        source = folder / f"{name}.py"
        source.write_text(text, encoding="utf-8")
        py_compile.compile(str(source), str(folder / "inner" / f"{name}.pyc"), doraise=True)
        source.unlink()
    return folder


def test_recorded_modules_and_patterns_are_found_without_compiling_them(tmp_path):
    folder = _made(tmp_path)

    _python(_RECORD, folder)
    # Not on the import path: only the record tells where the modules are.
    _python(_USE + _USED.format(module="inner.parts"), folder)


def test_without_a_record_the_same_pattern_would_be_compiled(tmp_path):
    folder = _made(tmp_path)
    _python(_RECORD, folder)
    (folder / "inner" / "parts.pyc").unlink()
    source = folder / "parts.py"
    source.write_text(_MODULE.replace("IGNORECASE", "ASCII"), encoding="utf-8")
    py_compile.compile(str(source), str(folder / "inner" / "parts.pyc"), doraise=True)

    done = subprocess.run(
        [sys.executable, "-c", _USE + "import inner.parts", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "AssertionError: compiled" in done.stderr


def test_equal_modules_give_equal_records(tmp_path):
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        folder = _made(tmp_path / name)
        _python(_RECORD, folder)
        made.append((folder / "prepared.marshal").read_bytes())

    assert made[0] == made[1]
