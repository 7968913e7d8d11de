"""The action of a row in every part of the program: its own Åtgärd, else the workbook's."""

from datetime import date
from itertools import product

import pytest

from tests.checks.examine import altered, examine, only
from underlag.documents.report.calls import calls_of
from underlag.orders.build import make_orders
from underlag.orders.removal import check_removal
from underlag.reference.reference import Reference
from underlag.tak.compare.compare import compare
from underlag.tak.holdings.catalogue import Catalogue

TO_CARE, MESSAGES = "webcert-vardsystem", "intygstjansten-webcert"
UNIT = "SE162321000156-4HVV"
COLUMN = ("", "Lägg till", "Ta bort")
#: The action from options or the sheet Beställning, and the resulting action of a row with an empty cell.
ASKED = {
    "nothing": ({}, "", "add"),
    "--ta-bort": ({"remove": True}, "", "remove"),
    "sheet: Ta bort": ({}, "Ta bort", "remove"),
    "sheet: Lägg till": ({}, "Lägg till", "add"),
}
CELLS = list(product(COLUMN, ASKED))
PAIRS = list(product(COLUMN, COLUMN, ASKED))
ACTIONS = {"Lägg till": "add", "Ta bort": "remove"}


def meant(cell, asked):
    """Return the action of a row."""
    return ACTIONS.get(cell, ASKED[asked][2])


def edits(cells, asked, *, names=None):
    """Return the edits that give sheet 2 a row of UNIT for each of the cells of its new column Åtgärd."""
    names = names or ["Vårdcentralen Rud"] * len(cells)
    row = "|  |  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |"
    rows = (f"|  |  |  |  |  | {UNIT} | {name} | {cell} |" for cell, name in zip(cells, names, strict=True))
    found = [
        (2, "| Logisk adressat (HSAID) | Namn |", "| Logisk adressat (HSAID) | Namn | Åtgärd |"),
        (2, row, "\n".join(rows)),
        *([(3, "Vårdcentralen Rud", "")] if "" in names else []),
    ]
    action = ASKED[asked][1]
    return [*found, (4, "| Region  ", f"| Åtgärd | {action} |\n| Region  ")] if action else found


def checked_with(cells, asked, *, names=None, **options):
    return examine(altered(*edits(cells, asked, names=names)), **ASKED[asked][0], **options)


def codes(checked):
    return {found.code for found in checked.findings}


def ordered(checked, flow=TO_CARE):
    """Return the actions of the orders with the unit."""
    return [
        order.action
        for order in make_orders(checked)
        if order.flow.key == flow and UNIT in {addressee.hsa_id for addressee in order.addressees}
    ]


@pytest.mark.parametrize(("first", "second", "asked"), PAIRS)
def test_one_unit_on_two_rows(first, second, asked):
    checked = checked_with([first, second], asked)

    if meant(first, asked) == meant(second, asked):
        assert codes(checked) & {"ADR001", "ADR011"} == {"ADR001"}
        assert ordered(checked) == [meant(first, asked)]
    else:
        found = only(checked, "ADR011")
        assert (found.cell, found.related) == ("F4", ((found.sheet, 3, 6),))
        assert "ADR001" not in codes(checked)
        assert checked.blocked


@pytest.mark.parametrize(("first", "second", "asked"), PAIRS)
def test_both_rows_of_a_contradiction_are_left_out(first, second, asked):
    checked = checked_with([first, second], asked, skip_faulty=True)

    expected = [] if meant(first, asked) != meant(second, asked) else [meant(first, asked)]
    assert ordered(checked) == expected


@pytest.mark.parametrize("cells", [("", "Ta bort", ""), ("Ta bort", "", "Ta bort"), ("", "", "Ta bort")])
def test_every_row_of_a_contradiction_is_left_out(cells):
    checked = checked_with(cells, "nothing", skip_faulty=True)

    assert ordered(checked) == []
    assert [left.entry.row for left in checked.left_out if left.flow == TO_CARE] == [3, 4, 5]


@pytest.mark.parametrize(("cell", "asked"), CELLS)
def test_an_added_unit_needs_a_name_and_a_removed_one_does_not(cell, asked):
    checked = checked_with([cell], asked, names=[""])

    # In sheet 3 the unit has no name either, and the action is the workbook's.
    expected = {2} if meant(cell, asked) == "add" else set()
    expected |= {3} if meant("", asked) == "add" else set()
    sheets = {"Webcert -> Vårdsystem": 2, "Intygstjänsten -> Webcert": 3}
    assert {sheets[f.sheet] for f in checked.findings if f.code == "ADR004"} == expected
    assert all(
        name
        for order in ([] if checked.blocked else make_orders(checked))
        for _, name in order.addressees
        if order.action == "add"
    )


@pytest.mark.parametrize(("cell", "asked"), CELLS)
def test_orders_and_comparison_take_the_same_action(cell, asked):
    checked = checked_with([cell], asked)
    tak = Catalogue("tom", "NTJP-PROD", date(2027, 1, 15))

    (row,) = [
        row for row in compare(checked, tak).rows if row.addressee == UNIT and row.request.flow.key == TO_CARE
    ]

    assert ordered(checked) == [row.request.action] == [meant(cell, asked)]


@pytest.mark.parametrize(("cell", "asked"), CELLS)
def test_a_removed_unit_is_not_looked_up_in_a_list(cell, asked):
    names = {"SE162321000156-4HVT": "Tolkcentralen Värmland", "SE162321000156-4HVX": "Vårdcentralen Gripen"}

    checked = checked_with([cell], asked, reference=Reference("lista.csv", names))

    found = {f.sheet for f in checked.findings if f.code == "HSA030"}
    assert ("Webcert -> Vårdsystem" in found) == (meant(cell, asked) == "add")
    assert ("Intygstjänsten -> Webcert" in found) == (meant("", asked) == "add")


@pytest.mark.parametrize(("cell", "asked"), CELLS)
def test_a_unit_that_is_added_one_way_and_removed_the_other_is_reported(cell, asked):
    checked = checked_with([cell], asked)

    here, there = meant(cell, asked), meant("", asked)
    assert [f.sheet for f in checked.findings if f.code == "ADR014"] == (
        []
        if here == there
        else [("Webcert -> Vårdsystem" if here == "remove" else "Intygstjänsten -> Webcert")]
    )


@pytest.mark.parametrize(("cell", "asked"), CELLS)
def test_an_added_unit_whose_name_says_that_it_is_closed_is_reported(cell, asked):
    text = altered(*edits([cell], asked)).replace("Vårdcentralen Rud", "Vårdcentralen Rud (nedlagd)")

    checked = examine(text, **ASKED[asked][0])

    found = {f.sheet for f in checked.findings if f.code == "ADR034"}
    assert ("Webcert -> Vårdsystem" in found) == (meant(cell, asked) == "add")
    assert ("Intygstjänsten -> Webcert" in found) == (meant("", asked) == "add")


@pytest.mark.parametrize(("cell", "asked"), CELLS)
def test_closed_routes_are_counted(cell, asked):
    checked = checked_with([cell], asked)

    closed = {f.sheet: f.message for f in check_removal(checked)}

    others = 2 if meant("", asked) == "remove" else 0
    count = others + (meant(cell, asked) == "remove")
    assert ("Webcert -> Vårdsystem" in closed) == (count > 0)
    assert not count or str(count) in closed["Webcert -> Vårdsystem"]


@pytest.mark.parametrize(("cell", "asked"), CELLS)
def test_a_system_without_a_name_is_reported_where_a_row_adds(cell, asked):
    """All three rows of sheet 2 have the same cell; TAK would get a nameless producer from an added one."""
    text = altered(
        (2, "Landstinget i Värmland -- Proxy", ""),
        (2, "| Logisk adressat (HSAID) | Namn |", "| Logisk adressat (HSAID) | Namn | Åtgärd |"),
        (2, "Tolkcentralen Värmland |", f"Tolkcentralen Värmland | {cell} |"),
        (2, "Vårdcentralen Rud |", f"Vårdcentralen Rud | {cell} |"),
        (2, "Vårdcentralen Gripen |", f"Vårdcentralen Gripen | {cell} |"),
        *([(4, "| Region  ", f"| Åtgärd | {ASKED[asked][1]} |\n| Region  ")] if ASKED[asked][1] else []),
    )

    checked = examine(text, **ASKED[asked][0])

    assert ("KOM011" in codes(checked)) == (meant(cell, asked) == "add")


@pytest.mark.parametrize(("cell", "asked"), CELLS)
def test_the_picture_shows_what_a_faulty_workbook_removes(cell, asked):
    text = altered(
        (2, "SE162321000156-4HVX", "SE162321000165-4HVX"),
        (2, "| Logisk adressat (HSAID) | Namn |", "| Logisk adressat (HSAID) | Namn | Åtgärd |"),
        (2, "Tolkcentralen Värmland |", f"Tolkcentralen Värmland | {cell} |"),
        (2, "Vårdcentralen Rud |", f"Vårdcentralen Rud | {cell} |"),
        (2, "Vårdcentralen Gripen |", f"Vårdcentralen Gripen | {cell} |"),
        *([(4, "| Region  ", f"| Åtgärd | {ASKED[asked][1]} |\n| Region  ")] if ASKED[asked][1] else []),
    )

    checked = examine(text, **ASKED[asked][0])

    assert checked.blocked
    (call,) = [call for call in calls_of(checked, []) if call.title == "Webcert -> Vårdsystem"]
    assert call.removed == (meant(cell, asked) == "remove")


def test_a_removed_row_does_not_hide_what_a_systems_other_rows_lack():
    """The second system orders one contract without the required one; its last row removes."""
    rows = (
        "| SE162321000156-2222 | Annat system | ListCertificatesForCareWithQA v3 | 5565594230-WEBCERT "
        "| Inera - Webcert | |\n|  |  |  | 5565594230-WEBCERT | Inera - Webcert | Ta bort |\n"
    )
    text = altered(
        (1, "| Logisk adressat    | Namn            |", "| Logisk adressat | Namn | Åtgärd |"),
        (
            1,
            "5565594230-WEBCERT | Inera - Webcert |\n\n",
            f"5565594230-WEBCERT | Inera - Webcert | |\n{rows}\n",
        ),
    )

    assert "KTR009" in codes(examine(text))
