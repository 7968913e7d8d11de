"""Data types of a workbook: the values that were read and their cells.

Reading fills these types, checks examine them, orders are built from them. They contain no rules.
"""

from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812 - `date` is a field here
from pathlib import Path
from typing import NamedTuple

from underlag.checksum import sha256_of
from underlag.columns import Cells, Field, text_of
from underlag.entries import ROLES, Entries, Entry
from underlag.profiles.environments import EnvironmentSpec
from underlag.profiles.profile import FlowSpec, Profile
from underlag.values.action import parse_action
from underlag.values.calendar import is_regular_time, parse_date
from underlag.values.refusal import Refusal

__all__ = [
    "ROLES",
    "Cells",
    "Contact",
    "Entries",
    "Entry",
    "Field",
    "Flow",
    "OrderDetails",
    "Source",
    "Underlag",
    "text_of",
]


@dataclass(slots=True, eq=False, repr=False)
class Flow:
    """One direction of traffic in this workbook.

    `sheet` is the sheet's name in the workbook (of several sheets the one with the addressees),
    '' if it is missing. `same_as` names the flow that supplies the addressees when this sheet has
    none. `columns` maps each role that has a column to its header.
    """

    spec: FlowSpec
    sheet: str = ""
    entries: Entries = field(default_factory=Entries)
    columns: dict[str, Field] = field(default_factory=dict)
    same_as: str = ""


class Contact(NamedTuple):
    """A person or function with the fields of the order form; None where not given."""

    name: Field | None = None
    email: Field | None = None
    phone: Field | None = None
    hsa_id: Field | None = None
    role: Field | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no field is given."""
        return not any((self.name, self.email, self.phone, self.hsa_id, self.role))


class OrderDetails(NamedTuple):
    """Details of the order form that are not in the tables; None is shown as a gap to fill in.

    Precedence of sources: option, bestallning.toml, sheet "Beställning", file name.
    `contradictions` holds the differing statements per detail. `placeholders` holds texts without a value
    ('se ovan', 'kommer') by the detail's key; such a detail counts as not given. `blanks` holds the empty
    cells next to the labels of the sheet "Beställning", by the detail's key. `order_file` is the
    bestallning.toml that is used, and `order_file_content` its bytes as they were read.
    """

    environment: Field | None = None
    region: Field | None = None
    date: Field | None = None
    case_number: Field | None = None
    remark: Field | None = None
    action: Field | None = None
    orderer: Contact = Contact()
    main_contact: Contact = Contact()
    technical_contact: Contact = Contact()
    support: Contact = Contact()
    contradictions: tuple[tuple[str, tuple[Field, ...]], ...] = ()
    placeholders: tuple[tuple[str, Field], ...] = ()
    blanks: tuple[tuple[str, Field], ...] = ()
    order_file: Path | None = None
    order_file_content: bytes = b""

    @property
    def day(self) -> Date | None:
        """The date of change; None when it is missing or malformed, which the checks report."""
        day = parse_date(text_of(self.date))
        return None if isinstance(day, Refusal) else day

    def blank(self, *keys: str) -> Field | None:
        """The first empty cell next to a label of these details; None where no sheet has such a label."""
        cells = dict(self.blanks)
        return next((cells[key] for key in keys if key in cells), None)

    @property
    def removes(self) -> bool:
        """Whether rows that state no action remove."""
        return self.action is not None and parse_action(self.action.text) == "remove"

    @property
    def at_regular_time(self) -> bool:
        """Whether the usual handling time is stated instead of a date."""
        return self.date is not None and is_regular_time(self.date.text)


class Source(NamedTuple):
    """A workbook file: name without folder, format ('xlsx', ...) and bytes."""

    name: str
    format: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The SHA-256 (hex) of the bytes."""
        return sha256_of(self.content)


@dataclass(slots=True, eq=False, repr=False)
class Underlag:
    """A filled-in workbook.

    `unreadable` holds the positions of cells that reading reports as errors (a number where text
    belongs, an error value); later checks skip them. `sheets` are the workbook's sheet names,
    in its order.
    """

    source: Source
    profile: Profile | None
    details: OrderDetails
    flows: list[Flow] = field(default_factory=list)
    unreadable: set[tuple[str, int, int]] = field(default_factory=set)
    sheets: tuple[str, ...] = ()

    @property
    def environment(self) -> str:
        """PROD or QA (a key of the profile's environments), '' when unknown."""
        return text_of(self.details.environment)

    @property
    def environment_spec(self) -> EnvironmentSpec | None:
        """The profile's environment, None when it is unknown."""
        return self.profile.environment(self.environment) if self.profile else None

    @property
    def in_production(self) -> bool:
        """Whether it is for an environment that serves real patients."""
        spec = self.profile.environment(self.environment) if self.profile and self.environment else None
        return spec is not None and spec.production

    @property
    def region(self) -> str:
        """The region's short name, '' when unknown."""
        return text_of(self.details.region)

    def flow(self, key: str) -> Flow | None:
        """Return the flow with this key of the profile, or None."""
        return next((flow for flow in self.flows if flow.spec.key == key), None)
