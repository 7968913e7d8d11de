"""Finds ids of a long list that are a single slip away from ids that it lacks.

Ids with the same organisation part differ in their tails, and few tails are one slip apart. So only tails are
compared, by the texts that remain when one character is removed: two texts that are one slip apart share such
a text. A slip in the organisation part requires the same tail.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from underlag.reference.reference import without_16
from underlag.values.correction import nearest


@dataclass(slots=True, eq=False)
class _Missing:
    """An id that the list lacks, its parts, and the similar ids of the list."""

    plain: str
    head: str
    tail: str
    near: dict[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether one more id may still be the only one."""
        return len(self.near) <= 1

    def meet(self, plain: str, hsa_id: str) -> None:
        """Keep an id of the list if it is one slip away; one in two forms counts once."""
        if nearest(self.plain, (plain,)):
            self.near.setdefault(plain, hsa_id)


def nearest_ids(missing: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Return, for each missing id with exactly one id of the list a single slip away, that id.

    A slip is a wrong, missing or extra character, or two neighbours swapped; the form with or without 16
    before the number is no slip. The time is proportional to the list plus the missing ids, not to their
    product.
    """
    sought = {hsa_id: _parted(hsa_id) for hsa_id in missing}
    by_tail: dict[str, list[_Missing]] = {}
    by_head: dict[str, dict[str, list[_Missing]]] = {}
    for each in sought.values():
        by_tail.setdefault(each.tail, []).append(each)
        buckets = by_head.setdefault(each.head, {})
        for part in _shortened(each.tail):
            buckets.setdefault(part, []).append(each)
    for hsa_id in known:
        plain = without_16(hsa_id)
        head, _, tail = plain.rpartition("-")
        if found := by_head.get(head):
            for part in _shortened(tail):
                if part in found:
                    found[part] = _met(found[part], plain, hsa_id)
        if tail in by_tail:
            by_tail[tail] = _met(by_tail[tail], plain, hsa_id)
    return {text: next(iter(each.near.values())) for text, each in sought.items() if len(each.near) == 1}


def _parted(hsa_id: str) -> _Missing:
    plain = without_16(hsa_id)
    head, _, tail = plain.rpartition("-")
    return _Missing(plain, head, tail)


def _shortened(tail: str) -> set[str]:
    """Return a text, and the texts that remain without any one of its characters."""
    return {tail, *(tail[:at] + tail[at + 1 :] for at in range(len(tail)))}


def _met(bucket: list[_Missing], plain: str, hsa_id: str) -> list[_Missing]:
    """Compare a bucket's missing ids with an id of the list; drop those with two similar ones."""
    for each in bucket:
        each.meet(plain, hsa_id)
    return bucket if all(each.is_open for each in bucket) else [each for each in bucket if each.is_open]
