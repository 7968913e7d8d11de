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


@lru_cache(maxsize=1024)
def parse_action(text: str) -> Action | None:
    """Return what a person means by "Lägg till", "Ta bort" and their like, None when it is neither."""
    words = re.sub(r"[\W_]+", " ", text).strip().casefold()
    if words in _ADD or words.startswith(tuple(f"{form} " for form in _ADD)):
        return "add"
    if words in _REMOVE or words.startswith(tuple(f"{form} " for form in _REMOVE)):
        return "remove"
    return None
