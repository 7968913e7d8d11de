"""Contents outside the order's columns and rows are reported, obeyed or answered, and never ignored."""

import pytest

from tests.checks.examine import altered, below, between, column, examine, layout, told
from tests.support.tables import ORDER_SHEET, STANDARD
from underlag.documents.account import answer_lines
from underlag.findings import Severity
from underlag.findings.catalogue import catalogue
from underlag.options import Options
from underlag.reading import read

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
    "a text about an environment": (column("Miljö", "PROD", "testad i QA", ""), ASKED),
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


# --- Answers ----------------------------------------------------------------------------------------------------------


def answered(tmp_path, toml, *edits, **options):
    """Check the altered workbook with an order file of decisions."""
    path = tmp_path / "bestallning.toml"
    path.write_text(toml, encoding="utf-8")
    return examine(altered(*edits), order_file=path, **options)


@pytest.mark.parametrize(
    ("edits", "toml"),
    [
        (column("Noterat", "nytt", "", ""), '[kolumner]\n"noterat" = "bortse"\n'),
        (column("Noterat", "nytt", "", ""), '[kolumner]\n"Webcert -> Vårdsystem!Noterat" = "bortse"\n'),
        (column("", "nytt", "", ""), '[kolumner]\n"Webcert -> Vårdsystem!H" = "bortse"\n'),
        (column("Noterat", "PROD", "", ""), '[kolumner]\n"Noterat" = "miljö"\n'),
        (column("Kommentar", "", "utgår", ""), '[beslut]\n"Webcert -> Vårdsystem!H3: utgår" = "bortse"\n'),
        (
            between("| Redan anslutna: |"),
            '[beslut]\n"Webcert -> Vårdsystem!A4: Redan anslutna:" = "bortse"\n',
        ),
        (
            layout("note G3 Ska inte med!"),
            '[beslut]\n"Webcert -> Vårdsystem!kommentar G3: Ska inte med!" = "bortse"\n',
        ),
        (column("Noterat", "3", "", ""), '[kolumner]\n"Noterat" = "version"\n'),
    ],
)
def test_an_answer_settles_the_question(tmp_path, edits, toml):
    checked = answered(tmp_path, toml, *edits)

    assert told(checked) == []
    assert sum(map(len, checked.entries.values())) == 8


@pytest.mark.parametrize(
    "code",
    [
        "FLI021",
        "FLI023",
        "FLI024",
        "FLI036",
        "FLI037",
        "FLI038",
        "FLI039",
        "FLI040",
        "FLI041",
        "FLI042",
        "FLI043",
        "FLI044",
        "FLI045",
        "FLI046",
        "FLI047",
        "FLI048",
        "FLI054",
        "FLI055",
        "FLI056",
    ],
)
def test_every_question_tells_how_to_answer_it(code):
    assert "bestallning.toml" in catalogue()[code].mend


def test_rows_can_be_decided_to_be_left_out_or_removed(tmp_path):
    edits = column("Kommentar", "", "utgår", "")
    key = '"Webcert -> Vårdsystem!H3: utgår"'
    without = answered(tmp_path, f'[beslut]\n{key} = "utan"\n', *edits)

    assert told(without) == []
    assert [f.code for f in without.findings if f.code == "FLI049"] == ["FLI049"]
    assert [len(entries) for entries in without.entries.values()] == [2, 2, 2]
    removed = answered(tmp_path, f'[beslut]\n{key} = "ta bort"\n', *edits)
    assert [e.action.text for e in removed.entries["webcert-vardsystem"] if e.action and e.action.text] == [
        "Ta bort"
    ]


STARTS = column("Startas", "vecka 10", "inte än", "vecka 10")
DECISION = '"Webcert -> Vårdsystem!H3: inte än"'


@pytest.mark.parametrize("role", ["bortse", "startdatum", "tas med", "ta bort", "version"])
def test_a_decision_about_a_cell_precedes_the_meaning_of_its_column(tmp_path, role):
    left, removed, ordered = (
        answered(tmp_path, f'[kolumner]\n"Startas" = "{role}"\n[beslut]\n{DECISION} = "{answer}"\n', *STARTS)
        for answer in ("utan", "ta bort", "bortse")
    )

    assert [f.code for f in left.findings if f.code == "FLI049"] == ["FLI049"]
    assert [len(entries) for entries in left.entries.values()] == [2, 2, 2]
    actions = {e.addressee.text[-4:]: e.action for e in removed.entries["webcert-vardsystem"]}
    assert actions["4HVV"].text == "Ta bort"
    kept = {e.addressee.text[-4:]: e.action for e in ordered.entries["webcert-vardsystem"]}
    assert len(kept) == 3
    assert kept["4HVV"] is None or not kept["4HVV"].text
    for checked in (left, removed, ordered):
        asked = [f for f in checked.findings if f.severity is not Severity.INFO]
        assert not [f for f in asked if f.code == "FLI051" or "inte än" in f.message]


def test_a_decision_about_cells_without_a_mark_precedes_an_ignored_column(tmp_path):
    toml = '[kolumner]\n"Tas med" = "bortse"\n[beslut]\n"Webcert -> Vårdsystem!H3: Tas med: tom" = "utan"\n'
    checked = answered(tmp_path, toml, *column("Tas med", "x", "", "x"))

    assert told(checked) == []
    assert [len(entries) for entries in checked.entries.values()] == [2, 2, 2]


@pytest.mark.parametrize("answer", ["utan", "ta bort"])
def test_a_decision_about_rows_is_refused_for_a_text_that_speaks_of_none(tmp_path, answer):
    edits = below("| Beställ inte förrän i mars. |")
    toml = f'[beslut]\n"Webcert -> Vårdsystem!A5: Beställ inte förrän i mars." = "{answer}"\n'

    assert told(answered(tmp_path, toml, *edits)) == [("FIL019", 0, ""), ("FLI038", 2, "A5")]
    assert told(answered(tmp_path, toml.replace(answer, "bortse"), *edits)) == []


def test_answers_that_were_used_are_listed_as_they_were_written(tmp_path):
    toml = f'[kolumner]\n"startas" = "bortse"\n[beslut]\n{DECISION} = "utan"\n"Annan!A1: text" = "utan"\n'
    checked = answered(tmp_path, toml, *STARTS)

    (found,) = [f for f in checked.findings if f.code == "FLI057"]
    assert found.severity is Severity.INFO
    assert found.message == (
        "Ur bestallning.toml: ”startas” = ”bortse” och ”Webcert -> Vårdsystem!H3: inte än” = ”utan”."
    )
    assert not [f for f in answered(tmp_path, "", *STARTS).findings if f.code == "FLI057"]


@pytest.mark.parametrize(
    ("edits", "line", "ordered"),
    [
        (STARTS, f'{DECISION} = "utan"', 2),
        (column("Ska TAKas", "Ja", "Nej", "Ja"), '"Ska TAKas" = "tas med"', 2),
        (layout("note G3 Ska inte med!"), '"Webcert -> Vårdsystem!kommentar G3: Ska inte med!" = "utan"', 2),
        (column("Noterat", "nytt", "", ""), '"Noterat" = "bortse"', 3),
    ],
)
def test_a_printed_line_orders_nothing_that_a_text_speaks_against(tmp_path, edits, line, ordered):
    lines = answer_lines(examine(altered(*edits)).account)
    checked = answered(tmp_path, "\n".join(lines), *edits)

    assert line in lines
    assert told(checked) == []
    assert len(checked.entries["webcert-vardsystem"]) == ordered


def test_every_question_prints_the_line_that_answers_it(tmp_path):
    questions = [
        column("Noterat", "nytt", "", ""),
        column("Kommentar", "", "utgår", ""),
        column("Miljö", "PROD", "QA", "QA"),
        column("Tas med", "x", "", "x"),
        between("| Redan anslutna: |"),
        layout(
            "note G3 En lång kommentar som fortsätter, och fortsätter, tills ingen längre orkar läsa den."
        ),
        layout("strike F3 G3"),
        layout("hide rows 3"),
    ]
    for edits in questions:
        account = examine(altered(*edits)).account
        asked = [item for _, item in account.items() if item.asked]
        assert asked
        lines = "".join(f'"{item.key}" = "bortse"\n' for item in asked if item.key)
        columns = "".join(f'"{item.at.text}" = "bortse"\n' for item in asked if not item.key)
        assert told(answered(tmp_path, f"[kolumner]\n{columns}[beslut]\n{lines}", *edits)) == []


def test_a_decision_lapses_when_the_text_changes(tmp_path):
    toml = '[beslut]\n"Webcert -> Vårdsystem!H3: utgår" = "bortse"\n'
    checked = answered(tmp_path, toml, *column("Kommentar", "", "utgår i mars", ""))

    assert {code for code, _, _ in told(checked)} == {"FLI036", "FLI039", "FLI051"}


@pytest.mark.parametrize(
    ("toml", "code", "named"),
    [
        ('[kolumner]\n"Noterat" = "något"\n', "FIL016", "”tas med”"),
        ('[kolumner]\n"Noteradt" = "bortse"\n', "FIL017", "”Noterat”"),
        ('[kolumner]\n"Noterat" = "bortse"\n"noterat" = "tas med"\n', "FIL018", "”tas med”"),
        ('[beslut]\n"Webcert -> Vårdsystem!H3: utgår" = "kanske"\n', "FIL019", "”utan”"),
    ],
)
def test_decisions_that_cannot_be_used(tmp_path, toml, code, named):
    checked = answered(tmp_path, toml, *column("Noterat", "nytt", "utgår", ""))

    (found,) = [f for f in checked.findings if f.code == code]
    assert found.severity is Severity.ERROR
    assert named in found.message + found.suggestion


def test_an_option_precedes_the_file(tmp_path):
    checked = answered(
        tmp_path,
        '[kolumner]\n"Noterat" = "tas med"\n',
        *column("Noterat", "Ja", "Nej", "Ja"),
        columns=(("Noterat", "bortse"),),
    )

    assert told(checked) == []
    assert not checked.left_out


def test_decisions_of_the_region_count_and_may_be_about_other_workbooks(tmp_path):
    (tmp_path / "LiV.toml").write_text(
        '[kolumner]\n"Noterat" = "bortse"\n"Annat" = "bortse"\n', encoding="utf-8"
    )
    checked = examine(altered(*column("Noterat", "nytt", "", "")), decisions=tmp_path)

    assert told(checked) == []


@pytest.mark.parametrize(
    ("name", "codes"), [("Region Värmland", set()), ("värmland", set()), ("Region Gotland", {"FLI036"})]
)
def test_decisions_lie_under_any_usual_name_of_the_region(tmp_path, name, codes):
    (tmp_path / f"{name}.toml").write_text('[kolumner]\n"Noterat" = "bortse"\n', encoding="utf-8")
    checked = examine(altered(*column("Noterat", "nytt", "", "")), decisions=tmp_path)

    assert {code for code, _, _ in told(checked)} == codes


def test_any_layout_can_be_read_with_decisions():
    text = STANDARD.replace("| Logisk adressat (HSAID) | Namn |", "| Kod | Klartext |")
    content_options = Options(columns=(("Kod", "logisk adressat"), ("Klartext", "adressatens namn")))
    from tests.support.tables import NAME, workbook  # noqa: PLC0415 - only here

    reading = read(workbook(text), content_options, name=NAME)
    assert [e.addressee.text[-4:] for e in reading.underlag.flow("webcert-vardsystem").entries] == [
        "4HVT",
        "4HVV",
        "4HVX",
    ]


OTHER_LAYOUT = (
    STANDARD.replace("## Vårdsystem -> Webcert", "## Anrop in")
    .replace("## Webcert -> Vårdsystem", "## Status")
    .replace("## Intygstjänsten -> Webcert", "## Ärenden")
    .replace("| Logisk adressat (HSAID) | Namn |", "| Kod | Klartext |")
    .replace("| Konsument (HSAID)   | Konsument (namn) ", "||\n| Avsändare | Avsändare klartext ")
)
OTHER_WORDS = """
[flikar]
"Anrop in" = "Vårdsystem -> Webcert"
"Status" = "Webcert -> Vårdsystem"
"Ärenden" = "Intygstjänsten till Webcert"

[kolumner]
"Kod" = "logisk adressat"
"Klartext" = "adressatens namn"
"Avsändare" = "konsument"
"Avsändare klartext" = "konsumentens namn"
"""


def test_a_workbook_with_other_sheets_and_headers_is_read_with_decisions(tmp_path):
    path = tmp_path / "bestallning.toml"
    path.write_text(OTHER_WORDS, encoding="utf-8")
    text = OTHER_LAYOUT + ORDER_SHEET

    assert examine(text).blocked
    checked = examine(text, order_file=path)
    assert {f.code for f in checked.findings} == {"FLI057"}
    assert [len(entries) for entries in checked.entries.values()] == [2, 3, 3]


@pytest.mark.parametrize(
    ("line", "named"),
    [('"Status" = "Annat"', "”Webcert -> Vårdsystem”"), ('"Statusen" = "Webcert -> Vårdsystem"', "”Status”")],
)
def test_sheets_that_cannot_be_what_is_decided(tmp_path, line, named):
    path = tmp_path / "bestallning.toml"
    path.write_text(f"[flikar]\n{line}\n", encoding="utf-8")

    (found,) = [
        f for f in examine(OTHER_LAYOUT + ORDER_SHEET, order_file=path).findings if f.code == "FIL023"
    ]
    assert found.severity is Severity.ERROR
    assert named in found.message


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
