"""How large a workbook may be: far above what a region sends, far below what would stop the machine."""

from typing import Final

#: Bytes of the file as it is sent.
MAX_FILE: Final = 50_000_000
#: Bytes of everything in it, unpacked.
MAX_UNPACKED: Final = 500_000_000
#: A part this many times larger than when packed, and larger than MIN_BOMB, was made to overwhelm.
MAX_RATIO: Final = 200
MIN_BOMB: Final = 50_000_000
#: The lowest row and the rightmost column that may hold a value, and how many cells they may span.
MAX_ROWS: Final = 300_000
MAX_COLUMNS: Final = 5_000
MAX_CELLS: Final = 6_000_000
#: Sheets in one workbook.
MAX_SHEETS: Final = 200
