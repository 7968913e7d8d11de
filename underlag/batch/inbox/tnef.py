"""Reads the files in a winmail.dat, the attachment in which Outlook sends a mail of its own format to others.

Source: [MS-OXTNEF] 2.1.3, and [MS-OXCDATA] 2.11.1 for the types of properties.
"""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

SIGNATURE: Final = b"\x78\x9f\x3e\x22"

#: Attributes, with their types: the start of an attachment, its short name, its bytes and its properties.
_START: Final = 0x00069002
_TITLE: Final = 0x00018010
_DATA: Final = 0x0006800F
_PROPERTIES: Final = 0x00069005
#: Properties: the long name, and a mail within, which follows the identity of its interface.
_LONG_NAME: Final = 0x3707
_OBJECT: Final = 0x3701
_IDENTITY_LENGTH: Final = 16
#: Bytes of a value by its type, padded to four; the other types say their length themselves.
_LENGTHS: Final = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_TEXT: Final = 0x1E
_SEVERAL: Final = 0x1000
_NAMED: Final = 0x8000


class TnefFile(NamedTuple):
    """An attached file; an attached mail is a container of the same format."""

    name: str
    content: bytes


def tnef_files(content: bytes) -> list[TnefFile]:
    """Return the files, in their order.

    Raises:
        ValueError, struct.error: it is damaged.
    """
    found: list[dict[int, bytes]] = []
    for key, data in _attributes(content):
        if key == _START:
            found.append({})
        elif found:
            found[-1][key] = data
    return [_file(parts) for parts in found]


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at < len(content):
        _level, key, length = struct.unpack_from("<BII", content, at)
        at += 9
        if at + length + 2 > len(content):
            raise ValueError("cut short")
        yield key, content[at : at + length]
        at += length + 2


def _file(parts: dict[int, bytes]) -> TnefFile:
    properties = dict(_properties(parts[_PROPERTIES])) if _PROPERTIES in parts else {}
    short = parts.get(_TITLE, b"").partition(b"\0")[0].decode("cp1252", "replace")
    name = properties.get(_LONG_NAME, b"").decode("utf-16-le", "replace").rstrip("\0") or short
    if _DATA in parts:
        return TnefFile(name, parts[_DATA])
    return TnefFile(name, properties.get(_OBJECT, b"")[_IDENTITY_LENGTH:])


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield properties by number, their texts in UTF-16."""
    count, at = struct.unpack_from("<I", data)[0], 4
    for _ in range(count):
        sort, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= _NAMED:
            named = struct.unpack_from("<16xI", data, at)[0]
            at += 20
            length = struct.unpack_from("<I", data, at)[0]
            at += 4 + (_padded(length) if named else 0)
        plain = sort & ~_SEVERAL
        fixed = _LENGTHS.get(plain)
        values = 1
        if fixed is None or sort & _SEVERAL:
            values = struct.unpack_from("<I", data, at)[0]
            at += 4
        for _ in range(values):
            length = fixed or 0
            if fixed is None:
                length = struct.unpack_from("<I", data, at)[0]
                at += 4
            value = data[at : at + length]
            if len(value) < length:
                raise ValueError("cut short")
            at += _padded(length)
            yield number, _wide(value) if plain == _TEXT else value


def _wide(text: bytes) -> bytes:
    return text.partition(b"\0")[0].decode("cp1252", "replace").encode("utf-16-le")


def _padded(length: int) -> int:
    return -(-length // 4) * 4
