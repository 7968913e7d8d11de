"""Rows of a removal that stay: a system's own authorization is not its units'.

Source: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91: a consumer's order gives a system its
authorization to call a service, whatever units use it. Units that leave do not take it with them.

Findings: BST021.
"""

from dataclasses import dataclass, field, replace

from underlag.checked import LeftOut
from underlag.findings import Finding, finding
from underlag.profiles.contract_table import resolve_contract
from underlag.text.lists import listed
from underlag.workbook import Entry, Flow, Underlag, text_of


@dataclass(slots=True)
class KeptAuthorizations:
    """What a removal leaves alone.

    Attributes:
        underlag: the Underlag without it, for the checks to judge.
        findings: what tells of it.
        rows: the rows, with that finding as the reason why they are not ordered.
    """

    underlag: Underlag
    findings: list[Finding] = field(default_factory=list)
    rows: list[LeftOut] = field(default_factory=list)


def keep_authorizations(underlag: Underlag, *, removes: bool) -> KeptAuthorizations:
    """Set aside the rows of consumers' flows that do not say themselves what is to be done.

    Args:
        underlag: what was read; it is not changed.
        removes: whether the workbook removes where a row does not say.
    """
    kept = KeptAuthorizations(underlag)
    if not removes:
        return kept
    flows = []
    for flow in underlag.flows:
        stated = [entry for entry in flow.entries if _says(entry)]
        if flow.spec.order != "consumer" or (stated and len(stated) == len(flow.entries)):
            flows.append(flow)
            continue
        left = [entry for entry in flow.entries if not _says(entry)]
        found = finding(
            "BST021",
            sheet=flow.sheet,
            annan_flik=flow.sheet or flow.spec.title,
            kontrakt=listed(_contracts(underlag, flow, left)),
        )
        kept.findings.append(found)
        kept.rows += [LeftOut(flow.spec.key, entry, [found]) for entry in left]
        flows.append(replace(flow, entries=stated))
    kept.underlag = replace(underlag, flows=flows)
    return kept


def _contracts(underlag: Underlag, flow: Flow, entries: list[Entry]) -> list[str]:
    """Return the contracts that rows state, in the profile's order; the flow's where no row states one."""
    if underlag.profile is None:
        return []
    texts = {text_of(entry.contract) for entry in entries}
    known = (resolve_contract(underlag.profile, flow.spec, text) for text in texts)
    stated = {contract.title for contract in known if contract}
    named = [contract.title for contract in flow.spec.contracts if contract.title in stated]
    return named or [contract.title for contract in flow.spec.contracts]


def _says(entry: Entry) -> bool:
    return entry.action is not None and bool(entry.action.text)
