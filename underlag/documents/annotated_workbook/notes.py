"""Notes (Excel's older comments) on the marked cells of a sheet: texts, boxes and what ties them to it."""

from collections.abc import Iterable
from typing import Final

from underlag.documents.annotated_workbook.comments import Comments
from underlag.documents.annotated_workbook.marks import Mark, Marked
from underlag.documents.annotated_workbook.package import Package
from underlag.documents.annotated_workbook.sheet import SheetPart
from underlag.documents.annotated_workbook.vml import CONTENT_TYPE as DRAWING_TYPE
from underlag.documents.annotated_workbook.vml import Measures, Numbers, box_height, enlarged, with_boxes
from underlag.documents.annotated_workbook.xmltext import RELATIONSHIPS
from underlag.xml_tree import namespace as namespace_of

_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"


def add_notes(
    package: Package,
    part: str,
    sheet: SheetPart,
    marks: Iterable[Mark],
    marked: Marked,
    *,
    numbers: Numbers,
) -> int:
    """Put a note on each marked cell.

    A note of the user stays, and ours follows in it; our own from an earlier round is replaced, or says that
    the cell is in order now. A cell with a thread of comments is left alone, for Excel would not show what we
    add there.

    Args:
        package: gets the parts for notes, or changed ones.
        part: the sheet's name in it.
        sheet: refers to a new drawing afterwards, if it had none.
        marks: the cells that get a note.
        marked: all cells of the sheet that have an error or a warning.
        numbers: for the new boxes.

    Returns:
        how many cells were left alone.

    Raises:
        UnfitError: the existing parts have a form that Excel does not write.
    """
    namespace = namespace_of(sheet.tree)
    comments_part = next((target for _, target in package.relations(part).of_type("/comments")), "")
    comments = Comments(package.read(comments_part) if comments_part else None, namespace)
    boxes: list[tuple[int, int, int]] = []
    growth: dict[tuple[int, int], int] = {}
    skipped = 0
    for mark in marks:
        position = mark.row, mark.column
        text = comments.put(mark)
        if text is None:
            skipped += 1
        elif position not in comments.existing:
            boxes.append((*position, box_height(text)))
        elif position not in comments.own:
            growth[position] = box_height(text)
    comments.mark_resolved(marked)
    if comments.changed:
        _store_comments(package, part, comments_part, namespace, comments)
        _store_boxes(package, part, sheet, boxes, growth, numbers=numbers)
    return skipped


def _store_comments(
    package: Package, part: str, comments_part: str, namespace: str, comments: Comments
) -> None:
    """Put the texts of a sheet's notes into the package; '' as `comments_part` makes a new part."""
    if not comments_part:
        comments_part = package.free_name("xl/comments{}.xml")
        package.relations(part).add(f"{RELATIONSHIPS[namespace]}/comments", comments_part)
    package.write(comments_part, comments.tobytes())
    package.declare(comments_part, _CONTENT_TYPE)


def _store_boxes(
    package: Package,
    part: str,
    sheet: SheetPart,
    boxes: list[tuple[int, int, int]],
    growth: dict[tuple[int, int], int],
    *,
    numbers: Numbers,
) -> None:
    """Put the drawing of a sheet's notes into the package, with new boxes and with those that grow."""
    relations = package.relations(part)
    drawing = relations.target(sheet.notes_drawing())
    measures = Measures(sheet.columns(), sheet.rows())
    existing = enlarged(package.read(drawing), growth, measures) if drawing else None
    data = with_boxes(existing, boxes, measures, numbers)
    if not drawing:
        drawing = package.free_name("xl/drawings/vmlDrawing{}.vml")
        kind = f"{RELATIONSHIPS[namespace_of(sheet.tree)]}/vmlDrawing"
        sheet.set_notes_drawing(relations.add(kind, drawing))
    package.write(drawing, data)
    package.declare(drawing, DRAWING_TYPE)


def earlier_notes(package: Package, part: str, namespace: str) -> set[tuple[int, int]]:
    """Return the cells of a sheet that have a note of ours from an earlier round."""
    return {
        position
        for _, comments_part in package.relations(part).of_type("/comments")
        for position in Comments(package.read(comments_part), namespace).own
    }
