"""What an order for TAK says of itself: `kommentar` in the file, and sentences for the report.

tak-web cuts a comment of more than 255 characters, so what matters most stands first and the rest comes while
it fits.
"""

import tomllib
from collections import Counter
from functools import lru_cache
from importlib import resources
from typing import Final, Literal

from underlag.orders.order import Order
from underlag.tak.orders.content import Limit
from underlag.tak.orders.storable import storable
from underlag.workbook import text_of

_LONGEST: Final = 255


def order_comment(order: Order, part: str, limits: Counter[Limit]) -> str:
    """Return the comment of an order; `part` is e.g. 'del 1 av 4' or ''."""
    return _fitted([f"{_title('Beställning', order, part)}.", *_of_order(order, limits, "short")])


def undo_comment(order: Order, part: str, limits: Counter[Limit]) -> str:
    """Return the comment of an undo: what it undoes, and what it cannot."""
    return _fitted([f"{_title('Återställer beställning', order, part)}.", *_of_undo(order, limits, "short")])


def report_notes(order: Order, limits: Counter[Limit], day: str) -> tuple[str, ...]:
    """Return Swedish sentences for the report: the day where nobody gave one, and what cannot be undone."""
    return (*_of_order(order, limits, "whole", day), *_of_undo(order, limits, "whole"))


def _of_order(
    order: Order, limits: Counter[Limit], length: Literal["short", "whole"], day: str = ""
) -> list[str]:
    texts = _texts()["order"]
    said = [texts["no_day"][length].format(day=day)] if order.day is None else []
    component = order.component.hsa_id
    return said + [
        texts[limit][length].format(n=limits[limit], component=component)
        for limit in (Limit.REFUSED, Limit.THERE)
        if limits[limit]
    ]


def _of_undo(order: Order, limits: Counter[Limit], length: Literal["short", "whole"]) -> list[str]:
    texts = _texts()[order.action]
    return [text[length].format(n=limits[Limit(key)]) for key, text in texts.items() if limits[Limit(key)]]


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    file = resources.files("underlag.tak.orders") / "texts" / "undo.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _title(word: str, order: Order, part: str) -> str:
    case_number = text_of(order.details.case_number)
    text = f"{word} {order.ordinal}"
    if part:
        text = f"{text}, {part}"
    return f"{case_number}. {text}" if case_number else text


def _fitted(sentences: list[str]) -> str:
    """Join the sentences that fit, on one line."""
    text = storable(sentences[0])[:_LONGEST].rstrip()
    for sentence in sentences[1:]:
        longer = f"{text} {sentence}"
        if len(longer) <= _LONGEST:
            text = longer
    return text
