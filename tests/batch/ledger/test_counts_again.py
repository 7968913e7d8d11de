"""What counts again when a load is taken back or a case is closed: removed units, and rows that repeat others."""

import orjson
import pytest

from tests.batch.books import book
from tests.batch.ledger.test_three_weeks import OTHER, PRODUCER, REMOVE, Office, ticket

pytestmark = pytest.mark.usefixtures("one_process")

WEDNESDAY, THURSDAY = "2027-02-02T07:00:00Z", "2027-02-03T07:00:00Z"


@pytest.fixture
def office(tmp_path) -> Office:
    """Gotland's two units are loaded."""
    office = Office(tmp_path)
    office.day(1, {"a.xlsx": book(("A1", "A2"), region="Gotland", change=ticket("TSK-20001"))})
    office.register("inlast", "0001")
    return office


def removal(units: tuple[str, ...], **asked) -> bytes:
    bort = ticket("TSK-20001", *REMOVE)
    return book(units, region="Gotland", change=bort, saved=WEDNESDAY, **asked)


def take_back(office: Office) -> str:
    office.register("inlast", "0002")
    return " ".join(office.register("angra", "0002").split())


def not_restored(office: Office) -> list:
    return orjson.loads((office.out / "inlasningar/0002-PROD/rapport.json").read_bytes())["aterstalls_inte"]


def test_removed_unit_is_ordered_again_by_the_undo_and_others_wait_for_it(office):
    office.day(2, {"b.xlsx": removal(("A1",))})

    said = take_back(office)

    assert not_restored(office) == []
    assert "lägger inte tillbaka" not in said
    assert office.rows("A1") == [(1, "inläst", "0001"), (2, "återtagen", "0002")]
    dalarna = book(("A1",), region="Dalarna", change=ticket("TSK-20002", *PRODUCER), saved=THURSDAY)
    office.day(3, {"d.xlsx": dalarna}, code=1)
    assert [one["slag"] for one in office.summary["konflikter"]] == ["annan-producent"]


def test_load_that_removes_and_replaces_brings_back_what_it_removed(office):
    files = {
        "b.xlsx": removal(("A1",)),
        "c.xlsx": book(("A2",), region="Gotland", url=OTHER, saved=WEDNESDAY, change=ticket("TSK-20001")),
    }
    office.day(2, files)

    said = take_back(office)

    assert not_restored(office) == [{"inlasning": 1, "rader": 1}]
    assert "ersätter 1 rad i inläsning 0001" in said
    assert office.rows("A1")[0] == (1, "inläst", "0001")
    assert "återtagen" in office.rows("A2")[0][1]
    again = book(("A1", "A2"), region="Gotland", change=ticket("TSK-20001"), saved=THURSDAY)
    office.day(3, {"d.xlsx": again})
    assert [(one["nummer"], one["rader"]) for one in office.summary["inlasningar"]] == [(3, 1)]


def test_removal_that_states_another_address_does_not_bring_back_the_first(office):
    office.day(2, {"b.xlsx": removal(("A1",), url=OTHER)})

    said = take_back(office)

    assert not_restored(office) == [{"inlasning": 1, "rader": 1}]
    assert "lägger inte tillbaka det gamla" in said
    assert "återtagen" in office.rows("A1")[0][1]


@pytest.mark.parametrize("is_loaded", [True, False])
def test_rows_that_a_later_workbook_repeats_are_said_to_be_ordered_by_nobody(tmp_path, is_loaded):
    office = Office(tmp_path)
    office.day(1, {"a.xlsx": book(("A1", "GEM"), change=ticket("TSK-20001"))})
    if is_loaded:
        office.register("inlast", "0001")
    office.day(2, {"b.xlsx": book(("GEM", "B1"), change=ticket("TSK-20001"))})

    said = " ".join(office.register("angra", "0001").split())

    assert "står också i arbetsbok 2 (b.xlsx) och räknades där som redan beställda" in said
    assert ("räknas som aldrig inläst" in said) is not is_loaded
    assert ("Bara om den är inläst: läs in de här filerna" in said) is not is_loaded
    assert office.rows("GEM")[1][1] == (
        "utelämnad: samma rad var med i en inläsning som är återtagen (arbetsbok 1)"
    )
    assert "står också" not in office.register("angra", "0002", "--visa")


def routes(office: Office, load: str) -> set[tuple[str, str]]:
    """Return ending and contract of the units that a load adds."""
    return {
        (row["logiskAdress"].rpartition("-")[2], row["tjanstekontrakt"].split(":")[-2])
        for path in (office.out / f"inlasningar/{load}/tak").glob("bestallning-*.json")
        for row in orjson.loads(path.read_bytes())["inkludera"]["vagval"]
    }


def whole(*units: str) -> set[tuple[str, str]]:
    names = ("CertificateStatusUpdateForCareResponder", "SendMessageToCareResponder")
    return {(unit, name) for unit in units for name in names}


@pytest.mark.parametrize("closed", ["1", "2"])
def test_unit_that_a_closed_case_frees_is_ordered_in_both_directions(tmp_path, closed):
    office = Office(tmp_path)
    first = book(("A1", "GEM"), change=ticket("TSK-20001"))
    second = book(("B1", "GEM"), change=ticket("TSK-20002", *PRODUCER))
    office.day(1, {"a.xlsx": first, "b.xlsx": second}, code=1)

    office.register("stang", closed)
    office.day(2, {})

    assert routes(office, "0002-PROD") == whole("GEM")


def test_unit_that_a_load_taken_back_frees_is_ordered_in_both_directions(tmp_path):
    office = Office(tmp_path)
    office.day(1, {"a.xlsx": book(("A1", "GEM"), change=ticket("TSK-20001"))})
    office.day(2, {"b.xlsx": book(("B1", "GEM"), change=ticket("TSK-20002", *PRODUCER))}, code=1)

    said = office.register("angra", "0001")
    office.day(3, {})

    assert routes(office, "0003-PROD") == whole("GEM")
    assert "1 rad som väntar gör" in said


def test_workbook_saved_anew_does_not_come_back_when_its_load_is_taken_back(tmp_path):
    office = Office(tmp_path)
    office.day(1, {"a.xlsx": book(("A1",), change=ticket("TSK-20001"))})
    office.day(2, {"b.xlsx": book(("A1",), change=ticket("TSK-20001"), saved=WEDNESDAY)})
    office.register("angra", "0001")

    other = (("SE162321000156-4H4F", "SE162321000156-4H5F"),)
    office.day(3, {"c.xlsx": book(("C1",), region="Gotland", change=ticket("TSK-20003", *other))})

    assert routes(office, "0002-PROD") == whole("C1")
    assert {one["nummer"] for one in orjson.loads(office.register("sok", "5565594230-WEBCERT", "--format", "json"))
            if one["inlasning"] == "0002"} == {3}  # fmt: skip
