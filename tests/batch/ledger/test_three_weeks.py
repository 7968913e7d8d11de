"""Three weeks of customer service, five regions, through the commands alone."""

from email.message import EmailMessage
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import URL, book, put, tree
from tests.tak.follow_up.test_follow_up import export_of
from underlag.cli.main import cli
from underlag.tak.follow_up import read_ordered

pytestmark = pytest.mark.usefixtures("one_process")

OTHER = URL.replace("tph2", "tph9")
PRODUCER = (("SE162321000156-B3K", "SE162321000156-B99"),)
REMOVE = (("| Datum ", "| Åtgärd | Ta bort |\n| Datum "),)
FAULTY = (("SE162321000156-4HVV |", "SE162321000165-4HVV |"),)


def ticket(number: str, *change: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (*change, ("TSK-12518", number))


def mail(day: int, number: int, name: str, content: bytes, *, thread: str) -> bytes:
    """A mail of a thread, whose first mail has the thread's id itself."""
    message = EmailMessage()
    message["From"] = "Anna Exempelsson <anna@region.example.se>"
    message["Subject"] = "Underlag för TAKning"
    message["Date"] = f"Mon, {day:02} Feb 2027 08:00:00 +0100"
    message["Message-ID"] = f"<{thread}@example.se>" if number == 1 else f"<{thread}-{number}@example.se>"
    if number > 1:
        message["In-Reply-To"] = f"<{thread}@example.se>"
    message.set_content("Hej!")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


class Office:
    """Customer service: an output folder and the commands that are given there."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.out = place / "klart"

    def command(self, *arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(cli, [*arguments])
        assert result.exit_code == code, result.output
        return result.output.replace("\N{NO-BREAK SPACE}", " ")

    def day(self, number: int, files: dict[str, bytes], *more: str, code: int = 0) -> str:
        """Hand in what came on a day; check that the sums add up and no earlier load has changed."""
        loads = tree(self.out / "inlasningar") if self.out.exists() else {}
        inbox = put(self.place / f"{number:02}", files)
        said = self.command(
            "kundservice", str(inbox), "--ut", str(self.out), "--processer", "1",
            "--tidpunkt", f"2027-02-{number:02}T09:00", *more, code=code,
        )  # fmt: skip
        assert loads.items() <= tree(self.out / "inlasningar").items()
        for one in (self.summary["summa"], *self.summary["arbetsbocker"], *self.summary["arenden"]):
            rows = one["rader"]
            assert rows["lasta"] == rows["inlasta"] + rows["klara"] + rows["vantar"] + rows["utelamnade"]
        return said

    def register(self, command: str, *more: str, code: int = 0) -> str:
        return self.command("register", command, str(self.out), *more, code=code)

    def rows(self, unit: str) -> list[tuple]:
        """Return what the register shows of a unit in the contract CertificateStatusUpdateForCare."""
        found = orjson.loads(self.register("sok", f"SE162321000156-{unit}", "--format", "json"))
        return [
            (one["nummer"], one["lage"], one["inlasning"]) for one in found if "Status" in one["kontrakt"]
        ]

    @property
    def summary(self) -> dict:
        return orjson.loads((self.out / "sammanstallning.json").read_bytes())


@pytest.fixture
def office(tmp_path) -> Office:
    return Office(tmp_path)


def test_three_weeks_of_customer_service(office):
    liv = book(("L1", "L2", "L3"), region="LiV", change=ticket("TSK-20001"))
    gotland = book(("G1", "G2"), region="Gotland", change=ticket("TSK-20002"))
    said = office.day(
        1,
        {
            "1.eml": mail(1, 1, "LiV.xlsx", liv, thread="liv"),
            "2.xlsx": gotland,
            "3.eml": mail(
                1, 1, "D.xlsx", book(("D1", "4HVV"), region="Dalarna", change=FAULTY), thread="dal"
            ),
            "skräp.txt": b"hej",
            "trasig.xlsx": b"PK\x03\x04 trasig",
        },
        code=1,
    )
    assert "Något väntar på dig: 2 arbetsböcker har fel." in said
    office.register("inlast", "0001", "--tidpunkt", "2027-02-01T15:00")

    # A supplement with a unit in common, a corrected workbook, and the same file by another name.
    more = book(("L3", "L4"), region="Region Värmland - komplettering", change=ticket("TSK-20001"))
    right = book(("D1", "D2"), region="Dalarna", saved="2027-02-02T07:00:00Z")
    files = {
        "1.eml": mail(2, 2, "LiV komplettering.xlsx", more, thread="liv"),
        "2 (1).xlsx": gotland,
        "3.eml": mail(2, 2, "D rättad.xlsx", right, thread="dal"),
    }
    office.day(2, files)
    assert [(one["region"], len(one["arbetsbocker"])) for one in office.summary["arenden"]] == [
        ("Region Värmland", 2),
        ("Region Gotland", 1),
        ("Region Dalarna", 2),
        ("", 1),
    ]
    assert (office.rows("L1"), office.rows("L3")[0]) == ([(1, "inläst", "0001")], (1, "inläst", "0001"))
    assert office.rows("L4") == [(5, "klar att läsas in", "0002")]

    # Two regions order what others have: those units wait, the rest does not.
    files = {
        "1.xlsx": book(("S1", "V1"), region="Skåne", change=ticket("TSK-20005")),
        "2.xlsx": book(("V1", "G1", "V2"), region="VGR", change=ticket("TSK-20004", *PRODUCER)),
    }
    said = office.day(3, files, code=1)
    assert "2 adressater väntar på beslut" in said
    assert "SE162321000156-G1" in said
    assert [state for _, state, _ in office.rows("G1")] == [
        "inläst",
        "väntar: en annan producent anges (arbetsbok 2)",
    ]
    assert office.rows("V2") == [(8, "klar att läsas in", "0003")]

    # Nothing new: what waits is said again, and so are the loads that nobody has marked.
    said = office.day(4, {}, code=1)
    assert "Tidigare inläsningar som inte är noterade som inlästa: 0002-PROD och 0003-PROD." in said
    assert "Välj mellan 7 och 8" in office.day(5, {}, "--valj", "SE162321000156-V1=6", code=1)
    office.day(5, {}, "--valj", "SE162321000156-V1=7", code=1)
    assert [state for _, state, _ in office.rows("V1")] == [
        "klar att läsas in",
        "utelämnad: bortvald (arbetsbok 7)",
    ]

    # One unit is removed; the others of the order stay. A new address for a unit in dispute waits.
    files = {
        "1.eml": mail(
            8, 3, "bort.xlsx", book(("L2",), region="LiV", change=ticket("TSK-20001", *REMOVE)), thread="liv"
        ),
        "2.xlsx": book(
            ("G2",), region="RG", url=OTHER, saved="2027-02-08T07:00:00Z", change=ticket("TSK-20002")
        ),
    }
    office.day(8, files, code=1)
    assert [state for _, state, _ in office.rows("L2")] == ["ersatt av arbetsbok 9", "klar att läsas in"]
    assert office.rows("L1") == [(1, "inläst", "0001")]
    assert [
        one["av"]["arbetsbok"] for one in office.summary["ersatta"] if one["adressat"].endswith("G2")
    ] == ["2.xlsx"]

    # The supplement is taken back; a workbook with all of it orders it again.
    assert "aterstall-1.json" in office.register("angra", "0002")
    assert office.rows("L4") == [(5, "återtagen", "0002")]
    everything = book(
        ("L1", "L3", "L4"), region="LiV", change=ticket("TSK-20001"), saved="2027-02-09T07:00:00Z"
    )
    office.day(9, {"1.eml": mail(9, 4, "allt.xlsx", everything, thread="liv")}, code=1)
    assert [state for _, state, _ in office.rows("L4")] == ["återtagen", "klar att läsas in"]

    # Closed too early, opened again, decided at last.
    office.register("stang", "6")
    assert office.rows("G1")[1][1].startswith("utelämnad: ärendet är stängt")
    office.day(15, {})
    office.register("oppna", "6")
    office.day(16, {}, code=1)
    office.day(17, {}, "--valj", "2")
    assert [state for _, state, _ in office.rows("G1")] == ["inläst", "utelämnad: bortvald (arbetsbok 2)"]

    # Everything that was loaded is live, and every load is marked.
    first = office.out / "inlasningar/0001-PROD"
    put(office.place, {"tak/takdump_ntjp_prod.json": export_of(read_ordered(first))})
    told = office.command(
        "folj-upp",
        str(first),
        "--tak",
        str(office.place / "tak/takdump_ntjp_prod.json"),
        "--tidpunkt",
        "2027-03-02",
    )
    assert "Allt är i drift" in told
    for one in office.summary["ej_inlasta"]:
        office.register("inlast", str(one["nummer"]))
    said = office.day(19, {})
    assert "Inte noterade" not in said
    assert office.summary["konflikter"] == []
    kinds = [one["handelse"] for one in orjson.loads(office.register("handelser", "--format", "json"))]
    assert {
        "mottagen",
        "granskad",
        "inläst",
        "återtagen",
        "vald",
        "stängd",
        "öppnad igen",
        "verifierad",
    } <= set(kinds)
