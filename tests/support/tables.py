"""Workbooks as text tables, so that a test shows its input.

A sheet is a heading and rows; blanks around a cell are ignored::

    ## Webcert -> Vårdsystem
    | Tjänsteproducent (HSAID) | Anropsadress (URL) |
    | SE162321000156-B3K       | https://a.sjunet.org/rivtabp21 |

Row n of the text is row n of the sheet; `||` or `|  |` is an empty row. Other cells than text::

    {number 162321000156}  {date 2027-03-01}  {bool sant}  {error #REF!}
    {formula A1&B1}            a formula without a stored value (xlsx, xlsm, ods)
    {formula A1&B1 => abc}     with one
    {text  with blanks around }

In a cell, \\n, \\t and \\| stand for a line break, a tab and a bar. Lines that start with `!` set the layout of the sheet::

    ! hidden             the sheet is hidden
    ! hide rows 3 5
    ! hide columns C
    ! merge A2:A5
    ! strike A2 B3       their text is struck through
    ! strike-part A2     the last part of their text is
    ! white A2 B3        their text is white on white
    ! textbox B3 Ej klar   a text box with its corner there (xlsx, xlsm and ods)
    ! header UTKAST      the header of the printed pages (not in xls)
    ! prompt F2 Skriv HSA-ID   what Excel shows when the cell is filled in (not in xls)
    ! name Enheter Alla   a name of the workbook that stands for a text (not in xls)
    ! note B3 Ska inte med!   a comment on the cell (not in xls and xlsb)
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.support import formats

#: A file name with environment and region in the form of the guide.
NAME = "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx"

#: A valid Underlag for production: three sheets, three care units. Tests alter it with str.replace.
STANDARD = """
## Vårdsystem -> Webcert
| Konsument (HSAID)   | Konsument (namn)               | Tjänstekontrakt                  | Logisk adressat    | Namn            |
| SE162321000156-4H4F | Landstinget i Värmland -- Cosmic | CreateDraftCertificate v3        | 5565594230-WEBCERT | Inera - Webcert |
|                     |                                | ListCertificatesForCareWithQA v3 | 5565594230-WEBCERT | Inera - Webcert |

## Webcert -> Vårdsystem
| Tjänsteproducent (HSAID) | Tjänsteproducent (namn) | Anropsadress (URL) | Konsument (HSAID) | Tjänstekontrakt | Logisk adressat (HSAID) | Namn |
| SE162321000156-B3K | Landstinget i Värmland -- Proxy | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21 | SE5565594230-B8N | CertificateStatusUpdateForCare v3 | SE162321000156-4HVT | Tolkcentralen Värmland |
|  |  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |
|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |

## Intygstjänsten -> Webcert
| Tjänsteproducent (HSAID) | Anropsadress | Konsument | Tjänstekontrakt | Logisk adressat (HSAID) | Namn |
| SE5565594230-B8N | https://webcert.ntjp.intygstjanster.se/services/send-message-to-care/v2.0 | SE5565594230-B31 | SendMessageToCare v2 | SE162321000156-4HVT | Tolkcentralen Värmland |
|  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |
|  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |
"""

#: A sheet with the order's details, to append to STANDARD: then nothing is missing.
ORDER_SHEET = """
## Beställning
| Miljö                      | PROD                |
| Region                     | LiV                 |
| Datum                      | 2027-03-01          |
| Ärendenummer               | TSK-12518           |
| Beställare namn            | Tove Exempelsson    |
| Beställare e-post          | tove@region.example.se |
| Beställare telefon         | 070-174 06 05       |
| Huvudansvarig namn         | Hugo Provsson       |
| Huvudansvarig e-post       | hugo@region.example.se |
| Huvudansvarig telefon      | 070-174 06 06       |
| Teknisk kontaktperson namn | Tekla Fiktivsson    |
| Teknisk kontaktperson e-post | tekla@region.example.se |
| Teknisk kontaktperson telefon | 070-174 06 07    |
| Teknisk support e-post     | support@region.example.se |
| Teknisk support telefon    | 08-465 004 00       |
"""


@dataclass
class Cell:
    """A cell that is not plain text: number, date, bool, error or formula (with its stored result or None)."""

    kind: str
    value: Any
    stored: str | None = None


@dataclass
class TextSheet:
    """A sheet parsed from the text."""

    name: str
    rows: list[list[str | Cell]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)
    partly_struck: set[tuple[int, int]] = field(default_factory=set)
    white: set[tuple[int, int]] = field(default_factory=set)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    boxes: dict[tuple[int, int], str] = field(default_factory=dict)
    header: str = ""
    prompts: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def workbook(text: str, *, format: str = "xlsx") -> bytes:  # noqa: A002 - the word that fits
    """Make a workbook (xlsx, xlsm, xls, xlsb or ods) from text tables."""
    return formats.WRITERS[format](parse(text))


def parse(text: str) -> list[TextSheet]:
    """Read text tables; see the module's docstring."""
    sheets: list[TextSheet] = []
    for line in text.split("\n"):
        if line.startswith("## "):
            sheets.append(TextSheet(line[3:]))
        elif line.startswith("|"):
            inner = line.rstrip(" ")[1:].removesuffix("|")
            sheets[-1].rows.append([_cell(cell) for cell in re.split(r"(?<!\\)\|", inner)])
        elif line.startswith("! "):
            _layout(sheets[-1], line[2:].split())
        elif line.strip():
            raise ValueError(f"not a line of a text table: {line!r}")
    return sheets


def _layout(sheet: TextSheet, words: list[str]) -> None:
    if words == ["hidden"]:
        sheet.hidden = True
    elif words[:2] == ["hide", "rows"]:
        sheet.hidden_rows += map(int, words[2:])
    elif words[:2] == ["hide", "columns"]:
        sheet.hidden_columns += (_position(word + "1")[1] for word in words[2:])
    elif words[0] in ("strike", "strike-part", "white"):
        looks = {"strike": sheet.struck, "strike-part": sheet.partly_struck, "white": sheet.white}
        looks[words[0]].update(map(_position, words[1:]))
    elif words[0] in ("note", "textbox"):
        texts = sheet.notes if words[0] == "note" else sheet.boxes
        texts[_position(words[1])] = " ".join(words[2:]).replace("\\n", "\n")
    elif words[0] == "header":
        sheet.header = " ".join(words[1:])
    elif words[0] in ("prompt", "name"):
        (sheet.prompts if words[0] == "prompt" else sheet.names)[words[1]] = " ".join(words[2:])
    elif words[0] == "merge":
        for area in words[1:]:
            first, last = area.split(":")
            sheet.merged.append((*_position(first), *_position(last)))
    else:
        raise ValueError(f"not a layout line: {words}")


def _position(cell: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def _cell(text: str) -> str | Cell:
    text = text.strip(" ").replace("\\n", "\n").replace("\\t", "\t").replace("\\|", "|")
    typed = re.fullmatch(r"\{(text|number|date|bool|error|formula) (.*)\}", text, re.DOTALL)
    if not typed:
        return text
    kind, content = typed.groups()
    if kind == "text":
        return content
    if kind == "formula":
        formula, arrow, stored = content.partition(" => ")
        return Cell(kind, formula, stored if arrow else None)
    values = {"number": float, "date": date.fromisoformat, "bool": lambda word: word == "sant", "error": str}
    return Cell(kind, values[kind](content))
