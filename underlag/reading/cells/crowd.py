"""Refuses a sheet with more findings of one kind than the limits allow.

Findings: FIL022.
"""

from collections import Counter
from typing import Final

from underlag.files.limits import FINDINGS, how_to_raise
from underlag.findings import Finding, kind
from underlag.reading.formats.refusal import UnreadableError

#: Findings between two counts, so that counting costs nothing.
_STEP: Final = 10_000


def refuse_crowd(findings: list[Finding]) -> None:
    """Raise if there are too many findings of one kind; to be called after each finding about a row.

    Args:
        findings: those about one sheet so far.

    Raises:
        UnreadableError: there are more of one kind than the limit.
    """
    if len(findings) % _STEP or len(findings) <= FINDINGS.value:
        return
    ((code, count),) = Counter(one.code for one in findings).most_common(1)
    if count > FINDINGS.value:
        raise too_many(next(one for one in findings if one.code == code))


def too_many(first: Finding) -> UnreadableError:
    """Return the refusal of a sheet with more findings of one kind than the limit.

    Args:
        first: the first of them.
    """
    return UnreadableError(
        "FIL022",
        sheet=first.sheet,
        gräns=FINDINGS.value,
        slag=first.code,
        titel=kind(first.code).title,
        första=f"cell {first.cell}",
        hoj=how_to_raise(),
    )
