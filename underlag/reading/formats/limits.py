"""How large a workbook may be: far above what a region sends, far below what would stop the machine.

To raise them, set the environment variable UNDERLAG_GRANSER to a factor from 1 to 100. Child
processes inherit it.
"""

from typing import Final

from underlag.files.limits import factor

#: What the variable UNDERLAG_GRANSER asks for.
FACTOR: Final = factor()
#: Bytes of the file as it is sent.
MAX_FILE: Final = 50_000_000 * FACTOR
#: Bytes of all parts that are read, unpacked.
MAX_UNPACKED: Final = 300_000_000 * FACTOR
#: Parts that unpack to this many times their packed size, and to more than MIN_BOMB bytes, are refused.
MAX_RATIO: Final = 100
MIN_BOMB: Final = 20_000_000 * FACTOR
#: Parts in a package, needed or not.
MAX_PARTS: Final = 10_000 * FACTOR
#: The lowest row and the rightmost column that may hold a value.
MAX_ROWS: Final = 300_000 * FACTOR
MAX_COLUMNS: Final = 5_000 * FACTOR
#: Cells between A1 and the last value, empty ones included, all sheets together.
MAX_CELLS: Final = 6_000_000 * FACTOR
#: Cells with content, all sheets together, and those of .xls, .xlsb and .ods, which take more time. A small
#: file may have MIN_FILLED, a larger one a cell for each of its bytes.
MAX_FILLED: Final = 3_000_000 * FACTOR
MAX_WRITTEN: Final = 2_000_000 * FACTOR
MIN_FILLED: Final = 200_000 * FACTOR
FILLED_PER_BYTE: Final = FACTOR
#: Cells with an error value or a formula without a result, all sheets together.
MAX_MARKED: Final = 400_000 * FACTOR
#: XML elements in a sheet outside its cells, and in a part that is parsed element by element: in a small file
#: MIN_PARSED, in a larger one four a byte.
MAX_ELEMENTS: Final = 1_500_000 * FACTOR
MAX_PARSED: Final = 4_000_000 * FACTOR
MIN_PARSED: Final = 1_000_000 * FACTOR
PARSED_PER_BYTE: Final = 4 * FACTOR
#: Rows of one sheet once each value of a cell that holds several has a row of its own.
MAX_SPLIT: Final = 500_000 * FACTOR
#: Filled rows of one table; a whole region has some thousands of units. Each takes a tenth of a millisecond.
MAX_TABLE_ROWS: Final = 120_000 * FACTOR
#: Different values in one table that are wrong or have characters to remove, each of which is cleaned on its
#: own: 100,000 units with two such values each have fewer.
MAX_ODD: Final = 250_000 * FACTOR
#: Rows of one sheet that hold something, but no plain id: each is judged by all that it holds.
MAX_DOUBTFUL: Final = 150_000 * FACTOR
#: Rows with text on the sheet Beställning. A filled-in one has some thirty.
MAX_DETAIL_ROWS: Final = 20_000 * FACTOR
#: Merged areas in one sheet, and the cells within them.
MAX_MERGED: Final = 50_000 * FACTOR
#: Bytes of the cells' texts, a shared text counted once a cell, and how many a large file may have for each
#: of its own bytes.
MAX_TEXTS: Final = 150_000_000 * FACTOR
TEXTS_PER_BYTE: Final = 60 * FACTOR
#: Characters of one text; a cell in Excel holds 32,767.
MAX_TEXT: Final = 1_000_000 * FACTOR
#: Characters of a sheet's name; in Excel it has 31 at the most.
MAX_NAME: Final = 1_000
#: Sheets in one workbook.
MAX_SHEETS: Final = 200 * FACTOR
