"""The comparison as one function, and what a TAK must be asked for it."""

from typing import TYPE_CHECKING

from underlag.gc_pause import garbage_collection_paused
from underlag.profiles.profile import Profile
from underlag.tak.compare.comparison import Comparison
from underlag.tak.compare.order_index import OrderIndex
from underlag.tak.compare.overall_findings import is_other_platform, overall_findings
from underlag.tak.compare.rows import Comparer
from underlag.tak.compare.select import select
from underlag.tak.compare.wishes import day_of_change, wishes
from underlag.tak.holdings.catalogue import Catalogue, hsa_key
from underlag.tak.holdings.question import Question

if TYPE_CHECKING:
    from underlag.checked import Checked


def compare(checked: "Checked", catalogue: Catalogue) -> Comparison:
    """Compare what may be ordered with what a TAK holds.

    Args:
        checked: the checked workbook.
        catalogue: the TAK, read for the day of the change or an earlier one.

    Returns:
        A row for each addressee and contract, and the findings. With a TAK of another platform there are no
        rows: what it holds says nothing about the workbook's.
    """
    comparison = Comparison(catalogue, checked.options)
    profile = checked.underlag.profile
    platform = _platform(checked, profile)
    if profile is None:
        return comparison
    with garbage_collection_paused():
        asked = list(wishes(checked, profile)) if not is_other_platform(catalogue, platform) else []
        comparison.findings += overall_findings(checked, catalogue, platform, asked)
        comparer = Comparer(catalogue, day_of_change(checked), OrderIndex(catalogue, asked))
        comparison.rows = [comparer.compare(entry, wish) for entry, wish in asked]
        comparison.findings += comparer.findings
    return comparison


def _platform(checked: "Checked", profile: Profile | None) -> str:
    environment = profile.environment(checked.underlag.environment) if profile else None
    return environment.platform if environment else ""


def compare_and_select(checked: "Checked", catalogue: Catalogue) -> tuple["Checked", Comparison]:
    """Compare a workbook with a TAK, and return what may be ordered beside the comparison; see `select`."""
    with garbage_collection_paused():
        comparison = compare(checked, catalogue)
        return select(checked, comparison), comparison


def question_of(checked: "Checked") -> Question:
    """Return what a TAK-API must be asked before its answers can be compared with a workbook."""
    profile = checked.underlag.profile
    asked = list(wishes(checked, profile)) if profile else []
    return Question(
        platform=_platform(checked, profile),
        contracts=frozenset(wish.contract.namespace for _, wish in asked),
        addressees=frozenset(hsa_key(entry.addressee.text) for entry, _ in asked if entry.addressee),
        components=frozenset(key for _, wish in asked for key in (wish.consumer, wish.producer) if key),
    )
