"""What a faulty HSA-ID plausibly stands for, seen from the others of the same workbook."""

from collections.abc import Iterable
from typing import Final

from underlag.values.correction import nearest
from underlag.values.hsa import HsaId

#: A workbook speaks of one region: with more organisations than this, likeness between two means nothing.
_MOST_ORGANISATIONS: Final = 50


class Neighbours:
    """The organisation parts (SE162321000156) of a workbook's right HSA-IDs."""

    def __init__(self, ids: Iterable[HsaId]) -> None:
        heads = {found.text.rpartition("-")[0] for found in ids}
        self._heads = heads if len(heads) <= _MOST_ORGANISATIONS else set()
        self._known: dict[str, str] = {}

    def nearest(self, text: str) -> str:
        """Return the id with the workbook's organisation that is one slip away, '' if none or several."""
        head, dash, rest = text.rpartition("-")
        if not dash:
            return ""
        known = self._known.get(head)
        if known is None:
            known = self._known[head] = nearest(head, self._heads)
        return f"{known}-{rest}" if known else ""
