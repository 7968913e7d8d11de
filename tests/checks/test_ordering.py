"""The orderable rows: all, none, or, with --hoppa-over-fel, those without errors."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.catalogue import cases_details, cases_ids, cases_rows
from tests.checks.examine import altered, examine, only, told
from tests.support.tables import ORDER_SHEET, STANDARD
from underlag.findings import kind

UNIT = "SE162321000156-4HVV"
WRONG = "SE162321000165-4HVV"


def sums(checked):
    """Return rows read, ordered and left out."""
    read = sum(len(flow.entries) for flow in checked.underlag.flows)
    return read, sum(map(len, checked.entries.values())), len(checked.left_out)


def test_an_error_blocks_everything():
    checked = examine(altered((2, UNIT, WRONG)))

    assert checked.blocked
    assert checked.entries == {}
    assert checked.left_out == []


def test_a_warning_blocks_nothing():
    checked = examine(altered((3, UNIT, "SE2321000156-4HVV")))

    assert checked.approved
    assert not checked.blocked
    assert sums(checked) == (8, 8, 0)


def test_faulty_rows_are_left_out_with_their_reasons():
    checked = examine(altered((2, UNIT, WRONG)), skip_faulty=True)

    assert not checked.blocked
    assert not checked.approved
    assert sums(checked) == (8, 6, 2)
    row, other = checked.left_out
    assert [reason.code for reason in other.reasons] == ["ADR010"]
    assert (row.flow, row.entry.row, row.entry.addressee.text) == ("webcert-vardsystem", 3, WRONG)
    assert [reason.code for reason in row.reasons] == ["HSA003"]


def test_the_other_half_of_a_left_out_unit_is_reported():
    checked = examine(altered((2, "Vårdcentralen Rud", "=A1+A2")), skip_faulty=True)

    assert told(checked) == [("ADR007", 2, "G3"), ("ADR009", 3, "F3"), ("ADR010", 3, "E3")]
    assert "Webcert -> Vårdsystem" in only(checked, "ADR010").message


def test_no_half_is_reported_when_both_are_left_out():
    edits = [(2, "Vårdcentralen Rud", "=A1+A2"), (3, "Vårdcentralen Rud", "=A1+A2")]

    checked = examine(altered(*edits), skip_faulty=True)

    assert "ADR010" not in {f.code for f in checked.findings}
    assert sums(checked) == (8, 6, 2)


def test_both_rows_of_a_contradiction_are_left_out():
    row = "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"
    other = row.replace("Gripen", "Norr")

    checked = examine(altered((2, row, f"{row}\n{other}")), skip_faulty=True)

    assert [(left.entry.row, [r.code for r in left.reasons]) for left in checked.left_out] == [
        (4, ["ADR002"]),
        (5, ["ADR002"]),
        (4, ["ADR010"]),
    ]


def test_a_fault_in_a_value_for_all_rows_leaves_out_the_sheet():
    checked = examine(altered((2, "https://", "http://")), skip_faulty=True)

    assert sums(checked) == (8, 2, 6)
    assert not checked.blocked
    assert [len(checked.entries[key]) for key in ("webcert-vardsystem", "intygstjansten-webcert")] == [0, 0]
    assert [f.sheet for f in checked.findings if f.code == "KTR008"][:1] == ["Webcert -> Vårdsystem"]
    assert "KTR008" in {f.code for f in checked.findings}


def test_a_contract_without_rows_is_reported_only_when_all_are_left_out():
    checked = examine(altered((2, UNIT, WRONG)), skip_faulty=True)

    assert "KTR008" not in {f.code for f in checked.findings}


def test_nothing_left_to_order_blocks():
    edits = [(1, "SE162321000156-4H4F", "X"), (2, "https://", "http://"), (3, "https://", "http://")]

    checked = examine(altered(*edits), skip_faulty=True)

    assert checked.blocked
    assert checked.entries == {}
    assert only(checked, "BST020").cell == ""


def test_one_row_left_does_not_block():
    edits = [(2, "https://", "http://"), (3, "https://", "http://")]

    checked = examine(altered(*edits), skip_faulty=True)

    assert "BST020" not in {f.code for f in checked.findings}
    assert not checked.blocked


def test_an_error_of_the_order_blocks_although_rows_may_be_left_out():
    checked = examine(altered((4, "tove@region.example.se", "tove(at)region.example.se")), skip_faulty=True)

    assert [f.code for f in checked.findings] == ["BST011"]
    assert checked.blocked
    assert checked.entries == {}


def test_an_unreadable_detail_blocks_although_rows_may_be_left_out():
    checked = examine(altered((4, "TSK-12518", "{error #REF!}")), skip_faulty=True)

    assert checked.blocked


def test_findings_come_by_sheet_row_and_column_those_of_the_whole_first():
    edits = [
        (4, "| Ärendenummer               | TSK-12518           |\n", ""),
        (3, UNIT, WRONG),
        (2, UNIT, WRONG),
        (2, "Tolkcentralen", "=Tolk"),
        (4, "LiV", "RVN"),
    ]

    checked = examine(altered(*edits))

    assert [(f.sheet, f.cell) for f in checked.findings if f.severity != "info"] == [
        ("", ""),
        ("Webcert -> Vårdsystem", ""),
        ("Webcert -> Vårdsystem", "G2"),
        ("Webcert -> Vårdsystem", "F3"),
        ("Intygstjänsten -> Webcert", "F2"),
        ("Intygstjänsten -> Webcert", "E3"),
        ("Beställning", "B2"),
    ]


EDITS = [
    *(
        edits
        for code, edits, _ in [*cases_ids.PROVOKED, *cases_rows.PROVOKED]
        if kind(code).scope != "helhet"
    ),
    *(edits for _, edits in [*cases_ids.NEARLY, *cases_rows.NEARLY]),
    *(edits for _, _, edits, _ in cases_details.PROVOKED),
]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(EDITS), max_size=4))
def test_read_is_always_ordered_plus_left_out(chosen):
    text = STANDARD + ORDER_SHEET
    for edits in chosen:
        try:
            text = altered(*edits, text=text)
        except AssertionError:
            continue  # an earlier edit removed the text of this one

    checked = examine(text, skip_faulty=True)

    read, ordered, left_out = sums(checked)
    assert checked.blocked or read == ordered + left_out
    assert checked.blocked == (ordered == 0)
    assert all(left.reasons for left in checked.left_out)
    faulty = {f.position for f in checked.findings if f.severity == "fel"}
    rows = [entry for entries in checked.entries.values() for entry in entries]
    assert not any(value.position in faulty for entry in rows for value in entry.fields())
