"""Service contracts: stated, known, and of the right sheet and version.

Findings: KTR001, KTR002, KTR003, KTR004, KTR005, KTR007, KTR010, KTR011, KTR014.
"""

from collections.abc import Iterator
from typing import Final

from underlag.characters.cleaning import visible
from underlag.checks.rules.context import CheckContext
from underlag.findings import Finding, finding
from underlag.profiles.contract_table import ContractMatch, ContractTable, contract_table
from underlag.profiles.profile import ContractSpec
from underlag.values.contract import remark_beside
from underlag.workbook import Field, Flow

#: Faults of a text that is matched nevertheless: reported once, not in each cell.
_READ_ALL_THE_SAME: Final = ("misspelt", "no_version")


def check_contracts(context: CheckContext) -> Iterator[Finding]:
    """Judge every stated contract."""
    for flow in context.flows:
        table = contract_table(context.profile, flow.spec)
        cells = context.cells(flow, "contract")
        matches = {text: table.match(text) for text in cells.unique_texts() if text}
        faulty = {text for text, match in matches.items() if match.fault}
        for text, values in (cells.by_text(faulty) if faulty else {}).items():
            match = matches[text]
            if remark := _remark(table, text, match):
                yield from (_with_remark(value, *remark) for value in values)
            elif match.fault in _READ_ALL_THE_SAME:
                yield _finding(context, flow, values, match)
            else:
                yield from (_finding(context, flow, [value], match) for value in values)
        # When a flow has a single required contract, reading fills it in.
        if empty := list(cells.with_text({""})):
            # Filling in the first of them fills them all.
            related = tuple(value.position for value in empty[1:])
            yield finding("KTR001", empty[0], tillatna=_allowed(context, flow), related=related)


def _remark(table: ContractTable, text: str, match: ContractMatch) -> tuple[str, str] | None:
    """Return the contract's title and the words beside it in a text that is not a contract alone."""
    if match.fault not in {"unknown", "misspelt"}:
        return None
    stated, rest = remark_beside(text)
    spec = table.match(stated).spec if rest else None
    return (spec.title, rest) if spec else None


def _with_remark(value: Field, contract: str, remark: str) -> Finding:
    return finding("KTR014", value, varde=visible(value.text), tecken=visible(remark), kontrakt=contract)


def _finding(context: CheckContext, flow: Flow, values: list[Field], match: ContractMatch) -> Finding:
    """Make the finding about a text, at the first of its cells."""
    value, *others = values
    codes = {
        "unknown": "KTR002",
        "misspelt": "KTR003",
        "version": "KTR004",
        "other_flow": "KTR005",
        "no_version": "KTR007",
        "several": "KTR010",
        "not_ordered": "KTR011",
    }
    nearest = match.nearest
    allowed = _allowed(context, flow)
    advice = None
    if match.fault == "unknown" and nearest is not None:
        advice = f"Menades {nearest.title}? Skriv det i så fall i cellen. Fliken kan gälla: {allowed}."
    return finding(
        codes[match.fault],
        value,
        suggestion=advice,
        correction=_correction(context, flow, match),
        related=tuple(other.position for other in others),
        varde=visible(value.text),
        antal=f" ({len(values)} celler)" if others else "",
        kontrakt=_meant(context, flow, match),
        profil=context.profile.title,
        tillatna=allowed,
        annan_flik=_home(context, nearest) if nearest else "",
        som=_known_as(value.text, match.not_ordered),
    )


def _known_as(text: str, name: str) -> str:
    """Return how a text relates to a contract that is not ordered: it is the name, or resembles it."""
    return "finns" if name.casefold() in text.casefold() else f"liknar {name}, som finns"


def _correction(context: CheckContext, flow: Flow, match: ContractMatch) -> str:
    """Return the one contract of the sheet that a text means or must mean, '' when there is none."""
    if match.fault not in {"unknown", "misspelt", "version"} or match.nearest is None:
        return ""
    of_sheet = {spec.title for spec in context.profile.flow_contracts(flow.spec)}
    meant = _meant(context, flow, match)
    return meant if meant in of_sheet else ""


def _meant(context: CheckContext, flow: Flow, match: ContractMatch) -> str:
    """Name the contracts of a match; for a wrong version, every right one."""
    nearest = match.nearest
    if nearest is None:
        return " och ".join(spec.title for spec in match.several)
    if match.fault != "version":
        return nearest.title
    own = context.profile.flow_contracts(flow.spec)
    return " eller ".join(spec.title for spec in own if spec.name == nearest.name)


def _allowed(context: CheckContext, flow: Flow) -> str:
    return " eller ".join(spec.title for spec in context.profile.flow_contracts(flow.spec))


def _home(context: CheckContext, spec: ContractSpec) -> str:
    """Name the sheet where a contract belongs."""
    homes = [flow.title for flow in context.profile.flows if spec.title in {c.title for c in flow.contracts}]
    return f"fliken {homes[0]}" if homes else "ingen av profilens flikar"
