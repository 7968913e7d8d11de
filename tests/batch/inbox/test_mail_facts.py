"""Facts that a mail states of its order: what the workbook lacks is asked about, another day holds it back."""

import email
from email.policy import default

import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, put
from tests.batch.inbox.test_mail_files import BOOK, mail
from tests.support.tables import NAME
from underlag.cli.main import cli
from underlag.options import Options
from underlag.reading import read
from underlag.reading.remarks.mail_texts import remarks_in


def codes_of(text):
    """Return the codes that sentences of a mail with the workbook have."""
    options = Options(now=NOW, remarks=remarks_in(text, "Underlag"))
    codes = {found.code for found in read(BOOK, options, name=NAME).findings}
    return codes & {"FLI064", "FLI065"}


SIGNED = """

Med vänliga hälsningar
Eva Exempelsson, Vårdcentralen Åby
HSA-ID: SE2321000016-9XYZ, https://www.region.example.se/kontakt
Ändringar görs inte före 2027-05-01
"""


@pytest.mark.parametrize(
    "text",
    [
        "Det här gäller QA.",
        "Underlaget gäller både QA och PROD.",
        "Ny adress: https://nyvas.example.se/csu/rivtabp21",
        "Lägg gärna till Vårdcentralen Nybyn också.",
        "SE2321000016-1A09 ska med.",
        "Granliden heter numera Granlidens hälsocentral.",
        "Beställningen omfattar 14 vårdenheter.",
        "Det ska vara sju enheter, jag har bara fått med fem.",
        "Det ska vara port 8444 på adressen.",
        "Totalt 9 enheter ska anslutas.",
        "Om det går vill vi vänta med barnmottagningen.",
        "Gör bara de två första raderna.",
        "Tyvärr är datumet för tidigt för oss.",
        "Kör den gärna en vecka senare än det står i filen.",
        "The order is for the QA environment.",
        "Det är bara ett test av mallen.",
        "Kan ni granska? Riktig beställning kommer sen.",
        "Det här är vår QA-beställning.",
        "Kör allt i QA.",
        "Vi har tänkt om kring Gripen.",
        "Vi kom på att Gripen går via ett annat avtal.",
        "Gripen ska ligga under Region Kronoberg.",
    ],
)
def test_a_fact_of_a_mail_that_the_workbook_lacks_is_asked_about(text):
    assert codes_of(f"Hej!\n\n{text}{SIGNED}") == {"FLI065"}


@pytest.mark.parametrize(
    "text",
    [
        "Ändra datumet till 5 april.",
        "Datumet blir 2027-04-05 i stället.",
        "Kan ni köra den 5 april i stället för den 1 mars?",
        "Kan vi ta det vecka 12 i stället?",
        "Vi hinner inte till den 1 mars, kan vi säga 15 april?",
        "Please change the date to 2027-03-08.",
        "Det är inte den 1 mars som gäller, utan den 22:a.",
        "Ändringsdatum ska vara 3 april, inte 1 mars.",
        "Den 1 mars krockar med vårt systembyte, vi föreslår 15 mars.",
        "Inget får läggas in före 15 mars.",
        "Kan ni göra det till den 1 april i stället?",
        "Kan ni göra det den 1 december?",
        "Vi vill ha det gjort 2027-04-05.",
        "Helst den 1/4.",
        "Vi siktar på den 2 april.",
    ],
)
def test_a_mail_that_asks_for_another_day_holds_the_order_back(text):
    assert codes_of(f"Hej!\n\n{text}{SIGNED}") == {"FLI064"}


def test_a_sentence_that_is_asked_about_is_quoted_beside_the_workbook(tmp_path):
    inbox = put(tmp_path / "in", {"a.eml": mail([NAME], f"Hej! Totalt 9 enheter ska anslutas.{SIGNED}")})
    arguments = ["kundservice", str(inbox), "--ut", str(tmp_path / "ut"), "--tidpunkt", "2027-02-01T09:00"]
    quoted = "Mejlet: ”Totalt 9 enheter ska anslutas.”"
    assert quoted in CliRunner().invoke(cli, arguments).output
    assert quoted in (tmp_path / "ut/sammanstallning.html").read_text(encoding="utf-8")
    reply = next((tmp_path / "ut/svar").rglob("*.eml")).read_bytes()
    shown = email.message_from_bytes(reply, policy=default).get_body().get_content()
    assert "Svara på det här mejlet och säg vad som gäller" in " ".join(shown.split())


@pytest.mark.parametrize(
    "text",
    [
        f"Här är underlaget.{SIGNED}",
        "Ändringen görs 1 mars.",
        "Datumet flyttas från 1 februari till 1 mars, som det står nu.",
        "Kan ni svara senast 25 februari?",
        "Vi behöver ändringen senast 15 mars.",
        "Vi har möte om takningen den 10 februari.",
        "Helst den 1/3.",
        "Kan ni göra det senast den 15 mars?",
        "Kan ni ringa den 10 februari?",
        "Underlaget gäller PROD.",
        "Vi har testat i QA.",
        "Ändra inte något, det är inte bråttom före den 1 mars.",
        "Vi har totalt 40 vårdcentraler.",
        "Jag har rättat namnet på Granliden.",
        "Mitt HSA-ID är SE2321000016-9XYZ.",
        "Läs mer på https://www.region.example.se/intyg.",
        "Kan ni lägga till mig på sändlistan?",
        "QA-beställningen är redan gjord.",
        "Gripen är vår största vårdcentral.",
        "Gripen ligger i Region Värmland.",
    ],
)
def test_a_fact_of_a_mail_that_agrees_or_is_none_of_the_orders_is_not(text):
    assert codes_of(f"Hej!\n\n{text}") == set()
