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
        known = list(ids)
        self._ids = {found.text for found in known}
        self._written = {found.unit_key: found.text for found in known if found.has_prefix}
        heads = {text.rpartition("-")[0] for text in self._ids}
        self._heads = heads if len(heads) <= _MOST_ORGANISATIONS else set()
        self._known: dict[str, str] = {}

    def as_written(self, found: HsaId) -> str:
        """Return an id in the form, with or without 16, that its unit has in the workbook."""
        return found.text if found.text in self._ids else self._written.get(found.unit_key, found.text)

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
        before, _, after = suffix.partition(foreign[0])
        found = [
            text
            for char in ("", *digits, *ascii_uppercase)
            if (text := f"{head}-{before}{char}{after}") in self._ids
        ]
        return found[0] if len(found) == 1 else ""
