"""Contacts and orderer: complete, and in forms that the order form accepts.

Source: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91: what the form requires of each.

Findings: BST011, BST012, BST013, BST017.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from underlag.characters.cleaning import visible
from underlag.checks.rules.context import CheckContext, is_to_come, position_text
from underlag.findings import Finding, finding
from underlag.privacy.masking import masked_id
from underlag.text.lists import listed
from underlag.values import Refusal
from underlag.values.contact import is_email, is_phone
from underlag.values.hsa import parse_hsa_id
from underlag.workbook import Contact, Field, Underlag


class _Person(NamedTuple):
    """A contact of the form: its part of the details, its title, and the required properties."""

    key: str
    title: str
    required: tuple[str, ...]


_PERSONS: Final = (
    _Person("orderer", "beställaren", ("name", "email", "phone")),
    _Person("main_contact", "huvudansvarig", ("name", "email", "phone")),
    _Person("technical_contact", "teknisk kontaktperson", ("name", "email", "phone")),
    _Person("support", "teknisk support", ("email", "phone")),
)
_PARTS: Final = {"name": "namn", "email": "e-post", "phone": "telefon"}


def check_contacts(context: CheckContext) -> Iterator[Finding]:
    """Judge the contacts: one finding for all gaps of a contact, one for each malformed value."""
    for person in _PERSONS:
        details = context.underlag.details
        contact: Contact = getattr(details, person.key)
        # A placeholder in the cell has a finding of its own.
        gaps = [
            part
            for part in _gaps(person, context.underlag)
            if not is_to_come(details, f"{person.key}.{part}")
        ]
        if gaps:
            at = details.blank(*(f"{person.key}.{part}" for part in gaps))
            yield finding("BST013", at, vem=person.title, luckor=listed([_PARTS[part] for part in gaps]))
        yield from _malformed(person, contact)


def contact_gaps(underlag: Underlag) -> list[str]:
    """Return the gaps, contact by contact: 'namn och telefon för beställaren'."""
    lacking = [(person, [_PARTS[part] for part in _gaps(person, underlag)]) for person in _PERSONS]
    return [f"{listed(gaps)} för {person.title}" for person, gaps in lacking if gaps]


def _gaps(person: _Person, underlag: Underlag) -> list[str]:
    """Return the required parts of a contact that have no value."""
    contact: Contact = getattr(underlag.details, person.key)
    return [part for part in person.required if _is_gap(underlag, getattr(contact, part))]


def _is_gap(underlag: Underlag, value: Field | None) -> bool:
    return value is None or (not value.text and value.position not in underlag.unreadable)


def _malformed(person: _Person, contact: Contact) -> Iterator[Finding]:
    """Yield a finding on each malformed value of a contact."""
    email, phone, hsa_id = contact.email, contact.phone, contact.hsa_id
    if email is not None and email.text and not is_email(email.text):
        yield _refused("BST011", email, person, "ingen e-postadress")
    if phone is not None and phone.text and not is_phone(phone.text):
        yield _refused("BST012", phone, person, "inget telefonnummer")
    if hsa_id is None or not hsa_id.text:
        return
    if isinstance(parse_hsa_id(hsa_id.text), Refusal):
        shown = masked_id(hsa_id.text)
        yield finding("BST017", hsa_id, value=shown, vem=person.title, plats=position_text(hsa_id))


def _refused(code: str, value: Field, person: _Person, why: str) -> Finding:
    return finding(
        code, value, varde=visible(value.text), fel=why, vem=person.title, plats=position_text(value)
    )
