"""A later mail that stops an order stops its load too, until the case is answered."""

from pathlib import Path

import openpyxl
import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, book, put
from tests.batch.ledger.register_commands import run
from tests.batch.replies.mails import mail
from underlag.cli.main import cli

BOOK = book(region="Gotland")
STEP = "Läs inte in inläsning 0001 förrän det är avgjort vad som gäller i ärende 1."


def sent(text: str, *, day: int, with_book: bool = True, content: bytes = BOOK) -> bytes:
    return mail(
        {"A.xlsx": content} if with_book else {},
        Message_ID=f"<{day}@example.se>",
        References="<1@example.se>",
        Date=f"{day:02d} Jan 2027 10:00:00 +0100",
        text=text,
    )


ORDER = sent("Här är underlaget.", day=12)
STOP_WITH_BOOK = sent("Vänta med denna, stopp!", day=13)
STOP_ALONE = sent("Vänta, kör inte beställningen!", day=13, with_book=False)


def days(folder: Path, *mails: dict[str, bytes]) -> tuple[str, dict, str]:
    """Run each day's mails; return the terminal's text, the summary's object and page of the last."""
    out = folder / "ut"
    for number, files in enumerate(mails):
        inbox = put(folder / str(number), files)
        arguments = ["kundservice", str(inbox), "--ut", str(out), "--tidpunkt", f"{NOW:%Y-%m-%dT%H:%M}"]
        result = CliRunner().invoke(cli, [*arguments, "--processer", "1"])
    page = (out / "sammanstallning.html").read_text(encoding="utf-8")
    return result.output, orjson.loads((out / "sammanstallning.json").read_bytes()), page


@pytest.mark.parametrize(
    ("stop", "sentence"),
    [(STOP_WITH_BOOK, "Vänta med denna, stopp!"), (STOP_ALONE, "Vänta, kör inte beställningen!")],
)
def test_a_later_stop_reaches_the_load(tmp_path, stop, sentence):
    output, summary, page = days(tmp_path, {"a.eml": ORDER}, {"a.eml": ORDER, "b.eml": stop})

    assert summary["ej_inlasta"][0]["mejl_emot"] == [{"arende": 1, "skriver": [sentence]}]
    first_step = page.partition('<ol class="steg">')[2].partition("</li>")[0]
    assert STEP in first_step
    assert f"Ett obesvarat mejl i ärende 1 säger: ”{sentence}”" in first_step
    assert "<code>underlag register angra . 0001</code>" in first_step
    assert "<code>underlag register svarat . 1</code>" in first_step
    assert "Läs inte in den förrän det är avgjort" in page.partition('<h2 id="inlasningar">')[2]
    assert "0 av " in page.partition("<title>")[2].partition("</title>")[0]
    assert "Läs inte in inläsning 0001 förrän" in output

    noted = run("inlast", str(tmp_path / "ut"), "0001")
    assert "är noterad som inläst." in noted
    assert f"mejl i ärende 1 säger: ”{sentence}”" in noted
    assert "underlag register angra" in noted


@pytest.mark.parametrize(
    "text", ["Tack, nu kan ni köra!", "Vi ses på mötet den 3 december 2026.", "Vi fick inget svar i går."]
)
def test_a_mail_that_stops_nothing_leaves_the_load(tmp_path, text):
    _, summary, page = days(tmp_path, {"a.eml": ORDER}, {"b.eml": sent(text, day=13, with_book=False)})

    assert summary["ej_inlasta"][0]["mejl_emot"] == []
    assert "Läs inte in inläsning" not in page
    assert "Läs in dem först." in page
    assert "obesvarat mejl" not in run("inlast", str(tmp_path / "ut"), "0001")


def test_a_stop_from_before_the_order_does_not_count(tmp_path):
    before = sent("Vänta, kör inte beställningen!", day=11, with_book=False)
    _, summary, _ = days(tmp_path, {"a.eml": ORDER}, {"b.eml": before})

    assert summary["ej_inlasta"][0]["mejl_emot"] == []


@pytest.mark.parametrize("stop", [STOP_WITH_BOOK, STOP_ALONE])
def test_the_noted_reply_ends_it_and_another_stop_begins_it_again(tmp_path, stop):
    days(tmp_path, {"a.eml": ORDER}, {"b.eml": stop})
    noted = run("svarat", str(tmp_path / "ut"), "1")
    assert "Fram till nu hindrade det inläsning 0001." in noted
    assert "register angra" in noted
    assert "hindrade" not in run("svarat", str(tmp_path / "ut"), "1")
    _, answered, page = days(tmp_path, {"b.eml": stop})
    assert answered["ej_inlasta"][0]["mejl_emot"] == []
    assert "Läs inte in" not in page

    again = sent("Stopp, beställ inte den här.", day=14, with_book=False)
    _, summary, _ = days(tmp_path, {"c.eml": again})
    assert [one["skriver"] for one in summary["ej_inlasta"][0]["mejl_emot"]] == [
        ["Stopp, beställ inte den här."]
    ]


def test_a_load_that_is_taken_back_is_stopped_no_longer(tmp_path):
    days(tmp_path, {"a.eml": ORDER}, {"b.eml": STOP_ALONE})
    run("angra", str(tmp_path / "ut"), "0001")
    _, summary, page = days(tmp_path, {})
    assert summary["ej_inlasta"] == []
    assert "Läs inte in" not in page


def test_a_new_load_that_a_mail_speaks_against_is_named_everywhere(tmp_path):
    loose = {"A.xlsx": BOOK}
    stop = mail({}, Message_ID="<9@example.se>", Subject="TSK-12518", text="Vänta, kör inte beställningen!")
    _, summary, page = days(tmp_path, {**loose, "b.eml": stop})

    assert [one["arende"] for one in summary["inlasningar"][0]["mejl_emot"]] == [1]
    assert STEP in page
    sheet = openpyxl.load_workbook(tmp_path / "ut/sammanstallning.xlsx")["Inläsningar"]
    assert "Vänta, kör inte beställningen!" in sheet["G2"].value
