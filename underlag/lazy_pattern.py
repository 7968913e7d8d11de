"""Regular expressions that are compiled when they are first used.

An ordinary run uses half of the program's patterns, and compiling the others would take a tenth of its time.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, AnyStr, Generic


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
