"""The invented region of the samples: its systems, care units and people, in production and in test.

Identifiers of the systems are the example of Inera, "Lathund beställning av TAKning Intygstjänster" 0.91.
Units and people are invented; telephone numbers are of the series that PTS keeps for fiction.
"""

from dataclasses import dataclass

from workbook_layout import Form, Table, Value

CERTIFICATE = "urn:riv:clinicalprocess:healthcond:certificate"

CREATE = "CreateDraftCertificate v3"
LIST = "ListCertificatesForCareWithQA v3"
STATUS = "CertificateStatusUpdateForCare v3"
MESSAGE = "SendMessageToCare v2"

#: Names of the three sheets, in the order of the workbook.
CONSUMER_SHEET = "Vårdsystem -> Webcert"
STATUS_SHEET = "Webcert -> Vårdsystem"
MESSAGE_SHEET = "Intygstjänsten -> Webcert"
ORDER_SHEET = "Beställning"


@dataclass(frozen=True)
class Environment:
    """The systems of an environment: (HSA-ID, name) of each, and the two addresses."""

    key: str
    journal: tuple[str, str]
    proxy: tuple[str, str]
    webcert: tuple[str, str]
    certificates: tuple[str, str]
    status_url: str
    message_url: str
    units: tuple[tuple[str, str], ...]


PROD = Environment(
    "PROD",
    ("SE162321000156-4H4F", "Landstinget i Värmland -- Cosmic"),
    ("SE162321000156-B3K", "Landstinget i Värmland -- Proxy"),
    ("SE5565594230-B8N", "Inera AB -- Intygstjänster -- Webcert"),
    ("SE5565594230-B31", "Inera AB -- Intygstjänster -- Intygstjänsten och Mina Intyg"),
    "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21",
    "https://webcert.ntjp.intygstjanster.se/services/send-message-to-care/v2.0",
    (
        ("SE162321000156-4HVT", "Tolkcentralen Värmland"),
        ("SE162321000156-4HVV", "Vårdcentralen Granliden"),
        ("SE162321000156-4HVX", "Vårdcentralen Kvarnängen"),
        ("SE162321000156-4HW0", "Vårdcentralen Norrsund"),
        ("SE162321000156-4HW2", "Vårdcentralen Älvbrinken"),
        ("SE162321000156-4HW5", "Barnmottagningen Björkhaga"),
        ("SE162321000156-4HW8", "Ögonmottagningen Sörby sjukhus"),
        ("SE162321000156-4HWC", "Medicinkliniken Sörby sjukhus"),
        ("SE162321000156-4HWF", "Ortopedkliniken Sörby sjukhus"),
        ("SE2321000156-10KR", "Psykiatriska öppenvården Åsen"),
        ("SE2321000156-10KT", "Habiliteringen Lillstrand"),
        ("SE2321000156-10L1", "Företagshälsan Hammaren"),
    ),
)

QA = Environment(
    "QA",
    ("TSTNMT2321000156-C01", "Landstinget i Värmland -- Cosmic (test)"),
    ("TSTNMT2321000156-B02", "Landstinget i Värmland -- Proxy (test)"),
    ("TSTNMT5565594230-WC1", "Inera AB -- Intygstjänster -- Webcert (test)"),
    ("TSTNMT5565594230-IT1", "Inera AB -- Intygstjänster -- Intygstjänsten (test)"),
    "https://tph2.qa.liv.example.se:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21",
    "https://webcert.qa.intyg.example.se/services/send-message-to-care/v2.0",
    (
        ("TSTNMT2321000156-10A1", "Vårdcentralen Testliden"),
        ("TSTNMT2321000156-10A2", "Vårdcentralen Provängen"),
        ("TSTNMT2321000156-10A3", "Barnmottagningen Prövhaga"),
    ),
)

WEBCERT_ADDRESS = ("5565594230-WEBCERT", "Inera - Webcert")

_CONSUMER_HEADERS = (
    ("Konsument (HSAID)", 24),
    ("Konsument (namn)", 34),
    ("Tjänstekontrakt", 36),
    ("Logisk adressat", 24),
    ("Namn", 34),
)
_STATUS_HEADERS = (
    ("Tjänsteproducent (HSAID)", 24),
    ("Anropsadress (URL)", 88),
    ("Tjänstekontrakt", 34),
    ("Tjänsteproducent (namn)", 34),
    ("Konsument (HSAID)", 24),
    ("Logisk adressat (HSAID)", 24),
    ("Namn", 40),
)
_MESSAGE_HEADERS = (
    ("Tjänsteproducent (HSAID)", 24),
    ("Anropsadress", 66),
    ("Tjänstekontrakt", 34),
    ("Tjänsteproducent (namn)", 38),
    ("Konsument", 24),
    ("Logisk adressat (HSAID)", 24),
    ("Namn", 40),
)


def consumer_table(environment: Environment) -> Table:
    """Return sheet 1: the record system calls Webcert."""
    rows: list[tuple[Value, ...]] = [
        (*environment.journal, contract, *WEBCERT_ADDRESS) for contract in (CREATE, LIST)
    ]
    return Table(
        CONSUMER_SHEET,
        "Underlag för TAKning Intygstjänster: Vårdsystem -> Webcert",
        (
            "Journalsystemet anropar Webcert för att skapa utkast till intyg.",
            "Fyll i en rad för varje tjänstekontrakt som journalsystemet använder. Ändra inte rubrikerna.",
        ),
        _CONSUMER_HEADERS,
        rows,
        colour="#1F4E79",
    )


def status_table(environment: Environment) -> Table:
    """Return sheet 2: Webcert calls the record system, for each care unit."""
    producer, name = environment.proxy
    start = (producer, environment.status_url, STATUS, name, environment.webcert[0])
    return Table(
        STATUS_SHEET,
        "Underlag för TAKning Intygstjänster: Webcert -> Vårdsystem",
        (
            "Webcert anropar journalsystemet när ett intygs status ändras.",
            "Fyll i en rad för varje vårdenhet som ska kunna skriva intyg.",
        ),
        _STATUS_HEADERS,
        [(*start, *unit) for unit in environment.units],
    )


def message_table(environment: Environment) -> Table:
    """Return sheet 3: Intygstjänsten calls Webcert, for each care unit."""
    producer, name = environment.webcert
    start = (producer, environment.message_url, MESSAGE, name, environment.certificates[0])
    return Table(
        MESSAGE_SHEET,
        "Underlag för TAKning Intygstjänster: Intygstjänsten -> Webcert",
        (
            "Intygstjänsten lämnar ärenden och svar till Webcert.",
            "Här ska samma vårdenheter stå som i fliken Webcert -> Vårdsystem.",
        ),
        _MESSAGE_HEADERS,
        [(*start, *unit) for unit in environment.units],
        colour="#7F4F12",
    )


def order_form(environment: str, region: str) -> Form:
    """Return the sheet with the order's details, nothing left out."""
    return Form(
        ORDER_SHEET,
        "Uppgifter om beställningen",
        ("Uppgifterna förs in i Beställningsstödet tillsammans med flikarna.",),
        [
            ("Miljö", environment),
            ("Region", region),
            ("Datum", "2027-11-15"),
            ("Ärendenummer", "TSK-12518"),
            ("Övrig information", "Anslutningen är testad i QA. Ring före genomförandet."),
            ("Beställare namn", "Exempla Exempelsson"),
            ("Beställare e-post", "exempla.exempelsson@example.se"),
            ("Beställare telefon", "070-174 06 05"),
            ("Beställare HSA-ID", "SE162321000156-EX01"),
            ("Beställare roll", "Förvaltningsledare"),
            ("Huvudansvarig namn", "Fiktiva Fiktivsson"),
            ("Huvudansvarig e-post", "fiktiva.fiktivsson@example.se"),
            ("Huvudansvarig telefon", "070-174 06 06"),
            ("Teknisk kontaktperson namn", "Test Testsson"),
            ("Teknisk kontaktperson e-post", "test.testsson@example.se"),
            ("Teknisk kontaktperson telefon", "070-174 06 07"),
            ("Teknisk support e-post", "journalsupport@example.se"),
            ("Teknisk support telefon", "08-465 004 00"),
        ],
    )
