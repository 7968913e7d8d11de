"""Checked workbooks and orders made by hand, for page and terminal without reading a file."""

from datetime import date, datetime

from tests.support.checked import make_checked
from tests.support.rows import entries_of, one_row
from underlag.checked import LeftOut
from underlag.column_letters import column_letters
from underlag.documents.package_names import FileEntry
from underlag.findings import Finding, Severity, kind
from underlag.options import STOCKHOLM, Options
from underlag.orders.order import Address, Addressee, Order, Party
from underlag.package.files import described
from underlag.profiles import profiles
from underlag.workbook import Contact, Field, Flow, OrderDetails, Source, Underlag

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=STOCKHOLM)
NAME = "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx"
CARE = "Webcert -> Vårdsystem"
URL = "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21"


def made_finding(
    code="HSA003",
    at="C7",
    *,
    sheet=CARE,
    value="SE162321000165-4HVT",
    message=None,
    suggestion=None,
    severity=None,
):
    """Return a finding of a kind at a cell such as C7, '' for none."""
    the_kind = kind(code)
    column = next((n for n in range(1, 60) if at and column_letters(n) == at.rstrip("0123456789")), 0)
    row = int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) if at else 0
    return Finding(
        code,
        severity or the_kind.severity,
        sheet,
        at,
        value,
        f"Organisationsnumret i {value} har fel kontrollsiffra." if message is None else message,
        the_kind.mend if suggestion is None else suggestion,
        row,
        column,
    )


def units(count):
    """Return a number of care units."""
    return tuple(Addressee(f"SE162321000156-{n:04X}", f"Vårdcentralen {n}") for n in range(1, count + 1))


def details(**given):
    """Return order details with a day and a case number; `given` adds or replaces."""
    stated = {
        "environment": Field("PROD", NAME, 0, 0),
        "region": Field("LiV", NAME, 0, 0),
        "date": Field("2027-03-01", "Beställning", 3, 2),
        "case_number": Field("TSK-12518", "Beställning", 4, 2),
        "orderer": Contact(
            name=Field("Kim Beställare", "Beställning", 5, 2),
            email=Field("kim.bestallare@example.se", "Beställning", 6, 2),
            phone=Field("070-174 06 05", "Beställning", 7, 2),
        ),
    }
    return OrderDetails(**(stated | given))


def made_flows(count=3):
    """Return the three directions of traffic with a number of care units."""
    profile = profiles()["intygstjanster"]
    first, second, third = profile.flows
    care = units(count)

    def entry(sheet, row, consumer, producer, contract, addressee):  # noqa: PLR0917 - a row has that many parts
        return one_row(
            sheet,
            row,
            contract=Field(contract, sheet, row, 1),
            consumer=Field(consumer[0], sheet, row, 2),
            consumer_name=Field(consumer[1], sheet, row, 3),
            producer=Field(producer[0], sheet, row, 4) if producer else None,
            producer_name=Field(producer[1], sheet, row, 5) if producer else None,
            addressee=Field(addressee[0], sheet, row, 6),
            addressee_name=Field(addressee[1], sheet, row, 7),
        )

    return [
        Flow(
            first,
            first.title,
            entries_of(
                [
                    entry(
                        first.title,
                        5,
                        COSMIC,
                        None,
                        "CreateDraftCertificate v3",
                        ("5565594230-WEBCERT", "Inera - Webcert"),
                    )
                ]
            ),
        ),
        Flow(
            second,
            CARE,
            entries_of(
                [
                    entry(CARE, 5 + n, WEBCERT, PROXY, "CertificateStatusUpdateForCare v3", a)
                    for n, a in enumerate(care)
                ]
            ),
        ),
        Flow(
            third,
            third.title,
            entries_of(
                [
                    entry(third.title, 5 + n, INTYG, WEBCERT, "SendMessageToCare v2", a)
                    for n, a in enumerate(care)
                ]
            ),
        ),
    ]


COSMIC = Party("SE162321000156-4H4F", "Landstinget i Värmland -- Cosmic")
PROXY = Party("SE162321000156-B3K", "Landstinget i Värmland -- Proxy")
WEBCERT = Party("SE5565594230-B8N", "Inera AB -- Intygstjänster -- Webcert", fixed=True)
INTYG = Party("SE5565594230-B31", "Inera AB -- Intygstjänster -- Intygstjänsten och Mina Intyg", fixed=True)


def made(findings=(), *, flows=None, name=NAME, order_details=None, options=None, left_out=(), blocked=None):
    """Return a checked workbook with these findings; errors block unless faulty rows are left out."""
    profile = profiles()["intygstjanster"]
    flows = made_flows() if flows is None else flows
    options = options or Options(now=NOW)
    underlag = Underlag(Source(name, "xlsx", b""), profile, order_details or details(), flows)
    if blocked is None:
        blocked = not options.skip_faulty and any(f.severity is Severity.ERROR for f in findings)
    return make_checked(underlag, options, findings, left_out=left_out, blocked=blocked)


def made_with_left_out():
    """Return a workbook of which one row of the second direction is left out."""
    flows = made_flows(4)
    faulty = flows[1].entries[2]
    found = made_finding(at="F7")
    return made(
        [found],
        flows=flows,
        options=Options(skip_faulty=True, now=NOW),
        left_out=[LeftOut(flows[1].spec.key, faulty, [found])],
    )


def made_orders(count=3, *, order_details=None, **changed):
    """Return the ordinary three orders; `changed` replaces parts of each."""
    profile = profiles()["intygstjanster"]
    environment = profile.environments[0]
    stated = order_details or details()
    day = date.fromisoformat(stated.date.text) if stated.date else None
    contracts = {c.title: c for c in profile.contracts}

    def order(number, flow, component, titles, url, addressees, consumers):  # noqa: PLR0917 - as above
        made_order = Order(
            number,
            3,
            flow.order,
            "add",
            flow,
            environment,
            component,
            tuple(contracts[t] for t in titles),
            (Address(url, "RIVTABP21"),) * len(titles) if url else (),
            addressees,
            consumers,
            day,
            stated,
            "",
            count >= profile.bulk_from and flow.order == "producer",
        )
        return made_order._replace(**changed)

    first, second, third = profile.flows
    webcert_url = "https://webcert.ntjp.intygstjanster.se/services/send-message-to-care/v2.0"
    return [
        order(
            1,
            first,
            COSMIC,
            ("CreateDraftCertificate v3", "ListCertificatesForCareWithQA v3"),
            "",
            (Addressee("5565594230-WEBCERT", "Inera - Webcert"),),
            (COSMIC,),
        ),
        order(2, second, PROXY, ("CertificateStatusUpdateForCare v3",), URL, units(count), (WEBCERT,)),
        order(3, third, WEBCERT, ("SendMessageToCare v2",), webcert_url, units(count), (INTYG,)),
    ]


def listed_files(sizes):
    """Return files of a package with their sizes, as the report page receives them."""
    return described(FileEntry(name, "", size) for name, size in sizes.items())


#: The files of an ordinary package, with sizes.
FILES = listed_files(
    {
        "rapport.json": 5120,
        "bestallning-1-konsument.html": 14000,
        "bestallning-1-konsument.txt": 2100,
        "bestallning-2-producent.html": 24000,
        "bestallning-2-producent.txt": 4100,
        "bestallning-3-producent.html": 24000,
        "bestallning-3-producent.txt": 4100,
        "tak/bestallning-1.json": 1500,
        "tak/bestallning-2.json": 2500,
        "tak/bestallning-3.json": 2500,
        "tak/aterstall-1.json": 800,
        "tak/aterstall-2.json": 900,
        "tak/aterstall-3.json": 900,
        "kundservice/logiska-adressater.csv": 700,
        "kundservice/logiska-adressater.xlsx": 9000,
        "kundservice/mejl.eml": 48000,
    }
)
