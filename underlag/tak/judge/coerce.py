"""JSON values as tak-web's classes accept them: Jackson's default conversions, and what it rejects.

Source: skltp/tak, tak-web (Jackson's defaults): numbers and booleans become text; integers may be given as
decimals or text.
"""

import re
from typing import Any, Final

from underlag.tak.judge.text import Number
from underlag.tak.judge.verdict import Remark, remark

_FLOAT_TEXT: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?|[+-]?(?:NaN|Infinity|INF)")
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
    if value is None or (isinstance(value, str) and value.strip() in {"", "null"}):
        remarks.append(remark("omtolkad", where, shown(value), vantat="ett tal", blir="0"))
    elif isinstance(value, str) and _FLOAT_TEXT.fullmatch(value.strip()):
        remarks.append(remark("omtolkad", where, shown(value), vantat="ett tal", blir=value.strip()))
    else:
        _refuse(value, where, "ett tal", remarks)


def as_whole(value: Any, where: str, remarks: list[Remark], largest: int) -> int:
    """Return an integer; a rejected value becomes 0."""
    if isinstance(value, Number):
        number = int(value.text) if value.whole else _truncated(value.text)
        if number is None or not -largest - 1 <= number <= largest:
            _refuse(value, where, f"ett heltal som är högst {largest}", remarks)
            return 0
        if not value.whole:
            remarks.append(remark("omtolkad", where, value.text, vantat="ett heltal", blir=str(number)))
        return number
    if value is None or (isinstance(value, str) and value.strip() in {"", "null"}):
        remarks.append(remark("omtolkad", where, shown(value), vantat="ett heltal", blir="0"))
        return 0
    if isinstance(value, str) and _WHOLE_TEXT.fullmatch(digits := value.strip()) and len(digits) <= _LONGEST:
        number = int(digits)
        if -largest - 1 <= number <= largest:
            remarks.append(remark("omtolkad", where, shown(value), vantat="ett heltal", blir=str(number)))
            return number
    _refuse(value, where, f"ett heltal som är högst {largest}", remarks)
    return 0


def _truncated(text: str) -> int | None:
    try:
        return int(float(text))
    except OverflowError:
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
