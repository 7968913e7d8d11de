"""Texts that a terminal only shows: none of their characters moves the cursor, colours or answers."""


def printable(text: str) -> str:
    """Return a line whose every character prints; what does not is shown by its number, as ‹U+001B›."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable() or character == "\N{NO-BREAK SPACE}":
        return character
    return f"‹U+{ord(character):04X}›"
