"""The view of an Underlag that the checks share: its cells, each value parsed once."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from operator import ne
from typing import Final

from underlag.findings import Finding
from underlag.options import Options
from underlag.privacy.masking import is_private
from underlag.profiles.environments import EnvironmentSpec
from underlag.profiles.profile import Profile
from underlag.requests import RequestedRows, Requests
from underlag.values import Refusal
from underlag.values.hsa import HsaId, is_hsa_id, ordinary_among, parse_hsa_id
from underlag.values.url import Url, parse_url
from underlag.workbook import Cells, Field, Flow, OrderDetails, Underlag

#: The Swedish name of a role within a sentence, and at its beginning.
ROLE_NAMES: Final = {
    "consumer": "konsument",
    "producer": "producent",
    "addressee": "logisk adressat",
    "url": "anropsadress",
}
ROLE_SUBJECTS: Final = {
    "consumer": "Konsumenten",
    "producer": "Producenten",
    "addressee": "Den logiska adressaten",
    "url": "Anropsadressen",
}

#: The roles whose values are HSA-IDs.
ID_ROLES: Final = ("consumer", "producer", "addressee")

#: The roles that identify a row's caller, address and contract: all but the addressee.
ROW_ROLES: Final = (
    "contract",
    "consumer",
    "consumer_name",
    "producer",
    "producer_name",
    "url",
    "rivta_profile",
)


#: Returns the rows of a flow, or those of them that differ.
RowsOf = Callable[[Flow], RequestedRows]


def position_text(value: Field) -> str:
    """Describe in Swedish the place of a value, or its source when it is in no cell."""
    return f"flik {value.sheet}, cell {value.cell}" if value.column else value.sheet


def is_to_come(details: OrderDetails, key: str) -> bool:
    """Whether a detail has a text without a value ('se mejl'), which a finding quotes."""
    return any(detail == key and not is_private(stated.text) for detail, stated in details.placeholders)


class CheckContext:
    """An Underlag of a known profile, with access to its cells.

    Attributes:
        underlag: the Underlag.
        profile: its profile.
        options: the user's options.
        requests: the requests of its rows.
        corrections: for a faulty HSA-ID of the workbook, the one that was plausibly meant.
        private_cells: cells with a personal identity number in the place of an HSA-ID.
        private: those texts, and names that contain such a number: no message may repeat them.
        numeric_names: positions of names on which reading has a finding.
        counting: addresses and systems of a series that counts up; one finding covers all of them.
        faulty: the texts that are rejected as HSA-IDs.
    """

    def __init__(self, underlag: Underlag, profile: Profile, options: Options, requests: Requests) -> None:
        self.underlag = underlag
        self.profile = profile
        self.options = options
        self.requests = requests
        self.corrections: dict[str, str] = {}
        self.private_cells: list[Field] = []
        self.private: set[str] = set()
        self.faulty: set[str] = set()
        self.numeric_names: set[tuple[str, int, int]] = set()
        self.counting: set[str] = set()
        self._cells: dict[tuple[str, str], Cells] = {}
        self._unique: dict[str, list[tuple[Flow, Cells]]] = {}
        self._distinct_rows: dict[str, RequestedRows] = {}
        self._distinct_texts: dict[str, RequestedRows] = {}
        self._name_texts: dict[str, str] = {}
        self._names: dict[str, Field] = {}
        self._ordinary: set[str] = set()
        self._ids: dict[str, HsaId | Refusal] = {}
        self._urls: dict[str, Url | tuple[Refusal, ...]] = {}
        self._system_ids: dict[str, HsaId | Refusal] = {}

    @cached_property
    def flows(self) -> list[Flow]:
        """The directions of traffic that have rows."""
        return [flow for flow in self.underlag.flows if flow.entries]

    @property
    def environment(self) -> EnvironmentSpec | None:
        """The profile's environment, None when it is unknown."""
        return self.underlag.environment_spec

    @property
    def in_production(self) -> bool:
        """Whether the workbook is for production."""
        return self.environment is not None and self.environment.production

    @property
    def unidentified(self) -> set[str]:
        """The faulty HSA-IDs whose unit or system cannot be determined."""
        return self.faulty - self.corrections.keys()

    def rows(self, flow: Flow) -> RequestedRows:
        """Return the rows of a flow with their requests."""
        return self.requests[flow.spec.key]

    def cells(self, flow: Flow, role: str) -> Cells:
        """Return the values of a role, each cell once, in the workbook's order.

        A value that is carried down over many rows occurs once. Unreadable cells are left out, as are fixed
        values, which are in no cell: they are the profile's own.
        """
        key = flow.spec.key, role
        if (found := self._cells.get(key)) is not None:
            return found
        values = flow.entries.cells(role).distinct()
        if unreadable := self.underlag.unreadable:
            values = Cells(value for value in values if value.position not in unreadable)
        self._cells[key] = values
        return values

    def unique_cells(self, role: str) -> Sequence[tuple[Flow, Cells]]:
        """Return for each flow the values of a role that no earlier flow has: two may draw on one sheet."""
        if (found := self._unique.get(role)) is None:
            found = self._unique[role] = list(self._unique_cells(role))
        return found

    def _unique_cells(self, role: str) -> Iterator[tuple[Flow, Cells]]:
        seen: set[Field] = set()
        sheets = [key for flow in self.flows for key in flow.spec.sheets]
        shared = len(set(sheets)) < len(sheets) or any(flow.same_as for flow in self.flows)
        for flow in self.flows:
            values = self.cells(flow, role)
            if shared:
                values = Cells(value for value in values if value not in seen)
                seen.update(values)
            yield flow, values

    def distinct_rows(self, flow: Flow) -> RequestedRows:
        """Return one row for each request and combination of the cells that state it.

        There are usually few: such values are carried down over the addressees.
        """
        if (found := self._distinct_rows.get(flow.spec.key)) is None:
            found = self._distinct_rows[flow.spec.key] = _distinct(self.rows(flow))
        return found

    def distinct_texts(self, flow: Flow) -> RequestedRows:
        """Return one row for each request and combination of texts besides the addressee's.

        There are few even where every row is filled in; see `apply_to_distinct`.
        """
        if self.underlag.unreadable:
            return self.distinct_rows(flow)
        if (found := self._distinct_texts.get(flow.spec.key)) is None:
            found = self._distinct_texts[flow.spec.key] = _distinct_texts(self.rows(flow))
        return found

    def addressee_names(self) -> dict[str, Field]:
        """Return for each addressee's HSA-ID the first name in the workbook, over all its sheets."""
        found, unreadable = self._names, self.underlag.unreadable
        for flow in self.flows if not found else ():
            texts = map(flow.entries.texts, ("addressee", "addressee_name"))
            for entry, unit, text in zip(flow.entries, *texts, strict=True):
                if not text or unit in found:
                    continue
                name, addressee = entry.addressee_name, entry.addressee
                if name is None or addressee is None:
                    continue
                if not unreadable or name.position not in unreadable:
                    found.setdefault(addressee.text, name)
        return found

    def addressee_name_texts(self) -> dict[str, str]:
        """Return the texts of `addressee_names`, which take less time where no cell is asked for."""
        found = self._name_texts
        if found:
            return found
        if self.underlag.unreadable or any(flow.entries.lacks("addressee") for flow in self.flows):
            found.update((unit, name.text) for unit, name in self.addressee_names().items())
            return found
        for flow in self.flows:
            here = _first_names(*map(flow.entries.texts, ("addressee", "addressee_name")))
            if here.keys() - found.keys():  # sheets mostly have the same units
                found.update(here | found)
        return found

    def names_system(self, flow: Flow, role: str) -> bool:
        """Whether an id of this role may be a system's address: an organisation number without SE."""
        return role == "addressee" and flow.spec.order == "consumer"

    def ordinary_ids(self, texts: AbstractSet[str]) -> AbstractSet[str]:
        """Return those of some texts that are HSA-IDs of units; see `values.hsa.ordinary_among`."""
        new = texts - self._ordinary
        if new:
            self._ordinary |= ordinary_among(new)
        return texts & self._ordinary

    def hsa_ids(self, texts: AbstractSet[str]) -> set[str]:
        """Return those of some texts that are HSA-IDs, which test ids are too."""
        others = texts - self._ordinary - self.faulty
        return {*(texts & self._ordinary), *filter(is_hsa_id, others)}

    def hsa_id(self, text: str, *, system: bool) -> HsaId | Refusal:
        """Parse an HSA-ID; each text once."""
        ids = self._system_ids if system else self._ids
        parsed = ids.get(text)
        if parsed is None:
            parsed = ids[text] = parse_hsa_id(text, system=system)
        return parsed

    def url(self, text: str) -> Url | tuple[Refusal, ...]:
        """Parse an anropsadress; each text once."""
        parsed = self._urls.get(text)
        if parsed is None:
            parsed = self._urls[text] = parse_url(text)
        return parsed

    def carries_down(self, flow: Flow, role: str) -> bool:
        """Whether a value of this role that is written once applies to the rows below."""
        columns = (self.profile.sheet(key).column(role) for key in flow.spec.sheets)
        return any(column.carry_down for column in columns if column)

    def column_title(self, flow: Flow, role: str) -> str:
        """Return the profile's title of a role's column in a flow's sheets, '' if it has none."""
        columns = (self.profile.sheet(key).column(role) for key in flow.spec.sheets)
        return next((column.title for column in columns if column), "")

    def is_readable(self, value: Field | None) -> bool:
        """Whether there is a text to judge."""
        unreadable = self.underlag.unreadable
        return (
            value is not None
            and value.text != ""
            and (not unreadable or value.position not in unreadable)  # most workbooks have no such cell
        )


def _first_names(units: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Return the first name of each unit that is not empty."""
    found = dict(zip(units, names, strict=True))
    if "" not in names and not any(map(ne, map(found.__getitem__, units), names)):
        return found  # so it is in most workbooks
    found = {}
    for unit, name in zip(units, names, strict=True):
        if name:
            found.setdefault(unit, name)
    return found


def _distinct(rows: RequestedRows) -> RequestedRows:
    """Return one row for each request and combination of all cells but the addressee's."""
    cells: list[Sequence[int]] = [list(map(id, rows.requests))]
    for role in filter(rows.entries.has, ROW_ROLES):
        cells.append(rows.entries.cells(role).places)
        if len(set(cells[-1])) == len(rows):
            return rows  # every row is filled in and differs
    found = dict(zip(zip(*cells, strict=True), range(len(rows)), strict=True))
    return rows.take(list(found.values()))


def _distinct_texts(rows: RequestedRows) -> RequestedRows:
    """Return the first row for each request and combination of texts; values in no cell count as others."""
    keys: list[Sequence[object]] = [rows.requests]
    for role in filter(rows.entries.has, ROW_ROLES):
        cells = rows.entries.cells(role)
        keys.append(cells.texts)
        if cells.have_several_sources:
            keys.append(cells.in_cells)
    count = len(rows)
    backwards = zip(zip(*map(reversed, keys), strict=True), reversed(range(count)), strict=True)
    found = dict(backwards)
    return rows if len(found) == count else rows.take(sorted(found.values()))


def apply_to_distinct(
    context: CheckContext, find: Callable[[RowsOf], Iterator[Finding]]
) -> Iterator[Finding]:
    """Yield the findings of a rule about rows, which depend on their texts besides the addressee's.

    The rule is applied to one row for each combination of texts. Where it finds anything, it is applied to
    all rows, so that every cell has its finding.

    Args:
        context: the Underlag.
        find: the rule; it takes the function that returns the rows of a flow.
    """
    if any(True for _ in find(context.distinct_texts)):
        yield from find(context.distinct_rows)
