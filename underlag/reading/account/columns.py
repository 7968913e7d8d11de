"""Resolves columns that the profile does not have: by decision, else by header and contents."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from underlag.account import NEUTRAL, OPEN, REPEATED, Item, Kind
from underlag.columns import DistinctTexts
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words import Answer, words
from underlag.reading.account.context import Context
from underlag.reading.cells.cell_text import shown
from underlag.reading.cells.dates import is_endless, period_of, periods_in
from underlag.reading.cells.known_headers import ASIDE, FILLED, UNIFORM, header_meanings
from underlag.reading.formats.grid import Sheet
from underlag.reading.formats.sheet_facts import Area
from underlag.reading.remarks.sentences import is_page, names_further_sheet, sentences
from underlag.reading.tables.headers import heading
from underlag.reading.tables.table import Part
from underlag.regions.mentions import other_regions
from underlag.values.action import plain_action
from underlag.values.contact import is_email, is_phone
from underlag.values.contract import parse_contract, parse_version
from underlag.values.refusal import Refusal
from underlag.workbook import Field

#: What a formula without a stored result is called.
_NO_RESULT: Final = "formel utan resultat"
#: Cells that state that there is nothing to say.
_DASHES: Final = frozenset(("-", "–", "—", "--", "."))
#: A path in the HSA catalogue: 'ou=Byn,ou=Primärvård,o=Region Värmland,c=SE'.
_PATH: Final = LazyPattern(r"(?:[a-z]{1,12}=[^,=]+, ?)+[a-z]{1,12}=[^,=]+", re.IGNORECASE).fullmatch
_YEAR: Final = LazyPattern(r"(?<!\d)20[2-9]\d(?!\d)").search
#: A header or cell about regions has one of these.
_REGIONS: Final = ("region", "landsting", "län")
#: Minimum rows to recognise a column of running numbers.
_FEWEST_COUNTED: Final = 2


def columns_of(sheet: Sheet, part: Part, context: Context) -> Iterator[Item]:
    """Yield every column of a table that is read or has contents in the table's rows.

    Args:
        sheet: the sheet.
        part: the table.
        context: has the decisions and the environments.
    """
    headers = part.headers
    roles = {column: role for role, column in headers.columns.items()}
    read = roles.keys()
    unclear = {column for columns in headers.ambiguous.values() for column in columns}
    texts = _Texts(sheet, part.rows)
    for column in range(max(map(len, sheet.rows), default=0)):
        at = heading(sheet, headers, column)
        chosen = context.decisions.role(sheet.name, at.text, column + 1)
        if column in read:
            yield Item(Kind.COLUMN, at, roles[column], decided=bool(chosen))
            continue
        values = DistinctTexts(sheet.name, column + 1, texts.of(column))
        if column in unclear or not (values or chosen):
            continue
        item = Item(Kind.COLUMN, at, chosen, part.rows, values=values, decided=bool(chosen))
        if not chosen:
            item.meaning = _meaning(sheet, part, column, item, context)
        yield item


def notes_among_headers(sheet: Sheet, part: Part, context: Context) -> Iterator[Field]:
    """Yield the texts of the header row without known meaning and without values below.

    Args:
        sheet: the sheet.
        part: the table.
        context: has the profile's headers and the decisions.
    """
    known = {*part.headers.columns.values(), *part.headers.repeated}
    texts = _Texts(sheet, part.rows)
    for column in range(len(sheet.rows[part.headers.row])):
        at = heading(sheet, part.headers, column)
        if column in known or not at.text or context.decisions.role(sheet.name, at.text, column + 1):
            continue
        if not header_meanings(at.text, context.profile) and not any(texts.of(column)):
            yield at


class _Texts:
    """The texts of a table's columns in the rows that are read."""

    def __init__(self, sheet: Sheet, rows: Sequence[int]) -> None:
        self._sheet = sheet
        self._rows = rows
        self._unshown = {**dict.fromkeys(sheet.uncached, _NO_RESULT), **sheet.errors}
        self._merged: dict[int, list[Area]] = {}
        for area in sheet.merged:
            if area[2] > area[0] and area[0] <= len(sheet.rows):
                self._merged.setdefault(area[1] - 1, []).append(area)

    def of(self, column: int) -> Iterator[tuple[int, str]]:
        """Yield the rows with a text in a column, and the text."""
        sheet, covered = self._sheet, self._covered(column)
        for row in self._rows:
            cells = sheet.rows[row - 1]
            cell = cells[column] if column < len(cells) else ""
            text = shown(cell).strip() if cell != "" else self._unshown.get((row, column + 1), "")
            if text := text or covered.get(row, ""):
                yield row, text

    def _covered(self, column: int) -> dict[int, str]:
        """Return the text of a merged cell of a column for each row below its first that it covers."""
        found: dict[int, str] = {}
        for top, _, bottom, _ in self._merged.get(column, ()):
            cells = self._sheet.rows[top - 1]
            text = shown(cells[column]).strip() if column < len(cells) else ""
            found.update(dict.fromkeys(range(top + 1, bottom + 1), text))
        return found


def _meaning(sheet: Sheet, part: Part, column: int, item: Item, context: Context) -> str:
    role = part.headers.repeated.get(column, "")
    if role or _repeats(sheet, part, item):
        return REPEATED
    return known_meaning(item, context)


def known_meaning(item: Item, context: Context) -> str:
    """Return the known meaning of a header or label that its cells match, OPEN if there is none."""
    if _states_other_region(item, context):
        return OPEN
    for known, whole in header_meanings(item.at.text, context.profile):
        if known == UNIFORM and _is_uniform(item):
            return NEUTRAL
        if known == FILLED and _is_filled(item):
            return NEUTRAL
        if known == ASIDE and not any(_may_be_about_order(text) for text in item.values):
            return NEUTRAL
        if known == NEUTRAL or (known in _FITS and _fit(known, item, context, every=not whole)):
            return known
    is_aside = _counts(item) or _says_nothing(item) or _describes_rows(item, context) or _reaches(item)
    return NEUTRAL if is_aside else OPEN


def _fit(role: str, item: Item, context: Context, *, every: bool) -> bool:
    fits = _FITS[role]
    return (all if every else any)(fits(text, context) for text in item.values)


def _is_answer(text: str, _: Context) -> bool:
    return words().answer(text) is not None or words().denials.in_rows(text) is not None


#: Tests that at least one cell of a column must pass for its header to mean this role.
_FITS: Final[Mapping[str, Callable[[str, Context], bool]]] = {
    "version": lambda text, _: parse_version(text) is not None,
    "namespace": lambda text, _: (
        text[:4].casefold() == "urn:" and not isinstance(parse_contract(text), Refusal)
    ),
    "environment": lambda text, context: context.profile.environment(text) is not None,
    "start": lambda text, _: period_of(text) is not None,
    "end": lambda text, _: period_of(text) is not None or is_endless(text),
    "inclusion": _is_answer,
    "exclusion": _is_answer,
    "removal": _is_answer,
    "action": lambda text, _: plain_action(text) is not None,
}


def _repeats(sheet: Sheet, part: Part, item: Item) -> bool:
    """Whether a column repeats a column of the order on each row."""
    return any(
        all(
            column < len(sheet.rows[cell.row - 1])
            and shown(sheet.rows[cell.row - 1][column]).strip() == cell.text
            for cells in item.values.values()
            for cell in cells
        )
        for column in part.headers.columns.values()
    )


def _counts(item: Item) -> bool:
    """Whether a column only numbers the rows."""
    numbers = [text.rstrip(".)") for text in item.values]
    if len(numbers) < _FEWEST_COUNTED or not all(text.isdecimal() and len(text) < 7 for text in numbers):  # noqa: PLR2004 - a row's number
        return False
    return all(len(cells) == 1 for cells in item.values.values()) and _rise(list(map(int, numbers)))


def _says_nothing(item: Item) -> bool:
    """Whether every cell of a column holds a dash."""
    return bool(item.values) and all(text in _DASHES for text in item.values)


def _is_filled(item: Item) -> bool:
    """Whether every row has a cell in a column, and none says no or reports something: 'Fel id'."""
    count = sum(len(cells) for cells in item.values.values())
    return count == len(item.rows) and not any(map(_is_doubtful, item.values))


def _is_doubtful(text: str) -> bool:
    known = words()
    return known.answer(text) is Answer.NO or "?" in text or known.remarks.changes_order(text)


def _may_be_about_order(text: str) -> bool:
    """Whether a cell beside the rows answers something, states a time or has a word that changes an order."""
    has_time = _YEAR(text) is not None or any(periods_in(text))
    return has_time or _is_doubtful(text) or words().answer(text) is not None


def _describes_rows(item: Item, context: Context) -> bool:
    """Whether every cell of a column says where a unit is, whom to ask or what has been checked."""
    remarks, count = words().remarks, len(context.profile.sheets)
    described = bool(item.values) and all(
        (remarks.describes_row(sentence) or remarks.is_plain(sentence))
        and not names_further_sheet(sentence, count)
        for text in item.values
        for sentence in sentences(text)
    )
    return described and not any(
        remarks.names_abroad(text) or other_regions(text, context.region) for text in item.values
    )


def _states_other_region(item: Item, context: Context) -> bool:
    """Whether a column says of a unit that it is another region's: 'Region' with 'Dalarna' below."""
    of_regions = _names_region(item.at.text)
    return any(
        (of_regions or _names_region(text)) and other_regions(text, context.region) for text in item.values
    )


def _names_region(text: str) -> bool:
    return any(word in text.casefold() for word in _REGIONS)


def _is_uniform(item: Item) -> bool:
    """Whether all cells of a column say the same, from the first row on, or only mark rows."""
    if len(item.values) != 1:
        return False
    ((text, cells),) = item.values.items()
    return cells[0].row == item.rows[0] or words().answer(text) is not None


def _reaches(item: Item) -> bool:
    """Whether every cell of a column is a telephone number, an e-mail address, a page or a path in HSA."""
    if words().remarks.changes_order(item.at.text) or "?" in item.at.text:
        return False
    return bool(item.values) and all(
        is_phone(text) or is_email(text) or _PATH(text) or ("://" in text and is_page(text))
        for text in item.values
    )


def _rise(numbers: Sequence[int]) -> bool:
    return all(later - earlier in (1, 2) for earlier, later in pairwise(numbers))
