"""The order's details as the page's form has them, and how a bestallning.toml or the workbook states them."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from underlag.documents.corrected_workbook.build import AppendedRows
from underlag.documents.corrected_workbook.corrections import Correction
from underlag.reading.cells.likeness import compact
from underlag.reading.order_details.order_file import KEYS, PARTS, TABLES
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


def order_file_text(details: Mapping[str, str], before: bytes = b"") -> bytes:
    """Return a bestallning.toml that states these details, and what else an earlier one stated.

    Args:
        details: by their keys; the environment and the region are the workbook's own, and left out.
        before: the earlier file; one that is no TOML is left as it is, for reading tells what is wrong.
    """
    try:
        content = tomllib.loads(before.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return before
    for name, key in KEYS.items():
        if key in details and key not in {"environment", "region"}:
            content[name] = details[key]
    for table, contact in TABLES.items():
        stated = {
            name: details[f"{contact}.{part}"]
            for name, part in PARTS.items()
            if f"{contact}.{part}" in details
        }
        if stated:
            old = content.get(table)
            content[table] = {**(old if isinstance(old, dict) else {}), **stated}
    return "\n".join(_toml(content)).encode()


def order_sheet_rows(underlag: Underlag, details: Mapping[str, str]) -> tuple[list[Correction], AppendedRows]:
    """Return how the details are written into the workbook: cells that have them, rows that are missing."""
    cells = {key: value for key, value in _fields(underlag.details) if value.column}
    corrections = [Correction(*cells[key].position, text) for key, text in details.items() if key in cells]
    names = map(compact, ORDER_SHEET)
    sheet = next(
        (name for wanted in names for name in underlag.sheets if compact(name) == wanted), ORDER_SHEET[0]
    )
    rows = [(label(key), text) for key, text in details.items() if key not in cells]
    return corrections, AppendedRows(sheet, rows)


def label(key: str) -> str:
    """Return what stands beside a detail in the workbook's sheet: 'Beställare e-post'."""
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


def _toml(content: Mapping[str, object], path: str = "") -> Iterator[str]:
    """Yield the lines of a TOML document; tables come last, as the format demands."""
    tables = {key: value for key, value in content.items() if isinstance(value, dict)}
    for key, value in content.items():
        if key not in tables:
            yield f"{_quoted(key)} = {_value(value)}"
    for key, table in tables.items():
        name = f"{path}.{_quoted(key)}" if path else _quoted(key)
        yield f"\n[{name}]"
        yield from _toml(table, name)
    if not path:
        yield ""


def _quoted(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").replace("-", "").isalnum() else _value(key)


def _value(value: object) -> str:
    if isinstance(value, str):
        # A basic string of TOML has JSON's escapes, and takes no DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_quoted(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
    return str(value)
