"""JSON copies of the package's TOML tables, see `underlag.files.shipped`."""

import tomllib
from pathlib import Path
from typing import Any, Final

from underlag import json_text
from underlag.files.shipped import copy_of
from underlag.profiles import prepared

_PACKAGE: Final = Path("underlag")
_PROFILES: Final = _PACKAGE / "profiles"
#: The tables with a copy each. The profiles have one together, and the others are only read by builds.
_TABLES: Final = (
    "findings/texts/*.toml",
    "profiles/words/words.toml",
    "reference/columns.toml",
    "regions/*.toml",
    "tak/judge/rules.toml",
    "tak/orders/texts/undo.toml",
)


def copies(root: Path) -> dict[str, bytes]:
    """Return the content of every copy, by its path in the repository at `root`."""
    files = [file for pattern in _TABLES for file in sorted((root / _PACKAGE).glob(pattern))]
    found = {copy_of(file).relative_to(root).as_posix(): json_text.document(_tables(file)) for file in files}
    profiles = [_tables(file) for file in sorted((root / _PROFILES).glob("*.toml"))]
    return {**found, (_PROFILES / prepared.FILE).as_posix(): json_text.document(profiles)}


def _tables(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
