"""Builds a Catalogue from an export's rows: follows relations, cleans keys, compares dates.

Relations are ids in dumps and PubVersion files, business keys (HSA-ID, namespace, URL) in tak-services'
export and in cooperation's transformed file. References are resolved by their value, so the kinds need not
be distinguished.

Findings: TAK003.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from underlag.tak.holdings.catalogue import Authorization, Catalogue, Route, contract_key, hsa_key
from underlag.tak.holdings.export.days import swedish_day
from underlag.tak.holdings.export.document import Document, Row, what_was_read
from underlag.tak.holdings.export.trouble import Unusable


class _Object(NamedTuple):
    """An object without references of its own: its cleaned key, and the TAK's raw one."""

    key: str
    raw: str


class _Address(NamedTuple):
    """An anropsadress: URL, producer (raw HSA-ID), RIV-TA profile, and further producers that share it."""

    url: str
    producer: str
    rivta_profile: str
    others: tuple[str, ...] = ()


#: Possible types of a reference.
_REFERENCES: Final = frozenset({int, str, type(None)})


@dataclass(slots=True)
class _Reader:
    """A catalogue under construction: the targets of references, by id and by business key, and lost ones."""

    lists: dict[str, list[Row]]
    catalogue: Catalogue
    contracts: dict[Any, _Object] = field(default_factory=dict)
    addressees: dict[Any, _Object] = field(default_factory=dict)
    components: dict[Any, _Object] = field(default_factory=dict)
    profiles: dict[Any, str] = field(default_factory=dict)
    addresses: dict[Any, _Address] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    dangling: int = 0
    first_dangling: str = ""

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of a list in order, and free each."""
        rows = self.lists.pop(name)
        rows.reverse()
        while rows:
            yield rows.pop()

    def lost(self, name: str, row: Row, target: str, reference: Any) -> None:
        """Record a reference without a target."""
        self.dangling += 1
        if not self.first_dangling:
            self.first_dangling = f"{name} med id {row.get('id')} hänvisar till {target} {reference!r}"

    def dates(self, name: str, row: Row) -> tuple[date, date]:
        """Return the first and the last day of a row."""
        return self._day(name, row, "fromTidpunkt"), self._day(name, row, "tomTidpunkt")

    def has_ended(self, row: Route | Authorization) -> bool:
        """Whether a row is never in force on the day or later; keeps it as ended if recent."""
        day = self.catalogue.day
        if row.until >= day and row.until >= row.since:
            return False
        if (day - row.until).days <= 1:
            self.catalogue.ended.append(row)
        return True

    def _day(self, name: str, row: Row, key: str) -> date:
        """Return a date of a row; it must have one."""
        text = row.get(key)
        if isinstance(text, str):
            # Nearly all rows share a few dates.
            if (known := self.days.get(text)) is not None:
                return known
            if (found := swedish_day(text)) is not None:
                self.days[text] = found
                return found
        raise Unusable("TAK003", f"{name} med id {row.get('id')!r} har ingen riktig {key} ({text!r})")


def build(document: Document, *, source: str, day: date) -> Catalogue:
    """Build the catalogue of an export. Consumes the document's lists to free memory on the way.

    Args:
        document: the export.
        source: its name for display.
        day: the day of the change: rows that end before it are left out.

    Raises:
        Unusable: a row lacks a required property, or refers to something that the export does not contain.
    """
    read = what_was_read(document.lists)
    catalogue = Catalogue(
        source, document.platform, document.taken, day, includes_deleted=document.includes_deleted
    )
    reader = _Reader(document.lists, catalogue)
    reader.contracts = _objects(reader, "tjanstekontrakt", "namnrymd", contract_key, catalogue.contracts)
    reader.addressees = _objects(reader, "logiskadress", "hsaId", hsa_key, catalogue.addressees)
    reader.components = _objects(reader, "tjanstekomponent", "hsaId", hsa_key, catalogue.components)
    reader.profiles = _profiles(reader)
    catalogue.profiles = frozenset(reader.profiles.values())
    reader.addresses = _addresses(reader)
    _authorizations(reader)
    _routes(reader)
    if reader.dangling:
        many = "en hänvisning" if reader.dangling == 1 else f"{reader.dangling} hänvisningar"
        lost = f"{many} leder till något som inte finns i filen: {reader.first_dangling}"
        raise Unusable("TAK003", f"{lost}. Läst: {read}")
    return catalogue


def _objects(
    reader: _Reader, name: str, key_name: str, cleaned: Callable[[str], str], descriptions: dict[str, str]
) -> dict[Any, _Object]:
    """Read a list of plain objects; return each by its id and by its raw key.

    Of twins (a deleted object and its successor in the older dump, or the same id with and without dirt) the
    clean one gives the description, else the latest.
    """
    by_reference: dict[Any, _Object] = {}
    rank: dict[str, tuple[bool, int]] = {}
    writings: dict[str, list[str]] = {}
    for row in reader.rows(name):
        raw, number, description = row.get(key_name), row.get("id"), row.get("beskrivning")
        if not isinstance(raw, str) or type(number) is not int:
            raise Unusable("TAK003", f"{name} med id {number!r} har inget {key_name}")
        if number in by_reference:
            raise Unusable("TAK003", f"{name} med id {number} finns två gånger")
        key = cleaned(raw)
        by_reference[number] = by_reference[raw] = _Object(key, raw)
        writings.setdefault(key, []).append(raw)
        weight = raw.casefold() == key.casefold(), number
        if key not in rank or rank[key] < weight:
            rank[key] = weight
            descriptions[key] = description if isinstance(description, str) else ""
    for key, raws in writings.items():
        if any(raw.casefold() != key.casefold() for raw in raws):
            reader.catalogue.raw[name, key] = tuple(dict.fromkeys(raws))
    return by_reference


def _profiles(reader: _Reader) -> dict[Any, str]:
    """Return the names of RIV-TA profiles by id and by name."""
    found: dict[Any, str] = {}
    for row in reader.rows("rivtaprofil"):
        name, number = row.get("namn"), row.get("id")
        if not isinstance(name, str) or type(number) is not int:
            raise Unusable("TAK003", f"rivtaprofil med id {number!r} har inget namn")
        found[number] = found[name] = name
    return found


def _relations(name: str, row: Row) -> Row:
    """Return the references of a row: ids or business keys."""
    relations = row.get("relationships")
    if type(relations) is not dict or not _REFERENCES.issuperset(map(type, relations.values())):
        raise Unusable("TAK003", f"{name} med id {row.get('id')!r} saknar hänvisningar (relationships)")
    return relations


def _addresses(reader: _Reader) -> dict[Any, _Address]:
    """Read the anropsadresser; return each by its id, and by its URL merged with all that share it."""
    by_reference: dict[Any, _Address] = {}
    sharing: dict[str, list[_Address]] = {}
    name = "anropsadress"
    for row in reader.rows(name):
        relations = _relations(name, row)
        url, number = row.get("adress"), row.get("id")
        producer = reader.components.get(relations.get("tjanstekomponent"))
        profile = reader.profiles.get(relations.get("rivtaprofil"))
        if not isinstance(url, str) or type(number) is not int:
            raise Unusable("TAK003", f"{name} med id {number!r} har ingen adress")
        if producer is None:
            reader.lost(name, row, "tjanstekomponent", relations.get("tjanstekomponent"))
        elif profile is None:
            reader.lost(name, row, "rivtaprofil", relations.get("rivtaprofil"))
        else:
            by_reference[number] = address = _Address(url, producer.raw, profile)
            sharing.setdefault(url, []).append(address)
    for url, addresses in sharing.items():
        by_reference[url] = _shared(addresses)
    return by_reference


def _shared(addresses: list[_Address]) -> _Address:
    """Merge the addresses that share a URL: the result names every producer."""
    producers = list(dict.fromkeys(address.producer for address in addresses))
    profiles = {address.rivta_profile for address in addresses}
    profile = profiles.pop() if len(profiles) == 1 else ""
    return _Address(addresses[0].url, producers[0], profile, tuple(producers[1:]))


def _authorizations(reader: _Reader) -> None:
    """Read the authorizations."""
    name = "anropsbehorighet"
    found = reader.catalogue.authorizations
    for row in reader.rows(name):
        relations = _relations(name, row)
        # The consumer is `tjanstekomponent` in PubVersion files, `tjanstekonsument` elsewhere.
        reference = relations.get("tjanstekonsument", relations.get("tjanstekomponent"))
        addressee, contract = _addressee_and_contract(reader, name, row, relations)
        consumer = reader.components.get(reference)
        if consumer is None:
            reader.lost(name, row, "tjanstekomponent", reference)
        elif addressee and contract:
            authorization = Authorization(addressee.raw, contract.raw, consumer.raw, *reader.dates(name, row))
            if reader.has_ended(authorization):
                continue
            found.setdefault((addressee.key, contract.key, consumer.key), []).append(authorization)


def _routes(reader: _Reader) -> None:
    """Read the routes, and sort each key's by date."""
    name = "vagval"
    found = reader.catalogue.routes
    for row in reader.rows(name):
        relations = _relations(name, row)
        addressee, contract = _addressee_and_contract(reader, name, row, relations)
        address = reader.addresses.get(relations.get("anropsadress"))
        if address is None:
            reader.lost(name, row, "anropsadress", relations.get("anropsadress"))
            continue
        if "tjansteproducent" in relations:
            # cooperation's file states the producer that a URL alone leaves ambiguous.
            producer = reader.components.get(relations["tjansteproducent"])
            if producer is None:
                reader.lost(name, row, "tjansteproducent", relations["tjansteproducent"])
                continue
            profile = reader.profiles.get(relations.get("rivtaProfil"), "")
            address = _Address(address.url, producer.raw, profile)
        if addressee and contract:
            url, producer_id, profile, others = address
            days = reader.dates(name, row)
            route = Route(addressee.raw, contract.raw, producer_id, url, profile, *days, others)
            if reader.has_ended(route):
                continue
            found.setdefault((addressee.key, contract.key), []).append(route)
    for routes in found.values():
        if len(routes) > 1:
            routes.sort(key=lambda route: (route.since, route.until))


def _addressee_and_contract(
    reader: _Reader, name: str, row: Row, relations: Row
) -> tuple[_Object | None, _Object | None]:
    """Resolve the two references that routes and authorizations share."""
    # Both spellings occur in each list, depending on the exporting program.
    reference = relations.get("logiskAdress", relations.get("logiskadress"))
    addressee = reader.addressees.get(reference)
    if addressee is None:
        reader.lost(name, row, "logiskadress", reference)
    contract = reader.contracts.get(relations.get("tjanstekontrakt"))
    if contract is None:
        reader.lost(name, row, "tjanstekontrakt", relations.get("tjanstekontrakt"))
    return addressee, contract
