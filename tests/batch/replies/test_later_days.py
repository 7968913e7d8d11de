"""Replies of later days: new versions, conflicts and their decisions, supplements, workbooks sent again."""

import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, URL, batch, book, put
from tests.batch.replies.days import BO, DALARNA, day
from tests.batch.replies.mails import mail, replies
from tests.tak.follow_up.test_follow_up import export_of
from underlag.batch.ledger.decide import parse_choice
from underlag.cli.main import cli
from underlag.tak.follow_up import read_ordered

pytestmark = pytest.mark.usefixtures("one_process")
REMOVE = (("| Datum ", "| Åtgärd | Ta bort |\n| Datum "),)
OTHER_URL = "https://tak.dalarna.example.se/status/3_0/rivtabp21"


def test_the_next_day_is_answered_alone_and_nothing_twice(tmp_path):
    first = mail({"A.xlsx": book(("AAA1",), region="Gotland")}, Message_ID="<1@example.se>")
    second = mail({"B.xlsx": book(("BBB1",), region="Gotland")}, Message_ID="<2@example.se>")

    assert len(day(tmp_path, 1, {"1.eml": first})) == 1
    assert day(tmp_path, 2, {"1.eml": first}) == []
    (reply,) = day(tmp_path, 3, {"1.eml": first, "2.eml": second})

    assert "B.xlsx" in reply.text
    assert "Tack för underlaget A.xlsx" not in reply.text
    assert reply.message["In-Reply-To"] == "<2@example.se>"


def test_later_version_says_what_it_replaces_and_older_what_counts_instead(tmp_path):
    old = book(("AAA1", "AAA2"), region="Gotland", saved="2027-01-10T08:00:00Z")
    new = book(("AAA1",), region="Gotland", url=OTHER_URL, saved="2027-01-20T08:00:00Z")
    day(tmp_path, 1, {"1.eml": mail({"Gammal.xlsx": old}, Message_ID="<1@example.se>")})
    (reply,) = day(
        tmp_path,
        2,
        {"2.eml": mail({"Ny.xlsx": new}, Message_ID="<2@example.se>", References="<1@example.se>")},
    )

    assert (
        "Underlaget ersätter 1 rad i underlaget Gammal.xlsx, som kom 2027-02-01. Anropsadressen är nu "
        f"{OTHER_URL} i stället för {URL}.\n"
        "- SE162321000156-AAA1, CertificateStatusUpdateForCare v3: Webcert -> Vårdsystem F2 ersätter "
        "Webcert -> Vårdsystem F2\n"
    ) in reply.text
    assert "====" not in reply.text
    older = book(("AAA1",), region="Gotland", url=f"{OTHER_URL}/x", saved="2027-01-15T08:00:00Z")
    (reply,) = day(
        tmp_path,
        3,
        {"3.eml": mail({"Sen.xlsx": older}, Message_ID="<3@example.se>", References="<1@example.se>")},
    )
    assert (
        "1 rad är äldre än en annan: underlaget Ny.xlsx, som kom 2027-02-02, gäller i stället." in reply.text
    )
    assert "F2) – i stället gäller Webcert -> Vårdsystem F2: vägval till" in reply.text
    assert "är redan på väg till inläsning" not in reply.text


def test_conflict_is_reported_to_both_senders_and_again_when_it_is_decided(tmp_path):
    mine = book(("GEM", "AAA2"), region="Gotland", change=(("TSK-12518", "TSK-12519"),))
    theirs = book(("GEM", "DDD2"), region="Dalarna", url=OTHER_URL, change=DALARNA)
    files = {
        "1.eml": mail({"Min.xlsx": mine}, Message_ID="<1@example.se>", Subject="Min CS111111"),
        "2.eml": mail({"Deras.xlsx": theirs}, sender=BO, Message_ID="<2@example.se>"),
    }
    gotland, dalarna = day(tmp_path, 1, files)

    for reply, other in ((gotland, "Region Dalarna"), (dalarna, "Region Gotland")):
        assert (
            f"väntar i alla sina tjänstekontrakt tills det är avgjort vad som gäller: ett underlag från {other} anger"
            in reply.text
        )
        assert "Svara på det här mejlet med vad som gäller för adressaterna som väntar." in reply.text
        assert "SE162321000156-GEM" in reply.text.split("RADER")[0]
        assert "SE162321000156-GEM" not in reply.text.split("LOGISK ADRESSAT LÄGGS TILL")[1]
    # A reply names no file, address or ticket of another region.
    assert not any(word in gotland.text for word in ("Deras.xlsx", "dalarna.example.se", "bo.test"))
    assert not any(word in dalarna.text for word in ("Min.xlsx", "anna.test", "CS111111"))

    found = day(tmp_path, 2, {}, choices=[parse_choice("2")])
    by_to = {reply.addresses("To")[0]: reply for reply in found}
    assert set(by_to) == {"anna.test@example.se", BO}
    assert "som vi tog emot 2027-02-01. 2 rader som väntade går nu vidare till inläsning" in by_to[BO].text
    assert (
        "2 rader gäller inte: ett underlag från Region Dalarna har valts i stället."
        in by_to["anna.test@example.se"].text
    )
    assert by_to["anna.test@example.se"].message["Subject"] == "SV: Min CS111111"
    assert by_to["anna.test@example.se"].message["In-Reply-To"] == "<1@example.se>"


def test_sender_who_is_not_chosen_learns_it_once_also_when_nothing_new_is_loaded(tmp_path):
    mine = book(("GEM", "AAA2"), region="Gotland", change=(("TSK-12518", "TSK-12519"),))
    theirs = book(("GEM", "DDD2"), region="Dalarna", url=OTHER_URL, change=DALARNA)
    day(tmp_path, 1, {"1.eml": mail({"Min.xlsx": mine})})
    day(tmp_path, 2, {"2.eml": mail({"Deras.xlsx": theirs}, sender=BO)})

    (reply,) = day(tmp_path, 3, {}, choices=[parse_choice("1")])

    assert reply.addresses("To") == [BO]
    assert "2 rader gäller inte: ett underlag från Region Gotland har valts i stället." in reply.text
    cia = "cia.test@skane.example.se"
    third = book(("AAA2",), region="Skåne", url=OTHER_URL, change=DALARNA)
    day(tmp_path, 4, {"4.eml": mail({"Annat.xlsx": third}, sender=cia)})
    assert [one.addresses("To") for one in day(tmp_path, 5, {}, choices=[parse_choice("1")])] == [[cia]]


def test_the_day_of_a_mail_is_when_it_was_sent(tmp_path):
    old = book(("AAA1",), region="Gotland", saved="2027-01-10T08:00:00Z")
    new = book(("AAA1",), region="Gotland", url=OTHER_URL, saved="2027-01-20T08:00:00Z")
    sent = "Fri, 29 Jan 2027 23:30:00 +0000"
    day(tmp_path, 1, {"1.eml": mail({"Gammal.xlsx": old}, Message_ID="<1@example.se>", Date=sent)})
    later = mail({"Ny.xlsx": new}, Message_ID="<2@example.se>", References="<1@example.se>")
    (reply,) = day(tmp_path, 2, {"2.eml": later})

    assert "ersätter 1 rad i underlaget Gammal.xlsx, som kom 2027-01-30." in reply.text


def test_workbook_sent_again_is_answered_with_how_it_went(tmp_path):
    content = book(("AAA1",), region="Gotland")
    day(tmp_path, 1, {"1.eml": mail({"A.xlsx": content}, Message_ID="<1@example.se>")})
    (again,) = day(tmp_path, 2, {"2.eml": mail({"A (1).xlsx": content}, Message_ID="<2@example.se>")})

    assert "är detsamma som vi tog emot 2027-02-01, och räknas en gång." in again.text
    assert "4 rader är redan på väg till inläsning sedan tidigare." in again.text
    assert "LÄGGS TILL" not in again.text
    asked = ["register", "inlast", str(tmp_path / "ut"), "0001", "--tidpunkt", "2027-02-03T08:00"]
    assert CliRunner().invoke(cli, asked).exit_code == 0
    (last,) = day(tmp_path, 3, {"3.eml": mail({"A.xlsx": content}, sender=BO, Message_ID="<3@example.se>")})
    assert "4 rader är redan inlästa." in last.text
    assert last.addresses("To") == [BO]


def test_supplement_says_what_was_loaded_already(tmp_path):
    day(
        tmp_path,
        1,
        {"1.eml": mail({"A.xlsx": book(("AAA1",), region="Gotland")}, Message_ID="<1@example.se>")},
    )
    CliRunner().invoke(cli, ["register", "inlast", str(tmp_path / "ut"), "0001"])
    more = book(("AAA1", "AAA2"), region="Gotland")
    (reply,) = day(tmp_path, 2, {"2.eml": mail({"B.xlsx": more}, References="<1@example.se>")})

    assert "2 av 6 rader går vidare till inläsning" in reply.text
    assert (
        "4 rader finns också i underlaget A.xlsx, som kom 2027-02-01, och beställs en gång: den beställningen är redan inläst."
        in reply.text
    )
    assert "- SE162321000156-AAA2" in reply.text
    assert "- SE162321000156-AAA1" not in reply.text


def test_row_is_in_force_again_when_its_replacement_is_taken_back(tmp_path):
    first = {"Message_ID": "<1@example.se>"}
    old = book(("AAA1",), region="Gotland", saved="2027-01-10T08:00:00Z")
    new = book(("AAA1",), region="Gotland", url=OTHER_URL, saved="2027-01-20T08:00:00Z")
    day(tmp_path, 1, {"1.eml": mail({"Gammal.xlsx": old}, **first)})
    day(tmp_path, 2, {"2.eml": mail({"Ny.xlsx": new}, References="<1@example.se>")})
    assert CliRunner().invoke(cli, ["register", "angra", str(tmp_path / "ut"), "0002"]).exit_code == 0
    (reply,) = day(tmp_path, 3, {"3.eml": mail({"Gammal.xlsx": old}, Message_ID="<3@example.se>")})

    assert "4 rader är redan på väg till inläsning" in reply.text
    assert "ersatt" not in reply.text


def test_reply_about_a_version_replaced_by_one_that_waits_does_not_say_that_it_counts(tmp_path):
    versions = [
        book(("AAA1",), region="Gotland", url=url, saved=saved)
        for url, saved in (
            (OTHER_URL, "2027-01-10T08:00:00Z"),
            (OTHER_URL.replace("tak.", "tva."), "2027-01-20T08:00:00Z"),
            (OTHER_URL.replace("tak.", "tre."), "2027-01-20T08:00:00Z"),
        )
    ]
    files = {f"v{number}.xlsx": content for number, content in enumerate(versions, start=1)}
    first, *_ = day(tmp_path, 1, files)

    assert "underlaget v2.xlsx, som kom 2027-02-01, är nyare, men väntar själv" in first.text
    assert "gäller i stället" not in first.text
    assert "i stället gäller" not in first.text


def test_reply_says_that_the_row_that_a_duplicate_repeats_waits(tmp_path):
    repeated = book(("AAA1",), region="Gotland", url=OTHER_URL, extra="\n## Anteckningar\n| Hej |\n")
    files = {
        "v1.xlsx": book(("AAA1",), region="Gotland", url=OTHER_URL),
        "v2.xlsx": repeated,
        "v3.xlsx": book(("AAA1",), region="Gotland", url=OTHER_URL.replace("tak.", "tre.")),
    }
    _, reply, _ = day(tmp_path, 1, files)

    assert "och beställs en gång: den beställningen väntar tills det är avgjort vad som gäller." in reply.text


def test_old_workbook_sent_again_is_answered_with_the_one_that_replaced_it(tmp_path):
    old = book(("AAA1",), region="Gotland", saved="2027-01-10T08:00:00Z")
    new = book(("AAA1",), region="Gotland", url=OTHER_URL, saved="2027-01-20T08:00:00Z")
    thread = {"References": "<1@example.se>"}
    day(tmp_path, 1, {"1.eml": mail({"Gammal.xlsx": old}, Message_ID="<1@example.se>")})
    day(tmp_path, 2, {"2.eml": mail({"Ny.xlsx": new}, Message_ID="<2@example.se>", **thread)})
    again = {"3.eml": mail({"Gammal.xlsx": old}, Message_ID="<3@example.se>", **thread)}
    (reply,) = day(tmp_path, 3, again, skip_faulty=True)

    assert "1 rad är ersatt: underlaget Ny.xlsx, som kom 2027-02-02, gäller i stället." in reply.text
    found = CliRunner().invoke(cli, ["register", "sok", str(tmp_path / "ut"), "SE162321000156-AAA1"]).output
    assert found.count("ersatt av arbetsbok 2") == 2
    assert CliRunner().invoke(cli, ["register", "angra", str(tmp_path / "ut"), "2"]).exit_code == 0
    found = CliRunner().invoke(cli, ["register", "sok", str(tmp_path / "ut"), "SE162321000156-AAA1"]).output
    assert "ersatt av" not in found


def test_rows_that_would_change_the_tak_wait_for_a_confirmation(tmp_path):
    first = book(("AAA1", "AAA2"), region="Gotland")
    day(tmp_path, 1, {"1.eml": mail({"A.xlsx": first}, Message_ID="<1@example.se>")})
    tak = put(
        tmp_path, {"takdump_ntjp_prod.json": export_of(read_ordered(tmp_path / "ut/inlasningar/0001-PROD"))}
    )
    other = book(("AAA1",), region="Gotland", url=OTHER_URL, change=DALARNA)
    inbox = put(tmp_path / "in", {"2.eml": mail({"B.xlsx": other}, Message_ID="<2@example.se>")})
    command = ["kundservice", str(inbox), "--ut", str(tmp_path / "ut"), "--tidpunkt", "2027-02-02T09:00"]
    command += ["--tak", str(tak / "takdump_ntjp_prod.json")]
    result = CliRunner().invoke(cli, command)
    said = result.output.replace("\xa0", " ")

    (text,) = (one.text for one in replies(tmp_path / "ut") if "B.xlsx" in one.text)
    assert result.exit_code == 1
    assert "Något väntar på dig: 1 rad skulle ändra det som finns i TAK (är det rätt, kör igen med" in said
    assert "1 rad skulle ändra det som finns i TAK och beställs inte förrän ni har bekräftat det." in text
    assert "Svara på det här mejlet om raderna som kom tillbaka ska ändra det som finns i TAK." in text
    assert "behöver ni inte göra något" not in text
    assert "kräver ingen ändring i TAK" not in text
    page = (tmp_path / "ut/sammanstallning.html").read_text("utf-8").replace("\xa0", " ")
    assert "Fråga om vägvalen: 1 rad skulle ändra det som finns i TAK och beställs inte." in page
    # Handed in again without the export, the row is still one to confirm.
    without = CliRunner().invoke(cli, command[:-2])
    assert (without.exit_code, "Ny inläsning" in without.output) == (1, False)
    confirmed = CliRunner().invoke(cli, [*command, "--ersatt-vagval"])
    assert (confirmed.exit_code, "Ny inläsning: inlasningar/0002-PROD (1" in confirmed.output) == (0, True)


def test_a_removal_names_what_it_leaves_as_it_is(tmp_path):
    (reply,) = day(
        tmp_path, 1, {"1.eml": mail({"A.xlsx": book(("AAA1",), change=REMOVE)}, Message_ID="<1@example.se>")}
    )

    assert "2 rader beställs inte: Systemets egen behörighet är kvar." in reply.text
    assert "KOMMER TILLBAKA" not in reply.text


def test_workbooks_of_one_name_are_distinguished(tmp_path):
    one = book(("AAA1", "AAA2"), region="Gotland")
    two = book(("AAA1",), region="Gotland", url=OTHER_URL, change=(("Tolkcentralen Värmland", "Rud"),))
    (reply,) = day(
        tmp_path,
        1,
        {
            "1.eml": mail({"U.xlsx": one}, Message_ID="<1@example.se>"),
            "2.eml": mail({"U.xlsx": two}, Message_ID="<2@example.se>", References="<1@example.se>"),
        },
    )

    assert reply.text.count("ett annat underlag med samma namn, som kom 2027-02-01, anger vägval till") == 2
    assert "underlaget U.xlsx, som kom" not in reply.text


@pytest.mark.parametrize("is_same", [True, False])
def test_a_version_that_comes_as_a_file_is_one_reply_to_its_orderer(tmp_path, is_same):
    out = tmp_path / "ut"
    other = () if is_same else (("tove@region", "tuva@region"),)
    old = book(("AAA1", "AAA2"), region="Gotland", saved="2027-01-10T08:00:00Z", change=other)
    batch(put(tmp_path / "1", {"U.xlsx": old}), out)
    run = CliRunner().invoke(cli, ["register", "inlast", str(out), "0001", "--tidpunkt", "2027-02-01T10:00"])
    assert run.exit_code == 0, run.output
    new = book(("AAA1", "AAA2", "AAA3"), region="Gotland", url=OTHER_URL, saved="2027-01-20T08:00:00Z")
    batch(put(tmp_path / "2", {"U.xlsx": new}), out, now=NOW.replace(hour=11))
    text = replies(out)[1].text
    assert "i ett annat underlag med samma namn, som kom 2027-02-01 kl. 09:00. Anropsadressen är nu" in text
    assert "1 LOGISK ADRESSAT LÄGGS TILL" in text
    assert "2 LOGISKA ADRESSATER FÅR ÄNDRADE UPPGIFTER" in text
    assert "1 logisk adressat läggs till, 2 logiska adressater får ändrade uppgifter" in text
    assert len(replies(out)) == (2 if is_same else 3)
