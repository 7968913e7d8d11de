"""The TAK files of an order load by the rules of tak-web, state the right day, and are split below the limit."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import quote, quote_plus

import pytest

from tests.tak.orders.some_orders import (
    COSMIC,
    DAY,
    NOW,
    OPTIONS,
    PROXY,
    STATUS,
    URL,
    WEBCERT,
    consumer_order,
    details,
    producer_order,
    units,
)
from tests.tak.orders.tak_model import Tak
from tests.tak.orders.tak_rules import Live, refusals
from underlag.options import STOCKHOLM, Options
from underlag.orders.order import Party
from underlag.tak.orders.files import carried_out_on, packed_tak_files, tak_files
from underlag.tak.orders.order import TakOrder


def written(order, **given):
    return {name: json.loads(text) for name, text in tak_files(order, OPTIONS, **given).files.items()}


def test_producer_order_as_a_whole():
    order = written(producer_order(units(1)))["bestallning-2.json"]

    assert order == {
        "plattform": "NTJP-PROD",
        "formatVersion": 1.0,
        "version": 1,
        "bestallningsTidpunkt": "2027-02-01T09:30:00+0100",
        "genomforandeTidpunkt": "2027-03-01T12:00:00+0100",
        "utforare": "LiV (underlag)",
        "kommentar": "TSK-12518. Beställning 2 av 3.",
        "inkludera": {
            "tjanstekontrakt": [
                {"namnrymd": STATUS, "beskrivning": "CertificateStatusUpdateForCare v3", "majorVersion": 3}
            ],
            "logiskadresser": [{"hsaId": "SE162321000156-0001", "beskrivning": "Vårdenhet 1 på Ölön"}],
            "tjanstekomponenter": [
                {"hsaId": PROXY.hsa_id, "beskrivning": PROXY.name},
                {"hsaId": WEBCERT.hsa_id, "beskrivning": WEBCERT.name},
            ],
            "anropsbehorigheter": [
                {
                    "logiskAdress": "SE162321000156-0001",
                    "tjanstekontrakt": STATUS,
                    "tjanstekonsument": WEBCERT.hsa_id,
                }
            ],
            "vagval": [
                {
                    "adress": URL,
                    "logiskAdress": "SE162321000156-0001",
                    "tjanstekontrakt": STATUS,
                    "rivtaprofil": "RIVTABP21",
                    "tjanstekomponent": PROXY.hsa_id,
                }
            ],
        },
        "exkludera": {"anropsbehorigheter": [], "vagval": []},
    }


def test_consumer_order_has_authorizations_for_each_contract_and_no_route():
    included = written(consumer_order())["bestallning-1.json"]["inkludera"]

    assert [item["tjanstekontrakt"].split(":")[-2] for item in included["anropsbehorigheter"]] == [
        "CreateDraftCertificateResponder",
        "ListCertificatesForCareWithQAResponder",
    ]
    assert included["vagval"] == []
    assert [item["hsaId"] for item in included["tjanstekomponenter"]] == [COSMIC.hsa_id]


@pytest.mark.parametrize("order", [producer_order(), consumer_order(), producer_order(action="remove")])
def test_each_file_loads_alone_and_fits_the_published_model(order):
    files = tak_files(order, OPTIONS).files

    assert len(files) == 2
    for content in files.values():
        assert refusals(content, "NTJP-PROD") == []
        TakOrder.model_validate_json(content)


def test_undo_without_export_closes_what_the_order_makes_and_says_what_it_cannot_know():
    files = written(producer_order())
    order, undo = files["bestallning-2.json"], files["aterstall-2.json"]

    assert undo["exkludera"]["vagval"] == order["inkludera"]["vagval"]
    assert undo["exkludera"]["anropsbehorigheter"] == order["inkludera"]["anropsbehorigheter"]
    assert not any(undo["inkludera"].values())
    assert undo["kommentar"] == (
        "TSK-12518. Återställer beställning 2 av 3. Gäller 2027-02-28. Gjord utan TAK-export: tar bort även det som fanns före. "
        "Nya adressater, komponenter och kontrakt ligger kvar."
    )


@pytest.mark.parametrize(
    ("day", "stated"),
    [
        (date(2027, 3, 27), "2027-03-27T12:00:00+0100"),
        (date(2027, 3, 28), "2027-03-28T12:00:00+0200"),
        (date(2027, 7, 1), "2027-07-01T12:00:00+0200"),
        (date(2027, 10, 30), "2027-10-30T12:00:00+0200"),
        (date(2027, 10, 31), "2027-10-31T12:00:00+0100"),
    ],
)
def test_noon_has_the_swedish_offset_of_its_date(day, stated):
    order = written(producer_order(day=day))["bestallning-2.json"]

    assert order["genomforandeTidpunkt"] == stated


@pytest.mark.parametrize(
    ("now", "stated"),
    [
        (datetime(2027, 7, 1, 23, 30, tzinfo=UTC), "2027-07-02T01:30:00+0200"),
        (datetime(2027, 1, 1, 8, 0), "2027-01-01T08:00:00+0100"),  # noqa: DTZ001 - the case in question
    ],
)
def test_the_time_of_ordering_is_swedish(now, stated):
    files = tak_files(producer_order(), Options(now=now)).files

    assert json.loads(files["bestallning-2.json"])["bestallningsTidpunkt"] == stated


def test_without_a_date_the_file_counts_from_the_day_it_was_made_and_says_so():
    order = producer_order(day=None)
    made = written(order)["bestallning-2.json"]

    assert made["genomforandeTidpunkt"] == "2027-02-01T12:00:00+0100"
    assert "Datum saknas i underlaget" in made["kommentar"]
    assert carried_out_on(order, Options(now=datetime(2027, 6, 30, 23, tzinfo=UTC))) == date(2027, 7, 1)


def test_same_input_gives_the_same_bytes():
    assert tak_files(producer_order(), OPTIONS).files == tak_files(producer_order(), OPTIONS).files


def test_a_component_that_is_consumer_and_producer_is_listed_once():
    order = producer_order(component=WEBCERT, consumers=(WEBCERT,))
    components = written(order)["bestallning-2.json"]["inkludera"]["tjanstekomponenter"]

    assert [item["hsaId"] for item in components] == [WEBCERT.hsa_id]


@pytest.mark.parametrize("limit", [8_000, 20_000, 60_000])
def test_a_large_order_is_split_so_that_each_part_loads_alone(limit):
    order = producer_order(units(200))
    files = tak_files(order, replace(OPTIONS, largest_part=limit)).files
    orders = [name for name in files if name.startswith("bestallning")]
    undos = [name for name in files if name.startswith("aterstall")]
    count = len(orders)

    assert count > 1
    assert orders == [f"bestallning-2-del-{n}-av-{count}.json" for n in range(1, count + 1)]
    assert undos == [f"aterstall-2-del-{n}-av-{count}.json" for n in range(1, count + 1)]
    for content in files.values():
        assert len(quote_plus(content.decode())) < limit
        assert len(quote(content.decode(), safe="")) < limit
        assert refusals(content, "NTJP-PROD") == []
    listed = [
        item["hsaId"] for name in orders for item in json.loads(files[name])["inkludera"]["logiskadresser"]
    ]
    assert listed == [unit.hsa_id for unit in order.addressees]
    for order_name, undo_name in zip(orders, undos, strict=True):
        made, undone = json.loads(files[order_name]), json.loads(files[undo_name])
        assert undone["exkludera"]["vagval"] == made["inkludera"]["vagval"]
        assert f"del {orders.index(order_name) + 1} av {count}" in made["kommentar"]


def test_parts_of_very_uneven_rows_stay_below_the_limit():
    short, long = units(300), [unit._replace(name="å" * 255) for unit in units(300, first=301)]
    files = tak_files(producer_order([*short, *long]), replace(OPTIONS, largest_part=100_000)).files

    assert max(len(quote_plus(content.decode())) for content in files.values()) < 100_000


def test_the_usual_limit_is_two_million_bytes_encoded():
    files = tak_files(producer_order(units(4_000)), OPTIONS).files
    sizes = [len(quote_plus(content.decode())) for content in files.values()]

    assert 1 < len(files) // 2 < 6
    assert max(sizes) < 2_000_000


def test_a_long_comment_keeps_to_what_tak_keeps():
    files = tak_files(producer_order(details=details(case_number="TSK-" + "9" * 400)), OPTIONS).files

    assert all(len(json.loads(content)["kommentar"]) <= 255 for content in files.values())


def test_what_utf8_cannot_carry_does_not_stop_an_order():
    files = tak_files(
        producer_order(details=details(case_number="TSK-1\udcff", region="L\udce4n")), OPTIONS
    ).files

    assert refusals(files["bestallning-2.json"], "NTJP-PROD") == []


def test_the_undo_of_a_removal_makes_everything_again():
    files = written(producer_order(action="remove"))
    order, undo = files["bestallning-2.json"], files["aterstall-2.json"]

    assert not any(order["inkludera"].values())
    assert undo["inkludera"]["vagval"] == order["exkludera"]["vagval"]
    assert [item["hsaId"] for item in undo["inkludera"]["logiskadresser"]] == [u.hsa_id for u in units(3)]


def test_a_removal_without_url_says_that_the_routes_cannot_be_made_again():
    files = tak_files(producer_order(action="remove", url=""), OPTIONS).files
    undo = json.loads(files["aterstall-2.json"])

    assert refusals(files["bestallning-2.json"], "NTJP-PROD", Live()) == []
    assert undo["inkludera"]["vagval"] == []
    assert "3 vägval saknar anropsadress" in undo["kommentar"]


def test_a_removal_spares_what_another_order_of_the_same_workbook_adds():
    moved, gone = units(2)
    removal = producer_order([moved, gone], action="remove", number=3)
    addition = producer_order([moved], number=2)
    excluded = written(removal, all_orders=[addition, removal])["bestallning-3.json"]["exkludera"]

    assert [item["logiskAdress"] for item in excluded["vagval"]] == [gone.hsa_id]
    assert [item["logiskAdress"] for item in excluded["anropsbehorigheter"]] == [gone.hsa_id]


def test_a_removal_with_nothing_left_writes_no_file():
    removal = producer_order(units(1), action="remove")

    assert tak_files(removal, OPTIONS, all_orders=[producer_order(units(1))]).files == {}


def test_the_rules_of_the_test_refuse_what_is_wrong():
    good = json.loads(tak_files(producer_order(), OPTIONS).files["bestallning-2.json"])

    def refused(change):
        order = json.loads(json.dumps(good))
        change(order)
        return refusals(json.dumps(order).encode(), "NTJP-PROD")

    route = good["inkludera"]["vagval"][0]
    assert refused(lambda o: o.update(Plattform="x"))
    assert refused(lambda o: o.update(plattform="NTJP-QA"))
    assert refused(lambda o: o.update(genomforandeTidpunkt=NOW.astimezone(STOCKHOLM).isoformat()))
    assert refused(lambda o: o["inkludera"]["vagval"].append(route | {"adress": "https://annan.example.se"}))
    assert refused(lambda o: o["inkludera"]["vagval"][0].update(logiskAdress="se162321000156-0001"))
    assert refused(lambda o: o["inkludera"]["vagval"][0].update(adress="https://a.example.se/?a=b"))
    assert refused(lambda o: o["inkludera"]["tjanstekomponenter"].pop())
    assert refused(lambda o: o["inkludera"]["logiskadresser"][0].pop("beskrivning"))


def test_orders_of_a_day_share_files_as_few_as_their_size_demands():
    orders = [
        producer_order(
            units(20, first=1 + 20 * number),
            number=number + 1,
            component=Party(f"SE162321000156-P{number}", f"Producent {number}"),
            url=f"https://p{number}.example.se/status/3_0/rivtabp21",
        )
        for number in range(40)
    ]
    options = replace(OPTIONS, largest_part=100_000)
    made = packed_tak_files(orders, "1", options).files
    parts = [content for name, content in made.items() if name.startswith("bestallning")]
    whole = packed_tak_files(orders, "1", OPTIONS).files["bestallning-1.json"]

    assert all(len(quote_plus(content.decode())) < 100_000 for content in made.values())
    assert len(parts) <= 1.1 * len(quote_plus(whole.decode())) / 100_000 + 1
    assert any(len(json.loads(content)["inkludera"]["tjanstekomponenter"]) > 2 for content in parts)
    forward, backward = Tak("NTJP-PROD"), Tak("NTJP-PROD")
    for content in parts:
        forward.load(content)
    for content in reversed(parts):
        backward.load(content)
    assert forward.in_force(DAY) == backward.in_force(DAY)
    assert len(forward.in_force(DAY)[0]) == 800


def test_the_undo_of_a_shared_part_undoes_just_that_part():
    orders = [
        producer_order(units(30)),
        producer_order(units(30, first=31), component=Party("SE162321000156-P2", "P2")),
    ]
    made = packed_tak_files(orders, "1", replace(OPTIONS, largest_part=30_000)).files
    tak = Tak("NTJP-PROD")
    for name, content in made.items():
        if name.startswith("bestallning"):
            tak.load(content)
    before = tak.in_force(DAY)[0].keys()
    order, undo = (
        next(name for name in made if name.startswith(f"{stem}-1-del-2-"))
        for stem in ("bestallning", "aterstall")
    )
    undone = json.loads(made[order])["inkludera"]["vagval"]

    tak.load(made[undo])

    assert before - tak.in_force(DAY)[0].keys() == {
        (item["logiskAdress"].casefold(), item["tjanstekontrakt"].casefold()) for item in undone
    }


def test_an_order_two_workbooks_share_is_listed_once():
    made = packed_tak_files([producer_order(), producer_order(units(4))], "1", OPTIONS).files

    assert refusals(made["bestallning-1.json"], "NTJP-PROD") == []
    assert len(json.loads(made["bestallning-1.json"])["inkludera"]["vagval"]) == 4
