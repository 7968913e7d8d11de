"""The JSON of an export: its header and lists, complete or rejected.

Source: skltp/tak (PubVersion export, TakExport, TakExportFromDb, tak-services ExportTakData) and
skltp-integration/cooperation (its transformed file). All have a header and `data` with nine lists; the
transformed file splits `tjanstekomponent` in `tjanstekonsument` and `tjansteproducent`.

Findings: TAK001, TAK002, TAK003, TAK004, TAK005.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from underlag import json_text
from underlag.tak.holdings.export.days import swedish_day
from underlag.tak.holdings.export.pieces import parse_in_pieces
from underlag.tak.holdings.export.trouble import Unusable

#: The lists, in the order of their references.
LISTS: Final[tuple[str, ...]] = (
    "rivtaprofil",
    "tjanstekontrakt",
    "logiskadress",
    "tjanstekomponent",
    "anropsadress",
    "anropsbehorighet",
    "vagval",
    "filter",
    "filtercategorization",
)
_SPLIT_COMPONENTS: Final = ("tjanstekonsument", "tjansteproducent")

#: Lists that may be empty in a TAK in use.
_MAY_BE_EMPTY: Final = ("filter", "filtercategorization", "rivtaprofil")

_SITE_AND_ENVIRONMENT: Final = re.compile(r"takdump[_-]([a-z0-9]+)[_-]([a-z0-9]+)", re.IGNORECASE)
_ORDER_KEYS: Final = ("inkludera", "exkludera", "genomforandeTidpunkt")

#: This many values are parsed whatever their size; an export with more has at least this many bytes for each.
_MANY_VALUES: Final = 2_000_000
_LEAST_BYTES: Final = 12

Row = dict[str, Any]


@dataclass(slots=True)
class Document:
    """An export's content.

    Attributes:
        platform: e.g. NTJP-TEST, '' when neither name nor header states it.
        taken: the day on which the TAK had this content.
        includes_deleted: whether it is of the older kind, which lists deleted rows like live ones.
        lists: the rows of each list; `tjanstekomponent` holds both parts where they are split.
    """

    platform: str
    taken: date
    includes_deleted: bool
    lists: dict[str, list[Row]]


def refuse_dense(text: bytes) -> None:
    """Reject a text with more values in fewer bytes than an export has: parsing would exhaust memory.

    Raises:
        Unusable: the text is too dense.
    """
    values = text.count(b",") + text.count(b"[") + text.count(b"{")
    if values > _MANY_VALUES and values * _LEAST_BYTES > len(text):
        raise Unusable("TAK001", "den består av ovanligt många och små värden, som ingen export gör")


def parse(text: bytes, names: list[str]) -> Document:
    """Parse an export's text.

    Args:
        text: JSON in UTF-8.
        names: the file's names, the innermost first.

    Raises:
        Unusable: it is not an export, or not complete.
    """
    if not text or text.isspace():
        raise Unusable("TAK004", "filen innehåller ingenting")
    try:
        content = parse_in_pieces(text)
    except json_text.JsonError as error:
        raise _not_json(text, error) from error
    return _from_content(content, names)


def _from_content(content: Any, names: list[str]) -> Document:
    """Return the content of parsed JSON, or reject it."""
    if not isinstance(content, dict):
        raise Unusable("TAK001", "den innehåller JSON, men inte av den form som en export har")
    if str(content.get("Status", "")).upper() == "ERROR":
        raise Unusable("TAK005", str(content.get("message") or "utan förklaring"))
    if not isinstance(content.get("data"), dict):
        raise Unusable("TAK001", _what_it_is(content))
    lists = _lists(content["data"])
    taken = swedish_day(content.get("tidpunkt"))
    if taken is None:
        raise Unusable("TAK003", f"den säger inte när den gjordes (tidpunkt: {content.get('tidpunkt')!r})")
    _refuse_empty(lists)
    older = content.get("utforare") == "TakExport script" and "tidpunkt_version" not in content
    return Document(
        platform=_platform(content, names),
        taken=taken,
        includes_deleted=older and str(content.get("version")) == "0",
        lists=lists,
    )


def _lists(data: Row) -> dict[str, list[Row]]:
    """Return the nine lists, each present and made of objects."""
    if "tjanstekomponent" not in data and all(part in data for part in _SPLIT_COMPONENTS):
        # A component that is both consumer and producer is in both parts, with the same id.
        both = {repr(row.get("id")): row for part in _SPLIT_COMPONENTS for row in _rows(data, part)}
        data = {**data, "tjanstekomponent": list(both.values())}
    missing = [name for name in LISTS if name not in data]
    if missing:
        there = {name: _rows(data, name) for name in LISTS if name in data}
        raise Unusable(
            "TAK003", f"det saknas {_number(missing)} ({', '.join(missing)}). Läst: {what_was_read(there)}"
        )
    return {name: _rows(data, name) for name in LISTS}


def _rows(data: Row, name: str) -> list[Row]:
    rows = data[name]
    if not isinstance(rows, list) or not all(type(row) is dict for row in rows):
        raise Unusable("TAK003", f"listan {name} är inte en lista av objekt")
    return rows


def _refuse_empty(lists: dict[str, list[Row]]) -> None:
    if not lists["vagval"] and not lists["anropsbehorighet"]:
        raise Unusable("TAK004", "den har varken vägval eller behörigheter")
    for name in ("tjanstekontrakt", "logiskadress", "tjanstekomponent"):
        if not lists[name]:
            raise Unusable("TAK004", f"listan {name} har inga rader")


def empty_lists(lists: dict[str, list[Row]]) -> list[str]:
    """Return the names of empty lists that have rows in every TAK in use."""
    return [name for name in LISTS if name not in _MAY_BE_EMPTY and not lists[name]]


def what_was_read(lists: dict[str, list[Row]]) -> str:
    """Return the counts for display: 237 tjanstekontrakt, 184 logiskadress, and so on."""
    return ", ".join(f"{len(rows)} {name}" for name, rows in lists.items()) or "ingenting"


def _platform(content: Row, names: list[str]) -> str:
    """Return the platform from the header or a file name, '' when neither states it."""
    stated = content.get("plattform")
    if isinstance(stated, str) and stated.strip():
        return stated.strip().upper()
    for name in names:
        if found := _SITE_AND_ENVIRONMENT.search(name.replace("\\", "/").rsplit("/", 1)[-1]):
            return f"{found[1]}-{found[2]}".upper()
    return ""


def _what_it_is(content: Row) -> str:
    if any(key in content for key in _ORDER_KEYS):
        return "den är en TAK-beställning"
    if "data" in content:
        return "delen data är inte av den form som en export har"
    return "delen data saknas"


def _number(names: list[str]) -> str:
    return "en lista" if len(names) == 1 else f"{len(names)} listor"


def _not_json(text: bytes, error: json_text.JsonError) -> Unusable:
    """Return the error for text that is not JSON, or for an export that is cut short."""
    if text.lstrip()[:1] != b"{":
        return Unusable("TAK001", "innehållet är inte JSON")
    found = [name for name in LISTS if re.search(rb'"%s"\s*:\s*\[' % name.encode(), text)]
    if not found:
        return Unusable(
            "TAK001", f"innehållet är inte giltig JSON (rad {error.lineno}, tecken {error.colno})"
        )
    where = f"JSON-texten bryts på rad {error.lineno}, tecken {error.colno}"
    return Unusable(
        "TAK002", f"{where}. Läst: {len(text)} byte med början på {_number(found)} av 9 ({', '.join(found)})"
    )
