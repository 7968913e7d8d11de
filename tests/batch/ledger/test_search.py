"""The register finds what somebody asks for in any usual writing, and says what the TAK has of it."""

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import URL, book
from tests.batch.ledger.test_three_weeks import REMOVE, Office, ticket
from tests.batch.replies.mails import mail
from tests.tak.follow_up.test_follow_up import export_of
from underlag.cli.main import cli
from underlag.tak.follow_up import read_ordered

pytestmark = pytest.mark.usefixtures("one_process")


@pytest.fixture
def office(tmp_path) -> Office:
    """One day, on which Värmland orders two units."""
    office = Office(tmp_path)
    office.day(1, {"a.xlsx": book(("A1", "A2"), change=ticket("TSK-20001"))})
    return office


def found(office: Office, text: str) -> list[dict]:
    return orjson.loads(office.register("sok", text, "--format", "json"))


@pytest.mark.parametrize(
    "text",
    [
        "SE162321000156-A1",
        "se162321000156-a1",
        "SE2321000156-A1",
        "SE162321000156\N{NON-BREAKING HYPHEN}A1",
        "\N{NO-BREAK SPACE}SE162321000156-A1 ",
    ],
)
def test_unit_is_found_however_its_id_is_written(office, text):
    assert {one["hsaId"] for one in found(office, text)} == {"SE162321000156-A1"}


@pytest.mark.parametrize("text", ["SE162321000156-A", "SE162321000156-A11", "SE232100015-A1", "%", ""])
def test_part_of_an_id_is_no_unit(office, text):
    assert found(office, text) == []


@pytest.mark.parametrize(
    "text",
    ["TSK-20001", "tsk 20001", "TSK20001", "TSK\N{EN DASH}20001", "[TSK-20001]", "1", "0001", "ärende 1",
     "Ärende nr 1", "Region Värmland", "LiV (slutlig)"],
)  # fmt: skip
def test_case_is_found_by_any_writing_of_its_number_or_region(office, text):
    assert [(one["arende"], one["region"]) for one in found(office, text)] == [(1, "Region Värmland")]


@pytest.mark.parametrize("text", ["TSK-2000", "20001", "ärende 2", "ärende", "Gotland"])
def test_other_numbers_and_regions_find_no_case(office, text):
    assert found(office, text) == []


def test_unit_in_both_writings_is_found_with_all_its_rows(office):
    short = (("SE162321000156-A1 ", "SE2321000156-A1 "),)
    office.day(2, {"b.xlsx": book(("A1",), change=ticket("TSK-20001", *short))})

    assert {one["hsaId"] for one in found(office, "SE2321000156-A1")} == {
        "SE162321000156-A1",
        "SE2321000156-A1",
    }


def test_unit_is_found_with_all_who_sent_the_workbook(office):
    content = book(("B1",), change=ticket("TSK-20001"))
    office.day(2, {f"{n}.eml": mail({"b.xlsx": content}, sender=f"{n}@example.se") for n in ("anna", "bo")})

    assert {one["avsandare"] for one in found(office, "SE162321000156-B1")} == {
        "anna@example.se, bo@example.se"
    }
    assert {one["avsandare"] for one in found(office, "SE162321000156-A1")} == {""}
    assert "Avsändare: anna@example.se, bo@example.se" in office.register("sok", "SE162321000156-B1")


def follow(office: Office, load: str, content: bytes, code: int) -> None:
    export = office.place / "takdump_ntjp_prod.json"
    export.write_bytes(content)
    folder = office.out / "inlasningar" / load
    arguments = ["folj-upp", str(folder), "--tak", str(export), "--tidpunkt", "2027-03-02T09:00"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == code, result.output


def test_search_says_what_the_tak_has_instead(office):
    ordered = read_ordered(office.out / "inlasningar/0001-PROD")
    other = URL.replace("tph2", "tph9")
    elsewhere = [row._replace(url=other) if row.url == URL else row for row in ordered.rows]
    follow(office, "0001-PROD", export_of(ordered._replace(rows=elsewhere)), 1)

    live = {one["kontrakt"]: one["iDrift"] for one in found(office, "SE162321000156-A1")}

    assert live == {
        "CertificateStatusUpdateForCare v3": "nej, 2027-03-02: i drift på annat sätt: SE162321000156-B3K på "
        f"{other} (RIVTABP21)",
        "SendMessageToCare v2": "ja, 2027-03-02",
    }
    events = orjson.loads(office.register("handelser", "--format", "json"))
    assert {one["text"] for one in events if one["handelse"] == "ej i drift"} == {
        f"i drift på annat sätt: SE162321000156-B3K på {other} (RIVTABP21)"
    }


def test_removed_unit_is_not_called_live(office):
    all_there = export_of(read_ordered(office.out / "inlasningar/0001-PROD"))
    without = export_of(read_ordered(office.out / "inlasningar/0001-PROD"), without="SE162321000156-A1")
    removal = book(("A1",), change=ticket("TSK-20001", *REMOVE), saved="2027-02-02T07:00:00Z")
    office.day(2, {"b.xlsx": removal})

    def of_removal() -> set[str]:
        return {one["iDrift"] for one in found(office, "SE162321000156-A1") if one["inlasning"] == "0002"}

    follow(office, "0002-PROD", all_there, 1)
    assert of_removal() == {"finns kvar, 2027-03-02"}
    follow(office, "0002-PROD", without, 0)
    assert of_removal() == {"borttagen, 2027-03-02"}
