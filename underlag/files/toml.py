"""Parses TOML from outside within limits, because the parser has none of its own; writes its strings."""

import json
import re
from typing import Any, Final

from underlag.files.limits import TOML, how_to_raise
from underlag.lazy_pattern import LazyPattern

#: Maximum parts of a key; the parser's time grows with the square of their number.
_MOST_PARTS: Final = 20
#: Strings and comments, in which dots are irrelevant; a string may also be part of a key.
_QUOTED: Final = LazyPattern(
    r'''"""(?:[^\\]|\\.)*?"""|"(?:[^"\\\n]++|\\.)*+"|'{3}.*?'{3}|'[^'\n]*+'|#[^\n]*+''', re.DOTALL
)
_LONG_KEY: Final = LazyPattern(rf"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){{{_MOST_PARTS}}}")

#: Beyond this, an integer is not valid TOML (64 bits), and Python may take extremely long to print it.
_WHOLE: Final = 2**63


class TomlError(Exception):
    """The text is rejected. The message is Swedish sentences: why, and if possible where."""


def parse_toml(content: bytes) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Raises:
        TomlError: it is not TOML, or larger or more deeply nested than any genuine file.
    """
    if len(content) > TOML.value * 1000:
        raise TomlError(f"Filen är större än {TOML.value} kB. {how_to_raise()}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlError("Filen är inte sparad som UTF-8.") from error
    if _LONG_KEY.search(_QUOTED.sub("_", text)):
        raise TomlError(
            f"En nyckel har fler än {_MOST_PARTS} led med punkt emellan, och så många läses inte."
        )
    import tomllib  # noqa: PLC0415 - most workbooks come without any TOML

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(_place(str(error))) from error
    except RecursionError as error:
        raise TomlError("Listor eller tabeller ligger för djupt i varandra.") from error
    except ValueError as error:  # an integer of thousands of digits
        raise TomlError(_TOO_LONG) from error
    _refuse_long_numbers(tables)
    return tables


def toml_string(text: str) -> str:
    """Return a text as a basic string of TOML, for a key or a value."""
    # It has JSON's escapes, and takes no DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_TOO_LONG: Final = "Ett tal är för långt: skriv det inom citattecken."


def _refuse_long_numbers(tables: dict[str, Any]) -> None:
    """Reject integers of more than 64 bits anywhere in the tables."""
    waiting: list[Any] = [tables]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, int) and not -_WHOLE <= value < _WHOLE:
            raise TomlError(_TOO_LONG)


def _place(error: str) -> str:
    """Return the place of a syntax error, in Swedish, from the parser's '… (at line 3, column 7)'."""
    _, _, place = error.rpartition("(at ")
    place = (
        place.rstrip(")")
        .replace("line", "rad")
        .replace("column", "kolumn")
        .replace("end of document", "filens slut")
    )
    found = f" Felet upptäcktes vid {place}." if place and place != error else ""
    return f"Filen följer inte formatet TOML.{found}"
