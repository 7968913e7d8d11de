"""Building underlag.html: fetched parts and this program's own files, compiled and packed into one page."""

import gzip
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Final

import underlag
from underlag.documents.templates import template_folder
from underlag.web_file.fetch import BuildError, fetch_parts, node
from underlag.web_file.page import web_page
from underlag.web_file.parts import parts

#: What Pyodide's own package contributes as it is. Parts are in the order in which the start needs them.
_ENGINE: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json")
#: Files that the compilation writes; see compile_in_pyodide.py.
_COMPILED: Final = ("python_stdlib.zip", "bibliotek.zip", "underlag.zip")
#: Folders of the program that nothing in a browser can use.
_NOT_IN_BROWSER: Final = {"cli", "batch", "web_file", "__pycache__"}
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def build_web_file(folder: Path, report: Callable[[str], None]) -> bytes:
    """Return underlag.html (UTF-8). Equal parts and an equal program give equal bytes.

    Args:
        folder: where fetched parts are kept between builds.
        report: called with a Swedish sentence for each step.

    Raises:
        BuildError: a part cannot be had or compiled.
        OSError: a folder cannot be written.
    """
    found = fetch_parts(folder, report)
    with tempfile.TemporaryDirectory(prefix="underlag-") as work:
        engine, given, made = (Path(work) / name for name in ("pyodide", "in", "ut"))
        for one in (engine, given / "bibliotek", made):
            one.mkdir(parents=True)
        _unpack_npm(found["pyodide"], engine)
        for part in parts():
            if part.source == "pip":
                shutil.copy(found[part.name], given / "bibliotek")
        shutil.copy(engine / "python_stdlib.zip", given)
        (given / "underlag.zip").write_bytes(program_archive())
        report("Kompilerar …")
        _compile(engine, given, made)
        packed = {name: _packed(engine / name) for name in _ENGINE}
        packed |= {name: _packed(made / name) for name in _COMPILED}
    return web_page(packed)


def _unpack_npm(path: Path, folder: Path) -> None:
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            name = member.name.removeprefix("package/")
            content = archive.extractfile(member) if "/" not in name else None
            if content is not None:
                (folder / name).write_bytes(content.read())


def program_archive() -> bytes:
    """Return this program's files as a zip: the package without what no browser uses, and the templates.

    It is the same for a source tree as for the package installed from it, which holds the templates itself.
    """
    target = tempfile.SpooledTemporaryFile(max_size=50_000_000)  # noqa: SIM115 - read and closed below
    with target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, path in sorted(_named_files().items()):
                archive.writestr(zipfile.ZipInfo(name, _DATE), path.read_bytes())
        target.seek(0)
        return target.read()


def _named_files() -> dict[str, Path]:
    package = Path(underlag.__file__).parent
    return {
        f"{prefix}/{inner.as_posix()}": path
        for folder, prefix in ((package, "underlag"), (template_folder(), "underlag/templates"))
        for path in folder.rglob("*")
        if path.is_file() and not _NOT_IN_BROWSER & {*(inner := path.relative_to(folder)).parts[:-1]}
    }


def _compile(engine: Path, given: Path, made: Path) -> None:
    with resources.as_file(resources.files("underlag.web_file")) as own:
        program, script = own / "compile_in_pyodide.py", own / "compile.mjs"
        shutil.copy(own / "prepared.py", given)
        command = [node(), str(script), str(engine), str(given), str(made), str(program)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - own program
    if done.returncode or not all((made / name).is_file() for name in _COMPILED):
        last = done.stderr.strip().splitlines()[-1:] or ["inget besked"]
        raise BuildError(f"Python-koden gick inte att kompilera med Node.js: {last[0]}")


def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)
