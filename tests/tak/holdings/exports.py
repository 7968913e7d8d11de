"""A small TAK in the format of each kind of export, and workbooks to compare with it."""

import gzip
import io
import json
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.checked import make_checked
from tests.support.rows import entries_of, one_row
from underlag.checked import Checked
from underlag.options import Options
from underlag.profiles import profiles
from underlag.workbook import Field, Flow, OrderDetails, Source, Underlag

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2027, 2, 1, 9, tzinfo=STOCKHOLM)
DAY = date(2027, 3, 1)

STATUS = "urn:riv:clinicalprocess:healthcond:certificate:CertificateStatusUpdateForCareResponder:3"
MESSAGE = "urn:riv:clinicalprocess:healthcond:certificate:SendMessageToCareResponder:2"
DRAFT = "urn:riv:clinicalprocess:healthcond:certificate:CreateDraftCertificateResponder:3"

WEBCERT = "SE5565594230-B8N"
IT = "SE5565594230-B31"
PROXY = "SE162321000156-B3K"
OTHER = "SE162321000156-B99"
COSMIC = "SE162321000156-4H4F"
SYSTEM = "5565594230-WEBCERT"
UNIT = "SE162321000156-4HVT"
UNIT2 = "SE162321000156-4HVV"
URL = "https://tph2.liv.sjunet.org:50001/status/3_0/rivtabp21"
OTHER_URL = "https://annan.sjunet.org/status/3_0/rivtabp21"


@dataclass
class Tak:
    """A TAK's content; `routes` are (addressee, contract, producer, url, profile, from, to)."""

    addressees: list[tuple[str, str]] = field(default_factory=list)
    components: list[tuple[str, str]] = field(default_factory=list)
    contracts: list[str] = field(default_factory=lambda: [STATUS, MESSAGE, DRAFT])
    routes: list[tuple[str, str, str, str, str, date, date]] = field(default_factory=list)
    authorizations: list[tuple[str, str, str, date, date]] = field(default_factory=list)

    def route(
        self,
        addressee: str = UNIT,
        contract: str = STATUS,
        producer: str = PROXY,
        url: str = URL,
        *,
        profile: str = "RIVTABP21",
        since: date = date(2014, 8, 13),
        until: date = date(2114, 8, 13),
    ) -> "Tak":
        self._know(addressee, producer)
        self.routes.append((addressee, contract, producer, url, profile, since, until))
        return self

    def authorize(
        self,
        addressee: str = UNIT,
        contract: str = STATUS,
        consumer: str = WEBCERT,
        *,
        since: date = date(2014, 8, 13),
        until: date = date(2114, 8, 13),
    ) -> "Tak":
        self._know(addressee, consumer)
        self.authorizations.append((addressee, contract, consumer, since, until))
        return self

    def unit(self, hsa_id: str, name: str) -> "Tak":
        self.addressees = [a for a in self.addressees if a[0] != hsa_id] + [(hsa_id, name)]
        return self

    def _know(self, addressee: str, component: str) -> None:
        if addressee not in [a[0] for a in self.addressees]:
            self.addressees.append((addressee, f"Enheten {addressee[-4:]}"))
        if component not in [c[0] for c in self.components]:
            self.components.append((component, f"System {component[-3:]}"))


def sample() -> Tak:
    """A TAK with one connected unit, one of another producer, and the systems."""
    tak = Tak().route().authorize().route(UNIT2, producer=OTHER, url=OTHER_URL).authorize(UNIT2)
    tak.route(SYSTEM, DRAFT, WEBCERT, "https://webcert.example.se/v3").authorize(SYSTEM, DRAFT, COSMIC)
    return tak.unit(UNIT, "Tolkcentralen Värmland").unit(UNIT2, "Vårdcentralen Rud")


def _moment(day: date, *, utc: bool) -> str:
    local = datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM)
    return (local.astimezone(ZoneInfo("UTC")) if utc else local).strftime("%Y-%m-%dT%H:%M:%S%z")


def blob(
    tak: Tak, *, utc: bool = False, consumer_key: str = "tjanstekomponent", pubversion: str = "64"
) -> dict[str, Any]:
    """A PubVersion file of tak-web: relations by id."""
    las = {hsa: 100 + n for n, (hsa, _) in enumerate(tak.addressees)}
    parts = {hsa: 200 + n for n, (hsa, _) in enumerate(tak.components)}
    tks = {name: 300 + n for n, name in enumerate(tak.contracts)}
    rps = {"RIVTABP20": 4, "RIVTABP21": 5}
    places = list(
        dict.fromkeys((url, profile, producer) for _, _, producer, url, profile, _, _ in tak.routes)
    )
    aas = {place: 400 + n for n, place in enumerate(places)}
    pv = {"pubversion": pubversion}
    return {
        "formatVersion": "1",
        "version": pubversion,
        "tidpunkt": "2027-01-25T10:00:00+0100",
        "utforare": "tove",
        "kommentar": "",
        "data": {
            "rivtaprofil": [{"id": n, "namn": name, "beskrivning": name, **pv} for name, n in rps.items()],
            "tjanstekontrakt": [
                {
                    "id": n,
                    "namnrymd": name,
                    "beskrivning": name.split(":")[-2],
                    "majorVersion": int(name.rsplit(":", 1)[1]),
                    "minorVersion": 0,
                    **pv,
                }
                for name, n in tks.items()
            ],
            "logiskadress": [{"id": las[h], "hsaId": h, "beskrivning": b, **pv} for h, b in tak.addressees],
            "tjanstekomponent": [
                {"id": parts[h], "hsaId": h, "beskrivning": b, **pv} for h, b in tak.components
            ],
            "anropsadress": [
                {
                    "id": n,
                    "adress": url,
                    **pv,
                    "relationships": {"rivtaprofil": rps[profile], "tjanstekomponent": parts[producer]},
                }
                for (url, profile, producer), n in aas.items()
            ],
            "anropsbehorighet": [
                {
                    "id": 500 + n,
                    "integrationsavtal": "AUTOTAKNING",
                    "fromTidpunkt": _moment(since, utc=utc),
                    "tomTidpunkt": _moment(until, utc=utc),
                    **pv,
                    "relationships": {
                        "logiskAdress": las[la],
                        consumer_key: parts[consumer],
                        "tjanstekontrakt": tks[tk],
                    },
                }
                for n, (la, tk, consumer, since, until) in enumerate(tak.authorizations)
            ],
            "vagval": [
                {
                    "id": 600 + n,
                    "fromTidpunkt": _moment(since, utc=utc),
                    "tomTidpunkt": _moment(until, utc=utc),
                    **pv,
                    "relationships": {
                        "anropsadress": aas[url, profile, producer],
                        "logiskadress": las[la],
                        "tjanstekontrakt": tks[tk],
                    },
                }
                for n, (la, tk, producer, url, profile, since, until) in enumerate(tak.routes)
            ],
            "filter": [],
            "filtercategorization": [],
        },
    }


def dump(tak: Tak) -> dict[str, Any]:
    """A takdump of the present script: as the PubVersion, with UTC stamps in the header and `tjanstekonsument`."""
    made = blob(tak, consumer_key="tjanstekonsument")
    for row in made["data"]["anropsbehorighet"]:
        row["pubversion"] = None
    header = {
        "tidpunkt": "2027-01-25T09:00:00Z",
        "tidpunkt_version": "2027-01-24T09:00:00Z",
        "utforare": "TakExport script",
    }
    return {**made, **header}


def old_dump(tak: Tak) -> dict[str, Any]:
    """A takdump of the old script: dates in UTC, deleted rows among the others."""
    made = blob(tak, utc=True, consumer_key="tjanstekonsument", pubversion="0")
    return {**made, "tidpunkt": "2027-01-25T09:00:00Z", "utforare": "TakExport script"}


def export_tak_data(tak: Tak) -> dict[str, Any]:
    """The answer of tak-services: relations by business key, numbers as numbers."""
    made = _by_business_key(blob(tak, consumer_key="tjanstekonsument"))
    for row in made["data"]["vagval"]:
        row["relationships"]["logiskAdress"] = row["relationships"].pop("logiskadress")
    return {**made, "formatVersion": 1, "version": 64}


def cooperation(tak: Tak) -> dict[str, Any]:
    """cooperation's transformed file: business keys, producer and profile on each route, components in two lists."""
    source = blob(tak, consumer_key="tjanstekonsument")
    made = _by_business_key(source)
    data = made["data"]
    components = data.pop("tjanstekomponent")
    consumers = {row["relationships"]["tjanstekonsument"] for row in data["anropsbehorighet"]}
    producers = {row["relationships"]["tjanstekomponent"] for row in data["anropsadress"]}
    data["tjanstekonsument"] = [row for row in components if row["hsaId"] in consumers]
    data["tjansteproducent"] = [row for row in components if row["hsaId"] in producers]
    for row, (_, _, producer, _, profile, _, _) in zip(data["vagval"], tak.routes, strict=True):
        row["relationships"] |= {"tjansteproducent": producer, "rivtaProfil": profile}
    return {**made, "utforare": "TakExport script"}


def _by_business_key(made: dict[str, Any]) -> dict[str, Any]:
    data = made["data"]
    names = {}
    for name, key in (
        ("rivtaprofil", "namn"),
        ("tjanstekontrakt", "namnrymd"),
        ("logiskadress", "hsaId"),
        ("tjanstekomponent", "hsaId"),
        ("anropsadress", "adress"),
    ):
        names |= {row["id"]: row[key] for row in data[name]}
    for name in ("anropsadress", "anropsbehorighet", "vagval"):
        for row in data[name]:
            row["relationships"] = {key: names[value] for key, value in row["relationships"].items()}
    return made


VARIANTS = {
    "blob": blob,
    "dump": dump,
    "old_dump": old_dump,
    "export_tak_data": export_tak_data,
    "cooperation": cooperation,
}


def as_bytes(content: Any, *, ascii_only: bool = False) -> bytes:
    return json.dumps(content, ensure_ascii=ascii_only, indent=2).encode()


def zipped(content: bytes, name: str = "takdump_ntjp_prod.json") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def gzipped(content: bytes) -> bytes:
    return gzip.compress(content)


def text(value: str, row: int, column: int, sheet: str) -> Field:
    return Field(value, sheet, row, column)


def producer_rows(
    *units: tuple[str, str],
    producer: str = PROXY,
    url: str = URL,
    consumer: str | None = WEBCERT,
    action: str | None = None,
) -> Flow:
    """Sheet Webcert -> Vårdsystem, a row per unit (HSA-ID, name), from row 2."""
    spec = next(f for f in profiles()["intygstjanster"].flows if f.key == "webcert-vardsystem")
    sheet = spec.title
    entries = [
        one_row(
            sheet,
            row,
            contract=text("CertificateStatusUpdateForCare v3", 2, 5, sheet),
            producer=text(producer, 2, 1, sheet),
            url=text(url, 2, 3, sheet),
            consumer=None if consumer is None else text(consumer, 2, 4, sheet),
            addressee=text(hsa_id, row, 6, sheet),
            addressee_name=text(name, row, 7, sheet),
            action=None if action is None else text(action, row, 8, sheet),
        )
        for row, (hsa_id, name) in enumerate(units, 2)
    ]
    return Flow(spec, sheet, entries_of(entries))


def message_rows(*units: tuple[str, str]) -> Flow:
    """Sheet Intygstjänsten -> Webcert, a row per unit (HSA-ID, name), from row 2."""
    spec = next(f for f in profiles()["intygstjanster"].flows if f.key == "intygstjansten-webcert")
    sheet = spec.title
    entries = [
        one_row(
            sheet,
            row,
            contract=text("SendMessageToCare v2", 2, 5, sheet),
            producer=text(WEBCERT, 2, 1, sheet),
            url=text("https://webcert.example.se/send-message-to-care/v2.0", 2, 3, sheet),
            consumer=text(IT, 2, 4, sheet),
            addressee=text(hsa_id, row, 6, sheet),
            addressee_name=text(name, row, 7, sheet),
        )
        for row, (hsa_id, name) in enumerate(units, 2)
    ]
    return Flow(spec, sheet, entries_of(entries))


def consumer_rows(consumer: str = COSMIC, addressee: str = SYSTEM, *, action: str | None = None) -> Flow:
    """Sheet Vårdsystem -> Webcert, one row; the addressee is the profile's own and in no cell."""
    spec = next(f for f in profiles()["intygstjanster"].flows if f.key == "vardsystem-webcert")
    sheet = spec.title
    entry = one_row(
        sheet,
        2,
        contract=text("CreateDraftCertificate v3", 2, 3, sheet),
        consumer=text(consumer, 2, 1, sheet),
        addressee=Field(addressee, "profilen", 0, 0),
        addressee_name=Field("Inera - Webcert", "profilen", 0, 0),
        action=None if action is None else text(action, 2, 8, sheet),
    )
    return Flow(spec, sheet, entries_of([entry]))


def checked(*flows: Flow, environment: str = "PROD", day: str = "2027-03-01", **options: Any) -> Checked:
    """A workbook without errors."""
    details = OrderDetails(
        environment=Field(environment, "filnamnet", 0, 0), date=Field(day, "--datum", 0, 0)
    )
    underlag = Underlag(
        Source("underlag.xlsx", "xlsx", b""), profiles()["intygstjanster"], details, list(flows)
    )
    asked = replace(Options(now=NOW), **options)
    return make_checked(underlag, asked)


def day_after(day: date, days: int = 1) -> date:
    return day + timedelta(days=days)
