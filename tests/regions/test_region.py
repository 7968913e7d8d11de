import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from underlag.regions.region import Regions, standard_regions, tidied_name

REGIONS = Regions.from_data(standard_regions())


def test_all_21_regions_are_known():
    assert len(standard_regions()["region"]) == 21


@pytest.mark.parametrize(
    "text",
    [
        "Gotland",
        "Region Gotland",
        "region gotland",
        "REGION-GOTLAND",
        "RG",
        "Gotland (slutlig)",
        "Gotland - komplettering",
        "Gotland rättad",
        "Region_Gotland_signed",
        "Gotland (2)",
        "Gotland v3",
        "Gotland - komplettering v2 (3)",
        "Gotland 2026-11-26",
    ],
)
def test_a_region_is_known_by_any_usual_name(text):
    assert REGIONS.named(text).name == "Region Gotland"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LiV", "Region Värmland"),
        ("Region Va\u0308rmland", "Region Värmland"),
        ("Varmland", "Region Värmland"),
        ("VGR", "Västra Götalandsregionen"),
        ("Stockholms läns landsting", "Region Stockholm"),
        ("SLL_final", "Region Stockholm"),
    ],
)
def test_former_and_short_names_are_those_of_today(text, name):
    assert REGIONS.named(text).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Storregionen", "Storregionen"),
        ("Storregionen (2)", "Storregionen"),
        ("Nya Gotlandshälsan", "Nya Gotlandshälsan"),
    ],
)
def test_an_unknown_name_is_a_region_of_its_own(text, name):
    region = REGIONS.named(text)

    assert (region.name, region.is_known) == (name, False)


def test_no_name_belongs_to_two_regions():
    seen = {}
    for row in standard_regions()["region"]:
        for text in (row["name"], *row["aliases"]):
            assert seen.setdefault(REGIONS.named(text).name, row["name"]) == row["name"], text


def test_the_user_s_own_list_adds_organisations():
    own = tomllib.loads(
        '[[region]]\nname = "Exempelkommun"\naliases = ["EXK"]\norganisation = "212000-0142"\n'
    )
    regions = Regions.from_data(standard_regions(), own)

    assert regions.named("exk (3)").name == "Exempelkommun"
    assert regions.of_organisation("2120000142").name == "Exempelkommun"
    assert regions.named("RG").name == "Region Gotland"


@pytest.mark.parametrize(
    "text",
    [
        'region = "Gotland"',
        "[[region]]\naliases = []",
        '[[region]]\nname = "A"\naliases = "B"',
        '[[region]]\nname = "A"\norganisation = "1"',
    ],
)
def test_a_list_of_another_form_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"\.$"):
        Regions.from_data(tomllib.loads(text))


@given(st.text(max_size=40))
def test_tidying_ends_and_is_stable(text):
    once = tidied_name(text)

    assert tidied_name(once) == once
