"""The verdict on a TAK order: remarks, each by a rule, and tak-web's predicted answer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from underlag.characters.cleaning import visible
from underlag.files.shipped import shipped_tables

#: Prefix of tak-web's answers over REST: before the list of errors, before the only line for an order that it
#: cannot parse, and before the message of an exception.
_ERRORS = "JsonBestallning ERROR:::"
_UNREADABLE = "JsonBestallning ERROR::: {}"
_CRASH = "RUNTIME ERROR:::"
_TRANSPORT_AND_PARSING = 1
#: The ways to send an order to tak-web: pasted into the page, posted over REST as json=…, or posted by TAK's
#: own jsonbestallning.sh, which sends the text as the name of a parameter.
WAYS = {"sida": "på sidan i tak-web", "json": "över REST med json=", "skript": "med jsonbestallning.sh"}
#: Characters of a value quoted in a sentence; `value` holds all of it.
_SHOWN = 120
#: Placeholders of a rule's text that quote the order or the TAK; the others are our own words.
_QUOTED = frozenset(
    {
        "varde",
        "angiven",
        "blir",
        "finns",
        "identitet",
        "namnrymd",
        "objekt",
        "producent",
        "ratt",
        "svans",
        "url",
    }
)


class Weight(StrEnum):
    """The weight of a remark."""

    REFUSED = "avvisas"
    SILENT = "tyst"
    NOTE = "anmarkning"

    @property
    def word(self) -> str:
        """The Swedish word for it."""
        return {"avvisas": "avvisas", "tyst": "tyst följd", "anmarkning": "anmärkning"}[self.value]


class Rule(NamedTuple):
    """A rule of tak-web.

    `step` is when tak-web rejects: errors of one step hide all later ones. `ways` are those of `WAYS` that it
    blocks, if not all of them.
    """

    key: str
    weight: Weight
    step: int
    title: str
    text: str
    answer: str
    ways: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Return every rule by its key, in the order of tak-web's steps."""
    file = Path(__file__).with_name("rules.toml")
    return {
        key: Rule(
            key,
            Weight(r["allvar"]),
            r["steg"],
            r["titel"],
            r["text"],
            r.get("svar", ""),
            tuple(r.get("vagar", ())),
        )
        for key, r in shipped_tables(file).items()
    }


class Remark(NamedTuple):
    """One observation about an order.

    `where` is the place in the JSON, e.g. inkludera.vagval[3].adress; `value` is the text at that place.
    `answer` is tak-web's own message, '' when it gives none. `ways` as in the rule.
    """

    rule: str
    weight: Weight
    step: int
    where: str
    value: str
    message: str
    answer: str
    ways: tuple[str, ...] = ()

    def blocks(self, way: str) -> bool:
        """Whether an order with this remark fails when sent by a way of `WAYS`."""
        return way in self.ways or (self.weight is Weight.REFUSED and not self.ways)


#: Maximum remarks kept per rule and weight; further ones are only counted.
MOST_OF_A_RULE: Final = 25_000


class Remarks(list[Remark]):
    """Remarks in the order in which they are made, at most MOST_OF_A_RULE for each rule and weight."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: Counter[tuple[str, Weight, tuple[str, ...]]] = Counter()

    def append(self, item: Remark) -> None:
        """Add a remark, or only count it beyond the maximum."""
        kind = (item.rule, item.weight, item.ways)
        self._numbers[kind] += 1
        if self._numbers[kind] <= MOST_OF_A_RULE:
            super().append(item)

    def extend(self, items: Iterable[Remark]) -> None:
        """Add remarks as `append` does."""
        for item in items:
            self.append(item)

    def append_left_out(self) -> None:
        """Add a remark for each kind of which some were only counted."""
        for (rule, _, _), number in list(self._numbers.items()):
            if number > MOST_OF_A_RULE:
                left = str(number - MOST_OF_A_RULE)
                super().append(remark("utelamnade", "", left, regel=rule, grans=MOST_OF_A_RULE))


@dataclass(slots=True)
class TakVerdict:
    """The predicted effect of an order on tak-web.

    Attributes:
        remarks: in the order of tak-web's steps.
        counts: number of items by list, e.g. {'inkludera.vagval': 12}.
        day: the first day of the order's changes, None when the order states no readable one.
            platform: as the order states it.
            order: the JSON object as written; empty when there is none.
            effects: with a catalogue, the predicted counts of tak-web's report: 'Nyskapad', 'Uppdaterad',
            'Deaktiverad', ...
    """

    remarks: Remarks = field(default_factory=Remarks)
    counts: dict[str, int] = field(default_factory=dict)
    day: date | None = None
    platform: str = ""
    order: dict[str, Any] = field(default_factory=dict)
    effects: Counter[str] = field(default_factory=Counter)

    @property
    def loads(self) -> bool:
        """Whether tak-web loads it both from the page and over REST."""
        return not any(remark.weight is Weight.REFUSED for remark in self.remarks)

    @property
    def ways(self) -> dict[str, bool]:
        """Whether it loads, for each of `WAYS`."""
        return {way: not any(remark.blocks(way) for remark in self.remarks) for way in WAYS}

    @property
    def answer(self) -> tuple[str, ...]:
        """The lines of tak-web's answer over REST; of the page's when only the page rejects the order.

        tak-web reports only the first step with errors, each error once, in no particular order; the first
        exception of a step hides its other errors.
        """
        refused = [remark for remark in self.remarks if remark.answer and remark.blocks("json")]
        if not refused:
            return tuple(remark.answer for remark in self.remarks if remark.weight is Weight.REFUSED)[:1]
        step = min(remark.step for remark in refused)
        answers = list(dict.fromkeys(remark.answer for remark in refused if remark.step == step))
        if step == _TRANSPORT_AND_PARSING:
            return (answers[0],)
        if _UNREADABLE in answers:
            return (_UNREADABLE,)
        crash = next((answer for answer in answers if answer.startswith(_CRASH)), None)
        lines = [crash] if crash is not None else [_ERRORS, *answers]
        return tuple(line for answer in lines for line in answer.split("\n"))


def remark(
    key: str, where: str, value: str, weight: Weight | None = None, step: int | None = None, **texts: Any
) -> Remark:
    """Make a remark by a rule.

    Args:
        key: of the rule.
        where: the place in the JSON.
        value: the value at that place.
        weight: overrides the rule's weight.
        step: overrides the rule's step.
        **texts: values of the placeholders in the rule's text other than `varde` and `var`.
    """
    rule = rules()[key]
    given = {"varde": value, "var": where, **texts}
    given |= {name: _quoted(text) for name, text in given.items() if name in _QUOTED and text is not None}
    answer = rule.answer.format_map({**texts, "varde": value}) if rule.answer else ""
    message = rule.text.format_map(given)
    return Remark(key, weight or rule.weight, step or rule.step, where, value, message, answer, rule.ways)


def _quoted(value: str) -> str:
    """Shorten a value for a sentence; make invisible characters and the empty text visible."""
    return visible(value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…") or '""'
