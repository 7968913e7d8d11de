"""beslut/REGION.toml: what was decided about a region's workbooks, over several runs of the same folder."""

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import book, put
from underlag.cli.main import cli

pytestmark = pytest.mark.usefixtures("one_process")

HEADER = "| Logisk adressat (HSAID) | Namn |"
RUD = "| Vårdcentralen Rud |"


def commented(units, region, text):
    """Return a workbook with a column Kommentar on its second sheet that says something of one unit."""
    change = ((HEADER, f"{HEADER} Noterat |"), (RUD, f"{RUD} {text} |"))
    return book(units, region=region, change=change)


def run(place, day):
    """Run the folder `in` into `ut` on a day; return what the summary says of each file."""
    result = CliRunner().invoke(
        cli,
        [
            "kundservice",
            str(place / "in"),
            "--ut",
            str(place / "ut"),
            "--tidpunkt",
            f"{day}T09:00",
            "--processer",
            "1",
        ],
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    summary = orjson.loads((place / "ut/sammanstallning.json").read_bytes())
    return {one["fil"]: one for one in summary["arbetsbocker"]}


def report(place, row):
    """Return the report of a workbook."""
    return orjson.loads((place / "ut" / row["mapp"] / "rapport.json").read_bytes())


@pytest.fixture
def place(tmp_path):
    """Return a folder with the workbooks of two regions that need an answer."""
    put(
        tmp_path / "in",
        {
            "varmland.xlsx": commented(("AAA1", "AAA2", "AAA3"), "LiV", "utgår"),
            "gotland.xlsx": commented(("BBB1", "BBB2", "BBB3"), "Gotland", "utgår"),
        },
    )
    return tmp_path


def decide(place, file, row):
    """Keep the lines that a workbook's report prints, with 'utan' for 'bortse'; return them."""
    lines = [line.replace('"bortse"', '"utan"') for line in report(place, row)["svarsrader"]]
    put(place / "ut" / "beslut", {file: chr(10).join(lines).encode()})
    return lines


def test_a_decision_settles_the_workbooks_of_its_region_alone_and_once(place):
    first = run(place, "2027-02-01")
    lines = decide(place, "LiV.toml", first["varmland.xlsx"])
    second = run(place, "2027-02-02")

    assert {file: row["tillstand"] for file, row in first.items()} == {
        "varmland.xlsx": "fel",
        "gotland.xlsx": "fel",
    }
    assert [line for line in lines if "utgår" in line]
    assert (second["varmland.xlsx"]["tillstand"], second["gotland.xlsx"]["tillstand"]) == ("klar", "fel")
    # The unit is left out of both directions; the journal system's own two rows stay.
    assert second["varmland.xlsx"]["rader"]["utelamnade"] == 2
    assert second["varmland.xlsx"]["rader"]["klara"] == 6
    assert second["gotland.xlsx"]["rader"]["klara"] == 0

    loads = sorted((place / "ut/inlasningar").iterdir())
    third = run(place, "2027-02-03")["varmland.xlsx"]
    assert (third["tillstand"], third["oforandrad"]) == ("klar", True)
    assert sorted((place / "ut/inlasningar").iterdir()) == loads


def test_a_decision_lapses_when_the_text_changes(place):
    decide(place, "LiV.toml", run(place, "2027-02-01")["varmland.xlsx"])
    put(place / "in", {"varmland.xlsx": commented(("AAA1", "AAA2", "AAA3"), "LiV", "utgår i mars")})
    second = run(place, "2027-02-02")["varmland.xlsx"]

    assert second["tillstand"] != "klar" or second["antal"]["varning"]
    assert any("utgår i mars" in finding["varde"] for finding in report(place, second)["fynd"])
    assert any("utgår i mars" in line for line in report(place, second)["svarsrader"])


def test_columns_are_remembered_for_a_region(place):
    named = commented(("AAA1", "AAA2", "AAA3"), "LiV", "nytt")
    put(place / "in", {"varmland.xlsx": named})
    first = run(place, "2027-02-01")["varmland.xlsx"]
    put(place / "ut" / "beslut", {"LiV.toml": b'[kolumner]\n"Noterat" = "bortse"\n'})
    second = run(place, "2027-02-02")["varmland.xlsx"]

    assert first["antal"]["varning"] > second["antal"]["varning"] == 0
    assert second["rader"]["klara"] == 8


def test_sheets_are_remembered_for_a_region(place):
    units, renamed = ("AAA1", "AAA2", "AAA3"), (("## Webcert -> Vårdsystem", "## Enheter"),)
    put(place / "in", {"varmland.xlsx": book(units, region="LiV", change=renamed)})
    first = run(place, "2027-02-01")["varmland.xlsx"]
    put(place / "ut" / "beslut", {"LiV.toml": '[flikar]\n"Enheter" = "Webcert -> Vårdsystem"\n'.encode()})
    second = run(place, "2027-02-02")["varmland.xlsx"]

    assert (first["tillstand"], first["rader"]["klara"]) == ("fel", 0)
    assert (second["tillstand"], second["rader"]["klara"]) == ("klar", 8)
