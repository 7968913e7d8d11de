"""Connection profiles: the sheets of a workbook, the meaning of its columns, and the resulting orders.

A profile is a TOML file of this form; the code knows no service by name. A column that several sheets share
is defined once, as `[columns.<name>]`; a sheet refers to it with `{ use = "<name>" }` and states the
differences: title, further aliases, required, carry_down.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, NamedTuple

from underlag.profiles.environments import EnvironmentSpec, environment_named

Role = Literal[
    "contract",
    "consumer",
    "consumer_name",
    "producer",
    "producer_name",
    "url",
    "rivta_profile",
    "addressee",
    "addressee_name",
    "action",
]

#: Meanings of columns that are not a part of the order.
HeaderRole = Literal[
    "neutral",
    "action",
    "version",
    "namespace",
    "environment",
    "start",
    "end",
    "inclusion",
    "exclusion",
    "removal",
]


class Limits(NamedTuple):
    """Constraints of a value beyond its type, by pydantic's names; pydantic enforces them.

    Shipped profiles are validated by the tests instead of at run time: importing pydantic takes longer than
    reading and checking a small workbook.
    """

    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    ge: int | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], dict[str, Any]]) -> Any:
        """Return the core schema of the value with these constraints."""
        limits = {name: limit for name, limit in self._asdict().items() if limit is not None}
        return {**handler(source), **limits}


_Key = Annotated[str, Limits(pattern=r"^[a-z0-9-]+$")]
_Namespace = Annotated[str, Limits(pattern=r"^urn:riv:[0-9a-zA-Z_.:\-]+Responder:\d+$", max_length=255)]
_Positive = Annotated[int, Limits(ge=1)]


class ContractSpec(NamedTuple):
    """A service contract with its major version.

    Attributes:
        name: e.g. CreateDraftCertificate.
        major: the major version.
        namespace: `namnrymd` in TAK, e.g. urn:riv:...:CreateDraftCertificateResponder:3.
        description: `beskrivning` in TAK, for a TAK that does not have the contract.
        misspellings: names that are unambiguous misspellings of the contract.
    """

    name: str
    major: _Positive
    namespace: _Namespace
    description: str = ""
    misspellings: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Name and version as people write them: CreateDraftCertificate v3."""
        return f"{self.name} v{self.major}"


class ColumnSpec(NamedTuple):
    """A column: the role of its values and the headers that name it.

    `carry_down`: a value written once applies to the rows below it until the next value. `in_form`: whether
    the empty workbook includes it even if the profile fixes its value.
    """

    role: Role
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    carry_down: bool = False
    in_form: bool = True


class SheetSpec(NamedTuple):
    """A sheet: its name, other spellings that similarity does not find, and its columns.

    Attributes:
        key: short name, a-z and hyphens.
        title: its name.
        columns: its columns.
        aliases: other names of it.
        borrowed: names of another profile's sheet: they match when this profile is chosen, but do not choose
            it.
        required: whether it must be present; an optional sheet may be absent, empty or hold remarks alone.
    """

    key: str
    title: str
    columns: tuple[ColumnSpec, ...]
    aliases: tuple[str, ...] = ()
    borrowed: tuple[str, ...] = ()
    required: bool = True

    def __hash__(self) -> int:
        """Return the same for equal sheets, quickly, as a profile does."""
        return hash(self.key)

    def column(self, role: str) -> ColumnSpec | None:
        """Return the column with this role, or None."""
        return next((column for column in self.columns if column.role == role), None)


class FixedSpec(NamedTuple):
    """A value that never varies: in one environment, or in all ('*').

    `name` is the party's name as TAK and the form show it.
    """

    role: Role
    value: str
    environment: str = "*"
    name: str = ""


class FlowContract(NamedTuple):
    """A contract of a flow: `CreateDraftCertificate v3`, and whether each workbook must order it."""

    title: str
    required: bool = True


class FlowSpec(NamedTuple):
    """One direction of traffic and the resulting kind of order.

    Attributes:
        key: short name, a-z and hyphens; not used in file names.
        title: e.g. Webcert -> Vårdsystem.
        order: whether the form "Administrera tjänstekonsument" or "... tjänsteproducent" is used.
        sheets: the sheets with its rows. With several sheets every combination of their rows is ordered.
        contracts: the contracts that may be ordered.
        fixed: values that do not vary.
        addressees_from: the flow that supplies the addressees when this sheet has none.
        standing_authorization: whether the consumers are authorized for every addressee already, so that
            routes are ordered alone when the workbook names no consumer.
        description: a Swedish sentence: who calls whom and why.
    """

    key: _Key
    title: str
    order: Literal["consumer", "producer"]
    sheets: Annotated[tuple[str, ...], Limits(min_length=1)]
    contracts: Annotated[tuple[FlowContract, ...], Limits(min_length=1)]
    fixed: tuple[FixedSpec, ...] = ()
    addressees_from: str = ""
    standing_authorization: bool = False
    description: str = ""

    def fixed_in(self, environment: str) -> tuple[FixedSpec, ...]:
        """Return the fixed values of an environment; '' is an unknown one."""
        return tuple(spec for spec in self.fixed if spec.environment in (environment, "*"))

    def fixed_value(self, role: str, environment: str) -> FixedSpec | None:
        """Return the fixed value of a role in an environment, or None when the workbook decides."""
        return next((spec for spec in self.fixed_in(environment) if spec.role == role), None)


class HeaderSpec(NamedTuple):
    """Headers of columns outside the order's parts, with their meaning: a condition on the row, or none.

    `neutral` is a column that is no part of an order, `action` one that says what is done with the unit.
    """

    role: HeaderRole
    names: Annotated[tuple[str, ...], Limits(min_length=1)]


class SameAddressees(NamedTuple):
    """Flows that must have the same addressees, and the consequence otherwise (a Swedish sentence)."""

    flows: Annotated[tuple[str, ...], Limits(min_length=2)]
    why: str


class ProfileError(ValueError):
    """A profile that cannot be used; the Swedish message names the file and the reason."""


class Profile(NamedTuple):
    """A service whose workbook can be read and ordered.

    Attributes:
        key: the value of --profil.
        title: the service's name.
        description: a Swedish sentence about it.
        file_name: pattern of the workbook's name, with {miljo} and {region}.
        domain: service domain of the contracts.
        domain_title: the domain's name in the order form.
        mail_to: customer service's address for bulk loads.
        other_contracts: names of the domain's contracts that are not ordered here.
        rivta_profile: RIV-TA profile when the workbook states none.
        bulk_from: number of addressees from which the order announces a bulk load.
        headers: further headers of its workbooks, in addition to those common to all services.
        standard: whether it is the default when no profile is named.
    """

    key: _Key
    title: str
    description: str
    file_name: str
    domain: str
    domain_title: str
    mail_to: str
    environments: tuple[EnvironmentSpec, ...]
    contracts: tuple[ContractSpec, ...]
    sheets: tuple[SheetSpec, ...]
    flows: tuple[FlowSpec, ...]
    same_addressees: tuple[SameAddressees, ...] = ()
    other_contracts: tuple[str, ...] = ()
    rivta_profile: str = "RIVTABP21"
    bulk_from: _Positive = 20
    headers: tuple[HeaderSpec, ...] = ()
    standard: bool = False

    def __hash__(self) -> int:
        """Return the same for equal profiles, quickly: functions remember their answers by profile."""
        return hash(self.key)

    def sheet(self, key: str) -> SheetSpec:
        """Return the sheet with this key."""
        return next(sheet for sheet in self.sheets if sheet.key == key)

    def contract(self, title: str) -> ContractSpec:
        """Return the contract with this title, e.g. CreateDraftCertificate v3."""
        return next(contract for contract in self.contracts if contract.title == title)

    def flow_contracts(self, flow: FlowSpec) -> tuple[ContractSpec, ...]:
        """Return the contracts that may be ordered in a flow."""
        return tuple(self.contract(contract.title) for contract in flow.contracts)

    def environment(self, text: str) -> EnvironmentSpec | None:
        """Return the environment with this key or alias, or None; a text with a question mark names none.

        A second name in brackets must be the same environment's: 'PROD (produktion)'.
        """
        return (_known_environment if len(text) <= _LONGEST_NAME else _environment)(self, text)


def _environment(profile: Profile, text: str) -> EnvironmentSpec | None:
    return environment_named(profile.environments, text)


#: The same few texts are asked about again and again.
_known_environment: Final = lru_cache(maxsize=1024)(_environment)
_LONGEST_NAME: Final = 200
