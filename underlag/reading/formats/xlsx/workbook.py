"""From the parts of an .xlsx or .xlsm to the judged workbook."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from underlag.lazy_pattern import LazyPattern
from underlag.reading.formats.cell_notes import sheet_notes, xml_notes
from underlag.reading.formats.judged import (
    Completing,
    Judged,
    JudgedSheet,
    SheetEntry,
    Texts,
    holds_cells,
    refuse_many_sheets,
    refuse_twins,
)
from underlag.reading.formats.limits import MAX_PARSED, MIN_PARSED, PARSED_PER_BYTE
from underlag.reading.formats.links import take_links
from underlag.reading.formats.loose_texts import (
    PROPERTIES,
    defined_names,
    format_texts,
    loose_texts,
    named_areas,
    property_texts,
)
from underlag.reading.formats.refusal import damaged, naming
from underlag.reading.formats.xlsx.fills import fills_of_rows, names_colour
from underlag.reading.formats.xlsx.nesting import Nesting
from underlag.reading.formats.xlsx.plain_cells import plain_rows
from underlag.reading.formats.xlsx.sheet import Mark, SheetPart, judge
from underlag.reading.formats.xlsx.styles import CellFormats, cell_formats
from underlag.reading.formats.xlsx.texts import SharedTexts
from underlag.reading.formats.xml_parsing import Attributes, local, remembered_part, walk
from underlag.reading.formats.zip_parts import Package, Relation

_SHARED_TEXT: Final = LazyPattern(rb't="s"[^<>]*+>(?:<f[^<]*+(?:</f>)?)?<v>([0-9]+)')


def judge_workbook(package: Package, workbook: str, size: int) -> tuple[Judged, bytes]:
    """Judge a workbook.

    Args:
        package: the file.
        workbook: the name of its main part.
        size: bytes of the file.

    Returns:
        The judged sheets and the workbook for calamine, b'' if all cells are read already.

    Raises:
        UnreadableError: a part that is needed is damaged, or something passes the limits.
    """
    macros = b"macroEnabled.main" in package.part("[Content_Types].xml")
    judged = Judged("xlsm" if macros else "xlsx", size)
    main = package.part(workbook)
    judged.names = defined_names(main)
    judged.name_cells(named_areas(main))
    relations = package.relations(workbook)
    with naming(workbook):
        entries = _entries(main, relations, judged)
    refuse_twins(entries)
    others = list(relations.values())
    shared_part, styles_part = (_first(others, kind) for kind in ("sharedStrings", "styles"))
    theme_part = _first(others, "theme")
    with naming(styles_part):
        formats = cell_formats(package.part(styles_part), lambda: package.part(theme_part))
    judged.number_formats = formats.number_formats
    judged.names += format_texts(dict.fromkeys(formats.number_formats))
    judged.names += property_texts(package.part(PROPERTIES))
    with naming(shared_part):
        texts = package.part(shared_part)
        shared = SharedTexts(texts)
    sheets = _Sheets(package, judged, formats, shared)
    sheets.names_colour = bool(formats.fills) and names_colour(texts)
    del texts
    for entry in entries:
        sheets.take(entry)
    if shared.is_plain and not sheets.own:
        return judged, judged.tobytes(package.packed(shared_part))
    return judged, judged.tobytes(shared.tobytes(sheets.own))


class _Sheets:
    """Judges the sheets of a workbook one after another: two at once would take too much memory.

    Attributes:
        own: the texts that cells hold themselves.
        names_colour: whether a shared text may name a colour.
    """

    def __init__(self, package: Package, judged: Judged, formats: CellFormats, shared: SharedTexts) -> None:
        self.own = Texts(shared.count)
        self.names_colour = False
        self._package, self._judged, self._formats, self._shared = package, judged, formats, shared
        self._texts = shared.plain_texts()
        self._mark = _mark(formats, shared)
        self._most = min(MAX_PARSED, max(MIN_PARSED, PARSED_PER_BYTE * judged.size))

    def take(self, entry: SheetEntry) -> None:
        """Judge a sheet, and add it to the workbook."""
        package, judged = self._package, self._judged
        xml = package.part(entry.part)
        with naming(entry.part):
            if not xml:
                raise damaged(problem="den saknas")
            sheet = judge(entry.name, xml, self.own, self._most, self._mark)
        end = xml[xml.rfind(b"sheetData") :]
        del xml
        judged.count(entry.name, sheet.last_row, sheet.last_column, sheet.filled)
        _count_texts(judged, sheet, self._shared)
        sheet.facts.notes = sheet_notes(package, entry.part, xml_notes)
        sheet.facts.loose = loose_texts(package, entry.part, end)
        take_links(package, entry.part, end, sheet.facts)
        fills = self._formats.fills
        # Rows that are proven plain hold no texts of their own.
        if fills and (self.names_colour or (not sheet.is_plain and names_colour(sheet.rows))):
            sheet.facts.fills = fills_of_rows(fills, sheet.rows)
        complete = _conditions(end, sheet.rows, self._formats)
        cells = plain_rows(sheet.rows, self._texts) if sheet.is_plain and self._texts is not None else None
        if cells is None:
            sheet.facts.count_values(sheet.rows)
        rows = package.packed(entry.part) if sheet.is_passed_on else sheet.rows
        judged.add(JudgedSheet(entry.name, entry.visible, sheet.facts, complete, cells), rows)


def _mark(formats: CellFormats, shared: SharedTexts) -> Mark | None:
    """Return what finds the marked cells, None where nothing is marked."""
    if not (formats.struck or formats.unseen or shared.struck):
        return None
    from underlag.reading.formats.xlsx.marks import Marks  # noqa: PLC0415 - only such a file needs it

    return Marks(formats.struck, shared.struck, formats.unseen).take


def _conditions(xml: bytes, rows: bytes, formats: CellFormats) -> Completing | None:
    """Return what adds the marks of conditional formats to a sheet, None where it has no such formats."""
    if b"cfRule" not in xml or not (formats.overlays or b"x14:dxf" in xml):
        return None
    from underlag.reading.formats.xlsx.conditional import conditions  # noqa: PLC0415 - as above

    return conditions(xml, rows, formats)


class _Listed(NamedTuple):
    """A sheet as a workbook lists it; `key` is the id of its relationship."""

    name: str
    key: str
    visible: bool


@remembered_part
def _listed(xml: bytes) -> tuple[list[_Listed], bool]:
    """Return the sheets that a workbook lists, in order, and whether it counts days from 1904."""
    found: list[_Listed] = []
    is_1904 = False
    nesting = Nesting()

    def element(tag: str, attributes: Attributes) -> None:
        nonlocal is_1904
        nesting.enter(tag)
        if tag == "workbookPr":
            is_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet" and "name" in attributes:
            key = next((value for name, value in attributes.items() if local(name) == "id"), "")
            visible = attributes.get("state", "visible") == "visible"
            found.append(_Listed(attributes["name"], key, visible))

    walk(xml, element, nesting.leave)
    return found, is_1904


def _entries(main: bytes, relations: Mapping[str, Relation], judged: Judged) -> list[SheetEntry]:
    """Return the worksheets that a workbook lists, in order; other kinds of sheets hold no cells."""
    listed, judged.is_1904 = _listed(main)
    entries: list[SheetEntry] = []
    for name, key, visible in listed:
        if not key:  # a module of an old macro, which has no part
            continue
        relation = relations.get(key)
        if relation is None:
            raise damaged(problem=f"fliken ”{name}” saknas")
        if holds_cells(name, relation.kind):
            entries.append(SheetEntry(name, relation.part, visible))
    refuse_many_sheets(len(listed))
    return entries


def _first(relations: list[Relation], kind: str) -> str:
    return next((relation.part for relation in relations if relation.kind == kind), "")


def _count_texts(judged: Judged, sheet: SheetPart, shared: SharedTexts) -> None:
    """Count the bytes of a sheet's texts: at most, unless that would be too many."""
    most = (shared.longest + 20) * sheet.filled
    if most > judged.texts_left:
        sizes = shared.sizes()
        numbers = map(int, _SHARED_TEXT.findall(sheet.rows))
        most = sum(sizes[number] for number in numbers if number < len(sizes))
    judged.count_texts(most)
