"""The TAK's content as tak-web looks it up for an order; without an export there is none.

Source: skltp/tak, tak-web: lookups in the database follow MySQL's collation, which ignores case and trailing
blanks; the URL of a route is compared exactly.
"""

from itertools import chain

from underlag.tak.holdings.catalogue import Authorization, Catalogue, Route
from underlag.tak.orders.existing import comparable


class Known:
    """A catalogue, indexed by the keys that tak-web looks up.

    Args:
        catalogue: the content of the TAK.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.profiles = frozenset(map(comparable, catalogue.profiles))
        self._descriptions = {
            "logiskadresser": self._by_key("logiskadress", catalogue.addressees),
            "tjanstekomponenter": self._by_key("tjanstekomponent", catalogue.components),
            "tjanstekontrakt": self._by_key("tjanstekontrakt", catalogue.contracts),
        }
        self._routes: dict[tuple[str, str], list[Route]] = {}
        ended = [row for row in catalogue.ended if isinstance(row, Route)]
        for route in chain(chain.from_iterable(catalogue.routes.values()), ended):
            key = comparable(route.addressee), comparable(route.contract)
            self._routes.setdefault(key, []).append(route)
        self._authorizations: dict[tuple[str, str, str], list[Authorization]] = {}
        ended_authorizations = [row for row in catalogue.ended if isinstance(row, Authorization)]
        for row in chain(chain.from_iterable(catalogue.authorizations.values()), ended_authorizations):
            names = comparable(row.addressee), comparable(row.contract), comparable(row.consumer)
            self._authorizations.setdefault(names, []).append(row)

    def description(self, list_name: str, key: str) -> str | None:
        """Return the description of an object of a list, None when the TAK does not have it."""
        return self._descriptions[list_name].get(comparable(key))

    def routes(self, addressee: str, contract: str) -> list[Route]:
        """Return all routes of an addressee and contract, including ended ones."""
        return self._routes.get((comparable(addressee), comparable(contract)), [])

    def authorizations(self, addressee: str, contract: str, consumer: str) -> list[Authorization]:
        """Return all authorizations of an addressee, contract and consumer, including ended ones."""
        return self._authorizations.get(
            (comparable(addressee), comparable(contract), comparable(consumer)), []
        )

    def _by_key(self, export_list: str, descriptions: dict[str, str]) -> dict[str, str]:
        """Index descriptions by the TAK's raw keys, which may be dirtier than the catalogue's own."""
        return {
            comparable(way): description
            for key, description in descriptions.items()
            for way in self.catalogue.raw.get((export_list, key), (key,))
        }
