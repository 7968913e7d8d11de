"""Finds the line of a value in a TOML file, which the parser of the standard library does not report."""

import re
from collections.abc import Sequence
from typing import Final

_TABLE: Final = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_KEY: Final = re.compile(r"\s*([\w\"'-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=")

_Path = tuple[str | int, ...]


class TomlLines:
    """The lines of the tables and keys of a valid TOML text."""

    def __init__(self, text: str) -> None:
        self._lines: dict[_Path, int] = {}
        self._counts: dict[_Path, int] = {}
        table: _Path = ()
        for number, line in enumerate(text.splitlines(), 1):
            if found := _TABLE.match(line):
                table = self._table(_parts(found[2]), is_list=found[1] == "[[")
                self._lines.setdefault(table, number)
            elif found := _KEY.match(line):
                self._lines.setdefault((*table, *_parts(found[1])), number)

    def number(self, path: Sequence[str | int]) -> int:
        """Return the line of a value, or of the innermost table around it that has a line; 1 for the file."""
        for end in range(len(path), 0, -1):
            if line := self._lines.get(tuple(path[:end])):
                return line
        return 1

    def _table(self, parts: Sequence[str], *, is_list: bool) -> _Path:
        """Return the path of a table, including the indices of list entries around it."""
        path: _Path = ()
        for at, part in enumerate(parts):
            path = (*path, part)
            if is_list and at == len(parts) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path


def _parts(key: str) -> list[str]:
    return [part.strip().strip("\"'") for part in key.split(".")]
