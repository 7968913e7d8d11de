"""Mails without a workbook: listed with the case that they belong to, until its reply is noted."""

import sqlite3
from contextlib import closing

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, batch, book, put
from tests.batch.replies.mails import Reply, mail
from underlag.cli.main import cli

ORDER = mail({"A.xlsx": book(("AAA1",), region="Gotland")}, Message_ID="<1@example.se>")
RECALL = mail(
    {},
    Message_ID="<2@example.se>",
    In_Reply_To="<1@example.se>",
    Subject="SV: Underlag",
    Date="Mon, 01 Feb 2027 10:00:00 +0100",
    text="Vi återkallar beställningen.",
)
LOGO = mail({"image001.png": b"\x89PNG"}, Message_ID="<3@example.se>", References="<1@example.se>")
CASE = "ärende 1 (Region Gotland, PROD, inläsning 0001)"


def summary(out):
    return orjson.loads((out / "sammanstallning.json").read_bytes())


def register(out, *asked):
    result = CliRunner().invoke(cli, ["register", asked[0], str(out), *asked[1:]])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    ("message", "quoted"),
    [(RECALL, " Det säger: ”Vi återkallar beställningen”."), (LOGO, "")],
    ids=["only text", "a logo"],
)
def test_a_mail_in_the_thread_of_a_case_waits_for_a_person(tmp_path, message, quoted):
    out = tmp_path / "ut"
    batch(put(tmp_path / "dag1", {"1.eml": ORDER}), out)
    second = batch(put(tmp_path / "dag2", {"2.eml": message}), out)

    found = {one["ursprung"]: one["skal"] for one in summary(out)["ej_arbetsbocker"]}
    assert found["2.eml"] == (
        f"är ett mejl utan arbetsbok. Det hör till {CASE}.{quoted} Läs det: det kan ändra eller återkalla en "
        "beställning"
    )
    assert not second.approved
    assert len(list(out.glob("svar/*"))) == 1


def test_it_stays_with_the_case_until_the_reply_is_noted_and_is_recorded_once(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "dag1", {"1.eml": ORDER}), out)
    register(out, "svarat", "1")
    text = "”SV: Underlag” från anna.test@example.se 2027-02-01T09:00:00Z"
    for day in ("dag2", "dag3"):
        batch(put(tmp_path / day, {"2.eml": RECALL}), out, now=NOW)
        (case,) = summary(out)["arenden"]
        assert (case["mejl"], case["besvarat"]) == ([text], "")
    batch(put(tmp_path / "dag4", {}), out)
    assert summary(out)["arenden"][0]["mejl"] == [text]
    assert register(out, "handelser").count(text) == 1
    page = (out / "sammanstallning.html").read_text("utf-8")
    assert f"Läs mejlet {text.replace('T09:00:00Z', ' 10:00')}" in page
    assert "underlag register svarat . 1" in page

    register(out, "svarat", "1")
    answered = batch(put(tmp_path / "dag5", {"2.eml": RECALL}), out)
    assert answered.approved
    assert "Svaret i ärendet är redan noterat" in summary(out)["ej_arbetsbocker"][0]["skal"]
    (case,) = summary(out)["arenden"]
    assert case["mejl"] == []
    assert case["besvarat"]


def test_a_case_number_in_the_subject_decides_the_case_and_another_thread_does_not(tmp_path):
    out = tmp_path / "ut"
    numbered = mail({"A.xlsx": book(("AAA1",), region="Gotland")}, Subject="CS1234567 Underlag")
    later = {
        "nummer.eml": mail({}, Subject="Angående CS1234567"),
        "annat.eml": mail({}, Subject="Angående CS7654321", Message_ID="<9@example.se>"),
    }
    batch(put(tmp_path / "dag1", {"1.eml": numbered}), out)
    batch(put(tmp_path / "dag2", later), out)

    found = {one["ursprung"]: one["skal"] for one in summary(out)["ej_arbetsbocker"]}
    assert f"Det hör till {CASE}." in found["nummer.eml"]
    assert "ärende" not in found["annat.eml"]
    assert "Läs det" in found["annat.eml"]


def test_a_mail_that_came_before_its_workbook_is_tied_to_the_case_when_it_comes_again(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "dag1", {"2.eml": RECALL}), out)
    batch(put(tmp_path / "dag2", {"1.eml": ORDER, "2.eml": RECALL}), out)

    assert len(summary(out)["arenden"][0]["mejl"]) == 1


def test_a_mail_with_a_workbook_and_a_logo_is_no_message(tmp_path):
    out = tmp_path / "ut"
    whole = {"A.xlsx": book(("AAA1",), region="Gotland"), "image001.png": b"\x89PNG"}
    run = batch(put(tmp_path / "dag1", {"1.eml": mail(whole)}), out)

    assert run.approved
    assert [one["ursprung"] for one in summary(out)["ej_arbetsbocker"]] == ["1.eml › image001.png"]


def test_a_withdrawal_of_the_same_run_holds_the_workbook_back(tmp_path):
    out = tmp_path / "ut"
    run = batch(put(tmp_path / "dag1", {"1.eml": ORDER, "2.eml": RECALL}), out)

    (one,) = summary(out)["arbetsbocker"]
    assert (one["tillstand"], run.loads) == ("fel", [])
    (reply,) = out.glob("svar/*/svar.eml")
    assert "inte ska beställas, eller inte än: ”Vi återkallar beställningen.”\n" in Reply(reply).text
    (message,) = summary(out)["ej_arbetsbocker"]
    assert "Det säger: ”Vi återkallar beställningen”." in message["skal"]
    again = batch(tmp_path / "dag1", out)
    assert ([book.unchanged for book in again.workbooks], again.loads) == ([True], [])


def test_an_earlier_mail_and_that_of_another_thread_hold_nothing_back(tmp_path):
    out = tmp_path / "ut"
    order = mail(
        {"A.xlsx": book(("AAA1",), region="Gotland")},
        Message_ID="<1@example.se>",
        Date="Mon, 01 Feb 2027 12:00:00 +0100",
    )
    other = RECALL.replace(b"<1@example.se>", b"<7@example.se>")
    run = batch(put(tmp_path / "dag1", {"1.eml": order, "2.eml": RECALL, "3.eml": other}), out)

    assert len(run.loads) == 1


def test_a_withdrawal_on_a_later_day_leaves_the_load_and_waits(tmp_path):
    out = tmp_path / "ut"
    inbox = put(tmp_path / "korg", {"1.eml": ORDER})
    batch(inbox, out)
    later = batch(put(inbox, {"2.eml": RECALL}), out)

    assert [book.unchanged for book in later.workbooks] == [True]
    assert not later.approved


def test_a_withdrawal_counts_also_when_its_mail_is_no_longer_there(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "dag1", {"1.eml": ORDER, "2.eml": RECALL}), out)
    later = batch(put(tmp_path / "dag2", {"1.eml": ORDER}), out)
    assert ([book.unchanged for book in later.workbooks], later.loads) == ([True], [])

    other = tmp_path / "annan"
    batch(put(tmp_path / "forst", {"2.eml": RECALL}), other)
    assert batch(tmp_path / "dag2", other).loads == []


def test_a_workbook_that_is_sent_after_a_withdrawal_is_ordered(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "dag1", {"1.eml": ORDER, "2.eml": RECALL}), out)
    again = mail(
        {"A.xlsx": book(("AAA1",), region="Gotland")},
        Message_ID="<3@example.se>",
        In_Reply_To="<2@example.se>",
        Date="Tue, 02 Feb 2027 10:00:00 +0100",
    )
    assert len(batch(put(tmp_path / "dag2", {"3.eml": again}), out).loads) == 1


def test_a_register_from_before_withdrawals_were_kept_gets_them(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "dag1", {}), out)
    with closing(sqlite3.connect(out / "register.sqlite")) as database:
        database.execute("DROP TABLE objections")
        database.commit()
    batch(put(tmp_path / "dag2", {"2.eml": RECALL}), out)

    assert batch(put(tmp_path / "dag3", {"1.eml": ORDER}), out).loads == []
