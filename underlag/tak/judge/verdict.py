"""What is said of a TAK order: remarks, each by a rule, and what tak-web would answer."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any, Final, NamedTuple

from underlag.characters.cleaning import visible

#: tak-web over REST puts this before the errors, one a line; before its only line for an order it cannot
#: parse; before the message of an exception.
_ERRORS = "JsonBestallning ERROR:::"
_UNREADABLE = "JsonBestallning ERROR::: {}"
_CRASH = "RUNTIME ERROR:::"
_TRANSPORT_AND_PARSING = 1
#: The ways in which an order reaches tak-web: pasted into the page, posted over REST as json=…, or posted by
#: TAK's own jsonbestallning.sh, which sends the text as the name of a parameter.
WAYS = {"sida": "på sidan i tak-web", "json": "över REST med json=", "skript": "med jsonbestallning.sh"}
#: So much of a value is quoted in a sentence; `value` holds it whole.
_SHOWN = 120
#: What a rule's text quotes of the order or the TAK; what else it is given are our own words.
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
    """How much a remark weighs."""

    REFUSED = "avvisas"
    SILENT = "tyst"
    NOTE = "anmarkning"

    @property
    def word(self) -> str:
        """The Swedish words for a person."""
        return {"avvisas": "avvisas", "tyst": "tyst följd", "anmarkning": "anmärkning"}[self.value]


class Rule(NamedTuple):
    """A rule of tak-web.

    `step` is when it refuses: errors of one step hide all later ones. `ways` are those of `WAYS` that it
    blocks where it does not concern all of them.
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
    file = resources.files("underlag.tak.judge") / "rules.toml"
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
        for key, r in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


class Remark(NamedTuple):
    """One thing about an order.

    `where` is the place in the JSON, e.g. inkludera.vagval[3].adress; `value` is the text at that place.
    `answer` is what tak-web would say of it, '' when it says nothing. `ways` as of the rule.
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
        """Whether an order with this remark fails by a way of `WAYS`."""
        return way in self.ways or (self.weight is Weight.REFUSED and not self.ways)


#: Remarks of one rule that are kept: whoever reads on has understood.
MOST_OF_A_RULE: Final = 25_000


class Remarks(list[Remark]):
    """Remarks in the order in which they are made; of one rule and weight no more than MOST_OF_A_RULE."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: Counter[tuple[str, Weight, tuple[str, ...]]] = Counter()

    def append(self, item: Remark) -> None:
        """Add a remark, or count it where there are enough."""
        kind = (item.rule, item.weight, item.ways)
        self._numbers[kind] += 1
        if self._numbers[kind] <= MOST_OF_A_RULE:
            super().append(item)

    def extend(self, items: Iterable[Remark]) -> None:
        """Add remarks, as `append`."""
        for item in items:
            self.append(item)

    def tell_left_out(self) -> None:
        """Add a remark for each kind of which some were only counted."""
        for (rule, _, _), number in list(self._numbers.items()):
            if number > MOST_OF_A_RULE:
                left = str(number - MOST_OF_A_RULE)
                super().append(remark("utelamnade", "", left, regel=rule, grans=MOST_OF_A_RULE))


@dataclass(slots=True)
class TakVerdict:
    """What tak-web would do with an order.

    Attributes:
        remarks: in the order of tak-web's steps.
        counts: number of items by list, e.g. {'inkludera.vagval': 12}.
        day: the day from which the order counts, None when it states none that can be read.
        platform: as the order states it.
        order: the JSON object, as it is written; empty when there is none.
        effects: with a catalogue, what tak-web's report would count: 'Nyskapad', 'Uppdaterad', 'Deaktiverad',
        ...
    """

    remarks: Remarks = field(default_factory=Remarks)
    counts: dict[str, int] = field(default_factory=dict)
    day: date | None = None
    platform: str = ""
    order: dict[str, Any] = field(default_factory=dict)
    effects: Counter[str] = field(default_factory=Counter)

    @property
    def loads(self) -> bool:
        """Whether tak-web would load it both from the page and over REST."""
        return not any(remark.weight is Weight.REFUSED for remark in self.remarks)

    @property
    def ways(self) -> dict[str, bool]:
        """Whether it loads, by each of `WAYS`."""
        return {way: not any(remark.blocks(way) for remark in self.remarks) for way in WAYS}

    @property
    def answer(self) -> tuple[str, ...]:
        """The lines that tak-web would answer over REST; of an order that only the page refuses, the page's.

        Only the first step with errors is answered, each error once, in no particular order; the first
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
        value: what stands there.
        weight: where this case weighs other than the rule.
        step: where tak-web refuses this case in another step than the rule's.
        **texts: what the rule's text asks for beside `varde` and `var`.
    """
    rule = rules()[key]
    given = {"varde": value, "var": where, **texts}
    given |= {name: _quoted(text) for name, text in given.items() if name in _QUOTED and text is not None}
    answer = rule.answer.format_map({**texts, "varde": value}) if rule.answer else ""
    message = rule.text.format_map(given)
    return Remark(key, weight or rule.weight, step or rule.step, where, value, message, answer, rule.ways)


def _quoted(value: str) -> str:
    """Shorten a value for a sentence, and show what nobody sees, also that there is nothing."""
    return visible(value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…") or '""'
