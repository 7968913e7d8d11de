"""What a faulty HSA-ID plausibly stands for, seen from the others of the same workbook."""

from collections.abc import Iterable
from itertools import takewhile
from operator import eq
from typing import Final

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
            near = [candidate for candidate in self._heads if _one_slip(head, candidate)]
            known = self._known[head] = near[0] if len(near) == 1 else ""
        return f"{known}-{rest}" if known else ""


def _one_slip(left: str, right: str) -> bool:
    """Whether two texts differ by one character changed, missing or too many, or two neighbours swapped."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    at = sum(1 for _ in takewhile(bool, map(eq, left, right)))
    if len(left) == len(right):
        swapped = left[at : at + 2] == right[at : at + 2][::-1] and left[at + 2 :] == right[at + 2 :]
        return swapped or left[at + 1 :] == right[at + 1 :]
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[at + 1 :] == shorter[at:]
