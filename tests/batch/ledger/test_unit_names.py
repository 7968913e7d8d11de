"""The names of units in loads: those of the rows that are ordered, and a notice where workbooks differ."""

import sqlite3
from datetime import timedelta

import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, batch, book, put
from tests.batch.replies.mails import replies
from underlag.cli.main import cli

TUESDAY = NOW + timedelta(days=1)
UNIT = "SE162321000156-4HVX"
#: Other names for the unit; the fault is another unit's and blocks its row alone, or the whole workbook.
OLD_NAME = (("Vårdcentralen Gripen", "Vårdcentralen Nyby"),)
FAULT = (*OLD_NAME, (f"{UNIT} |", "SE162321000165-4HVX |"))
BLOCKED = (*OLD_NAME, ("| PROD ", "| XYZ "))


def written(out, load: str = "0001-PROD") -> str:
    """Return everything in the load's files that may name a unit."""
    folder = out / "inlasningar" / load
    return "".join(
        path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.suffix in {".json", ".csv"}
    )


@pytest.mark.parametrize("change", [FAULT, BLOCKED])
def test_rejected_workbook_names_no_unit(tmp_path, change):
    out = tmp_path / "ut"
    first = batch(put(tmp_path / "a", {"a.xlsx": book(change=change)}), out)
    before = len(first.loads)

    made = batch(put(tmp_path / "b", {"b.xlsx": book(saved="2027-01-20T08:00:00Z")}), out, now=TUESDAY)
    text = written(out, f"{before + 1:04d}-PROD")

    assert "Vårdcentralen Gripen" in text
    assert "Vårdcentralen Nyby" not in text
    assert "Vårdcentralen Gripen" in replies(out)[-1].text
    assert not any("olika namn" in notice for notice in made.notices)


def test_workbook_that_only_changes_a_name_is_reported(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "a", {"a.xlsx": book(("GEM", "A1", "4HVX"))}), out)

    made = batch(
        put(tmp_path / "b", {"b.xlsx": book(("GEM", "A1", "4HVX"), change=OLD_NAME)}), out, now=TUESDAY
    )

    expected = (
        "Arbetsbok 1 (a.xlsx) och arbetsbok 2 (b.xlsx) har olika namn på 1 enhet. Namnet i arbetsbok 1 är med i "
        "inläsning 0001, och TAK behåller det namn som läses in först. Är det i stället namnet i arbetsbok 2 som "
        "stämmer, ändra det för hand i TAK när 0001 är inläst. "
        f"{UNIT}: Vårdcentralen Gripen i arbetsbok 1, Vårdcentralen Nyby i arbetsbok 2."
    )
    assert (made.loads, made.notices) == ([], [expected])
    assert (
        "1 enhet har ett annat namn i underlaget a.xlsx. Det är namnet där som läses in. Svara på det här mejlet om "
        f"det ska vara namnet här.\n- {UNIT}: Vårdcentralen Nyby här, Vårdcentralen Gripen där"
    ) in replies(out)[-1].text
    later = batch(put(tmp_path / "c", {"c.xlsx": book(("C1",))}), out, now=TUESDAY)
    assert later.notices == []


def test_corrected_address_and_name_order_both_but_the_name_loaded_first_stays(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "a", {"a.xlsx": book(("GEM", "A1", "4HVX"))}), out)
    other = book(
        ("GEM", "A1", "4HVX"), change=OLD_NAME, url="https://tak.liv.example.se/status/3_0/rivtabp21"
    )

    made = batch(put(tmp_path / "b", {"b.xlsx": other}), out, now=TUESDAY)

    assert "Vårdcentralen Nyby" in written(out, "0002-PROD")
    assert "Vårdcentralen Gripen" not in written(out, "0002-PROD")
    assert len(made.notices) == 1
    assert "Namnet i arbetsbok 1 är med i inläsning 0001, och TAK behåller det namn" in made.notices[0]
    assert any("Det är namnet där som läses in. Svara" in one.text for one in replies(out))


@pytest.mark.parametrize(
    ("commands", "said", "replied"),
    [
        (
            ["inlast"],
            (
                "Namnet i arbetsbok 1 är inläst med 0001, och TAK behåller det. Är det i stället namnet i arbetsbok 2 som "
                "stämmer, ändra det för hand i TAK."
            ),
            (
                "Det är namnet där som redan är inläst, och TAK byter inte namn på en enhet. Svara på det här mejlet om "
                "det ska vara namnet här."
            ),
        ),
        (
            ["inlast", "angra"],
            "Namnet i arbetsbok 1 är inläst med 0001, och TAK behåller det.",
            "Det är namnet där som redan är inläst",
        ),
        (["angra"], "", ""),
        (["inlast", "inlast --inte", "angra"], "", ""),
        (
            ["inlast", "inlast --inte"],
            "Namnet i arbetsbok 1 är med i inläsning 0001",
            "Det är namnet där som läses in.",
        ),
    ],
)
def test_the_name_in_the_tak_is_that_of_the_first_load_that_was_loaded(tmp_path, commands, said, replied):
    out = tmp_path / "ut"
    batch(put(tmp_path / "a", {"a.xlsx": book(("GEM", "A1", "4HVX"))}), out)
    for command in commands:
        name, *more = command.split()
        assert CliRunner().invoke(cli, ["register", name, str(out), "1", *more]).exit_code == 0

    made = batch(
        put(tmp_path / "b", {"b.xlsx": book(("GEM", "A1", "4HVX"), change=OLD_NAME)}), out, now=TUESDAY
    )

    assert said in " ".join(made.notices)
    assert len(made.notices) == bool(said)
    assert replied in replies(out)[-1].text
    assert ("annat namn" in replies(out)[-1].text) == bool(said)


def test_names_of_several_units_and_of_two_workbooks_in_one_load(tmp_path):
    out = tmp_path / "ut"
    change = (*OLD_NAME, ("Vårdcentralen Rud", "Vårdcentralen Säffle"))
    files = {
        "a.xlsx": book(("GEM", "4HVV", "4HVX"), saved="2027-01-10T08:00:00Z"),
        "b.xlsx": book(("GEM", "4HVV", "4HVX"), change=change, saved="2027-01-11T08:00:00Z"),
    }

    made = batch(put(tmp_path / "in", files), out)

    assert "Namnen i arbetsbok 1 är med i inläsning 0001, och TAK behåller" in made.notices[0]
    assert "ändra dem för hand i TAK när 0001 är inläst." in made.notices[0]
    assert "Vårdcentralen Nyby" not in written(out)
    texts = [one.text for one in replies(out)]
    assert any(
        "2 enheter har andra namn i underlaget a.xlsx. Det är namnen där som läses in. Svara" in text
        for text in texts
    )
    assert any("i underlaget b.xlsx. Det är namnen här som läses in. Svara" in text for text in texts)


def test_register_of_an_earlier_version_gets_the_table(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "a", {"a.xlsx": book()}), out)
    with sqlite3.connect(out / "register.sqlite") as database:
        database.execute("DROP TABLE names")
    database.close()

    made = batch(put(tmp_path / "b", {"b.xlsx": book(change=OLD_NAME)}), out, now=TUESDAY)

    assert len(made.notices) == 1
