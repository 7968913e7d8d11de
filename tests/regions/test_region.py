import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.growth import assert_not_quadratic
from underlag.regions import places
from underlag.regions.region import Regions, is_called, standard_regions, tidied_name

REGIONS = Regions.from_data(standard_regions())
PLACES = Path(places.__file__).with_name("places.toml")


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


#: Names that people write, by the region's current name; each is tried in several spellings.
USUAL = {
    "Region Blekinge": "Blekinge; Landstinget Blekinge; Blekinge läns landsting; Blekinge län; Regionen Blekinge",
    "Region Dalarna": "Dalarna; Landstinget Dalarna; Dalarnas län; Region Dalarnas; LD",
    "Region Gotland": "Gotland; Gotlands; Region Gotlands; Gotlands län; Gotlands kommun; RG",
    "Region Gävleborg": "Gävleborg; Gavleborg; Gävleborgs; Landstinget Gävleborg; Gävleborgs län; RGB",
    "Region Halland": "Halland; Hallands; Hallands läns landsting; Hallands län; RH",
    "Region Jämtland Härjedalen": (
        "Jämtland; Jämtland Härjedalen; Jämtland/Härjedalen; Jämtland och Härjedalen; Region Jämtland & Härjedalen; "
        "Jämtlands läns landsting; Jämtlands län; Region JH; RJH; JLL"
    ),
    "Region Jönköpings län": "Jönköping; Region Jönköping; Jönköpings; Landstinget i Jönköpings län; RJL; LJL",
    "Region Kalmar län": "Kalmar; Region Kalmar; Kalmar län; Landstinget Kalmar; Landstinget i Kalmar län; RKL",
    "Region Kronoberg": "Kronoberg; Kronobergs; Kronobergs län; Landstinget Kronoberg; RK",
    "Region Norrbotten": "Norrbotten; Norrbottens; Norrbottens läns landsting; Norrbottens län; NLL; RN",
    "Region Skåne": "Skåne; Skane; Skånes; Skåne län; RegionSkåne; RSK",
    "Region Stockholm": "Stockholm; Stockholms; Stockholms läns landsting; Stockholms län; Sthlm; Region Sthlm; SLL",
    "Region Sörmland": "Sörmland; Sörmlands; Södermanland; Södermanlands län; Landstinget Sörmland",
    "Region Uppsala": "Uppsala; Uppsala län; Region Uppsala län; Landstinget i Uppsala län; LUL; RU",
    "Region Värmland": "Värmland; Värmlands; Värmlands län; Landstinget i Värmland; LiV; RV",
    "Region Västerbotten": "Västerbotten; Västerbottens; Västerbottens läns landsting; VLL; RVB",
    "Region Västernorrland": "Västernorrland; Västernorrlands; Västernorrlands län; LVN; RVN",
    "Region Västmanland": "Västmanland; Västmanlands; Landstinget Västmanland; Västmanlands län; RVM",
    "Region Örebro län": "Örebro; Orebro; Region Örebro; Örebro län; Örebro läns landsting; RÖL; ÖLL",
    "Region Östergötland": "Östergötland; Östergötlands; Landstinget i Östergötland; Östergötlands län; LiÖ; RÖ",
    "Västra Götalandsregionen": (
        "Västra Götaland; Västra Götalands; Västra Götalands regionen; Västragötalandsregionen; "
        "Region Västra Götaland; VG-regionen; VG regionen; VGR"
    ),
}
#: What people add: (before, after).
ADDED = [
    ("", ""),
    ("KOMPLETTERING 2 ", " v3 (slutlig)_signed"),
    ("Kopia av ", " (2)"),
    ("SV [EXTERN] rättad - ", " - komplettering 2"),
    ("2027-01-03 ", ", tillägg 270103"),
    ("(3) ny ", " rev A slutversion"),
    ("", " ta bort"),
    ("bort ", " namn"),
    ("", " - borttag av enheter"),
    ("", " lägg till nya enheter, rättad igen"),
]


@pytest.mark.parametrize(("name", "texts"), USUAL.items())
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("before", "after"), ADDED)
def test_every_region_is_known_by_all_its_usual_names(name, texts, form, before, after):
    for text in (name, *texts.split("; ")):
        for spelling in (text, text.upper(), text.replace(" ", "_")):
            written = unicodedata.normalize(form, before + spelling + after)
            assert REGIONS.named(written).name == name, written


@pytest.mark.parametrize(
    "text",
    [
        "Gotlandsbolaget", "Nya Gotlandshälsan", "Hallands Väderö AB", "Kalmarsundsregionen", "Skånetrafiken",
        "Region", "Regionen i", "Landstinget", "Län", "R", "RX", "RGX", "LiVs", "RVs", "Jämt", "Götaland", "Norrland",
        "Gotland och Dalarna", "Dalarna/Gotland", "Kalmar kommun", "Uppsala kommun", "Stockholms stad", "Gävle",
        "Capio Skåne", "Vårdbolaget Stockholm AB", "Praktikertjänst Jönköping", "Halland Privat", "Region Syd",
        "Sjukvårdsregion Mellansverige", "Norra Västmanland sjukhus", "signed", "komplettering 2", "v2", "", "(2)",
    ],
)  # fmt: skip
def test_a_name_that_only_resembles_a_region_is_none(text):
    assert not REGIONS.named(text).is_known


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


#: A region's name with what people write beside it.
PARTS = {
    "Region Gotland": "Gotland Visby; Visby Gotland; RG Visby; Visby lasarett - Region Gotland; Gotlands sjukvård",
    "Region Skåne": "Malmö Skåne; SUS Skåne; Skånes universitetssjukhus; Östra Göinge (Skåne); Skåne Lund rättad v2",
    "Region Stockholm": "Upplands Väsby, Stockholm; Region Stockholm Danderyds sjukhus; SLL_Karolinska",
    "Region Kalmar län": "Kalmar läns primärvård; Region Kalmar län, Oskarshamn och Västervik",
    "Västra Götalandsregionen": "VGR Sahlgrenska; VGR-SU; Västra Götaland SkaS; NU-sjukvården VGR",
    "Region Stockholm ": "Region Stockholm, Hälso- och sjukvård",
}


@pytest.mark.parametrize(
    ("name", "text"), [(name.strip(), text) for name, texts in PARTS.items() for text in texts.split("; ")]
)
def test_a_region_is_known_with_a_place_or_a_hospital_within_it(name, text):
    region = REGIONS.named(text)

    assert (region.name, region.is_part) == (name, True)


@pytest.mark.parametrize(
    "text",
    [
        "Visby", "Malmö", "Gotland Malmö", "Malmö Gotland", "Stockholm Gotland Visby", "Uppsala Sala", "Norra Skåne",
        "Malmö stad Skåne", "Uppsala Enköpings kommun", "Kalmar Läkarhus", "Capio Skåne Malmö", "Gotland Fårö",
    ],
)  # fmt: skip
def test_other_words_beside_a_region_name_make_none(text):
    assert not REGIONS.named(text).is_known


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gotland Fårö", "Region Gotland"),
        ("Kalmar Läkarhus", "Region Kalmar län"),
        ("Kalmar kommun", None),
        ("Gotland Fårö Dalarna", None),
        ("Capio Skåne", None),
        ("Storregionen", None),
        ("Gotland " + "by " * 2000, None),
    ],
)
def test_the_region_that_begins_an_unknown_name(text, name):
    found = REGIONS.beginning(text)

    assert (found and found.name) == name


def test_places_belong_to_regions_of_the_list():
    data = tomllib.loads(PLACES.read_text(encoding="utf-8"))

    assert sorted(data["places"]) == sorted(row["name"] for row in standard_regions()["region"])
    assert len({place for places in data["places"].values() for place in places}) >= 290


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
    assert regions.named("Rättad_Exempelkommuns v2").name == "Exempelkommun"
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


@pytest.mark.parametrize("region", ["Region Skåne", "RegionSkåne", "skane", "Skåneregionen", "Skaane"])
@pytest.mark.parametrize(
    "written",
    [
        "kopia av {}", "Kopia - {}", "{} FINAL", "{}_FINAL_v2", "{} ny version", "{} - ny version 2", "{} (1) (1)",
        "{} slutgiltig version", "{} ny2", "{} nytt försök", "{} andra versionen", "{} 2:a versionen", "{} senaste",
        "{} ändrad", "{} justerad", "{} ifyllt", "{} komplett", "{} DRAFT", "{} omskickad", "{} igen",
        "{} påskriven", "{} undertecknad_signed", "{} godkänd", "{} 2 nov 2026", "{} november 2026", "{} vecka 45",
        "{} (rättad) 2026", "{} del 1 av 2", "{} omgång 2", "{}!", "{} + komplettering", "2026-11-02_{}",
        "{} PROD", "NTjP PROD {}", "QA-{}", "{} prod v2", "{} test", "{} TAK beställning", "Underlag {}",
        "{} Intygstjänster underlag", "{} - Region Skåne", "Region Skåne ({})",
    ],
)  # fmt: skip
def test_what_files_and_mails_add_to_a_name_does_not_count(region, written):
    assert REGIONS.named(written.format(region)).name == "Region Skåne"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("VGR - Västra Götalandsregionen", "Västra Götalandsregionen"),
        ("V:a Götaland PROD", "Västra Götalandsregionen"),
        ("Region Joenkoepings laen", "Region Jönköpings län"),
        ("Region Jkpg ny version", "Region Jönköpings län"),
        ("RJL_signed_2026-11-02", "Region Jönköpings län"),
        ("JLL (kopia)", "Region Jämtland Härjedalen"),
        ("Region Örebro län (rättad)", "Region Örebro län"),
        ("Stockholms läns landsting (SLL) FINAL", "Region Stockholm"),
    ],
)
def test_a_name_is_known_in_full_and_short_form_with_what_is_added(text, name):
    assert REGIONS.named(text).name == name


@pytest.mark.parametrize(
    "text", ["VGR - Region Skåne", "Skåne Anna", "Nya Skåne AB", "Underlag PROD", "Test", "Prodskåne"]
)
def test_a_text_that_names_two_regions_or_none_is_unknown(text):
    assert not REGIONS.named(text).is_known


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Dalarna vårdcentraler", "Dalarna"), ("LiV Karlstad sjukhus", "Region Värmland"), ("VGR", "VGR"),
        ("Västra_Götaland-Skövde", "VGR"), ("Exempelvården sommar", "Exempelvården"), ("Dalarna bort", "RD"),
    ],
)  # fmt: skip
def test_free_words_may_follow_the_name_of_a_region(text, region):
    assert is_called(text, region)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Uppsala kommun", "Uppsala"), ("Gotland och Dalarna", "Gotland"), ("Skåne Privat", "Region Skåne"),
        ("RVN", "LiV"), ("Gotlandsbolaget", "Gotland"), ("Dalarna vårdcentraler RG", "Dalarna"), ("", "Gotland"),
    ],
)  # fmt: skip
def test_a_text_that_names_another_organisation_does_not_name_the_region(text, region):
    assert not is_called(text, region)


def test_a_long_text_is_no_name_and_not_searched_for_two():
    def named(text):
        return Regions.from_data(standard_regions()).named(text)  # new ones, which remember nothing

    assert not named("Byn " * 10_000).is_known
    assert_not_quadratic(named, lambda size: "Byn " * size, 16_000)


def test_a_long_text_is_no_name_with_free_words_after_it():
    assert is_called("Gotland Visby", "Gotland")
    assert not is_called("Gotland " + "Visby " * 10_000, "Gotland")
