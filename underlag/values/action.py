"""Whether addressees are added or removed: the form's "Lägg till" and "Ta bort", as people write them."""

import re
from functools import lru_cache
from typing import Final, Literal

Action = Literal["add", "remove"]

_ADD: Final = frozenset(
    {
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
    }
)
_REMOVE: Final = frozenset(
    {
        *(
            "ta bort",
            "tabort",
            "tag bort",
            "tas bort",
            "bort",
            "borttag",
            "borttagning",
            "borttages",
            "radera",
        ),
        *("avsluta", "avslutas", "avslut", "avveckla", "stäng", "upphör", "utgår", "remove", "delete"),
    }
)

#: Words that turn the meaning around, and the sign of who is not sure.
_DOUBTFUL: Final = re.compile(r"\?|\b(?:ej|inte|icke|inga|not)\b", re.IGNORECASE).search


@lru_cache(maxsize=1024)
def parse_action(text: str) -> Action | None:
    """Return what a person means by "Lägg till", "Ta bort" and their like, None when it is neither or both.

    More words may follow ("Ta bort från 1 mars"), but none that make it doubtful.
    """
    if _DOUBTFUL(text):
        return None
    words = re.sub(r"[\W_]+", " ", text).strip().casefold() + " "
    if _begins(words, _ADD):
        return None if _holds(words, _REMOVE) else "add"
    if _begins(words, _REMOVE):
        return None if _holds(words, _ADD) else "remove"
    return None


def _begins(words: str, forms: frozenset[str]) -> bool:
    return words.startswith(tuple(f"{form} " for form in forms))


def _holds(words: str, forms: frozenset[str]) -> bool:
    return any(f" {form} " in words for form in forms)
