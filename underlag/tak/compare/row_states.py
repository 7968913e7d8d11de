"""The states of a request's route and authorization in a TAK.

Source of the predicted effect: skltp/tak, tak-web. It matches every live row that has not ended on the
order's day, including one that begins later, and rejects an order that matches two. A route is found by
addressee and contract alone; it is prolonged when producer, profile and URL are the ordered ones, else
replaced.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from underlag.characters.cleaning import clean_identifier
from underlag.tak.compare.comparison import AuthorizationState, RouteState
from underlag.tak.holdings.catalogue import STANDARD_ADDRESSES, Authorization, Catalogue, Route, hsa_key
from underlag.tak.orders.existing import comparable

if TYPE_CHECKING:
    from underlag.requests import Request
    from underlag.tak.compare.order_index import OrderIndex

_R = TypeVar("_R", Route, Authorization)

#: Thousands of routes share a few components and addresses.
_component_key: Callable[[str], str] = lru_cache(maxsize=4096)(hsa_key)


@lru_cache(maxsize=4096)
def clean_url(raw: str) -> str:
    """Return a URL without invisible characters."""
    return clean_identifier(raw).text


class StateResolver:
    """Resolves the states of requests.

    Args:
        catalogue: the TAK.
        day: the day of the change.
        index: the workbook's other orders.
    """

    def __init__(self, catalogue: Catalogue, day: date, index: "OrderIndex") -> None:
        self._catalogue = catalogue
        self._day = day
        self._index = index

    def route(self, addressee: str, request: "Request") -> tuple[RouteState, tuple[Route, ...]]:
        """Return the state of the route, and the routes of the TAK that it concerns.

        Args:
            addressee: key of the addressee.
            request: the request.
        """
        met = self._routes(addressee, request)
        if request.action == "remove":
            return self._to_remove(addressee, request, met), met
        if not met:
            return self._without_route(addressee, request)
        if not request.asks_route:
            return RouteState.PRESENT, met
        if len(met) > 1:
            states = {self._one(request, route) for route in met}
            twins = self._catalogue.includes_deleted and states == {RouteState.PRESENT}
            return RouteState.PRESENT if twins else RouteState.SEVERAL, met
        return self._one(request, met[0]), met

    def _without_route(self, addressee: str, request: "Request") -> tuple[RouteState, tuple[Route, ...]]:
        """Return the state for an addressee without a route of its own."""
        for standard in STANDARD_ADDRESSES:
            if standard != addressee:
                serving = self._routes(standard, request)
                if serving:
                    return RouteState.STANDARD, serving[:1]
        ordered = request.asks_route or (addressee, request.namespace) in self._index.ordered_routes
        return RouteState.NEW if ordered else RouteState.MISSING, ()

    def _one(self, request: "Request", route: Route) -> RouteState:
        """Return the state of the only route that an added one matches."""
        if not leads_to(route, request.producer):
            return RouteState.OTHER_PRODUCER
        if not has_address(route, request.url, request.rivta_profile):
            return RouteState.OTHER_ADDRESS
        if route.others:
            return RouteState.UNCLEAR
        return RouteState.LATER if route.since > self._day else RouteState.PRESENT

    def _routes(self, addressee: str, request: "Request") -> tuple[Route, ...]:
        found = self._catalogue.routes.get((addressee, request.namespace))
        return _met(found, (addressee, request.namespace), self._day)

    def _to_remove(self, addressee: str, request: "Request", met: tuple[Route, ...]) -> RouteState:
        """Return the state of routes to remove."""
        if not met:
            return RouteState.ABSENT
        if not request.asks_route:
            return RouteState.PRESENT
        if not _is_named(met[0], (addressee, request.namespace)):
            return RouteState.UNCLEAN
        ours = [leads_to(route, request.producer) for route in met]
        if len(met) > 1:
            twins = self._catalogue.includes_deleted and all(ours)
            return RouteState.REMOVED if twins else RouteState.SEVERAL
        if not ours[0]:
            return RouteState.OTHER_PRODUCER
        return RouteState.UNCLEAR if met[0].others else RouteState.REMOVED

    def authorizations(self, addressee: str, request: "Request") -> tuple[Authorization, ...]:
        """Return the authorizations of the TAK that an order would match."""
        found = self._catalogue.authorizations.get((addressee, request.namespace, request.consumer))
        return _met(found, (addressee, request.namespace, request.consumer), self._day)

    def authorization(
        self, addressee: str, request: "Request", met: tuple[Authorization, ...]
    ) -> AuthorizationState:
        """Return the state of the authorization, given the ones that an order would match."""
        if not request.consumer:
            return AuthorizationState.NOT_ASKED
        if len(met) > 1 and not (self._catalogue.includes_deleted and request.action == "remove"):
            return AuthorizationState.SEVERAL
        if request.action == "remove":
            return _removed(met, (addressee, request.namespace, request.consumer))
        if met:
            return AuthorizationState.LATER if met[0].since > self._day else AuthorizationState.PRESENT
        for standard in STANDARD_ADDRESSES:
            found = self._catalogue.authorizations.get((standard, request.namespace, request.consumer))
            if _met(found, (standard, request.namespace, request.consumer), self._day):
                return AuthorizationState.STANDARD
        return AuthorizationState.NEW


def _met(found: list[_R] | None, key: tuple[str, ...], day: date) -> tuple[_R, ...]:
    """Return the rows that an order of this day would match.

    An order on the clean key does not match rows that the TAK has under an unclean spelling of it. When there
    are no others, the first of them counts.
    """
    if not found:
        return ()
    if len(found) == 1:
        return (found[0],) if found[0].until >= day else ()
    live = [row for row in found if row.until >= day]
    exact = tuple(row for row in live if _is_named(row, key))
    return exact or tuple(live[:1])


def _removed(met: tuple[Authorization, ...], key: tuple[str, ...]) -> AuthorizationState:
    if not met:
        return AuthorizationState.ABSENT
    return AuthorizationState.REMOVED if _is_named(met[0], key) else AuthorizationState.UNCLEAN


def _is_named(row: Route | Authorization, key: tuple[str, ...]) -> bool:
    """Whether an order on the clean key (addressee, contract, an authorization's consumer) matches a row."""
    texts = (row.addressee, row.contract, *((row.consumer,) if isinstance(row, Authorization) else ()))
    return all(comparable(text) == comparable(wanted) for text, wanted in zip(texts, key, strict=True))


def leads_to(route: Route, producer: str) -> bool:
    """Whether a route leads, or may lead, to the producer with this key."""
    if _component_key(route.producer) == producer:
        return True
    return any(_component_key(other) == producer for other in route.others)


def has_address(route: Route, url: str, rivta_profile: str) -> bool:
    """Whether a route has this URL and profile, ignoring unclean characters in the TAK."""
    if route.url != url and clean_url(route.url) != url:
        return False
    return not route.rivta_profile or route.rivta_profile.upper() == rivta_profile
