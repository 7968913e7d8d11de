"""From a checked workbook to its annotated copy."""

import itertools
from collections.abc import Collection, Sequence
from typing import Final

from underlag.checked import Checked
from underlag.documents.annotated_workbook.blank import blank_workbook
from underlag.documents.annotated_workbook.cell_editor import Colours, paint
from underlag.documents.annotated_workbook.marks import (
    NOTE_LIMIT,
    Cell,
    Marked,
    chosen_for_notes,
    marked_by_sheet,
    marks_by_sheet,
    moved_to_visible,
)
from underlag.documents.annotated_workbook.notes import add_notes, earlier_notes
from underlag.documents.annotated_workbook.overview import Overview, OverviewSheet, quoted
from underlag.documents.annotated_workbook.package import Package
from underlag.documents.annotated_workbook.sheet import SheetPart, deselected
from underlag.documents.annotated_workbook.styles import Styles
from underlag.documents.annotated_workbook.vml import Numbers
from underlag.documents.annotated_workbook.workbook import Workbook
from underlag.documents.annotated_workbook.xmltext import attribute
from underlag.findings import Finding, Severity, for_workbook
from underlag.text.numbers import number
from underlag.text.review_notes import SHEET

#: The sheet with the list.

# Where a sheet's views stand, so that few bytes tell whether it is selected.
_HEAD: Final = 8_192


def annotate(checked: Checked) -> tuple[str, bytes]:
    """Return the user's workbook with colours, notes and the list: extension and bytes.

    Raises:
        UnfitError: the workbook's parts have a form that cannot be edited safely.
    """
    package = Package(checked.underlag.source.content)
    workbook = Workbook(package)
    drop_signatures(package)
    styles_part = workbook.styles_part()
    styles = Styles(package.read(styles_part) if styles_part else None, workbook.namespace)
    findings = for_workbook(checked.findings)
    entries = workbook.sheets()
    parts = {entry.name: entry.part for entry in entries}
    marked = {name: cells for name, cells in marked_by_sheet(findings).items() if name in parts}
    sheets = {name: SheetPart(package.read(parts[name])) for name in marked}
    moved = {name: moved_to_visible(cells, sheets[name]) for name, cells in marked.items()}
    notes = marks_by_sheet(findings, chosen_for_notes(marked, NOTE_LIMIT), moved)
    numbers = Numbers(package)
    threads = 0
    for entry in entries:
        cells = marked.get(entry.name, {})
        earlier = earlier_notes(package, entry.part, workbook.namespace)
        in_order = [(row, column) for row, column in earlier if column not in cells.get(row, ())]
        if cells or in_order:
            sheet = sheets.pop(entry.name, None) or SheetPart(package.read(entry.part))
            sheet.deselect()
            paint(sheet, _colours(cells, in_order), styles.painted)
            chosen = notes.get(entry.name, ())
            threads += add_notes(package, entry.part, sheet, chosen, cells, numbers=numbers)
            package.write(entry.part, sheet.pieces())
        elif b"tabSelected" in package.read(entry.part, _HEAD):
            package.write(entry.part, deselected(package.read(entry.part)))
    overview = _overview(
        checked,
        findings,
        "Klicka på en cell i listan för att gå dit. Rätta i arbetsboken och spara. Granska sedan igen, eller "
        "skicka in den på nytt.",
    )
    overview.targets = {e.name: attribute(quoted(e.name)) for e in entries if e.visible}
    overview.remarks += _remarks(sum(map(len, itertools.chain(*map(dict.values, marked.values())))), threads)
    _insert(package, workbook, styles, overview)
    return workbook.extension, package.tobytes()


def list_only(checked: Checked) -> tuple[str, bytes]:
    """Return a workbook of its own with the list: for files that are no .xlsx or whose parts are unusual."""
    package = Package(blank_workbook())
    findings = for_workbook(checked.findings)
    overview = _overview(
        checked, findings, "Rätta i din egen fil och spara. Granska sedan igen, eller skicka in den på nytt."
    )
    overview.coloured = False
    overview.remarks.append(
        "Filen har ett format som inte kan märkas cell för cell, så här står bara listan. "
        "Öppna din fil bredvid och gå till den cell som listan anger."
    )
    workbook = Workbook(package)
    _insert(package, workbook, Styles(None, workbook.namespace), overview)
    return workbook.extension, package.tobytes()


def _overview(checked: Checked, findings: Sequence[Finding], guidance: str) -> Overview:
    moment = checked.options.now
    return Overview(
        title=f"{SHEET} av {checked.underlag.source.name}",
        subtitle=f"Granskad {moment:%Y-%m-%d} klockan {moment:%H:%M}. {guidance}",
        findings=findings,
    )


def _remarks(cells: int, threads: int) -> list[str]:
    remarks = []
    if cells > NOTE_LIMIT:
        remarks.append(
            f"{number(NOTE_LIMIT)} av {number(cells)} celler har en kommentar, felen först, "
            "för fler gör Excel långsamt. Alla är färgade och står i listan."
        )
    if threads:
        remarks.append(
            f"Celler som redan har en kommentarstråd: {number(threads)}. Trådarna är orörda; "
            "vad som är fel i de cellerna står bara i listan."
        )
    return remarks


def _colours(marked: Marked, in_order: Collection[Cell]) -> Colours:
    if not in_order:
        return marked
    colours: dict[int, dict[int, Severity | None]] = {row: {**columns} for row, columns in marked.items()}
    for row, column in in_order:
        colours.setdefault(row, {})[column] = None
    return colours


def _insert(package: Package, workbook: Workbook, styles: Styles, overview: Overview) -> None:
    title = workbook.free_sheet_name(SHEET)
    sheet = OverviewSheet(overview, styles, workbook.namespace)
    part = workbook.insert_first(title)
    package.write(part, sheet.pieces())
    workbook.define_name("_xlnm._FilterDatabase", f"{quoted(title)}!{sheet.list_area}", hidden=True)
    workbook.define_name("_xlnm.Print_Titles", f"{quoted(title)}!${sheet.header_row}:${sheet.header_row}")
    workbook.put_styles(styles.tobytes())
    workbook.store()


def drop_signatures(package: Package) -> None:
    """Take digital signatures of the file out: any change breaks them, and Excel would warn."""
    relations = package.relations()
    for identity, origin in list(relations.of_type("/digital-signature/origin")):
        for _, signature in list(package.relations(origin).of_type("/signature")):
            package.remove(signature)
        package.remove(origin)
        relations.remove(identity)
