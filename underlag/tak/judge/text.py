"""Parses a file's bytes into JSON values as tak-web does.

Source: skltp/tak, tak-web: the text is cut from the first { to the last }; Jackson then parses the first
object strictly; of equal keys, the last wins.
"""

import json
from typing import Any, Final, NamedTuple

from underlag.tak.judge.verdict import Remark, remark

#: Jackson rejects longer numbers.
_LONGEST_NUMBER: Final = 1000
#: Jackson rejects deeper nesting of objects and lists.
_DEEPEST: Final = 1000
#: Characters of a number that a remark quotes.
_SHOWN: Final = 30

_REASONS: Final = {
    "Expecting property name enclosed in double quotes": (
        'här ska stå ett namn inom "", eller så står ett komma för mycket'
    ),
    "Illegal trailing comma before end of object": "här står ett komma för mycket",
    "Illegal trailing comma before end of array": "här står ett komma för mycket",
    "Expecting ',' delimiter": "här saknas ett komma, eller en klammer",
    "Expecting ':' delimiter": "här saknas ett kolon",
    "Expecting value": "här saknas ett värde",
    "Invalid control character at": "en text innehåller en radbrytning eller ett annat styrtecken",
    "Invalid \\escape": "en text innehåller ett omvänt snedstreck som inte betyder något",
    "Invalid \\uXXXX escape": "en text innehåller \\u utan fyra siffror efter",
    "Unterminated string starting at": 'en text saknar sitt avslutande "',
}


class Number(NamedTuple):
    """A number as written: tak-web may convert it to text, an integer or a decimal number."""

    text: str
    whole: bool

    def __str__(self) -> str:
        """Return the number as written."""
        return self.text


class Repeated(dict[str, Any]):
    """An object with repeated keys: the last value of each, and the superseded ones."""

    superseded: list[tuple[str, Any]]

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__()
        self.superseded = []
        for key, value in pairs:
            if key in self:
                self.superseded.append((key, self.pop(key)))
            self[key] = value


def read_text(source: bytes | str, remarks: list[Remark]) -> str:
    """Return the text of a file; remark when it is not UTF-8."""
    if isinstance(source, str):
        return source
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        remarks.append(remark("teckenkodning-utf-16", "", "UTF-16"))
        return source.decode("utf-16", "replace")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        remarks.append(remark("teckenkodning", "", "Windows-1252"))
        return source.decode("cp1252", "replace")


def read_object(text: str, remarks: list[Remark]) -> dict[str, Any] | None:
    """Return the object that tak-web parses; None, with a remark, when it finds none."""
    start, end = text.find("{"), text.rfind("}") + 1
    if start < 0 or end <= start:
        remarks.append(remark("inget-objekt", "", ""))
        return None
    if outside := f"{text[:start]} {text[end:]}".replace("\ufeff", "").strip():
        remarks.append(remark("text-utanfor", "", outside))
    cut = text[start:end]
    try:
        found, stop = _DECODER.raw_decode(cut)
        too_deep = _is_too_deep(found)
    except json.JSONDecodeError as error:
        reason = _REASONS.get(error.msg, error.msg)
        remarks.append(_not_json(text, start + error.pos, reason))
        return None
    except _NotANumberError as error:
        value = str(error) if len(str(error)) <= _SHOWN else f"{str(error)[:_SHOWN]}…"
        remarks.append(_not_json(text, max(text.find(str(error)), 0), f"{value} är inget JSON-värde"))
        return None
    except RecursionError:
        too_deep = True
    if too_deep:
        remarks.append(_not_json(text, start, "objekten ligger för djupt i varandra"))
        return None
    if rest := cut[stop:].strip():
        remarks.append(remark("flera-objekt", "", rest))
    return dict(found) if not isinstance(found, Repeated) else found


def _is_too_deep(found: Any) -> bool:
    """Whether objects and lists are nested deeper than Jackson accepts."""
    level = [found]
    for _ in range(_DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _not_json(text: str, position: int, reason: str) -> Remark:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    around = text[max(position - 10, 0) : position + 20].strip()
    return remark("inte-json", "", around, orsak=reason, rad=line, tecken=column)


class _NotANumberError(Exception):
    """NaN, infinity and overlong numbers, which are not valid JSON to Jackson."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    return plain if len(plain) == len(pairs) else Repeated(pairs)


def _number(text: str, *, whole: bool) -> Number:
    if len(text) > _LONGEST_NUMBER:
        raise _NotANumberError(text)
    return Number(text, whole)


def _no_constant(text: str) -> Any:
    raise _NotANumberError(text)


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=lambda text: _number(text, whole=True),
    parse_float=lambda text: _number(text, whole=False),
    parse_constant=_no_constant,
)
