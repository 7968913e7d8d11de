"""What the form's last page, "Sammanställning för bekräftelse", is expected to show.

Source of its parts: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91.
"""

from underlag.documents.guide.order_form import SummaryPart, party_text
from underlag.orders.order import Order
from underlag.values.calendar import REGULAR_TIME


def summary(order: Order) -> tuple[SummaryPart, ...]:
    """Return the summary of an order, part by part; nothing that nobody has stated is made up."""
    word = "tas bort" if order.action == "remove" else "läggs till"
    consumer = order.kind == "consumer"
    orderer = order.details.orderer
    person = (orderer.name, orderer.email, orderer.phone, orderer.hsa_id, orderer.role)
    address = (f"Anropsadress: {order.url}", f"RIV-TA-profil: {order.rivta_profile}")
    return (
        SummaryPart(
            "Miljö och datum",
            (
                order.environment.form_title,
                order.day.isoformat()
                if order.day
                else REGULAR_TIME
                if order.details.at_regular_time
                else "Den dag som du har valt, eller Ordinarie handläggningstid",
            ),
        ),
        SummaryPart("Tjänstekonsument" if consumer else "Tjänsteproducent", (party_text(order.component),)),
        SummaryPart(
            "Tjänstekontrakt",
            (
                *(f"{contract.name}, version {contract.major}" for contract in order.contracts),
                *(() if consumer else address),
            ),
        ),
        *(
            ()
            if consumer
            else (
                SummaryPart(f"Logiska adressater som {word}, för varje tjänstekontrakt", (), addressees=True),
            )
        ),
        SummaryPart(
            f"Anropsbehörigheter som {word}",
            tuple(f"Tjänstekonsument: {party_text(party)}" for party in order.consumers)
            + (
                ("Till logiska adressater, för varje tjänstekontrakt:",)
                if consumer
                else ("Till samma logiska adressater som ovan, för varje tjänstekontrakt.",)
            ),
            addressees=consumer,
        ),
        SummaryPart("Övrig information", tuple(order.remark.splitlines())),
        SummaryPart(
            "Beställare",
            tuple(value.text for value in person if value and value.text)
            + (() if all(value and value.text for value in person[:3]) else ("Det som du har fyllt i",)),
        ),
    )
