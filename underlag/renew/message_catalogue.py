"""Compiles Swedish texts for click's messages into the binary format of gettext.

Source of the format: GNU gettext manual, "The Format of GNU MO Files".
"""

import struct
import tomllib
from typing import Final

_MAGIC: Final = 0x950412DE
_HEADER: Final = (
    "Language: sv\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
)


def compiled(toml: str) -> bytes:
    """Return the content of a .mo file.

    Args:
        toml: a table `texts` of English and Swedish texts, and tables `plurals` with `one`, `many`,
            `swedish_one` and `swedish_many`.
    """
    catalogue = tomllib.loads(toml)
    messages = {"": _HEADER, **catalogue["texts"]}
    for plural in catalogue.get("plurals", ()):
        # gettext looks plurals up by the first form, and separates the forms with NUL.
        key = f"{plural['one']}\0{plural['many']}"
        messages[key] = f"{plural['swedish_one']}\0{plural['swedish_many']}"
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    tables_at = struct.calcsize("<7I")
    texts_at = tables_at + 2 * 8 * len(pairs)
    keys, key_table = _block([key for key, _ in pairs], texts_at)
    values, value_table = _block([value for _, value in pairs], texts_at + len(keys))
    header = struct.pack("<7I", _MAGIC, 0, len(pairs), tables_at, tables_at + len(key_table), 0, texts_at)
    return header + key_table + value_table + keys + values


def _block(texts: list[bytes], start: int) -> tuple[bytes, bytes]:
    """Return texts that end with NUL, and the table of their lengths and offsets."""
    places = []
    for text in texts:
        places.append(struct.pack("<2I", len(text), start))
        start += len(text) + 1
    return b"".join(text + b"\0" for text in texts), b"".join(places)
