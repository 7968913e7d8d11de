"""The report page: one self-contained file for the person who filled in the workbook."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from underlag.characters.cleaning import shown
from underlag.documents.account import answer_lines
from underlag.documents.package_names import ANNOTATED, INDEX, Files
from underlag.documents.report.calls import calls_of
from underlag.documents.report.files import file_views, first_file
from underlag.documents.report.findings import findings_view
from underlag.documents.report.orders import facts_of, left_out_view, order_views
from underlag.documents.report.picture import picture
from underlag.documents.report.steps import next_steps
from underlag.documents.report.tak_files import tak_files_view
from underlag.documents.report.verdict import verdict
from underlag.documents.templates import environment
from underlag.text.file_names import shown_name

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.documents.report.comparison import ComparisonView
    from underlag.orders.order import Order
    from underlag.tak.compare.comparison import Comparison
    from underlag.tak.orders.files import TakNotes


def render_report(
    checked: "Checked",
    orders: Sequence["Order"],
    files: Files,
    *,
    comparison: "Comparison | None" = None,
    notes: Mapping[int, "TakNotes"] = MappingProxyType({}),
    template: str = "rapport.html",
    page: object = None,
    mends_here: bool = False,
) -> bytes:
    """Return the page as UTF-8.

    It loads nothing from outside, works without scripts, and prints well.

    Args:
        checked: the checked workbook.
        orders: its orders; empty when errors block, or when the workbook is only checked.
        files: the other files of the package; empty without a package.
        comparison: the changes in TAK, when an export was given.
        notes: by the order's number, the notes on its TAK files.
        template: the page's template; one that extends the report's may use `page`.
        page: values for such a template, in addition to the report's.
        mends_here: whether the template has forms that correct cells of this workbook.
    """
    calls = calls_of(checked, orders)
    page = (
        environment()
        .get_template(template)
        .render(
            name=shown(shown_name(checked.underlag.source.name)),
            verdict=verdict(checked),
            facts=facts_of(checked, orders),
            steps=next_steps(checked, orders, files, mends_here=mends_here),
            findings=findings_view(checked.findings, _everything_in(files)),
            orders=order_views(orders, files),
            answers=answer_lines(checked.account),
            tak_files=tak_files_view(orders, files, notes),
            left_out=left_out_view(checked),
            calls=calls,
            legend={node.fixed for call in calls for node in (call.consumer, call.producer)} == {True, False},
            picture=picture(calls, platform=_platform(checked)) if calls else "",
            files=file_views(files),
            comparison=_compared(comparison),
            page=page,
        )
    )
    return page.encode("utf-8", "replace")


def _compared(comparison: "Comparison | None") -> "ComparisonView | None":
    """Return the comparison for the page, None without a TAK."""
    if comparison is None:
        return None
    from underlag.documents.report.comparison import comparison_view  # noqa: PLC0415 - few have a TAK

    return comparison_view(comparison)


def _everything_in(files: Files) -> str:
    """Return the place of the complete list of findings, for a page that omits some."""
    if annotated := first_file(files, ANNOTATED):
        return f"på första fliken i {annotated}"
    return f"i filen {INDEX}" if files else "i resultatet av underlag validera --format json"


def _platform(checked: "Checked") -> str:
    """Return the platform of the calls in the order form's words; '' if unknown."""
    underlag = checked.underlag
    spec = underlag.environment_spec
    return spec.form_title if spec else ""
