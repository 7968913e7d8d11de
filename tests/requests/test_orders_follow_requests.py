"""An order contains the requests of its rows, and no order contradicts another."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.checks.examine import examine
from tests.support.tables import ORDER_SHEET, STANDARD
from underlag.orders.build import make_orders

UNITS = {
    "SE162321000156-4HVT": "Tolkcentralen Värmland",
    "SE162321000156-4HVV": "Vårdcentralen Rud",
    "SE162321000156-4HVX": "Vårdcentralen Gripen",
}
FIRST_SHEET = STANDARD.partition("## Webcert -> Vårdsystem")[0]
#: The heading and the first cells of each producer's sheet; the cells of the rows below are carried down.
SHEETS = (
    (
        (
            "## Webcert -> Vårdsystem\n"
            "| Tjänsteproducent (HSAID) | Tjänsteproducent (namn) | Anropsadress (URL) | Konsument (HSAID) "
            "| Tjänstekontrakt | Logisk adressat (HSAID) | Namn | Åtgärd |\n"
        ),
        (
            "| SE162321000156-B3K | Proxyn | https://a.sjunet.org/rivtabp21 | SE5565594230-B8N "
            "| CertificateStatusUpdateForCare v3 "
        ),
        "|  |  |  |  |  ",
    ),
    (
        (
            "## Intygstjänsten -> Webcert\n"
            "| Tjänsteproducent (HSAID) | Anropsadress | Konsument | Tjänstekontrakt | Logisk adressat (HSAID) "
            "| Namn | Åtgärd |\n"
        ),
        (
            "| SE5565594230-B8N | https://webcert.ntjp.intygstjanster.se/services/send-message-to-care/v2.0 "
            "| SE5565594230-B31 | SendMessageToCare v2 "
        ),
        "|  |  |  |  ",
    ),
)
ROW = st.tuples(st.sampled_from(list(UNITS)), st.booleans(), st.sampled_from(["", "Lägg till", "Ta bort"]))
ACTIONS = {"Lägg till": "add", "Ta bort": "remove"}


def text_of_rows(rows, sheet):
    heading, first, other = SHEETS[sheet]
    lines = [
        f"{other if number else first}| {unit} | {UNITS[unit] if named else ''} | {action} |"
        for number, (unit, named, action) in enumerate(rows)
    ]
    return heading + "\n".join(lines) + "\n\n"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.tuples(st.lists(ROW, min_size=1, max_size=4), st.lists(ROW, min_size=1, max_size=4)),
    st.sampled_from(["", "Lägg till", "Ta bort"]),
    st.booleans(),
)
def test_orders_hold_what_rows_ask_for(rows, stated, skip_faulty):
    sheet = f"| Åtgärd | {stated} |\n" if stated else ""
    text = FIRST_SHEET + text_of_rows(rows[0], 0) + text_of_rows(rows[1], 1) + ORDER_SHEET + sheet

    checked = examine(text, skip_faulty=skip_faulty)

    asked = {
        (number, unit, ACTIONS.get(action, ACTIONS.get(stated, "add")))
        for number, sheet_rows in enumerate(rows)
        for unit, _, action in sheet_rows
    }
    contradicted = {(number, unit) for number, unit, action in asked if (number, unit, "add") in asked}
    contradicted = {pair for pair in contradicted if (*pair, "remove") in asked}
    assert ("ADR011" in {f.code for f in checked.findings}) == bool(contradicted)
    if checked.blocked:
        return
    keys = ("webcert-vardsystem", "intygstjansten-webcert")
    ordered = [
        (keys.index(order.flow.key), unit, order.action)
        for order in make_orders(checked)
        if order.kind == "producer"
        for unit, _ in order.addressees
    ]
    assert len(ordered) == len(set(ordered))
    assert set(ordered) <= asked
    assert skip_faulty or set(ordered) == asked
    assert not {pair[:2] for pair in ordered} & contradicted
    assert all(
        name for order in make_orders(checked) if order.action == "add" for _, name in order.addressees
    )
