"""The order's details as the page's form has them, and as the workbook's sheet for them states them."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from underlag.characters.likeness import compact
from underlag.documents.corrected_workbook.build import AppendedRows
from underlag.documents.corrected_workbook.corrections import Correction
from underlag.reading.order_details.order_file import PARTS
from underlag.reading.order_details.statements import CONTACTS, title
from underlag.reading.tables.sheets import ORDER_SHEET
from underlag.workbook import Field, OrderDetails, Underlag

#: A detail's key ('date', 'orderer.email') and its text.
Details = dict[str, str]

_CONTACT_KEYS: Final = ("name", "email", "phone")


class FormField(NamedTuple):
    """A field of the form: the detail's key, its label, and the type of the input."""

    key: str
    label: str
    kind: str


def form_fields() -> dict[str, list[FormField]]:
    """Return the form's fields under their headings."""
    groups = {"Ändringen": [FormField(key, title(key), "text") for key in ("date", "case_number")]}
    for contact, titles in CONTACTS.items():
        keys = [part for part in _CONTACT_KEYS if contact != "support" or part != "name"]
        groups[titles[0]] = [
            FormField(f"{contact}.{part}", title(f"{contact}.{part}").rpartition(", ")[2].capitalize(), part)
            for part in keys
        ]
    return groups


def details_of(details: OrderDetails) -> Details:
    """Return the details that are given, from whatever source."""
    return {key: value.text for key, value in _fields(details) if value.text}


def order_sheet_rows(underlag: Underlag, details: Mapping[str, str]) -> tuple[list[Correction], AppendedRows]:
    """Return how the details are written into the workbook: cells that have them, rows that are missing."""
    known = underlag.details
    given = ((key, value) for key, value in _fields(known) if value.column)
    placeholders = ((key, value) for key, value in known.placeholders if value.column)
    cells = dict([*known.blanks, *placeholders, *given])
    corrections = [Correction(*cells[key].position, text) for key, text in details.items() if key in cells]
    names = map(compact, ORDER_SHEET)
    sheet = next(
        (name for wanted in names for name in underlag.sheets if compact(name) == wanted), ORDER_SHEET[0]
    )
    rows = [(label(key), text) for key, text in details.items() if key not in cells]
    return corrections, AppendedRows(sheet, rows)


def label(key: str) -> str:
    """Return the label of a detail in the workbook's sheet, e.g. 'Beställare e-post'."""
    return title(key).replace(", ", " ")


def _fields(details: OrderDetails) -> Iterator[tuple[str, Field]]:
    for key in ("environment", "region", "date", "case_number", "remark", "action"):
        value: Field | None = getattr(details, key)
        if value is not None:
            yield key, value
    for contact in CONTACTS:
        for part in PARTS.values():
            value = getattr(getattr(details, contact), part)
            if value is not None:
                yield f"{contact}.{part}", value
