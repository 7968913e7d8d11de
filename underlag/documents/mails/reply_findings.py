"""The findings in a mail: grouped by kind, and few enough to read; the workbook has them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from underlag.characters.cleaning import shown
from underlag.documents.finding_groups import WHOLE_FILE, Group, group_findings, shown_message, shown_value
from underlag.findings import Finding, Severity, for_workbook
from underlag.text.numbers import counted

#: Maximum places in a mail, unless there are more kinds than that: each kind has at least one.
MOST_PLACES: Final = 40
#: Candidates for the places of one kind; the first that keeps the mail within MOST_PLACES is used.
_LIMITS: Final = (20, 10, 5, 3, 2, 1)


class CellLine(NamedTuple):
    """A finding: its place, its value, and the texts for this place alone."""

    where: str
    value: str
    message: str
    advice: str


@dataclass(slots=True, frozen=True)
class KindView:
    """A kind of finding in a mail.

    Attributes:
        title: e.g. 'Fel kontrollsiffra (HSA003), 2 ställen'.
        message: the message for all places, '' when each has its own.
        why: why it matters.
        advice: the advice for all places, '' when each has its own.
        places: the first ones.
        rest: a note on the places that are not shown, '' when all are.
    """

    title: str
    message: str
    why: str
    advice: str
    places: list[CellLine]
    rest: str


def kind_views(findings: Sequence[Finding], severity: Severity) -> list[KindView]:
    """Return the findings of a severity by kind, errors and warnings together within the mail's limit."""
    groups = group_findings(for_workbook(found for found in findings if found.severity is not Severity.INFO))
    limit = next(
        (n for n in _LIMITS if sum(min(n, len(g.findings)) for g in groups) <= MOST_PLACES), _LIMITS[-1]
    )
    return [_kind_view(group, limit) for group in groups if group.severity is severity]


def _kind_view(group: Group, limit: int) -> KindView:
    """Return one kind with its first places."""
    places = counted(len(group.findings), "ställe", "ställen")
    rest = len(group.findings) - limit
    return KindView(
        f"{group.kind.title} ({group.kind.code}), {places}",
        shown(group.message),
        group.kind.why,
        shown(group.advice),
        [_place(found, group) for found in group.findings[:limit]],
        f"… och {counted(rest, 'ställe', 'ställen')} till" if rest > 0 else "",
    )


def _place(found: Finding, group: Group) -> CellLine:
    """Return one place."""
    return CellLine(
        f"{shown(found.sheet) or WHOLE_FILE}{f', cell {found.cell}' if found.cell else ''}",
        shown_value(found),
        "" if group.message else shown_message(found),
        "" if found.suggestion == group.advice else shown(found.suggestion),
    )
