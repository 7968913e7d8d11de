"""Whether each ordered route and authorization is live in a TAK of today."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from underlag.tak.compare.row_states import clean_url
from underlag.tak.follow_up.ordered import Ordered, OrderedRow
from underlag.tak.holdings.catalogue import Authorization, Catalogue, Route, hsa_key


class State(StrEnum):
    """What became of an ordered row. Users and programs meet these words."""

    LIVE = "i drift"
    GONE = "borta"
    OTHERWISE = "i drift på annat sätt"
    LATER = "börjar senare"
    ENDS_LATER = "upphör senare"
    MISSING = "saknas"
    STILL_THERE = "finns kvar"


#: What an order wants.
_AS_ORDERED = frozenset((State.LIVE, State.GONE))


class Item(NamedTuple):
    """An ordered row, its state, and what the TAK has instead ('' if nothing).

    `changes` is the day on which the TAK becomes as ordered: as it has it itself, otherwise as ordered; None
    if that day is not ahead.
    """

    row: OrderedRow
    state: State
    instead: str
    changes: date | None = None

    @property
    def is_right(self) -> bool:
        """Whether the TAK is as ordered."""
        return self.state in _AS_ORDERED


class FollowUp(NamedTuple):
    """All rows in the order of the orders, the names of addressees, and what the TAK was.

    `taken` is the day on which the TAK had the content, `day` the day that is judged.
    """

    items: list[Item]
    names: dict[str, str]
    source: str
    taken: date
    day: date

    @property
    def is_live(self) -> bool:
        """Whether all is as ordered."""
        return all(item.is_right for item in self.items)

    @property
    def counts(self) -> Counter[State]:
        """How many rows have which state."""
        return Counter(item.state for item in self.items)

    @property
    def units(self) -> dict[str, list[Item]]:
        """The rows by addressee."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.row.addressee, []).append(item)
        return found


def follow_up(ordered: Ordered, catalogue: Catalogue, day: date, *, shows_planned: bool) -> FollowUp:
    """Compare orders with a TAK.

    Args:
        ordered: the orders.
        catalogue: the TAK, read for `day`.
        day: the day to judge.
        shows_planned: whether the source has rows that begin later, as an export has; the TAK-API shows only
        what is in force.
    """
    judge = _Judge(catalogue, day, shows_planned=shows_planned)
    items = [judge.item(row) for row in ordered.rows]
    return FollowUp(items, ordered.names, catalogue.source, catalogue.taken, day)


class _Judge:
    def __init__(self, catalogue: Catalogue, day: date, *, shows_planned: bool) -> None:
        self._catalogue = catalogue
        self._day = day
        self._shows_planned = shows_planned

    def item(self, row: OrderedRow) -> Item:
        found = self._judged(row)
        if found.is_right or found.changes:
            return found
        return found._replace(changes=row.day if row.day > self._day else None)

    def _judged(self, row: OrderedRow) -> Item:
        known = self._known(row)
        now = [one for one in known if one.since <= self._day <= one.until]
        if row.removes:
            return Item(row, self._removed(row, now), _instead(row, now))
        if any(_is_as_ordered(row, one) for one in now):
            return Item(row, State.LIVE, "")
        planned = [one.since for one in known if one.since > self._day and _is_as_ordered(row, one)]
        begins = min(planned, default=None)
        if now:
            return Item(row, State.LATER if planned else State.OTHERWISE, _instead(row, now), begins)
        unseen = row.day > self._day and not self._shows_planned
        return Item(row, State.LATER if planned or unseen else State.MISSING, "", begins)

    def _known(self, row: OrderedRow) -> Iterable[Route | Authorization]:
        if row.is_route:
            return self._catalogue.routes.get((row.addressee, row.contract), ())
        return self._catalogue.authorizations.get((row.addressee, row.contract, row.party), ())

    def _removed(self, row: OrderedRow, now: Iterable[Route | Authorization]) -> State:
        own = [one for one in now if not isinstance(one, Route) or row.party in _producers(one)]
        if not own:
            return State.GONE
        ends = all(one.until < row.day for one in own)
        return (
            State.ENDS_LATER
            if row.day > self._day and (ends or not self._shows_planned)
            else State.STILL_THERE
        )


def _producers(route: Route) -> set[str]:
    return {hsa_key(one) for one in (route.producer, *route.others)}


def _is_as_ordered(row: OrderedRow, known: Route | Authorization) -> bool:
    if not isinstance(known, Route):
        return True
    return (
        row.party in _producers(known)
        and clean_url(known.url) == clean_url(row.url)
        and known.rivta_profile.upper() in {"", row.rivta_profile.upper()}
    )


def _instead(row: OrderedRow, now: Iterable[Route | Authorization]) -> str:
    others = [one for one in now if isinstance(one, Route) and not _is_as_ordered(row, one)]
    return ", ".join(f"{one.producer} på {one.url} ({one.rivta_profile})" for one in others)
