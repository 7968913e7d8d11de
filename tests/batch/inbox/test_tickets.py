"""The case number of a mail: in its subject in any usual writing, or in that of the mail it is attached to."""

import email
from email import policy
from email.message import EmailMessage

import orjson
import pytest

from tests.batch.books import batch, book, put
from tests.batch.inbox.test_mail_files import collected
from tests.batch.replies.days import day
from tests.batch.replies.mails import mail
from tests.support.compound import msg, msg_within
from underlag.batch.inbox.mail import Mail, ticket_in


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("CS0012345", "CS0012345"),
        ("Re:cs0012345", "CS0012345"),
        ("Underlag [CS-0012345]", "CS0012345"),
        ("Ärende:CS 0012345_Gotland", "CS0012345"),
        ("TSK12518 Gotland", "TSK-12518"),
        ("tsk_12518", "TSK-12518"),
        ("Underlag TFF: 1234", "TFF-1234"),
        ("Underlag för 4CS0012345", ""),
        ("CS0012345B", ""),
        ("CSV 12345", ""),
        ("CS 12", ""),
        ("TSK och 12345", ""),
    ],
)
def test_case_number_is_read_in_any_usual_writing(subject, number):
    assert ticket_in(subject) == number


def forwarded(inner: bytes, subject: str) -> bytes:
    outer = EmailMessage()
    outer["From"] = "kundservice@inera.se"
    outer["Subject"] = subject
    outer.set_content("Se bifogat.")
    outer.add_attachment(email.message_from_bytes(inner, policy=policy.default))
    return outer.as_bytes()


@pytest.mark.parametrize(
    ("outer", "inner", "number"),
    [
        ("VB: Underlag CS0012345", "Underlag", "CS0012345"),
        ("VB: Underlag CS0012345", "Underlag CS0099999", "CS0099999"),
        ("VB: Underlag", "Underlag", ""),
    ],
)
def test_attached_mail_without_a_case_number_has_that_of_the_mail_around_it(tmp_path, outer, inner, number):
    attached = mail({"a.xlsx": book(("A1",), change=(("TSK-12518", ""),))}, Subject=inner)
    (reply,) = day(tmp_path, 1, {"m.eml": forwarded(attached, outer)})

    assert reply.addresses("To") == ["anna.test@example.se"]
    assert reply.message["Subject"] == f"SV: {inner}" + (
        f" [{number}]" if number and number not in inner else ""
    )
    (case,) = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())["arenden"]
    assert case["arenden"] == ([number] if number else [])


def test_mails_attached_to_mails_of_one_case_number_are_one_case(tmp_path):
    first = mail({"a.xlsx": book(("A1",))}, Message_ID="<1@example.se>")
    second = mail({"b.xlsx": book(("A2",))}, sender="bo.test@example.se", Message_ID="<2@example.se>")
    files = {"1.eml": forwarded(first, "[TSK12518]"), "2.eml": forwarded(second, "VB: tsk 12518")}

    assert [len(case.books) for case in batch(put(tmp_path / "in", files), tmp_path / "ut").cases] == [2]


def test_mail_attached_to_a_mail_of_outlook_has_its_case_number_too(tmp_path):
    inner = msg_within({"a.xlsx": book(("A1",))}, sender="anna.test@example.se")
    content = msg({"VB": inner}, sender="kundservice@inera.se", texts={0x0037: "VB: Underlag CS0012345"})

    (found,), _ = collected(tmp_path, {"m.msg": content})

    assert (found.mail.sender, found.mail.ticket) == ("anna.test@example.se", "CS0012345")


def test_mail_of_an_earlier_register_has_no_outer_case_number():
    known = Mail("anna.test@example.se", "Underlag CS0012345")

    assert Mail.from_data(orjson.loads(orjson.dumps(known.as_data()))).outer_ticket == ""
    assert len(known.as_data()) == len(known) - 1
    attached = known.within(Mail(subject="CS0099999"))
    assert Mail.from_data(orjson.loads(orjson.dumps(attached.as_data()))) == attached
