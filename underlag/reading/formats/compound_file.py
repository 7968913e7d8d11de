"""Compound files ([MS-CFB]) made anew around the stream of an .xls.

A damaged chain or size makes a reader of cells that follows it take all the memory there is; olefile checks
them when it reads the stream.
"""

import struct
from typing import Final

_SECTOR: Final = 4096
_PER_SECTOR: Final = _SECTOR // 4
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
#: The header has places for so many sectors of the table: enough for 457 MB.
_IN_HEADER: Final = 109


def with_stream(name: str, stream: bytes) -> bytes:
    """Return a compound file of version 4 that holds one stream.

    Args:
        name: the stream's name.
        stream: its bytes.
    """
    # A stream in the sectors proper is at least as long as one.
    content = -(-max(len(stream), 1) // _SECTOR)
    tables = -(-(content + 1) // (_PER_SECTOR - 1))
    chain = [*range(1, content), _END, _END, *[_FAT] * tables]
    chain += [_FREE] * (tables * _PER_SECTOR - len(chain))
    at = [content + 1 + number for number in range(tables)]
    header = struct.pack(
        "<8s16x5H6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 4, 0xFFFE, 12, 6),
        *(1, tables, content, 0, _SECTOR, _END, 0, _END, 0),
    ) + struct.pack(f"<{_IN_HEADER}I", *at, *[_FREE] * (_IN_HEADER - tables))
    directory = _entry("Root Entry", 5, 1, content, 0) + _entry(name, 2, _FREE, 0, content * _SECTOR)
    return b"".join(
        (
            header.ljust(_SECTOR, b"\0"),
            stream.ljust(content * _SECTOR, b"\0"),
            directory.ljust(_SECTOR, b"\0"),
            struct.pack(f"<{len(chain)}I", *chain),
        )
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", wide, len(wide) + 2, kind, 1, _FREE, _FREE, child, start, size)
