"""Series that count up where one value is usual: a cell was dragged down in the spreadsheet.

Findings: KOM012, URL021.
"""

from collections.abc import Iterator
from typing import Final

from underlag.checks.rules.context import ROLE_SUBJECTS, CheckContext
from underlag.findings import Finding, finding
from underlag.text.lists import MOST_NAMED, listed
from underlag.values.series import counting_series

#: The roles that usually have one value in a sheet, and the code of a series of them.
_CODES: Final = {"consumer": "KOM012", "producer": "KOM012", "url": "URL021"}
#: Series up to this length are listed in full.
_NAMED: Final = 4


def check_series(context: CheckContext) -> Iterator[Finding]:
    """Find consumers, producers and addresses that count up, row by row."""
    for role, code in _CODES.items():
        for _, values in context.unique_cells(role):
            for run in counting_series(text for text in values.unique_texts() if text not in context.private):
                context.counting.update(run)
                by_text = values.by_text(set(run))
                cells = [by_text[text][0] for text in run]
                yield finding(
                    code,
                    cells[0],
                    roll=ROLE_SUBJECTS[role],
                    antal=len(run),
                    serie=series_text(run),
                    celler=f"{cells[0].cell}–{cells[-1].cell}",
                    related=tuple(value.position for value in cells[1:]),
                )


def series_text(run: list[str]) -> str:
    """Return a series as a phrase: all of a short one, else the first two and the last."""
    if len(run) <= _NAMED:
        return listed(run, most=MOST_NAMED)
    return f"{run[0]}, {run[1]} … {run[-1]}"
