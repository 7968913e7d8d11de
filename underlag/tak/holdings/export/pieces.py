"""Parses an export a piece at a time, so that not all of it is in memory in three forms at once."""

import os
import re
from typing import Any, Final

from underlag import json_text

#: Bytes of a text from which on it is parsed in pieces, and of each piece.
_LARGE: Final = 8_000_000
_PIECE: Final = 2_000_000
#: Lists of a text that is parsed in pieces; an export has ten.
_MOST_LISTS: Final = 20
#: Ends of lists within a row that are tried before the text is parsed as a whole.
_ATTEMPTS: Final = 20

#: The beginning of a list of objects that is a property, the place between two of its objects, and its end.
_LIST: Final = re.compile(rb'"[a-z]+"\s*:\s*\[\s*(?=\{)')
_BETWEEN: Final = re.compile(rb"\}(\s*,\s*)(?=\{)")
_END: Final = re.compile(rb"\}\s*(?=\])")

#: Properties that have few values, so that each value need be in memory but once.
_FEW_VALUES: Final = ("fromTidpunkt", "tomTidpunkt", "pubversion")

_Rows = list[Any]


def parse_in_pieces(text: bytes) -> Any:
    """Return the value of a JSON text, as `json_text.parse` does.

    A piece from the beginning of a value to a comma after a value is valid only if that comma is no part of a
    text. What looks otherwise is parsed as a whole.

    Raises:
        json_text.JsonError: the text is not JSON in UTF-8.
    """
    if len(text) >= _LARGE:
        lists: dict[str, _Rows] = {}
        value = _without_lists(text, lists)
        if value is not None and _put_back(value, lists):
            return value
    return json_text.parse(text)


def _without_lists(text: bytes, lists: dict[str, _Rows]) -> Any:
    """Return the value with the key of each list in its place, and add the lists; None if that fails."""
    unguessable = os.urandom(8).hex()
    frame: list[bytes] = []
    at = 0
    while found := _LIST.search(text, at):
        read = _rows(text, found.end()) if len(lists) < _MOST_LISTS else None
        if read is None:
            return None
        rows, end = read
        key = f"{unguessable}-{len(lists)}"
        lists[key] = rows
        frame += [text[at : found.end()], b'"%b"' % key.encode()]
        at = end
    return _parsed(b"".join([*frame, text[at:]]))


def _put_back(value: Any, lists: dict[str, _Rows]) -> bool:
    """Put the lists into the data of the value; False if one of them is not there."""
    data = value.get("data") if isinstance(value, dict) else None
    if not isinstance(data, dict):
        return False
    places = {
        rows[0]: name
        for name, rows in data.items()
        if isinstance(rows, list) and len(rows) == 1 and isinstance(rows[0], str) and rows[0] in lists
    }
    data.update((name, lists[key]) for key, name in places.items())
    return len(places) == len(lists)


def _rows(text: bytes, start: int) -> tuple[_Rows, int] | None:
    """Return the objects of a list and where it ends, None if it cannot be parsed in pieces."""
    rows: _Rows = []
    known: dict[str, str] = {}
    at = start
    while found := _BETWEEN.search(text, at + _PIECE, at + 2 * _PIECE):
        piece = _parsed(b"[%b]" % text[at : found.start(1)])
        if piece is None:
            break
        _share_values(piece, known)
        rows += piece
        at = found.end()
    for _, found in zip(range(_ATTEMPTS), _END.finditer(text, at), strict=False):
        if (piece := _parsed(b"[%b]" % text[at : found.end()])) is not None:
            return rows + piece, found.end()
    return None


def _share_values(rows: _Rows, known: dict[str, str]) -> None:
    """Let equal values of the properties that repeat theirs be one object."""
    for row in rows:
        if isinstance(row, dict):
            for name in _FEW_VALUES:
                if isinstance(value := row.get(name), str):
                    row[name] = known.setdefault(value, value)


def _parsed(text: bytes) -> Any:
    try:
        return json_text.parse(text)
    except json_text.JsonError:
        return None
