"""Personal numbers are nowhere in a reply."""

import pytest

from tests.checks.examine import altered, examine
from tests.documents.examples import checked as made
from tests.documents.examples import some_finding
from tests.documents.reply.mail import WRONG, page, parsed, reply, some_units, text
from underlag.documents.mails.progress import Progress
from underlag.documents.mails.reply import MOST_LISTED
from underlag.orders.order import Addressee

PERSON = "19121212-1212"


def test_personal_numbers_are_nowhere_in_the_mail():
    text_with_person = altered(
        (2, "SE162321000156-4HVV", PERSON),
        (2, "Vårdcentralen Rud", f"Tolvan {PERSON}"),
        (3, "SendMessageToCare v2", "121212-1212"),
        (4, "TSK-12518", "1212121212"),
    )
    name = f"Underlag {PERSON} NTjP PROD-LiV.xlsx"
    for skip_faulty in (False, True):
        data = reply(examine(text_with_person, name, skip_faulty=skip_faulty))
        message = parsed(data)
        said = [text(data), page(data), message["Subject"]]
        said += [part.get_filename() for part in message.iter_attachments()]

        assert not any("1212" in part for part in said)
        assert "(personnummer)" in said[0]
        assert "Radera mejlet som ni skickade" in said[0]


@pytest.mark.parametrize("skip_faulty", [False, True])
@pytest.mark.parametrize("edit", [("SE162321000156-4HVV", PERSON), ("Vårdcentralen Rud", f"Tolvan {PERSON}")])
def test_a_workbook_with_a_personal_number_is_not_sent_on(edit, skip_faulty):
    data = reply(examine(altered((2, *edit), (3, "SE162321000156-4HVX", WRONG)), skip_faulty=skip_faulty))
    body = text(data)

    assert list(parsed(data).iter_attachments()) == []
    assert "är inte bifogad: den innehåller ett personnummer" in body
    assert "finns hos kundservice" in body
    assert "Ta bort personnumret ur er egen arbetsbok" in body
    assert "Skicka in arbetsboken igen" in body
    assert "mottagaren" not in body
    assert "bifogade" not in body


def test_lists_contain_no_personal_numbers():
    units = (Addressee("SE162321000156-4HVT", f"Tolvan {PERSON}"), *some_units(MOST_LISTED))
    (attached,) = parsed(
        reply(made(), Progress(addressees={"add": units}), annotated=False)
    ).iter_attachments()

    assert "Tolvan (personnummer)" in attached.get_payload(decode=True).decode("utf-8-sig")


def test_organisation_numbers_in_ids_are_no_personal_numbers():
    findings = [some_finding(value="SE1212121212-A1", message="SE1212121212-A1 och 5565594230 finns.")]

    assert "SE1212121212-A1 och 5565594230 finns." in text(reply(made(findings, blocked=True)))
