"""The findings on the report page: grouped, limited in number, and filtered without scripts."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from underlag.characters.cleaning import shown
from underlag.documents.finding_groups import (
    FIRST_PLACES,
    WHOLE_FILE,
    Group,
    group_findings,
    shown_message,
    shown_value,
)
from underlag.findings import Finding, Severity
from underlag.text.numbers import SEVERITY_NOUNS, counted, number

#: Maximum rows on the page; more would only make it slow to open.
MOST_ROWS: Final = 6000
#: Candidates for the rows of one kind; the first that keeps the page within MOST_ROWS is used.
_LIMITS: Final = (1000, 500, 200, 100, 50)
#: Maximum rows of one kind in print.
_ON_PAPER: Final = 200
#: Sheets that the filter lists; a workbook has three, an odd one may have hundreds.
_MOST_SHEETS: Final = 12

_HEADINGS: Final = {
    Severity.ERROR: "Fel – måste rättas",
    Severity.WARNING: "Varningar – behöver ses över",
    Severity.INFO: "Upplysningar",
}
_NOTHING_TO_DO: Final = "Upplysningar – inget att göra"


class Row(NamedTuple):
    """A finding as a row: `classes` state its sheet for the filter, and whether it is among the first."""

    found: Finding

    classes: str
    sheet: str
    cell: str
    value: str
    message: str
    suggestion: str


class GroupView(NamedTuple):
    """A kind of finding on the page.

    Attributes:
        group: kind and findings.
        word: the severity as a word.
        places: '40 ställen'.
        classes: severity and sheets, for the filter.
        rows: the rows on the page.
        alone: whether it is one finding about a whole sheet or file, which needs no table.
        values: whether some row has a value to show.
        cut: a note when the page omits some, '' when it has all.
        box: label of the box that shows all rows, '' when the first are all.
        paper_cut: a note for print when not all are printed.
    """

    group: Group
    word: str
    places: str
    classes: str
    rows: list[Row]
    alone: bool
    values: bool
    box: str
    cut: str
    paper_cut: str


class Choice(NamedTuple):
    """A choice of the filter: its key in the markup, its label, and the number of findings that it shows."""

    key: str
    label: str
    total: str


class Part(NamedTuple):
    """The groups of one severity, under their heading."""

    heading: str
    groups: list[GroupView]


class FindingsView(NamedTuple):
    """The section of findings on the page.

    Attributes:
        parts: by severity.
        severities, sheets: the choices of the filter, 'all' first; empty when there is nothing to choose.
        empty: pairs of choices (severity, sheet) that together show nothing.
    """

    parts: list[Part]
    severities: list[Choice]
    sheets: list[Choice]
    empty: list[tuple[str, str]]


def findings_view(findings: Sequence[Finding], everything_in: str) -> FindingsView:
    """Return the findings for the page.

    Args:
        findings: all of them.
        everything_in: the place of the complete list, for a page that omits some: 'i rapport.json'.
    """
    groups = group_findings(findings)
    keys = _sheet_keys(findings)
    limit = next(
        (n for n in _LIMITS if sum(min(n, len(g.findings)) for g in groups) <= MOST_ROWS), _LIMITS[-1]
    )
    views = [_group_view(group, keys, limit, everything_in) for group in groups]
    parts = [
        Part(heading, members)
        for heading in (*_HEADINGS.values(), _NOTHING_TO_DO)
        if (members := [view for view in views if _heading(view) == heading])
    ]
    severities = _severity_choices(findings)
    sheets = _sheet_choices(findings, keys)
    present = {(f.severity.value, keys[f.sheet]) for f in findings}
    empty = [(a.key, b.key) for a in severities[1:] for b in sheets[1:] if (a.key, b.key) not in present]
    return FindingsView(parts, severities, sheets, empty)


def _heading(view: GroupView) -> str:
    """Return the heading for a kind."""
    group = view.group
    if group.severity is Severity.INFO and group.kind.needs_nothing:
        return _NOTHING_TO_DO
    return _HEADINGS[group.severity]


def _sheet_keys(findings: Sequence[Finding]) -> dict[str, str]:
    """Return a short key for each sheet; of very many sheets, the least used share one."""
    counts = Counter(f.sheet for f in findings)
    if len(counts) <= _MOST_SHEETS:
        named = list(counts)
    else:
        named = [sheet for sheet, _count in counts.most_common(_MOST_SHEETS - 1)]
    keys = {sheet: f"f{place}" for place, sheet in enumerate(named)}
    return {sheet: keys.get(sheet, "ovriga") for sheet in counts}


def _severity_choices(findings: Sequence[Finding]) -> list[Choice]:
    """Return the filter's choices of severity."""
    counts = Counter(f.severity for f in findings)
    if len(counts) < 2:  # noqa: PLR2004 - with one there is nothing to choose
        return []
    choices = [
        Choice(s.value, SEVERITY_NOUNS[s][1].capitalize(), number(counts[s])) for s in Severity if counts[s]
    ]
    return [Choice("alla", "Alla", number(len(findings))), *choices]


def _sheet_choices(findings: Sequence[Finding], keys: dict[str, str]) -> list[Choice]:
    """Return the filter's choices of sheet."""
    if len(keys) < 2:  # noqa: PLR2004 - as above
        return []
    counts = Counter(keys[f.sheet] for f in findings)
    labels = {"ovriga": "Övriga flikar"} | {
        key: shown(sheet) or WHOLE_FILE for sheet, key in keys.items() if key != "ovriga"
    }
    choices = [Choice(key, labels[key], number(count)) for key, count in counts.items()]
    return [Choice("alla", "Alla", number(len(findings))), *choices]


def _group_view(group: Group, keys: dict[str, str], limit: int, everything_in: str) -> GroupView:
    """Return one kind with its rows up to the limit, and notes on what is omitted."""
    total = len(group.findings)
    kept = _kept(group.findings, limit)
    rows = _rows(group, kept, keys)
    sheets = dict.fromkeys(keys[f.sheet] for f in group.findings)
    box = cut = paper_cut = ""
    if total > FIRST_PLACES:
        box = f"Visa alla {counted(len(kept), 'ställe', 'ställen')}"
    if total > len(kept):
        box += " på sidan"
        cut = f"Sidan visar {number(len(kept))} av {number(total)}. Alla finns {everything_in}."
    if len(kept) > _ON_PAPER:
        paper_cut = f"På papper visas de första {number(_ON_PAPER)} av {number(total)}."
    return GroupView(
        group,
        SEVERITY_NOUNS[group.severity][0].capitalize(),
        counted(total, "ställe", "ställen"),
        " ".join([group.severity.value, *sheets]),
        rows,
        total == 1 and not rows[0].cell and not rows[0].value,
        any(row.value for row in rows),
        box,
        cut,
        paper_cut,
    )


def _kept(findings: Sequence[Finding], limit: int) -> Sequence[Finding]:
    """Return the first findings, and the first of each sheet that they omit, for the filter to show."""
    if len(findings) <= limit:
        return findings
    kept = list(findings[:limit])
    in_sheet = Counter(f.sheet for f in kept)
    for found in findings[limit:]:
        if in_sheet[found.sheet] < FIRST_PLACES and len(kept) < limit + FIRST_PLACES * _MOST_SHEETS:
            in_sheet[found.sheet] += 1
            kept.append(found)
    return kept


def _rows(group: Group, findings: Sequence[Finding], keys: dict[str, str]) -> list[Row]:
    """Make the rows. A row beyond the first three is marked `m`, one beyond its sheet's first three `n`."""
    rows = []
    in_sheet: Counter[str] = Counter()
    own_message, shared_advice = not group.message, group.advice
    for place, found in enumerate(findings):
        key = keys[found.sheet]
        classes = key
        if place >= FIRST_PLACES:
            classes += " m"
            if in_sheet[key] >= FIRST_PLACES:
                classes += " n"
            if place >= _ON_PAPER:
                classes += " p"
        in_sheet[key] += 1
        advice = found.suggestion
        rows.append(
            Row(
                found,
                classes,
                shown(found.sheet) or WHOLE_FILE,
                found.cell,
                shown_value(found),
                shown_message(found) if own_message else "",
                "" if advice == shared_advice else shown(advice),
            )
        )
    return rows
