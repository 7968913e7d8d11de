"""How an order for TAK describes itself: `kommentar` in the file, and sentences for the report.

tak-web cuts a comment of more than 255 characters, so the most important sentence comes first and others are
added while they fit.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from underlag.files.shipped import shipped_tables
from underlag.orders.order import Order
from underlag.tak.orders.storable import storable
from underlag.tak.orders.undo import Limit
from underlag.text.lists import listed
from underlag.text.numbers import number

_LONGEST: Final = 255


class Heading(NamedTuple):
    """The title of the files of an order, or of several orders of one day and action.

    `title` is e.g. 'beställning 1 av 3'; `order` is the order, or the first of them.
    """

    order: Order
    case_number: str
    title: str

    def named(self, word: str, part: str) -> str:
        """Return the title of a file; `part` is e.g. 'del 1 av 4' or ''."""
        text = ", ".join(filter(None, (word + self.title, part)))
        text = text[:1].upper() + text[1:]
        return f"{self.case_number}. {text}" if self.case_number else text


def order_comment(heading: Heading, part: str, limits: Counter[Limit]) -> str:
    """Return the comment of an order."""
    return _fitted([f"{heading.named('', part)}.", *_of_order(heading.order, limits, "short")])


def undo_comment(heading: Heading, part: str, limits: Counter[Limit], day: date) -> str:
    """Return the comment of a step of an undo: what it undoes, from when, and what it cannot undo."""
    title = f"{heading.named('återställer ', part)}. Gäller {day}."
    return _fitted([title, *_of_undo(heading.order, limits, "short")])


def report_notes(
    heading: Heading,
    limits: Counter[Limit],
    day: date,
    name: str,
    undo_counts: Sequence[dict[date, tuple[int, int]]],
) -> tuple[str, ...]:
    """Return Swedish sentences for the report: an assumed day, the undo, and what it cannot undo.

    Args:
        heading: the title of the files.
        limits: counts of what the undo does not restore.
        day: the order's day.
        name: the part of the file names after bestallning- and aterstall-.
        undo_counts: for each part, by the day of each step, the numbers of included and excluded items.
    """
    order = heading.order
    return (
        *_of_order(order, limits, "whole", day.isoformat()),
        *_of_steps(name, undo_counts),
        *_of_undo(order, limits, "whole"),
    )


def _of_steps(name: str, undo_counts: Sequence[dict[date, tuple[int, int]]]) -> Iterator[str]:
    """Describe each step of the undo: its effect and the day to load it."""
    several = len(undo_counts) > 1
    if all(len(counts) < 2 for counts in undo_counts):  # noqa: PLR2004 - one step
        days = sorted({day for counts in undo_counts for day in counts})
        if days:
            file = f"aterstall-{name}-del-….json" if several else f"aterstall-{name}.json"
            dates = listed([day.isoformat() for day in days])
            yield (
                f"Ska beställningen tas tillbaka läses {file} in. Den gäller från {dates} och kan läsas in "
                "när som helst."
            )
        return
    part = f"{name}-del-…" if several else name
    yield (
        f"Ska beställningen tas tillbaka läses aterstall-{part}-steg-1.json och de följande stegen in direkt "
        "efter varandra, i nummerordning, och publiceras tillsammans när alla är inlästa."
    )
    total: dict[date, list[int]] = {}
    for counts in undo_counts:
        for day, (included, excluded) in counts.items():
            sums = total.setdefault(day, [0, 0])
            sums[0] += included
            sums[1] += excluded
    for at, (day, (included, excluded)) in enumerate(sorted(total.items()), start=1):
        does = listed(
            [
                *([f"lägger tillbaka {number(included)} vägval och anropsbehörigheter"] if included else []),
                *([f"avslutar eller tar bort {number(excluded)}"] if excluded else []),
            ]
        )
        step = "" if several else f"Steg {at}, "
        yield f"{step}gäller {day}: {does}."[:1].upper() + f"{step}gäller {day}: {does}."[1:]


def _of_order(
    order: Order, limits: Counter[Limit], length: Literal["short", "whole"], day: str = ""
) -> list[str]:
    """Return the sentences about an order: its assumed day, and what it leaves alone."""
    texts = _texts()["order"]
    sentences = [texts["no_day"][length].format(day=day)] if order.day is None else []
    component = order.component.hsa_id
    return sentences + [
        texts[limit][length].format(n=limits[limit], component=component)
        for limit in (Limit.REFUSED, Limit.THERE, Limit.KEPT)
        if limits[limit]
    ]


def _of_undo(order: Order, limits: Counter[Limit], length: Literal["short", "whole"]) -> list[str]:
    texts = _texts()[order.action]
    return [text[length].format(n=limits[Limit(key)]) for key, text in texts.items() if limits[Limit(key)]]


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    file = Path(__file__).parent / "texts" / "undo.toml"
    return shipped_tables(file)


def _fitted(sentences: list[str]) -> str:
    """Join the sentences that fit, on one line."""
    text = storable(sentences[0])[:_LONGEST].rstrip()
    for sentence in sentences[1:]:
        longer = f"{text} {sentence}"
        if len(longer) <= _LONGEST:
            text = longer
    return text
