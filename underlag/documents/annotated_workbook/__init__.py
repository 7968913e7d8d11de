"""The annotated workbook: the user's own file with faulty cells marked, and a list of all findings first."""

from underlag.checked import Checked
from underlag.findings import Severity

__all__ = ["annotated_workbook"]

_EDITABLE = {"xlsx", "xlsm"}


def annotated_workbook(checked: Checked) -> tuple[str, bytes] | None:
    """Return the annotated workbook.

    A .xlsx or .xlsm comes back as it was, with colours and notes added and the sheet "Granskning" first.
    For other formats, and for files whose parts are not what Excel writes, there is a workbook with the list
    alone.

    Args:
        checked: the checked Underlag; the file's bytes come with it.

    Returns:
        File extension ('xlsx' or 'xlsm') and bytes; None when there is neither an error nor a warning. The
        same input and `options.now` give the same bytes.
    """
    if not any(found.severity is not Severity.INFO for found in checked.findings):
        return None
    from underlag.documents.annotated_workbook.build import annotate, list_only  # noqa: PLC0415 - only where there is something to write
    from underlag.documents.annotated_workbook.xmltext import UnfitError  # noqa: PLC0415 - as above

    if checked.underlag.source.format in _EDITABLE:
        try:
            return annotate(checked)
        except (UnfitError, ValueError, OverflowError, LookupError):
            pass  # the last three: numbers in the parts that are none, or point at nothing
    return list_only(checked)
