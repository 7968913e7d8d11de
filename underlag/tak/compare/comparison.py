"""What a workbook would change in a TAK: a row for each addressee and contract."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from underlag.findings import Finding
from underlag.options import Options
from underlag.requests import Request
from underlag.tak.holdings.catalogue import UNKNOWN_SINCE, UNKNOWN_UNTIL, Catalogue, Route
from underlag.workbook import Entries, Entry


class RouteState(StrEnum):
    """How a TAK's route relates to the requested one. The values are read by programs and people."""

    NEW = "ny"
    PRESENT = "finns"
    LATER = "börjar senare"
    STANDARD = "standardvägval"
    OTHER_PRODUCER = "annan producent"
    OTHER_ADDRESS = "annan adress"
    UNCLEAR = "oklar producent"
    SEVERAL = "flera"
    MISSING = "saknas"
    REMOVED = "tas bort"
    UNCLEAN = "annan skrivning"
    ABSENT = "finns inte"


class AuthorizationState(StrEnum):
    """How a TAK's authorization relates to the requested one."""

    NEW = "ny"
    PRESENT = "finns"
    LATER = "börjar senare"
    STANDARD = "genom standardadress"
    SEVERAL = "flera"
    REMOVED = "tas bort"
    UNCLEAN = "annan skrivning"
    ABSENT = "finns inte"
    NOT_ASKED = "beställs inte"


#: Routes that an order would replace: ordered only with `replace_routes`.
REPLACED: Final = frozenset({RouteState.OTHER_PRODUCER, RouteState.OTHER_ADDRESS, RouteState.UNCLEAR})

#: States in which there is nothing to order, or nothing that an order would match.
_ROUTE_DONE: Final = frozenset(
    {RouteState.PRESENT, RouteState.MISSING, RouteState.STANDARD, RouteState.ABSENT, RouteState.UNCLEAN}
)
_AUTHORIZATION_DONE: Final = frozenset(
    {
        AuthorizationState.PRESENT,
        AuthorizationState.NOT_ASKED,
        AuthorizationState.ABSENT,
        AuthorizationState.UNCLEAN,
    }
)


@dataclass(slots=True)
class Row:
    """One addressee for one contract, as requested and in the TAK.

    Attributes:
        entry, request: the row of the workbook and its request.
        addressee, name: as the workbook states them.
        route, authorization: their states in the TAK. A consumer's order requests no route: `route` then
            shows whether one exists.
        existing: the routes of the TAK that an order would match; for a standard route, that one.
        name_in_tak: the TAK's name if it differs, else ''.
        held_back: the finding that keeps the row from being ordered unless an option allows it.
        error: the finding that keeps it from being ordered at all.
        done: the finding that there is nothing to order.
    """

    entry: Entry
    request: Request
    addressee: str
    name: str
    route: RouteState
    authorization: AuthorizationState
    existing: tuple[Route, ...] = ()
    name_in_tak: str = ""
    held_back: Finding | None = None
    error: Finding | None = None
    done: Finding | None = None

    @property
    def is_unclean(self) -> bool:
        """Whether something to remove is written in the TAK such that an order does not match it."""
        return (
            self.route is RouteState.UNCLEAN and self.request.asks_route
        ) or self.authorization is AuthorizationState.UNCLEAN

    @property
    def is_done(self) -> bool:
        """Whether an order would change nothing that the workbook requests."""
        if self.authorization not in _AUTHORIZATION_DONE:
            return False
        if not self.request.asks_route:
            return True
        return self.route in _ROUTE_DONE and self.route is not RouteState.STANDARD


@dataclass(slots=True, eq=False, repr=False)
class Comparison:
    """The comparison of a workbook with a TAK.

    Attributes:
        catalogue: the TAK.
        entries: the compared entries, by key of flow.
        options: `only_new` and `replace_routes` decide what is ordered. The removal of something that the TAK
            does not have is never ordered.
        rows: in the workbook's order; empty for a TAK of another platform, or when errors block.
        findings: all findings of the comparison.
    """

    catalogue: Catalogue
    entries: Mapping[str, Entries]
    options: Options
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def reason(self, row: Row) -> Finding | None:
        """Return why a row is not to be ordered, None when it is."""
        if row.error:
            return row.error
        if row.held_back and not self.options.replace_routes:
            return row.held_back
        nothing = row.is_done and (self.options.only_new or row.request.action == "remove")
        return row.done if nothing else None

    def route_counts(self) -> Counter[RouteState]:
        """Count the states of the rows that request a route, in the order of the states."""
        counted = Counter(row.route for row in self.rows if row.request.asks_route)
        return Counter({state: counted[state] for state in RouteState if counted[state]})

    def authorization_counts(self) -> Counter[AuthorizationState]:
        """Count the states of authorizations, in the order of the states."""
        counted = Counter(row.authorization for row in self.rows)
        return Counter({state: counted[state] for state in AuthorizationState if counted[state]})

    @property
    def other_names(self) -> int:
        """The number of rows with another name in the TAK."""
        return sum(bool(row.name_in_tak) for row in self.rows)


def target(route: Route) -> str:
    """Return the producer that a route leads to, for display."""
    return " eller ".join((route.producer, *route.others))


def since(route: Route, *, day: date | None = None) -> str:
    """Return since when a route is valid and, with a planned end, until when: ' sedan 2014-08-13'."""
    if route.since == UNKNOWN_SINCE:
        text = ""
    elif day is not None and route.since > day:
        text = f" från och med {route.since}"
    else:
        text = f" sedan {route.since}"
    if route.until != UNKNOWN_UNTIL and ends_soon(route, route.since):
        text += f" till och med {route.until}"
    return text


#: A route without a planned end gets a hundred years (skltp/tak, tak-web); real ones have from 53 up.
_PLANNED_WITHIN_YEARS: Final = 20


def ends_soon(route: Route, day: date) -> bool:
    """Whether a route has a planned end, as seen from a day."""
    return route.until.year - max(day.year, 1) < _PLANNED_WITHIN_YEARS
