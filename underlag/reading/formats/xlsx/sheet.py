"""The pass over the sheets of .xlsx and .xlsm.

One regular expression proves a sheet plain: cells with numbers and shared texts, nothing hidden, no
formulas. Such a part is passed on as it is in the file if it is large, else its rows are. A second one proves
a sheet regular: each cell written in one of the few ways that office programs use, so that searches in the
bytes find what there is to find. Any other sheet is parsed element by element and written in the regular
form.
"""

import re
from collections.abc import Callable
from typing import Final

from underlag.column_letters import column_number
from underlag.lazy_pattern import LazyPattern
from underlag.reading.formats.judged import LARGE, Texts
from underlag.reading.formats.limits import MAX_CELLS, MAX_ELEMENTS
from underlag.reading.formats.refusal import damaged, too_much
from underlag.reading.formats.sheet_facts import LAST_COLUMN, Area, SheetFacts, area_of
from underlag.reading.formats.xlsx.nesting import refuse_cells_outside
from underlag.reading.formats.xlsx.rows import new_rows
from underlag.reading.formats.xml_parsing import Attributes, local, new_parser, parse, remembered_part

_START, _END = b"<sheetData>", b"</sheetData>"
_UTF_8: Final = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?!<\?xml[^>]*encoding=["'](?!(?:utf-8|us-ascii)["']))""", re.IGNORECASE
)
_PLAIN_ROW: Final = (
    rb'<row r="([1-9][0-9]{0,5})"(?: (?!hidden|ht="[0-2](?:\.|"))[A-Za-z:0-9]++="[^"<>&]*+")*+(?:/>|>'
    rb'(?:<c r="[A-Z]\1"(?: s="[0-9]{1,5}")?+(?: t="s"><v>[0-9]{1,8}</v></c>|/>|><v>[-+.0-9eE]++</v></c>))*+'
    rb"</row>)"
)
_FORMULA: Final = rb'<f(?: [A-Za-z:0-9]++="[^"<>]*+")*+(?:/>|>[^<]*+</f>)'
_REGULAR_ROW: Final = (
    rb'<row r="([1-9][0-9]{0,6})"(?: [A-Za-z:0-9]++="[^"<>&]*+")*+(?:/>|>'
    rb'(?:<c r="[A-Z]{1,3}\1"(?: s="[0-9]{1,5}")?+(?: t="s"><v>[0-9]{1,8}</v></c>|/>'
    rb'|(?: t="(?:n|str|e)")?+(?: [cv]m="[0-9]++")*+>'
    rb"(?:" + _FORMULA + rb")?+(?:<v>[^<]{0,100000}+</v>|<v/>)?+</c>"
    rb'| t="b">(?:' + _FORMULA + rb")?+<v>[01]</v></c>"
    rb'| t="s"(?: [cv]m="[0-9]++")*+>(?:' + _FORMULA + rb")?+<v>[0-9]{1,8}</v></c>"
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?+>[^<]{0,100000}+</t></is></c>))*+'
    rb"</row>)"
)
_PLAIN: Final = re.compile(rb"(?:" + _PLAIN_ROW + rb")*+")
_REGULAR: Final = LazyPattern(rb"\s*+(?:" + _REGULAR_ROW + rb"\s*+)*+")
_ROW_NUMBER: Final = re.compile(rb'<row r="([0-9]+)"')
#: Hidden, or less than three points high, so that nothing of it can be seen.
_HIDDEN_ROW: Final = LazyPattern(rb'<row r="([0-9]+)"[^<>]* (?:hidden="(?:1|true)"|ht="[0-2](?:\.[0-9]*)?")')
#: All bytes but A to Z, and the one before A.
_NO_LETTERS: Final = bytes(set(range(256)) - set(range(ord("A"), ord("Z") + 1)))
_BEFORE_A: Final = ord("A") - 1
_LETTERS: Final = LazyPattern(rb'<c r="([A-Z]+)')
#: Cells with only a format, by the million if a whole column is formatted.
_BLANK: Final = LazyPattern(rb'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?(?: t="n")?(?:/>|></c>)')
_EMPTY_ROW: Final = LazyPattern(rb'<row (?:(?! hidden="(?:1|true)")[^<>])*+(?:(?<=/)>|(?<!/)></row>)')
_UNCACHED: Final = LazyPattern(
    rb'<c r="([A-Z]+)([0-9]+)"((?: [a-z]+="[^"]*")*+)>' + _FORMULA + rb"(<v></v>|<v/>)?+</c>"
)
_ERROR: Final = LazyPattern(
    rb'<c r="([A-Z]+)([0-9]+)"(?: s="[0-9]+")? t="e"[^<>]*+>(?:'
    + _FORMULA
    + rb")?+(?:<v>([^<]*+)</v>|<v/>)?+</c>"
)
#: References that calamine reads in a sheet's dimension.
_DIMENSION: Final = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}(?::[A-Z]{1,3}[1-9][0-9]{0,6})?").fullmatch
_MANY_BLANK: Final = 500_000
_PIECE: Final = 2_000_000
#: As long as the shortest cell with content: `<c><v>1</v></c>` without its row.
_SHORTEST_CELL: Final = 15


#: Adds the marked cells among a sheet's rows to its facts.
Mark = Callable[[SheetFacts, bytes], None]


class SheetPart:
    """A judged sheet.

    Attributes:
        rows: its rows in the regular form.
        is_plain: whether they are as in the file, and proven plain.
        is_passed_on: whether calamine may read the part as it is in the file.
        last_row, last_column, filled: how far its content reaches, and how many cells have content.
    """

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.rows = b""
        self.is_plain = False
        self.is_passed_on = False
        self.last_row = 0
        self.last_column = 0
        self.filled = 0


def judge(name: str, xml: bytes, texts: Texts, most: int, mark: Mark | None = None) -> SheetPart:
    """Judge a sheet.

    Args:
        name: the sheet's name, for a refusal.
        xml: the sheet's part.
        texts: collects the texts inside cells, if the sheet is rewritten.
        most: maximum elements to parse, if the sheet is rewritten.
        mark: adds the cells with marks to the facts; None where the workbook has no marks.

    Raises:
        UnreadableError: the part is damaged, or has more outside its cells than the limits allow.
    """
    frame = _Frame()
    start, end = xml.find(_START), xml.rfind(_END)
    regular = 0 <= start < end and _UTF_8.match(xml) is not None
    rows = xml[start + len(_START) : end] if regular else b""
    if regular:
        around = xml[:start] + b"<sheetData/>" + xml[end + len(_END) :]
        _refuse_elements(name, around.count(b"<"), MAX_ELEMENTS)
        frame = _frame_of(around)
        regular = frame.is_regular
    sheet = SheetPart()
    if regular and _proves(_PLAIN, rows):
        sheet.is_plain = True
        sheet.is_passed_on = frame.is_harmless and len(rows) >= LARGE
        _measure_plain(sheet, rows)
    else:
        if not regular or b"_x" in rows or not _proves(_REGULAR, rows):
            _refuse_elements(name, xml.count(b"<"), most)
            frame = _Frame()
            rows, sheet.facts.struck = new_rows(xml, texts, frame.start)
        if rows.count(b"/>") > _MANY_BLANK:
            rows = _without_blanks(rows)
        rows = _take_facts(sheet.facts, rows)
        _measure(sheet, rows)
    if mark:
        mark(sheet.facts, rows)
    sheet.rows = rows
    sheet.facts.hide_columns(frame.hidden)
    sheet.facts.merge(name, frame.merged, sheet.last_row, sheet.last_column)
    return sheet


def _proves(pattern: re.Pattern[bytes] | LazyPattern[bytes], rows: bytes) -> bool:
    match = pattern.match(rows)
    return match is not None and match.end() == len(rows)


def _measure_plain(sheet: SheetPart, rows: bytes) -> None:
    """Measure a sheet whose columns are A to Z; as if it reached to Z, unless that would be too much."""
    sheet.filled = len(rows) // _SHORTEST_CELL
    sheet.last_row = max(map(int, _ROW_NUMBER.findall(rows)), default=0)
    sheet.last_column = 26
    if sheet.last_row * sheet.last_column > MAX_CELLS // 20 or sheet.filled > _MANY_BLANK // 10:
        # <v> and </v> of each cell; a v of an attribute, as in outlineLevel, can only add to them.
        sheet.filled = rows.count(b"v") // 2
        # The last capital letter of the rows; one of an attribute, as in customHeight, can only enlarge it.
        sheet.last_column = max(set(rows.translate(None, _NO_LETTERS)), default=_BEFORE_A) - _BEFORE_A
    if sheet.last_row * sheet.last_column > MAX_CELLS // 2:
        _measure(sheet, rows)


def _measure(sheet: SheetPart, rows: bytes) -> None:
    """Measure a sheet's cells with content, and the cells that the facts concern."""
    kept = _without_blanks(rows)
    facts = sheet.facts
    noted = [*facts.errors, *facts.uncached, *facts.blank_formulas]
    last_row = max(map(int, _ROW_NUMBER.findall(kept)), default=0)
    if facts.hidden_rows and last_row in facts.hidden_rows:
        last_row = max((int(row) for row in re.findall(rb'<c r="[A-Z]+([0-9]+)', kept)), default=0)
    sheet.last_row = max([last_row, *(row for row, _ in noted)])
    sheet.last_column = max([_last_column(kept), *(column for _, column in noted)])
    sheet.filled = kept.count(b"<c ") + len(noted)


def _last_column(rows: bytes) -> int:
    return max(map(column_number, set(_LETTERS.findall(rows))), default=0)


def _without_blanks(rows: bytes) -> bytes:
    """Return the rows without blank cells; piece by piece, for a match takes more memory than a cell."""
    pieces: list[bytes] = []
    start = 0
    while start < len(rows):
        end = rows.find(b"</row>", start + _PIECE) + len(b"</row>")
        end = end if end > start + _PIECE else len(rows)
        pieces.append(_EMPTY_ROW.sub(b"", _BLANK.sub(b"", rows[start:end])))
        start = end
    return b"".join(pieces)


def _take_facts(facts: SheetFacts, rows: bytes) -> bytes:
    """Collect what calamine does not report; return the rows without error cells and empty formulas.

    calamine refuses a workbook with an error value that it does not know.
    """
    facts.hidden_rows.update(map(int, _HIDDEN_ROW.findall(rows)))
    if b' t="e"' in rows:

        def error(match: re.Match[bytes]) -> bytes:
            value = (match[3] or b"#N/A").decode("utf-8", "replace").strip()
            facts.errors[int(match[2]), column_number(match[1])] = value or "#N/A"
            return b""

        rows = _ERROR.sub(error, rows)
    if b"<f" in rows:

        def empty(match: re.Match[bytes]) -> bytes:
            # A text that is empty is a result; no <v> at all is none.
            blank = b' t="str"' in match[3] and match[4] is not None
            (facts.blank_formulas if blank else facts.uncached).add((int(match[2]), column_number(match[1])))
            return b""

        rows = _UNCACHED.sub(empty, rows)
    return rows


class _Frame:
    """What a sheet holds outside its cells: hidden columns, merged areas, its dimension."""

    def __init__(self) -> None:
        self.hidden: list[tuple[int, int]] = []
        self.merged: list[Area] = []
        #: Whether calamine can read what it reads of this: the dimension and the merged areas.
        self.is_harmless = True
        #: Whether the cells are where they should be.
        self.is_regular = False
        self._depth = self._columns = 0

    def read(self, xml: bytes) -> None:
        """Read a sheet without its cells."""
        parser = new_parser()
        place: list[int] = []

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "sheetData":
                place.append(self._depth)
            elif not self._depth and tag != "worksheet":
                place.append(0)
            self._depth += 1
            tag = local(tag)
            refuse_cells_outside(tag)
            self.start(tag, attributes)

        def end(_: str) -> None:
            self._depth -= 1

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parse(parser, xml)
        self.is_regular = place == [1]

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take an element, by its name without prefix."""
        if tag == "col":
            self._columns += 1
            if self._columns > LAST_COLUMN:
                raise damaged(problem="den anger fler kolumner än något kalkylblad har")
            # Also columns too narrow for a letter.
            if attributes.get("hidden") in ("1", "true") or attributes.get("width", "1").startswith("0"):
                self._hide(attributes)
        elif tag == "mergeCell":
            self.is_harmless &= _is_forward(attributes.get("ref", ""))
            if area := area_of(attributes.get("ref", "")):
                self.merged.append(area)
        elif tag == "dimension":
            self.is_harmless &= _is_forward(attributes.get("ref", ""))

    def _hide(self, attributes: Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
            raise damaged(problem="en kolumn har ett nummer som inte är något")
        self.hidden.append((int(first[:9]), int(last[:9])))


@remembered_part
def _frame_of(xml: bytes) -> _Frame:
    """Return what a sheet holds outside its cells, given its part without them."""
    frame = _Frame()
    frame.read(xml)
    return frame


def _is_forward(dimension: str) -> bool:
    if not _DIMENSION(dimension):
        return False
    area = area_of(dimension)
    return area is not None and area[0] <= area[2] and area[1] <= area[3]


def _refuse_elements(sheet: str, count: int, limit: int) -> None:
    if count > 2 * limit:
        raise too_much("XML-element på fliken", count // 2, limit, sheet=sheet)
