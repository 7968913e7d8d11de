"""A TAK export in the form of takdump (TakExport): a small catalogue that touches the right sample.

Source of the form: skltp/tak, takdump. Numeric ids, nine lists, times of rows at local midnight, and no
platform: the file's name tells it.
"""

import json
from collections.abc import Iterable
from typing import Any

import parties
from parties import CERTIFICATE, PROD

NAME = "takdump_ntjp_prod.json"

_VERSION = "118"
_OLD_PROXY = ("SE162321000156-A01", "Landstinget i Värmland -- Gamla proxyn ")
_STANDARD = ("SE5565594230-AGT1", "Inera AB -- Aggregerande tjänst")
_OLD_URL = "https://tph1.liv.sjunet.org:50001/FormStatusUpdate/3_0/rivtabp21\r\n"
_STANDARD_URL = "https://agt.ntjp.intygstjanster.se/services/status/v3.0"
_WEBCERT_URLS = {
    parties.CREATE: "https://webcert.ntjp.intygstjanster.se/services/create-draft-certificate/v3.0",
    parties.LIST: "https://webcert.ntjp.intygstjanster.se/services/list-certificates-for-care-with-qa/v3.0",
}

#: Routes last a hundred years from the day that they were ordered.
_SINCE, _UNTIL = "2021-03-15T00:00:00+0100", "2121-03-15T00:00:00+0100"
_ENDED = "2023-12-31T00:00:00+0100"


class Export:
    """The nine lists, and the ids of what is in them by what people call it."""

    def __init__(self) -> None:
        names = ("rivtaprofil", "tjanstekontrakt", "logiskadress", "tjanstekomponent", "anropsadress")
        rest = ("anropsbehorighet", "vagval", "filter", "filtercategorization")
        self.data: dict[str, list[dict[str, Any]]] = {name: [] for name in (*names, *rest)}
        self.ids: dict[tuple[str, str], int] = {}

    def add(self, kind: str, name: str, **fields: Any) -> int:
        """Add a row, and return its id, which counts up within the list."""
        number = 101 + len(self.data[kind])
        self.data[kind].append({"id": number, **fields})
        self.ids[kind, name] = number
        return number

    def route(self, addressee: str, contract: str, url: str, until: str = _UNTIL) -> None:
        """Add a route (vägval)."""
        relations = {
            "anropsadress": self.ids["anropsadress", url],
            "logiskadress": self.ids["logiskadress", addressee],
            "tjanstekontrakt": self.ids["tjanstekontrakt", contract],
        }
        times = {"fromTidpunkt": _SINCE, "tomTidpunkt": until}
        self.add("vagval", f"{addressee} {contract}", **times, pubversion=_VERSION, relationships=relations)

    def allow(self, addressee: str, contract: str, consumer: str) -> None:
        """Add an authorization (anropsbehörighet); takdump leaves its pubversion null."""
        relations = {
            "logiskAdress": self.ids["logiskadress", addressee],
            "tjanstekonsument": self.ids["tjanstekomponent", consumer],
            "tjanstekontrakt": self.ids["tjanstekontrakt", contract],
        }
        self.add(
            "anropsbehorighet",
            f"{addressee} {contract} {consumer}",
            integrationsavtal="AUTOTAKNING",
            fromTidpunkt=_SINCE,
            tomTidpunkt=_UNTIL,
            pubversion=None,
            relationships=relations,
        )


def make_export() -> bytes:
    """Return the export's bytes: ASCII, all else escaped, as takdump writes."""
    export = Export()
    _add_parties(export)
    _add_addressees(export)
    _add_routes(export)
    head = {
        "formatVersion": "1",
        "version": _VERSION,
        "tidpunkt": "2026-11-20T05:00:02Z",
        "tidpunkt_version": "2026-11-18T09:12:44Z",
        "utforare": "TakExport script",
        "kommentar": f"Export av TAK-version {_VERSION}. Påhittat innehåll.",
    }
    return json.dumps({**head, "data": export.data}, indent=1).encode("ascii") + b"\n"


def _add_parties(export: Export) -> None:
    for profile in ("RIVTABP20", "RIVTABP21"):
        export.add(
            "rivtaprofil",
            profile,
            namn=profile,
            beskrivning=f"RIV TA BP {profile[-2]}.{profile[-1]}",
            pubversion="1",
        )
    for title in (parties.CREATE, parties.LIST, parties.STATUS, parties.MESSAGE):
        name, _, major = title.partition(" v")
        export.add(
            "tjanstekontrakt",
            title,
            namnrymd=f"{CERTIFICATE}:{name}Responder:{major}",
            beskrivning=title,
            majorVersion=int(major),
            minorVersion=0,
            pubversion="7",
        )
    for hsa_id, name in (PROD.proxy, PROD.webcert, PROD.certificates, _OLD_PROXY, _STANDARD):
        export.add("tjanstekomponent", hsa_id, hsaId=hsa_id, beskrivning=name, pubversion=_VERSION)
    addresses = (
        (PROD.status_url, PROD.proxy),
        (PROD.message_url, PROD.webcert),
        *((url, PROD.webcert) for url in _WEBCERT_URLS.values()),
        (_OLD_URL, _OLD_PROXY),
        (_STANDARD_URL, _STANDARD),
    )
    for url, (producer, _) in addresses:
        relations = {
            "rivtaprofil": export.ids["rivtaprofil", "RIVTABP21"],
            "tjanstekomponent": export.ids["tjanstekomponent", producer],
        }
        export.add("anropsadress", url, adress=url, pubversion=_VERSION, relationships=relations)


def _addressees() -> Iterable[tuple[str, str, str]]:
    """Yield what the samples call an addressee, and its HSA-ID and name in the catalogue, dirt and all."""
    first, second, third, fourth, fifth, sixth, *_ = PROD.units
    yield "*", "*", "Standardadress"
    yield parties.WEBCERT_ADDRESS[0], *parties.WEBCERT_ADDRESS
    yield first[0], *first
    yield second[0], *second
    yield third[0], third[0], "Kvarnängens vårdcentral"
    yield fourth[0], *fourth
    yield fifth[0], f"{fifth[0]}\u2028", f"{fifth[1]} "
    yield sixth[0], sixth[0].lower(), sixth[1]
    yield "other", "SE2321000156-0ZZ9", "Nedlagda mottagningen"


def _add_addressees(export: Export) -> None:
    for name, hsa_id, description in _addressees():
        export.add("logiskadress", name, hsaId=hsa_id, beskrivning=description, pubversion=_VERSION)


def _add_routes(export: Export) -> None:
    first, second, third, fourth, fifth, *_ = (hsa_id for hsa_id, _ in PROD.units)
    webcert, certificates = PROD.webcert[0], PROD.certificates[0]
    # What every region calls: Webcert itself.
    for contract, url in _WEBCERT_URLS.items():
        export.route(parties.WEBCERT_ADDRESS[0], contract, url)
    # There already, both ways.
    for unit in (first, second):
        export.route(unit, parties.STATUS, PROD.status_url)
        export.allow(unit, parties.STATUS, webcert)
        export.route(unit, parties.MESSAGE, PROD.message_url)
        export.allow(unit, parties.MESSAGE, certificates)
    # There, under another name.
    export.route(third, parties.STATUS, PROD.status_url)
    export.allow(third, parties.STATUS, webcert)
    # Routed to another producer, at an address that ends in a line break.
    export.route(fourth, parties.STATUS, _OLD_URL)
    export.allow(fourth, parties.STATUS, webcert)
    # An authorization without a route of its own; the id ends in an invisible character.
    export.allow(fifth, parties.MESSAGE, certificates)
    # A standard route serves all that have none of their own, and a route that ended long ago.
    export.route("*", parties.STATUS, _STANDARD_URL)
    export.route("other", parties.STATUS, _OLD_URL, until=_ENDED)
    filtered = export.data["anropsbehorighet"][0]["id"]
    relation = {"anropsbehorighet": filtered}
    number = export.add(
        "filter", "filter", servicedomain="Intyg", pubversion=_VERSION, relationships=relation
    )
    export.add(
        "filtercategorization",
        "category",
        category="Vård",
        pubversion=_VERSION,
        relationships={"filter": number},
    )
