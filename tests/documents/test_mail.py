import email
import email.policy

import pytest

from tests.checks.examine import altered, examine
from tests.documents.examples import (
    DETAILS,
    NAME,
    NOW,
    PROFILE,
    checked,
    given,
    order,
    some_finding,
    three_orders,
    units,
)
from underlag.documents.mails.to_customer_service import mail_draft
from underlag.findings import Severity
from underlag.orders.build import make_orders
from underlag.orders.order import Addressee
from underlag.privacy.masking import MASK
from underlag.workbook import Contact, OrderDetails

LISTS = {
    "logiska-adressater.csv": "\ufeffSE2321000156-A;Enhet Å\r\n".encode(),
    "logiska-adressater.xlsx": bytes(range(256)) * 40,
}


def draft(number=3, *, orders=None, lists=LISTS, **changes) -> bytes:
    return mail_draft(checked(**changes), orders or three_orders(number), PROFILE, lists)


def parsed(data: bytes):
    return email.message_from_bytes(data, policy=email.policy.default)


def body(data: bytes, kind="plain") -> str:
    return parsed(data).get_body((kind,)).get_content()


def test_draft_opens_to_be_sent_to_customer_service():
    message = parsed(draft())

    assert message["X-Unsent"] == "1"
    assert message["To"] == "kundservice@inera.se"
    assert message["Subject"] == "Underlag för TAKning Intygstjänster, NTJP PROD, LiV, TSK-12518"
    assert message["Date"].datetime == NOW
    assert message["Message-ID"] is None


def test_workbook_and_lists_are_attached_unchanged():
    content = b"PK\x03\x04" + bytes(range(256)) * 700
    attached = list(parsed(draft(content=content)).iter_attachments())

    assert [part.get_filename() for part in attached] == [NAME, *LISTS]
    assert [part.get_payload(decode=True) for part in attached] == [content, *LISTS.values()]
    assert attached[0].get_content_type().endswith("spreadsheetml.sheet")
    assert {part["Content-Disposition"].content_disposition for part in attached} == {"attachment"}


@pytest.mark.parametrize(
    ("finding", "name", "attached"),
    [
        (some_finding("HSA007", value=MASK), "Enhet", [*LISTS]),
        (some_finding("HSA003", value=f"SE16{MASK}-A1"), "Enhet", [*LISTS]),
        (some_finding("ADR013", Severity.WARNING), "Tolvan 19121212-1212", []),
    ],
)
def test_what_holds_a_personal_number_is_not_sent(finding, name, attached):
    orders = [order(1, addressees=(Addressee("SE2321000156-A", name),), total=1)]
    data = mail_draft(checked([finding]), orders, PROFILE, LISTS)

    assert [part.get_filename() for part in parsed(data).iter_attachments()] == attached
    for kind in ("plain", "html"):
        told = body(data, kind)
        assert "där står ett personnummer, som inte får skickas vidare i mejl" in told
        assert "hos oss. Vi tar bort numret och skickar in underlaget på nytt" in told
        assert ("Bifogat:" in told) == bool(attached)
        assert ("Vänta med inläsningen" in told) == (not attached)
        assert "oförändrat" not in told


@pytest.mark.parametrize(
    ("name", "expected"), [(NAME, "underlaget, oförändrat"), (f"rattad-{NAME}", "underlaget, rättat efter")]
)
def test_a_corrected_workbook_is_not_called_unchanged(name, expected):
    orders = make_orders(examine(altered()))
    data = mail_draft(examine(altered(), name=name), orders, PROFILE, LISTS)

    assert all(expected in body(data, kind) for kind in ("plain", "html"))


def test_every_line_is_one_that_mail_servers_take():
    data = draft(content=bytes(range(256)) * 50)

    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 200


def test_names_with_swedish_letters_are_written_as_rfc_2231_has_it():
    assert b"filename*" in draft()
    assert b"utf-8''" in draft().lower()


@pytest.mark.parametrize(
    "name", ["=_bilaga_=.xlsx", 'a"b\r\nBcc: x@example.se.xlsx', "\udcff.xlsx", "x" * 300 + ".xlsx"]
)
def test_no_file_name_breaks_the_mail(name):
    message = parsed(draft(name=name))

    assert message["Bcc"] is None
    assert [part.get_payload(decode=True) for part in message.iter_attachments()][1:] == list(LISTS.values())


def test_sender_is_the_orderer_when_known():
    assert parsed(draft())["From"].addresses[0].display_name == "Berit Beställare"


@pytest.mark.parametrize("address", ["", "berit", "berit@example.se, annan@example.se", "bérit@example.se"])
def test_without_a_plain_address_the_sender_is_left_to_outlook(address):
    details = DETAILS._replace(orderer=Contact(name=given("Berit"), email=given(address)))

    assert parsed(draft(details=details))["From"] is None


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_the_body_lists_orders_and_attachments(kind):
    text = body(draft(2000), kind)

    for expected in (
        "bulkladdning",
        "TSK-12518",
        "2027-03-01",
        "SE162321000156-B3K",
        "2000",
        *LISTS,
        NAME,
        "Berit",
    ):
        assert expected in text


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_few_units_need_no_bulk_load(kind):
    assert "bulkladdning" not in body(draft(3), kind)


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_missing_detail_is_a_gap(kind):
    bare = OrderDetails(environment=given("PROD"))
    text = body(draft(details=bare, orders=[order(details=bare)]), kind)

    assert all(f"[FYLL I {what}" in text for what in ("ÄRENDENUMMER", "DATUM", "NAMN"))


def test_html_of_the_mail_escapes_names():
    component = DETAILS._replace(region=given("<b>X</b>"))

    assert "<b>X</b>" not in body(draft(details=component), "html")
    assert "&lt;b&gt;X&lt;/b&gt;" in body(draft(details=component), "html")


def test_same_input_gives_same_bytes():
    assert draft() == draft()


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_removal_is_called_so(kind):
    orders = [order(action="remove", addressees=units(30), bulk=True)]
    text = body(draft(orders=orders, lists={"logiska-adressater-ta-bort.csv": b"x", **LISTS}), kind)

    assert "ber er ta bort de logiska adressaterna" in text
    assert "tas bort av er" in text
    assert "logiska-adressater-ta-bort.csv: adressater att ta bort, HSA-ID;Namn utan rubriker" in text
    assert "logiska-adressater.xlsx: producenternas adressater, en flik per" in text
    assert "läses in" not in text


def test_additions_and_removals_are_both_requested():
    both = [order(addressees=units(30), bulk=True), order(action="remove", addressees=units(30), bulk=True)]

    assert "ber er läsa in och ta bort de logiska adressaterna" in body(draft(orders=both))


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_rows_that_are_left_out_are_reported_in_the_right_number(kind):
    wrong = (2, "SE162321000156-4HVV", "SE162321000165-4HVV")
    for edits, words in (
        ([(1, "ListCertificatesForCareWithQA v3", "Okänt v9")], ("1\xa0rad ", "Den beställs")),
        ([wrong], ("2\xa0rader ", "De beställs")),
    ):
        faulty = examine(altered(*edits), skip_faulty=True)
        text = body(mail_draft(faulty, make_orders(faulty), PROFILE, LISTS), kind)

        assert all(word in text for word in words)
    assert "inte med i beställningarna" not in body(draft(), kind)
