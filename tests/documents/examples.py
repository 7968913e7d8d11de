"""Checked workbooks and orders made by hand, to test the writers without reading."""

from datetime import date, datetime
from pathlib import Path

from tests.support.checked import make_checked
from tests.support.rows import one_row
from underlag.checked import Checked
from underlag.findings import Finding, Severity
from underlag.options import STOCKHOLM, Options
from underlag.orders.order import Address, Addressee, Order, Party
from underlag.profiles import profiles
from underlag.text.file_names import ascii_stem
from underlag.workbook import Contact, Entry, Field, OrderDetails, Source, Underlag

PROFILE = profiles()["intygstjanster"]
NOW = datetime(2027, 2, 15, 12, 30, tzinfo=STOCKHOLM)
NAME = "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx"
REGION_SYSTEM = Party("SE162321000156-4H4F", "Landstinget i Värmland -- Cosmic")
PROXY = Party("SE162321000156-B3K", "Landstinget i Värmland -- Proxy")
WEBCERT = Party("SE5565594230-B8N", "Inera AB -- Intygstjänster -- Webcert", fixed=True)
SERVICE = Party("SE5565594230-B31", "Inera AB -- Intygstjänster -- Intygstjänsten och Mina Intyg", fixed=True)
URL = "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21"


def given(text: str) -> Field:
    """A detail that an order file states."""
    return Field(text, "bestallning.toml", 0, 0)


def contact(name: str, phone: str = "070-174 06 05") -> Contact:
    """A complete contact on example.se."""
    email = ascii_stem(name).lower().replace("-", ".") + "@example.se"
    return Contact(
        given(name), given(email), given(phone), given("SE2321000156-10AB"), given("Systemförvaltare")
    )


DETAILS = OrderDetails(
    environment=given("PROD"),
    region=given("LiV"),
    date=given("2027-03-01"),
    case_number=given("TSK-12518"),
    orderer=contact("Berit Beställare"),
    main_contact=contact("Helge Huvud"),
    technical_contact=contact("Tekla Tekniker"),
    support=contact("Stöd Grupp"),
)


def units(number: int, *, start: int = 0) -> tuple[Addressee, ...]:
    return tuple(
        Addressee(f"SE162321000156-{i:05X}", f"Vårdenhet {i} & Söner") for i in range(start, start + number)
    )


def order(
    number: int = 1,
    *,
    flow: str = "webcert-vardsystem",
    addressees: tuple[Addressee, ...] | None = None,
    action: str = "add",
    details: OrderDetails = DETAILS,
    bulk: bool | None = None,
    component: Party | None = None,
    url: str | None = None,
    total: int = 3,
    remark: str = "Förstudie TSK-12518.\nDetta är den andra av tre beställningar.",
) -> Order:
    """An order of the profile's flow, as `make_orders` would build it."""
    spec = next(f for f in PROFILE.flows if f.key == flow)
    consumer = spec.order == "consumer"
    parts = {
        "vardsystem-webcert": (
            REGION_SYSTEM,
            "",
            (REGION_SYSTEM,),
            (Addressee("5565594230-WEBCERT", "Inera - Webcert"),),
        ),
        "webcert-vardsystem": (PROXY, URL, (WEBCERT,), units(3)),
        "intygstjansten-webcert": (
            WEBCERT,
            "https://webcert.ntjp.intygstjanster.se/services/send-message-to-care/v2.0",
            (SERVICE,),
            units(3),
        ),
    }[flow]
    addressees = parts[3] if addressees is None else addressees
    day = details.date
    return Order(
        number=number,
        total=total,
        kind=spec.order,
        action=action,
        flow=spec,
        environment=PROFILE.environments[0],
        component=component or parts[0],
        contracts=PROFILE.flow_contracts(spec),
        addresses=()
        if consumer
        else (Address(parts[1] if url is None else url, "RIVTABP21"),) * len(spec.contracts),
        addressees=addressees,
        consumers=parts[2],
        day=date.fromisoformat(day.text) if day else None,
        details=details,
        remark=remark,
        bulk=len(addressees) >= PROFILE.bulk_from if bulk is None else bulk,
    )


def three_orders(number: int = 3, **changes) -> list[Order]:
    """The ordinary three orders, with a number of care units."""
    return [
        order(1, flow="vardsystem-webcert", **changes),
        order(2, addressees=units(number), **changes),
        order(3, flow="intygstjansten-webcert", addressees=units(number), **changes),
    ]


def some_finding(code: str = "HSA003", severity: Severity = Severity.ERROR, **changes) -> Finding:
    parts = {
        "code": code,
        "severity": severity,
        "sheet": "Webcert -> Vårdsystem",
        "cell": "C7",
        "value": "SE162321000165-4HVT",
        "message": "Organisationsnumret har fel kontrollsiffra.",
        "suggestion": "Jämför med HSA-katalogen.",
        "row": 7,
        "column": 3,
    }
    return Finding(**{**parts, **changes})


def checked(
    findings: list[Finding] | None = None,
    *,
    name: str = NAME,
    content: bytes = b"PK not really a workbook",
    details: OrderDetails = DETAILS,
    blocked: bool = False,
    **options,
) -> Checked:
    source = Source(name, "xlsx", content)
    underlag = Underlag(source, PROFILE, details)
    return make_checked(underlag, Options(now=NOW, **options), findings or [], blocked=blocked)


def entry(row: int, sheet: str = "Webcert -> Vårdsystem") -> Entry:
    return one_row(
        sheet,
        row,
        contract=Field("CertificateStatusUpdateForCare v3", sheet, row, 5),
        addressee=Field(f"SE162321000156-{row:05X}", sheet, row, 6),
        addressee_name=Field(f"Vårdenhet {row}", sheet, row, 7),
    )


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }
