"""Resolves the headers of a sheet to roles."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from underlag.characters.likeness import NearNames, compact
from underlag.lazy_pattern import LazyPattern, has_digit
from underlag.profiles.profile import SheetSpec
from underlag.profiles.words.remembered import remembered_method
from underlag.reading.cells.header_names import LONGEST, in_swedish, reduced
from underlag.reading.cells.identifiers import is_value
from underlag.reading.formats.grid import CellValue

_REDUCED_SCORE: Final = 0.96
#: A number after a label, where there are several of a kind: 'Tjänstekontrakt 2:'.
_NUMBERED: Final = LazyPattern(r"[\s(]*(?:nr\.?\s*)?\d{1,2}[\s).:]*$")
#: Score of a decided role: above every similarity.
DECIDED: Final = 2.0
#: Maximum texts compared by similarity; a sheet with more above its rows has no headers there.
_MOST_COMPARED: Final = 1000


class Chosen(NamedTuple):
    """Decided roles of a sheet's columns, by compact header and by index.

    '' is a role that is no part of an order: such a column is not read as one.
    """

    by_header: Mapping[str, str]
    by_column: Mapping[int, str]


class HeaderNames:
    """Resolves the headers of a sheet to roles.

    Args:
        spec: the profile's description of the sheet.
        chosen: decided roles of its columns, which override the profile.
    """

    def __init__(self, spec: SheetSpec, chosen: Chosen | None = None) -> None:
        self._aliases = _aliases_of(spec)
        self._chosen: Mapping[str, str] = chosen.by_header if chosen else {}
        self.by_column: Mapping[int, str] = chosen.by_column if chosen else {}
        self._compared: dict[str, int] = {}

    def exact(self, cell: CellValue) -> tuple[str, float]:
        """Return the role of a header by its aliases, without explanations, and the score."""
        if not isinstance(cell, str) or len(cell) > LONGEST:
            return "", 0.0
        if self._chosen and (role := self._chosen.get(compact(" ".join(cell.split())))) is not None:
            return role, DECIDED
        return self._aliases.exact(cell)

    def alike(self, cell: CellValue) -> tuple[str, float]:
        """Return the role and score as `exact` does, else by similarity."""
        role, score = self.exact(cell)
        if role or score or not isinstance(cell, str) or len(cell) > LONGEST or is_value(cell):
            return role, score
        if self._compared.setdefault(cell, len(self._compared)) >= _MOST_COMPARED:
            return "", 0.0
        return self._aliases.alike(cell)


class _Aliases:
    """The titles and aliases of the columns of a sheet of the profile.

    Args:
        spec: the sheet.
    """

    def __init__(self, spec: SheetSpec) -> None:
        self._roles: dict[str, str] = {}
        for column in spec.columns:
            for name in (column.title, *column.aliases):
                self._roles.setdefault(compact(name), column.role)
        self._near = NearNames(self._roles)

    # Every row is tested for repeated headers, and most rows begin with the same text.
    @remembered_method
    def exact(self, cell: str) -> tuple[str, float]:
        """Return the role of a header that is an alias, without explanations, and the score."""
        if role := self._roles.get(compact(cell)):
            return role, 1.0
        forms = (
            *reduced(cell),
            compact(_NUMBERED.sub("", cell) if has_digit(cell) else cell),
            in_swedish(cell),
        )
        return next(((self._roles[form], _REDUCED_SCORE) for form in forms if form in self._roles), ("", 0.0))

    @remembered_method
    def alike(self, cell: str) -> tuple[str, float]:
        """Return the role of a header that is similar to an alias, and the score."""
        name, best = self._near.best(compact(cell))
        return (self._roles[name], best * _REDUCED_SCORE) if best else ("", 0.0)


@lru_cache(maxsize=64)
def _aliases_of(spec: SheetSpec) -> _Aliases:
    return _Aliases(spec)
