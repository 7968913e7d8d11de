"""What a sheet holds that the profile does not have, compared with the flows that were read."""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from underlag.profiles.environments import EnvironmentSpec
from underlag.profiles.profile import Profile
from underlag.reading.cells.header_names import compact_sheet
from underlag.reading.cells.identifiers import comparison_key, ids_within, is_value_in_any_case
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.header_roles import HeaderNames
from underlag.reading.tables.headers import find_headers
from underlag.reading.tables.odd_rows import is_example
from underlag.workbook import Field, Flow

#: A text of fewer words may add an id to the order: 'SE…-… ska också med'.
SHORT_TEXT: Final = 6
#: Minimum headers that make a sheet similar to one of the profile's.
_FEWEST_HEADERS: Final = 3
#: Digits of a year in the name of a sheet.
_DIGITS_OF_YEAR: Final = 4


class Copy(NamedTuple):
    """A copy of a flow's sheet that lacks some of its units.

    Attributes:
        sheet: the sheet that it is a copy of.
        total: the number of units on that sheet.
        lacking: the units that the copy lacks, in their cells on that sheet.
    """

    sheet: str
    total: int
    lacking: Sequence[Field]


class OtherSheet:
    """A sheet that the profile does not have.

    Args:
        sheet: the sheet.
        flows: the flows that were read from the workbook.
        profile: the profile of the workbook.
        environment: the key of the order's environment, '' if unknown.
    """

    def __init__(self, sheet: Sheet, flows: Sequence[Flow], profile: Profile, environment: str) -> None:
        self.sheet = sheet
        self._flows = flows
        self._profile = profile
        self._environment = profile.environment(environment) if environment else None

    @cached_property
    def _values(self) -> dict[str, Field]:
        """Its distinct ids and addresses by their comparison keys."""
        found: dict[str, Field] = {}
        for row, cells in enumerate(self.sheet.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                for text in _values_of(cell) if isinstance(cell, str) else ():
                    found.setdefault(comparison_key(text), Field(text, self.sheet.name, row, column))
        return found

    @cached_property
    def _read(self) -> set[str]:
        """The comparison keys of the ids and addresses of the flows."""
        found: set[str] = set()
        for flow in self._flows:
            for role in ("addressee", "consumer", "producer", "url"):
                found.update(map(comparison_key, set(flow.entries.texts(role))))
        return found - {""}

    @cached_property
    def _names(self) -> set[str]:
        """The names of the units of the flows, in lower case."""
        names = set().union(*(flow.entries.texts("addressee_name") for flow in self._flows))
        return {name.casefold() for name in names} - {""}

    @property
    def values(self) -> Collection[Field]:
        """Its distinct ids and addresses: each line of a cell that is one, or has one within few words."""
        return self._values.values()

    @cached_property
    def new(self) -> Sequence[Field]:
        """The ids and addresses that no flow has."""
        return [value for key, value in self._values.items() if key not in self._read]

    @property
    def has_ordered(self) -> bool:
        """Whether it has an id or address of a flow."""
        return not self._read.isdisjoint(self._values)

    @cached_property
    def is_like_flow(self) -> bool:
        """Whether its name or headers are similar to those of a sheet of the profile."""
        name = compact_sheet(self.sheet.name)
        for spec in self._profile.sheets:
            if any(compact_sheet(known) in name for known in (spec.title, *spec.aliases)):
                return True
            headers = find_headers(self.sheet, HeaderNames(spec))
            if headers and "addressee" in headers.columns and len(headers.columns) >= _FEWEST_HEADERS:
                return True
        return False

    @cached_property
    def is_lookup(self) -> bool:
        """Whether it is a list in which to look up units: all of a flow, without being like one."""
        return not self.is_like_flow and any(units <= self._values.keys() for units in self._addressees())

    @cached_property
    def other_environments(self) -> Sequence[str]:
        """The environments of the new values, if none is the order's and other values are.

        A list of the addresses of all environments names each value's in its row or at the top of its column.
        """
        own = self._environment
        if own is None or not self.new or self.is_like_flow or self.is_lookup:
            return ()
        found = [self._named(value) for value in self.new]
        if any(len(specs) != 1 or specs[0] == own for specs in found):
            return ()
        if not any(own in self._named(value) for value in self.values):
            return ()
        return list(dict.fromkeys(specs[0].form_title for specs in found))

    @property
    def copied(self) -> Copy | None:
        """The flow's sheet that it is a copy of by its name, 'Flik (2)', if it lacks some of the units there.

        A sheet named for a year, 'Flik 2025', is an earlier order and may have fewer.
        """
        if sum(map(str.isdigit, self.sheet.name)) >= _DIGITS_OF_YEAR:
            return None
        for flow in self._flows:
            if compact_sheet(flow.sheet) in compact_sheet(self.sheet.name):
                cells = flow.entries.cells("addressee").distinct()
                units = {comparison_key(at.text): at for at in cells if at.text}
                lacking = [at for key, at in units.items() if key not in self._values]
                if 0 < len(lacking) < len(units):
                    return Copy(flow.sheet, len(units), lacking)
        return None

    def named_units(self) -> Iterator[Field]:
        """Yield the cells with the name of a unit of a flow."""
        for row, cells in enumerate(self.sheet.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                if isinstance(cell, str) and self.is_name(cell.strip()):
                    yield Field(cell.strip(), self.sheet.name, row, column)

    def is_name(self, text: str) -> bool:
        """Whether a text is the name of a unit of a flow."""
        return text.casefold() in self._names

    def is_ordered(self, text: str) -> bool:
        """Whether a text is an id or address of a flow."""
        return comparison_key(text) in self._read

    def mentions_ordered(self, text: str) -> bool:
        """Whether a cell has an id or address of a flow."""
        return any(map(self.is_ordered, _values_of(text)))

    def _addressees(self) -> Iterator[set[str]]:
        """Yield the comparison keys of the addressees of each flow that has several."""
        for flow in self._flows:
            units = set(map(comparison_key, set(flow.entries.texts("addressee")))) - {""}
            if len(units) > 1:
                yield units

    def _named(self, value: Field) -> list[EnvironmentSpec]:
        """Return the environments that are named in a value's row or at the top of its column."""
        row, top = self.sheet.rows[value.row - 1], self.sheet.rows[0]
        beside = [*row, *top[value.column - 1 : value.column]]
        texts = (cell.strip() for cell in beside if isinstance(cell, str))
        return [spec for text in texts if text and (spec := self._profile.environment(text))]


def _values_of(text: str) -> Iterator[str]:
    """Yield the ids and addresses of a cell: each line that is one, or within a text of few words."""
    for line in map(str.strip, text.splitlines()):
        if is_value_in_any_case(line):
            yield line
        elif len(line.split()) < SHORT_TEXT and not is_example("addressee", line):
            yield from ids_within(line)
