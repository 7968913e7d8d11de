"""The sheets with rows: headers, help, drop-down lists, and the values that never vary."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from underlag.form_workbook.content import Column, Need, Table
from underlag.profiles.environments import EnvironmentSpec
from underlag.profiles.profile import ColumnSpec, FlowSpec, Profile, SheetSpec
from underlag.reading.cells.split_rows import NAME_OF
from underlag.values.action import ADD, REMOVE
from underlag.values.hsa import EXAMPLE
from underlag.values.rivta import RIVTA_PROFILES

_WIDTHS: Final = {
    "contract": 33,
    "consumer": 22,
    "consumer_name": 26,
    "producer": 22,
    "producer_name": 26,
    "url": 42,
    "rivta_profile": 13,
    "addressee": 22,
    "addressee_name": 32,
    "action": 11,
}
_HSA_ID: Final = f"Skrivs SE, organisationsnummer, bindestreck och tecken, till exempel {EXAMPLE}."
_NAME: Final = "så som det heter i TAK. Är det nytt där: så som det står i HSA-katalogen."
_HELP: Final = {
    "contract": "Tjänstekontraktet med version. Välj i listan.",
    "consumer": f"HSA-ID för systemet som anropar. {_HSA_ID}",
    "consumer_name": f"Namnet på systemet som anropar, {_NAME}",
    "producer": f"HSA-ID för systemet som svarar. {_HSA_ID}",
    "producer_name": f"Namnet på systemet som svarar, {_NAME}",
    "url": "Hela adressen som tjänsteplattformen anropar: https://, värdnamn och sökväg, utan blanksteg.",
    "rivta_profile": "RIV-TA-profilen som adressen talar. Välj i listan.",
    "addressee": f"HSA-ID för den som anropen gäller, en per rad. {_HSA_ID}",
    "addressee_name": "Namnet som det står i HSA-katalogen, högst 255 tecken.",
    "action": "Lägg till eller Ta bort. Gäller bara den egna raden. Står ingenting läggs adressaten till.",
}
_CARRIED: Final = "Är det samma på alla rader räcker det att fylla i den första."

#: Roles that an order of the kind cannot do without, even if the profile does not call them required.
_ESSENTIAL: Final = {"consumer": ("consumer",), "producer": ("producer", "url", "consumer")}


def tables(profile: Profile, environment: EnvironmentSpec) -> tuple[Table, ...]:
    """Return the sheets of a profile, in its order."""
    planners = (_Planner(profile, sheet, environment) for sheet in profile.sheets)
    return tuple(replace(planner, sheet=planner.asked()).table() for planner in planners)


@dataclass(slots=True, frozen=True)
class _Planner:
    """Plans one sheet."""

    profile: Profile
    sheet: SheetSpec
    environment: EnvironmentSpec

    def asked(self) -> SheetSpec:
        """Return the sheet without optional columns whose values the profile fixes."""
        columns = tuple(c for c in self.sheet.columns if c.in_form or not self._is_known(c.role))
        return self.sheet._replace(columns=columns)

    def _is_known(self, role: str) -> bool:
        base = next((one for one, named in NAME_OF.items() if named == role), role)
        return base in {"contract", "rivta_profile"} or bool(self._fixed(base))

    def table(self) -> Table:
        """Return the planned sheet."""
        contracts = self._contracts_filled_in()
        given = self._given()
        filled_in = {*given, *(["contract"] if contracts else [])}
        columns = tuple(self._column(spec, filled_in) for spec in self.sheet.columns)
        return Table(
            name=self.sheet.title,
            title=f"{self.profile.title}: {self.sheet.title}",
            instructions=tuple(self._instructions(columns, contracts)),
            columns=columns,
            rows=self._rows(given, contracts),
        )

    @property
    def flows(self) -> list[FlowSpec]:
        """The flows that draw on this sheet."""
        return [flow for flow in self.profile.flows if self.sheet.key in flow.sheets]

    def _contracts(self, *, required_only: bool = False) -> list[str]:
        stated = [c for flow in self.flows for c in flow.contracts if c.required or not required_only]
        return list(dict.fromkeys(contract.title for contract in stated))

    def _contracts_filled_in(self) -> list[str]:
        """Return the contracts that get a row: those that must be ordered, or all if the user has a choice.

        When addressees are to be filled in, each row is an addressee: only a single contract can be
        prefilled.
        """
        if self.sheet.column("contract") is None:
            return []
        listed = self._contracts(required_only=True) or self._contracts()
        asks_addressees = self.sheet.column("addressee") and not self._fixed("addressee")
        return [] if asks_addressees and len(listed) > 1 else listed

    def _given(self) -> dict[str, str]:
        """Return the values by role that are the same on every row."""
        given: dict[str, str] = {
            spec.role: value for spec in self.sheet.columns if (value := self._fixed(spec.role))
        }
        for role, named in NAME_OF.items():
            if self.sheet.column(named) and (name := self._fixed(role, name=True)):
                given[named] = name
        if self.sheet.column("rivta_profile"):
            given.setdefault("rivta_profile", self.profile.rivta_profile)
        return given

    def _fixed(self, role: str, *, name: bool = False) -> str:
        """Return the value (or the party's name) that a role has in all flows of this sheet, '' if none."""
        fixed = [flow.fixed_value(role, self.environment.key) for flow in self.flows]
        values = {(one.name if name else one.value) if one else "" for one in fixed}
        return values.pop() if len(values) == 1 else ""

    def _rows(self, given: dict[str, str], contracts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """Return the prefilled rows: one for each contract, with the fixed values."""
        rows = []
        for at in range(max(len(contracts), 1)):
            row = [
                contracts[at]
                if spec.role == "contract" and contracts
                else given.get(spec.role, "") * (at == 0 or not spec.carry_down)
                for spec in self.sheet.columns
            ]
            rows.append(tuple(row))
        return tuple(row for row in rows if any(row))

    def _column(self, spec: ColumnSpec, filled_in: Collection[str]) -> Column:
        """Return a column with width, need, help and choices."""
        help_text = _HELP[spec.role]
        if spec.carry_down and spec.role != "action":
            help_text = f"{help_text} {_CARRIED}"
        return Column(
            title=spec.title,
            width=max(_WIDTHS[spec.role], len(spec.title) + 2),
            need=self._need(spec, filled_in),
            help=help_text,
            choices=self._choices(spec.role),
        )

    def _need(self, spec: ColumnSpec, filled_in: Collection[str]) -> Need:
        if spec.role in filled_in:
            return Need.GIVEN
        if spec.required or spec.role == "contract" or any(self._needs(spec, flow) for flow in self.flows):
            return Need.ASKED
        return Need.FREE

    @staticmethod
    def _needs(spec: ColumnSpec, flow: FlowSpec) -> bool:
        """Whether a flow needs values from an optional column: a value that another environment fixes."""
        return spec.role in _ESSENTIAL[flow.order] or (spec.role == "addressee" and not flow.addressees_from)

    def _choices(self, role: str) -> tuple[str, ...]:
        """Return the values to choose from in a column of a role."""
        match role:
            case "contract":
                return tuple(self._contracts())
            case "rivta_profile":
                return tuple(dict.fromkeys((self.profile.rivta_profile, *RIVTA_PROFILES)))
            case "action":
                return ADD, REMOVE
            case _:
                return ()

    def _instructions(self, columns: Sequence[Column], contracts: Sequence[str]) -> list[str]:
        """Return the Swedish instructions above the table."""
        texts = [" ".join(dict.fromkeys(flow.description for flow in self.flows if flow.description))]
        once = [
            column.title
            for column, spec in zip(columns, self.sheet.columns, strict=True)
            if spec.carry_down and column.need is Need.ASKED and spec.role != "contract"
        ]
        asks_addressees = self.sheet.column("addressee") and not self._fixed("addressee")
        if once and asks_addressees:
            texts.append(f"Är värdet detsamma på alla rader räcker det på den första: {', '.join(once)}.")
        texts += self._about_contracts(contracts)
        texts += self._about_addressees()
        return [text for text in texts if text]

    def _about_contracts(self, contracts: Sequence[str]) -> list[str]:
        """Return the instructions about contracts to add or remove."""
        if not contracts:
            return []
        others = [title for title in self._contracts() if title not in contracts]
        if others:
            return [f"Lägg till en rad för {' och '.join(others)} om det ska anslutas också."]
        if not self._contracts(required_only=True) and len(contracts) > 1:
            return ["Ta bort raderna för de kontrakt som inte ska anslutas."]
        return []

    def _about_addressees(self) -> list[str]:
        """Return the instruction about addressees that another sheet may supply."""
        column = self.sheet.column("addressee")
        same = [flow.addressees_from for flow in self.flows if flow.addressees_from]
        if column is None or not same:
            return []
        other = next(flow for flow in self.profile.flows if flow.key == same[0])
        name = self.profile.sheet(other.sheets[-1]).title
        return [f"Är adressaterna desamma som på fliken ”{name}” kan kolumnen {column.title} lämnas tom."]
