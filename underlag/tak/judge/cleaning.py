"""How tak-web cleans the texts of new objects and the comment before it validates them.

Source: skltp/tak, tak-web: Java's trim; line feeds become blanks; carriage returns are removed; a text of
more than 255 characters is cut to 254.
"""

from typing import Final

from underlag.tak.judge.verdict import Remark, remark

#: What Java's trim removes: not the no-break space, nor other white space of Unicode.
_TRIMMED: Final = "".join(map(chr, range(0x21)))
_LONGEST: Final = 255


def cleaned(text: str | None, where: str, remarks: list[Remark]) -> str:
    """Return the text as tak-web stores it; null becomes empty."""
    if text is None:
        return ""
    tidy = java_trim(text).replace("\n", " ").replace("\r", "")
    if tidy != text:
        remarks.append(remark("tvattas", where, text, blir=tidy))
    if java_length(tidy) > _LONGEST:
        remarks.append(remark("kapas", where, text, langd=java_length(tidy)))
        tidy = tidy.encode("utf-16-le", "surrogatepass")[: 2 * (_LONGEST - 1)].decode("utf-16-le", "replace")
    return tidy


def java_trim(text: str) -> str:
    """Return a text without control characters and blanks at its ends; a no-break space stays."""
    return text.strip(_TRIMMED)


def is_beyond_bmp(text: str) -> bool:
    """Whether a text has a character above U+FFFF: TAK's columns are 3-byte utf8 and cannot hold one."""
    return not text.isascii() and max(text) > "\uffff"


def java_length(text: str) -> int:
    """Return the length in UTF-16 units, as Java counts: a character above U+FFFF counts as two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
