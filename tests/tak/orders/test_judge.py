"""Remarks on TAK orders made elsewhere: each rule of tak-web by an order that breaks it."""

import copy
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tak.orders.some_orders import DAY, OPTIONS, PROXY, STATUS, URL, WEBCERT, producer_order, units
from tests.tak.orders.tak_model import Refused, Row, Tak
from underlag.tak.judge import Weight, judge
from underlag.tak.judge.moment import days_of, parse_moment
from underlag.tak.judge.verdict import rules
from underlag.tak.orders.files import tak_files

UNIT = units(1)[0].hsa_id
GOOD = json.loads(tak_files(producer_order(units(2)), OPTIONS).files["bestallning-2.json"])


def said(order, **given):
    text = order if isinstance(order, (str, bytes)) else json.dumps(order)
    return judge(text, **given)


def found(verdict, weight=None):
    return {(r.rule, r.where) for r in verdict.remarks if weight in (None, r.weight)}


def changed(change):
    order = copy.deepcopy(GOOD)
    change(order)
    return order


def include(order, name, **values):
    order["inkludera"].setdefault(name, []).append(values)


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
    verdict = said(json.dumps(MK_TAK_JSON, indent=4))

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
    verdict = said(order)

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
    verdict = said(text)

    assert [r.rule for r in verdict.remarks if r.weight is Weight.REFUSED] == [rule]
    assert verdict.answer == (answer,)
    assert not verdict.loads


def test_text_around_the_order_is_dropped_and_reported():
    text = json.dumps(GOOD)

    assert said(f"\ufeff{text}").remarks == []
    assert found(said(f"json={text}=")) == {("text-utanfor", "")}
    assert found(said(f"{text} {text}")) == {("flera-objekt", "")}
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
    verdict = said(changed(change))

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
    verdict = said(changed(change))

    assert verdict.loads
    assert found(verdict) == {("omtolkad", where)}


def test_a_number_as_hsa_id_becomes_text():
    order = changed(lambda o: include(o, "tjanstekomponenter", hsaId=5565594230, beskrivning=""))

    assert ("omtolkad", "inkludera.tjanstekomponenter[2].hsaId") in found(said(order))
    assert said(order).loads


def test_repeated_keys_the_last_wins():
    text = json.dumps(GOOD)
    verdict = said(text.replace('"plattform"', '"plattform": "NTJP-QA", "plattform"', 1))
    routes = '"vagval": [7], "vagval": ['

    assert found(verdict) == {("dubbel-nyckel", "plattform")}
    assert verdict.platform == "NTJP-PROD"
    assert not said(text.replace('"vagval": [', routes, 1)).loads


def test_both_spellings_of_the_addressee_of_a_route():
    def spelt(*names):
        order = copy.deepcopy(GOOD)
        route = order["inkludera"]["vagval"][0]
        del route["logiskAdress"]
        route.update((name, UNIT if name == names[-1] else "SE2321000156-ANNAN") for name in names)
        return said(order)

    assert spelt("logiskadress").remarks == []
    assert found(spelt("logiskadress", "logiskAdress")) == {("dubbel-stavning", "inkludera.vagval[0]")}
    assert found(spelt("logiskAdress", "logiskadress")) == {("dubbel-stavning", "inkludera.vagval[0]")}


@pytest.mark.parametrize(
    "text",
    ["2022-12-14T12:00:00+0000", "2022-12-14T12:00:00+0100", "2022-12-14T12:00:00 CET", "2022-12-14T12:00:00CET",
     "2022-12-14T12:00:00GMT+01:00", " 2022-12-14T12:00:00+0100", "2022-12-14T12:00:00+0100 skräp", "2022-12-14T9:5:1+0100"],
)  # fmt: skip
def test_times_that_java_reads(text):
    assert days_of(parse_moment(text)) == (date(2022, 12, 14), date(2022, 12, 14))


@pytest.mark.parametrize(
    "text",
    ["2022-12-14T12:00:00+01:00", "2022-12-14T12:00:00Z", "2022-12-14T12:00:00", "2022-12-14T12:00:00.000+0100",
     "2022-12-14", "2022-12-14 12:00:00+0100", "1671015600000", "2019-01-11", "i morgon", "2022-12-14T12:00:00+2400"],
)  # fmt: skip
def test_times_that_java_refuses(text):
    assert isinstance(parse_moment(text), str)
    verdict = said(changed(lambda o: o.update(genomforandeTidpunkt=text)))
    assert found(verdict, Weight.REFUSED) == {("tid-ogiltig", "genomforandeTidpunkt")}


@pytest.mark.parametrize(
    ("value", "rules_met", "day"),
    [
        ("2026-13-45T12:00:00+0100", {"tid-omraknad"}, date(2027, 2, 14)),
        ("2026-12-14T25:61:00+0100", {"tid-omraknad", "tid-flyttas"}, date(2026, 12, 15)),
        ("2026-03-01T00:00:00+0100", {"tid-flyttas"}, date(2026, 2, 28)),
        ("2026-07-01T23:30:00+0100", {"tid-flyttas"}, date(2026, 7, 1)),
        ("2026-07-01T12:00:00+0200", set(), date(2026, 7, 1)),
        (1798801200000, {"tid-millisekunder"}, date(2027, 1, 1)),
        ("22-12-14T12:00:00+0000", {"genomforande-utan-verkan"}, date(22, 12, 14)),
        ("1926-12-14T12:00:00+0100", {"genomforande-utan-verkan"}, date(1926, 12, 14)),
        ("2022-12-14T12:00:00+0100", {"genomforande-forflutet"}, date(2022, 12, 14)),
        ("2028-02-02T12:00:00+0100", set(), date(2028, 2, 2)),
        ("2028-02-29T12:00:00+0100", {"genomforande-langt-fram"}, date(2028, 2, 29)),
        ("9899-12-31T12:00:00+0100", {"genomforande-langt-fram"}, date(9899, 12, 31)),
        ("2026-12-14T12:00:00+0100Z", {"tid-svans"}, date(2026, 12, 14)),
    ],
)
def test_the_first_day_of_an_order(value, rules_met, day):
    verdict = said(changed(lambda o: o.update(genomforandeTidpunkt=value)))

    assert verdict.day == day
    if rules_met != {"tid-omraknad", "tid-flyttas"}:
        assert {r.rule for r in verdict.remarks} == rules_met
    else:
        assert "tid-omraknad" in {r.rule for r in verdict.remarks}
    assert verdict.loads


def test_the_day_is_far_from_the_one_on_which_the_order_is_loaded():
    assert found(said(GOOD, today=date(2029, 1, 1))) == {("genomforande-forflutet", "genomforandeTidpunkt")}
    assert said(GOOD, today=date(2027, 3, 1)).remarks == []


@pytest.mark.parametrize("value", ["", "  ", None])
@pytest.mark.parametrize("name", ["genomforandeTidpunkt", "bestallningsTidpunkt"])
def test_a_missing_time_crashes_tak_web(name, value):
    verdict = said(changed(lambda o: o.update({name: value})))

    assert verdict.answer[0] == "RUNTIME ERROR:::"
    assert verdict.answer[1].endswith("null")


@pytest.mark.parametrize(
    ("value", "rule"),
    [("12027-02-01T12:00:00+0100", "ar-for-stort"), (253402300800000, "ar-for-stort"),
     ("9900-01-01T12:00:00+0100", "slutdatum-ryms-inte")],
)  # fmt: skip
def test_a_year_that_neither_tak_web_nor_its_database_takes(value, rule):
    verdict = said(changed(lambda o: o.update(genomforandeTidpunkt=value)))

    assert found(verdict, Weight.REFUSED) == {(rule, "genomforandeTidpunkt")}
    assert said(changed(lambda o: o.update(bestallningsTidpunkt=value))).loads


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027--02-01T12:00:00+0000", date(2026, 10, 1)),
        ("2027-02--1T12:00:00+0000", date(2027, 1, 30)),
        ("2027-02-01T-1:00:00+0000", date(2027, 1, 31)),
        ("-2027-02-01T12:00:00+0000", date(2028, 2, 1)),
        ("0000-02-29T12:00:00+0000", date(1, 3, 1)),
        ("٢٠٢٧-02-01T12:00:00PST", date(2027, 2, 1)),
        ("4294969323-02-01T12:00:00 GMT+1", date(2027, 2, 1)),
    ],
)
def test_odd_times_that_java_reads_all_the_same(text, day):
    assert days_of(parse_moment(text))[0] == day


def test_the_platform_must_agree_to_the_letter():
    verdict = said(changed(lambda o: o.update(plattform="ntjp-prod")), platform="NTJP-PROD")

    assert verdict.answer == (
        "JsonBestallning ERROR:::",
        "Beställningen avser plattform ntjp-prod, men den här instansen av tak-web hanterar NTJP-PROD.",
    )
    assert found(said(changed(lambda o: o.update(plattform="TP_TEST")))) == {
        ("plattform-ovanlig", "plattform")
    }
    assert said(changed(lambda o: o.update(plattform=None))).answer == ("JsonBestallning ERROR::: {}",)


def test_texts_are_tidied_and_cut_silently():
    order = changed(lambda o: o.update(kommentar=" två\r\nrader "))
    order["inkludera"]["logiskadresser"][0]["beskrivning"] = "x" * 256
    order["inkludera"]["logiskadresser"][1]["beskrivning"] = "x" * 255
    verdict = said(order)

    assert verdict.loads
    assert found(verdict) == {("tvattas", "kommentar"), ("kapas", "inkludera.logiskadresser[0].beskrivning")}


@pytest.mark.parametrize(
    ("change", "where", "answer"),
    [
        (lambda o: include(o, "tjanstekontrakt", namnrymd=STATUS.upper(), beskrivning="", majorVersion=1), "inkludera.tjanstekontrakt[1]", f"Tjänstekontraktet [{STATUS}]"),
        (lambda o: include(o, "tjanstekomponenter", hsaId=PROXY.hsa_id.lower(), beskrivning="x"), "inkludera.tjanstekomponenter[2]", f"Tjänstekomponenten [{PROXY.hsa_id}]"),
        (lambda o: o["exkludera"].update(logiskadresser=[{"hsaId": f" {UNIT}"}]), "exkludera.logiskadresser[0]", f"Den logiska adressen [{UNIT}]"),
        (lambda o: o["exkludera"]["vagval"].append(dict(o["inkludera"]["vagval"][0], tjanstekomponent="SEX-1")), "exkludera.vagval[0]", f"Vägvalet [{UNIT}, {STATUS}]"),
        (lambda o: include(o, "anropsbehorigheter", **o["inkludera"]["anropsbehorigheter"][0]), "inkludera.anropsbehorigheter[2]", f"Anropsbehörigheten [{UNIT}, {WEBCERT.hsa_id}, {STATUS}]"),
    ],
)  # fmt: skip
def test_duplicates(change, where, answer):
    verdict = said(changed(change))
    refused = [r for r in verdict.remarks if r.weight is Weight.REFUSED]

    assert [r.where for r in refused] == [where]
    assert verdict.answer[1] == f"{answer} får inte finnas på flera ställen i beställningen."


@pytest.mark.parametrize(
    ("name", "values", "answer"),
    [
        ("logiskadresser", {"hsaId": "SE 1"}, "Skapa Logisk Adress: HSA-ID har ogiltigt innehåll"),
        ("logiskadresser", {"hsaId": "SEÅ-1"}, "Skapa Logisk Adress: HSA-ID har ogiltigt innehåll"),
        ("logiskadresser", {"hsaId": "SE1\u2028"}, "Skapa Logisk Adress: HSA-ID har ogiltigt innehåll"),
        ("logiskadresser", {"hsaId": ""}, "Skapa Logisk Adress: HSA-ID får inte vara tomt"),
        ("tjanstekomponenter", {"hsaId": "*"}, "Skapa Tjänstekomponent: HSA-ID har ogiltigt innehåll"),
        ("tjanstekomponenter", {"hsaId": "SE.1"}, "Skapa Tjänstekomponent: HSA-ID har ogiltigt innehåll"),
        (
            "tjanstekontrakt",
            {"namnrymd": "http://a"},
            "Skapa Tjänstekontrakt: Namnrymd har ogiltigt innehåll",
        ),
        ("tjanstekontrakt", {"namnrymd": None}, "Skapa Tjänstekontrakt: Namnrymd får inte vara tom"),
    ],
)
def test_new_objects_that_tak_does_not_take(name, values, answer):
    verdict = said(changed(lambda o: include(o, name, beskrivning=None, **values)))

    assert verdict.answer == ("JsonBestallning ERROR:::", answer)


@pytest.mark.parametrize(
    ("name", "key", "property_name"),
    [
        ("logiskadresser", "hsaId", "logiskAdress"),
        ("tjanstekomponenter", "hsaId", "tjanstekomponent"),
        ("tjanstekontrakt", "namnrymd", "tjanstekontrakt"),
    ],
)
def test_a_new_key_is_cut_but_what_refers_to_it_is_not(name, key, property_name):
    long = "X" * 256
    order = changed(lambda o: include(o, name, beskrivning="", **{key: long}))
    order["inkludera"]["vagval"][0][property_name] = long
    verdict = said(order)

    assert [r.value for r in verdict.remarks if r.weight is Weight.REFUSED] == [long]
    assert ("referens-lang", f"inkludera.vagval[0].{property_name}") in found(verdict, Weight.REFUSED)
    assert verdict.answer[1].endswith(f"= {long} finns inte.")
    exact = json.loads(json.dumps(order).replace(long, "X" * 255))
    assert said(exact).loads


@pytest.mark.parametrize("heading", ["HSA-ID", "hsa_id", "Namn", "HSAID", "Enhet"])
def test_a_heading_that_became_an_addressee_is_reported(heading):
    order = changed(lambda o: include(o, "logiskadresser", hsaId=heading, beskrivning="Namn"))
    verdict = said(order)

    assert verdict.loads
    assert ("rubrik-som-post", "inkludera.logiskadresser[2].hsaId") in found(verdict, Weight.SILENT)


def test_new_objects_that_nothing_refers_to_are_reported():
    order = changed(lambda o: include(o, "logiskadresser", hsaId="SE2321000156-NY1", beskrivning=""))
    include(order, "tjanstekomponenter", hsaId="SE2321000156-NY2", beskrivning="")
    told = {
        ("objekt-utan-hanvisning", "inkludera.logiskadresser[2]"),
        ("objekt-utan-hanvisning", "inkludera.tjanstekomponenter[2]"),
    }

    assert found(said(order)) == told
    assert {r.weight for r in said(order).remarks} == {Weight.NOTE}


def test_our_own_words_are_not_taken_for_values():
    order = changed(lambda o: include(o, "logiskadresser", hsaId="SE 1", beskrivning=""))
    include(order, "tjanstekomponenter", hsaId="", beskrivning="")
    order["Plattform"] = ""
    include(order, "vagval", **{**order["inkludera"]["vagval"][0], "adress": ""})
    messages = [r.message for r in said(order).remarks]

    assert not any("‹" in message or "  " in message for message in messages)
    assert any(message.startswith('HSA-ID:t "" är tomt.') for message in messages)
    assert any(
        message.endswith("(Finns objektet redan i TAK kontrolleras det inte.)") for message in messages
    )
    quoted = changed(lambda o: include(o, "logiskadresser", hsaId="SE1\u2028", beskrivning=""))
    assert any("SE1‹" in r.message for r in said(quoted).remarks)


def test_the_standard_address_may_be_listed():
    order = changed(lambda o: include(o, "logiskadresser", hsaId="*", beskrivning=""))
    include(order, "vagval", **{**order["inkludera"]["vagval"][0], "logiskAdress": "*"})

    assert found(said(order)) == {("standardvagval", "inkludera.vagval[2].logiskAdress")}


def test_a_new_object_without_a_description_crashes_the_page_only():
    verdict = said(changed(lambda o: include(o, "logiskadresser", hsaId="SE2321000156-X")))

    assert found(verdict, Weight.REFUSED) == {("egenskap-saknas", "inkludera.logiskadresser[2]")}
    assert verdict.ways == {"sida": False, "json": True, "skript": True}
    assert verdict.answer[0].startswith("Fel när beställning null skulle behandlas")


def test_a_new_object_without_a_key_is_one_with_an_empty_key():
    verdict = said(changed(lambda o: include(o, "logiskadresser", beskrivning="")))

    assert verdict.answer == ("JsonBestallning ERROR:::", "Skapa Logisk Adress: HSA-ID får inte vara tomt")


@pytest.mark.parametrize(
    ("section", "name", "answer"),
    [
        ("inkludera", "vagval", "null"),
        ("inkludera", "anropsbehorigheter", "null"),
        ("exkludera", "vagval", 'VagvalBestallning.getLogiskAdress()" because "bestallning" is null'),
        ("inkludera", "logiskadresser", 'LogiskadressBestallning.getHsaId()" because "logiskadress" is null'),
    ],
)
def test_a_null_item_crashes_tak_web(section, name, answer):
    verdict = said(changed(lambda o: o[section].setdefault(name, []).append(None)))
    number = len(GOOD[section].get(name, []))

    assert found(verdict, Weight.REFUSED) == {("tom-post", f"{section}.{name}[{number}]")}
    assert verdict.answer[0] == "RUNTIME ERROR:::"
    assert verdict.answer[1].endswith(answer)


def test_a_null_item_before_others_crashes_the_comparison():
    verdict = said(changed(lambda o: o["inkludera"]["logiskadresser"].insert(0, None)))

    assert verdict.answer == (
        "RUNTIME ERROR:::",
        'Cannot invoke "Object.equals(Object)" because "item" is null',
    )


def test_a_null_item_in_a_list_that_is_dropped_does_nothing():
    assert said(changed(lambda o: o["exkludera"].update(logiskadresser=[None]))).loads
    assert not said(changed(lambda o: o["exkludera"].update(logiskadresser=[None, {"hsaId": "X"}]))).loads


@pytest.mark.parametrize(
    ("name", "key", "place", "crashes"),
    [
        ("anropsbehorigheter", "tjanstekonsument", 0, True),
        ("anropsbehorigheter", "tjanstekonsument", 1, False),
        ("anropsbehorigheter", "logiskAdress", 0, True),
        ("anropsbehorigheter", "tjanstekontrakt", 0, False),
        ("vagval", "logiskAdress", 0, True),
        ("vagval", "logiskAdress", 1, False),
        ("vagval", "tjanstekontrakt", 0, False),
    ],
)
def test_a_null_in_an_identity_crashes_where_tak_web_compares_it(name, key, place, crashes):
    verdict = said(changed(lambda o: o["inkludera"][name][place].update({key: None})))

    assert not verdict.loads
    assert (verdict.answer[0] == "RUNTIME ERROR:::") is crashes
    if crashes:
        assert verdict.answer[1].endswith(f'because "this.{key}" is null')


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda o: o["inkludera"]["logiskadresser"][0].update(beskrivning="Ö 😀"), "tecken-i-text"),
        (lambda o: include(o, "logiskadresser", hsaId="SE-😀", beskrivning=""), "tecken-i-nyckel"),
        (lambda o: o["inkludera"]["vagval"][0].update(adress="https://a.example.se/😀"), "tecken-i-nyckel"),
        (lambda o: o["inkludera"]["vagval"][0].update(rivtaprofil="😀"), "tecken-i-nyckel"),
    ],
)
def test_characters_that_the_database_does_not_hold(change, rule):
    verdict = said(changed(change))

    assert {r.rule for r in verdict.remarks if r.weight is Weight.REFUSED} == {rule}
    assert said(changed(lambda o: o.update(kommentar="😀", utforare="😀"))).loads


def test_control_characters_are_a_note_about_the_upload_script():
    text = json.dumps(GOOD)

    assert said(text).ways == {"sida": True, "json": True, "skript": True}
    for other in (f"{text}\n", text.replace(", ", ",\t"), text.replace("Ö", "\u0085").replace("Ö", "\u0378")):
        if other == text:
            continue
        verdict = said(other)
        assert verdict.loads
        assert verdict.ways == {"sida": True, "json": True, "skript": False}
        assert found(verdict) == {("skriptet-styrtecken", "")}


def test_utf_16_is_refused_over_rest_only():
    verdict = said(json.dumps(GOOD).encode("utf-16"))

    assert verdict.ways == {"sida": True, "json": False, "skript": False}
    assert verdict.answer == ("JsonBestallning ERROR::: {}",)


def test_lower_case_becomes_upper_and_versions_are_not_compared():
    order = changed(lambda o: include(o, "logiskadresser", hsaId="se2321000156-x", beskrivning=""))
    order["inkludera"]["tjanstekontrakt"][0]["majorVersion"] = 2
    verdict = said(order)

    assert found(verdict) == {
        ("stora-bokstaver", "inkludera.logiskadresser[2].hsaId"),
        ("objekt-utan-hanvisning", "inkludera.logiskadresser[2]"),
        ("version-stammer-inte", "inkludera.tjanstekontrakt[0].majorVersion"),
    }


def test_what_a_route_and_an_authorization_must_state():
    order = changed(lambda o: o["inkludera"]["vagval"][0].pop("adress"))
    order["inkludera"]["anropsbehorigheter"][1]["tjanstekonsument"] = None
    order["exkludera"]["vagval"].append(
        {"logiskAdress": "X", "tjanstekontrakt": STATUS, "rivtaprofil": "RIVTABP21"}
    )
    verdict = said(order)

    assert found(verdict, Weight.REFUSED) == {
        ("uppgift-saknas", "inkludera.vagval[0]"),
        ("uppgift-saknas", "inkludera.anropsbehorigheter[1]"),
        ("uppgift-saknas", "exkludera.vagval[0]"),
    }
    assert (
        "Det saknas information i beställningen för att kunna radera Vägval. (Logisk adress: X, Tjänstekontrakt: "
        f"{STATUS}, Tjänstekomponent: null, RivTaProfil: RIVTABP21, Adress: null)"
    ) in verdict.answer


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://a.example.se/?a=b", "Adress har ogiltigt innehåll"),
        ("https://a.example.se/%20", "Adress har ogiltigt innehåll"),
        ("https://a.example.se/~b", "Adress har ogiltigt innehåll"),
        ("https://a.example.se/ b", "Adress har ogiltigt innehåll"),
        ("https://å.example.se/", "Adress har ogiltigt innehåll"),
        ("a.b", "Adress har felaktig längd"),
        ("https://" + "a" * 248, "Adress har felaktig längd"),
        ("", "Adress får inte vara tom"),
    ],
)
def test_urls_that_tak_does_not_take(url, message):
    verdict = said(changed(lambda o: o["inkludera"]["vagval"][0].update(adress=url)))

    assert verdict.answer == ("JsonBestallning ERROR:::", f"Skapa Vägval: {message}")


def test_urls_that_tak_accepts_although_they_are_odd():
    odd = changed(lambda o: o["inkludera"]["vagval"][0].update(adress="a.b.c"))
    fine = changed(lambda o: o["inkludera"]["vagval"][0].update(adress="https://a.example.se/b?c&d"))

    assert found(said(odd)) == {("adress-ovanlig", "inkludera.vagval[0].adress")}
    assert said(fine).remarks == []


def test_references_must_be_written_as_in_the_same_order():
    case = said(changed(lambda o: o["inkludera"]["vagval"][0].update(logiskAdress=UNIT.lower())))
    blank = said(changed(lambda o: o["inkludera"]["vagval"][0].update(logiskAdress=f"{UNIT} ")))
    outside = said(changed(lambda o: o["inkludera"]["vagval"][0].update(logiskAdress="SE2321000156-ANNAN")))

    assert found(case) == {("referens-skiftlage", "inkludera.vagval[0].logiskAdress")}
    assert case.answer[1] == f"Skapa Vägval: Logisk Adress med HSAId = {UNIT.lower()} finns inte."
    assert found(blank) == {("referens-blanktecken", "inkludera.vagval[0].logiskAdress")}
    assert found(outside) == {("referens-utanfor", "inkludera.vagval[0].logiskAdress")}
    assert not case.loads
    assert not blank.loads
    assert outside.loads


def test_limits_of_an_order_are_reported():
    order = changed(lambda o: o["exkludera"].update(logiskadresser=[{"hsaId": "SE2321000156-ANNAN"}]))
    order["exkludera"]["vagval"] = [
        {"logiskAdress": "X", "tjanstekontrakt": STATUS, "rivtaprofil": "", "tjanstekomponent": ""}
    ]
    verdict = said(order)

    assert verdict.loads
    assert found(verdict, Weight.SILENT) == {
        ("exkludera-verkningslos", "exkludera.logiskadresser"),
    }


def test_an_earlier_step_hides_the_later_ones():
    order = changed(lambda o: o["inkludera"]["vagval"][0].update(adress="a b"))
    include(order, "logiskadresser", hsaId="SE.1", beskrivning="")
    verdict = said(order)

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
    verdict = said(json.dumps(order, separators=(",", ":")))

    assert verdict.answer == ("HTTP 400",)
    assert {rule for rule, _ in found(verdict)} == {"for-stor", "for-manga", "objekt-utan-hanvisning"}


def test_the_form_limit_counts_the_encoded_bytes():
    def padded(blanks):
        order = {**GOOD, "utforare": " " * blanks}
        return found(said(json.dumps(order, separators=(",", ":"))))

    assert padded(600_000) == set()
    assert padded(1_000_000) == {("nara-gransen", "")}
    assert padded(2_100_000) == {("for-stor", "")}


# --- Against a TAK ------------------------------------------------------------------------------------------------------


def small_tak(*routes, permissions=()):
    made = Tak("NTJP-PROD", routes=list(routes), authorizations=list(permissions))
    for row in (*routes, *permissions):
        made.live.addressees.add(row.key[0])
        made.live.contracts.add(row.key[1])
        made.live.components |= set(row.key[2:]) | set(row.value[1:2])
    return made


def other_route(
    since=date(2014, 8, 13),
    until=date(2114, 8, 13),
    producer="SE2321000156-ANNAN",
    url="https://annan.example.se",
):
    return Row((UNIT, STATUS), ("RIVTABP21", producer, url), since, until)


def against(made, order=GOOD):
    return said(order, catalogue=made.catalogue(DAY))


def test_a_route_that_would_be_replaced():
    verdict = against(small_tak(other_route()))

    assert verdict.loads
    assert ("ersatter-vagval", "inkludera.vagval[0]") in found(verdict, Weight.SILENT)
    assert verdict.effects["Deaktiverad"] == 1
    assert ("ersatter-kommande", "inkludera.vagval[0]") in found(
        against(small_tak(other_route(since=date(2028, 1, 1))))
    )


def test_two_routes_refuse_the_order():
    verdict = against(small_tak(other_route(), other_route(since=date(2020, 1, 1))))

    assert verdict.answer == (
        "JsonBestallning ERROR:::",
        f"Det finns mer än ett vagval i databasen med dessa parametrar {UNIT} - {STATUS}.",
    )


def test_a_planned_end_that_would_be_lost():
    verdict = against(small_tak(other_route(until=date(2027, 6, 1), producer=PROXY.hsa_id, url=URL)))

    assert ("slutdatum-andras", "inkludera.vagval[0]") in found(verdict)
    assert verdict.effects["Uppdaterad"] == 1


def test_closing_another_producers_route():
    undo = json.loads(tak_files(producer_order(units(2)), OPTIONS).files["aterstall-2.json"])
    verdict = against(small_tak(other_route()), undo)

    assert ("avslutar-annans", "exkludera.vagval[0]") in found(verdict, Weight.SILENT)
    assert ("existerar-ej", "exkludera.vagval[1]") in found(verdict, Weight.NOTE)
    assert verdict.effects == {"Deaktiverad": 1, "Existerar ej": 3}


def test_existing_objects():
    made = small_tak(other_route())
    catalogue = made.catalogue(DAY)
    catalogue.addressees[UNIT] = "Ett annat namn"
    verdict = said(GOOD, catalogue=catalogue)

    assert ("beskrivning-andras-inte", "inkludera.logiskadresser[0].beskrivning") in found(verdict)
    missing = changed(lambda o: o["inkludera"]["tjanstekomponenter"].clear())
    refused = said(missing, catalogue=catalogue)
    assert f"Skapa Vägval: Tjänstekomponent med HSAId = {PROXY.hsa_id} finns inte." in refused.answer


@settings(max_examples=60)
@given(data=st.data())
def test_the_judge_agrees_with_a_small_tak(data):
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
    made = small_tak(*rows)
    catalogue = made.catalogue(DAY)
    # Profiles are not in a catalogue: the judge only remarks on an unusual one.
    made.live.profiles |= {"SE2321000156-ANNAN", "https://b.example.se/x", "a b", "rivtabp21"}
    verdict = said(order, catalogue=catalogue)
    try:
        made.load(json.dumps(order).encode())
    except Refused:
        assert not verdict.loads
    else:
        assert verdict.loads
        for word in ("Uppdaterad", "Deaktiverad", "Borttagen", "Existerar ej"):
            assert verdict.effects[word] == made.report.count(word)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["hsaId", "vagval", "logiskadresser", "adress", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(data=st.data())
def test_no_order_however_strange_raises(data):
    order = copy.deepcopy(GOOD)
    target = data.draw(
        st.sampled_from(
            [
                order,
                order["inkludera"],
                order["inkludera"]["vagval"][0],
                order["inkludera"]["tjanstekontrakt"][0],
            ]
        )
    )
    target[data.draw(st.sampled_from([*target, "x"]))] = data.draw(JSON)
    verdict = said(order)
    assert verdict.loads is not bool(verdict.answer)


@given(content=st.binary(max_size=80) | st.text(max_size=80))
def test_no_text_whatsoever_raises(content):
    verdict = judge(content)

    assert verdict.loads is not bool(verdict.answer)


def test_every_rule_has_its_texts():
    for rule in rules().values():
        assert rule.title
        assert rule.text
        assert rule.answer or rule.weight is not Weight.REFUSED


@pytest.mark.parametrize(
    ("value", "loads"),
    [("1e3", True), (".5", True), ("1.", True), (" +1 ", True), ("NaN", True), ("-INF", True), ("null", True)]
    + [
        (text, False)
        for text in ("1f", "1D", "0x1p3", "1.e3", "+INF", "infinity", "٣", "\u00a01", "1_0", "\u00a0")
    ],
)
def test_format_version_as_text_is_parsed_as_jackson_does(value, loads):
    assert said(changed(lambda o: o.update(formatVersion=value))).loads is loads


@pytest.mark.parametrize(
    ("value", "loads"),
    [("+7", True), ("٣", True), (" 007 ", True), (2147483647.0, True), (-1.9, True), ("-2147483648", True)]
    + [(v, False) for v in ("7.", "\u00a07", "𝟕", "2147483648", 2147483647.5, -2147483648.5, 1e10, "NULL")],
)
def test_version_is_parsed_as_jackson_does(value, loads):
    assert said(changed(lambda o: o.update(version=value))).loads is loads
