"""Reads bestallning.toml, the order details next to the workbook.

Findings: FIL010, FIL011, FIL012, FIL013, FIL014.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from underlag.characters.cleaning import visible
from underlag.characters.likeness import nearest
from underlag.files.limits import TOML
from underlag.files.regular import read_regular
from underlag.files.toml import TomlError, parse_toml
from underlag.findings import Finding, finding
from underlag.reading.order_details.statements import Statement, tidied
from underlag.text.lists import listed
from underlag.workbook import Field

#: The name of the file.
NAME: Final = "bestallning.toml"

KEYS: Final = {
    "miljo": "environment",
    "region": "region",
    "datum": "date",
    "arende": "case_number",
    "ovrig_information": "remark",
    "atgard": "action",
}
TABLES: Final = {
    "bestallare": "orderer",
    "huvudansvarig": "main_contact",
    "teknisk_kontaktperson": "technical_contact",
    "teknisk_support": "support",
}
#: Tables with decisions about the workbook instead of order details.
_DECISIONS: Final = ("kolumner", "beslut", "flikar")
PARTS: Final = {"namn": "name", "epost": "email", "telefon": "phone", "hsa_id": "hsa_id", "roll": "role"}


#: The workbooks that the file is for: a name or a list of names.
WORKBOOKS_KEY: Final = "arbetsbok"


class OrderFile(NamedTuple):
    """The contents of the file, the names of the workbooks that it is for, and the findings.

    `columns`, `answers` and `sheets` are decisions about the workbook, as they are written: what columns
    mean, what applies to texts, values and rows, and which sheet of the profile a sheet is. It may be that
    the file cannot be read, or has keys that mean nothing. `content` is the file's bytes.
    """

    statements: Sequence[Statement] = ()
    workbooks: Sequence[str] = ()
    columns: Mapping[str, object] = MappingProxyType({})
    answers: Mapping[str, object] = MappingProxyType({})
    sheets: Mapping[str, object] = MappingProxyType({})
    findings: Sequence[Finding] = ()
    content: bytes = b""


def read_order_file(path: Path) -> OrderFile:
    """Read the order's details from a TOML file."""
    try:
        raw = read_regular(path, TOML.value * 1000 + 1)
        content = parse_toml(raw)
    except OSError:
        return OrderFile(findings=[finding("FIL011", value=path.name, fil=path.name)])
    except TomlError as error:
        return OrderFile(findings=[finding("FIL010", value=path.name, fil=path.name, orsak=str(error))])
    reader = _OrderFileReader(path.name)
    stated = content.pop(WORKBOOKS_KEY, [])
    names = [stated] if isinstance(stated, str) else stated
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        reader.findings.append(finding("FIL013", value=WORKBOOKS_KEY, fil=path.name, nyckel=WORKBOOKS_KEY))
        names = []
    columns, answers, sheets = (
        content.pop(key) if isinstance(content.get(key), dict) else {} for key in _DECISIONS
    )
    reader.read(content, KEYS, "")
    return OrderFile(reader.statements, list(map(str, names)), columns, answers, sheets, reader.findings, raw)


class _OrderFileReader:
    """One reading of the file's content."""

    def __init__(self, name: str) -> None:
        self.statements: list[Statement] = []
        self.findings: list[Finding] = []
        self._name = name

    def read(self, content: Mapping[str, object], keys: Mapping[str, str], contact: str) -> None:
        for key, value in content.items():
            if not contact and key in TABLES and isinstance(value, dict):
                self.read(value, PARTS, TABLES[key])
            elif key not in keys:
                hint = _advice(key, value, in_table=bool(contact))
                self.findings.append(
                    finding("FIL012", value=key, fil=self._name, nyckel=key, suggestion=hint)
                )
            elif (text := _text(value)) is None:
                self.findings.append(finding("FIL013", value=key, fil=self._name, nyckel=key))
            else:
                self._state(f"{contact}.{keys[key]}" if contact else keys[key], key, text)

    def _state(self, detail: str, key: str, raw: str) -> None:
        text, changes = tidied(detail, raw)
        if not text:
            return
        self.statements.append(Statement(detail, Field(text, self._name, 0, 0)))
        if changes:
            self.findings.append(
                finding(
                    "FIL014",
                    value=raw,
                    fil=self._name,
                    nyckel=key,
                    före=visible(raw),
                    efter=visible(text),
                    ändring=", ".join(changes),
                )
            )


def _advice(key: str, value: object, *, in_table: bool) -> str:
    """Return, in Swedish, what to write instead of a key that means nothing where it is."""
    if in_table and key in (*KEYS, WORKBOOKS_KEY):  # TOML gives a table all that follows its heading
        return f"Flytta raden med {key} till början av filen, före den första rubriken inom hakparentes."
    if not in_table and key in TABLES:
        return f"Skriv [{key}] på en egen rad, och uppgifterna på raderna under den: {', '.join(PARTS)}."
    if isinstance(value, dict) and (moved := [one for one in value if one in KEYS]):
        return f"Skriv {listed(moved)} i början av filen, utan rubriken [{key}]."
    known = list(PARTS) if in_table else [*KEYS, *TABLES, WORKBOOKS_KEY, *_DECISIONS]
    near = nearest(key, known)
    return f"Menas ”{near}”?" if near else f"Nycklar som betyder något: {', '.join(known)}."


def _text(value: object) -> str | None:
    """Return a value as text, None if it cannot be a detail."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return None
