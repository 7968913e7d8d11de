"""Runs inside Pyodide during the build: compiles Python to bytecode of the version that will run it.

/in holds python_stdlib.zip, the wheels in a folder, underlag.zip with sources, and prepared.py. /out gets
three archives. They are stored, not packed: each is packed as a whole afterwards. Equal input gives equal
bytes.
"""

import importlib
import py_compile
import sys
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

_DATE = (1980, 1, 1, 0, 0, 0)
#: Parts of packages that no program runs.
_UNUSED_ENDINGS = (".pyi", ".c", ".h", ".pxd")
_NATIVE = "emscripten"
#: Where the program is in the browser, and here while it is prepared.
_PROGRAM = Path("/program")


def _bytecode(source: bytes, name: str) -> bytes:
    """Return a module's bytecode, nothing for one of Python 2 (olefile carries one).

    Docstrings, which nothing shows in the browser, are left out, and assertions with them. They cost 1.6 MB
    of the file and a seventh of the start.
    """
    with tempfile.TemporaryDirectory() as folder:
        path, compiled = Path(folder) / "module.py", Path(folder) / "module.pyc"
        path.write_bytes(source)
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        try:
            py_compile.compile(
                str(path), str(compiled), name, doraise=True, optimize=2, invalidation_mode=mode
            )
        except py_compile.PyCompileError:
            return b""
        return compiled.read_bytes()


def _compiled(archive: Path) -> dict[str, bytes]:
    found = {}
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            folders = name.split("/")[:-1]
            if name.endswith(("/", *_UNUSED_ENDINGS)) or {"test", "tests"} & set(folders):
                continue
            content = opened.read(name)
            if name.endswith(".py") and (bytecode := _bytecode(content, name)):
                found[f"{name}c"] = bytecode
            else:
                found[name] = content
    return found


def _write(name: str, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(Path("/out") / name, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            info = zipfile.ZipInfo(path, _DATE)
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[path])


def _wheels(folder: str) -> dict[str, bytes]:
    """Return the files of all wheels in a folder, without compiled accelerators of other platforms."""
    files: dict[str, bytes] = {}
    for wheel in sorted((Path("/in") / folder).glob("*.whl")):
        native = _NATIVE in wheel.name
        files |= {
            name: content for name, content in _compiled(wheel).items() if native or not name.endswith(".so")
        }
    return files


def _module(path: str) -> str:
    """Return the name of the module in a file."""
    return path.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")


def _prepared(library: dict[str, bytes], program: dict[str, bytes]) -> dict[str, bytes]:
    """Import the program and compile its templates; return the files that spare the browser this work."""
    for name, content in (library | program).items():
        path = _PROGRAM / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sys.path.insert(0, str(_PROGRAM))
    prepared = importlib.import_module("prepared")
    recorder = prepared.Recorder()
    recorder.begin()
    for name in sorted(program):
        if name.endswith(".pyc"):
            with suppress(ImportError):  # it belongs to the command line
                importlib.import_module(_module(name))
    sys.dont_write_bytecode = False
    environment = importlib.import_module("underlag.documents.templates").environment()
    for name in environment.list_templates():
        environment.get_template(name)
    files = {_module(name): name for name in sorted(library | program) if name.endswith(".pyc")}
    recorder.write(_PROGRAM, files)
    made = [*_PROGRAM.glob("underlag/templates/**/__pycache__/*"), _PROGRAM / prepared.RECORD]
    return {path.relative_to(_PROGRAM).as_posix(): path.read_bytes() for path in made}


def _main() -> None:
    _write("python_stdlib.zip", _compiled(Path("/in/python_stdlib.zip")))
    library = _wheels("bibliotek")
    _write("bibliotek.zip", library)
    program = _compiled(Path("/in/underlag.zip"))
    program["prepared.pyc"] = _bytecode(Path("/in/prepared.py").read_bytes(), "prepared.py")
    _write("underlag.zip", program | _prepared(library, program))


_main()
