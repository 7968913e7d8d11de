"""The comparison as one function, and the question to a TAK-API that it requires."""

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from underlag.gc_pause import garbage_collection_paused
from underlag.requests import Request
from underlag.tak.compare.comparison import Comparison
from underlag.tak.compare.order_index import OrderIndex
from underlag.tak.compare.overall_findings import is_other_platform, overall_findings
from underlag.tak.compare.rows import Comparer
from underlag.tak.compare.select import select
from underlag.tak.compare.whole_units import hold_whole_units
from underlag.tak.holdings.catalogue import Catalogue, hsa_key
from underlag.tak.holdings.question import Question
from underlag.workbook import Entry

if TYPE_CHECKING:
    from underlag.checked import Checked


def compare(checked: "Checked", catalogue: Catalogue) -> Comparison:
    """Compare the orderable rows of a workbook with the content of a TAK.

    Args:
        checked: the checked workbook.
        catalogue: the TAK, read for the day of the change or an earlier one.

    Returns:
        A row for each addressee and contract, and the findings. With a TAK of another platform there are no
        rows: its content is not comparable.
    """
    comparison = Comparison(catalogue, checked.entries, checked.options)
    platform = _platform(checked)
    if checked.underlag.profile is None:
        return comparison
    with garbage_collection_paused():
        asked = [] if is_other_platform(catalogue, platform) else _entries_with_requests(checked)
        comparison.findings += overall_findings(checked, catalogue, platform, asked)
        comparer = Comparer(catalogue, day_of_change(checked), OrderIndex(catalogue, asked))
        comparison.rows = [comparer.compare(entry, request) for entry, request in asked]
        comparison.findings += comparer.findings
        if not checked.options.replace_routes:
            comparison.findings += hold_whole_units(checked.underlag, comparison.rows)
    return comparison


def day_of_change(checked: "Checked") -> date:
    """Return the day on which the orders take effect; today when none is given."""
    return checked.underlag.details.day or checked.options.now.date()


def day_to_read(checked: "Checked") -> date:
    """Return the day to read a TAK for: the day of change, but today when it has passed."""
    return max(day_of_change(checked), checked.options.now.date())


def _entries_with_requests(checked: "Checked") -> list[tuple[Entry, Request]]:
    """Return the orderable rows, flow by flow in the profile's order."""
    return list(chain.from_iterable(checked.rows.values()))


def _platform(checked: "Checked") -> str:
    environment = checked.underlag.environment_spec
    return environment.platform if environment else ""


def compare_and_select(checked: "Checked", catalogue: Catalogue) -> tuple["Checked", Comparison]:
    """Compare a workbook with a TAK; return what may then be ordered, and the comparison. See `select`."""
    with garbage_collection_paused():
        comparison = compare(checked, catalogue)
        return select(checked, comparison), comparison


def question_of(checked: "Checked") -> Question:
    """Return the question to a TAK-API whose answers allow a comparison with the workbook."""
    asked = _entries_with_requests(checked)
    requests = {request for _, request in asked}
    return Question(
        platform=_platform(checked),
        contracts=frozenset(request.contract.namespace for request in requests),
        addressees=frozenset(hsa_key(entry.addressee.text) for entry, _ in asked if entry.addressee),
        components=frozenset(
            key for request in requests for key in (request.consumer, request.producer) if key
        ),
    )
