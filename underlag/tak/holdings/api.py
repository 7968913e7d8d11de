"""Queries the TAK-API instead of reading an export.

Source: skltp-integration/cooperation, api/v2. Its pitfalls: a misspelt filter is ignored and everything is
returned, so objects that state what they refer to are checked; the filter for addressees is spelled
`logicalAdress`; nested objects are omitted unless `include` names them, and URLs are masked without
`include=physicalAddress`; ids change at each load, so a load between two queries is detected and all are
repeated. Rows disappear from the API on their last day, and a second URL of one producer is not shown.

Findings: TAK041, TAK043, TAK044, TAK045.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from underlag.findings import Finding, finding
from underlag.tak.holdings.api_http import Access, ApiTrouble, Client, api_address
from underlag.tak.holdings.api_snapshot import Snapshot, keys_of, load, save
from underlag.tak.holdings.catalogue import CatalogueReading, contract_key, hsa_key
from underlag.tak.holdings.question import Question
from underlag.text.moments import when

__all__ = ["Access", "Question", "api_address", "catalogue_from_api"]

#: Addressees that are queried one at a time; for more, one query fetches all addressees.
_ONE_BY_ONE: Final = 25

#: How often the queries are repeated when the API loads its data in between.
_ATTEMPTS: Final = 3

#: Follows the scheme of a URL that the API has masked.
_MASK: Final = "//...."

Row = dict[str, Any]


def catalogue_from_api(
    access: Access, question: Question, *, day: date, now: datetime, cache: Path | None = None
) -> CatalogueReading:
    """Query a TAK-API for what a comparison needs.

    Args:
        access: address and login.
        question: platform, contracts, addressees and components.
        day: the day of the change.
        now: the present moment, saved with the answers.
        cache: a file with earlier answers. They are reused while the API shows the same snapshot or, with a
            warning, when it cannot be reached. New answers are saved there.

    Returns:
        A catalogue that covers the question; or none, and the finding that says why. It never raises.
    """
    kept = load(cache)
    if kept is not None and not kept.covers(access.url, question):
        kept = None
    try:
        snapshot = _ask(Client(access), access.url, question, now, kept)
    except ApiTrouble as trouble:
        if kept is not None and trouble.code == "TAK041":
            return CatalogueReading(kept.catalogue(day), [_from_cache(access.url, kept, trouble)])
        reason, platform = trouble.reason, question.platform
        found = finding(trouble.code, adress=access.url, orsak=reason, finns=reason, plattform=platform)
        return CatalogueReading(None, [found])
    if snapshot is not kept:
        save(snapshot, cache)
    return CatalogueReading(snapshot.catalogue(day))


def _from_cache(url: str, kept: Snapshot, trouble: ApiTrouble) -> Finding:
    saved, taken = when(kept.fetched), when(kept.taken)
    return finding("TAK045", adress=url, orsak=trouble.reason, sparat=saved, taget=taken)


@dataclass(slots=True, frozen=True)
class _Point:
    """A connection point: a platform's environment, as one load of the API identifies it."""

    number: int
    taken: datetime


def _ask(client: Client, url: str, question: Question, now: datetime, kept: Snapshot | None) -> Snapshot:
    """Return a snapshot from one load of the API: the kept one while the API still shows that load."""
    point = _point(client, question.platform)
    for _ in range(_ATTEMPTS):
        if kept is not None and kept.taken == point.taken:
            return kept
        snapshot = _Asker(client, point, question).snapshot(url, now)
        after = _point(client, question.platform)
        if after == point:
            return snapshot
        point = after
    raise ApiTrouble("TAK041", "den läser in nya uppgifter om och om igen")


def _point(client: Client, platform: str) -> _Point:
    """Return the connection point of a platform; the API must list it exactly once."""
    site, _, environment = platform.partition("-")
    rows = client.ask("connectionPoints", platform=site, environment=environment)
    named = [(f"{row.get('platform')}-{row.get('environment')}".upper(), row) for row in rows]
    found = [row for name, row in named if name == platform.upper()]
    if not found:
        raise ApiTrouble("TAK044", ", ".join(sorted({name for name, _ in named})) or "ingenting")
    if len(found) > 1:
        raise ApiTrouble("TAK043", f"plattformen {platform} finns flera gånger")
    try:
        return _Point(_number(found[0], "connectionPoints"), datetime.fromisoformat(found[0]["snapshotTime"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ApiTrouble(
            "TAK043", "plattformen saknar uppgift om när den lästes in (snapshotTime)"
        ) from error


class _Asker:
    """Runs the queries for one snapshot, and keeps the answers that concern them."""

    def __init__(self, client: Client, point: _Point, question: Question) -> None:
        self._client = client
        self._point = point
        self._question = question
        self._contracts: dict[str, str] = {}
        self._addressees: dict[str, str] = {}
        self._components: dict[str, str] = {}
        self._routes: list[tuple[str, str, str, str, str]] = []
        self._authorizations: list[tuple[str, str, str]] = []

    def snapshot(self, url: str, now: datetime) -> Snapshot:
        """Run all queries and return the answers."""
        for namespace in sorted(self._question.contracts):
            self._ask_contract(namespace)
        self._ask_addressees()
        self._ask_components()
        return Snapshot(
            url=url,
            platform=self._question.platform,
            taken=self._point.taken,
            fetched=now,
            asked_contracts=self._question.contracts,
            asked_addressees=self._question.addressees,
            asked_components=self._question.components,
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
            number = _number(contract, resource)
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
        missing = self._question.addressees - keys_of(self._addressees)
        if not missing:
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
        for row in rows:
            if hsa_key(_text(row, "logicalAddress", resource)) in missing:
                self._described(row, "logicalAddress", self._addressees, resource)

    def _ask_components(self) -> None:
        """Query the components that nothing has named yet: as producers, then as consumers."""
        point = self._point.number
        for hsa_id in sorted(self._question.components - keys_of(self._components)):
            resource = "serviceProducers"
            self._keep_components(resource, self._client.ask(resource, hsaId=hsa_id, connectionPointId=point))
        if self._question.components - keys_of(self._components):
            # Consumers cannot be filtered by HSA-ID: the answer has all of the platform's.
            resource = "serviceConsumers"
            self._keep_components(resource, self._client.ask(resource, connectionPointId=point))

    def _keep_components(self, resource: str, rows: list[Row]) -> None:
        for row in rows:
            if hsa_key(_text(row, "hsaId", resource)) in self._question.components:
                self._component(row, resource)


def _is_about(row: Row, resource: str, name: str, number: int) -> bool:
    """Whether an object matches the filter; one without the property is trusted to match."""
    return row.get(name) is None or _number(_nested(row, resource, name), resource) == number


def _nested(row: Row, resource: str, name: str) -> Row:
    found = row.get(name)
    if not isinstance(found, dict):
        raise ApiTrouble("TAK043", f"svaret på {resource} saknar {name}")
    return found


def _number(row: Row, resource: str) -> int:
    found = row.get("id")
    if not isinstance(found, int):
        raise ApiTrouble("TAK043", f"svaret på {resource} saknar id")
    return found


def _text(row: Row, key: str, resource: str) -> str:
    found = row.get(key)
    if not isinstance(found, str):
        raise ApiTrouble("TAK043", f"svaret på {resource} saknar {key}")
    return found
