"""Remarks on the size of TAK orders, and the order of the remarks."""

import copy
import json

from tests.tak.judge.judged_orders import GOOD, changed, found, include, judged
from tests.tak.orders.some_orders import STATUS
from underlag.tak.judge import Weight


def test_limits_of_an_order_are_reported():
    order = changed(lambda o: o["exkludera"].update(logiskadresser=[{"hsaId": "SE2321000156-ANNAN"}]))
    order["exkludera"]["vagval"] = [
        {"logiskAdress": "X", "tjanstekontrakt": STATUS, "rivtaprofil": "", "tjanstekomponent": ""}
    ]
    verdict = judged(order)

    assert verdict.loads
    assert found(verdict, Weight.SILENT) == {
        ("exkludera-verkningslos", "exkludera.logiskadresser"),
    }


def test_an_earlier_step_hides_the_later_ones():
    order = changed(lambda o: o["inkludera"]["vagval"][0].update(adress="a b"))
    include(order, "logiskadresser", hsaId="SE.1", beskrivning="")
    verdict = judged(order)

    assert verdict.answer == (
        "JsonBestallning ERROR:::",
        "Skapa Logisk Adress: HSA-ID har ogiltigt innehåll",
    )
    assert ("adress-ogiltig", "inkludera.vagval[0].adress") in found(verdict)


def test_large_orders_are_reported():
    order = copy.deepcopy(GOOD)
    order["inkludera"]["logiskadresser"] += [
        {"hsaId": f"SE2321000156-X{n}", "beskrivning": "x" * 40} for n in range(20_001)
    ]
    verdict = judged(json.dumps(order, separators=(",", ":")))

    assert verdict.answer == ("HTTP 400",)
    assert {rule for rule, _ in found(verdict)} == {"for-stor", "for-manga", "objekt-utan-hanvisning"}


def test_the_form_limit_counts_the_encoded_bytes():
    def padded(blanks):
        order = {**GOOD, "utforare": " " * blanks}
        return found(judged(json.dumps(order, separators=(",", ":"))))

    assert padded(600_000) == set()
    assert padded(1_000_000) == {("nara-gransen", "")}
    assert padded(2_100_000) == {("for-stor", "")}
