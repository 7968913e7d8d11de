"""Edits that provoke each finding about contracts, rows, names and components, and edits that nearly do."""

from tests.checks.catalogue.cases_ids import UNIT, URL, with_profile

OWN = "CertificateStatusUpdateForCare v3"
ROW = "|  |  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |"
LAST = "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"
THIRD = "|  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"


def contract(new):
    return [(2, OWN, new)]


def added(row):
    """Add a row to sheet 2, where it becomes row 5."""
    return [(2, LAST, f"{LAST}\n{row}")]


def names(new):
    """Rename the second unit in both sheets."""
    return [(2, "Vårdcentralen Rud", new), (3, "Vårdcentralen Rud", new)]


def units(*pairs):
    """Replace the third unit by these in both sheets."""
    return [
        (2, LAST, "\n".join(f"|  |  |  |  |  | {unit} | {name} |" for unit, name in pairs)),
        (3, THIRD, "\n".join(f"|  |  |  |  | {unit} | {name} |" for unit, name in pairs)),
    ]


SWAPPED = [
    (2, "| Landstinget i Värmland -- Proxy |", "| @ |"),
    (2, f"| {URL} |", "| Landstinget i Värmland -- Proxy |"),
    (2, "| @ |", f"| {URL} |"),
]
UNIT_AND_NAME = "SE162321000156-4HVV | Vårdcentralen Rud"
#: Rows whose id and name have changed places, on one sheet.
SWAPPED_ROW = [(2, UNIT_AND_NAME, "Vårdcentralen Rud | SE162321000156-4HVV")]
SWAPPED_CONTRACT = [(2, f"SE5565594230-B8N | {OWN}", f"{OWN} | SE5565594230-B8N")]
SWAPPED_ADDRESS = [(2, f"{URL} | SE5565594230-B8N", f"SE5565594230-B8N | {URL}")]
ROTATED = [
    (
        2,
        f"| SE162321000156-B3K | Landstinget i Värmland -- Proxy | {URL} |",
        f"| Landstinget i Värmland -- Proxy | {URL} | SE162321000156-B3K |",
    )
]
#: Names cut at 25 characters, of which one was written by hand.
CUT_BUT_ONE = [
    ("SE162321000156-4HX1", "Barn- och ungdomsmedicins"),
    ("SE162321000156-4HX2", "Psykiatriska öppenvårdsmo"),
    ("SE162321000156-4HX5", "Ortopediska dagkirurgiska"),
    ("SE162321000156-4HX7", "Kvinnohälsovård Hammarö m"),
    ("SE162321000156-4HX9", "Rehabiliteringsmedicinska"),
    ("SE162321000156-4HY4", "Habiliteringen för barn och unga i Karlstad"),
]
#: Whole names that happen to have one length.
EQUALLY_LONG = [
    ("SE162321000156-4HX1", "Vårdcentralen Torsby Nord"),
    ("SE162321000156-4HX2", "Ortopedmottagning Filstad"),
    ("SE162321000156-4HX9", "Kirurgiska dagsjukvården."),
    ("SE162321000156-4HY4", "Hudkliniken avdelning Öst"),
]
CUT = [
    ("SE162321000156-4HX1", "Barn- och ungdomsmedicins"),
    ("SE162321000156-4HX2", "Psykiatriska öppenvårdsmo"),
    ("SE162321000156-4HX9", "Rehabiliteringsmedicinska"),
]
DRAGGED = [(f"SE162321000156-4HX{number}", "Vårdcentralen Ed") for number in (7, 8, 9)]

PROVOKED = [
    ("KTR011", contract("GetCertificateAdditions v1"), [("KTR006", 2, ""), ("KTR011", 2, "E2")]),
    (
        "KTR011",
        contract("urn:riv:clinicalprocess:healthcond:certificate:GetCertificateResponder:2"),
        [("KTR006", 2, ""), ("KTR011", 2, "E2")],
    ),
    ("FLI052", SWAPPED, [("FLI052", 2, "")]),
    ("FLI052", SWAPPED_CONTRACT, [("FLI052", 2, "")]),
    ("FLI052", SWAPPED_ADDRESS, [("FLI052", 2, "")]),
    ("FLI052", ROTATED, [("FLI052", 2, "")]),
    ("FLI053", SWAPPED_ROW, [("FLI053", 2, "G3")]),
    ("ADR032", units(*DRAGGED), [("ADR032", 2, "G4")]),
    ("ADR033", names("Vårdcentralen  Gripen"), [("ADR033", 2, "G3")]),
    ("ADR034", names("Vårdcentralen Rud (NEDLAGD)"), [("ADR034", 2, "G3"), ("ADR034", 3, "F3")]),
    ("ADR034", names("Rud (beställ inte, väntar på beslut)"), [("ADR034", 2, "G3"), ("ADR034", 3, "F3")]),
    (
        "ADR034",
        names("Vårdcentralen Rud - avslutas 2026-12-31"),
        [("ADR034", 2, "G3"), ("ADR034", 3, "F3")],
    ),
    ("ADR034", names("Vårdcentralen Rud to m 2027"), [("ADR034", 2, "G3"), ("ADR034", 3, "F3")]),
    ("ADR035", units(*CUT), [("ADR035", 2, "G4")]),
    ("ADR035", units(*CUT_BUT_ONE), [("ADR035", 2, "G4")]),
    ("KTR002", contract("FlyttaJournal v3"), [("KTR002", 2, "E2")]),
    (
        "KTR002",
        contract("urn:riv:annan:doman:CertificateStatusUpdateForCareResponder:3"),
        [("KTR002", 2, "E2")],
    ),
    ("KTR014", contract("CertificateStatusUpdateForCare v3 (ej klart)"), [("KTR014", 2, "E2")]),
    ("KTR014", contract("CertificateStatusUpdateForCare v3?"), [("KTR014", 2, "E2")]),
    ("KTR014", contract("CertificateStatusUpdateForCare v3*"), [("KTR014", 2, "E2")]),
    ("KTR014", contract("CertificateStatusUpdateForCare NY"), [("KTR014", 2, "E2")]),
    ("KTR003", contract("CertificateStatusUpdateForeCare v3"), [("KTR003", 2, "E2")]),
    ("KTR003", contract("CertificateStatusUpdatForCare v3"), [("KTR003", 2, "E2")]),
    ("KTR004", contract("CertificateStatusUpdateForCare v2"), [("KTR004", 2, "E2")]),
    ("KTR004", contract("CertificateStatusUpdateForeCare v2"), [("KTR002", 2, "E2")]),
    ("KTR005", contract("SendMessageToCare v2"), [("KTR005", 2, "E2"), ("KTR006", 2, "")]),
    ("KTR005", contract("SendMessagesToCare v2"), [("KTR005", 2, "E2"), ("KTR006", 2, "")]),
    (
        "KTR006",
        [(1, "CreateDraftCertificate v3", "ListCertificatesForCareWithQA v3")],
        [("ADR001", 1, "D3"), ("KTR006", 1, "")],
    ),
    ("KTR007", contract("CertificateStatusUpdateForCare"), []),
    ("ADR001", added(ROW), [("ADR001", 2, "F5")]),
    ("ADR002", added(ROW.replace("Rud", "Norr")), [("ADR002", 2, "G5")]),
    ("ADR003", added(ROW.replace("Rud", "RUD")), [("ADR001", 2, "F5"), ("ADR003", 2, "G5")]),
    ("ADR004", names(""), [("ADR004", 2, "G3"), ("ADR004", 3, "F3")]),
    ("ADR005", [(3, "Vårdcentralen Rud", "")], [("ADR005", 3, "F3")]),
    ("ADR006", names("V" * 256), [("ADR006", 2, "G3"), ("ADR006", 3, "F3")]),
    ("ADR007", names("-SUMMA(A1:A9)"), [("ADR007", 2, "G3"), ("ADR007", 3, "F3")]),
    ("ADR007", names("@Vårdcentralen"), [("ADR007", 2, "G3"), ("ADR007", 3, "F3")]),
    ("ADR039", names("VÃ¥rdcentralen Rud"), [("ADR039", 2, "G3"), ("ADR039", 3, "F3")]),
    ("ADR039", names("V\ufffdrdcentralen Rud"), [("ADR039", 2, "G3"), ("ADR039", 3, "F3")]),
    ("ADR039", names("V?rdcentralen Rud"), [("ADR039", 2, "G3"), ("ADR039", 3, "F3")]),
    ("ADR039", names("Rud, V&aring;rdcentral"), [("ADR039", 2, "G3"), ("ADR039", 3, "F3")]),
    ("ADR008", [(3, THIRD, "")], [("ADR008", 2, "F4")]),
    ("ADR008", [(2, LAST, "")], [("ADR008", 3, "E4")]),
    ("ADR009", [(3, "Vårdcentralen Rud", "Vårdcentralen Norr")], [("ADR009", 3, "F3")]),
    (
        "ADR011",
        [
            (2, "| Namn |", "| Namn | Åtgärd |"),
            (2, "| Tolkcentralen Värmland |", "| Tolkcentralen Värmland | Lägg till |"),
            *added(f"{ROW} Ta bort |"),
        ],
        [("ADR011", 2, "F5")],
    ),
    ("KOM001", [(3, "SE5565594230-B31", "SE5565594230-B32")], [("KOM001", 3, "C2")]),
    (
        "KOM001",
        [(1, "5565594230-WEBCERT", "SE5565594230-WEBCERT")],
        [("KOM001", 1, "D2"), ("KOM001", 1, "D3")],
    ),
    ("KOM002", [(2, "SE162321000156-B3K", "SE5565594230-B8N")], [("KOM002", 2, "A2")]),
    (
        "KOM003",
        added(
            f"| SE162321000156-B4K | Ny proxy | {URL} |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"
        ),
        [("KOM003", 2, "F5")],
    ),
    (
        "KOM004",
        added("|  |  | https://b.liv.sjunet.org/x |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"),
        [("KOM004", 2, "F5"), ("URL013", 2, "C5")],
    ),
    (
        "KOM005",
        added("|  | Ett annat namn |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"),
        [("ADR001", 2, "F5"), ("KOM005", 2, "B5")],
    ),
    (
        "KOM005",
        [
            (2, "|  |  |  |  |  | SE162321000156-4HVV", "|  | RTP Värmland |  |  |  | SE162321000156-4HVV"),
            (2, "|  |  |  |  |  | SE162321000156-4HVX", "|  | RTP Värmland |  |  |  | SE162321000156-4HVX"),
        ],
        [("KOM005", 2, "B2")],
    ),
    ("KOM007", [(3, "care/v2.0", "care/v2.1")], [("KOM007", 3, "B2")]),
    (
        "KOM008",
        [
            *with_profile("https://a.sjunet.org/x", "RIVTABP21"),
            (
                2,
                "| Vårdcentralen Gripen |",
                "| Vårdcentralen Gripen |\n|  |  |  | RIVTABP20 |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |",
            ),
        ],
        [("KOM008", 2, "G5")],
    ),
]

NEARLY = [
    ("KTR011", contract("GetPatientAdditions v1")),
    ("FLI052", [(2, "Landstinget i Värmland -- Proxy", "https://proxy.liv.sjunet.org/x")]),
    ("ADR032", units(*DRAGGED[:2])),
    ("ADR033", names("Vårdcentralen Gripen 2")),
    ("ADR034", names("Slutenvården Rud")),
    ("ADR034", names("Beställningsenheten Rud")),
    ("ADR034", names("Avslutningsteamet")),
    ("FLI053", names("SE162321000156-4HVV Vårdcentralen Rud")),
    ("FLI053", names("VC-2")),
    ("ADR035", units(*CUT[:2])),
    ("ADR035", units(*EQUALLY_LONG)),
    ("ADR035", units(*((f"{unit}Å", name) for unit, name in CUT))),
    ("ADR035", units(*CUT_BUT_ONE[2:])),
    ("ADR035", units(*CUT, ("SE162321000156-4HX4", "Rehabiliteringsmedicinska kliniken"))),
    (
        "KTR002",
        contract("urn:riv:clinicalprocess:healthcond:certificate:CertificateStatusUpdateForCareResponder:3"),
    ),
    ("KTR003", contract("certificatestatusupdateforcare, version 3.0")),
    ("KTR014", contract("Certificate Status Update For Care (v3).")),
    ("KTR004", contract("CertificateStatusUpdateForCareResponder:3")),
    ("KTR005", contract("CertificateStatusUpdateForeCare v3")),
    ("KTR006", [(1, "ListCertificatesForCareWithQA v3", "CreateDraftCertificate v3")]),
    ("KTR007", contract("CertificateStatusUpdateForCare ver 3")),
    ("ADR001", [(2, UNIT, "SE165565594230-4HVT"), (3, UNIT, "SE165565594230-4HVT")]),
    ("ADR002", added(ROW.replace("Rud", "rud"))),
    ("ADR003", [(3, "Vårdcentralen Rud", "Vårdcentralen Ruda")]),
    ("ADR004", [(3, "Vårdcentralen Rud", "")]),
    ("ADR005", names("")),
    ("ADR006", names("V" * 255)),
    ("ADR007", names("Vårdcentralen = bäst")),
    ("ADR039", names("Vårdcentralen R&D São João; Rud")),
    ("ADR039", names("Mottagningen ”Solen” ÷ Rud")),
    ("ADR008", [(3, UNIT, "SE162321000165-4HVV")]),
    ("ADR009", [(3, "Vårdcentralen Rud", "VÅRDCENTRALEN  RUD")]),
    (
        "ADR011",
        [
            (2, "| Namn |", "| Namn | Åtgärd |"),
            (2, "| Tolkcentralen Värmland |", "| Tolkcentralen Värmland | Lägg till |"),
            *added(f"{ROW} Nyanslutning |"),
        ],
    ),
    ("KOM001", [(3, "SE5565594230-B31", "")]),
    ("KOM002", [(2, "SE162321000156-B3K", "SE165565594230-B8N")]),
    ("KOM003", added(f"| SE162321000156-B4K |  | {URL} |  |  | SE162321000156-4HVY | Vårdcentralen Norr |")),
    ("KOM004", added(f"|  |  | {URL} |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |")),
    (
        "KOM005",
        added("|  | landstinget i värmland -- proxy |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"),
    ),
    ("KOM007", [(3, "https://webcert.ntjp.intygstjanster.se/services/send-message-to-care/v2.0", "")]),
    (
        "KOM008",
        [
            *with_profile("https://a.sjunet.org/x", "RIVTABP21"),
            (
                2,
                "| Vårdcentralen Gripen |",
                "| Vårdcentralen Gripen |\n|  |  |  | rivtabp21 |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |",
            ),
        ],
    ),
]
