"""Whether a bestallning.toml that lies beside a workbook is about that workbook.

Findings: BST037, BST038.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from underlag.findings import Finding, finding
from underlag.reading.cells.likeness import compact
from underlag.reading.order_details.order_file import OrderFile
from underlag.values.calendar import parse_date

_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
#: What Excel and LibreOffice leave beside an open workbook.
_LOCKS: Final = ("~$", ".~lock")


def why_not_used(
    path: Path, content: OrderFile, name: str, regions: Sequence[str], today: date
) -> Finding | None:
    """Return why the file is not used, None where it is.

    It is used where it names the workbook or its region, or is the only one beside the only workbook; not
    where it names another region, or a date that has passed: it then belongs to another order.

    Args:
        path: the file.
        content: what it states.
        name: the workbook's name.
        regions: what other sources call the workbook's region.
        today: the day of the run.
    """
    values = {key: value.text for key, value in content.statements}
    day = parse_date(values.get("date", ""))
    if isinstance(day, date) and day < today:
        return finding("BST037", value=path.name, fil=path.name, orsak=f"datumet {day} har passerat")
    region = values.get("region", "")
    if region and regions and compact(region) not in map(compact, regions):
        reason = f"filen gäller regionen {region}, arbetsboken {regions[0]}"
        return finding("BST037", value=path.name, fil=path.name, orsak=reason)
    if content.workbooks:
        meant = _folded(name) in map(_folded, content.workbooks)
    else:
        meant = bool(region and regions) or lies_alone(path)
    return None if meant else finding("BST038", value=path.name, fil=path.name, arbetsbok=name)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()


def lies_alone(path: Path) -> bool:
    """Whether there is at most one workbook in the folder of an order file."""
    try:
        names = [one.name for one in path.parent.iterdir()]
    except OSError:
        return False
    return sum(one.lower().endswith(_WORKBOOKS) and not one.startswith(_LOCKS) for one in names) <= 1
