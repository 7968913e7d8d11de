"""Units of the standard workbook, and rows below them."""

from tests.support.reading import rows
from tests.support.tables import STANDARD

SHEET = "Webcert -> Vårdsystem"
FLOW = "webcert-vardsystem"
LAST_UNIT = "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |\n"


def with_rows(*lines):
    """Add rows after the last unit of sheet 2 (row 4): they begin in row 5."""
    return STANDARD.replace(LAST_UNIT, LAST_UNIT + "".join(f"{line}\n" for line in lines), 1)


def units(reading):
    return rows(reading, FLOW, "addressee", "addressee_name")


STANDARD_UNITS = [
    ("SE162321000156-4HVT", "Tolkcentralen Värmland"),
    ("SE162321000156-4HVV", "Vårdcentralen Rud"),
    ("SE162321000156-4HVX", "Vårdcentralen Gripen"),
]
