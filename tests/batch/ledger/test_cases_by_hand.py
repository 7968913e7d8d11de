"""What people do to a case: reply, close, reopen, and move a workbook to it."""

import sqlite3

import openpyxl
import orjson
import pytest

from tests.batch.books import batch, book, put
from tests.batch.ledger.register_commands import PRODUCER, run

pytestmark = pytest.mark.usefixtures("one_process")


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
    assert [text[:16] for text in cases] == ["2027-02-03 08:00", "obesvarat"]
    assert "besvarat 2027-02-03 08:00" in page
    batch(put(tmp_path / "3", {"u.xlsx": book(("G3",), region="Gotland")}), out)
    assert answered() == [""]


def test_reply_is_noted_and_a_case_without_a_number_is_refused(out):
    assert "besvarat" in run("svarat", str(out), "1")

    events = orjson.loads(run("handelser", str(out), "--format", "json"))

    assert (events[-1]["handelse"], events[-1]["arende"]) == ("svarad", 1)
    assert "inget ärende 9" in run("svarat", str(out), "9", code=1)


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
