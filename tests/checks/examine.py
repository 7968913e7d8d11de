"""Alters the standard workbook and checks it."""

import re
from datetime import datetime

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.checked import Checked
from underlag.checks import check
from underlag.documents.account import answer_lines
from underlag.findings import Severity
from underlag.options import STOCKHOLM, Options
from underlag.reading import read

#: The current time in these tests: the standard workbook's date of change is a working day six weeks later.
NOW = datetime(2027, 1, 15, 10, 0, tzinfo=STOCKHOLM)

#: The workbook's sheets by number; 4 is the order's details.
SHEETS = ("", "Vårdsystem -> Webcert", "Webcert -> Vårdsystem", "Intygstjänsten -> Webcert", "Beställning")

#: For test: no party is fixed, so the workbook states them all.
QA_NAME = NAME.replace("PROD", "QA-NMT")


def altered(*edits, text=STANDARD + ORDER_SHEET):
    """Return the standard workbook's text with (sheet number, old, new) replaced; each old text must exist."""
    parts = re.split(r"(?m)^(?=## )", text)
    for sheet, old, new in edits:
        assert old in parts[sheet], (old, parts[sheet])
        parts[sheet] = parts[sheet].replace(old, new)
    return "".join(parts)


#: The names of the units of the second sheet.
UNITS = ("Tolkcentralen Värmland", "Vårdcentralen Rud", "Vårdcentralen Gripen")
LAST = "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"


def column(header, *values, sheet=2):
    """Add a column to the sheet with these values for its three units."""
    head = "| Logisk adressat (HSAID) | Namn |"
    edits = [(sheet, head, f"{head} {header} |")]
    return edits + [
        (sheet, f"| {name} |", f"| {name} | {value} |") for name, value in zip(UNITS, values, strict=True)
    ]


def below(line):
    """Add a line after the last unit of the second sheet."""
    return [(2, LAST, f"{LAST}\n{line}")]


def between(line):
    """Add a line before the last unit of the second sheet."""
    return [(2, LAST, f"{line}\n{LAST}")]


def layout(line):
    """Add a line on the layout of the second sheet."""
    return [(2, LAST, f"{LAST}\n! {line}")]


def examine(text, name=NAME, reference=None, **options):
    """Read and check a workbook that is given as text."""
    return examine_content(workbook(text), name, reference, **options)


def examine_content(content, name=NAME, reference=None, **options):
    """Read and check a workbook that is given as bytes."""
    asked = Options(now=NOW, **options)
    return check(read(content, asked, name=name), asked, reference=reference)


def told(checked: Checked):
    """Return errors and warnings as (code, sheet number, cell); 0 for the whole."""
    return sorted(
        (f.code, SHEETS.index(f.sheet), f.cell) for f in checked.findings if f.severity is not Severity.INFO
    )


def only(checked: Checked, code):
    """Return the one finding of a kind."""
    (found,) = [f for f in checked.findings if f.code == code]
    return found


#: Findings about missing order details, which the form requires anyway.
_DETAILS = {"BST007", "BST009", "BST013"}
#: Maximum infos of a valid workbook.
_MOST_INFOS = 6


def verdict(checked: Checked):
    """Return what a workbook gets: 'ren' (nothing to look at, few infos), 'se' (warnings) or 'stopp' (errors)."""
    found = [f.severity for f in checked.findings if f.code not in _DETAILS]
    if Severity.ERROR in found:
        return "stopp"
    return "se" if Severity.WARNING in found or found.count(Severity.INFO) > _MOST_INFOS else "ren"


#: What is said of answers that mean nothing in the workbook.
_UNUSED = {"FIL016", "FIL017", "FIL018", "FIL019", "FIL023", "FLI051"}


def answered(text, checked: Checked, folder):
    """Examine a workbook again with the lines that its report prints; return what is asked after all."""
    path = folder / "svar.toml"
    path.write_text("\n".join(answer_lines(checked.account)), encoding="utf-8")
    again = examine(text, order_file=path)
    asked = [item.at.text for _, item in again.account.items() if item.asked and not item.decided]
    return [*asked, *(f.code for f in again.findings if f.code in _UNUSED)]


def mentions(checked: Checked, text):
    """Whether an error or warning contains a text, ignoring case; '' is in all."""
    return (
        any(
            text.casefold() in f"{f.message} {f.value} {f.cell} {f.sheet}".casefold()
            for f in checked.findings
            if f.severity is not Severity.INFO
        )
        or not text
    )
