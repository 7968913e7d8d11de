"""What lies outside the order (columns, sheets, rows) is accounted for and never quietly left out."""

import pytest

from tests.checks.examine import altered, below, between, column, examine, layout, told, verdict
from tests.support.tables import ORDER_SHEET, STANDARD
from underlag.findings import Severity

SECOND = "Webcert -> Vårdsystem"
DENIED = [("FLI037", 2, "H3")]
ASKED = [("FLI036", 2, "H1")]
CASES = {
    # An unknown column is quoted with its values; a known neutral one is not.
    "unknown column": (column("Noterat", "nytt", "", "flyttad"), ASKED),
    "column without a header": (column("", "a", "", ""), ASKED),
    "neutral column": (column("Kommun", "Arvika", "Kil", "Grums"), []),
    "numbered rows": (column("", "{number 1}", "{number 2}", "{number 3}"), []),
    "the same ids again": (
        column("HSA-ID igen", "SE162321000156-4HVT", "SE162321000156-4HVV", "SE162321000156-4HVX"),
        [],
    ),
    # Denials: a whole cell and a beginning are errors, within a longer text a warning.
    "whole cell": (column("Kommentar", "", "utgår", ""), DENIED),
    "beginning": (column("Kommentar", "", "Ska inte beställas ännu", ""), DENIED),
    "within": (column("Kommentar", "", "VC Rud avslutas 31/12", ""), [*ASKED, ("FLI039", 2, "H3")]),
    "in a neutral column": (column("Beskrivning", "", "nedlagd", ""), DENIED),
    "nearly in a neutral column": (column("Beskrivning", "", "Mottagning, ej akut", ""), []),
    "a passed end in a neutral column": (column("Beskrivning", "", "öppen t.o.m. 2026-06-30", ""), DENIED),
    "a coming end in a neutral column": (
        column("Beskrivning", "", "upphör 2027-12-31", ""),
        [("FLI039", 2, "H3")],
    ),
    # Columns that are obeyed.
    "to be ordered": (column("Ska TAKas", "Ja", "Nej", "Ja"), [("FLI042", 2, "H3")]),
    "all to be ordered": (column("Ska TAKas", "Ja", "ja", "JA"), []),
    "marked and not": (column("Tas med", "x", "", "x"), [("FLI044", 2, "H3")]),
    "all marked": (column("Tas med", "x", "x", "x"), []),
    "crossed off": (column("Ta bort", "", "x", ""), [("ADR014", 2, "F3"), ("FLI043", 2, "H3")]),
    "none crossed off": (column("Ta bort", "nej", "nej", "nej"), []),
    "type of change": (
        column("Typ av ändring", "Ny", "Borttag", "Ny"),
        [("ADR014", 2, "F3"), ("FLI043", 2, "H3")],
    ),
    "all new": (column("Typ av ändring", "Ny", "Ny", "Ny"), []),
    "another environment": (column("Miljö", "PROD", "QA", "PROD"), [("FLI045", 2, "H3")]),
    "the same environment": (column("Miljö", "PROD", "Produktion", "NTJP PROD"), []),
    "a text about an environment": (column("Miljö", "PROD", "testad i QA", ""), [("FLI058", 2, "H3")]),
    "a passed end": (column("Slutdatum", "", "2026-12-31", ""), [("FLI046", 2, "H3")]),
    "a coming end": (column("Slutdatum", "", "2028-12-31", ""), [("FLI048", 2, "H3")]),
    "no end": (column("Giltig till", "2100-01-01", "2100-01-01", "2100-01-01"), []),
    "a later start": (column("Startdatum", "2027-03-01", "2027-04-01", ""), [("FLI047", 2, "H3")]),
    "an earlier start": (column("Startdatum", "2027-03-01", "2027-02-01", ""), []),
    "an agreeing version": (column("Version", "{number 3}", "", ""), []),
    "another version": (column("Version", "{number 1}", "", ""), [("KTR013", 2, "E2")]),
    "an agreeing namespace": (
        column(
            "Namnrymd",
            "urn:riv:clinicalprocess:healthcond:certificate:CertificateStatusUpdateForCareResponder:3",
            "",
            "",
        ),
        [],
    ),
    "another namespace": (
        column(
            "Namnrymd",
            "urn:riv:clinicalprocess:healthcond:certificate:SendMessageToCareResponder:2",
            "",
            "",
        ),
        [("KTR013", 2, "E2")],
    ),
    # Texts between the rows apply to those below them.
    "a heading": (between("| Redan anslutna: |"), [("FLI023", 2, "A4")]),
    "a heading that denies": (between("| Ska tas bort: |"), [("FLI037", 2, "A4")]),
    "a heading that agrees": (between("| Lägg till: |"), []),
    "a remark that denies": (
        between("| OBS! De nedan tas i mars, beställ inte nu |"),
        [("FLI039", 2, "A4")],
    ),
    "a remark below": (below("| Frågor? Kontakta IT-avdelningen. |"), []),
    "a denial below": (below("| Beställ inte förrän i mars. |"), [("FLI038", 2, "A5")]),
    # Comments.
    "a comment": (layout("note G3 Bytte namn i våras"), [("FLI040", 2, "G3")]),
    "a comment that denies": (layout("note G3 Ska inte med!"), [("FLI037", 2, "G3")]),
    "a comment on a header": (layout("note G1 Namn enligt HSA-katalogen"), []),
    "a comment on a header that denies": (
        layout("note G1 Vänta med beställningen"),
        [("FLI038", 2, "G1")],
    ),
    # Rows that look deleted.
    "struck through": (layout("strike F3 G3"), [("FLI024", 2, "")]),
    "a header struck through": (layout("strike G1"), []),
    "hidden": (layout("hide rows 3"), [("FLI021", 2, "")]),
    "an empty row hidden": (layout("hide rows 7"), []),
    # Above the headers and on the sheet with details, only texts against the order count.
    "a title": (
        [(2, "| Tjänsteproducent (HSAID)", "| Enheter i Värmland |\n||\n| Tjänsteproducent (HSAID)")],
        [],
    ),
    "an instruction": (
        [
            (
                2,
                "| Tjänsteproducent (HSAID)",
                "| Ska en enhet tas bort: skriv Ta bort i kolumnen Åtgärd |\n| Tjänsteproducent (HSAID)",
            )
        ],
        [],
    ),
    "a number of units that is not theirs": (
        [(2, "| Tjänsteproducent (HSAID)", "| Antal enheter: 12 |\n| Tjänsteproducent (HSAID)")],
        [("FLI054", 2, "A1")],
    ),
    "a text box against the order": (layout("textbox B9 Beställ inte än"), [("FLI056", 2, "")]),
    "a date above the headers that is not the order's": (
        [(2, "| Tjänsteproducent (HSAID)", "| Önskat datum: | 2027-05-01 |\n| Tjänsteproducent (HSAID)")],
        [("FLI059", 2, "B1")],
    ),
    "a date above the headers that is the order's": (
        [(2, "| Tjänsteproducent (HSAID)", "| Önskat datum: | mars 2027 |\n| Tjänsteproducent (HSAID)")],
        [],
    ),
    "a text box that instructs": (layout("textbox B9 Fyll i alla gula fält"), []),
    "their number": (
        [(2, "| Tjänsteproducent (HSAID)", "| Antal enheter: 3 |\n| Tjänsteproducent (HSAID)")],
        [],
    ),
    "a text about another environment": (
        [(2, "| Tjänsteproducent (HSAID)", "| Gäller både QA och PROD |\n| Tjänsteproducent (HSAID)")],
        [("FLI055", 2, "A1")],
    ),
    "another environment in passing": (
        [(2, "| Tjänsteproducent (HSAID)", "| Underlaget är testat i QA |\n| Tjänsteproducent (HSAID)")],
        [],
    ),
    "a denial above": (
        [(2, "| Tjänsteproducent (HSAID)", "| Beställ inte detta före mars |\n| Tjänsteproducent (HSAID)")],
        [("FLI038", 2, "A1")],
    ),
    "a denial among the details": (
        [(4, "| Miljö", "| Avvakta med detta underlag! |\n| Miljö")],
        [("FLI038", 4, "A1")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_contents_outside_the_order(case):
    edits, expected = CASES[case]

    assert told(examine(altered(*edits))) == sorted(expected)


def test_an_unknown_column_is_quoted_with_values_and_cells():
    checked = examine(altered(*column("Noterat", "nytt", "nytt", "flyttad")))

    (found,) = [f for f in checked.findings if f.code == "FLI036"]
    assert (
        found.message == "Kolumnen ”Noterat” (H1) läses inte, och innehåller: nytt 2 (H2, H3), flyttad (H4)."
    )


def test_personal_numbers_in_an_unknown_column_are_masked():
    checked = examine(altered(*column("Chef", "19811218-9876", "", ""), *[]))
    checked_unknown = examine(altered(*column("Noterat", "19811218-9876", "", "")))

    for found in (*checked.findings, *checked_unknown.findings):
        assert "9876" not in found.message


def test_a_unit_that_a_column_leaves_out_is_left_out_on_every_sheet():
    checked = examine(altered(*column("Ska TAKas", "Ja", "Nej", "Ja")))

    assert not checked.blocked
    ordered = {key: [e.addressee.text[-4:] for e in entries] for key, entries in checked.entries.items()}
    assert ordered["webcert-vardsystem"] == ordered["intygstjansten-webcert"] == ["4HVT", "4HVX"]
    assert {(left.entry.sheet, left.entry.row) for left in checked.left_out} == {
        (SECOND, 3),
        ("Intygstjänsten -> Webcert", 3),
    }


def test_nothing_left_to_order_is_an_error():
    none = ["Nej", "Nej", "Nej"]
    units = [*column("Ska TAKas", *none), *column("Ska TAKas", *none, sheet=3)]
    system = [
        (1, "| Namn            |", "| Namn | Ska TAKas |"),
        (1, "| Inera - Webcert |", "| Inera - Webcert | Nej |"),
    ]

    assert not examine(altered(*units)).blocked  # the system's authorization is still ordered
    checked = examine(altered(*units, *system))
    assert checked.blocked
    assert "BST036" in {f.code for f in checked.findings}


EXTRA = """
## {name}
| Tjänsteproducent (HSAID) | Anropsadress (URL) | Logisk adressat (HSAID) | Namn |
| SE162321000156-B3K | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21 | {unit} | Enhet |
"""


@pytest.mark.parametrize(
    ("sheet", "codes"),
    [
        (EXTRA.format(name="Webcert -> Vårdsystem NY", unit="SE162321000156-6A0X"), ["FLI041"]),
        (EXTRA.format(name="Webcert -> Vårdsystem 2025", unit="SE162321000156-4HVT"), ["FLI010"]),
        ("\n## Nya enheter\n| SE162321000156-6A0X | Ny |\n", ["FLI041"]),
        ("\n## Pivot\n| SE162321000156-4HVT | {number 1} |\n", ["FLI010"]),
        ("\n## Ska tas bort\n| SE162321000156-4HVT | Tolkcentralen |\n", ["FLI041"]),
        ("\n## Granskning\n| Granskning av underlag.xlsx |\n| SE162321000156-6A0X |\n", []),
        ("\n## Info\n| Beställ inte detta än |\n", ["FLI010", "FLI038"]),
    ],
)
def test_sheets_that_are_not_read(sheet, codes):
    checked = examine(STANDARD + ORDER_SHEET + sheet)

    assert sorted(f.code for f in checked.findings if f.code.startswith("FLI")) == sorted(codes)


def test_a_list_that_holds_all_that_is_ordered_and_more_is_for_looking_up():
    ids = [*(f"SE162321000156-{end}" for end in ("4H4F", "B3K", "4HVT", "4HVV", "4HVX", "6A0X", "6A1X"))]
    own = ["5565594230-WEBCERT", "SE5565594230-B8N", "SE5565594230-B31"]
    sheet = "\n## Uppslag\n" + "".join(f"| {one} | Namn |\n" for one in ids + own)

    assert [f.code for f in examine(STANDARD + ORDER_SHEET + sheet).findings if f.code[:3] == "FLI"] == [
        "FLI010"
    ]


def test_notes_of_an_earlier_review_are_ignored():
    own = "FEL: Fel kontrollsiffra (HSA003)\\nSiffran är fel.\\nGör så här: Rätta."
    checked = examine(altered(*layout(f"note G3 {own}")))

    assert told(checked) == []


# --- No half connections ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "edit",
    [
        (2, "SE162321000156-4HVV", "SE162321000165-4HVV"),
        (2, "SE162321000156-4HVV", ""),
        (3, "SE162321000156-4HVV", "SE162321000165-4HVV"),
        (3, "| SE162321000156-4HVV |", "|  |"),
        (3, "SE162321000156-4HVV", "X"),
    ],
)
def test_a_unit_that_one_sheet_loses_is_left_out_of_the_other(edit):
    checked = examine(altered(edit), skip_faulty=True)

    assert not checked.blocked
    assert {key: len(entries) for key, entries in checked.entries.items()} == {
        "vardsystem-webcert": 2,
        "webcert-vardsystem": 2,
        "intygstjansten-webcert": 2,
    }
    assert {left.entry.sheet for left in checked.left_out} == {SECOND, "Intygstjänsten -> Webcert"}
    assert "ADR010" in {f.code for f in checked.findings}


def test_a_unit_that_the_workbook_states_once_is_ordered_once():
    gone = "|  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |\n"
    checked = examine(
        altered((3, gone, ""), (2, "SE162321000156-4HVV", "SE162321000165-4HVV")), skip_faulty=True
    )

    assert [e.addressee.text[-4:] for e in checked.entries["webcert-vardsystem"]] == ["4HVT", "4HVX"]


LABELS = ORDER_SHEET + "| Önskemål | körs nattetid |\n| Ska TAKas | Nej |\n"


def test_labels_of_the_orders_sheet_are_answered_as_columns(tmp_path):
    path = tmp_path / "svar.toml"
    asked = {(f.code, f.cell) for f in examine(STANDARD + LABELS).findings if f.severity is not Severity.INFO}
    path.write_text('[kolumner]\n"Önskemål" = "bortse"\n"Ska TAKas" = "bortse"\n', encoding="utf-8")

    assert asked == {("FLI039", "B16"), ("FLI039", "B17")}
    assert [f.code for f in examine(STANDARD + LABELS, order_file=path).findings] == ["FLI057"]


@pytest.mark.parametrize(("meaning", "value"), [("miljö", "QA"), ("startdatum", "2027-04-01")])
def test_a_label_of_the_orders_sheet_that_is_answered_counts(tmp_path, meaning, value):
    path = tmp_path / "svar.toml"
    path.write_text(f'[kolumner]\n"Driftmil" = "{meaning}"\n', encoding="utf-8")
    checked = examine(f"{STANDARD}{ORDER_SHEET}| Driftmil | {value} |\n", order_file=path)

    asked = [f for f in checked.findings if f.severity is not Severity.INFO]
    assert asked
    assert all(value in f.message for f in asked)


def test_an_answer_for_a_known_detail_does_not_hide_it(tmp_path):
    path = tmp_path / "svar.toml"
    path.write_text('[kolumner]\n"Kommentar" = "bortse"\n', encoding="utf-8")
    text = f"{altered(*column('Kommentar', 'x', '', ''))}| Kommentar | Beställ inte förrän i maj |\n"

    assert verdict(examine(text, order_file=path)) == "stopp"
