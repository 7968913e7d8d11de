"""From an altered standard workbook to what the checks say of it."""

import re
from datetime import datetime

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.checked import Checked
from underlag.checks import check
from underlag.findings import Severity
from underlag.options import STOCKHOLM, Options
from underlag.reading import read

#: The present of these tests: the standard workbook's date of change is a working day six weeks later.
NOW = datetime(2027, 1, 15, 10, 0, tzinfo=STOCKHOLM)

#: The workbook's sheets by number; 4 is the order's details.
SHEETS = ("", "Vårdsystem -> Webcert", "Webcert -> Vårdsystem", "Intygstjänsten -> Webcert", "Beställning")

#: For test: no party is fixed, so the workbook states them all.
QA_NAME = NAME.replace("PROD", "QA-NMT")


def altered(*edits, text=STANDARD + ORDER_SHEET):
    """Return the standard workbook's text with (sheet number, old, new) replaced; each old text must be there."""
    parts = re.split(r"(?m)^(?=## )", text)
    for sheet, old, new in edits:
        assert old in parts[sheet], (old, parts[sheet])
        parts[sheet] = parts[sheet].replace(old, new)
    return "".join(parts)


def examine(text, name=NAME, reference=None, **options):
    """Read and check a workbook that is given as text."""
    asked = Options(now=NOW, **options)
    return check(read(workbook(text), asked, name=name), asked, reference=reference)


def told(checked: Checked):
    """Return errors and warnings as (code, sheet number, cell); 0 for the whole."""
    return sorted(
        (f.code, SHEETS.index(f.sheet), f.cell) for f in checked.findings if f.severity is not Severity.INFO
    )


def only(checked: Checked, code):
    """Return the one finding of a kind."""
    (found,) = [f for f in checked.findings if f.code == code]
    return found
