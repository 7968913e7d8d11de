"""Suggests what a faulty HSA-ID was meant to be, from the others of the same workbook."""

from collections.abc import Iterable
from string import ascii_uppercase, digits
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.values.correction import nearest

#: A workbook is of one region: with more organisations than this, similarity between two means nothing.
_MOST_ORGANISATIONS: Final = 50
#: Characters that replace a character of an id, or are inserted into it.
_FOREIGN: Final = LazyPattern(r"[^A-Z0-9-]").findall


class Neighbours:
    """The valid HSA-IDs of a workbook, and their organisation parts (SE162321000156)."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = set(ids)
        self._lengths = set(map(len, self._ids))
        heads = {text.rpartition("-")[0] for text in self._ids}
        self._heads = heads if len(heads) <= _MOST_ORGANISATIONS else set()
        self._known: dict[str, str] = {}

    def as_written(self, text: str) -> str:
        """Return an id in the form, with or without 16, that the workbook uses for its unit."""
        other = f"SE{text[4:]}" if text.startswith("SE16") else f"SE16{text[2:]}"
        return other if other in self._ids and text not in self._ids else text

    def nearest(self, text: str) -> str:
        """Return the only id that is a single slip away, '' if there are none or several.

        A slip in the number is compared with the workbook's organisations, one after it with its ids.
        """
        head, dash, rest = text.rpartition("-")
        if not dash:
            return ""
        if head in self._heads:
            return self._with_suffix(head, rest)
        known = self._known.get(head)
        if known is None:
            known = self._known[head] = nearest(head, self._heads)
        return f"{known}-{rest}" if known else ""

    def _with_suffix(self, head: str, suffix: str) -> str:
        """Return the workbook's only id that has another character, or none, in place of a foreign one."""
        foreign = _FOREIGN(suffix)
        if len(foreign) != 1:
            return ""
        if self._lengths.isdisjoint((len(head) + len(suffix) + 1, len(head) + len(suffix))):
            return ""
        before, _, after = suffix.partition(foreign[0])
        meant = [f"{head}-{before}{char}{after}" for char in ("", *digits, *ascii_uppercase)]
        found = self._ids.intersection(meant)
        return found.pop() if len(found) == 1 else ""
