"""Whether addressees are added or removed: the form's "Lägg till" and "Ta bort", as people write them."""

import re
from typing import Final, Literal

Action = Literal["add", "remove"]

#: What people write for it, alone or as the first words.
_FORMS: Final[dict[Action, tuple[str, ...]]] = {
    "add": (
        "lägg till",
        "lägg in",
        "lägg upp",
        "lägga till",
        "läggs till",
        "tillägg",
        "ny",
        "nya",
        "nytt",
        "add",
    ),
    "remove": (
        *("ta bort", "tag bort", "tas bort", "tabort", "bort", "borttag", "borttagning", "radera"),
        *("avsluta", "avslutas", "avveckla", "stäng", "upphör", "utgår", "remove", "delete"),
    ),
}


def parse_action(text: str) -> Action | None:
    """Return what a person means by "Lägg till", "Ta bort" and their like, None when it is neither."""
    words = re.sub(r"[\W_]+", " ", text).strip().casefold()
    for action, forms in _FORMS.items():
        if any(words == form or words.startswith(f"{form} ") for form in forms):
            return action
    return None
