"""Fetching the parts with the package tools of the machine, npm and pip, as they are set up there."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from underlag.package.work_folder import work_folder
from underlag.web_file.parts import Part, parts


class BuildError(Exception):
    """underlag.html cannot be built; the message is Swedish and says why and what to do."""


def fetch_parts(folder: Path, report: Callable[[str], None]) -> dict[str, Path]:
    """Return the file of each part by the part's name, fetched where `folder` does not hold it.

    Args:
        folder: where fetched parts are kept; made if it does not exist.
        report: called with a Swedish sentence for each part.

    Raises:
        BuildError: a tool is missing or fails, or a file is not what parts.toml lists.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = {part.name: folder / part.file for part in parts()}
    missing: dict[tuple[str, str], list[Part]] = {}
    for part in parts():
        if part.is_whole(found[part.name]):
            report(f"Finns: {part.file}")
        else:
            missing.setdefault((part.source, part.platform), []).append(part)
    # A tool is started once for all parts that it can fetch together: its start takes longer than a part.
    for (source, platform), group in missing.items():
        for part, path in _fetched(source, platform, group, folder):
            path.replace(found[part.name])
            report(f"Hämtade {part.file}, sha256 {part.sha256}")
    return found


def _fetched(source: str, platform: str, group: Sequence[Part], folder: Path) -> Iterator[tuple[Part, Path]]:
    """Fetch parts into a folder of their own inside `folder`; yield each with its file there."""
    with work_folder(folder) as work:
        _run(source, _npm(group) if source == "npm" else _pip(platform, group), work)
        files = [one for one in work.iterdir() if one.is_file()]
        for part in group:
            path = next((one for one in files if part.is_whole(one)), None)
            if path is None:
                raise BuildError(
                    f"{part.name} {part.version} har inte den kontrollsumma som underlag räknar med och "
                    "används inte. Kontrollera varifrån npm och pip hämtar paket, och försök igen."
                )
            yield part, path


def _npm(group: Sequence[Part]) -> list[str]:
    return [_tool("npm"), "pack", "--silent", "--ignore-scripts", *(f"{p.name}@{p.version}" for p in group)]


def _pip(platform: str, group: Sequence[Part]) -> list[str]:
    asked = ["--only-binary", ":all:", "--no-deps", "--implementation", "cp", "--python-version", "3.14"]
    asked += ["--abi", "cp314", "--platform", platform, "--disable-pip-version-check", "-d", "."]
    names = [f"{part.name}=={part.version}" for part in group]
    return [sys.executable, "-m", "pip", "download", "-q", *asked, *names]


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


def _run(source: str, command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - npm or pip
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["inget besked"]
        raise BuildError(f"{source} kunde inte hämta det som sidan byggs av: {last[0]}")
