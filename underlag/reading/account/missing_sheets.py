"""Finds unread sheets that may be missing sheets of the profile."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from underlag.account import OPEN, Item, Kind, SheetAccount
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.profile import Profile
from underlag.reading.cells.header_names import LONGEST, compact_sheet
from underlag.reading.cells.identifiers import is_value
from underlag.reading.decisions.decisions import Decisions
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.header_roles import HeaderNames
from underlag.reading.tables.headers import find_headers, heading
from underlag.reading.tables.sheets import MatchedSheets
from underlag.workbook import Field

_WORDS: Final = LazyPattern(r"[a-z]{8,}|\d{10}-[0-9a-z]+|https?://\S+").findall
#: Minimum texts of a row that may be the headers of a sheet whose columns mean nothing to the profile.
_FEWEST: Final = 2


def columns_of_unread(sheet: Sheet, profile: Profile, decisions: Decisions) -> Iterator[Item]:
    """Yield the columns of a sheet that is not read, with the roles that they would have."""
    for at, role in _headers_of_unread(sheet, profile):
        chosen = decisions.role(sheet.name, at.text, at.column)
        decisions.seen([at.text])
        yield Item(Kind.COLUMN, at, chosen or role, decided=bool(chosen))


def _headers_of_unread(sheet: Sheet, profile: Profile) -> Iterator[tuple[Field, str]]:
    """Yield headers and roles by the best matching sheet of the profile, else the first row of texts."""
    found = (find_headers(sheet, HeaderNames(spec)) for spec in profile.sheets)
    best = max(filter(None, found), key=lambda headers: len(headers.columns), default=None)
    if best is not None and best.columns:
        roles = {column: role for role, column in best.columns.items()}
        for column in range(len(sheet.rows[best.row])):
            if (at := heading(sheet, best, column)).text:
                yield at, roles.get(column, OPEN)
        return
    for number, cells in enumerate(sheet.rows, start=1):
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        if len(texts) >= _FEWEST and not any(map(is_value, cells)):
            for column, cell in enumerate(cells, start=1):
                if isinstance(cell, str) and cell.strip():
                    yield Field(" ".join(cell.split()), sheet.name, number, column), OPEN
            return


def missing_titles(profile: Profile, matched: MatchedSheets, spared: frozenset[str]) -> tuple[str, ...]:
    """Return the titles of required sheets that no sheet of the workbook matches, or several do."""
    return tuple(
        spec.title
        for spec in profile.sheets
        if spec.key not in matched.by_key
        and spec.key not in spared
        and (spec.required or spec.key in matched.ambiguous)
    )


def propose_sheets(
    profile: Profile, missing: Collection[str], sheets: Iterable[Sheet], accounts: Mapping[str, SheetAccount]
) -> None:
    """Add to the accounts of unread sheets which missing sheet their contracts and parties point to.

    Args:
        profile: the workbook's profile.
        missing: the titles of the missing sheets.
        sheets: the sheets that are not read.
        accounts: their accounts by name.
    """
    if not missing:
        return
    marks = _marks(profile)
    held = {sheet.name: _held(sheet) for sheet in sheets}
    for spec in profile.sheets:
        if spec.title not in missing:
            continue
        for name, words in held.items():
            if not words.isdisjoint(marks[spec.key]):
                accounts[name].may_be = (*accounts[name].may_be, spec.title)


def _held(sheet: Sheet) -> set[str]:
    """Return the words of a sheet with ids or addresses, in lower case; none of other sheets."""
    texts = [cell for row in sheet.rows for cell in row if isinstance(cell, str)]
    if not any(map(is_value, texts)):
        return set()
    words = {word for text in set(texts) for word in _WORDS(text.casefold())}
    return words | {compact_sheet(text) for text in texts if len(text) <= LONGEST}


def _marks(profile: Profile) -> dict[str, set[str]]:
    """Return the texts that only one of the profile's sheets has: titles, contracts and fixed parties."""
    found: dict[str, set[str]] = {
        spec.key: {compact_sheet(title) for title in (spec.title, *spec.aliases)} for spec in profile.sheets
    }
    for flow in profile.flows:
        texts = [
            *(contract.name for contract in profile.flow_contracts(flow)),
            *(fixed.value for fixed in flow.fixed),
        ]
        for key in flow.sheets:
            found[key].update(word for text in texts for word in _WORDS(text.casefold()))
    counts: dict[str, int] = {}
    for words in found.values():
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return {key: {word for word in words if counts[word] == 1} for key, words in found.items()}
