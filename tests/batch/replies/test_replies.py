"""Each sender gets one reply to each of their mails; what it contains, and what it leaves out."""

import io
import zipfile

import orjson
from click.testing import CliRunner

from tests.batch.books import book, put
from tests.batch.replies.days import BO, day
from tests.batch.replies.mails import mail, replies
from underlag.cli.main import cli

FAULTY = (("SE162321000156-4HVV |", "SE162321000165-4HVV |"),)


def test_one_reply_answers_all_mails_and_workbooks_of_a_sender(tmp_path):
    files = {
        "1.eml": mail(
            {"A.xlsx": book(("AAA1",), region="Värmland")},
            To="kundservice@inera.se, chef@example.se",
            Subject="Underlag Gotland [CS123456]",
            Message_ID="<a1@example.se>",
            Date="Mon, 01 Feb 2027 08:00:00 +0100",
        ),
        "2.eml": mail(
            {
                "B.xlsx": book(("BBB1", "4HVV", "BBB3"), region="Värmland", change=FAULTY),
                "C.xlsx": book(("CCC1",), region="Värmland", environment="QA"),
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


def test_workbook_with_a_personal_number_is_not_attached(tmp_path):
    named = book(("AAA1",), region="Gotland", change=(("Tolkcentralen Värmland", "Tolvan 19121212-1212"),))
    (reply,) = day(tmp_path, 1, {"1.eml": mail({"A.xlsx": named}, Subject="Om 19121212-1212")})

    assert reply.files == []
    assert "är inte bifogad: den innehåller ett personnummer" in reply.text
    assert "1212" not in reply.text + reply.html + reply.message["Subject"]


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


def test_a_file_that_cannot_be_read_is_answered_so_and_filed_by_its_name(tmp_path):
    broken = {"Underlag PROD-Gotland.xlsx": b"PK\x03\x04 trasig"}
    (reply,) = day(tmp_path, 1, {"1.eml": mail(broken, Message_ID="<a1@example.se>")})

    assert "Filen gick inte att läsa, så inget i den är granskat eller går vidare" in reply.text
    assert "Filen är skadad" in reply.text
    assert "Första fliken" not in reply.text
    assert reply.files == []
    (row,) = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())["arbetsbocker"]
    assert (row["region"], row["miljo"], row["mapp"]) == ("Gotland", "PROD", "Gotland-PROD-utan-datum")


def test_the_same_broken_file_again_is_answered_so(tmp_path):
    broken = {"Underlag PROD-Gotland.xlsx": b"PK\x03\x04 trasig"}
    day(tmp_path, 1, {"1.eml": mail(broken, Message_ID="<a1@example.se>")})
    reply = day(tmp_path, 2, {"2.eml": mail(broken, Message_ID="<a2@example.se>")})[-1]

    assert "är detsamma som vi tog emot" in reply.text
    assert "Filen gick inte att läsa, så inget i den är granskat eller går vidare" in reply.text
