"""Remarks on the objects of TAK orders made elsewhere: each rule of tak-web by an order that breaks it."""

import json

import pytest

from tests.tak.judge.judged_orders import GOOD, UNIT, changed, found, include, judged
from tests.tak.orders.some_orders import PROXY, STATUS, WEBCERT
from underlag.tak.judge import Weight


def test_the_platform_must_agree_to_the_letter():
    verdict = judged(changed(lambda o: o.update(plattform="ntjp-prod")), platform="NTJP-PROD")

    assert verdict.answer == (
        "JsonBestallning ERROR:::",
        "Beställningen avser plattform ntjp-prod, men den här instansen av tak-web hanterar NTJP-PROD.",
    )
    assert found(judged(changed(lambda o: o.update(plattform="TP_TEST")))) == {
        ("plattform-ovanlig", "plattform")
    }
    assert judged(changed(lambda o: o.update(plattform=None))).answer == ("JsonBestallning ERROR::: {}",)


def test_texts_are_tidied_and_cut_silently():
    order = changed(lambda o: o.update(kommentar=" två\r\nrader "))
    order["inkludera"]["logiskadresser"][0]["beskrivning"] = "x" * 256
    order["inkludera"]["logiskadresser"][1]["beskrivning"] = "x" * 255
    verdict = judged(order)

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
def test_duplicates_are_refused(change, where, answer):
    verdict = judged(changed(change))
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
    verdict = judged(changed(lambda o: include(o, name, beskrivning=None, **values)))

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
    verdict = judged(order)

    assert [r.value for r in verdict.remarks if r.weight is Weight.REFUSED] == [long]
    assert ("referens-lang", f"inkludera.vagval[0].{property_name}") in found(verdict, Weight.REFUSED)
    assert verdict.answer[1].endswith(f"= {long} finns inte.")
    exact = json.loads(json.dumps(order).replace(long, "X" * 255))
    assert judged(exact).loads


@pytest.mark.parametrize("heading", ["HSA-ID", "hsa_id", "Namn", "HSAID", "Enhet"])
def test_a_heading_that_became_an_addressee_is_reported(heading):
    order = changed(lambda o: include(o, "logiskadresser", hsaId=heading, beskrivning="Namn"))
    verdict = judged(order)

    assert verdict.loads
    assert ("rubrik-som-post", "inkludera.logiskadresser[2].hsaId") in found(verdict, Weight.SILENT)


def test_new_objects_that_nothing_refers_to_are_reported():
    order = changed(lambda o: include(o, "logiskadresser", hsaId="SE2321000156-NY1", beskrivning=""))
    include(order, "tjanstekomponenter", hsaId="SE2321000156-NY2", beskrivning="")
    told = {
        ("objekt-utan-hanvisning", "inkludera.logiskadresser[2]"),
        ("objekt-utan-hanvisning", "inkludera.tjanstekomponenter[2]"),
    }

    assert found(judged(order)) == told
    assert {r.weight for r in judged(order).remarks} == {Weight.NOTE}


def test_our_own_words_are_not_taken_for_values():
    order = changed(lambda o: include(o, "logiskadresser", hsaId="SE 1", beskrivning=""))
    include(order, "tjanstekomponenter", hsaId="", beskrivning="")
    order["Plattform"] = ""
    include(order, "vagval", **{**order["inkludera"]["vagval"][0], "adress": ""})
    messages = [r.message for r in judged(order).remarks]

    assert not any("‹" in message or "  " in message for message in messages)
    assert any(message.startswith('HSA-ID:t "" är tomt.') for message in messages)
    assert any(
        message.endswith("(Finns objektet redan i TAK kontrolleras det inte.)") for message in messages
    )
    quoted = changed(lambda o: include(o, "logiskadresser", hsaId="SE1\u2028", beskrivning=""))
    assert any("SE1‹" in r.message for r in judged(quoted).remarks)


def test_the_standard_address_may_be_listed():
    order = changed(lambda o: include(o, "logiskadresser", hsaId="*", beskrivning=""))
    include(order, "vagval", **{**order["inkludera"]["vagval"][0], "logiskAdress": "*"})

    assert found(judged(order)) == {("standardvagval", "inkludera.vagval[2].logiskAdress")}


def test_a_new_object_without_a_description_crashes_the_page_only():
    verdict = judged(changed(lambda o: include(o, "logiskadresser", hsaId="SE2321000156-X")))

    assert found(verdict, Weight.REFUSED) == {("egenskap-saknas", "inkludera.logiskadresser[2]")}
    assert verdict.ways == {"sida": False, "json": True, "skript": True}
    assert verdict.answer[0].startswith("Fel när beställning null skulle behandlas")


def test_a_new_object_without_a_key_is_one_with_an_empty_key():
    verdict = judged(changed(lambda o: include(o, "logiskadresser", beskrivning="")))

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
    verdict = judged(changed(lambda o: o[section].setdefault(name, []).append(None)))
    number = len(GOOD[section].get(name, []))

    assert found(verdict, Weight.REFUSED) == {("tom-post", f"{section}.{name}[{number}]")}
    assert verdict.answer[0] == "RUNTIME ERROR:::"
    assert verdict.answer[1].endswith(answer)


def test_a_null_item_before_others_crashes_the_comparison():
    verdict = judged(changed(lambda o: o["inkludera"]["logiskadresser"].insert(0, None)))

    assert verdict.answer == (
        "RUNTIME ERROR:::",
        'Cannot invoke "Object.equals(Object)" because "item" is null',
    )


def test_a_null_item_in_a_list_that_is_dropped_does_nothing():
    assert judged(changed(lambda o: o["exkludera"].update(logiskadresser=[None]))).loads
    assert not judged(changed(lambda o: o["exkludera"].update(logiskadresser=[None, {"hsaId": "X"}]))).loads


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
    verdict = judged(changed(lambda o: o["inkludera"][name][place].update({key: None})))

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
    verdict = judged(changed(change))

    assert {r.rule for r in verdict.remarks if r.weight is Weight.REFUSED} == {rule}
    assert judged(changed(lambda o: o.update(kommentar="😀", utforare="😀"))).loads


def test_control_characters_are_a_note_about_the_upload_script():
    text = json.dumps(GOOD)

    assert judged(text).ways == {"sida": True, "json": True, "skript": True}
    for other in (f"{text}\n", text.replace(", ", ",\t"), text.replace("Ö", "\u0085").replace("Ö", "\u0378")):
        if other == text:
            continue
        verdict = judged(other)
        assert verdict.loads
        assert verdict.ways == {"sida": True, "json": True, "skript": False}
        assert found(verdict) == {("skriptet-styrtecken", "")}


def test_utf_16_is_refused_over_rest_only():
    verdict = judged(json.dumps(GOOD).encode("utf-16"))

    assert verdict.ways == {"sida": True, "json": False, "skript": False}
    assert verdict.answer == ("JsonBestallning ERROR::: {}",)


def test_lower_case_becomes_upper_and_versions_are_not_compared():
    order = changed(lambda o: include(o, "logiskadresser", hsaId="se2321000156-x", beskrivning=""))
    order["inkludera"]["tjanstekontrakt"][0]["majorVersion"] = 2
    verdict = judged(order)

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
    verdict = judged(order)

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
    verdict = judged(changed(lambda o: o["inkludera"]["vagval"][0].update(adress=url)))

    assert verdict.answer == ("JsonBestallning ERROR:::", f"Skapa Vägval: {message}")


def test_urls_that_tak_accepts_although_they_are_odd():
    odd = changed(lambda o: o["inkludera"]["vagval"][0].update(adress="a.b.c"))
    fine = changed(lambda o: o["inkludera"]["vagval"][0].update(adress="https://a.example.se/b?c&d"))

    assert found(judged(odd)) == {("adress-ovanlig", "inkludera.vagval[0].adress")}
    assert judged(fine).remarks == []


def test_references_must_be_written_as_in_the_same_order():
    case = judged(changed(lambda o: o["inkludera"]["vagval"][0].update(logiskAdress=UNIT.lower())))
    blank = judged(changed(lambda o: o["inkludera"]["vagval"][0].update(logiskAdress=f"{UNIT} ")))
    outside = judged(changed(lambda o: o["inkludera"]["vagval"][0].update(logiskAdress="SE2321000156-ANNAN")))

    assert found(case) == {("referens-skiftlage", "inkludera.vagval[0].logiskAdress")}
    assert case.answer[1] == f"Skapa Vägval: Logisk Adress med HSAId = {UNIT.lower()} finns inte."
    assert found(blank) == {("referens-blanktecken", "inkludera.vagval[0].logiskAdress")}
    assert found(outside) == {("referens-utanfor", "inkludera.vagval[0].logiskAdress")}
    assert not case.loads
    assert not blank.loads
    assert outside.loads
