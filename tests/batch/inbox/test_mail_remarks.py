"""Sentences of a mail that speak against the order that it brings."""

import email
from email.message import EmailMessage
from email.policy import default

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import put
from tests.batch.inbox.test_mail_facts import codes_of
from tests.batch.inbox.test_mail_files import collected, mail
from tests.support.tables import NAME
from underlag.cli.main import cli
from underlag.reading.remarks.mail_sentences import weight_in_mail
from underlag.reading.remarks.mail_texts import against_order, plain_text

AGAINST = """
OBS vi skickar ny på måndag, vänta med denna.
Byn 3 tas senare.
Alla enheter utom Rud ska med.
Beställningen är återkallad.
Detta är ett utkast.
Beställ inte förrän vi hörs.
Det här är inte klart.
Testet i QA misslyckades i går.
Ingen har granskat listan.
Vi har inte fått ok från ledningen.
Gör tre i taget.
Kör inte habiliteringen.
""".strip().split("\n")
HONEST = """
Här kommer underlaget för Region Värmland.
Vi väntar på svar från er.
Det förra underlaget gäller inte längre, använd detta.
Hör av er om något inte är klart.
Om du inte är rätt mottagare ska du radera detta mejl.
Jag är på semester vecka 8 men Hugo svarar.
Vi behöver anslutningen senast 1 mars.
Vi avvaktar återkoppling.
Testet i QA gick bra i går.
Eva har granskat listan.
Vi har fått ok från ledningen.
Vi kör Cosmic i hela regionen.
""".strip().split("\n")


WITHDRAWS = """
Vänta med denna, jag är på semester.
Vi vill ta tillbaka beställningen.
Stoppa beställningen!
Kan ni avvakta tills jag hör av mig?
Gör inget förrän ni hör från oss.
Vi återkallar underlaget.
Makulera detta.
Please wait with this order.
Vänta!
Vi måste skjuta på detta.
Vänta med denna beställning, första versionen av filen blev fel.
Beställningen är återkallad, vi väntar på besked från ledningen.
Här är underlaget men vänta med denna, vi är inte klara med testerna.
Testerna är inte klara så ni får vänta.
Håll på den här tills vidare.
""".strip().split("\n")
MAY_CHANGE = """
Tyvärr blev det fel fil, ny kommer.
Granliden ska inte vara med.
Enheterna i bifogad fil ska tas bort ur TAK.
Alla utom en av våra enheter är testade i QA.
Kör bara de fem första.
Ni kan köra, vi behöver inte stoppa den.
Önskat datum är efter årsskiftet.
Läs in först på fredag.
Vi vill ha svar innan ni läser in.
Lägg in den senare i veckan.
Två enheter återkommer vi om.
Jag är osäker på adressen.
Certifikatet är inte på plats.
Adressen i filen är till testservern.
Kan ni ändra adressen till den andra proxyn?
Proxyn byts ut i januari.
Enheterna i listan är bara exempel.
Använd samma adress som förra gången.
Ni får en rättad lista på fredag.
Den andra fliken är inte genomgången.
Jag har inte behörighet att beställa.
Vi hinner inte till den 15 februari.
Vi är inte helt klara med listan.
Det är tveksamt om vi hinner.
""".strip().split("\n")
NOTHING = """
Innehållet gäller inte som juridiskt bindande.
Personuppgifter ska inte vara med i e-post.
Felsända mejl ska makuleras.
Om du inte är mottagaren ska det makuleras.
Jag har slutat och ersatts av Fiktiva Fiktivsson.
Jag är inte på plats förrän efter nyår.
Den gamla adressen gäller inte längre.
Bifogat ersätter underlaget som skickades igår, det var inte komplett.
Listan jag skickade i fredags var inte komplett, här kommer rätt.
Glömde bifoga underlaget, här kommer det.
Ingen enhet ska tas bort.
Ni behöver inte avvakta något.
Nu behöver ni inte vänta längre, allt är klart.
Tidigare skrev vi att ni skulle avvakta.
Vänta inte med detta.
Vi vill ha svar innan fredag.
Här är underlaget, men ni behöver inte vänta på oss.
Kan ni svara innan helgen?
Hinner ni läsa in detta innan jul?
Jag är på kontoret till nästa onsdag.
Först och främst tack för hjälpen!
Vi träffas senare i veckan.
Här kommer en rättad lista, säg till när ni läst in den.
Det finns inga oklarheter om enheterna.
Vi har inte gjort några ändringar i filen sedan sist.
Räcker det med en fil för båda riktningarna?
Säg till om vi behöver ändra något i filen.
Filen är granskad och gav inga fel.
Adressen är densamma som för våra andra tjänster.
Jag hade glömt att spara, men nu är allt på plats.
Kan vi få reda på när nästa beställningsomgång är?
""".strip().split("\n")


@pytest.mark.parametrize(
    ("sentence", "weight"),
    [
        *((one, "withdraws") for one in WITHDRAWS),
        *((one, "inside") for one in MAY_CHANGE),
        *((one, "") for one in NOTHING),
    ],
)
def test_a_sentence_withdraws_only_what_it_is_clearly_about(sentence, weight):
    assert weight_in_mail(sentence) == weight


def test_withdrawals_come_first_of_many_sentences():
    changes = "".join(f"Byn {number} tas senare. " for number in range(6))
    found = against_order(f"{changes}Beställningen är återkallad.", "Underlag")
    assert (found[0], len(found)) == ("Beställningen är återkallad.", 5)


@pytest.mark.parametrize("sentence", AGAINST)
def test_a_sentence_against_the_order_is_found(sentence):
    assert against_order(f"Hej!\n\n{sentence}\n\nMvh Eva", "Underlag") == (sentence,)


@pytest.mark.parametrize("sentence", HONEST)
def test_other_sentences_are_not(sentence):
    assert against_order(f"Hej!\n\n{sentence} Tack!\n", "Underlag") == ()


def test_lines_that_a_mail_program_breaks_are_one_sentence():
    assert against_order("Hej, vi skickar en ny, vänta\r\nmed denna. Mvh", "") == (
        "Hej, vi skickar en ny, vänta med denna.",
    )


@pytest.mark.parametrize(
    "start",
    [
        "Från: Inera\nSkickat: i går\n\n",
        "-----Ursprungligt meddelande-----\n",
        "Den 3 november 2026 skrev Inera <inera@example.se>:\n> ",
        "> ",
    ],
)
def test_an_earlier_mail_below_a_reply_does_not_count(start):
    text = f"Rättad fil bifogas.\n\n{start}Raderna ska inte beställas.\n"
    assert against_order(text, "SV: Underlag") == ()


def test_the_mail_that_is_passed_on_counts_but_not_what_it_answers():
    passed_on = "Från: Eva\nSkickat: i går\nTill: Inera\n\nBeställ inte detta än!\n\n"
    earlier = "Från: Inera\nSkickat: i måndags\n\nVänta med nästa fil.\n"
    assert against_order(f"Se nedan\n\n{passed_on}{earlier}", "VB: Underlag") == ("Beställ inte detta än!",)


def test_the_text_of_html_is_what_people_see():
    html = "<html><head><style>p {}</style></head><p>V&auml;nta med denna.<br>Tack</p><p>Hej</p></html>"
    assert plain_text(html).split() == ["Vänta", "med", "denna.", "Tack", "Hej"]


def test_remarks_follow_each_workbook_of_the_mail(tmp_path):
    text = "Vänta med denna."
    html = f"<p>{text}</p>"
    found, _ = collected(
        tmp_path,
        {
            "a.eml": mail(["a.xlsx"], text),
            "b.eml": mail(["b.xlsx"], "Här är filen.", html),  # the plain text counts
            "c.eml": mail(["c.xlsx"])
            .replace(b"Hej!", "Vänta med denna".encode("latin-1"))
            .replace(b"utf-8", b"iso-8859-1"),
        },
    )
    assert {one.name: one.remarks for one in found} == {
        "a.xlsx": (text,),
        "b.xlsx": (),
        "c.xlsx": ("Vänta med denna",),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OBS vi skickar ny på måndag, vänta med denna!", ["FLI064"]),
        ("Beställningen är återkallad.", ["FLI064"]),
        ("Byn 3 tas senare.", ["FLI065"]),
        ("Här kommer underlaget.", []),
    ],
)
def test_a_remark_in_the_mail_is_a_finding_of_the_workbook(tmp_path, text, expected):
    inbox = put(tmp_path / "in", {"a.eml": mail([NAME], text)})
    arguments = ["kundservice", str(inbox), "--ut", str(tmp_path / "ut"), "--tidpunkt", "2027-02-01T09:00"]
    CliRunner().invoke(cli, arguments)

    reports = [orjson.loads(path.read_bytes()) for path in (tmp_path / "ut").rglob("rapport.json")]
    found = [one for report in reports for one in report.get("fynd", ())]
    assert [one["kod"] for one in found] == expected
    assert all(text in one["meddelande"] for one in found)
    # An order that its own mail speaks against is in no load.
    assert (tmp_path / "ut/inlasningar").exists() == (expected != ["FLI064"])


@pytest.mark.parametrize(("options", "expected"), [([], ["FLI065"]), (["--ta-bort"], [])])
def test_an_order_to_remove_does_what_its_mail_says(tmp_path, options, expected):
    text = "Enheterna i bifogad fil ska tas bort ur TAK."
    inbox = put(tmp_path / "in", {"a.eml": mail([NAME], text)})
    CliRunner().invoke(cli, ["kundservice", str(inbox), "--ut", str(tmp_path / "ut"), *options])

    reports = [orjson.loads(path.read_bytes()) for path in (tmp_path / "ut").rglob("rapport.json")]
    codes = [one["kod"] for report in reports for one in report.get("fynd", ())]
    assert reports
    assert [code for code in codes if code in {"FLI064", "FLI065"}] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi vill dra tillbaka tidigare beställning. Bifogar den för tydlighets skull.", {"FLI064"}),
        ("Vi drar tillbaka förra beställningen. Här kommer en ny.", {"FLI065"}),
        ("Den ersätter den förra. Tack!", set()),
    ],
)
def test_an_earlier_order_is_taken_back_unless_another_replaces_it(text, expected):
    assert codes_of(text) == expected


V = "Vänta med denna beställning"
SIGNATURE = "\n".join(["Med vänlig hälsning", "Eva Exempelsson", *["Avdelningen för digitalisering"] * 12])
NOT_OURS = "Raderna ska inte beställas."
OUTLOOK = f"<b>Från:</b> Inera<br><b>Skickat:</b> i går<br><b>Till:</b> Eva<br><p>{NOT_OURS}</p>"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (f"Hej\n{V}\n{SIGNATURE}", "Underlag"),
        (f"Den 3 november 2026 skrev Inera:\n> Har ni fyllt i?\n> {NOT_OURS}\n\n{V}", "SV: Underlag"),
        (f"Hej,\n> Ska alla med?\n\n{V}", "SV: Underlag"),
        (f"Bifogat underlag\n\nFrån: Region Värmland\nAvser: Cosmic\n\n{V}", "Underlag"),
        (f"Se nedan\n\nFrån: Eva\nSkickat: i går\nTill: Inera\n\n{V}", "[EXT] VB: Underlag"),
        (f"Se nedan\n\nFrån: Eva\nSkickat: i går\nTill: Inera\n\n{V}", "Re: VB: Underlag"),
        ("Vän\u00adta med denna beställning", "Underlag"),
        ("Se ämnesraden.", V),
        (plain_text(f"<p>V<b>änta</b> {V[6:]}</p>"), "Underlag"),
        (plain_text(f"<p style='display:none'>Hej<div>{V}</div>"), "Underlag"),
    ],
)
def test_a_withdrawal_is_found_wherever_it_is_in_the_mail(text, subject):
    assert against_order(text, subject) == (V,)


@pytest.mark.parametrize(
    "text",
    [
        f"Rättad fil\n\n3 nov. 2026 kl. 10:12 skrev Inera <i@example.se>:\n\n{NOT_OURS}",
        f"Rättad fil\n\nInera <i@example.se> skrev den 3 nov. 2026 10:12:\n\n{NOT_OURS}",
        plain_text(f"<p>Rättad fil</p><div>&nbsp;{OUTLOOK}</div>"),
        plain_text(f"<div>Rättad fil<hr>{OUTLOOK}</div>"),
        plain_text(f"<div>Rättad fil</div><blockquote><div>{NOT_OURS}</div></blockquote>"),
        plain_text(f"<html><title>{V}</title><p>Hej</p></html>"),
        plain_text(f"<div style='display:none'>{V}</div><p>Hej</p>"),
        plain_text(f"<p><s>{V}.</s> Nu kan ni köra.</p>"),
        plain_text(f"<!-- {V} --><p>Hej</p>"),
    ],
)
def test_what_is_quoted_or_not_shown_does_not_count(text):
    assert against_order(text, f"SV: {V}") == ()


@pytest.mark.parametrize(
    ("text", "html"), [(" \n", f"<p>{V}</p>"), ("Hej!", None)], ids=["blank plain part", "second text part"]
)
def test_each_text_part_that_is_shown_counts(tmp_path, text, html):
    content = email.message_from_bytes(mail(["a.xlsx"], text, html or ""), policy=default)
    if html is None:
        second = EmailMessage()
        second.set_content(V)
        content.attach(second)
    found, _ = collected(tmp_path, {"a.eml": content.as_bytes()})
    assert [one.remarks for one in found] == [(V,)]


@pytest.mark.parametrize(
    ("fields", "automatic"),
    [
        ({"Subject": "Autosvar: Underlag"}, True),
        ({"Subject": "Automatic reply: Underlag"}, True),
        ({"Subject": "SV: Underlag", "Auto-Submitted": "auto-replied"}, True),
        ({"Subject": "SV: Autosvar: Underlag", "Auto-Submitted": "no"}, False),
    ],
)
def test_an_automatic_reply_is_listed_as_that(tmp_path, fields, automatic):
    content = EmailMessage()
    content["From"] = "Eva <eva@example.se>"
    for name, value in fields.items():
        content[name] = value
    content.set_content("Jag är på semester till 7 januari.")
    _, rejected = collected(tmp_path, {"a.eml": content.as_bytes()})
    (one,) = rejected.values()
    assert (one.is_message, one.foreign) == (not automatic, automatic)
    assert ("automatiskt svar" in one.reason) == automatic
