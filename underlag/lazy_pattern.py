"""Regular expressions that are compiled when they are first used, and cheap questions to ask before that.

An ordinary run uses a third of the program's patterns, and compiling all would take a fifth of its time.
A question such as `has_digit` is a condition of every match, and false for nearly all texts.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, AnyStr, Final, Generic

_DIGIT: Final = re.compile(r"\d").search
_LETTERS: Final = re.compile(r"[^\W\d_]+").search


def has_digit(text: str) -> bool:
    """Whether a text has a digit, of any script."""
    return _DIGIT(text) is not None


def has_letter(text: str) -> bool:
    """Whether a text has a letter, of any script."""
    return _LETTERS(text) is not None


def begins_with(beginnings: tuple[str, ...], text: str) -> bool:
    """Whether the first word of a text, after signs and digits, begins in one of some ways.

    Args:
        beginnings: in lower case; one that is a whole word ends with a blank.
        text: the text, in any case.
    """
    first = _LETTERS(text)
    return first is not None and f"{first[0].casefold()} ".startswith(beginnings)


class LazyPattern(Generic[AnyStr]):
    """A pattern for what few workbooks contain, with the methods of `re.Pattern`.

    One that every workbook uses is better compiled at once: each call here costs a little more.
    """

    def __init__(self, pattern: AnyStr, flags: int = 0) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self.pattern, self._flags)

    def match(self, text: AnyStr, start: int = 0) -> re.Match[AnyStr] | None:
        """Match at a place in a text."""
        return self._compiled.match(text, start)

    def fullmatch(self, text: AnyStr) -> re.Match[AnyStr] | None:
        """Match a whole text."""
        return self._compiled.fullmatch(text)

    def search(self, text: AnyStr, start: int = 0, end: int = sys.maxsize) -> re.Match[AnyStr] | None:
        """Match anywhere in a text, or between two places."""
        return self._compiled.search(text, start, end)

    def split(self, text: AnyStr) -> list[AnyStr]:
        """Return the parts of a text between matches."""
        return self._compiled.split(text)

    def findall(self, text: AnyStr) -> list[Any]:
        """Return every match in a text: its groups, or the whole of it."""
        return self._compiled.findall(text)

    def finditer(self, text: AnyStr) -> Iterator[re.Match[AnyStr]]:
        """Yield every match in a text."""
        return self._compiled.finditer(text)

    def sub(self, replacement: AnyStr | Callable[[re.Match[AnyStr]], AnyStr], text: AnyStr) -> AnyStr:
        """Return a text with every match replaced."""
        return self._compiled.sub(replacement, text)
