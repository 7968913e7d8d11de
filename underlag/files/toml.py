"""TOML that others wrote: read within limits, for the parser has none of its own."""

import re
import tomllib
from typing import Any, Final

from underlag.files.limits import TOML, how_to_raise

#: A key of more parts than anybody writes; each costs the parser as much as all before it.
_MOST_PARTS: Final = 20
#: Strings and comments, in which dots are no matter; a string may also be part of a key.
_QUOTED: Final = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""|"(?:[^"\\\n]++|\\.)*+"|'{3}.*?'{3}|'[^'\n]*+'|#[^\n]*+''', re.DOTALL
)
_LONG_KEY: Final = re.compile(rf"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){{{_MOST_PARTS}}}")

#: Beyond this a whole number is none of TOML's (64 bits), and Python may take for ever to write it.
_WHOLE: Final = 2**63


class TomlError(Exception):
    """The text is not read. The message is Swedish sentences: why, and where that can be told."""


def parse_toml(content: bytes) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Raises:
        TomlError: it is none, or larger or deeper than anybody writes one.
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
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(_place(str(error))) from error
    except RecursionError as error:
        raise TomlError("Listor eller tabeller ligger för djupt i varandra.") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise TomlError(_TOO_LONG) from error
    _refuse_long_numbers(tables)
    return tables


_TOO_LONG: Final = "Ett tal är för långt: skriv det inom citattecken."


def _refuse_long_numbers(tables: dict[str, Any]) -> None:
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
    """Return where a TOML file is broken, in Swedish, from the parser's '… (at line 3, column 7)'."""
    _, _, place = error.rpartition("(at ")
    place = (
        place.rstrip(")")
        .replace("line", "rad")
        .replace("column", "kolumn")
        .replace("end of document", "filens slut")
    )
    found = f" Felet upptäcktes vid {place}." if place and place != error else ""
    return f"Filen följer inte formatet TOML.{found}"
