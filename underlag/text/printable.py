"""Texts that a terminal only displays: no character moves the cursor, sets colours or triggers a response."""


def printable(text: str) -> str:
    """Return a line of printable characters only; others are shown by their code, as ‹U+001B›."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable() or character == "\N{NO-BREAK SPACE}":
        return character
    return f"‹U+{ord(character):04X}›"
