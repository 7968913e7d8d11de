"""The names of units in loads: those of the rows that are ordered, and a notice where workbooks differ."""

import sqlite3
from datetime import timedelta

import pytest

from tests.batch.books import NOW, batch, book, put
from tests.batch.replies.mails import replies

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
        "Arbetsbok 1 (a.xlsx) och arbetsbok 2 (b.xlsx) har olika namn på 1 enhet. Det som gäller i "
        f"beställningen är namnen i arbetsbok 1. Fråga regionen om de inte stämmer. Ska de ändras görs det för hand i "
        "TAK: en adressat som finns där behåller sitt namn när den läses in igen. "
        f"{UNIT}: Vårdcentralen Gripen i arbetsbok 1, Vårdcentralen Nyby i arbetsbok 2."
    )
    assert (made.loads, made.notices) == ([], [expected])
    assert (
        f"1 enhet har ett annat namn i underlaget a.xlsx. Det namn som beställs är det där. Svara på det här mejlet om "
        f"det inte stämmer.\n- {UNIT}: Vårdcentralen Nyby här, Vårdcentralen Gripen där"
    ) in replies(out)[-1].text
    later = batch(put(tmp_path / "c", {"c.xlsx": book(("C1",))}), out, now=TUESDAY)
    assert later.notices == []


def test_newest_ordered_row_names_the_unit(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "a", {"a.xlsx": book(("GEM", "A1", "4HVX"))}), out)
    other = book(
        ("GEM", "A1", "4HVX"), change=OLD_NAME, url="https://tak.liv.example.se/status/3_0/rivtabp21"
    )

    made = batch(put(tmp_path / "b", {"b.xlsx": other}), out, now=TUESDAY)

    assert "Vårdcentralen Nyby" in written(out, "0002-PROD")
    assert "Vårdcentralen Gripen" not in written(out, "0002-PROD")
    assert len(made.notices) == 1
    assert made.notices[0].startswith(
        "Arbetsbok 2 (b.xlsx) och arbetsbok 1 (a.xlsx) har olika namn på 1 enhet."
    )


def test_register_of_an_earlier_version_gets_the_table(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "a", {"a.xlsx": book()}), out)
    with sqlite3.connect(out / "register.sqlite") as database:
        database.execute("DROP TABLE names")
    database.close()

    made = batch(put(tmp_path / "b", {"b.xlsx": book(change=OLD_NAME)}), out, now=TUESDAY)

    assert len(made.notices) == 1
