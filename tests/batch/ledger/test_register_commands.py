"""`register` shows who ordered what; the register itself is only added to, and refused where it cannot be trusted."""

import csv
import io
import sqlite3

import openpyxl
import orjson
import pytest

from tests.batch.books import batch, book, put
from tests.batch.ledger.register_commands import run
from underlag.batch.ledger.search import row_state
from underlag.batch.ledger.settle import LEFT_OUT, WAITS
from underlag.batch.ledger.unit_rows import BLOCKED, Reason
from underlag.batch.register.database import RegisterError
from underlag.batch.register.store import Register

pytestmark = pytest.mark.usefixtures("one_process")


def test_search_for_a_unit_shows_who_when_by_which_cell_and_in_which_load(out):
    found = orjson.loads(run("sok", str(out), "se162321000156-gem", "--format", "json"))

    assert [(one["region"], one["fil"], one["cell"], one["inlasning"], one["lage"]) for one in found] == [
        ("Region Gotland", "g.xlsx", "F2", "0001", "klar att läsas in"),
        ("Region Gotland", "g.xlsx", "E2", "0001", "klar att läsas in"),
        ("Region Dalarna", "d.xlsx", "F2", "", "väntar: en annan producent anges (arbetsbok 1)"),
        ("Region Dalarna", "d.xlsx", "E2", "", "väntar: flera regioner beställer enheten (arbetsbok 1)"),
    ]
    assert "SE162321000156-B99" in found[2]["anger"]


def test_every_reason_is_stated_in_words():
    codes = {BLOCKED, *Reason} - {Reason.SAME_ROW, Reason.TAKEN_BACK}

    assert not [code for code in codes if "-" in row_state(WAITS, code, None, None)]
    assert len({row_state(WAITS, code, None, None) for code in codes}) == len(codes)
    assert row_state(LEFT_OUT, Reason.REPLACED, None, 3) == "utelämnad: ersatt av en senare rad (arbetsbok 3)"


def test_search_for_a_region_or_a_case_number_shows_cases(out):
    gotland = orjson.loads(run("sok", str(out), "RG_signed v3", "--format", "json"))
    ticket = orjson.loads(run("sok", str(out), "TSK-12518", "--format", "json"))

    assert [(one["arende"], one["arbetsbocker"]) for one in gotland] == [(1, "1: g.xlsx, 3: t.xlsx")]
    assert [one["arende"] for one in ticket] == [1, 2]
    assert "hela HSA-ID" in run("sok", str(out), "SAKNAS")
    assert "Inget sådant" in run("sok", str(out), "SE162321000156-SAKNAS")


def test_everything_that_happened_is_listed(out):
    run("inlast", str(out), "0001", "--tidpunkt", "2027-02-03T08:00")

    events = orjson.loads(run("handelser", str(out), "--format", "json"))

    assert [one["handelse"] for one in events if one["arende"] == 2] == [
        "öppnad",
        "mottagen",
        "granskad",
        "svarsutkast",
    ]
    assert (events[-1]["handelse"], events[-1]["inlasning"], events[-1]["tid"][:16]) == (
        "inläst",
        "0001",
        "2027-02-03T08:00",
    )


def test_export_holds_every_row(out, tmp_path):
    run("exportera", str(out), "--ut", str(tmp_path / "r.csv"))
    run("exportera", str(out), "--ut", str(tmp_path / "r.xlsx"))

    table = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig")), delimiter=";"))
    sheets = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert len(table) == sheets["Rader"].max_row - 1 == 6 + 6 + 4
    assert sheets["Ärenden"].max_row == 1 + 2
    assert "finns redan" in run("exportera", str(out), "--ut", str(tmp_path / "r.csv"), code=2)


def test_unknown_command_is_named_with_those_there_are():
    said = run("blaha", "klart", code=2)

    assert "blaha är varken ett kommando" in said
    assert "angra, svarat" in said.replace("\n", " ")


def test_register_is_only_added_to(out):
    with Register(out / "register.sqlite") as register:
        for statement in (
            "DELETE FROM rows",
            "DELETE FROM events",
            "UPDATE rows SET cell = 'A1'",
            "UPDATE events SET at = ''",
            "UPDATE books SET name = ''",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                register.connection.execute(statement)


def test_register_that_is_gone_beside_old_packages_is_not_begun_anew(out, tmp_path):
    (out / "register.sqlite").unlink()

    with pytest.raises(RegisterError, match="säkerhetskopia"):
        batch(tmp_path / "1", out)

    assert not (out / "register.sqlite").exists()


def test_register_of_a_newer_version_is_refused_with_a_sentence(out, tmp_path):
    with sqlite3.connect(out / "register.sqlite") as database:
        database.execute("PRAGMA user_version = 3")
    database.close()
    before = (out / "register.sqlite").read_bytes()

    with pytest.raises(RegisterError, match="nyare version av underlag"):
        batch(tmp_path / "1", out)

    assert (out / "register.sqlite").read_bytes() == before
    assert "nyare version" in run("sok", str(out), "Gotland", code=1)


def test_waiting_run_goes_on_when_the_other_is_done(out):
    waited = []
    first = Register(out / "register.sqlite")

    def end_first() -> None:
        waited.append(True)
        first.connection.close()

    with Register(out / "register.sqlite", wait=600, waiting=end_first):
        assert waited == [True]


def test_every_workbook_that_can_be_chosen_is_explained(out, tmp_path):
    # Of d.xlsx the route to another producer is replaced, and its other row waits on.
    other = (("SE162321000156-B3K", "SE162321000156-B98"),)
    third = book(("GEM",), region="Dalarna", change=other, saved="2027-01-20T08:00:00Z")

    made = batch(put(tmp_path / "3", {"e.xlsx": third}), out)

    (conflict,) = made.conflicts
    assert len(conflict.choices) == 3
    for choice in conflict.choices:
        assert f"arbetsbok {choice.removeprefix('--valj ')} (" in conflict.message


def test_a_case_is_named_by_its_number_or_its_case_number(out):
    case_number = "TSK-12518"
    rows = run("visa", str(out)).splitlines()
    assert case_number in rows[1]
    refused = run("svarat", str(out), "TSK-99999", code=1)
    assert "Det finns inget ärende TSK-99999" in refused
    several = run("svarat", str(out), case_number, code=1)
    assert f"Flera ärenden har {case_number}: 1 och 2. Ange ett av dem." in several
    run("stang", str(out), "2")
    assert "Ärende 1 är noterat som besvarat." in run("svarat", str(out), "tsk 12518")
    assert "Det finns inget ärende" in run("svarat", str(out), "0", code=1)


def test_packages_whose_rows_are_all_loaded_are_shown_as_loaded(out):
    assert "inläst" not in run("visa", str(out))
    run("inlast", str(out), "0001")
    states = [line for line in run("visa", str(out)).splitlines() if "inläst" in line]
    assert states
    assert len(states) < 3
