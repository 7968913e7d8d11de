"""Opens a workbook in another process unless it is small, so that no file can crash the program.

Where no process can be started (in the browser) the limits of the opening itself hold.
"""

import re
import struct
import sys
from typing import Final

from underlag.reading.formats.grid import Grid
from underlag.reading.opening import open_workbook

_ZIP: Final = b"PK\x03\x04"
#: An entry of the directory: its signature, and the size of the part, unpacked.
_ENTRY: Final = re.compile(rb"(?s)PK\x01\x02(?=.{20}(.{4}))")
_SIZE: Final = struct.Struct("<I").unpack
#: What a workbook has at the most that is opened here: bytes, parts, and bytes of all parts, unpacked.
_SMALL: Final = 300_000
_FEW_PARTS: Final = 100
_SMALL_UNPACKED: Final = 2_000_000
#: A larger one that grows little when unpacked is an ordinary workbook: maximum growth and unpacked bytes.
_PLAIN_RATIO: Final = 20
_PLAIN_UNPACKED: Final = 25_000_000


def open_guarded(content: bytes) -> Grid:
    """Read a workbook's cells, in another process where the file is not small and plain.

    Args:
        content: the bytes of the file.

    Raises:
        UnreadableError: as `open_workbook`; or the process that opened it ended, or took too long.
    """
    if is_small(content) or sys.platform == "emscripten":
        return open_workbook(content)
    from underlag.reading.opener import OPENER  # noqa: PLC0415 - small workbooks need none of it

    return OPENER.open(content)


def is_small(content: bytes) -> bool:
    """Return whether a file is small and plain enough for the limits of opening to suffice."""
    if not content.startswith(_ZIP):
        return len(content) <= _SMALL
    # What only looks like an entry counts, too; a size beyond four bytes is stated as the largest of them.
    sizes = _ENTRY.findall(content)
    unpacked = sum(size for (size,) in map(_SIZE, sizes))
    return len(sizes) <= _FEW_PARTS and unpacked <= max(
        _SMALL_UNPACKED, min(_PLAIN_UNPACKED, _PLAIN_RATIO * len(content))
    )
