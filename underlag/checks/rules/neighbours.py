"""What a faulty HSA-ID plausibly stands for, seen from the others of the same workbook."""

import re
from collections.abc import Iterable
from string import ascii_uppercase, digits
from typing import Final

from underlag.values.correction import nearest
from underlag.values.hsa import HsaId

#: A workbook speaks of one region: with more organisations than this, likeness between two means nothing.
_MOST_ORGANISATIONS: Final = 50
#: What stands in the place of one character of an id, or stands there too much.
_FOREIGN: Final = re.compile(r"[^A-Z0-9-]").findall


class Neighbours:
    """A workbook's right HSA-IDs, and their organisation parts (SE162321000156)."""

    def __init__(self, ids: Iterable[HsaId]) -> None:
        self._ids = {found.text for found in ids}
        self._lengths = set(map(len, self._ids))
        heads = {text.rpartition("-")[0] for text in self._ids}
        self._heads = heads if len(heads) <= _MOST_ORGANISATIONS else set()
        self._known: dict[str, str] = {}

    def as_written(self, text: str) -> str:
        """Return an id in the form, with or without 16, that its unit has in the workbook."""
        other = f"SE{text[4:]}" if text.startswith("SE16") else f"SE16{text[2:]}"
        return other if other in self._ids and text not in self._ids else text

    def nearest(self, text: str) -> str:
        """Return the one id that is a single slip away, '' if none or several.

        A slip in the number is compared with the workbook's organisations, one in what follows with its ids.
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
        """Return the one id of the workbook that has another character, or none, for a foreign one."""
        foreign = _FOREIGN(suffix)
        if len(foreign) != 1:
            return ""
        if self._lengths.isdisjoint((len(head) + len(suffix) + 1, len(head) + len(suffix))):
            return ""
        before, _, after = suffix.partition(foreign[0])
        meant = [f"{head}-{before}{char}{after}" for char in ("", *digits, *ascii_uppercase)]
        found = self._ids.intersection(meant)
        return found.pop() if len(found) == 1 else ""
