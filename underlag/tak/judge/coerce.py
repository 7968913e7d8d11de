"""JSON values as tak-web's classes accept them: Jackson's default conversions, and what it rejects.

Source: skltp/tak, tak-web (Jackson's defaults): numbers and booleans become text; integers may be given as
decimals or text.
"""

import re
from typing import Any, Final

from underlag.tak.judge.cleaning import java_trim
from underlag.tak.judge.text import Number
from underlag.tak.judge.verdict import Remark, remark

#: Jackson looks at a decimal number before Java parses it: no suffix (1f) and no other script's digits.
_FLOAT_TEXT: Final = re.compile(
    r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?|[+-]?[0-9]+\.|NaN|-?(?:Infinity|INF)"
)
#: Java parses an integer with the digits of any script that it counts as single characters.
_WHOLE_TEXT: Final = re.compile(r"[+-]?\d+")
INT_MAX: Final = 2**31 - 1
LONG_MAX: Final = 2**63 - 1
_LONGEST: Final = 1000


def as_text(value: Any, where: str, remarks: list[Remark]) -> str | None:
    """Return a text property, None for null or a rejected value."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, Number):
        text = value.text
    else:
        _refuse(value, where, 'en text inom ""', remarks)
        return None
    remarks.append(remark("omtolkad", where, text, vantat='text inom ""', blir=f'"{text}"'))
    return text


def as_float(value: Any, where: str, remarks: list[Remark]) -> None:
    """Check a decimal number, which tak-web only displays."""
    if isinstance(value, Number):
        return
    if value is None or (isinstance(value, str) and java_trim(value) in {"", "null"}):
        remarks.append(remark("omtolkad", where, shown(value), vantat="ett tal", blir="0"))
    elif isinstance(value, str) and _FLOAT_TEXT.fullmatch(java_trim(value)):
        remarks.append(remark("omtolkad", where, shown(value), vantat="ett tal", blir=java_trim(value)))
    else:
        _refuse(value, where, "ett tal", remarks)


def as_whole(value: Any, where: str, remarks: list[Remark], largest: int) -> int:
    """Return an integer; a rejected value becomes 0."""
    if isinstance(value, Number):
        number = int(value.text) if value.whole else _truncated(value.text, largest)
        if number is None or not -largest - 1 <= number <= largest:
            _refuse(value, where, f"ett heltal som är högst {largest}", remarks)
            return 0
        if not value.whole:
            remarks.append(remark("omtolkad", where, value.text, vantat="ett heltal", blir=str(number)))
        return number
    if value is None or (isinstance(value, str) and java_trim(value) in {"", "null"}):
        remarks.append(remark("omtolkad", where, shown(value), vantat="ett heltal", blir="0"))
        return 0
    parsed = _parsed(java_trim(value)) if isinstance(value, str) else None
    if parsed is not None and -largest - 1 <= parsed <= largest:
        remarks.append(remark("omtolkad", where, shown(value), vantat="ett heltal", blir=str(parsed)))
        return parsed
    _refuse(value, where, f"ett heltal som är högst {largest}", remarks)
    return 0


def _truncated(text: str, largest: int) -> int | None:
    """Return a decimal number without its decimals, None when it is out of range before they are cut."""
    number = float(text)
    if not float(-largest - 1) <= number <= float(largest):
        return None
    return min(int(number), largest)


def _parsed(text: str) -> int | None:
    """Return the integer that a text is to Java."""
    if _WHOLE_TEXT.fullmatch(text) and len(text) <= _LONGEST and max(text) <= "\uffff":
        return int(text)
    return None


def _refuse(value: Any, where: str, expected: str, remarks: list[Remark]) -> None:
    remarks.append(remark("fel-typ", where, shown(value), vantat=expected))


def shown(value: Any) -> str:
    """Return a JSON value as quoted in a Swedish sentence."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        return f'"{value}"'
    return "ett objekt {…}" if isinstance(value, dict) else "en lista […]"
