"""Remarks on the text of TAK orders made elsewhere: each rule of the reader by an order that breaks it."""

import copy
import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.tak.judge.judged_orders import GOOD, UNIT, changed, found, include, judged
from tests.tak.orders.some_orders import DAY, OPTIONS, PROXY, STATUS, URL, WEBCERT, producer_order
from underlag.tak.judge import Weight, judge
from underlag.tak.orders.files import tak_files


def test_our_own_orders_load_without_a_remark():
    for content in tak_files(producer_order(), OPTIONS).files.values():
        verdict = judge(content, platform="NTJP-PROD")
        assert verdict.loads
        assert verdict.remarks == []
        assert verdict.day in {DAY, DAY - timedelta(days=1)}


GOLDEN = sorted((Path(__file__).parents[2] / "golden/packages").rglob("tak/*.json"))


@pytest.mark.parametrize("path", GOLDEN, ids=[f"{path.parents[1].name}/{path.name}" for path in GOLDEN])
def test_orders_and_undos_of_golden_packages_give_no_remark(path):
    verdict = judge(path.read_bytes())

    assert verdict.remarks == []
    assert all(verdict.ways.values())


MK_TAK_JSON = {
    "plattform": "NTJP-PROD",
    "formatVersion": "1.0",
    "version": "1",
    "bestallningsTidpunkt": "2027-07-01T09:15:00+0100",
    "genomforandeTidpunkt": "2027-07-01T23:30:00+0100",
    "utforare": "Inera ICC",
    "inkludera": {
        "tjanstekontrakt": [{"namnrymd": STATUS, "beskrivning": "CertificateStatusUpdateForCare", "majorVersion": 3}],
        "logiskadresser": [{"hsaId": UNIT, "beskrivning": "Vårdenhet"}],
        "tjanstekomponenter": [{"hsaId": PROXY.hsa_id, "beskrivning": "Proxy"}, {"hsaId": WEBCERT.hsa_id, "beskrivning": "Webcert"}],
        "anropsbehorigheter": [{"logiskAdress": UNIT, "tjanstekonsument": WEBCERT.hsa_id, "tjanstekontrakt": STATUS}],
        "vagval": [{"adress": URL, "logiskAdress": UNIT, "tjanstekontrakt": STATUS, "rivtaprofil": "RIVTABP21", "tjanstekomponent": PROXY.hsa_id}],
    },
}  # fmt: skip


def test_an_order_of_the_usual_script_loads_and_its_traps_are_named():
    verdict = judged(json.dumps(MK_TAK_JSON, indent=4))

    assert verdict.loads
    assert verdict.answer == ()
    assert found(verdict) == {
        ("skriptet-styrtecken", ""),
        ("omtolkad", "formatVersion"),
        ("omtolkad", "version"),
        ("tid-flyttas", "genomforandeTidpunkt"),
    }
    moved = next(r for r in verdict.remarks if r.rule == "tid-flyttas")
    assert "2027-07-01 om servern går på UTC" in moved.message
    assert "2027-07-02 om den går på svensk tid" in moved.message


def test_duplicates_that_the_usual_script_lets_pass_are_refused():
    order = copy.deepcopy(MK_TAK_JSON)
    include(order, "logiskadresser", hsaId=UNIT, beskrivning="Samma, annat namn")
    include(order, "vagval", **{**order["inkludera"]["vagval"][0], "adress": "https://annan.example.se"})
    verdict = judged(order)

    assert verdict.answer[0] == "JsonBestallning ERROR:::"
    assert set(verdict.answer[1:]) == {
        f"Vägvalet [{UNIT}, {STATUS}] får inte finnas på flera ställen i beställningen.",
        f"Den logiska adressen [{UNIT}] får inte finnas på flera ställen i beställningen.",
    }


@pytest.mark.parametrize(
    ("text", "rule", "answer"),
    [
        ("", "inget-objekt", "JsonBestallning ERROR::: {}"),
        ("[1, 2]", "inget-objekt", "JsonBestallning ERROR::: {}"),
        ("} {", "inget-objekt", "JsonBestallning ERROR::: {}"),
        ("{'plattform': 'NTJP-PROD'}", "inte-json", "JsonBestallning ERROR::: {}"),
        ('{"version": 1,}', "inte-json", "JsonBestallning ERROR::: {}"),
        ('{"version": NaN}', "inte-json", "JsonBestallning ERROR::: {}"),
        ('{"version": 1 /* ett */}', "inte-json", "JsonBestallning ERROR::: {}"),
        ('{"kommentar": "två\nrader"}', "inte-json", "JsonBestallning ERROR::: {}"),
        ('{"version": ' + "1" * 1001 + "}", "inte-json", "JsonBestallning ERROR::: {}"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "inte-json", "JsonBestallning ERROR::: {}"),
    ],
)
def test_text_that_is_no_order(text, rule, answer):
    verdict = judged(text)

    assert [r.rule for r in verdict.remarks if r.weight is Weight.REFUSED] == [rule]
    assert verdict.answer == (answer,)
    assert not verdict.loads


def test_text_around_the_order_is_dropped_and_reported():
    text = json.dumps(GOOD)

    assert judged(f"\ufeff{text}").remarks == []
    assert found(judged(f"json={text}=")) == {("text-utanfor", "")}
    assert found(judged(f"{text} {text}")) == {("flera-objekt", "")}
    latin = json.dumps(GOOD, ensure_ascii=False).encode("cp1252")
    assert found(judge(latin)) == {("teckenkodning", "")}


@pytest.mark.parametrize(
    ("change", "rule", "where"),
    [
        (lambda o: o.update(Plattform="NTJP-PROD"), "okand-egenskap", "Plattform"),
        (lambda o: o["inkludera"].update(logiskaAdresser=[]), "okand-egenskap", "inkludera.logiskaAdresser"),
        (lambda o: o["inkludera"]["tjanstekontrakt"][0].update(minorVersion=0), "okand-egenskap", "inkludera.tjanstekontrakt[0].minorVersion"),
        (lambda o: o["inkludera"]["vagval"][1].update(beskrivning=""), "okand-egenskap", "inkludera.vagval[1].beskrivning"),
        (lambda o: o["inkludera"]["vagval"][0].update(rivTaProfil=""), "okand-egenskap", "inkludera.vagval[0].rivTaProfil"),
        (lambda o: o["inkludera"]["anropsbehorigheter"][0].update(logiskadress="X"), "okand-egenskap", "inkludera.anropsbehorigheter[0].logiskadress"),
        (lambda o: o.update(formatVersion="1,0"), "fel-typ", "formatVersion"),
        (lambda o: o.update(formatVersion="v1"), "fel-typ", "formatVersion"),
        (lambda o: o.update(formatVersion=True), "fel-typ", "formatVersion"),
        (lambda o: o.update(version="7.0"), "fel-typ", "version"),
        (lambda o: o.update(version=[1]), "fel-typ", "version"),
        (lambda o: o.update(version=2147483648), "fel-typ", "version"),
        (lambda o: o.update(inkludera=""), "fel-typ", "inkludera"),
        (lambda o: o.update(exkludera=[]), "fel-typ", "exkludera"),
        (lambda o: o["inkludera"].update(vagval={}), "fel-typ", "inkludera.vagval"),
        (lambda o: o["inkludera"]["vagval"].append("x"), "fel-typ", "inkludera.vagval[2]"),
        (lambda o: o["inkludera"]["logiskadresser"][0].update(beskrivning={}), "fel-typ", "inkludera.logiskadresser[0].beskrivning"),
        (lambda o: o.update(genomforandeTidpunkt=True), "tid-ogiltig", "genomforandeTidpunkt"),
    ],
)  # fmt: skip
def test_what_the_reader_refuses(change, rule, where):
    verdict = judged(changed(change))

    assert (rule, where) in found(verdict, Weight.REFUSED)
    assert verdict.answer == ("JsonBestallning ERROR::: {}",)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda o: o.update(formatVersion=" 1.5 "), "formatVersion"),
        (lambda o: o.update(formatVersion=""), "formatVersion"),
        (lambda o: o.update(version=1.9), "version"),
        (lambda o: o.update(version="7"), "version"),
        (lambda o: o.update(version=None), "version"),
        (lambda o: o.update(utforare=17), "utforare"),
        (lambda o: o["inkludera"]["tjanstekontrakt"][0].update(majorVersion="3"), "inkludera.tjanstekontrakt[0].majorVersion"),
    ],
)  # fmt: skip
def test_values_that_the_reader_converts(change, where):
    verdict = judged(changed(change))

    assert verdict.loads
    assert found(verdict) == {("omtolkad", where)}


def test_a_number_as_hsa_id_becomes_text():
    order = changed(lambda o: include(o, "tjanstekomponenter", hsaId=5565594230, beskrivning=""))

    assert ("omtolkad", "inkludera.tjanstekomponenter[2].hsaId") in found(judged(order))
    assert judged(order).loads


def test_repeated_keys_the_last_wins():
    text = json.dumps(GOOD)
    verdict = judged(text.replace('"plattform"', '"plattform": "NTJP-QA", "plattform"', 1))
    routes = '"vagval": [7], "vagval": ['

    assert found(verdict) == {("dubbel-nyckel", "plattform")}
    assert verdict.platform == "NTJP-PROD"
    assert not judged(text.replace('"vagval": [', routes, 1)).loads


def test_both_spellings_of_the_addressee_of_a_route():
    def spelt(*names):
        order = copy.deepcopy(GOOD)
        route = order["inkludera"]["vagval"][0]
        del route["logiskAdress"]
        route.update((name, UNIT if name == names[-1] else "SE2321000156-ANNAN") for name in names)
        return judged(order)

    assert spelt("logiskadress").remarks == []
    assert found(spelt("logiskadress", "logiskAdress")) == {("dubbel-stavning", "inkludera.vagval[0]")}
    assert found(spelt("logiskAdress", "logiskadress")) == {("dubbel-stavning", "inkludera.vagval[0]")}
