"""Rows that a removal keeps: a system's own authorization does not belong to its units.

Source: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91: a consumer's order authorizes a system to
call a service, for whatever units. Units that leave do not take the authorization with them.

Findings: BST021.
"""

from dataclasses import replace

from underlag.checked import LeftOut
from underlag.findings import Finding, finding
from underlag.profiles.contract_table import resolve_contract
from underlag.text.lists import listed
from underlag.workbook import Entries, Flow, Underlag


class KeptAuthorizations:
    """The result of keeping authorizations.

    Attributes:
        underlag: the Underlag without those rows, for the checks.
        findings: the findings that report them.
        rows: the rows, with that finding as the reason why they are not ordered.
    """

    def __init__(self, underlag: Underlag) -> None:
        self.underlag = underlag
        self.findings: list[Finding] = []
        self.rows: list[LeftOut] = []


def keep_authorizations(underlag: Underlag, *, removes: bool) -> KeptAuthorizations:
    """Set aside the rows of consumers' flows that state no action of their own.

    Args:
        underlag: the Underlag; it is not changed.
        removes: whether a row without an action is a removal.
    """
    kept = KeptAuthorizations(underlag)
    if not removes:
        return kept
    flows = []
    for flow in underlag.flows:
        actions = flow.entries.texts("action")
        if flow.spec.order != "consumer" or (actions and all(actions)):
            flows.append(flow)
            continue
        left = flow.entries.where(not action for action in actions)
        found = finding(
            "BST021",
            sheet=flow.sheet,
            annan_flik=flow.sheet or flow.spec.title,
            kontrakt=listed(_contracts(underlag, flow, left)),
        )
        kept.findings.append(found)
        kept.rows += [LeftOut(flow.spec.key, entry, [found]) for entry in left]
        flows.append(replace(flow, entries=flow.entries.where(actions)))
    kept.underlag = replace(underlag, flows=flows)
    return kept


def _contracts(underlag: Underlag, flow: Flow, entries: Entries) -> list[str]:
    """Return the contracts that rows state, in the profile's order; the flow's when no row states one."""
    if underlag.profile is None:
        return []
    texts = set(entries.texts("contract"))
    known = (resolve_contract(underlag.profile, flow.spec, text) for text in texts)
    stated = {contract.title for contract in known if contract}
    named = [contract.title for contract in flow.spec.contracts if contract.title in stated]
    return named or [contract.title for contract in flow.spec.contracts]
