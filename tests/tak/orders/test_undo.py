"""Order and undo, loaded one after the other in a small TAK, restore the earlier state as far as an order can."""

import json
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from importlib import resources

import pytest

from tests.tak.orders.order_and_undo import (
    OTHER,
    OTHER_URL,
    UNIT,
    load,
    order_and_undo,
    permission,
    route,
    tak,
)
from tests.tak.orders.some_orders import (
    DAY,
    OPTIONS,
    PROXY,
    STATUS,
    URL,
    producer_order,
    units,
)
from tests.tak.orders.tak_model import Refused
from underlag.orders.order import Party
from underlag.tak.orders.content import Limit
from underlag.tak.orders.files import tak_files

LONG_AGO, FAR_AHEAD = date(2014, 8, 13), date(2114, 8, 13)


def test_a_replaced_route_leads_back_to_where_it_led():
    made = tak(route(), permissions=[permission()])
    before = made.in_force(DAY)

    during, files = order_and_undo(made, producer_order(), catalogue=made.catalogue(DAY))

    assert during[0][UNIT.casefold(), STATUS.casefold()][2] == URL
    assert len(during[0]) == 3
    assert made.in_force(DAY) == before
    assert made.in_force(DAY - timedelta(days=1)) == before
    steps = [json.loads(files[f"aterstall-2-steg-{number}.json"]) for number in (1, 2)]
    assert [step["genomforandeTidpunkt"][:10] for step in steps] == ["2027-02-28", "2027-03-01"]
    assert "steg 1 av 2. Gäller 2027-02-28." in steps[0]["kommentar"]
    assert "Ersatta vägval som läggs tillbaka: 1." in steps[1]["kommentar"]
    assert [item["logiskAdress"] for item in steps[1]["inkludera"]["vagval"]] == [UNIT]


def test_an_existing_route_stays_after_the_undo():
    made = tak(route(producer=PROXY.hsa_id, url=URL), permissions=[permission()])
    before = made.in_force(DAY)

    _, files = order_and_undo(made, producer_order(units(1)), catalogue=made.catalogue(DAY))

    assert made.in_force(DAY) == before
    assert len(before[0]) == len(before[1]) == 1
    assert files.keys() == {"bestallning-2.json"}
    notes = tak_files(producer_order(units(1)), OPTIONS, made.catalogue(DAY)).notes.sentences
    assert any("fanns 2 vägval och anropsbehörigheter redan" in note for note in notes)


def test_only_what_is_new_is_ordered_object_by_object():
    planned = DAY + timedelta(days=90)
    there, other, half = (unit.hsa_id for unit in units(3))
    made = tak(
        route(there, PROXY.hsa_id, URL, until=planned),
        route(other),
        route(half, PROXY.hsa_id, URL),
        permissions=[permission(there), permission(other, until=planned)],
    )
    before = made.in_force(planned)
    options = replace(OPTIONS, only_new=True)
    files = tak_files(producer_order(units(3)), options, made.catalogue(DAY))
    order = json.loads(files.files["bestallning-2.json"])["inkludera"]

    assert [item["logiskAdress"] for item in order["vagval"]] == [other]
    assert [item["logiskAdress"] for item in order["anropsbehorigheter"]] == [half]
    assert [item["hsaId"] for item in order["logiskadresser"]] == [other, half]
    assert any("4 vägval och anropsbehörigheter redan" in note for note in files.notes.sentences)
    load(made, files.files, "bestallning")
    after = made.in_force(planned + timedelta(days=1))
    assert there.casefold() not in {key[0] for key in after[0]}
    load(made, files.files, "aterstall")
    assert made.in_force(planned) == before


def test_nothing_is_written_when_everything_exists():
    made = tak(route(producer=PROXY.hsa_id, url=URL), permissions=[permission()])
    options = replace(OPTIONS, only_new=True)

    assert tak_files(producer_order(units(1)), options, made.catalogue(DAY)).files == {}


def test_a_later_start_is_ordered_even_with_only_new():
    later = DAY + timedelta(days=30)
    made = tak(route(producer=PROXY.hsa_id, url=URL, since=later), permissions=[permission(since=later)])
    files = tak_files(producer_order(units(1)), replace(OPTIONS, only_new=True), made.catalogue(DAY)).files
    load(made, files, "bestallning")

    assert len(made.in_force(DAY)[0]) == len(made.in_force(DAY)[1]) == 1


def test_a_removal_names_only_existing_objects():
    first, second = (unit.hsa_id for unit in units(2))
    made = tak(
        route(first, PROXY.hsa_id, URL), permissions=[permission(second), permission(first + "\u2028")]
    )
    removal = producer_order(units(3), action="remove")
    order = json.loads(tak_files(removal, OPTIONS, made.catalogue(DAY)).files["bestallning-2.json"])

    assert [item["logiskAdress"] for item in order["exkludera"]["vagval"]] == [first]
    assert [item["logiskAdress"] for item in order["exkludera"]["anropsbehorigheter"]] == [second]
    assert tak_files(removal, OPTIONS, tak().catalogue(DAY)).files == {}


def test_without_an_export_the_undo_takes_away_what_was_new_again_and_again():
    made = tak(route("SE162321000156-0009"))
    before = made.in_force(DAY)
    files = tak_files(producer_order(), OPTIONS).files

    for _ in range(5):
        load(made, files, "bestallning")
        assert len(made.in_force(DAY)[0]) == 4
        load(made, files, "aterstall")
        assert made.in_force(DAY) == before
        assert len(made.routes) == 1


def test_without_an_export_tak_rejects_the_undo_of_a_replaced_route_as_reported():
    made = tak(route())
    files = tak_files(producer_order(), OPTIONS)
    load(made, files.files, "bestallning")

    with pytest.raises(Refused):
        load(made, files.files, "aterstall")
    assert any("har beställningen ersatt ett vägval avvisar TAK" in note for note in files.notes.sentences)


def test_a_removed_row_is_opened_again_with_its_agreement():
    made = tak(route(producer=PROXY.hsa_id, url=URL), permissions=[permission()])
    rows = made.routes, made.authorizations

    _, files = order_and_undo(made, producer_order(units(1), action="remove"), catalogue=made.catalogue(DAY))

    undo = json.loads(files["aterstall-2.json"])
    assert undo["genomforandeTidpunkt"].startswith("2027-02-28")
    assert "Avtalstext" not in undo["kommentar"]
    assert [[replace(row, until=FAR_AHEAD) for row in found] for found in rows] == [
        [replace(row, until=FAR_AHEAD) for row in found] for found in (made.routes, made.authorizations)
    ]


def test_planned_ends_are_kept_unless_they_are_to_be_removed():
    planned = DAY + timedelta(days=90)
    made = tak(route(producer=PROXY.hsa_id, url=URL, until=planned), permissions=[permission(until=planned)])
    catalogue = made.catalogue(DAY)
    kept = tak_files(producer_order(units(1)), OPTIONS, catalogue)
    removed = tak_files(producer_order(units(1)), replace(OPTIONS, replace_routes=True), catalogue)

    assert kept.files == {}
    assert any(
        "2 vägval och anropsbehörigheter redan i TAK med ett planerat slut" in n for n in kept.notes.sentences
    )
    load(made, removed.files, "bestallning")
    assert len(made.in_force(planned + timedelta(days=1))[0]) == 1
    load(made, removed.files, "aterstall")
    assert [row.until for row in (*made.routes, *made.authorizations)] == [planned, planned]
    undo = json.loads(removed.files["aterstall-2.json"])
    assert undo["genomforandeTidpunkt"].startswith("2027-05-31")
    assert "Gäller 2027-05-31." in undo["kommentar"]


def test_a_corrected_order_on_the_same_day_works():
    wrong, right = producer_order(url=OTHER_URL), producer_order()
    made = tak(route(), permissions=[permission()])
    before = made.in_force(DAY)

    first = tak_files(wrong, OPTIONS, made.catalogue(DAY)).files
    load(made, first, "bestallning")
    load(made, first, "aterstall")
    second = tak_files(right, OPTIONS, made.catalogue(DAY)).files
    load(made, second, "bestallning")
    assert {value[2] for value in made.in_force(DAY)[0].values()} == {URL}
    load(made, second, "aterstall")
    assert made.in_force(DAY) == before


def test_a_change_that_was_made_and_taken_back_on_the_same_day_is_not_promised_again():
    made = tak(route())
    order_and_undo(made, producer_order(units(1)), catalogue=made.catalogue(DAY))
    again = tak_files(producer_order(units(1)), OPTIONS, made.catalogue(DAY))

    assert any("samma ändring redan har gjorts och tagits tillbaka" in note for note in again.notes.sentences)
    assert all("vagval" not in name for name in again.files)
    next_day = tak_files(
        producer_order(units(1), day=DAY + timedelta(days=1)),
        OPTIONS,
        made.catalogue(DAY + timedelta(days=1)),
    )
    load(made, next_day.files, "bestallning")
    load(made, next_day.files, "aterstall")
    assert made.in_force(DAY + timedelta(days=1)) == tak(route()).in_force(DAY)


def test_an_export_that_may_show_deleted_rows_is_reported():
    catalogue = tak(route()).catalogue(DAY)
    catalogue.includes_deleted = True
    undo = tak_files(producer_order(), OPTIONS, catalogue).files

    assert "TAK-exporten kan visa raderade rader" in json.loads(undo["aterstall-2-steg-1.json"])["kommentar"]


def test_every_limit_that_an_undo_can_meet_is_reported():
    texts = tomllib.loads(
        (resources.files("underlag.tak.orders") / "texts" / "undo.toml").read_text(encoding="utf-8")
    )
    said = {key for group in texts.values() for key in group} - {"no_day"}

    assert said == set(Limit)


def test_a_route_that_tak_no_longer_accepts_is_closed_and_reported():
    made = tak(route(url="https://annan.example.se/a?b=c"))
    catalogue = made.catalogue(DAY)

    _, files = order_and_undo(made, producer_order(), catalogue=catalogue)

    assert made.in_force(DAY)[0] == {}
    assert (
        "Ersatta vägval som inte går att lägga tillbaka: 1."
        in json.loads(files["aterstall-2-steg-1.json"])["kommentar"]
    )
    assert any(
        "går inte att beställa tillbaka" in note
        for note in tak_files(producer_order(), OPTIONS, catalogue).notes.sentences
    )


def test_a_producer_whose_id_tak_no_longer_accepts_is_referred_to_as_written():
    made = tak(route(producer="SE 12345"))
    before = made.in_force(DAY)

    order_and_undo(made, producer_order(units(1)), catalogue=made.catalogue(DAY))

    assert made.in_force(DAY) == before


def test_an_addressee_that_tak_writes_with_an_invisible_character_is_another_to_tak():
    made = tak(route(UNIT + "\u2028"))
    before = made.in_force(DAY)

    during, _ = order_and_undo(made, producer_order(units(1)), catalogue=made.catalogue(DAY))

    assert len(during[0]) == 2
    assert made.in_force(DAY) == before


def test_a_removal_and_its_undo_give_the_route_back_with_its_own_url():
    made = tak(route(producer=PROXY.hsa_id, url=OTHER_URL), permissions=[permission()])
    before = made.in_force(DAY)

    during, _ = order_and_undo(made, producer_order(units(1), action="remove"), catalogue=made.catalogue(DAY))

    assert during == ({}, set())
    assert made.in_force(DAY) == before


def test_a_removal_never_closes_another_producers_route():
    made = tak(route(), permissions=[permission()])
    before = made.in_force(DAY)
    removal = producer_order(units(1), action="remove")
    catalogue = made.catalogue(DAY)

    assert tak_files(removal, OPTIONS, catalogue).files == {}
    assert any("annan producent" in note for note in tak_files(removal, OPTIONS, catalogue).notes.sentences)
    both = producer_order(units(2), action="remove")
    load(made, tak_files(both, OPTIONS, catalogue).files, "bestallning")
    assert made.in_force(DAY) == before


def test_a_removal_and_an_addition_of_one_workbook_load_in_any_order():
    addition = producer_order(units(1), number=2)
    removal = producer_order(units(2), number=3, action="remove", component=Party(OTHER, ""), url=OTHER_URL)
    files = [tak_files(order, OPTIONS, all_orders=[addition, removal]).files for order in (addition, removal)]
    results = []
    for sequence in (files, files[::-1]):
        made = tak(route(), route("SE162321000156-0002"))
        for one in sequence:
            load(made, one, "bestallning")
        results.append(made.in_force(DAY))

    assert results[0] == results[1]
    assert [key[0] for key in results[0][0]] == [UNIT.casefold()]


def test_parts_load_in_any_order():
    files = tak_files(producer_order(units(40)), replace(OPTIONS, largest_part=12_000)).files
    contents = [content for name, content in files.items() if name.startswith("bestallning")]
    forward, backward = tak(), tak()
    for content in contents:
        forward.load(content)
    for content in reversed(contents):
        backward.load(content)

    assert len(contents) > 2
    assert forward.in_force(DAY) == backward.in_force(DAY)
    assert len(forward.in_force(DAY)[0]) == 40


def test_the_model_refuses_an_order_that_meets_two_routes():
    made = tak(route(), route(url=URL, since=date(2020, 1, 1)))

    with pytest.raises(Refused):
        load(made, tak_files(producer_order(), OPTIONS).files, "bestallning")
