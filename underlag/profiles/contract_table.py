"""Matches contract texts against a profile's contracts."""

import re
from typing import Final, Literal, NamedTuple

from underlag.characters.likeness import BEYOND_DOUBT, SUGGESTED_CONTRACT, alphanumeric, similarity
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.profile import ContractSpec, FlowSpec, Profile
from underlag.values.contract import ContractName, parse_contract
from underlag.values.refusal import Refusal

Fault = Literal[
    "", "missing", "unknown", "misspelt", "version", "no_version", "other_flow", "not_ordered", "several"
]

#: Separators between contracts in one cell.
_BETWEEN: Final = LazyPattern(r"\s*(?:[+&/;,\n]|\b(?:och|samt|and)\b)\s*", re.IGNORECASE)
#: Stop suggesting near matches after this many unknown texts; the column holds something else.
_MOST_UNKNOWN: Final = 300


class ContractMatch(NamedTuple):
    """The meaning of a contract text.

    Attributes:
        spec: the contract to order; None when the text names none.
        fault: why a finding is due; '' for a right text.
        nearest: the contract that the text means or may mean.
        several: the contracts of a text that names more than one.
        not_ordered: the contract of the domain that the text means, which this profile never orders.
    """

    spec: ContractSpec | None
    fault: Fault = ""
    nearest: ContractSpec | None = None
    several: tuple[ContractSpec, ...] = ()
    not_ordered: str = ""

    @property
    def named(self) -> tuple[ContractSpec, ...]:
        """The contracts that the text names, even misspelt."""
        return self.several or tuple(spec for spec in (self.spec, self.nearest) if spec)


class ContractTable:
    """Matches texts for one flow of a profile. Each text is matched once."""

    def __init__(self, profile: Profile, flow: FlowSpec) -> None:
        self.profile = profile
        self.flow = flow
        self._own = profile.flow_contracts(flow)
        # Most texts are the contract's title to the letter, and need no parsing.
        self._matches = {spec.title: ContractMatch(spec) for spec in self._own}
        self._unknown = 0
        self._by_name: dict[str, list[ContractSpec]] = {}
        for spec in profile.contracts:
            self._by_name.setdefault(alphanumeric(spec.name), []).append(spec)

    def match(self, text: str) -> ContractMatch:
        """Return the meaning of a text in this flow."""
        match = self._matches.get(text)
        if match is None:
            match = self._matches[text] = self._match(text)
        return match

    def _match(self, text: str) -> ContractMatch:
        """Match a text that is not cached yet."""
        if not text:
            return ContractMatch(self._implied(), "missing")
        if several := self._several(text):
            return ContractMatch(None, "several", several=several)
        parsed = parse_contract(text)
        if isinstance(parsed, Refusal):
            return ContractMatch(None, "unknown", self._nearest(text))
        same_name = self._by_name.get(alphanumeric(parsed.name))
        if same_name:
            return self._of_version(parsed, same_name)
        return self._of_other_name(parsed)

    def _of_other_name(self, parsed: ContractName) -> ContractMatch:
        """Match a name that is no contract's of the profile: not ordered here, misspelt or unknown."""
        if (other := self._not_ordered(parsed.name)) and alphanumeric(other) == alphanumeric(parsed.name):
            return ContractMatch(None, "not_ordered", not_ordered=other)
        meant = self._misspelt(parsed)
        if meant is not None and not parsed.namespace:
            return (
                ContractMatch(meant, "misspelt", meant)
                if meant in self._own
                else ContractMatch(None, "other_flow", meant)
            )
        if other:
            return ContractMatch(None, "not_ordered", not_ordered=other)
        return ContractMatch(None, "unknown", self._nearest(parsed.name))

    def _not_ordered(self, name: str) -> str:
        """Return the contract of the domain that a name is, or misspells beyond doubt, '' for none."""
        if self._unknown > _MOST_UNKNOWN:
            return ""
        folded = alphanumeric(name)
        ranked = [
            (similarity(folded, alphanumeric(other), at_least=BEYOND_DOUBT), other)
            for other in self.profile.other_contracts
        ]
        found, other = max(ranked, default=(0.0, ""))
        return other if found else ""

    def _several(self, text: str) -> tuple[ContractSpec, ...]:
        """Return the contracts of a text that lists several and nothing else."""
        found: dict[str, ContractSpec] = {}
        pieces = _BETWEEN.split(text)
        for piece in pieces if len(pieces) > 1 else ():
            parsed = parse_contract(piece)
            known = None if isinstance(parsed, Refusal) else self._by_name.get(alphanumeric(parsed.name))
            if not known:
                return ()
            found[known[-1].title] = known[-1]
        return tuple(found.values()) if len(found) > 1 else ()

    def _implied(self) -> ContractSpec | None:
        """Return the contract that an empty cell means: the only one, or the only required one."""
        required = [contract.title for contract in self.flow.contracts if contract.required]
        if len(self._own) == 1:
            return self._own[0]
        return self.profile.contract(required[0]) if len(required) == 1 else None

    def _of_version(self, parsed: ContractName, same_name: list[ContractSpec]) -> ContractMatch:
        """Match a known name by version and namespace."""
        own = [spec for spec in same_name if spec in self._own]
        if parsed.major is None:
            if len(own) == 1:
                return ContractMatch(own[0], "no_version", own[0])
            return ContractMatch(None, "version" if own else "other_flow", (own or same_name)[-1])
        stated = next((spec for spec in same_name if spec.major == parsed.major), None)
        if stated is None:
            return ContractMatch(None, "version" if own else "other_flow", (own or same_name)[-1])
        if parsed.namespace and parsed.namespace.casefold() != stated.namespace.casefold():
            return ContractMatch(None, "unknown", stated if stated in self._own else None)
        if stated in self._own:
            return ContractMatch(stated)
        return ContractMatch(None, "version" if own else "other_flow", own[-1] if own else stated)

    def _misspelt(self, parsed: ContractName) -> ContractSpec | None:
        """Return the only contract that a name unambiguously misspells; its version is right or absent."""
        name = alphanumeric(parsed.name)
        found: list[ContractSpec] = []
        self._unknown += 1
        for spec in self.profile.contracts:
            if parsed.major not in {None, spec.major}:
                continue
            if name in map(alphanumeric, spec.misspellings) or (
                self._unknown <= _MOST_UNKNOWN
                and similarity(name, alphanumeric(spec.name), at_least=BEYOND_DOUBT)
            ):
                found.append(spec)
        return found[0] if len(found) == 1 else None

    def _nearest(self, text: str) -> ContractSpec | None:
        """Return the contract of this flow that resembles a text most; None if none does."""
        if self._unknown > _MOST_UNKNOWN:
            return None
        name = alphanumeric(text)
        found, at = max(
            (similarity(name, alphanumeric(spec.name), at_least=SUGGESTED_CONTRACT), -at)
            for at, spec in enumerate(self._own)
        )
        return self._own[-at] if found else None


_tables: dict[tuple[int, str], ContractTable] = {}


def contract_table(profile: Profile, flow: FlowSpec) -> ContractTable:
    """Return the table of a flow, cached so that each text is matched once."""
    key = id(profile), flow.key
    table = _tables.get(key)
    # A table keeps its profile alive, so its id is not reused.
    if table is None or table.flow != flow:
        table = _tables[key] = ContractTable(profile, flow)
    return table


def resolve_contract(profile: Profile, flow: FlowSpec, text: str) -> ContractSpec | None:
    """Return the contract that a text means.

    Args:
        profile: the connection profile.
        flow: the flow whose sheet holds the text.
        text: the cell's text: any usual spelling, a misspelling beyond doubt, a name without version. An
            empty text means the flow's only contract, or its only required one.

    Returns:
        The contract; None where `check_contracts` reports an error.
    """
    return contract_table(profile, flow).match(text).spec
