"""Service contracts: which of the profile's contracts a text means, and what is wrong with it."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from underlag.checks.survey import Survey
from underlag.findings import Finding, finding
from underlag.model import Field, Flow
from underlag.profiles.model import ContractSpec, FlowSpec, Profile
from underlag.values import Refusal
from underlag.values.cleaning import visible
from underlag.values.contract import ContractName, parse_contract

Fault = Literal["", "missing", "unknown", "misspelt", "version", "no_version", "other_flow", "several"]

#: From this likeness on a name is a misspelling beyond doubt, if its version is right.
_BEYOND_DOUBT: Final = 0.92
#: From this likeness on a contract is worth naming as the one that may be meant.
_WORTH_NAMING: Final = 0.5
#: What stands between two contracts of one cell.
_BETWEEN: Final = re.compile(r"\s*(?:[+&/;,\n]|\b(?:och|samt|and)\b)\s*", re.IGNORECASE)
#: After so many unknown texts the column holds something else, and looking for likenesses is time lost.
_MOST_UNKNOWN: Final = 300


class Verdict(NamedTuple):
    """What a text means.

    Attributes:
        spec: the contract to order, None when there is none.
        fault: what is wrong or worth telling, '' when nothing is.
        nearest: the contract that is meant or may be meant.
        several: the contracts that one text names.
    """

    spec: ContractSpec | None
    fault: Fault = ""
    nearest: ContractSpec | None = None
    several: tuple[ContractSpec, ...] = ()

    @property
    def named(self) -> tuple[ContractSpec, ...]:
        """The contracts that the text names, be it wrongly."""
        return self.several or tuple(spec for spec in (self.spec, self.nearest) if spec)


@dataclass(slots=True)
class ContractTable:
    """The contracts of a profile, as one flow may order them. A text is judged once."""

    profile: Profile
    flow: FlowSpec
    _own: tuple[ContractSpec, ...] = field(init=False)
    _by_name: dict[str, list[ContractSpec]] = field(init=False)
    _verdicts: dict[str, Verdict] = field(init=False, default_factory=dict)
    _unknown: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._own = self.profile.flow_contracts(self.flow)
        self._by_name = {}
        for spec in self.profile.contracts:
            self._by_name.setdefault(_folded(spec.name), []).append(spec)

    def judge(self, text: str) -> Verdict:
        """Return what a text means in this flow."""
        verdict = self._verdicts.get(text)
        if verdict is None:
            verdict = self._verdicts[text] = self._judge(text)
        return verdict

    def _judge(self, text: str) -> Verdict:
        if not text:
            return Verdict(self._implied(), "missing")
        if several := self._several(text):
            return Verdict(None, "several", several=several)
        parsed = parse_contract(text)
        if isinstance(parsed, Refusal):
            return Verdict(None, "unknown", self._nearest(text))
        same_name = self._by_name.get(_folded(parsed.name))
        if same_name:
            return self._of_version(parsed, same_name)
        meant = self._misspelt(parsed)
        if meant is not None and not parsed.namespace:
            return (
                Verdict(meant, "misspelt", meant)
                if meant in self._own
                else Verdict(None, "other_flow", meant)
            )
        return Verdict(None, "unknown", self._nearest(parsed.name))

    def _several(self, text: str) -> tuple[ContractSpec, ...]:
        """Return the contracts of a text that names more than one and nothing else."""
        found: dict[str, ContractSpec] = {}
        pieces = _BETWEEN.split(text)
        for piece in pieces if len(pieces) > 1 else ():
            parsed = parse_contract(piece)
            known = None if isinstance(parsed, Refusal) else self._by_name.get(_folded(parsed.name))
            if not known:
                return ()
            found[known[-1].title] = known[-1]
        return tuple(found.values()) if len(found) > 1 else ()

    def _implied(self) -> ContractSpec | None:
        """Return the only contract that an unstated one can be."""
        required = [contract.title for contract in self.flow.contracts if contract.required]
        if len(self._own) == 1:
            return self._own[0]
        return self.profile.contract(required[0]) if len(required) == 1 else None

    def _of_version(self, parsed: ContractName, same_name: list[ContractSpec]) -> Verdict:
        own = [spec for spec in same_name if spec in self._own]
        if parsed.major is None:
            if len(own) == 1:
                return Verdict(own[0], "no_version", own[0])
            return Verdict(None, "version" if own else "other_flow", (own or same_name)[-1])
        stated = next((spec for spec in same_name if spec.major == parsed.major), None)
        if stated is None:
            return Verdict(None, "version" if own else "other_flow", (own or same_name)[-1])
        if parsed.namespace and parsed.namespace.casefold() != stated.namespace.casefold():
            return Verdict(None, "unknown", stated if stated in self._own else None)
        if stated in self._own:
            return Verdict(stated)
        return Verdict(None, "version" if own else "other_flow", own[-1] if own else stated)

    def _misspelt(self, parsed: ContractName) -> ContractSpec | None:
        """Return the one contract that a name misspells beyond doubt, its version right or unstated."""
        name = _folded(parsed.name)
        found: list[ContractSpec] = []
        self._unknown += 1
        for spec in self.profile.contracts:
            if parsed.major not in {None, spec.major}:
                continue
            known = name in map(_folded, spec.misspellings)
            if known or (
                self._unknown <= _MOST_UNKNOWN and _likeness(name, _folded(spec.name)) >= _BEYOND_DOUBT
            ):
                found.append(spec)
        return found[0] if len(found) == 1 else None

    def _nearest(self, text: str) -> ContractSpec | None:
        """Return the contract of this flow that is most like a text; None if none is like it."""
        if self._unknown > _MOST_UNKNOWN:
            return None
        name = _folded(text)
        ranked = sorted(
            ((_likeness(name, _folded(spec.name)), -at) for at, spec in enumerate(self._own)), reverse=True
        )
        likeness, at = ranked[0]
        return self._own[-at] if likeness >= _WORTH_NAMING else None


_tables: dict[tuple[int, str], ContractTable] = {}


def contract_table(profile: Profile, flow: FlowSpec) -> ContractTable:
    """Return the table for a flow of a profile; always the same one, so that texts are judged once."""
    key = id(profile), flow.key
    table = _tables.get(key)
    # A table keeps its profile alive, so that no other can come to have its id.
    if table is None or table.flow != flow:
        table = _tables[key] = ContractTable(profile, flow)
    return table


def resolve_contract(profile: Profile, flow: FlowSpec, text: str) -> ContractSpec | None:
    """Return the contract that a text of a flow means, as the checks understood it.

    Args:
        profile: the connection profile.
        flow: the direction of traffic in whose sheet the text stands.
        text: what the workbook states: any usual writing, a misspelling beyond doubt, a name without version.
            Empty means the flow's only contract, or the only required one.

    Returns:
        The contract, or None where the checks have an error about the text.
    """
    return contract_table(profile, flow).judge(text).spec


def check_contracts(survey: Survey) -> Iterator[Finding]:
    """Judge every stated contract."""
    for flow in survey.flows:
        table = contract_table(survey.profile, flow.spec)
        cells = survey.cells(flow, "contract")
        stated = [value for value in cells if value.text]
        for value in stated:
            verdict = table.judge(value.text)
            if verdict.fault:
                yield _told(survey, flow, value, verdict)
        # Reading fills in the contract where a flow has one that must be ordered.
        if empty := [value for value in cells if not value.text]:
            # Filling in the first of them fills them all.
            related = tuple(value.position for value in empty[1:])
            yield finding("KTR001", empty[0], tillatna=_allowed(survey, flow), related=related)


def _told(survey: Survey, flow: Flow, value: Field, verdict: Verdict) -> Finding:
    codes = {
        "unknown": "KTR002",
        "misspelt": "KTR003",
        "version": "KTR004",
        "other_flow": "KTR005",
        "no_version": "KTR007",
        "several": "KTR010",
    }
    nearest = verdict.nearest
    allowed = _allowed(survey, flow)
    advice = None
    if verdict.fault == "unknown" and nearest is not None:
        advice = f"Menades {nearest.title}? Skriv det i så fall i cellen. Fliken kan gälla: {allowed}."
    return finding(
        codes[verdict.fault],
        value,
        suggestion=advice,
        varde=visible(value.text),
        kontrakt=_meant(survey, flow, verdict),
        profil=survey.profile.title,
        tillatna=allowed,
        annan_flik=_home(survey, nearest) if nearest else "",
    )


def _meant(survey: Survey, flow: Flow, verdict: Verdict) -> str:
    """Name the contracts that a verdict is about: of a wrong version, every right one."""
    nearest = verdict.nearest
    if nearest is None:
        return " och ".join(spec.title for spec in verdict.several)
    if verdict.fault != "version":
        return nearest.title
    own = survey.profile.flow_contracts(flow.spec)
    return " eller ".join(spec.title for spec in own if spec.name == nearest.name)


def _allowed(survey: Survey, flow: Flow) -> str:
    return " eller ".join(spec.title for spec in survey.profile.flow_contracts(flow.spec))


def _home(survey: Survey, spec: ContractSpec) -> str:
    """Name the sheet where a contract belongs."""
    homes = [flow.title for flow in survey.profile.flows if spec.title in {c.title for c in flow.contracts}]
    return f"fliken {homes[0]}" if homes else "ingen av profilens flikar"


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _likeness(left: str, right: str) -> float:
    return difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()
