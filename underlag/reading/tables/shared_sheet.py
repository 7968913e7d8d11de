"""One sheet that several sheets of the profile are read from: each gets its own rows and columns.

A row belongs to the sheet whose contract it names, or whose title is the heading above it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.profiles.profile import Profile
from underlag.reading.cells.header_names import LONGEST, compact_sheet
from underlag.reading.cells.identifiers import is_value
from underlag.reading.cells.split_cells import pieces
from underlag.reading.formats.grid import CellValue, Sheet
from underlag.reading.tables.header_roles import Chosen, HeaderNames

Keys = frozenset[str]
#: Minimum known headers of a header row.
_FEWEST_HEADERS: Final = 2
_WORD: Final = LazyPattern(r"[a-z]{8,}").findall


def divided(
    sheet: Sheet, keys: Sequence[str], profile: Profile, chosen: Callable[[str], Chosen | None]
) -> dict[str, Sheet]:
    """Return a copy of a shared sheet for each of the profile's sheets, with only its own rows and columns.

    Args:
        sheet: the sheet.
        keys: the keys of the profile's sheets that share it.
        profile: the workbook's profile.
        chosen: returns the decided roles of the columns of a sheet.
    """
    names = {key: HeaderNames(profile.sheet(key), chosen(sheet.name)) for key in keys}
    return _Division(sheet, names, profile).sheets()


class _Division:
    """The owners of each row, and of each column from a row of headers to the next."""

    def __init__(self, sheet: Sheet, names: Mapping[str, HeaderNames], profile: Profile) -> None:
        self._sheet, self._names = sheet, names
        self._everyone = frozenset(names)
        self._titles = {
            compact_sheet(title): key
            for key in names
            for title in (profile.sheet(key).title, *profile.sheet(key).aliases)
        }
        self._owners_of: dict[str, set[str]] = {}
        for flow in profile.flows:
            for contract in profile.flow_contracts(flow):
                for name in (contract.name, *contract.misspellings):
                    self._owners_of.setdefault(name.casefold(), set()).update(self._everyone & {*flow.sheets})

    def sheets(self) -> dict[str, Sheet]:
        """Return the part of each key."""
        headers = {row for row in range(len(self._sheet.rows)) if self._is_header(row)}
        owners = self._owners(headers)
        return {key: self._part(key, owners, headers) for key in self._names}

    def _is_header(self, row: int) -> bool:
        cells = self._sheet.rows[row]
        if any(map(is_value, cells)):
            return False
        most = max(sum(1 for cell in cells if names.exact(cell)[0]) for names in self._names.values())
        return most >= _FEWEST_HEADERS

    def _owners(self, headers: AbstractSet[int]) -> list[Keys]:
        """Return the keys that each row belongs to; rows without values belong with those below them."""
        owners: list[Keys] = []
        section = current = self._everyone
        for cells in self._sheet.rows:
            if title := self._title(cells):
                section = current = frozenset({title})
                owners.append(frozenset())
                continue
            if named := self._named(cells):
                current = named & section or named
            owners.append(current if named or any(map(is_value, cells)) else section)
        for first, last in _blocks(headers, len(owners)):
            held = [row for row in range(first, last) if any(map(is_value, self._sheet.rows[row]))]
            together = frozenset().union(*(owners[row] for row in held))
            for row in range(first, last) if held else ():
                if row not in held and owners[row]:
                    owners[row] = owners[row] & together or together
        return owners

    def _title(self, cells: Sequence[CellValue]) -> str:
        filled = [cell for cell in cells if cell != ""]
        if len(filled) != 1 or not isinstance(filled[0], str) or len(filled[0]) > LONGEST:
            return ""
        return self._titles.get(compact_sheet(filled[0]), "")

    def _named(self, cells: Iterable[CellValue]) -> Keys:
        return frozenset().union(*(self._of_text(cell) for cell in cells if isinstance(cell, str)))

    def _of_text(self, text: str) -> Keys:
        found = (self._owners_of.get(word, ()) for word in _WORD(text.casefold()))
        return frozenset().union(*found)

    def _part(self, key: str, owners: Sequence[Keys], headers: AbstractSet[int]) -> Sheet:
        rows: list[Sequence[CellValue]] = []
        foreign: set[int] = set()
        for row, cells in enumerate(self._sheet.rows):
            if row in headers:
                foreign = {column for column, cell in enumerate(cells) if self._is_foreign(key, cell)}
            own = key in owners[row]
            rows.append(
                ["" if not own or column in foreign else self._own(key, c) for column, c in enumerate(cells)]
            )
        # Comments on rows without an owner are judged once.
        last = list(self._names)[-1]
        mine = {row for row, keys in enumerate(owners, 1) if key in keys or (not keys and key == last)}
        sheet = self._sheet
        return replace(
            sheet,
            rows=rows,
            errors={at: text for at, text in sheet.errors.items() if at[0] in mine},
            uncached={at for at in sheet.uncached if at[0] in mine},
            blank_formulas={at for at in sheet.blank_formulas if at[0] in mine},
            notes={at: text for at, text in sheet.notes.items() if at[0] in mine},
        )

    def _is_foreign(self, key: str, header: CellValue) -> bool:
        """Whether a header is known, but only to other sheets of the profile."""
        return not any(self._names[key].exact(header)) and any(
            names.exact(header)[0] for names in self._names.values()
        )

    def _own(self, key: str, cell: CellValue) -> CellValue:
        """Return a cell without the contracts of other sheets."""
        if not isinstance(cell, str) or len(self._of_text(cell)) < 2:  # noqa: PLR2004 - one owner alone
            return cell
        return "\n".join(piece for piece in pieces("contract", cell) if key in self._of_text(piece))


def _blocks(headers: AbstractSet[int], end: int) -> list[tuple[int, int]]:
    """Return the first row of each table and the row after its last."""
    starts = sorted(headers)
    return list(zip(starts, [*starts[1:], end], strict=True))
