"""Reads the tables of this package: TOML for those who edit them, and a JSON copy for every run.

JSON is parsed forty times as fast. `python -m underlag.renew` makes the copies, and the tests compare them.
"""

from pathlib import Path
from typing import Any

from underlag.json_text import parse


def copy_of(file: Path) -> Path:
    """Return the path of the copy of a TOML file."""
    return file.with_suffix(".json")


def shipped_tables(file: Path) -> dict[str, Any]:
    """Return the tables of a TOML file that is part of this package, from its copy."""
    tables: dict[str, Any] = parse(copy_of(file).read_bytes())
    return tables
