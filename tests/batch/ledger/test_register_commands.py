"""The ledger answers who ordered what, and notes what people tell it."""

import csv
import io
import sqlite3

import openpyxl
import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import batch, book, put
from underlag.batch.ledger.search import row_state
from underlag.batch.ledger.settle import LEFT_OUT, WAITS
from underlag.batch.ledger.unit_rows import BLOCKED, Reason
from underlag.batch.register.database import RegisterError
from underlag.batch.register.store import Register
from underlag.batch.summary.schema import LoadModel
from underlag.cli.main import cli

pytestmark = pytest.mark.usefixtures("one_process")

PRODUCER = (("SE162321000156-B3K", "SE162321000156-B99"),)


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, ["register", *arguments])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def out(tmp_path):
    """Two days: Gotland and Dalarna want the same unit, and Gotland supplements."""
    batch(put(tmp_path / "1", {"g.xlsx": book(("GEM", "G1"), region="Gotland")}), tmp_path / "ut")
    batch(
        put(
            tmp_path / "2",
            {
                "d.xlsx": book(("GEM", "D1"), region="Dalarna", change=PRODUCER),
                "t.xlsx": book(("G2",), region="Region Gotland - komplettering"),
            },
        ),
        tmp_path / "ut",
    )
    return tmp_path / "ut"


def test_search_for_a_unit_tells_who_when_by_which_cell_and_in_which_load(out):
    found = orjson.loads(run("sok", str(out), "se162321000156-gem", "--format", "json"))

    assert [(one["region"], one["fil"], one["cell"], one["inlasning"], one["lage"]) for one in found] == [
        ("Region Gotland", "g.xlsx", "F2", "0001", "klar att läsas in"),
        ("Region Gotland", "g.xlsx", "E2", "0001", "klar att läsas in"),
        ("Region Dalarna", "d.xlsx", "F2", "", "väntar: en annan producent anges (arbetsbok 1)"),
        ("Region Dalarna", "d.xlsx", "E2", "", "väntar: flera regioner beställer enheten (arbetsbok 1)"),
    ]
    assert "SE162321000156-B99" in found[2]["anger"]


def test_every_reason_is_told_in_words():
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


def test_everything_that_happened_is_told(out):
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


def test_loaded_rows_are_told_in_the_next_summary(out, tmp_path):
    run("inlast", str(out), "1")
    assert "redan noterad" in run("inlast", str(out), "0001-PROD")

    made = batch(tmp_path / "1", out)

    assert [(one.rows.loaded, one.rows.ready) for one in made.workbooks] == [(6, 0)]
    assert "Det finns ingen inläsning 0009" in run("inlast", str(out), "0009", code=1)
    assert "Det finns ingen inläsning 0001-QA" in run("inlast", str(out), "0001-QA", code=1)


def test_taking_back_tells_what_to_load_and_waits_for_the_loads_that_go_first(out, tmp_path):
    batch(
        put(tmp_path / "3", {"n.xlsx": book(("G1",), region="Gotland", change=PRODUCER)}), out
    )  # it replaces a row of the first load
    run("inlast", str(out), "0001")
    before = run("handelser", str(out))

    said = run("angra", str(out), "0001", code=1)
    assert "0003. Ta tillbaka dem först, den senaste först. Ingenting är noterat." in " ".join(said.split())
    assert "0003. Ta tillbaka dem först" in " ".join(run("angra", str(out), "0001", "--visa").split())
    assert run("handelser", str(out)) == before

    run("angra", str(out), "0003")
    said = run("angra", str(out), "0001")
    assert str(out / "inlasningar/0001-PROD/tak/aterstall-1.json") in said.replace("\n", "")
    assert "0003" not in said
    again = run("angra", str(out), "0001")
    assert "redan noterad som återtagen" in again
    assert "aterstall" not in again
    made = batch(tmp_path / "1", out)
    assert made.workbooks[0].rows.reasons == {"återtagen": 6}


def test_loads_for_other_consumers_of_a_common_addressee_do_not_go_first(out, tmp_path):
    other = (("SE162321000156-4H4F", "SE162321000156-4H5F"),)
    made = batch(put(tmp_path / "3", {"s.xlsx": book(("S1",), region="Skåne", change=other)}), out)

    assert [load.number for load in made.loads] == [3]
    assert "0003" not in run("angra", str(out), "0001")


def test_order_of_taking_back_is_shown_without_noting_anything(out):
    run("inlast", str(out), "0001")
    before = run("handelser", str(out))

    said = run("angra", str(out), "0001", "--visa")

    assert "aterstall-1.json" in said
    assert "noterad som återtagen" not in said
    assert run("handelser", str(out)) == before
    assert "inte båda" in run("angra", str(out), "0001", "--visa", "--tidpunkt", "2027-02-03T08:00", code=2)


def test_case_is_answered_until_its_next_workbook_comes(out, tmp_path):
    def answered():
        return [
            one["besvarat"][:16] for one in orjson.loads(run("sok", str(out), "Gotland", "--format", "json"))
        ]

    def summary():
        batch(put(tmp_path / "tom", {}), out)
        sheet = openpyxl.load_workbook(out / "sammanstallning.xlsx")["Öppna ärenden"]
        return [one[2].value for one in sheet.iter_rows(min_row=2)], (
            out / "sammanstallning.html"
        ).read_text()

    assert answered() == [""]
    run("svarat", str(out), "1", "--tidpunkt", "2027-02-03T08:00")
    assert answered() == ["2027-02-03T08:00"]
    cases, page = summary()
    assert [text[:16] for text in cases] == ["2027-02-03T08:00", "obesvarat"]
    assert "besvarat 2027-02-03 08:00" in page
    batch(put(tmp_path / "3", {"u.xlsx": book(("G3",), region="Gotland")}), out)
    assert answered() == [""]


def test_unknown_command_is_named_with_those_there_are():
    said = run("blaha", "klart", code=2)

    assert "blaha är varken ett kommando" in said
    assert "angra, svarat" in said.replace("\n", " ")


def test_closed_case_is_no_longer_shown_and_frees_what_waited_against_it(out, tmp_path):
    (tmp_path / "tom").mkdir()
    said = run("stang", str(out), "2")
    assert "2\xa0rader som väntade" in said
    assert "ligger i inläsning 0002, som inte är noterad som inläst" in " ".join(said.split())

    made = batch(tmp_path / "tom", out)

    assert [case.number for case in made.cases] == [1]
    assert (made.conflicts, made.approved) == ([], True)
    assert "redan stängt" in run("stang", str(out), "2", code=1)


def test_closing_a_case_whose_rows_are_loaded_leaves_nothing_to_do(out):
    run("inlast", str(out), "2")
    assert "ligger i inläsning" not in run("stang", str(out), "2")


def test_reopened_case_waits_again_until_somebody_decides(out, tmp_path):
    (tmp_path / "tom").mkdir()
    run("stang", str(out), "2")
    batch(tmp_path / "tom", out)

    said = run("oppna", str(out), "2")
    made = batch(tmp_path / "tom", out)

    assert "2\xa0rader väntar igen" in said
    assert [(c.kind, c.addressees) for c in made.conflicts] == [("annan-producent", ("SE162321000156-GEM",))]
    assert [case.number for case in made.cases] == [1, 2]
    assert "redan öppet" in run("oppna", str(out), "2", code=1)
    assert "inget ärende 9" in run("oppna", str(out), "9", code=1)


def test_same_bytes_read_again_after_a_decision_or_a_closing_stay_decided(out, tmp_path):
    run("stang", str(out), "2")

    made = batch(tmp_path / "2", out, case_number="TSK-99999")

    assert (made.conflicts, made.loads, [one.case for one in made.workbooks]) == ([], [], [2, 1])
    assert made.workbooks[0].rows.reasons == {"dubblett": 2, "stängt": 2}


def test_mistaken_note_is_corrected_by_another_note(out, tmp_path):
    run("inlast", str(out), "0001")
    assert "noterad som inte inläst" in run("inlast", str(out), "0001", "--inte")

    made = batch(tmp_path / "1", out)

    assert [(one.rows.loaded, one.rows.ready) for one in made.workbooks] == [(0, 6)]
    events = orjson.loads(run("handelser", str(out), "--format", "json"))
    assert [one["handelse"] for one in events[-2:]] == ["inläst", "inte inläst"]


def test_rows_of_a_load_that_was_taken_back_can_be_ordered_again(out, tmp_path):
    run("inlast", str(out), "0001")
    said = run("angra", str(out), "0001")

    again = batch(tmp_path / "1", out)
    made = batch(put(tmp_path / "3", {"g2.xlsx": book(("G1", "G9"), region="Gotland")}), out)

    assert "2 rader som väntar gör" in said
    # What waited against the load does not wait any more, and the same workbook stays taken back.
    assert [(load.number, load.addressees) for load in again.loads] == [(3, 1)]
    assert again.workbooks[0].rows.reasons == {"återtagen": 6}
    assert [(load.number, load.rows) for load in made.loads] == [(4, 6)]
    # The system's rows are those of t.xlsx, which had repeated the first workbook's.
    assert (made.workbooks[0].rows.ready, made.workbooks[0].rows.reasons) == (4, {"dubblett": 2})
    assert "0004" in run("inlast", str(out), "0001")


def test_row_that_a_load_taken_back_had_replaced_applies_again(out, tmp_path):
    batch(put(tmp_path / "3", {"n.xlsx": book(("G1",), region="Gotland", change=PRODUCER)}), out)
    said = run("angra", str(out), "0003")

    made = batch(put(tmp_path / "4", {"m.xlsx": book(("G1", "G9"), region="Gotland")}), out)

    assert made.workbooks[0].rows.reasons == {"dubblett": 4}
    assert [(load.number, load.rows) for load in made.loads] == [(4, 2)]
    # Without the content of the TAK, the undo cannot bring the replaced row back.
    page = (out / "inlasningar/0003-PROD/sida.html").read_text("utf-8")
    report = orjson.loads((out / "inlasningar/0003-PROD/rapport.json").read_bytes())
    assert report["aterstalls_inte"] == [{"inlasning": 1, "rader": 1}]
    assert "ersätter 1\xa0rad i inläsning 0001" in said
    assert "lägger inte tillbaka det gamla" in page
    LoadModel.model_validate(report)


@pytest.mark.parametrize("is_loaded", [False, True])
def test_what_an_undo_does_not_bring_back_is_ordered_again(out, tmp_path, is_loaded):
    run("inlast", str(out), "0001")
    batch(put(tmp_path / "3", {"n.xlsx": book(("G1",), region="Gotland", change=PRODUCER)}), out)
    if is_loaded:
        run("inlast", str(out), "0003")
    run("angra", str(out), "0003")
    found = run("sok", str(out), "SE162321000156-G1")

    made = batch(put(tmp_path / "4", {"m.xlsx": book(("G1",), region="Gotland")}), out)

    assert ("ersatt av arbetsbok 4, som är återtagen" in found) is is_loaded
    assert [load.rows for load in made.loads] == ([1] if is_loaded else [])
    # An undo that is taken back in its turn: the load applies, and what it replaced does not.
    run("inlast", str(out), "0003")
    assert ("återtagen" in run("sok", str(out), "SE162321000156-G1")) is False


def test_loads_that_nobody_marked_are_listed_until_somebody_does(out, tmp_path):
    (tmp_path / "tom").mkdir()
    arguments = ["kundservice", str(tmp_path / "tom"), "--ut", str(out), "--processer", "1"]

    said = CliRunner().invoke(cli, arguments).output
    before = orjson.loads((out / "sammanstallning.json").read_bytes())
    page = (out / "sammanstallning.html").read_text("utf-8")
    run("inlast", str(out), "0001")
    CliRunner().invoke(cli, arguments)
    after = orjson.loads((out / "sammanstallning.json").read_bytes())

    assert "Tidigare inläsningar som inte är noterade som inlästa: 0001-PROD och 0002-PROD." in said
    assert [one["mapp"] for one in before["ej_inlasta"]] == ["inlasningar/0001-PROD", "inlasningar/0002-PROD"]
    assert [one["nummer"] for one in after["ej_inlasta"]] == [2]
    assert 'href="inlasningar/0001-PROD/sida.html"' in page


def test_reply_is_noted_and_a_case_without_a_number_is_refused(out):
    assert "besvarat" in run("svarat", str(out), "1")

    events = orjson.loads(run("handelser", str(out), "--format", "json"))

    assert (events[-1]["handelse"], events[-1]["arende"]) == ("svarad", 1)
    assert "inget ärende 9" in run("svarat", str(out), "9", code=1)


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


@pytest.fixture
def joined(tmp_path):
    """A workbook of another matter that joined Gotland's open case, and replaced its unit there."""
    old = put(tmp_path / "1", {"g.xlsx": book(("GEM", "G1"), region="Gotland")})
    other = put(tmp_path / "2", {"annan.xlsx": book(("GEM",), region="Gotland", change=PRODUCER)})
    batch(old, tmp_path / "ut")
    batch(other, tmp_path / "ut")
    return tmp_path / "ut"


def test_workbook_in_the_wrong_case_is_moved_to_a_new_one(joined, tmp_path):
    said = run("flytta", str(joined), "2")

    assert "Arbetsbok 2 är flyttad från ärende 1 till ärende 2." in said
    assert "1\xa0rad ligger kvar i sin inläsning." in said
    (tmp_path / "tom").mkdir()
    made = batch(tmp_path / "tom", joined)
    assert [(case.number, case.region) for case in made.cases] == [
        (1, "Region Gotland"),
        (2, "Region Gotland"),
    ]
    events = run("handelser", str(joined))
    assert "till ärende 2" in events
    assert "från ärende 1" in events


def test_same_bytes_stay_in_the_case_that_they_were_moved_to(out, tmp_path):
    said = run("flytta", str(out), "2", "--till", "1")

    assert "från ärende 2 till ärende 1" in said
    assert "Ärende 2 har ingen arbetsbok kvar och är stängt." in said
    again = batch(tmp_path / "2", out, case_number="TSK-99999")
    assert {one.case for one in again.workbooks} == {1}


def test_rows_left_out_because_of_the_case_are_judged_again(tmp_path):
    files = {
        "a.xlsx": book(("GEM", "G1"), region="Gotland"),
        "b.xlsx": book(("GEM",), region="Gotland", saved="2027-01-03T00:00:00Z", change=PRODUCER),
    }
    batch(put(tmp_path / "1", files), tmp_path / "ut")

    said = run("flytta", str(tmp_path / "ut"), "2")

    (tmp_path / "tom").mkdir()
    made = batch(tmp_path / "tom", tmp_path / "ut")
    assert "rader bedöms igen" in said
    assert [(c.kind, c.addressees) for c in made.conflicts] == [("annan-producent", ("SE162321000156-GEM",))]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("99",), "ingen arbetsbok 99"),
        (("1", "--till", "1"), "hör redan till ärende 1"),
        (("1", "--till", "9"), "inget ärende 9"),
    ],
)
def test_move_that_is_not_possible_is_refused(out, arguments, why):
    assert why in run("flytta", str(out), *arguments, code=1)


def test_workbook_is_not_moved_to_another_environment_or_a_closed_case(out, tmp_path):
    batch(put(tmp_path / "qa", {"q.xlsx": book(("Q1",), region="Gotland", environment="QA")}), out)
    run("stang", str(out), "2")

    assert "annan miljö" in run("flytta", str(out), "1", "--till", "3", code=1)
    assert "Öppna det först" in run("flytta", str(out), "1", "--till", "2", code=1)


def test_register_from_before_workbooks_could_be_moved_is_upgraded(out):
    database = sqlite3.connect(out / "register.sqlite")
    database.execute("DROP TRIGGER books_keep")
    database.execute("CREATE TRIGGER books_keep BEFORE UPDATE ON books BEGIN SELECT RAISE(ABORT, 'no'); END")
    database.commit()
    database.close()

    assert "är flyttad" in run("flytta", str(out), "2", "--till", "1")


def test_taking_back_names_every_case_of_the_load(tmp_path, out):
    said = " ".join(run("angra", str(out), "0001", "--visa").split())
    assert "flera ärenden" not in said

    both = {"v.xlsx": book(("V1",), region="Värmland"), "u.xlsx": book(("U1",), region="Uppsala")}
    batch(put(tmp_path / "3", both), tmp_path / "ny")
    said = " ".join(run("angra", str(tmp_path / "ny"), "0001", "--visa").split())
    assert "ärende 1 (Region Uppsala, 4 rader) och ärende 2 (Region Värmland, 2 rader)" in said
