"""Remarks on TAK orders that a given TAK would change, refuse or lose."""

import copy
import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tak.judge.judged_orders import GOOD, UNIT, changed, found, judged
from tests.tak.orders.order_and_undo import tak
from tests.tak.orders.some_orders import DAY, OPTIONS, PROXY, STATUS, URL, producer_order, units
from tests.tak.orders.tak_model import Refused, Row
from underlag.tak.judge import Weight
from underlag.tak.orders.files import tak_files


def other_route(
    since=date(2014, 8, 13),
    until=date(2114, 8, 13),
    producer="SE2321000156-ANNAN",
    url="https://annan.example.se",
):
    return Row((UNIT, STATUS), ("RIVTABP21", producer, url), since, until)


def against(made, order=GOOD):
    return judged(order, catalogue=made.catalogue(DAY))


def test_a_route_that_would_be_replaced():
    verdict = against(tak(other_route()))

    assert verdict.loads
    assert ("ersatter-vagval", "inkludera.vagval[0]") in found(verdict, Weight.SILENT)
    assert verdict.effects["Deaktiverad"] == 1
    assert ("ersatter-kommande", "inkludera.vagval[0]") in found(
        against(tak(other_route(since=date(2028, 1, 1))))
    )


def test_two_routes_refuse_the_order():
    verdict = against(tak(other_route(), other_route(since=date(2020, 1, 1))))

    assert verdict.answer == (
        "JsonBestallning ERROR:::",
        f"Det finns mer än ett vagval i databasen med dessa parametrar {UNIT} - {STATUS}.",
    )


def test_a_planned_end_that_would_be_lost():
    verdict = against(tak(other_route(until=date(2027, 6, 1), producer=PROXY.hsa_id, url=URL)))

    assert ("slutdatum-andras", "inkludera.vagval[0]") in found(verdict)
    assert verdict.effects["Uppdaterad"] == 1


def test_closing_another_producers_route():
    undo = json.loads(tak_files(producer_order(units(2)), OPTIONS).files["aterstall-2.json"])
    verdict = against(tak(other_route()), undo)

    assert ("avslutar-annans", "exkludera.vagval[0]") in found(verdict, Weight.SILENT)
    assert ("existerar-ej", "exkludera.vagval[1]") in found(verdict, Weight.NOTE)
    assert verdict.effects == {"Deaktiverad": 1, "Existerar ej": 3}


def test_existing_objects():
    made = tak(other_route())
    catalogue = made.catalogue(DAY)
    catalogue.addressees[UNIT] = "Ett annat namn"
    verdict = judged(GOOD, catalogue=catalogue)

    assert ("beskrivning-andras-inte", "inkludera.logiskadresser[0].beskrivning") in found(verdict)
    missing = changed(lambda o: o["inkludera"]["tjanstekomponenter"].clear())
    refused = judged(missing, catalogue=catalogue)
    assert f"Skapa Vägval: Tjänstekomponent med HSAId = {PROXY.hsa_id} finns inte." in refused.answer


@settings(max_examples=60)
@given(data=st.data())
def test_the_judge_agrees_with_a_tak(data):
    """Random small changes of an order: judge and model reject the same, and count the same effects."""
    order = copy.deepcopy(GOOD)
    for _ in range(data.draw(st.integers(0, 2))):
        section = data.draw(st.sampled_from(["inkludera", "exkludera"]))
        name = data.draw(st.sampled_from(["vagval", "anropsbehorigheter"]))
        items = order[section][name]
        item = dict(GOOD["inkludera"][name][data.draw(st.integers(0, 1))])
        key = data.draw(st.sampled_from(sorted(item)))
        item[key] = data.draw(
            st.sampled_from(
                [item[key], item[key].lower(), "SE2321000156-ANNAN", "https://b.example.se/x", "a b"]
            )
        )
        items.append(item)
        if data.draw(st.booleans()):
            order["inkludera"][name].pop()
    rows = data.draw(
        st.lists(
            st.sampled_from(
                [
                    other_route(),
                    other_route(producer=PROXY.hsa_id, url=URL),
                    other_route(until=date(2020, 1, 1)),
                    other_route(since=date(2030, 1, 1)),
                ]
            ),
            max_size=2,
            unique=True,
        )
    )
    made = tak(*rows)
    catalogue = made.catalogue(DAY)
    # Profiles are not in a catalogue: the judge only remarks on an unusual one.
    made.live.profiles |= {"SE2321000156-ANNAN", "https://b.example.se/x", "a b", "rivtabp21"}
    verdict = judged(order, catalogue=catalogue)
    try:
        made.load(json.dumps(order).encode())
    except Refused:
        assert not verdict.loads
    else:
        assert verdict.loads
        for word in ("Uppdaterad", "Deaktiverad", "Borttagen", "Existerar ej"):
            assert verdict.effects[word] == made.report.count(word)
