"""What the checks look at: an Underlag by its cells, each value parsed once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from underlag.model import Field, Flow, Underlag
from underlag.options import Options
from underlag.profiles.model import EnvironmentSpec, Profile
from underlag.values import Refusal
from underlag.values.hsa import HsaId, parse_hsa_id

#: The environment where real patients' matters go: ids and servers for test have no place there.
PRODUCTION: Final = "PROD"

#: What a role is called in a sentence, in the definite form where it stands first.
ROLE_NAMES: Final = {
    "consumer": "konsument",
    "producer": "producent",
    "addressee": "logisk adressat",
    "url": "anropsadress",
}

#: The roles whose values are HSA-IDs.
ID_ROLES: Final = ("consumer", "producer", "addressee")


def place(value: Field) -> str:
    """Say in Swedish where a value stands, or where it was taken from when it stands in no cell."""
    return f"flik {value.sheet}, cell {value.cell}" if value.column else value.sheet


@dataclass(slots=True)
class Survey:
    """An Underlag of a known profile, seen by its cells.

    Attributes:
        underlag: what was read.
        profile: its profile.
        options: what was asked for.
        environment: the profile's environment, None when it is unknown.
        corrections: for a faulty HSA-ID of the workbook the one that it plausibly stands for.
        private: personal identity numbers where HSA-IDs belong: no message may repeat them.
    """

    underlag: Underlag
    profile: Profile
    options: Options
    environment: EnvironmentSpec | None
    corrections: dict[str, str] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    _cells: dict[tuple[str, str], list[Field]] = field(default_factory=dict)
    _ids: dict[tuple[str, bool], HsaId | Refusal] = field(default_factory=dict)

    @property
    def flows(self) -> list[Flow]:
        """The directions of traffic that have rows."""
        return [flow for flow in self.underlag.flows if flow.entries]

    @property
    def in_production(self) -> bool:
        """Whether the workbook is for production."""
        return self.environment is not None and self.environment.key == PRODUCTION

    def cells(self, flow: Flow, role: str) -> list[Field]:
        """Return the values of a role, each cell once, in the workbook's order.

        A value that counts for many rows stands here once. What reading could not read is left out, and so
        are fixed values that stand in no cell: they are the profile's own.
        """
        key = flow.spec.key, role
        if (found := self._cells.get(key)) is not None:
            return found
        # First by identity, for a value carried down is one object in thousands of rows.
        part: Callable[[object], Field | None] = attrgetter(role)
        objects = {id(value): value for value in map(part, flow.entries) if value is not None}
        unreadable = self.underlag.unreadable
        values = [value for value in dict.fromkeys(objects.values()) if value.column]
        if unreadable:
            values = [value for value in values if value.position not in unreadable]
        self._cells[key] = values
        return values

    def once(self, role: str) -> Iterator[tuple[Flow, Field]]:
        """Yield the values of a role over all flows, each cell once, with the first flow that has it."""
        seen: set[Field] = set()
        several = len(self.flows) > 1
        for flow in self.flows:
            values = self.cells(flow, role)
            if not seen.isdisjoint(values):
                values = [value for value in values if value not in seen]
            if several:
                seen.update(values)
            for value in values:
                yield flow, value

    def names_system(self, flow: Flow, role: str) -> bool:
        """Whether an id in this place may be a system's address: an organisation number without SE."""
        return role == "addressee" and flow.spec.order == "consumer"

    def hsa_id(self, text: str, *, system: bool) -> HsaId | Refusal:
        """Parse an HSA-ID; the same text once."""
        key = text, system
        parsed = self._ids.get(key)
        if parsed is None:
            parsed = self._ids[key] = parse_hsa_id(text, system=system)
        return parsed

    def carries_down(self, flow: Flow, role: str) -> bool:
        """Whether a value of this role that stands once counts for the rows below."""
        columns = (self.profile.sheet(key).column(role) for key in flow.spec.sheets)
        return any(column.carry_down for column in columns if column)

    def column_title(self, flow: Flow, role: str) -> str:
        """Return what the profile calls the column of a role in a flow's sheets, '' if it has none."""
        columns = (self.profile.sheet(key).column(role) for key in flow.spec.sheets)
        return next((column.title for column in columns if column), "")

    def is_readable(self, value: Field | None) -> bool:
        """Whether there is a text that may be judged."""
        return value is not None and value.text != "" and value.position not in self.underlag.unreadable
