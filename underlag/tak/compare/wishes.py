"""What each row of a workbook asks of a TAK, worked out once for rows that say the same."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from underlag.orders.action import Action, parse_action, usual_action
from underlag.profiles.contract_table import resolve_contract
from underlag.profiles.profile import ContractSpec, FlowSpec, Profile
from underlag.tak.holdings.catalogue import contract_key, hsa_key
from underlag.values.calendar import parse_date
from underlag.values.rivta import resolve_rivta_profile
from underlag.workbook import Entry, Field

if TYPE_CHECKING:
    from underlag.checked import Checked


class Wish(NamedTuple):
    """What rows ask for beside their addressee.

    Ids are keys of a Catalogue. A consumer's order asks for an authorization, but for no route.
    """

    flow: FlowSpec
    contract: ContractSpec
    namespace: str
    action: Action
    asks_route: bool
    consumer: str
    producer: str
    url: str
    rivta_profile: str


def wishes(checked: "Checked", profile: Profile) -> Iterator[tuple[Entry, Wish]]:
    """Yield each entry that may be ordered, with what it asks for."""
    usual = usual_action(checked)
    for flow in profile.flows:
        known: dict[tuple[str, ...], Wish | None] = {}
        for entry in checked.entries.get(flow.key, ()):
            stated = (
                _text(entry.contract),
                _text(entry.action),
                _text(entry.consumer),
                _text(entry.producer),
                _text(entry.url),
                _text(entry.rivta_profile),
            )
            if stated not in known:
                known[stated] = _wish(profile, flow, usual, *stated)
            if (wish := known[stated]) is not None:
                yield entry, wish


def _wish(
    profile: Profile, flow: FlowSpec, usual: Action, contract: str, action: str, *texts: str
) -> Wish | None:
    spec = resolve_contract(profile, flow, contract)
    if spec is None:
        return None
    consumer, producer, url, rivta_profile = texts
    return Wish(
        flow=flow,
        contract=spec,
        namespace=contract_key(spec.namespace),
        action=parse_action(action) or usual,
        asks_route=flow.order == "producer",
        consumer=hsa_key(consumer),
        producer=hsa_key(producer),
        url=url,
        rivta_profile=resolve_rivta_profile(rivta_profile, url, profile.rivta_profile),
    )


def day_of_change(checked: "Checked") -> date:
    """Return the day on which the orders are to be carried out; today where nobody gave one."""
    stated = checked.underlag.details.date
    parsed = parse_date(stated.text) if stated else None
    return parsed if isinstance(parsed, date) else checked.options.now.date()


def _text(value: Field | None) -> str:
    return value.text if value else ""
