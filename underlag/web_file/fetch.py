"""Fetching the parts with the package tools of the machine, npm and pip, as they are set up there."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from underlag.web_file.parts import Part, parts


class BuildError(Exception):
    """underlag.html cannot be built; the message is Swedish and says why and what to do."""


def fetch_parts(folder: Path, tell: Callable[[str], None]) -> dict[str, Path]:
    """Return the file of each part by the part's name, fetched where `folder` does not hold it.

    Args:
        folder: where fetched parts are kept; made if it does not exist.
        tell: gets a Swedish sentence for each part.

    Raises:
        BuildError: a tool is missing or fails, or a file is not what parts.toml lists.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for part in parts():
        path = folder / part.file
        if part.is_whole(path):
            tell(f"Finns: {part.file}")
        else:
            _fetch(part, path)
            tell(f"Hämtade {part.file}, sha256 {part.sha256}")
        found[part.name] = path
    return found


def _fetch(part: Part, path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="underlag-") as work:
        command = _npm(part) if part.source == "npm" else _pip(part)
        _run(part, command, Path(work))
        files = [one for one in Path(work).iterdir() if one.is_file()]
        if len(files) != 1 or not part.is_whole(files[0]):
            raise BuildError(
                f"{part.name} {part.version} har inte den kontrollsumma som underlag räknar med och används "
                "inte. Kontrollera varifrån npm och pip hämtar paket, och försök igen."
            )
        shutil.copyfile(files[0], path)


def _npm(part: Part) -> list[str]:
    return [_tool("npm"), "pack", "--silent", "--ignore-scripts", f"{part.name}@{part.version}"]


def _pip(part: Part) -> list[str]:
    asked = ["--only-binary", ":all:", "--no-deps", "--implementation", "cp", "--python-version", "3.14"]
    asked += ["--abi", "cp314", "--platform", part.platform, "--disable-pip-version-check"]
    return [sys.executable, "-m", "pip", "download", "-q", *asked, "-d", ".", f"{part.name}=={part.version}"]


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise BuildError(
            f"Programmet {name} saknas. Installera Node.js 20 eller senare, där både npm och node ingår."
        )
    return path


def node() -> str:
    """Return the path of Node.js.

    Raises:
        BuildError: it is not installed.
    """
    return _tool("node")


def _run(part: Part, command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - npm or pip
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["inget besked"]
        raise BuildError(f"{part.name} {part.version} gick inte att hämta: {last[0]}")
