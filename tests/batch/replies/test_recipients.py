"""To whom a reply goes and under which subject."""

import pytest

from underlag.batch.inbox.mail import Mail
from underlag.batch.replies.recipients import headers_of, subject_of
from underlag.values.contact import Mailbox

OWN = ("kundservice@inera.se",)


def boxes(text: str) -> tuple[Mailbox, ...]:
    return tuple(map(Mailbox, text.split()))


@pytest.mark.parametrize(
    ("reply_to", "to", "cc", "delivered", "expected_to", "expected_cc"),
    [
        ("a@example.se", "kundservice@inera.se", "", "", "a@example.se", ""),
        ("a@example.se", "Kundservice@Inera.se b@example.se", "c@example.se", "", "a@example.se", "b@example.se c@example.se"),
        ("a@example.se", "kundservice@inera.se A@example.se", "a@example.se", "", "a@example.se", ""),
        # Another mailbox of customer service: by where the mail arrived, or since it is the only recipient.
        ("a@example.se", "stod@example.se b@example.se", "", "stod@example.se", "a@example.se", "b@example.se"),
        ("a@example.se", "stod@example.se", "", "", "a@example.se", ""),
        ("a@example.se b@example.se", "kundservice@inera.se b@example.se", "", "", "a@example.se b@example.se", ""),
        # Forwarded by customer service to itself, or a copy of its own mail.
        ("kundservice@inera.se", "a@example.se", "c@example.se", "", "a@example.se", "c@example.se"),
        ("", "kundservice@inera.se b@example.se", "", "", "b@example.se", ""),
        ("", "", "", "", "", ""),
    ],
)  # fmt: skip
def test_a_reply_goes_to_everybody_but_customer_service(  # noqa: PLR0917 - the columns of the table
    reply_to, to, cc, delivered, expected_to, expected_cc
):
    mail = Mail(
        subject="U",
        to=boxes(to),
        cc=boxes(cc),
        reply_to=boxes(reply_to),
        delivered_to=tuple(delivered.split()),
    )
    headers = headers_of([mail], OWN, "")

    assert (headers.to, headers.cc) == (boxes(expected_to), boxes(expected_cc))


@pytest.mark.parametrize(
    ("subject", "ticket", "expected"),
    [
        ("Underlag [CS123456]", "", "SV: Underlag [CS123456]"),
        ("SV: RE: Sv: Fwd: VB:Underlag CS123456", "CS123456", "SV: Underlag CS123456"),
        ("RE[2]: Underlag", "CS123456", "SV: Underlag [CS123456]"),
        ("Regionens underlag", "", "SV: Regionens underlag"),
        ("", "", "SV: Underlag för TAKning"),
        ("SV:", "CS123456", "SV: [CS123456]"),
        (f"{'a' * 400} CS123456", "", f"SV: {'a' * 249}… [CS123456]"),
        ("a" * 400, "", f"SV: {'a' * 249}…"),
        ("Fel på 19121212-1212", "", "SV: Fel på (personnummer)"),
    ],
)
def test_the_subject_is_that_of_the_mail_with_its_case_number(subject, ticket, expected):
    assert subject_of(Mail(subject=subject), ticket) == expected


def test_a_reply_to_several_mails_answers_all_and_continues_the_last():
    first = Mail(message_id="<a@example.se>", subject="Ett")
    last = Mail(message_id="<b@example.se>", references=("<0@example.se>", "<a@example.se>"), subject="Två")
    headers = headers_of([first, last], OWN, "")

    assert headers.subject == "SV: Två"
    assert headers.in_reply_to == ("<a@example.se>", "<b@example.se>")
    assert headers.references == ("<0@example.se>", "<a@example.se>", "<b@example.se>")
