"""Notes (Excel's older comments) on the marked cells of a sheet: texts, boxes and what ties them to it."""

from collections.abc import Collection, Iterable
from typing import Final

from underlag.documents.annotated_workbook.comments import Comments
from underlag.documents.annotated_workbook.marks import Mark
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
    marked: Collection[tuple[int, int]],
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
    relations = package.relations(part)
    namespace = namespace_of(sheet.tree)
    comments_part = next((target for _, target in relations.of_type("/comments")), "")
    comments = Comments(package.read(comments_part) if comments_part else None, namespace)
    boxes: list[tuple[int, int, int]] = []
    growth: dict[tuple[int, int], int] = {}
    skipped = 0
    for mark in marks:
        place = mark.row, mark.column
        text = comments.put(mark)
        if text is None:
            skipped += 1
        elif place not in comments.existing:
            boxes.append((*place, box_height(text)))
        elif place not in comments.own:
            growth[place] = box_height(text)
    comments.mark_resolved(marked)
    if not comments.changed:
        return skipped
    if not comments_part:
        comments_part = package.free_name("xl/comments{}.xml")
        relations.add(f"{RELATIONSHIPS[namespace]}/comments", comments_part)
    package.write(comments_part, comments.tobytes())
    package.declare(comments_part, _CONTENT_TYPE)
    drawing = relations.target(sheet.notes_drawing())
    measures = Measures(sheet.columns(), sheet.rows())
    existing = enlarged(package.read(drawing), growth, measures) if drawing else None
    data = with_boxes(existing, boxes, measures, numbers)
    if not drawing:
        drawing = package.free_name("xl/drawings/vmlDrawing{}.vml")
        sheet.set_notes_drawing(relations.add(f"{RELATIONSHIPS[namespace]}/vmlDrawing", drawing))
    package.write(drawing, data)
    package.declare(drawing, DRAWING_TYPE)
    return skipped


def earlier_notes(package: Package, part: str, namespace: str) -> set[tuple[int, int]]:
    """Return the cells of a sheet that have a note of ours from an earlier round."""
    return {
        place
        for _, comments_part in package.relations(part).of_type("/comments")
        for place in Comments(package.read(comments_part), namespace).own
    }
