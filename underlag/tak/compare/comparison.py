"""What a workbook would change in a TAK: a row for each addressee and contract."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from underlag.findings import Finding
from underlag.options import Options
from underlag.requests import Request
from underlag.tak.holdings.catalogue import UNKNOWN_SINCE, UNKNOWN_UNTIL, Catalogue, Route
from underlag.workbook import Entry


class RouteState(StrEnum):
    """How a TAK's route stands to what the workbook asks for. Programs and people read the values."""

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
    """How a TAK's authorization stands to what the workbook asks for."""

    NEW = "ny"
    PRESENT = "finns"
    LATER = "börjar senare"
    STANDARD = "genom standardadress"
    SEVERAL = "flera"
    REMOVED = "tas bort"
    UNCLEAN = "annan skrivning"
    ABSENT = "finns inte"
    NOT_ASKED = "beställs inte"


#: Routes that an order would replace: they are ordered only when the user says so.
REPLACED: Final = frozenset({RouteState.OTHER_PRODUCER, RouteState.OTHER_ADDRESS, RouteState.UNCLEAR})

#: StateResolver in which there is nothing to order, or nothing that an order would meet.
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
    """One addressee for one contract, as the workbook asks and as the TAK has it.

    Attributes:
        entry, request: what of the workbook it is about, and what that asks for.
        addressee, name: as the workbook states them.
        route, authorization: how the TAK stands to it. For a consumer's order no route is asked for: `route`
            then tells whether there is one to follow.
        existing: the routes of the TAK that an order would meet; of a standard route, that one.
        name_in_tak: the TAK's name where it is another, else ''.
        held_back: the finding that keeps the row from being ordered unless the user says so.
        error: the finding that keeps it from being ordered at all.
        done: the finding that tells that there is nothing to order.
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
        """Whether something is to be removed that the TAK writes so that an order does not meet it."""
        return (
            self.route is RouteState.UNCLEAN and self.request.asks_route
        ) or self.authorization is AuthorizationState.UNCLEAN

    @property
    def is_done(self) -> bool:
        """Whether an order would change nothing that the workbook wants changed."""
        if self.authorization not in _AUTHORIZATION_DONE:
            return False
        if not self.request.asks_route:
            return True
        return self.route in _ROUTE_DONE and self.route is not RouteState.STANDARD


@dataclass(slots=True)
class Comparison:
    """A workbook beside a TAK.

    Attributes:
        catalogue: the TAK.
        options: what was asked for; `only_new` and `replace_routes` decide what is ordered. A removal of what
            is not there is never ordered.
        rows: in the workbook's order; none when the TAK is of another platform, or when errors block.
        findings: all that the comparison found.
    """

    catalogue: Catalogue
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
        """Return how many of the rows that ask for a route have each state, in the order of the states."""
        counted = Counter(row.route for row in self.rows if row.request.asks_route)
        return Counter({state: counted[state] for state in RouteState if counted[state]})

    def authorization_counts(self) -> Counter[AuthorizationState]:
        """Return how many rows each state of authorizations has, in the order of the states."""
        counted = Counter(row.authorization for row in self.rows)
        return Counter({state: counted[state] for state in AuthorizationState if counted[state]})

    @property
    def other_names(self) -> int:
        """How many rows have another name in the TAK."""
        return sum(bool(row.name_in_tak) for row in self.rows)


def target(route: Route) -> str:
    """Return to whom a route leads, for people."""
    return " eller ".join((route.producer, *route.others))


def since(route: Route, *, day: date | None = None) -> str:
    """Return from when a route is in force and, if someone set an end, until when: ' sedan 2014-08-13'."""
    if route.since == UNKNOWN_SINCE:
        text = ""
    elif day is not None and route.since > day:
        text = f" från och med {route.since}"
    else:
        text = f" sedan {route.since}"
    if route.until != UNKNOWN_UNTIL and ends_soon(route, route.since):
        text += f" till och med {route.until}"
    return text


#: A route that nobody means to end is given a hundred years (skltp/tak, tak-web); real ones have from 53 up.
_PLANNED_WITHIN_YEARS: Final = 20


def ends_soon(route: Route, day: date) -> bool:
    """Whether somebody has set an end to a route, as seen from a day."""
    return route.until.year - max(day.year, 1) < _PLANNED_WITHIN_YEARS
