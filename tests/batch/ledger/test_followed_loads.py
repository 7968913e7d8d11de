"""Days with mails of Outlook, where a TAK follows each load: what the register says is what the TAK has."""

from pathlib import Path

import pytest

from tests.batch.books import book, put
from tests.batch.ledger.test_three_weeks import OTHER, PRODUCER, REMOVE, Office, ticket
from tests.support.compound import msg
from tests.tak.follow_up.test_follow_up import export_of
from underlag.tak.follow_up import Ordered, read_ordered

pytestmark = pytest.mark.usefixtures("one_process")

GOTLAND = ticket("TSK-20002")
LATER = ("--tidpunkt", "2027-03-02T09:00")


def outlook(day: int, name: str, content: bytes, *, thread: str, answers: bool = False) -> bytes:
    """A mail that Outlook saved."""
    number = f"<{thread}-{day}@example.se>" if answers else f"<{thread}@example.se>"
    texts = {
        0x1035: number,
        0x007D: f"Date: Mon, {day:02} Feb 2027 08:00:00 +0100\r\nMessage-ID: {number}\r\n",
    }
    if answers:
        texts[0x1042] = f"<{thread}@example.se>"
    return msg({name: content}, sender="anna@region.example.se", texts=texts)


class Tak:
    """A TAK that holds what was loaded, as the orders say it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.rows: dict[tuple, object] = {}

    def load(self, name: str) -> Path:
        """Load a load's orders, and return the export of afterwards."""
        ordered = read_ordered(self.office.out / "inlasningar" / name)
        for row in ordered.rows:
            key = (row.addressee, row.contract, "" if row.is_route else row.party)
            if row.removes:
                self.rows.pop(key, None)
            else:
                self.rows[key] = row
        return self.export(ordered)

    def take_back(self, name: str) -> None:
        """Remove what a load has added."""
        for row in read_ordered(self.office.out / "inlasningar" / name).rows:
            self.rows.pop((row.addressee, row.contract, "" if row.is_route else row.party), None)

    def export(self, ordered: Ordered) -> Path:
        """Return the export of what the TAK has now."""
        content = export_of(ordered._replace(rows=list(self.rows.values())))
        return put(self.office.place / "tak", {"takdump_ntjp_prod.json": content}) / "takdump_ntjp_prod.json"


@pytest.fixture
def office(tmp_path) -> Office:
    return Office(tmp_path)


def follow(office: Office, load: str, export: Path, code: int) -> str:
    return office.command(
        "folj-upp", str(office.out / "inlasningar" / load), "--tak", str(export), *LATER, code=code
    )


def states(office: Office, unit: str) -> list[tuple[str, str]]:
    return [(state, load) for _, state, load in office.rows(unit)]


def test_the_register_says_what_the_tak_has_after_each_load(office):
    tak = Tak(office)
    office.day(
        1,
        {
            "1.msg": outlook(1, "G.xlsx", book(("G1", "G2"), region="Gotland", change=GOTLAND), thread="g"),
            "2.msg": outlook(
                1, "D.xlsx", book(("D1",), region="Dalarna", change=ticket("TSK-3")), thread="d"
            ),
        },
    )
    everything = tak.load("0001-PROD")
    half = export_of(read_ordered(office.out / "inlasningar/0001-PROD"), without="SE162321000156-G1")
    put(office.place, {"halva/takdump_ntjp_prod.json": half})
    assert "saknas" in follow(office, "0001-PROD", office.place / "halva/takdump_ntjp_prod.json", 1)
    follow(office, "0001-PROD", everything, 0)
    office.register("inlast", "0001")

    # An answer in the thread moves a unit to another producer.
    moved = book(
        ("G1",), region="Gotland", change=ticket("TSK-20002", *PRODUCER), saved="2027-02-02T07:00:00Z"
    )
    office.day(2, {"1.msg": outlook(2, "G flytt.xlsx", moved, thread="g", answers=True)})
    assert [len(one["arbetsbocker"]) for one in office.summary["arenden"]] == [2, 1]
    after = tak.load("0002-PROD")
    follow(office, "0002-PROD", after, 0)
    assert "i drift på annat sätt: SE162321000156-B99" in follow(office, "0001-PROD", after, 1)
    office.register("inlast", "0002")
    assert states(office, "G1") == [("ersatt av arbetsbok 3", "0001"), ("inläst", "0002")]

    # The undo, made without an export, leaves no route; the register says so, and ordering again works.
    office.register("angra", "0002")
    tak.take_back("0002-PROD")
    assert states(office, "G1") == [
        ("ersatt av arbetsbok 3, som är återtagen", "0001"),
        ("återtagen", "0002"),
    ]
    again = book(("G1",), region="Gotland", change=GOTLAND, saved="2027-02-03T07:00:00Z")
    office.day(3, {"1.msg": outlook(3, "G igen.xlsx", again, thread="g", answers=True)})
    after = tak.load("0003-PROD")
    follow(office, "0003-PROD", after, 0)
    follow(office, "0001-PROD", after, 0)

    # With an export, what would change the TAK waits for a confirmation.
    other = book(
        ("G2",), region="Gotland", change=ticket("TSK-20002", *PRODUCER), saved="2027-02-04T07:00:00Z"
    )
    said = office.day(
        4, {"1.msg": outlook(4, "G2.xlsx", other, thread="g", answers=True)}, "--tak", str(after), code=1
    )
    assert "1 rad skulle ändra det som finns i TAK" in said
    assert office.summary["inlasningar"] == []

    # A unit is removed.
    gone = book(("G2",), region="Gotland", change=ticket("TSK-20002", *REMOVE), saved="2027-02-05T07:00:00Z")
    office.day(5, {"1.msg": outlook(5, "G bort.xlsx", gone, thread="g", answers=True)})
    after = tak.load("0004-PROD")
    follow(office, "0004-PROD", after, 0)
    assert "saknas" in follow(office, "0001-PROD", after, 1)


def test_a_removal_is_one_whatever_address_it_states(office):
    bort = ticket("TSK-20002", *REMOVE)
    office.day(1, {"a.xlsx": book(("G1",), region="Gotland", change=GOTLAND)})
    office.day(2, {"b.xlsx": book(("G1",), region="Gotland", change=bort, saved="2027-02-02T07:00:00Z")})

    again = book(("G1",), region="Gotland", change=bort, saved="2027-02-03T07:00:00Z", url=OTHER)
    office.day(3, {"c.xlsx": again})

    assert office.summary["inlasningar"] == []
    assert states(office, "G1")[2] == ("utelämnad: samma rad finns redan (arbetsbok 2)", "")
