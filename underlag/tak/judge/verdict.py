"""What is said of a TAK order: remarks, each by a rule, and what tak-web would answer."""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from underlag.characters.cleaning import visible

#: tak-web over REST puts this before the errors, one a line.
_ERRORS = "JsonBestallning ERROR:::"
_CRASH = "RUNTIME ERROR:::"
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
    def said(self) -> str:
        """The Swedish words for a person."""
        return {"avvisas": "avvisas", "tyst": "tyst följd", "anmarkning": "anmärkning"}[self.value]


class Rule(NamedTuple):
    """A rule of tak-web's. `step` is when it refuses: errors of one step hide all later ones."""

    key: str
    weight: Weight
    step: int
    title: str
    text: str
    answer: str


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Return every rule by its key, in the order of tak-web's steps."""
    file = resources.files("underlag.tak.judge") / "rules.toml"
    return {
        key: Rule(key, Weight(r["allvar"]), r["steg"], r["titel"], r["text"], r.get("svar", ""))
        for key, r in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


class Remark(NamedTuple):
    """One thing about an order.

    `where` is the place in the JSON, e.g. inkludera.vagval[3].adress; `value` what stands there. `answer` is
    what tak-web would say of it, '' when it says nothing.
    """

    rule: str
    weight: Weight
    step: int
    where: str
    value: str
    message: str
    answer: str


@dataclass(slots=True)
class TakVerdict:
    """What tak-web would do with an order.

    Attributes:
        remarks: in the order of tak-web's steps.
        counts: number of items by list, e.g. {'inkludera.vagval': 12}.
        day: the day from which the order counts, None when it states none that can be read.
        platform: as the order states it.
        effects: with a catalogue, what tak-web's report would count: 'Nyskapad', 'Uppdaterad', 'Deaktiverad',
        ...
    """

    remarks: list[Remark] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    day: date | None = None
    platform: str = ""
    effects: Counter[str] = field(default_factory=Counter)

    @property
    def loads(self) -> bool:
        """Whether tak-web would load it."""
        return not any(remark.weight is Weight.REFUSED for remark in self.remarks)

    @property
    def answer(self) -> tuple[str, ...]:
        """The lines that tak-web would answer over REST; none when it loads.

        Only the first step with errors is answered, each error once, in no particular order; a crash drowns
        the others.
        """
        refused = [remark for remark in self.remarks if remark.weight is Weight.REFUSED]
        if not refused:
            return ()
        step = min(remark.step for remark in refused)
        lines = list(dict.fromkeys(remark.answer for remark in refused if remark.step == step))
        if _CRASH in lines:
            return (_CRASH,)
        if step == 1 or lines[0].startswith(_ERRORS):
            return (lines[0],)
        return (_ERRORS, *lines)


def remark(key: str, where: str, value: str, weight: Weight | None = None, **texts: Any) -> Remark:
    """Make a remark by a rule.

    Args:
        key: of the rule.
        where: the place in the JSON.
        value: what stands there.
        weight: where this case weighs other than the rule.
        **texts: what the rule's text asks for beside `varde` and `var`.
    """
    rule = rules()[key]
    given = {"varde": value, "var": where, **texts}
    given |= {name: _quoted(text) for name, text in given.items() if name in _QUOTED and text is not None}
    answer = rule.answer.format_map({**texts, "varde": value}) if rule.answer else ""
    return Remark(key, weight or rule.weight, rule.step, where, value, rule.text.format_map(given), answer)


def _quoted(value: str) -> str:
    """Shorten a value for a sentence, and show what nobody sees, also that there is nothing."""
    return visible(value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…") or '""'
