"""Every kind of export gives the same catalogue, whatever it is packed in."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.tak.holdings.exports import (
    DAY,
    OTHER,
    OTHER_URL,
    PROXY,
    STATUS,
    UNIT,
    UNIT2,
    URL,
    VARIANTS,
    WEBCERT,
    Tak,
    as_bytes,
    blob,
    dump,
    export_tak_data,
    gzipped,
    old_dump,
    sample,
    zipped,
)
from tests.tak.holdings.read_catalogue import catalogue
from underlag.tak.holdings.catalogue import Route
from underlag.tak.holdings.export import read_catalogue

KEY = STATUS.lower()


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_kind_gives_the_same_catalogue(variant):
    found = catalogue(VARIANTS[variant](sample()))

    assert found.platform == "NTJP-PROD"
    assert found.taken == date(2027, 1, 25)
    assert found.addressees[UNIT] == "Tolkcentralen Värmland"
    assert set(found.contracts) == {c.lower() for c in sample().contracts}
    assert set(found.components) == {h for h, _ in sample().components}
    assert found.routes[UNIT, KEY] == [
        Route(UNIT, STATUS, PROXY, URL, "RIVTABP21", date(2014, 8, 13), date(2114, 8, 13))
    ]
    assert found.routes[UNIT2, KEY][0].producer == OTHER
    assert [a.since for a in found.authorizations[UNIT, KEY, WEBCERT]] == [date(2014, 8, 13)]


@pytest.mark.parametrize(
    "packed", [zipped, gzipped, lambda b: gzipped(zipped(b)), lambda b: zipped(gzipped(b), "x.gz")]
)
def test_packed_exports_are_found_by_content(packed):
    assert catalogue(packed(as_bytes(blob(sample()))), name="export.bin").routes[UNIT, KEY]


def test_text_may_start_with_byte_order_marks():
    content = as_bytes(blob(sample()))

    assert catalogue(b"\xef\xbb\xbf" + content).routes
    assert catalogue(content.decode().encode("utf-16")).addressees[UNIT] == "Tolkcentralen Värmland"


def test_escaped_text_is_the_same_text():
    assert catalogue(as_bytes(dump(sample()), ascii_only=True)) == catalogue(as_bytes(dump(sample())))


@pytest.mark.parametrize(
    ("name", "content", "platform"),
    [
        ("takdump_ntjp_test.json", {}, "NTJP-TEST"),
        ("TAKDUMP_SLL_QA (1).json", {}, "SLL-QA"),
        ("PubVersion-64.json.gzip", {}, ""),
        ("PubVersion-64.json", {"plattform": "ntjp-qa"}, "NTJP-QA"),
    ],
)
def test_platform_comes_from_name_or_content(name, content, platform):
    assert catalogue({**blob(sample()), **content}, name=name).platform == platform


def test_name_inside_the_package_wins_over_the_package_s_own():
    packed = zipped(as_bytes(blob(sample())), "takdump_ntjp_qa.json")

    assert catalogue(packed, name="takdump_ntjp_prod.zip").platform == "NTJP-QA"


def test_dates_of_the_old_dump_are_swedish_days():
    row = old_dump(sample())["data"]["vagval"][0]

    assert row["fromTidpunkt"] == "2014-08-12T22:00:00+0000"
    assert catalogue(old_dump(sample())).routes[UNIT, KEY][0].since == date(2014, 8, 13)


def test_only_the_old_dump_shows_deleted_rows():
    assert {name for name in VARIANTS if catalogue(VARIANTS[name](sample())).includes_deleted} == {"old_dump"}


@pytest.mark.parametrize(("until", "there"), [(0, True), (-1, False), (1, True)])
def test_last_day_counts_and_the_day_after_does_not(until, there):
    tak = sample().route("SE162321000156-4HVX", until=DAY + timedelta(days=until))
    found = catalogue(blob(tak))

    assert (("SE162321000156-4HVX", KEY) in found.routes) is there


def test_route_that_begins_later_is_kept():
    tak = sample().route("SE162321000156-4HVX", since=DAY + timedelta(days=30))

    assert catalogue(blob(tak)).routes["SE162321000156-4HVX", KEY][0].since == DAY + timedelta(days=30)


def test_inverted_interval_was_never_in_force():
    tak = sample().route("SE162321000156-4HVX", since=date(2030, 1, 2), until=date(2030, 1, 1))

    assert ("SE162321000156-4HVX", KEY) not in catalogue(blob(tak)).routes


def test_dirty_keys_are_compared_clean_and_kept_raw():
    tak = Tak().route("SE2321000164-10lg\u2028", url=f" {URL}\r\n", producer="nmtJolKS1").authorize()
    found = catalogue(blob(tak))

    route = found.routes["SE2321000164-10LG", KEY][0]
    assert (route.addressee, route.url, route.producer) == (
        "SE2321000164-10lg\u2028",
        f" {URL}\r\n",
        "nmtJolKS1",
    )
    assert found.raw == {("logiskadress", "SE2321000164-10LG"): ("SE2321000164-10lg\u2028",)}
    assert "NMTJOLKS1" in found.components


def test_deleted_twin_does_not_give_its_name():
    content = old_dump(sample())
    content["data"]["logiskadress"].insert(
        0, {"id": 1, "hsaId": UNIT, "beskrivning": "Raderad", "pubversion": "0"}
    )

    found = catalogue(content)

    assert found.addressees[UNIT] == "Tolkcentralen Värmland"
    assert found.raw == {}


def test_shared_url_in_tak_services_export_leaves_the_producer_open():
    tak = sample().route(UNIT2, "urn:riv:x:y:zResponder:1", PROXY, OTHER_URL)
    tak.contracts.append("urn:riv:x:y:zResponder:1")
    route = catalogue(export_tak_data(tak)).routes[UNIT2, KEY][0]

    assert {route.producer, *route.others} == {OTHER, PROXY}


def test_missing_description_is_an_empty_text():
    content = blob(sample())
    content["data"]["logiskadress"][0]["beskrivning"] = None

    assert catalogue(content).addressees[content["data"]["logiskadress"][0]["hsaId"]] == ""


def test_end_of_time_is_a_date():
    content = blob(sample())
    content["data"]["vagval"][0]["tomTidpunkt"] = "9999-12-31T23:59:59+0000"

    assert catalogue(content).routes[UNIT, KEY][0].until == date(9999, 12, 31)


#: takdump_ntjp_test.json of skltp/tak (tak-integration/export/test), as it is or in a .zip.
PUBLISHED = os.environ.get("UNDERLAG_TAKDUMP_NTJP_TEST", "")


@pytest.mark.skipif(not PUBLISHED, reason="UNDERLAG_TAKDUMP_NTJP_TEST does not name the published catalogue")
def test_published_catalogue():
    found = read_catalogue(Path(PUBLISHED), day=date(2016, 3, 10)).catalogue

    assert found is not None
    assert found.platform == "NTJP-TEST"
    assert (len(found.contracts), len(found.addressees), len(found.components)) == (237, 182, 113)
    assert sum(map(len, found.routes.values())) == 864
    assert sum(map(len, found.authorizations.values())) == 2160
    assert found.includes_deleted
    pair = (
        "SE2321000131-E000000000001",
        "urn:riv:clinicalprocess:logistics:logistics:getcarecontactsresponder:2",
    )
    assert len(found.routes[pair]) == 2
    assert found.raw["logiskadress", "SE2321000164-10LG"] == ("SE2321000164-10LG\u2028",)
