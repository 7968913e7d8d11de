"""JSON in UTF-8: orjson where it is installed, otherwise the standard library, with the same bytes.

Values are dicts with keys of text, lists, tuples, texts, whole numbers of 64 bits, floats that need no
exponent, True, False and None; `default` turns anything else into these.
"""

import json
from collections.abc import Callable
from json.encoder import encode_basestring
from math import isinf
from typing import Any, Final, NoReturn

from underlag.lazy_pattern import LazyPattern

try:
    import orjson
except ImportError:
    orjson = None  # type: ignore[assignment]  # a module and its absence

#: What `parse` raises; `lineno` and `colno` say where.
JsonError = json.JSONDecodeError

_Default = Callable[[Any], Any]

#: The digits and the sign of the longest numbers of 64 bits.
_LONGEST_WHOLE: Final = 20

#: An escaped surrogate, which is valid only as half of a pair.
_SURROGATE: Final = LazyPattern(r"\\u[dD][89a-fA-F]")


def compact(value: object, default: _Default | None = None) -> bytes:
    """Return JSON without blanks."""
    if orjson is not None:
        return orjson.dumps(value, default=default, option=orjson.OPT_PASSTHROUGH_DATACLASS)
    text = json.dumps(value, default=default, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


def indented(value: object, default: _Default | None = None) -> bytes:
    """Return JSON with two blanks for each level, without a line feed at the end."""
    if orjson is not None:
        return orjson.dumps(
            value, default=default, option=orjson.OPT_INDENT_2 | orjson.OPT_PASSTHROUGH_DATACLASS
        )
    return _Indented(default).text(value, "\n").encode()


def document(value: object, default: _Default | None = None) -> bytes:
    """Return the content of a JSON file: indented, with a line feed at the end."""
    if orjson is not None:  # without a copy of what may be hundreds of megabytes
        return orjson.dumps(
            value,
            default=default,
            option=orjson.OPT_INDENT_2 | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_APPEND_NEWLINE,
        )
    return indented(value, default) + b"\n"


def parse(content: bytes | str) -> Any:
    """Return the value of a JSON text.

    Raises:
        JsonError: the text is not JSON in UTF-8, or is nested too deeply.
    """
    if orjson is None:
        return _parse(content)
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        # The standard library names the place, so that both ways give the same error.
        _parse(content)
        raise


class _Indented:
    """Writer of `indented`; that of the standard library yields every character on its own, which is slow."""

    def __init__(self, default: _Default | None) -> None:
        self._default = default

    def text(self, value: object, line: str) -> str:
        """Return a value's text; `line` is the line feed and blanks that its last line begins with."""
        match value:
            case str():
                return encode_basestring(value)
            case dict():
                inner = f"{line}  "
                parts = [f"{encode_basestring(key)}: {self.text(one, inner)}" for key, one in value.items()]
                return f"{{{inner}{f',{inner}'.join(parts)}{line}}}" if parts else "{}"
            case list() | tuple():
                inner = f"{line}  "
                parts = [self.text(one, inner) for one in value]
                return f"[{inner}{f',{inner}'.join(parts)}{line}]" if parts else "[]"
            case None | bool() | int() | float():
                return json.dumps(value, allow_nan=False)
        if self._default is None:
            raise TypeError(f"Type is not JSON serializable: {type(value).__name__}")
        return self.text(self._default(value), line)


def _parse(content: bytes | str) -> Any:
    try:
        text = content if isinstance(content, str) else content.decode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        raise JsonError("not UTF-8", before, len(before)) from error
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite, parse_int=_whole)
        if _SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except JsonError:
        raise
    except (ValueError, RecursionError) as error:
        raise JsonError(f"not a JSON value: {type(error).__name__}", text, 0) from error
    return value


def _whole(text: str) -> int | float:
    """Return a number of 64 bits as it is, and a longer one as a float."""
    number = int(text) if len(text) <= _LONGEST_WHOLE else _finite(text)
    return number if -(2**63) <= number < 2**64 else _finite(text)


def _finite(text: str) -> float:
    if isinf(number := float(text)):
        raise ValueError(f"{text} is too large")
    return number


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")
