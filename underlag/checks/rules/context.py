"""The view of an Underlag that the checks share: its cells, each value parsed once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from underlag.options import Options
from underlag.profiles.profile import EnvironmentSpec, Profile
from underlag.requests import RequestedRows, Requests
from underlag.values import Refusal
from underlag.values.hsa import HsaId, parse_hsa_id
from underlag.values.url import Url, parse_url
from underlag.workbook import Entry, Field, Flow, Underlag

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


def position_text(value: Field) -> str:
    """Describe in Swedish the place of a value, or its source when it is in no cell."""
    return f"flik {value.sheet}, cell {value.cell}" if value.column else value.sheet


@dataclass(slots=True)
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

    underlag: Underlag
    profile: Profile
    options: Options
    requests: Requests
    corrections: dict[str, str] = field(default_factory=dict)
    private_cells: list[Field] = field(default_factory=list)
    private: set[str] = field(default_factory=set)
    faulty: set[str] = field(default_factory=set)
    numeric_names: set[tuple[str, int, int]] = field(default_factory=set)
    counting: set[str] = field(default_factory=set)
    _cells: dict[tuple[str, str], list[Field]] = field(default_factory=dict)
    _distinct_rows: dict[str, RequestedRows] = field(default_factory=dict)
    _names: dict[str, Field] = field(default_factory=dict)
    _ids: dict[str, HsaId | Refusal] = field(default_factory=dict)
    _urls: dict[str, Url | tuple[Refusal, ...]] = field(default_factory=dict)
    _system_ids: dict[str, HsaId | Refusal] = field(default_factory=dict)

    @property
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

    def cells(self, flow: Flow, role: str) -> list[Field]:
        """Return the values of a role, each cell once, in the workbook's order.

        A value that is carried down over many rows occurs once. Unreadable cells are left out, as are fixed
        values, which are in no cell: they are the profile's own.
        """
        key = flow.spec.key, role
        if (found := self._cells.get(key)) is not None:
            return found
        part: Callable[[Entry], Field | None] = attrgetter(role)
        given = list(map(part, flow.entries))
        # First by identity: a value carried down is one object in thousands of rows.
        objects = dict(zip(map(id, given), given, strict=True))
        values = [value for value in dict.fromkeys(objects.values()) if value is not None and value.column]
        if unreadable := self.underlag.unreadable:
            values = [value for value in values if value.position not in unreadable]
        self._cells[key] = values
        return values

    def unique_cells(self, role: str) -> Iterator[tuple[Flow, list[Field]]]:
        """Yield for each flow the values of a role that no earlier flow has: two may draw on one sheet."""
        seen: set[Field] = set()
        sheets = [key for flow in self.flows for key in flow.spec.sheets]
        shared = len(set(sheets)) < len(sheets) or any(flow.same_as for flow in self.flows)
        for flow in self.flows:
            values = self.cells(flow, role)
            if shared:
                values = [value for value in values if value not in seen]
                seen.update(values)
            yield flow, values

    def distinct_rows(self, flow: Flow) -> RequestedRows:
        """Return one row for each request and combination of the cells that state it.

        There are usually few: such values are carried down over the addressees.
        """
        if (found := self._distinct_rows.get(flow.spec.key)) is None:
            found = self._distinct_rows[flow.spec.key] = _distinct(self.rows(flow))
        return found

    def addressee_names(self) -> dict[str, Field]:
        """Return for each addressee's HSA-ID the first name in the workbook, over all its sheets."""
        found, unreadable = self._names, self.underlag.unreadable
        for flow in self.flows if not found else ():
            for entry in flow.entries:
                name, addressee = entry.addressee_name, entry.addressee
                if name is None or addressee is None or not name.text:
                    continue
                if not unreadable or name.position not in unreadable:
                    found.setdefault(addressee.text, name)
        return found

    def names_system(self, flow: Flow, role: str) -> bool:
        """Whether an id of this role may be a system's address: an organisation number without SE."""
        return role == "addressee" and flow.spec.order == "consumer"

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


def _distinct(rows: RequestedRows) -> RequestedRows:
    """Return one row for each request and combination of all cells but the addressee's."""
    cells: list[list[int]] = [list(map(id, rows.requests))]
    for role in ROW_ROLES:
        cells.append(list(map(id, map(attrgetter(role), rows.entries))))
        if len(set(cells[-1])) == len(rows):
            return rows  # every row is filled in and differs
    found = dict(zip(zip(*cells, strict=True), rows, strict=True))
    return RequestedRows([entry for entry, _ in found.values()], [request for _, request in found.values()])
