"""Required contracts: in each sheet, for each of its systems, and after faulty rows are skipped.

Findings: KTR006, KTR008, KTR009.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from underlag.checked import LeftOut
from underlag.checks.rules.context import ROLE_NAMES, CheckContext
from underlag.findings import Finding, finding
from underlag.profiles.contract_table import ContractTable, contract_table
from underlag.workbook import Entries, Entry, Field, Flow, text_of


@dataclass(slots=True, eq=False, repr=False)
class _System:
    """A component of a flow: the cells of its HSA-ID, and the titles of the contracts in its rows."""

    cells: dict[Field, None] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)


def check_required(context: CheckContext) -> Iterator[Finding]:
    """Find required contracts that a sheet, or one of its systems, does not name, not even misspelt."""
    for flow in context.flows:
        required = [contract.title for contract in flow.spec.contracts if contract.required]
        cells = context.cells(flow, "contract")
        stated = list(filter(None, cells.unique_texts()))
        table = contract_table(context.profile, flow.spec)
        matches = list(map(table.match, stated))
        if any(match.fault == "unknown" and match.nearest is None for match in matches):
            continue  # these texts have to be corrected first
        # When every row names all required contracts, none can be missing.
        named = [{spec.title for spec in match.named} for match in matches]
        if not stated or all(titles.issuperset(required) for titles in named):
            continue
        systems = _systems(context, flow, table)
        everywhere = set().union(*(system.titles for system in systems.values()))
        for title in required if systems else ():
            if title not in everywhere:
                yield finding("KTR006", sheet=next(cells.with_text(stated)).sheet, kontrakt=title)
                continue
            yield from _systems_without(context, flow, systems, title)


def _systems(context: CheckContext, flow: Flow, table: ContractTable) -> dict[str, _System]:
    """Return the systems of a flow by their HSA-IDs; one that is only removed needs no contract."""
    found: dict[str, _System] = {}
    for entry, request in context.distinct_rows(flow):
        if request.action == "remove":
            continue
        component = _component(entry, flow)
        text = text_of(component)
        system = found.setdefault(context.corrections.get(text, text), _System())
        if component is not None:
            system.cells[component] = None
        if entry.contract is not None:
            system.titles.update(spec.title for spec in table.match(entry.contract.text).named)
            if entry.contract.position in context.underlag.unreadable:
                system.titles.update(contract.title for contract in flow.spec.contracts)
    return found


def _systems_without(
    context: CheckContext, flow: Flow, systems: dict[str, _System], title: str
) -> Iterator[Finding]:
    """Yield a finding on each system whose rows do not name a required contract."""
    if any(not text or text in context.unidentified for text in systems):
        return  # faulty ids have to be corrected first
    for text, system in systems.items():
        cells = [value for value in system.cells if value.column]
        if title not in system.titles and cells:
            related = tuple(value.position for value in cells[1:])
            yield finding(
                "KTR009",
                cells[0],
                varde=text,
                roll=ROLE_NAMES[flow.spec.order].capitalize(),
                kontrakt=title,
                related=related,
            )


def check_lost_contracts(
    context: CheckContext, ordered: Mapping[str, Entries], left_out: Iterable[LeftOut]
) -> Iterator[Finding]:
    """Report the contracts of which a sheet, or a system, orders nothing because their rows are left out.

    Args:
        context: the Underlag.
        ordered: the ordered entries, by key of flow.
        left_out: the rows that are left out.
    """
    gone = list(left_out)
    for flow in context.flows:
        kept = ordered[flow.spec.key]
        if not kept:
            titles = " och ".join(contract.title for contract in flow.spec.contracts)
            yield finding("KTR008", sheet=flow.sheet, kontrakt=titles, system="")
            continue
        here = _stated_contracts(context, flow, kept)
        systems, titles_here = {system for system, _ in here}, {title for _, title in here}
        lost = (
            _stated_contracts(context, flow, (row.entry for row in gone if row.flow == flow.spec.key)) - here
        )
        for title in sorted({title for _, title in lost} - titles_here):
            yield finding("KTR008", sheet=flow.sheet, kontrakt=title, system="")
        for system, title in sorted(lost):
            if title in titles_here and system in systems:
                named = f" med {ROLE_NAMES[flow.spec.order]} {system}"
                yield finding("KTR008", sheet=flow.sheet, kontrakt=title, system=named)


def _stated_contracts(context: CheckContext, flow: Flow, entries: Iterable[Entry]) -> set[tuple[str, str]]:
    """Return each system with the title of each contract that its rows name, even misspelt."""
    table = contract_table(context.profile, flow.spec)
    own = {contract.title for contract in flow.spec.contracts}
    texts = {
        (text_of(_component(entry, flow)), entry.contract.text)
        for entry in entries
        if entry.contract is not None
    }
    return {
        (system, spec.title)
        for system, text in texts
        for spec in table.match(text).named
        if spec.title in own
    }


def _component(entry: Entry, flow: Flow) -> Field | None:
    """Return the system that orders an entry of the flow."""
    return entry.consumer if flow.spec.order == "consumer" else entry.producer
