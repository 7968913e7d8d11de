"""Applies rules, up to the maximum number of findings."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Final

from underlag.checks.rules.context import CheckContext
from underlag.files.limits import FINDINGS
from underlag.findings import Finding
from underlag.reading.cells.crowd import too_many

Rule = Callable[[CheckContext], Iterable[Finding]]

_KIND_AND_SHEET: Final = attrgetter("code", "sheet")
#: Findings that are counted at a time.
_BATCH: Final = 10_000


def apply_rules(rules: Iterable[Rule], context: CheckContext) -> list[Finding]:
    """Return what the rules find.

    Where there are more findings of one kind on a sheet than the limit, the rest is not looked for, and a
    finding that blocks the order says so.
    """
    findings: list[Finding] = []
    numbers: Counter[tuple[str, str]] = Counter()
    most = FINDINGS.value
    found = itertools.chain.from_iterable(rule(context) for rule in rules)
    while batch := list(itertools.islice(found, _BATCH)):
        findings += batch
        numbers.update(map(_KIND_AND_SHEET, batch))
        (crowd, count), *_ = numbers.most_common(1)
        if count > most and crowd[1]:
            refusal = too_many(next(one for one in findings if (one.code, one.sheet) == crowd))
            return [*findings, refusal.finding()]
    return findings
