"""Whether addressees are added or removed: the form's "Lägg till" and "Ta bort" in any usual spelling."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

from underlag.lazy_pattern import LazyPattern

Action = Literal["add", "remove"]

#: The form's words.
ADD: Final = "Lägg till"
REMOVE: Final = "Ta bort"

#: Forms that more words may follow: 'Ta bort från 1 mars'.
_ADD_FORMS: Final = (
    *(
        "lägg till",
        "lägg in",
        "lägga till",
        "läggs till",
        "tillägg",
        "lägg upp",
        "anslut",
        "koppla in",
        "add",
    ),
    *("ny", "nya", "nytt", "nyanslutning"),
)
_REMOVE_FORMS: Final = (
    *("ta bort", "tabort", "tag bort", "tas bort", "bort", "borttag", "borttagning", "borttages", "radera"),
    *("avsluta", "avslutas", "avslut", "avveckla", "stäng", "upphör", "utgår", "remove", "delete"),
)
#: Forms that mean an action only by themselves ('lägg ner' does not add).
_ADD_ALONE: Final = (
    *("lägg", "inkludera", "öppna", "tillkommande", "tillkommer", "ska läggas till", "ska anslutas"),
    *("nya enheter", "nya vårdenheter", "nya adressater", "nya mottagningar", "tillkommande enheter"),
)
_REMOVE_ALONE: Final = ("exkludera", "utgå")

#: Words for the units of an order, without accents.
_OF_UNITS: Final = frozenset(
    (
        *(
            "enhet",
            "enheter",
            "enheterna",
            "vardenhet",
            "vardenheter",
            "vardenheterna",
            "adressat",
            "adressater",
        ),
        *("adressaterna", "logisk", "logiska", "mottagning", "mottagningar", "vardcentral", "vardcentraler"),
        *("ny", "nya", "alla", "samtliga", "dessa", "foljande", "nedanstaende", "gamla"),
    )
)
#: Words that negate, and the mark of doubt.
_DOUBTFUL: Final = LazyPattern(r"\?|\b(?:ej|inte|icke|inga|not)\b", re.IGNORECASE).search
_NOT_LETTERS: Final = re.compile(r"[\W_]+")


def _folded(text: str) -> str:
    """Return the words of a text in lower case and without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_LETTERS.sub(" ", plain).strip().casefold()


def _starts(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{_folded(form)} " for form in forms)


_ADD_STARTS: Final = _starts(_ADD_FORMS)
_REMOVE_STARTS: Final = _starts(_REMOVE_FORMS)
_ALONE: Final[dict[str, Action]] = {
    **{_folded(form).replace(" ", ""): "add" for form in (*_ADD_FORMS, *_ADD_ALONE)},
    **{_folded(form).replace(" ", ""): "remove" for form in (*_REMOVE_FORMS, *_REMOVE_ALONE)},
}


@lru_cache(maxsize=1024)
def plain_action(text: str) -> Action | None:
    """Parse a text that is an action and nothing more; None for any other, and for a question."""
    return None if "?" in text else _ALONE.get(_folded(text).replace(" ", ""))


@lru_cache(maxsize=1024)
def parse_action(text: str) -> Action | None:
    """Parse an action that more words may follow; None when the text is doubtful, both or neither."""
    if not text or _DOUBTFUL(text):
        return None
    words = f" {_folded(text)} "
    adds = words[1:].startswith(_ADD_STARTS)
    removes = words[1:].startswith(_REMOVE_STARTS)
    if adds and not _holds(words, _REMOVE_STARTS):
        return "add"
    if removes and not _holds(words, _ADD_STARTS):
        return "remove"
    return None if adds or removes else plain_action(text)


def is_action_of_units(text: str) -> bool:
    """Whether a text is an action with nothing but words for all units after it: 'Lägg till nya enheter'."""
    if "?" in text:
        return False
    words = f"{_folded(text)} "
    start = max(
        (one for one in (*_ADD_STARTS, *_REMOVE_STARTS) if words.startswith(one)), key=len, default=""
    )
    return bool(start) and _OF_UNITS.issuperset(words[len(start) :].split())


def _holds(words: str, starts: tuple[str, ...]) -> bool:
    return any(f" {start}" in words for start in starts)


def action_title(action: Action) -> str:
    """Return the form's words for an action."""
    return ADD if action == "add" else REMOVE
