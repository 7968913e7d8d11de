"""The rows of a TAK that an order matches on its day, as tak-web finds them in its database.

Source: skltp/tak, tak-web: a row matches when it ends on the day of the order or later; texts are compared
ignoring case and trailing blanks (MySQL's collation), the URL exactly.
"""

from datetime import date, timedelta
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.tak.holdings.catalogue import (
    UNKNOWN_UNTIL,
    Authorization,
    Catalogue,
    Route,
    contract_key,
    hsa_key,
)

#: URLs that tak-web accepts in an order, also for an address that the database has already.
_ORDERABLE_URL: Final = LazyPattern(r"[0-9a-zA-Z_.:/\-?&]{5,255}")
_ORDERABLE_ID: Final = LazyPattern(r"[0-9a-zA-Z_\-]{1,255}")


#: A row that ends this much later has no planned end: TAK gives every row a hundred years.
_NO_PLANNED_END: Final = timedelta(days=366 * 50)


def has_planned_end(row: Route | Authorization, day: date) -> bool:
    """Whether a row has a planned end, as seen from a day."""
    return row.until != UNKNOWN_UNTIL and row.until - day < _NO_PLANNED_END


def comparable(raw: str) -> str:
    """Return a text as the database compares it."""
    return raw.rstrip(" ").upper()


def is_orderable(hsa_id: str) -> bool:
    """Whether an order can list a component with this id."""
    return _ORDERABLE_ID.fullmatch(hsa_id) is not None


class Existing:
    """A catalogue as an order of a certain day matches it.

    Args:
        catalogue: the content of the TAK.
        day: the order's day.
    """

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        self.catalogue = catalogue
        self.day = day
        self._ended_routes: dict[tuple[str, str], list[Route]] = {}
        self._ended_authorizations: dict[tuple[str, str, str], list[Authorization]] = {}
        for row in catalogue.ended:
            key = hsa_key(row.addressee), contract_key(row.contract)
            if isinstance(row, Route):
                self._ended_routes.setdefault(key, []).append(row)
            else:
                self._ended_authorizations.setdefault((*key, hsa_key(row.consumer)), []).append(row)

    def ended_routes(self, addressee: str, namespace: str) -> list[Route]:
        """Return the routes that have ended, but that an order of the day before would match."""
        return self._ended_routes.get((addressee, namespace.lower()), [])

    def ended_authorizations(self, addressee: str, namespace: str, consumer: str) -> list[Authorization]:
        """Return the authorizations that have ended, but that an order of the day before would match."""
        return self._ended_authorizations.get((addressee, namespace.lower(), consumer), [])

    def routes(self, addressee: str, namespace: str) -> list[Route]:
        """Return the routes that a route of this addressee and contract would match."""
        found = self.catalogue.routes.get((addressee, namespace.lower()), ())
        return [row for row in found if self._matches(row, addressee, namespace)]

    def authorizations(self, addressee: str, namespace: str, consumer: str) -> list[Authorization]:
        """Return the authorizations that one of this addressee, contract and consumer would match."""
        found = self.catalogue.authorizations.get((addressee, namespace.lower(), consumer), ())
        return [
            row
            for row in found
            if self._matches(row, addressee, namespace) and comparable(row.consumer) == consumer
        ]

    def _matches(self, row: Route | Authorization, addressee: str, namespace: str) -> bool:
        return (
            row.until >= self.day
            and comparable(row.addressee) == addressee
            and comparable(row.contract) == comparable(namespace)
        )

    def description(self, component: str) -> str:
        """Return a component's name in a form that an order can carry."""
        return " ".join(self.catalogue.components.get(component, "").split())[:255]

    def can_be_ordered_back(self, row: Route) -> bool:
        """Whether an order can recreate the route as it was."""
        return not row.others and bool(row.rivta_profile) and _ORDERABLE_URL.fullmatch(row.url) is not None


def producers(row: Route) -> set[str]:
    """Return the producers that a route may lead to; several when the source is ambiguous."""
    return {comparable(hsa_id) for hsa_id in (row.producer, *row.others)}
