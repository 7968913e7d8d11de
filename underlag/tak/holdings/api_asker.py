"""The queries to the TAK-API for one snapshot: contracts, routes, authorizations, addressees, components.

Findings: TAK043.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from underlag.tak.holdings.api_http import ApiTrouble, Client
from underlag.tak.holdings.api_snapshot import Snapshot, keys_of
from underlag.tak.holdings.catalogue import contract_key, hsa_key
from underlag.tak.holdings.question import Question

#: Addressees that are queried one at a time; for more, one query fetches all addressees.
_ONE_BY_ONE: Final = 25

#: Follows the scheme of a URL that the API has masked.
_MASK: Final = "//...."

Row = dict[str, Any]


@dataclass(slots=True, frozen=True)
class Point:
    """A connection point: a platform's environment, as one load of the API identifies it."""

    number: int
    taken: datetime


class Asker:
    """Runs the queries for one snapshot, and keeps the answers that concern them.

    Args:
        client: queries the API.
        point: the platform, as the current load of the API identifies it.
        question: what to query.
        kept: earlier answers from the same load; they are not queried again, but added to.
    """

    def __init__(self, client: Client, point: Point, question: Question, kept: Snapshot) -> None:
        self._client = client
        self._point = point
        self._question = question
        self._kept = kept
        self._contracts = dict(kept.contracts)
        self._addressees = dict(kept.addressees)
        self._components = dict(kept.components)
        self._routes = list(kept.routes)
        self._authorizations = list(kept.authorizations)
        self._all_addressees = kept.all_addressees

    def snapshot(self, now: datetime) -> Snapshot:
        """Run the queries whose answers are not kept; return all answers."""
        question, kept = self._question, self._kept
        for namespace in sorted(question.contracts - kept.asked_contracts):
            self._ask_contract(namespace)
        self._ask_addressees()
        self._ask_components()
        return Snapshot(
            url=kept.url,
            platform=kept.platform,
            taken=self._point.taken,
            fetched=now,
            asked_contracts=question.contracts | kept.asked_contracts,
            asked_addressees=question.addressees | kept.asked_addressees,
            asked_components=question.components | kept.asked_components,
            all_addressees=self._all_addressees,
            contracts=self._contracts,
            addressees=self._addressees,
            components=self._components,
            routes=self._routes,
            authorizations=self._authorizations,
        )

    def _ask_contract(self, namespace: str) -> None:
        """Query a contract on this platform, with its routes and authorizations."""
        resource = "serviceContracts"
        for contract in self._client.ask(resource, namespace=namespace):
            if contract_key(_text(contract, "namespace", resource)) != contract_key(namespace):
                continue
            number = number_of(contract, resource)
            if any(self._about("installedContracts", number)):
                self._contracts[contract["namespace"]] = str(contract.get("name", ""))
            self._ask_routes(number, contract["namespace"])
            self._ask_authorizations(number, contract["namespace"])

    def _about(self, resource: str, contract: int, include: str = "") -> Iterator[Row]:
        """Yield the objects of a resource that concern this platform and contract, and drop any others."""
        point = self._point.number
        wanted = {"connectionPoint": point, "serviceContract": contract}
        parts = {"include": f"{include},serviceContract,connectionPoint"} if include else {}
        rows = self._client.ask(resource, connectionPointId=point, serviceContractId=contract, **parts)
        for row in rows:
            if all(_is_about(row, resource, name, number) for name, number in wanted.items()):
                yield row

    def _ask_routes(self, contract: int, namespace: str) -> None:
        """Query the routes of a contract; reject masked URLs."""
        resource = "serviceProductions"
        for row in self._about(resource, contract, "logicalAddress,serviceProducer,physicalAddress"):
            url = row.get("physicalAddress")
            if not isinstance(url, str) or _MASK in url:
                raise ApiTrouble("TAK043", "anropsadresserna är dolda eller saknas (include=physicalAddress)")
            addressee = self._addressee(row, resource)
            producer = self._component(_nested(row, resource, "serviceProducer"), resource)
            self._routes.append((addressee, namespace, producer, url, str(row.get("rivtaProfile", ""))))

    def _ask_authorizations(self, contract: int, namespace: str) -> None:
        resource = "cooperations"
        for row in self._about(resource, contract, "logicalAddress,serviceConsumer"):
            addressee = self._addressee(row, resource)
            consumer = self._component(_nested(row, resource, "serviceConsumer"), resource)
            self._authorizations.append((addressee, namespace, consumer))

    def _addressee(self, row: Row, resource: str) -> str:
        return self._described(
            _nested(row, resource, "logicalAddress"), "logicalAddress", self._addressees, resource
        )

    def _component(self, component: Row, resource: str) -> str:
        return self._described(component, "hsaId", self._components, resource)

    @staticmethod
    def _described(thing: Row, key: str, descriptions: dict[str, str], resource: str) -> str:
        """Return a thing's HSA-ID and keep its description; empty descriptions are left out by the API."""
        hsa_id = _text(thing, key, resource)
        descriptions[hsa_id] = str(thing.get("description", ""))
        return hsa_id

    def _ask_addressees(self) -> None:
        """Query the addressees that no route or authorization has named."""
        missing = self._question.addressees - self._kept.asked_addressees - keys_of(self._addressees)
        if not missing or self._all_addressees:
            return
        resource, point = "logicalAddresses", self._point.number
        if len(missing) <= _ONE_BY_ONE:
            # The API's own spelling, with one d; with two, it would return every address.
            answers = (
                self._client.ask(resource, logicalAdress=hsa_id, connectionPointId=point)
                for hsa_id in sorted(missing)
            )
            rows = [row for answer in answers for row in answer]
        else:
            rows = self._client.ask(resource, connectionPointId=point)
            self._all_addressees = True
        for row in rows:
            if self._all_addressees or hsa_key(_text(row, "logicalAddress", resource)) in missing:
                self._described(row, "logicalAddress", self._addressees, resource)

    def _ask_components(self) -> None:
        """Query the components that nothing has named yet: as producers, then as consumers."""
        point = self._point.number
        asked = self._question.components - self._kept.asked_components
        for hsa_id in sorted(asked - keys_of(self._components)):
            resource = "serviceProducers"
            self._keep_components(resource, self._client.ask(resource, hsaId=hsa_id, connectionPointId=point))
        if asked - keys_of(self._components):
            # Consumers cannot be filtered by HSA-ID: the answer has all of the platform's.
            resource = "serviceConsumers"
            self._keep_components(resource, self._client.ask(resource, connectionPointId=point))

    def _keep_components(self, resource: str, rows: list[Row]) -> None:
        for row in rows:
            if hsa_key(_text(row, "hsaId", resource)) in self._question.components:
                self._component(row, resource)


def _is_about(row: Row, resource: str, name: str, number: int) -> bool:
    """Whether an object matches the filter; one without the property is trusted to match."""
    return row.get(name) is None or number_of(_nested(row, resource, name), resource) == number


def _nested(row: Row, resource: str, name: str) -> Row:
    found = row.get(name)
    if not isinstance(found, dict):
        raise ApiTrouble("TAK043", f"svaret på {resource} saknar {name}")
    return found


def number_of(row: Row, resource: str) -> int:
    """Return the id of an object."""
    found = row.get("id")
    if not isinstance(found, int):
        raise ApiTrouble("TAK043", f"svaret på {resource} saknar id")
    return found


def _text(row: Row, key: str, resource: str) -> str:
    found = row.get(key)
    if not isinstance(found, str):
        raise ApiTrouble("TAK043", f"svaret på {resource} saknar {key}")
    return found
