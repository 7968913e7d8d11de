"""Indexes of the workbook's other orders, and of the consumers that the TAK authorizes."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from underlag.requests import Request
from underlag.tak.holdings.catalogue import STANDARD_ADDRESSES, Catalogue, hsa_key
from underlag.workbook import Entry

#: An addressee and a contract, as keys of a Catalogue.
Pair = tuple[str, str]


class OrderIndex:
    """Answers questions about other rows of the workbook and the TAK.

    Args:
        catalogue: the TAK.
        requests: each entry with its request.
    """

    def __init__(self, catalogue: Catalogue, requests: Sequence[tuple[Entry, Request]]) -> None:
        self._catalogue = catalogue
        self._requests = requests

    def _pairs(self) -> Iterator[tuple[Pair, Request]]:
        for entry, request in self._requests:
            key = hsa_key(entry.addressee.text) if entry.addressee else ""
            yield (key, request.namespace), request

    @cached_property
    def ordered_routes(self) -> set[Pair]:
        """The addressees and contracts for which the workbook orders a route."""
        return {pair for pair, request in self._pairs() if request.asks_route and request.action == "add"}

    @cached_property
    def _ordered_consumers(self) -> set[Pair]:
        return {pair for pair, request in self._pairs() if request.consumer and request.action == "add"}

    @cached_property
    def _consumers(self) -> dict[Pair, list[str]]:
        """The authorized consumers in the TAK, by addressee and contract."""
        found: dict[Pair, list[str]] = {}
        for (addressee, namespace, _), rows in self._catalogue.authorizations.items():
            found.setdefault((addressee, namespace), []).append(rows[0].consumer)
        return found

    @cached_property
    def _removed_consumers(self) -> set[tuple[Pair, str]]:
        return {(pair, request.consumer) for pair, request in self._pairs() if request.action == "remove"}

    def is_authorized(self, addressee: str, namespace: str) -> bool:
        """Whether any consumer is authorized, in the TAK or by the workbook."""
        if (addressee, namespace) in self._ordered_consumers:
            return True
        return any((address, namespace) in self._consumers for address in (addressee, *STANDARD_ADDRESSES))

    def left_behind(self, addressee: str, namespace: str) -> list[str]:
        """Return the consumers of the TAK that remain authorized after the workbook's removals."""
        pair = addressee, namespace
        consumers = self._consumers.get(pair, ())
        return sorted(c for c in consumers if (pair, hsa_key(c)) not in self._removed_consumers)
