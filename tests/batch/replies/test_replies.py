"""Replies over whole runs, read as a mail program reads them."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, batch, book, put, tree
from tests.batch.replies.mails import Reply, mail, replies
from underlag.batch.ledger.decide import parse_choice
from underlag.batch.replies import write
from underlag.cli.main import cli
from underlag.package.folder import PackageError

FAULTY = (("SE162321000156-4HVV |", "SE162321000165-4HVV |"),)
BO = "bo.test@dalarna.example.se"
OTHER_URL = "https://tak.dalarna.example.se/status/3_0/rivtabp21"
#: Another system for the units.
DALARNA = (("SE162321000156-B3K", "SE162321000156-DAL"),)


def day(tmp_path: Path, number: int, files: dict[str, bytes], **asked) -> list[Reply]:
    """Hand in files on a day; return the replies of that day."""
    before = len(replies(tmp_path / "ut"))
    inbox = put(tmp_path / f"dag{number}", files)
    batch(inbox, tmp_path / "ut", now=NOW + timedelta(days=number - 1), **asked)
    return replies(tmp_path / "ut")[before:]


def test_one_reply_answers_all_mails_and_workbooks_of_a_sender(tmp_path):
    files = {
        "1.eml": mail(
            {"A.xlsx": book(("AAA1",), region="Gotland")},
            To="kundservice@inera.se, chef@example.se",
            Subject="Underlag Gotland [CS123456]",
            Message_ID="<a1@example.se>",
            Date="Mon, 01 Feb 2027 08:00:00 +0100",
        ),
        "2.eml": mail(
            {
                "B.xlsx": book(("BBB1", "4HVV", "BBB3"), region="Gotland", change=FAULTY),
                "C.xlsx": book(("CCC1",), region="Gotland", environment="QA"),
            },
            Reply_To="Anna.Test@example.se",
            Cc="kollega@example.se, KUNDSERVICE@inera.se",
            Subject="SV: Underlag Gotland",
            Message_ID="<a2@example.se>",
            References="<a0@example.se> <a1@example.se>",
            Date="Mon, 01 Feb 2027 08:30:00 +0100",
        ),
    }
    (reply,) = day(tmp_path, 1, files)

    assert reply.addresses("To") == ["Anna.Test@example.se"]
    assert reply.addresses("Cc") == ["kollega@example.se"]
    assert reply.message["Subject"] == "SV: Underlag Gotland [CS123456]"
    assert reply.message["In-Reply-To"] == "<a1@example.se> <a2@example.se>"
    assert reply.message["References"] == "<a0@example.se> <a1@example.se> <a2@example.se>"
    assert reply.files == ["granskad-B.xlsx"]
    sections = reply.text.split("==== ")[1:]
    assert [one.split(" ====")[0] for one in sections] == ["1. A.xlsx", "2. B.xlsx", "3. C.xlsx"]
    assert "utan att hitta fel, och det går vidare till inläsning i NTJP PROD" in sections[0]
    assert "och hittat 2 fel. Inget går vidare till inläsning" in sections[1]
    assert "går vidare till inläsning i NTJP QA" in sections[2]
    assert all(name in reply.html for name in ("A.xlsx", "B.xlsx", "C.xlsx"))


def test_cases_of_one_sender_are_answered_apart(tmp_path):
    files = {
        f"{number}.eml": mail(
            {f"{number}.xlsx": book((f"AAA{number}",), region="Gotland")},
            Subject=subject,
            Message_ID=f"<{number}@example.se>",
            References=references,
        )
        for number, (subject, references) in enumerate(
            [
                ("Underlag CS123456", "<0@example.se>"),
                ("Underlag CS654321", "<9@example.se>"),
                ("Glömde en", "<0@example.se>"),
                ("Något annat", "<8@example.se>"),
            ]
        )
    }
    found = day(tmp_path, 1, files)

    assert sorted((reply.message["Subject"], reply.text.count("====") // 2) for reply in found) == [
        ("SV: Glömde en [CS123456]", 2),
        ("SV: Något annat", 0),
        ("SV: Underlag CS654321", 0),
    ]


def test_mails_that_customer_service_forwarded_are_answered_apart_to_the_orderers(tmp_path):
    own = "Kundservice <Kundservice@inera.se>"
    files = {
        "1.eml": mail({"A.xlsx": book(("AAA1",), region="Gotland")}, sender=own, Subject="VB: Underlag"),
        "2.eml": mail({"B.xlsx": book(("BBB1",), region="Halland")}, sender=own, Subject="VB: Underlag 2"),
    }
    found = day(tmp_path, 1, files)

    assert [reply.addresses("To") for reply in found] == [["tove@region.example.se"]] * 2
    assert [reply.addresses("Cc") for reply in found] == [[], []]
    assert ["A.xlsx" in reply.text for reply in found] == [True, False]


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
        "Underlaget ersätter 1 rad i underlaget Gammal.xlsx, som kom 2027-02-01.\n"
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


def test_workbook_with_a_personal_number_is_not_attached(tmp_path):
    named = book(("AAA1",), region="Gotland", change=(("Tolkcentralen Värmland", "Tolvan 19121212-1212"),))
    (reply,) = day(tmp_path, 1, {"1.eml": mail({"A.xlsx": named}, Subject="Om 19121212-1212")})

    assert reply.files == []
    assert "är inte bifogad: den innehåller ett personnummer" in reply.text
    assert "1212" not in reply.text + reply.html + reply.message["Subject"]


def test_ledger_notes_replies_and_what_was_refused(tmp_path):
    files = {
        "1.eml": mail({"A.xlsx": book(("AAA1",), region="Gotland")}),
        "2.eml": mail({}, sender=BO, text="https://we.tl/t-abc123"),
    }
    day(tmp_path, 1, files)
    day(tmp_path, 2, files)
    result = CliRunner().invoke(cli, ["register", "handelser", str(tmp_path / "ut"), "--format", "json"])
    found = [(one["handelse"], one["text"]) for one in orjson.loads(result.output)]

    assert [text for kind, text in found if kind == "svarsutkast"] == ["svar/0001-TSK-12518-Region-Gotland"]
    (refused,) = [text for kind, text in found if kind == "avvisad"]
    assert refused.startswith("2.eml har ingen arbetsbok bifogad")


def test_same_workbook_under_two_names_in_a_mail_is_one(tmp_path):
    content = book(("AAA1",), region="Gotland")
    (reply,) = day(tmp_path, 1, {"1.eml": mail({"A.xlsx": content, "Kopia av A.xlsx": content})})
    summary = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())

    assert [one["rader"]["klara"] for one in summary["arbetsbocker"]] == [4, 0]
    assert len({one["svar"] for one in summary["arbetsbocker"]}) == 1
    assert "====" not in reply.text
    assert "och det går vidare till inläsning" in reply.text


def test_reply_names_the_file_as_its_sender_did(tmp_path):
    content = book(("AAA1", "4HVV", "BBB3"), region="Gotland", change=FAULTY)
    files = {"1.xlsx": content, "2.eml": mail({"Vårt underlag.xlsx": content, "C.xlsx": book(("CCC1",))})}
    (reply,) = day(tmp_path, 1, files)

    assert "1. Vårt underlag.xlsx" in reply.text
    assert "1.xlsx ====" not in reply.text.replace("Vårt underlag.xlsx", "")
    assert reply.files == ["granskad-Vart-underlag.xlsx"]


def test_reply_lists_what_could_not_be_read(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x.xlsx", b"x")
    sealed = bytearray(stream.getvalue())
    for start in (sealed.find(b"PK\x03\x04") + 6, sealed.find(b"PK\x01\x02") + 8):
        sealed[start] |= 1
    packed = {
        "A.xlsx": book(("AAA1",), region="Gotland"),
        "två.zip": bytes(sealed),
        "tre.7z": b"7z\xbc\xaf\x27\x1c",
    }
    files = {
        "1.eml": mail(packed),
        "2.eml": mail({}, sender=BO, text="https://we.tl/t-abc123"),
        "3.eml": mail({}, sender="tack@example.se", text="Tack!"),
    }
    found = {reply.addresses("To")[0]: reply for reply in day(tmp_path, 1, files)}

    assert set(found) == {"anna.test@example.se", BO}
    text = found["anna.test@example.se"].text
    assert "- x.xlsx är skyddad med lösenord i zip-filen.\n" in text
    assert "- tre.7z är ett arkiv av ett slag som inte öppnas här.\n" in text
    assert "kör igen" not in text
    assert "Vi kunde inte läsa något underlag" in found[BO].text
    assert (
        "- Mejlet har ingen arbetsbok bifogad, bara en länk till en fildelning (https://we.tl/t-abc123).\n"
        in found[BO].text
    )


def test_loose_files_get_drafts_of_their_own_to_their_orderer(tmp_path):
    found = day(
        tmp_path,
        1,
        {"a.xlsx": book(("AAA1",), region="Gotland"), "b.xlsx": book(("BBB1",), region="Halland")},
    )

    assert [reply.addresses("To") for reply in found] == [["tove@region.example.se"]] * 2
    assert all(reply.message["Subject"].endswith(": kvittens") for reply in found)
    assert not any(reply.message[field] for reply in found for field in ("In-Reply-To", "References", "Cc"))


def test_hostile_headers_add_no_headers_to_the_reply(tmp_path):
    content = mail({"A.xlsx": book(("AAA1",), region="Gotland")})
    content = content.replace(
        b"Subject: Underlag", b"Subject: =?utf-8?q?a=0D=0ABcc:_x@example.se=0D=0A=0D=0Ahej?="
    )
    content = content.replace(
        b"From: Anna Test <anna.test@example.se>",
        b"From: =?utf-8?q?A=0ABcc:_y@example.se?= <anna.test@example.se>\r\n"
        b"Message-ID: <a b@example.se>\r\nReferences: <x@example.se>\r\n\tBcc: <z@example.se>\r\n"
        b"Cc: \xff\xfe <c@example.se>, d@example.se\\nBcc: e@example.se, =?x?=",
    )
    (reply,) = day(tmp_path, 1, {"1.eml": content})

    assert reply.message["Bcc"] is None
    assert reply.addresses("To") == ["anna.test@example.se"]
    assert reply.addresses("Cc") == ["c@example.se", "e@example.se"]
    assert reply.message.defects == []
    assert {name for name in reply.message if name.lower() == "bcc"} == set()


def test_addresses_of_customer_service_are_left_out(tmp_path):
    put(
        tmp_path / "in",
        {"1.eml": mail({"A.xlsx": book()}, To="stod@example.se, chef@example.se", Cc="larm@example.se")},
    )
    out = tmp_path / "ut"
    asked = ["kundservice", str(tmp_path / "in"), "--ut", str(out), "--egen-adress", "Stod@example.se"]
    result = CliRunner().invoke(
        cli, [*asked, "--egen-adress", "larm@example.se", "--tidpunkt", "2027-02-01T09:00"]
    )

    assert result.exit_code == 0
    assert replies(out)[0].addresses("Cc") == ["chef@example.se"]


@pytest.mark.parametrize("point", ["before", "halfway"])
def test_interrupted_run_writes_the_same_replies_the_next_time(tmp_path, monkeypatch, point):
    files = {
        "1.eml": mail({"A.xlsx": book(("AAA1",), region="Gotland")}, Message_ID="<1@example.se>"),
        "2.eml": mail({"B.xlsx": book(("AAA1", "BBB1"), region="Dalarna", change=DALARNA)}, sender=BO),
    }
    inbox = put(tmp_path / "in", files)
    batch(inbox, tmp_path / "whole")
    done = []

    def cut(job, settings):
        if point == "before" or done:
            raise KeyboardInterrupt
        done.append(True)
        return run(job, settings)

    run = write.ReplyJob.run
    with monkeypatch.context() as patch:
        patch.setattr(write.ReplyJob, "run", cut)
        with pytest.raises(KeyboardInterrupt):
            batch(inbox, tmp_path / "cut")
    batch(inbox, tmp_path / "cut")

    assert len(replies(tmp_path / "cut")) == 2
    assert tree(tmp_path / "cut") == tree(tmp_path / "whole")


def test_reply_that_cannot_be_written_is_reported_and_written_the_next_time(tmp_path):
    files = {"1.eml": mail({"A.xlsx": book(("AAA1",), region="Gotland")})}
    put(tmp_path / "ut", {"svar": b"en fil"})

    with pytest.raises(PackageError, match="Det gick inte att skriva svaret"):
        day(tmp_path, 1, files)
    (tmp_path / "ut/svar").unlink()

    assert len(day(tmp_path, 1, files)) == 1
