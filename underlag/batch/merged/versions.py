"""Versions of one workbook: of several that say different things, only the newest counts.

Two workbooks are versions of one when they have profile, environment and region in common, and at least one
unit in the producers' sheets, but not the content. The file's name decides nothing: a region's workbooks all
have the same. Which is newer, the workbooks say themselves (when they were last saved), else the register
(which run had it first).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from underlag.batch.merged.stored_rows import unpack
from underlag.batch.records.workbooks import Conflict, ConflictKind, PackageRecord, State, Workbook
from underlag.batch.register.store import Register
from underlag.text.lists import listed
from underlag.text.moments import when


class _Member(NamedTuple):
    """A workbook of this run, or (`book` None) one that was done in an earlier run."""

    made: PackageRecord
    book: Workbook | None
    now: datetime

    @property
    def origin(self) -> str:
        if self.book is not None:
            return self.book.found.origin
        return f"{self.made.name} (mappen {self.made.folder.name})"

    @property
    def known_since(self) -> datetime:
        """When a finished run first told of it; one that none has told of is of this run."""
        return datetime.fromisoformat(self.made.told_at) if self.made.told_at else self.now

    def is_older(self, other: "_Member") -> bool:
        mine, others = self.made.saved, other.made.saved
        if mine and others and mine != others:
            return mine < others
        return self.known_since < other.known_since


def find_versions(books: Iterable[Workbook], register: Register, now: datetime) -> list[Conflict]:
    """Find older versions of other workbooks, mark those of this run as superseded, and tell of them.

    Args:
        books: the workbooks of this run.
        register: what was done earlier, and the units of all.
        now: the time of this run.
    """
    groups: defaultdict[tuple[str, str, str], list[_Member]] = defaultdict(list)
    for book in books:
        if (made := book.made) and made.region and made.environment:
            groups[_group(made)].append(_Member(made, book, now))
    here = {member.made.fingerprint for members in groups.values() for member in members}
    for made in register.all_records():
        if made.told_at and made.fingerprint not in here and _group(made) in groups:
            groups[_group(made)].append(_Member(made, None, now))
    several = (members for members in groups.values() if len(members) > 1)
    families = (family for members in several for family in _families(members, register.content))
    return [conflict for family in families for conflict in _told(family, register.content)]


def _group(made: PackageRecord) -> tuple[str, str, str]:
    return made.profile, made.environment, made.region.casefold()


def _families(members: Sequence[_Member], content: Callable[[str], bytes]) -> list[list[_Member]]:
    """Gather the members that are connected by units in common."""
    leader = list(range(len(members)))

    def led_by(index: int) -> int:
        while leader[index] != index:
            leader[index] = index = leader[leader[index]]
        return index

    first: dict[str, int] = {}
    for index, member in enumerate(members):
        for unit in unpack(content(member.made.fingerprint)).units:
            leader[led_by(index)] = led_by(first.setdefault(unit, index))
    families: defaultdict[int, list[_Member]] = defaultdict(list)
    for index, member in enumerate(members):
        families[led_by(index)].append(member)
    return [family for family in families.values() if len(family) > 1]


def _told(family: list[_Member], content: Callable[[str], bytes]) -> list[Conflict]:
    """Tell which of a family say the same in other bytes, and judge the rest."""
    alike: defaultdict[bytes, list[_Member]] = defaultdict(list)
    for member in family:
        # Of a faulty workbook the register does not hold all that it says.
        if member.book is not None and member.made.state is not State.FAULTY:
            alike[sha256(content(member.made.fingerprint)).digest()].append(member)
    again: dict[str, Conflict] = {}
    for members in alike.values():
        counts = next(one for one in members if not any(one.is_older(other) for other in members))
        for member in members:
            if member is counts or member.book is None:
                continue
            member.book.superseded = True
            again[member.made.fingerprint] = _conflict(
                ConflictKind.SAME_CONTENT,
                [member, counts],
                f"{member.origin} beställer precis samma sak som {counts.origin}, fast filen är en annan. "
                f"Bara {counts.origin} är med i samlad.",
            )
    rest = [member for member in family if member.made.fingerprint not in again]
    return [*again.values(), *(_judged(rest) if len(rest) > 1 else ())]


def _judged(family: list[_Member]) -> list[Conflict]:
    """Tell which of a family are older versions, or that nobody can."""
    ours = [member for member in family if member.book is not None]
    newest = next((m for m in family if all(other is m or other.is_older(m) for other in family)), None)
    if newest is None:
        # What was done earlier and is older than all of ours is no matter of this run.
        rest = [m for m in family if m.book or not all(m.is_older(one) for one in ours)]
        if len(rest) < 2:  # noqa: PLR2004 - it takes two to contradict
            return []
        message = (
            f"Arbetsböckerna {listed([m.origin for m in rest])} gäller delvis samma enheter, och det går "
            "inte att se vilken som är nyast. Fråga regionen vilken som gäller, och kör igen med bara den."
        )
        return [_conflict(ConflictKind.VERSIONS, rest, message)]
    found = []
    for member in ours:
        if member is newest or member.book is None:
            continue
        member.book.superseded = True
        found.append(
            _conflict(
                ConflictKind.OLDER,
                [member, newest],
                f"{member.origin}{_saved(member)} är en äldre version av {newest.origin}{_saved(newest)}: de "
                "gäller delvis samma enheter. Den äldre är inte med i samlad.",
            )
        )
    return found


def _saved(member: _Member) -> str:
    return f" (sparad {when(member.made.saved)})" if member.made.saved else ""


def _conflict(kind: ConflictKind, members: Sequence[_Member], message: str) -> Conflict:
    origins = tuple(member.origin for member in members)
    return Conflict(kind, members[0].made.environment, "", (), origins, message)
