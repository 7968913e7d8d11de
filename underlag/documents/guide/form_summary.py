"""The expected content of the form's last page, "Sammanställning för bekräftelse".

Source of its parts: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91.
"""

from underlag.documents.guide.order_form import SYSTEM_NAME, SummaryPart, party_text
from underlag.orders.order import NO_ADDRESS, Address, Order, Party
from underlag.values.calendar import REGULAR_TIME


def summary(order: Order) -> tuple[SummaryPart, ...]:
    """Return the summary of an order, part by part; details that are not stated are omitted."""
    word = "tas bort" if order.action == "remove" else "läggs till"
    consumer = order.kind == "consumer"
    parts = [
        SummaryPart("Miljö och datum för ändring", (order.environment.form_title, _day(order))),
        SummaryPart("Tjänstekonsument" if consumer else "Tjänsteproducent", _component(order.component)),
        SummaryPart("Tjänstekontrakt", _contracts(order)),
    ]
    if not consumer:
        title = f"Logiska adressater som {word}, för varje tjänstekontrakt"
        parts.append(SummaryPart(title, (), addressees=True))
    return (
        *parts,
        _authorizations(order, word),
        SummaryPart("Övrig information", tuple(order.remark.splitlines())),
        _orderer(order),
    )


def _component(component: Party) -> tuple[str, ...]:
    name = (f"{SYSTEM_NAME}: {component.name}",) if component.name else ()
    return (f"HSA-ID: {component.hsa_id}", *name)


def _day(order: Order) -> str:
    if order.day:
        return order.day.isoformat()
    if order.details.at_regular_time:
        return REGULAR_TIME
    return "Den dag som du har valt, eller Ordinarie handläggningstid"


def _contracts(order: Order) -> tuple[str, ...]:
    """List the contracts, each with its address if they differ, else with the address last."""
    shared = len(set(order.addresses)) == 1
    lines: list[str] = []
    for contract in order.contracts:
        lines.append(f"{contract.name}, version {contract.major}")
        if not shared:
            lines += _address(order.address(contract))
    return (*lines, *(_address(order.shared_address) if shared else ()))


def _address(address: Address) -> tuple[str, ...]:
    if address == NO_ADDRESS:
        return ()
    return f"Anropsadress: {address.url}", f"RIV-TA-profil: {address.rivta_profile}"


def _authorizations(order: Order, word: str) -> SummaryPart:
    """Return the part about authorizations."""
    consumers = (f"Tjänstekonsument: {party_text(party)}" for party in order.consumers)
    if order.kind == "consumer":
        where = "Till logiska adressater, för varje tjänstekontrakt:"
    else:
        where = "Till samma logiska adressater som ovan, för varje tjänstekontrakt."
    title = f"Anropsbehörigheter som {word}"
    return SummaryPart(title, (*consumers, where), addressees=order.kind == "consumer")


def _orderer(order: Order) -> SummaryPart:
    orderer = order.details.orderer
    needed = (orderer.name, orderer.email, orderer.phone)
    stated = (value.text for value in (*needed, orderer.hsa_id, orderer.role) if value and value.text)
    gap = () if all(value and value.text for value in needed) else ("Det som du har fyllt i",)
    return SummaryPart("Beställare", (*stated, *gap))
