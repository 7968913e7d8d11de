"""Decides whether a bestallning.toml next to a workbook is about that workbook.

Findings: BST037, BST038.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from underlag.files.toml import TomlError, parse_toml
from underlag.files.workbook_names import (
    ADDRESSEE_LIST,
    ANNOTATED_PREFIX,
    CORRECTED_PREFIX,
    WORKBOOK_ENDINGS,
    WORKBOOKS,
)
from underlag.findings import Finding, finding
from underlag.lazy_pattern import LazyPattern
from underlag.reading.order_details.order_file import WORKBOOKS_KEY, OrderFile
from underlag.regions.region import region_key
from underlag.values.calendar import parse_date

#: Files that Excel and LibreOffice create next to an open workbook.
_LOCKS: Final = ("~$", ".~lock")
_COPY: Final = LazyPattern(rf"^(?:{ANNOTATED_PREFIX}|{CORRECTED_PREFIX})+")


def why_not_used(
    path: Path, content: OrderFile, name: str, regions: Sequence[str], today: date
) -> Finding | None:
    """Return the finding that says why the file is not used, None if it is used.

    It is used if it names the workbook or its region, or is the only one next to the only workbook; not
    if it names another region, or a date that has passed: it then belongs to another order.

    Args:
        path: the file.
        content: its contents.
        name: the workbook's name.
        regions: the workbook's region in other sources.
        today: the day of the run.
    """
    values = {key: value.text for key, value in content.statements}
    day = parse_date(values.get("date", ""))
    if isinstance(day, date) and day < today:
        return finding("BST037", value=path.name, fil=path.name, orsak=f"datumet {day} har passerat")
    region = values.get("region", "")
    if region and regions and region_key(region) not in map(region_key, regions):
        reason = f"filen gäller regionen {region}, arbetsboken {regions[0]}"
        return finding("BST037", value=path.name, fil=path.name, orsak=reason)
    if content.workbooks:
        meant = is_among(name, content.workbooks)
    else:
        meant = bool(region and regions) or lies_alone(path)
    return None if meant else finding("BST038", value=path.name, fil=path.name, arbetsbok=name)


def names_workbook(content: bytes, name: str) -> bool:
    """Whether an order file names a workbook, or the region that the workbook's name ends with.

    Args:
        content: the file; one that cannot be parsed has no names.
        name: the workbook's name.
    """
    try:
        stated = parse_toml(content)
    except TomlError:
        return False
    workbooks = stated.get(WORKBOOKS_KEY, [])
    if workbooks:
        known = workbooks if isinstance(workbooks, list) else [workbooks]
        return is_among(name, map(str, known))
    region = region_key(str(stated.get("region", "")))
    words = re.split(r"[\s_-]+", name.rpartition(".")[0])
    return bool(region) and any(region_key(" ".join(words[at:])) == region for at in range(len(words)))


def is_among(name: str, workbooks: Iterable[str]) -> bool:
    """Whether a workbook, or our own copy of it, is among those that an order file names."""
    return _stem(name) in map(_stem, workbooks)


def _stem(name: str) -> str:
    """Return a workbook's name without its extension and the prefixes of this program's copies."""
    folded = unicodedata.normalize("NFD", name).casefold().strip()
    stem = folded.rpartition(".")[0] if folded.endswith(WORKBOOK_ENDINGS) else folded
    # Copies have names of plain letters and hyphens.
    return "".join(filter(str.isalnum, _COPY.sub("", stem)))


def lies_alone(path: Path) -> bool:
    """Whether the folder of an order file has at most one workbook, not counting copies by this program."""
    try:
        names = [one.name for one in path.parent.iterdir()]
    except OSError:
        return False
    return are_one_workbook(names)


def are_one_workbook(names: Iterable[str]) -> bool:
    """Whether files are at most one workbook, not counting copies and lists by this program."""
    workbooks = {
        _stem(one)
        for one in names
        if one.lower().endswith(WORKBOOKS)
        and not one.startswith(_LOCKS)
        and not one.casefold().startswith(ADDRESSEE_LIST)
    }
    return len(workbooks) <= 1
