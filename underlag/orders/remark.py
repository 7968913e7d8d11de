"""Writes the text for "Övrig information", for the person who carries out the order.

Source: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91: the case number, which of the orders this
is, special circumstances, and for many care units that the Underlag follows by e-mail.
"""

from collections.abc import Sequence
from typing import Final

from underlag.orders.order import Address, Order, Party
from underlag.profiles.profile import Profile
from underlag.text.lists import listed
from underlag.workbook import text_of

#: Placeholder for a missing case number.
GAP: Final = "[FYLL I ÄRENDENUMMER]"

#: Maximum addressees named in the text; a larger number is stated as a count.
_NAMED: Final = 3

_ORDINALS: Final = (
    "första", "andra", "tredje", "fjärde", "femte", "sjätte",
    "sjunde", "åttonde", "nionde", "tionde", "elfte", "tolfte",
)  # fmt: skip
_CARDINALS: Final = (
    "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip


def remark(profile: Profile, order: Order, orders: Sequence[Order]) -> str:
    """Return "Övrig information" of an order: one topic per line, the user's own remark last.

    Args:
        profile: the profile of the orders.
        order: the order.
        orders: all orders of the workbook.
    """
    lines = [_place_in_row(order), _content(order)]
    if order.action == "add" and (together := _belonging_to(order, orders, profile)):
        numbers = listed([f"{one.number} ({listed([c.title for c in one.contracts])})" for one in together])
        every = "båda" if len(together) == 1 else "alla"
        lines.append(f"Den här beställningen hör ihop med beställning {numbers}: utför {every}.")
    if order.action == "remove" and order.kind == "producer":
        lines.append(
            "Vägvalen ska stängas bara om de går till den tjänsteproducent som anges här: "
            "TAK jämför inte producenten när ett vägval stängs."
        )
    if order.bulk:
        purpose = "massinläsning" if order.action == "add" else "borttagning"
        lines.append(
            f"Adressaterna är {len(order.addressees)}. Underlaget skickas till {profile.mail_to} "
            f"för {purpose} av logiska adressater."
        )
    if order.details.remark and (own := order.details.remark.text.strip()):
        lines.append(own)
    return "\n".join(lines)


def _belonging_to(order: Order, orders: Sequence[Order], profile: Profile) -> list[Order]:
    """Return the orders for other flows that the addressees of an order need, too."""
    flows = {
        flow for rule in profile.same_addressees if order.flow.key in rule.flows for flow in rule.flows
    } - {order.flow.key}
    return [
        one
        for one in orders
        if one.flow.key in flows
        and one.action == order.action
        and (one.addressees is order.addressees or not set(order.addressees).isdisjoint(one.addressees))
    ]


def _place_in_row(order: Order) -> str:
    case_number = text_of(order.details.case_number)
    study = f"förstudie {case_number or GAP}"
    if order.total == 1:
        return f"Det här är den enda beställningen för {study}."
    if order.total <= len(_ORDINALS):
        ordinal, total = _ORDINALS[order.number - 1], _CARDINALS[order.total - 1]
        return f"Det här är den {ordinal} av {total} beställningar för {study}."
    return f"Det här är beställning {order.number} av {order.total} för {study}."


def _content(order: Order) -> str:
    contracts = listed([contract.title for contract in order.contracts])
    component = _titled(order.component)
    if order.kind == "consumer":
        done = "får" if order.action == "add" else "ska inte längre få"
        return f"Tjänstekonsument {component} {done} anropa {contracts} med {_addressees(order)}."
    if order.action == "remove":
        return f"Från tjänsteproducent {component} tas {_addressees(order)} bort för {contracts}."
    where = listed(
        [f"{titles} på {url} ({profile})" for (url, profile), titles in _by_address(order).items()]
    )
    text = f"Tjänsteproducent {component} svarar för {where} för {_addressees(order)}."
    if order.consumers:
        text += (
            f" I beställningen ingår anropsbehörighet för {listed([_titled(c) for c in order.consumers])}."
        )
    return text


def _by_address(order: Order) -> dict[Address, str]:
    """Return the contracts of each address as a phrase."""
    titles: dict[Address, list[str]] = {}
    for contract, address in zip(order.contracts, order.addresses, strict=True):
        titles.setdefault(address, []).append(contract.title)
    return {address: listed(found) for address, found in titles.items()}


def _addressees(order: Order) -> str:
    count = len(order.addressees)
    if count > _NAMED:
        return f"{count} logiska adressater"
    word = "logisk adressat" if count == 1 else "logiska adressater"
    return f"{word} {listed([_titled(Party(*addressee)) for addressee in order.addressees])}"


def _titled(party: Party) -> str:
    return f"{party.hsa_id} ({party.name})" if party.name else party.hsa_id
