"""The same workbook with several mails: the one that was sent last decides, and nothing old changes that."""

import email
from email.policy import default

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, book, put
from tests.batch.replies.mails import mail
from underlag.cli.main import cli

BOOK = book(region="Gotland")


def sent(text, *, day, book=BOOK):
    return mail(
        {"A.xlsx": book} if book else {},
        Message_ID=f"<{day}@example.se>",
        References="<1@example.se>",
        Date=f"{day:02d} Jan 2027 10:00:00 +0100",
        text=text,
    )


HOLDS = sent("Vänta med denna tills Pelle har hört av sig.", day=11)
QUIET = sent("Här är samma underlag igen.", day=12)
HOLDS_AFTERWARDS = sent("Vänta med denna, vi är inte klara.", day=13)
ONLY_TEXT = sent("Hej!\n\nNu har Pelle hört av sig, ni kan köra.\n\nEva", day=14, book=None)


@pytest.fixture
def run(tmp_path):
    """Run the files of a day; return the terminal's text and the summary's object."""
    out = tmp_path / "ut"

    def run_day(day, **files):
        inbox = put(tmp_path / day, {name.replace("_", "."): content for name, content in files.items()})
        arguments = ["kundservice", str(inbox), "--ut", str(out), "--tidpunkt", f"{NOW:%Y-%m-%dT%H:%M}"]
        result = CliRunner().invoke(cli, [*arguments, "--processer", "1"])
        return result, orjson.loads((out / "sammanstallning.json").read_bytes())

    run_day.out = out
    return run_day


def states(summary):
    return {one["ursprung"].partition(" ")[0]: one["tillstand"] for one in summary["arbetsbocker"]}


def packages(out):
    paths = out.glob("*/rapport.json")
    return {path.parent.name: len(orjson.loads(path.read_bytes())["bestallningar"]) for path in paths}


def reply(out):
    path = max(out.glob("svar/*/svar.eml"))
    body = email.message_from_bytes(path.read_bytes(), policy=default).get_body().get_content()
    return " ".join(body.split())


def test_a_later_mail_that_does_not_hold_the_workbook_back_releases_it(run):
    result, summary = run("1", a_eml=HOLDS, b_eml=QUIET)
    assert states(summary) == {"a.eml": "dubblett", "b.eml": "klar"}
    assert len(summary["inlasningar"]) == 1
    assert result.exit_code == 0
    assert "Ersatt: samma arbetsbok kom igen senare" in result.output
    assert "Vänta med denna tills Pelle har hört av sig." in result.output


@pytest.mark.parametrize("first", ["a", "z"])
def test_a_later_mail_that_holds_it_back_counts_wherever_it_lies(run, first):
    _, summary = run("1", **{f"{first}_eml": HOLDS_AFTERWARDS, "m_eml": QUIET})
    assert states(summary) == {f"{first}.eml": "fel", "m.eml": "dubblett"}
    assert not summary["inlasningar"]


def test_a_mail_that_holds_a_loose_copy_back_counts(run):
    _, summary = run("1", a_xlsx=BOOK, b_eml=HOLDS)
    assert states(summary) == {"a.xlsx": "dubblett", "b.eml": "fel"}


def test_the_earlier_mail_changes_nothing_when_it_comes_again(run):
    run("1", a_eml=HOLDS)
    run("2", b_eml=QUIET)
    before = packages(run.out)
    assert list(before.values()) == [3]
    result, summary = run("3", a_eml=HOLDS)
    assert packages(run.out) == before
    assert states(summary) == {"a.eml": "dubblett"}
    assert not summary["svar"]
    assert result.exit_code == 0
    shown = CliRunner().invoke(cli, ["register", "visa", str(run.out)]).output
    assert " klar " in shown
    assert " fel " not in shown


def test_an_earlier_mail_that_was_not_seen_before_counts_as_replaced(run):
    run("1", b_eml=QUIET)
    before = packages(run.out)
    _, summary = run("2", a_eml=HOLDS)
    assert states(summary) == {"a.eml": "dubblett"}
    assert packages(run.out) == before


def test_a_package_in_a_load_stays_when_a_later_mail_holds_it_back(run):
    run("1", b_eml=QUIET)
    before = packages(run.out)
    result, summary = run("2", c_eml=HOLDS_AFTERWARDS)
    assert states(summary) == {"c.eml": "fel"}
    assert packages(run.out).items() > before.items()
    assert "är kvar, för arbetsbokens rader är med i inläsning 0001" in result.output
    assert "Samma underlag kom också 2027-01-12 och är redan på väg till inläsning." in reply(run.out)
    _, again = run("3", c_eml=HOLDS_AFTERWARDS, b_eml=QUIET)
    assert states(again) == {"b.eml": "dubblett", "c.eml": "fel"}


def test_a_copy_laid_in_the_inbox_afterwards_releases_it(run):
    run("1", a_eml=HOLDS)
    _, summary = run("2", a_eml=HOLDS, b_xlsx=BOOK)
    assert states(summary) == {"a.eml": "dubblett", "b.xlsx": "klar"}
    _, summary = run("3", a_eml=HOLDS, b_xlsx=BOOK)
    assert states(summary) == {"a.eml": "dubblett", "b.xlsx": "klar"}
    _, summary = run("4", a_eml=HOLDS)
    assert states(summary) == {"a.eml": "dubblett"}
    assert list(packages(run.out).values()) == [3]


def test_the_reply_to_a_workbook_that_only_its_mail_holds_back_asks_for_no_correction(run):
    run("1", a_eml=HOLDS)
    text = reply(run.out)
    assert "Vi har granskat det utan att hitta fel i det." in text
    assert "inga fel" not in text
    assert "Det här behöver ni svara på" in text
    assert "Fel som måste rättas" not in text
    assert "när allt i den ska beställas, utan att be oss vänta." in text
    assert "cellerna märkta" not in text
    assert "har hört av sig.”." not in text
    assert "Skicka arbetsboken igen som svar på det här mejlet när allt i den ska beställas" in text
    assert "Rätta felen" not in text


def test_the_reply_to_a_workbook_with_faults_of_its_own_asks_for_them(run):
    faulty = book(region="Gotland", url="http://vas.example.se/x")
    run("1", a_eml=sent("Vänta med denna.", day=11, book=faulty))
    text = reply(run.out)
    assert "Fel som måste rättas" in text
    assert "Det här behöver ni svara på" not in text
    assert "cellerna märkta" in text


def test_the_reply_to_a_mail_that_asks_for_another_day_states_that_of_the_workbook(run):
    wish = "Kan ni göra det den 25 november 2027 i stället för det datum som står i filen?"
    run("1", a_eml=sent(wish, day=11))
    text = reply(run.out)
    assert "en annan dag än den som står i arbetsboken, 2027-03-01:" in text
    assert "när allt i den ska beställas som det står." in text
    assert "be oss vänta" not in text


def test_the_reply_to_a_mail_with_a_warning_alone_names_no_others(run):
    run("1", a_eml=sent("Byn 1 ska bort.", day=11, book=book()))
    text = reply(run.out)
    assert "Svara på det här mejlet om något av det ni skriver ska ändra beställningen" in text
    assert "de andra varningarna" not in text
    assert "cellerna märkta" not in text


def test_a_mail_without_a_workbook_is_a_message_of_the_case(run):
    run("1", a_eml=HOLDS)
    result, summary = run("2", b_eml=ONLY_TEXT)
    (message,) = summary["ej_arbetsbocker"]
    assert message["mejl"]
    assert "Det hör till ärende 1" in message["skal"]
    assert "Det säger: ”Nu har Pelle hört av sig, ni kan köra. Eva”." in message["skal"]
    assert "spara den ur sitt mejl i inkorgen som en egen fil och kör igen" in message["skal"]
    assert "mejl utan arbetsbok ska läsas" in result.output
    assert "avvisades" not in result.output
    page = (run.out / "sammanstallning.html").read_text(encoding="utf-8")
    assert "Mejl att läsa" in page
    assert "Inte arbetsböcker" not in page


def test_a_message_about_a_case_in_a_load_offers_no_release(run):
    run("1", a_eml=QUIET)
    _, summary = run("2", b_eml=ONLY_TEXT)
    assert "spara den ur sitt mejl" not in summary["ej_arbetsbocker"][0]["skal"]
