"""Numbers and plurals as Swedish text has them."""

from typing import Final

from underlag.findings import Severity
from underlag.text.lists import listed

#: Singular and plural of what severities are called in running text.
SEVERITY_NOUNS: Final = {
    Severity.ERROR: ("fel", "fel"),
    Severity.WARNING: ("varning", "varningar"),
    Severity.INFO: ("upplysning", "upplysningar"),
}

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def number(value: int) -> str:
    """Return a whole number with its thousands apart, without a place to break the line: 40 000."""
    return f"{value:,}".replace(",", _NO_BREAK_SPACE)


def counted(value: int, one: str, many: str) -> str:
    """Return a number with its noun: 1 rad, 12 rader."""
    return f"{number(value)}{_NO_BREAK_SPACE}{one if value == 1 else many}"


def severity_counts(counts: dict[Severity, int]) -> str:
    """Return what there is of each severity: '3 fel och 1 varning', '' when there is nothing."""
    return listed([counted(counts[s], *SEVERITY_NOUNS[s]) for s in Severity if counts.get(s)])
