"""Runs inside Pyodide during the build: compiles Python to bytecode of the version that will run it.

/in holds python_stdlib.zip, the wheels in a folder, and underlag.zip with sources. /out gets three archives.
They are stored, not packed: each is packed as a whole afterwards. Equal input gives equal bytes.
"""

import py_compile
import tempfile
import zipfile
from pathlib import Path

_DATE = (1980, 1, 1, 0, 0, 0)
#: Parts of packages that no program runs.
_UNUSED_ENDINGS = (".pyi", ".c", ".h", ".pxd")
_NATIVE = "emscripten"


def _bytecode(source: bytes, name: str) -> bytes:
    """Return a module's bytecode, nothing for one of Python 2 (olefile carries one)."""
    with tempfile.TemporaryDirectory() as folder:
        path, compiled = Path(folder) / "module.py", Path(folder) / "module.pyc"
        path.write_bytes(source)
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        try:
            py_compile.compile(str(path), str(compiled), name, doraise=True, invalidation_mode=mode)
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


def _main() -> None:
    _write("python_stdlib.zip", _compiled(Path("/in/python_stdlib.zip")))
    _write("bibliotek.zip", _wheels("bibliotek"))
    _write("underlag.zip", _compiled(Path("/in/underlag.zip")))


_main()
