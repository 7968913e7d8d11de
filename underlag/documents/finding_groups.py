"""Findings grouped by kind, for the page and the terminal."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from underlag.characters.cleaning import are_visible, shown, visible
from underlag.findings import Finding, Kind, Severity, kind
from underlag.findings.catalogue import place
from underlag.lazy_pattern import LazyPattern

#: Places of a kind that are shown by default.
FIRST_PLACES: Final = 3

#: Maximum characters of a value that are shown; the beginning is enough to recognise a pasted text.
MOST_LETTERS: Final = 400

#: The place of a finding that belongs to no sheet.
WHOLE_FILE: Final = "Hela underlaget"

_ORDER: Final = tuple(Severity)


class Group(NamedTuple):
    """All findings of one kind.

    Attributes:
        kind: its title, reason and advice.
        severity: that of the findings.
        findings: in the order of the workbook.
        message: the message that all of them share, '' when each has its own.
        advice: the advice for all of them: the suggestion that they share, or the kind's general advice.
        own_suggestions: whether some finding has a more specific suggestion.
    """

    kind: Kind
    severity: Severity
    findings: list[Finding]
    message: str
    advice: str
    own_suggestions: bool


def group_findings(findings: Iterable[Finding]) -> list[Group]:
    """Group findings by kind: errors, warnings, information; within them in the catalogue's order."""
    by_kind: dict[tuple[Severity, str], list[Finding]] = {}
    for found in findings:
        key = (found.severity, found.code)
        members = by_kind.get(key)
        if members is None:
            by_kind[key] = [found]
        else:
            members.append(found)
    keys = sorted(by_kind, key=lambda key: (_ORDER.index(key[0]), place(key[1])))
    return [_group(severity, code, by_kind[severity, code]) for severity, code in keys]


def _group(severity: Severity, code: str, findings: list[Finding]) -> Group:
    """Build the group of one kind: the shared message, and the shared or general advice."""
    the_kind = kind(code)
    first = findings[0].message
    shared = (the_kind.plain_message or len(findings) > 1) and all(f.message == first for f in findings)
    advice = findings[0].suggestion
    if any(f.suggestion != advice for f in findings):
        # General advice with placeholders is useless without values: each finding then has its own.
        advice = "" if "{" in the_kind.mend else the_kind.mend
    own = any(f.suggestion not in ("", advice) for f in findings)
    return Group(the_kind, severity, findings, shown_message(findings[0]) if shared else "", advice, own)


def first_of_each(findings: Sequence[Finding], most: int) -> tuple[Sequence[Finding], dict[str, int]]:
    """Return the first findings of each kind in their order, at most a number of them.

    A kind with few findings keeps all of them; the others keep an equal number.

    Args:
        findings: all of them.
        most: maximum findings to return.

    Returns:
        The findings, and for each kind that is not complete how many there are of it in all.
    """
    if len(findings) <= most:
        return findings, {}
    counts = Counter(found.code for found in findings)
    room, share = most, 0
    for left, count in zip(range(len(counts), 0, -1), sorted(counts.values()), strict=True):
        share = room // left
        if count > share:
            break
        room -= count
    numbers: Counter[str] = Counter()
    kept = []
    for found in findings:
        numbers[found.code] += 1
        if numbers[found.code] <= share:
            kept.append(found)
    return kept, {code: count for code, count in counts.items() if count > share}


def count_severities(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Count the findings of each severity."""
    return Counter(found.severity for found in findings)


#: A blank, or the name of a character, whose blanks are not part of the value.
_BLANK: Final = LazyPattern(r"‹[^›]*›| ")


def shown_value(found: Finding) -> str:
    """Return the value with invisible characters named, in an address also each blank.

    A blank is the fault of such an address, and a line break at that place would hide it.
    """
    text = visible(_brief(found.value))
    if " " not in text or "/" not in text or not _about_addresses((found,)):
        return text
    return _BLANK.sub(lambda met: "‹mellanslag›" if met[0] == " " else met[0], text)


def shown_message(found: Finding) -> str:
    """Return the message, with the value in it as in `shown_value`."""
    value = found.value
    if " " not in value and len(value) <= MOST_LETTERS:
        return shown(found.message)
    if not _is_quoted(value, found.message):
        # The message quotes the text without the blanks around it, which the cell has.
        value = value.strip(" ")
    if len(value) > MOST_LETTERS or (" " in value and _about_addresses((found,))):
        named = shown_value(replace(found, value=value))
        return shown(found.message.replace(value, named).replace(visible(value), named))
    return shown(found.message)


class ShownTexts(NamedTuple):
    """The values, messages and suggestions of many findings, as each is shown.

    `printable`: whether all of them are, so that none has a line break.
    """

    values: Sequence[str]
    messages: Sequence[str]
    suggestions: Sequence[str]
    printable: bool


def shown_texts(findings: Sequence[Finding]) -> ShownTexts:
    """Return what is shown of many findings; most need no change, and one look at all of them shows it."""
    values, messages = [found.value for found in findings], [found.message for found in findings]
    blank = " " in "".join(values)
    plain = max(map(len, values), default=0) <= MOST_LETTERS and not (blank and _about_addresses(findings))
    if not (plain and are_visible(values)):
        values = list(map(shown_value, findings))
    if not plain:
        messages = list(map(shown_message, findings))
    suggestions = [found.suggestion for found in findings]
    printable = "".join((*values, *messages, *set(suggestions))).isprintable()  # few suggestions differ
    if not printable:
        messages = list(map(shown, messages)) if plain else messages
        suggestions = list(map(shown, suggestions))
    return ShownTexts(values, messages, suggestions, printable)


def _about_addresses(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is about an address, whose blanks are shown by name."""
    return any(kind(code).category == "URL" for code in {found.code for found in findings})


def _is_quoted(value: str, message: str) -> bool:
    """Whether a message has a value with the blanks around it, not its own blank before the next word."""
    if value == value.strip(" "):
        return True
    before = r"(?<!\w)" if value.startswith(" ") else ""
    after = r"(?!\w)" if value.endswith(" ") else ""
    return re.search(f"{before}{re.escape(value)}{after}", message) is not None


def _brief(value: str) -> str:
    """Return a value; a long one is cut, and its length stated."""
    if len(value) <= MOST_LETTERS:
        return value
    return f"{value[:MOST_LETTERS]}… ({len(value)} tecken)"
