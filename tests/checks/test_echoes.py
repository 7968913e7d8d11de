"""One slip gives one finding: units in unreadable cells give no further ones."""

import pytest

from tests.checks.examine import altered, examine, only, told

UNIT = "SE162321000156-4HVV"
LAST = "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"


def codes(checked):
    return {f.code for f in checked.findings}


@pytest.mark.parametrize("cell", ["{number 162321000156}", "{error #REF!}", "saknas", "4.st"])
def test_a_unit_whose_cell_in_the_other_sheet_is_faulty_is_not_called_lacking(cell):
    checked = examine(altered((3, UNIT, cell)))

    assert "ADR008" not in codes(checked)


def test_units_beyond_the_faulty_cells_are_called_lacking():
    checked = examine(altered((3, UNIT, "saknas"), (3, "SE162321000156-4HVX", "SE162321000156-4HVY")))

    assert sorted(f.cell for f in checked.findings if f.code == "ADR008") == ["E4", "F4"]


def test_a_sheet_without_readable_units_lacks_none():
    checked = examine(altered((2, "| Logisk adressat (HSAID) |", "| Blandat |")))

    assert "FLI005" in codes(checked)
    assert "ADR008" not in codes(checked)


@pytest.mark.parametrize(("cell", "expected"), [("saknas", set()), (UNIT, {"ADR002"})])
def test_two_names_are_reported_only_for_a_valid_id(cell, expected):
    row = f"|  |  |  |  |  | {cell} | Vårdcentralen Norr |"

    checked = examine(altered((2, UNIT, cell), (2, LAST, f"{LAST}\n{row}")))

    assert codes(checked) & {"ADR001", "ADR002", "ADR003", "ADR009"} == expected


@pytest.mark.parametrize(("cell", "expected"), [("saknas", set()), (UNIT, {"ADR004"})])
def test_a_name_is_required_for_each_unit(cell, expected):
    edits = [(sheet, old, new) for sheet in (2, 3) for old, new in ((UNIT, cell), ("Vårdcentralen Rud", ""))]

    assert codes(examine(altered(*edits))) & {"ADR004"} == expected


def test_all_units_of_one_cell_without_a_name_are_named():
    several = "SE162321000156-4HWA, SE162321000156-4HWB, SE162321000156-4HWC"
    checked = examine(altered((2, LAST, f"{LAST}\n|  |  |  |  |  | {several} |  |")))

    found = only(checked, "ADR004")
    assert found.cell == "G5"
    assert "SE162321000156-4HWA, SE162321000156-4HWB och SE162321000156-4HWC saknas" in found.message
    assert "var sin rad" in found.suggestion


def test_of_many_units_in_one_cell_the_first_are_named_and_the_rest_counted():
    several = ", ".join(f"SE162321000156-W{number}" for number in range(40))
    checked = examine(altered((2, LAST, f"{LAST}\n|  |  |  |  |  | {several} |  |")))

    assert "SE162321000156-W2 och 37 till saknas" in only(checked, "ADR004").message


def with_action(first, second):
    """Give sheets 2 and 3 a column for the action, filled in for the second unit."""
    return [
        (2, "| Namn |", "| Namn | Åtgärd |"),
        (2, "| Vårdcentralen Rud |", f"| Vårdcentralen Rud | {first} |"),
        (2, "| Vårdcentralen Gripen |", "| Vårdcentralen Gripen | Lägg till |"),
        (3, "| Namn |", "| Namn | Åtgärd |"),
        (3, "| Vårdcentralen Rud |", f"| Vårdcentralen Rud | {second} |"),
        (3, "| Vårdcentralen Gripen |", "| Vårdcentralen Gripen | Lägg till |"),
    ]


def test_a_unit_removed_in_one_sheet_and_added_in_the_other_is_reported():
    checked = examine(altered(*with_action("Ta bort", "Lägg till")))

    assert told(checked) == [("ADR014", 2, "F3")]
    assert not checked.blocked
    assert "Intygstjänsten -> Webcert" in only(checked, "ADR014").message


@pytest.mark.parametrize("action", ["Ta bort", "Lägg till"])
def test_the_same_action_in_both_sheets_is_right(action):
    assert told(examine(altered(*with_action(action, action)))) == []
