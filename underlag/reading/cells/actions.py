"""Lägg till or Ta bort, in any usual spelling."""

from typing import Final

from underlag.reading.cells.likeness import compact

ADD: Final = "Lägg till"
REMOVE: Final = "Ta bort"

_WORDS: Final = {
    **dict.fromkeys(
        (
            "laggtill",
            "lagg",
            "tillagg",
            "ny",
            "nya",
            "nytt",
            "add",
            "inkludera",
            "oppna",
            "anslut",
            "laggatill",
        ),
        ADD,
    ),
    **dict.fromkeys(
        (
            "tabort",
            "tas bort".replace(" ", ""),
            "bort",
            "borttag",
            "borttagning",
            "radera",
            "remove",
            "delete",
            "exkludera",
            "avsluta",
            "stang",
            "utga",
            "utgar",
        ),
        REMOVE,
    ),
}


def named_action(text: str) -> str:
    """Return 'Lägg till' or 'Ta bort' for any usual way to write it, '' for a text that means neither.

    A question is neither.
    """
    return "" if "?" in text else _WORDS.get(compact(text), "")
