"""Quotes texts of a workbook in findings and questions."""

from typing import Final

from underlag.privacy.masking import masked

#: Maximum characters of a text in a question.
_LONGEST: Final = 80


def quoted_text(text: str, *, longest: int = _LONGEST) -> str:
    """Return a text on one line, without personal identity numbers, cut if it is long."""
    line = masked(" ".join(text.split()))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
