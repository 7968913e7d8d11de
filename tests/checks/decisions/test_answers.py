"""Decisions in an order file answer the questions about what lies outside the order."""

import pytest

from tests.checks.decisions.answered import answered
from tests.checks.examine import altered, below, between, column, examine, layout, told
from underlag.documents.account import answer_lines
from underlag.findings import Severity
from underlag.findings.catalogue import catalogue


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
        "FLI064",
        "FLI065",
    ],
)
def test_every_question_says_how_to_answer_it(code):
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


def test_a_line_says_whether_rows_can_be_left_out():
    def comments(edits):
        return [
            line for line in answer_lines(examine(altered(*edits)).account) if line.startswith("# bortse")
        ]

    assert comments(below("||\n| Gula rader ska inte med |")) == [
        "# bortse: allt beställs som det står på flikarna. Ska något inte med: ta bort det där."
    ]
    assert comments(between("| Ska inte med: |")) == [
        "# bortse, utan (beställ inte raderna) eller ta bort (ur TAK)."
    ]


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
