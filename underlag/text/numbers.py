"""Numbers and plurals in Swedish text."""

from typing import Final

from underlag.findings import Severity
from underlag.text.lists import listed

#: Singular and plural of the nouns for severities in running text.
SEVERITY_NOUNS: Final = {
    Severity.ERROR: ("fel", "fel"),
    Severity.WARNING: ("varning", "varningar"),
    Severity.INFO: ("upplysning", "upplysningar"),
}

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def number(value: int) -> str:
    """Return an integer with its thousands separated by no-break spaces: 40 000."""
    return f"{value:,}".replace(",", _NO_BREAK_SPACE)


def counted(value: int, one: str, many: str) -> str:
    """Return a number with its noun: 1 rad, 12 rader."""
    return f"{number(value)}{_NO_BREAK_SPACE}{one if value == 1 else many}"


def counted_in_notice(value: int, one: str, many: str) -> str:
    """Return a number with its noun for a notice, in which no-break spaces would be shown by name."""
    return counted(value, one, many).replace(_NO_BREAK_SPACE, " ")


def severity_counts(counts: dict[Severity, int]) -> str:
    """Return the counts of severities: '3 fel och 1 varning', '' when there are none."""
    return listed([counted(counts[s], *SEVERITY_NOUNS[s]) for s in Severity if counts.get(s)])
