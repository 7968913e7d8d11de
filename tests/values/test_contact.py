"""Contacts as people write them: several parts in one text, several values, words around a value."""

import pytest

from underlag.values.contact import clean_email, clean_phone, contact_parts

NAME, EMAIL, PHONE = "Tekla Fiktivsson", "tekla@region.example.se", "070-174 06 07"
WHOLE = {"name": NAME, "email": EMAIL, "phone": PHONE}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"{NAME}, {EMAIL}, {PHONE}", WHOLE),
        (f"{NAME} {EMAIL} {PHONE}", WHOLE),
        (f"{NAME} ({EMAIL}) tel: {PHONE}", WHOLE),
        (f"{NAME} <{EMAIL}>; mobil {PHONE}", WHOLE),
        (f"{NAME}, e-post: {EMAIL}, telefon {PHONE}", WHOLE),
        (f"{PHONE} / {EMAIL} / {NAME}", WHOLE),
        (f"{NAME}, förvaltare, {EMAIL}", {"name": NAME, "role": "förvaltare", "email": EMAIL}),
        (f"{EMAIL} / {PHONE}", {"email": EMAIL, "phone": PHONE}),
        (f"{NAME} {PHONE}, 08-465 004 00", {"name": NAME, "phone": PHONE}),
        (NAME, {}),
        ("Servicedesk 24", {}),
        ("Anna-Karin Exempelsson, förvaltare", {}),
    ],
)
def test_the_parts_of_a_contact_in_one_text(text, parts):
    assert contact_parts(text) == parts


@pytest.mark.parametrize(
    ("clean", "raw", "value", "change"),
    [
        (clean_phone, f"{PHONE} / 08-465 004 00", PHONE, "det första av 2 telefonnummer används"),
        (clean_phone, f"{PHONE} (vardagar 8-17)", PHONE, "text efter telefonnumret borttagen"),
        (clean_phone, f"{PHONE} ankn 12", f"{PHONE} ankn 12", None),
        (clean_phone, f"Anna Ek {PHONE}", PHONE, "text före telefonnumret borttagen"),
        (clean_phone, f"Ann-Sofie von Ek: {PHONE} (dagtid)", PHONE, "text runt telefonnumret borttagen"),
        (clean_phone, f"Jourtelefon {PHONE} (dygnet runt)", PHONE, "text runt telefonnumret borttagen"),
        (clean_phone, f"Nås via växeln {PHONE}", PHONE, "text före telefonnumret borttagen"),
        (clean_phone, f"Nås inte på {PHONE}", f"Nås inte på {PHONE}", None),
        (clean_phone, f"Ej {PHONE}", f"Ej {PHONE}", None),
        (clean_phone, f"Gammalt nummer {PHONE}", f"Gammalt nummer {PHONE}", None),
        (clean_phone, f"Anna Ek {PHONE} / 08-465 004 00", f"Anna Ek {PHONE} / 08-465 004 00", None),
        (clean_phone, "ring växeln 8-17", "ring växeln 8-17", None),
        (clean_email, f"{EMAIL}, eva@example.se", EMAIL, "den första av 2 e-postadresser används"),
        (clean_email, f"tekla {EMAIL}", f"tekla {EMAIL}", None),
    ],
)
def test_the_form_gets_one_value(clean, raw, value, change):
    cleaned = clean(raw)

    assert cleaned.text == value
    assert cleaned.changes == ((change,) if change else ())
