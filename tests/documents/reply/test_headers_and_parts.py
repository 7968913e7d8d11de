"""Whom the reply goes to, its thread, and its sections for several workbooks and later days."""

import pytest

from tests.checks.examine import NOW, altered, examine
from tests.documents.examples import DETAILS, given
from tests.documents.examples import checked as made
from tests.documents.reply.mail import FAULTY, NO_HEADERS, going, page, parsed, reply, text
from underlag.documents.annotated_workbook import annotated_workbook
from underlag.documents.mails.eml import Headers
from underlag.documents.mails.progress import OrderLine, Progress, Statement, SumRow, Unread
from underlag.documents.mails.reply import Answered, reply_mail
from underlag.documents.mails.reply_lead import Arrival, Occasion
from underlag.documents.mails.review import Review, review
from underlag.values.contact import Mailbox
from underlag.workbook import Contact


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("tove@region.example.se", "tove@region.example.se"),
        ("tove@region", None),
        ("a@example.se, b@example.se", None),
        ("x@example.se\r\nBcc: y@example.se", None),
        ("", None),
    ],
)
def test_a_reply_that_answers_no_mail_goes_to_the_orderer(stated, expected):
    details = DETAILS._replace(orderer=Contact(name=given("Tove"), email=given(stated) if stated else None))
    message = parsed(reply(made(details=details)))

    assert message["To"] == expected
    assert message["Bcc"] is None


def test_a_reply_to_a_mail_has_its_people_and_its_thread():
    long = f"<{'a' * 240}@example.se>"
    headers = Headers(
        "SV: Underlag CS123456",
        (Mailbox("anna.test@example.se", "Åsa, Anna"),),
        (Mailbox("bo@example.se"), Mailbox("ingen"), Mailbox("c@example.se", "C\r\nBcc: d@example.se")),
        ("<b@example.se>", long),
        ("<a@example.se>", "<b@example.se>", long),
    )
    data = reply(examine(altered()), headers=headers)
    message = parsed(data)

    assert message["Subject"] == "SV: Underlag CS123456"
    assert [(a.addr_spec, a.display_name) for a in message["To"].addresses] == [
        ("anna.test@example.se", "Åsa, Anna")
    ]
    assert [a.addr_spec for a in message["Cc"].addresses] == ["bo@example.se", "c@example.se"]
    assert message["Bcc"] is None
    assert message["In-Reply-To"].split() == ["<b@example.se>", long]
    assert message["References"].split() == ["<a@example.se>", "<b@example.se>", long]
    assert max(map(len, data.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "odd", ["=?x?Q?=FF?=", "=?utf-8?B?w6?=", "=?", "?=", "=?utf-8?Q?=0D=0ABcc:_d@example.se?="]
)
def test_what_looks_like_an_encoded_word_is_written_as_plain_text(odd):
    headers = Headers(f"SV: åäö {odd}", (Mailbox("anna.test@example.se", f"Anna {odd}"),))
    message = parsed(reply(examine(altered()), headers=headers))

    assert message["Subject"] == f"SV: åäö {odd}".replace("=?", "= ?")
    assert [one.addr_spec for one in message["To"].addresses] == ["anna.test@example.se"]
    assert message["Bcc"] is None


def test_several_workbooks_have_a_section_each_and_attachments_of_their_own():
    checked = examine(FAULTY)
    one = Answered(review(checked), going(checked), Arrival(), annotated_workbook(checked))
    data = reply_mail(NO_HEADERS, [one, one], [Unread("två.zip", "är skyddad med lösenord")], NOW)
    names = [part.get_filename() for part in parsed(data).iter_attachments()]
    body = text(data)

    assert len(set(names)) == len(names) == 2
    assert all(f"Öppna den bifogade filen {name}." in body for name in names)
    assert body.count("Vi har granskat underlaget och hittat 2\xa0fel.") == 2
    assert "- två.zip är skyddad med lösenord.\n" in body
    assert "två.zip är skyddad med lösenord." in page(data)


@pytest.mark.parametrize(
    ("occasion", "expected"),
    [
        (Occasion.AGAIN, "är detsamma som vi tog emot 2027-01-08, och räknas en gång."),
        (Occasion.NEWS, "Det här gäller underlaget u.xlsx, som vi tog emot 2027-01-08."),
    ],
)
def test_a_later_reply_says_when_the_workbook_came(occasion, expected):
    waits = Progress(
        (SumRow("Webcert -> Vårdsystem", 2, 1, waiting=1),),
        (Statement("1 adressat väntar.", ("SE162321000156-4HVT",), "… och 3 till"),),
        (OrderLine("Tjänsteproducent SE162321000156-B3K", "Kontrakt v1", "1 adressat"),),
        asks=True,
    )
    answered = Answered(Review("u.xlsx"), waits, Arrival(occasion, "2027-01-08"))
    data = reply_mail(NO_HEADERS, [answered], (), NOW)
    body = text(data)

    assert expected in body
    assert "1 adressat väntar.\n- SE162321000156-4HVT\n… och 3 till\n" in body
    assert "Summa: lästa 2, går vidare 1, väntar 1\n" in body
    assert "Svara på det här mejlet med vad som gäller" in body
    assert "Kontrakt v1" in page(data)
