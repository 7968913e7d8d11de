"""Every kind of TAK export gives the same catalogue; half an export gives none."""

import io
import json
import os
import zipfile
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    cooperation,
    dump,
    export_tak_data,
    gzipped,
    old_dump,
    sample,
    zipped,
)
from underlag.tak.holdings.catalogue import Route
from underlag.tak.holdings.export import read_catalogue
from underlag.tak.holdings.export.trouble import Unusable
from underlag.tak.holdings.export.unpack import unpack

NAME = "takdump_ntjp_prod.json"
KEY = STATUS.lower()


def read(content, *, day=DAY, name=NAME):
    return read_catalogue(content if isinstance(content, bytes) else as_bytes(content), day=day, name=name)


def catalogue(content, *, day=DAY, name=NAME):
    found = read(content, day=day, name=name)
    assert found.catalogue is not None, found.findings
    return found.catalogue


def codes(content, *, name=NAME):
    found = read(content, name=name)
    assert found.catalogue is None
    return [f.code for f in found.findings]


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
    assert found.expired == (not there)


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


@pytest.mark.parametrize("name", ["vagval", "anropsbehorighet"])
def test_an_empty_list_is_reported(name):
    content = blob(sample())
    content["data"][name] = []
    found = read(content)

    assert found.catalogue is not None
    assert [(f.code, name in f.message) for f in found.findings] == [("TAK010", True)]


# --- What is never compared with --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(blob(Tak())["data"]))
def test_missing_list_is_refused(name):
    content = blob(sample())
    del content["data"][name]
    found = read(content)

    assert [f.code for f in found.findings] == ["TAK003"]
    assert name in found.findings[0].message
    assert name == "logiskadress" or "3 logiskadress" in found.findings[0].message


@pytest.mark.parametrize(
    "name", ["rivtaprofil", "tjanstekontrakt", "logiskadress", "tjanstekomponent", "anropsadress"]
)
@pytest.mark.parametrize("variant", VARIANTS)
def test_row_that_others_refer_to_may_not_be_missing(variant, name):
    content = VARIANTS[variant](sample())
    parts = content["data"]
    if name == "rivtaprofil":
        del parts[name][1]
    elif name in parts:
        del parts[name][0]
    else:
        del parts["tjansteproducent"][0]

    assert codes(content) == ["TAK003"]


@pytest.mark.parametrize("kept", [1, 10, 300, 0.3, 0.7, 0.95, -2])
def test_cut_export_is_refused(kept):
    content = as_bytes(blob(sample()))
    cut = content[: int(len(content) * kept) if isinstance(kept, float) else kept]
    found = read(cut)

    assert found.catalogue is None
    assert [f.code for f in found.findings] == [("TAK001" if kept in (1, 10) else "TAK002")]


def test_cut_export_says_what_was_read():
    content = as_bytes(blob(sample()))
    message = read(content[: content.index(b'"vagval"')]).findings[0].message

    assert "anropsbehorighet" in message
    assert "vagval" not in message
    assert NAME in message


@pytest.mark.parametrize("packed", [zipped, gzipped])
def test_cut_package_is_refused(packed):
    content = packed(as_bytes(blob(sample())))

    assert codes(content[: len(content) // 2]) == ["TAK002"]


def test_damaged_gzip_is_refused():
    content = bytearray(gzipped(as_bytes(blob(sample()))))
    content[40:60] = b"\0" * 20

    assert codes(bytes(content)) == ["TAK002"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "TAK004"),
        (b" \r\n ", "TAK004"),
        (b"inte json", "TAK001"),
        (b"[]", "TAK001"),
        (b"{}", "TAK001"),
        (b"null", "TAK001"),
        (b'{"data": []}', "TAK001"),
        (b'{"plattform": "NTJP-PROD", "inkludera": {}, "exkludera": {}}', "TAK001"),
        (b'{"Status": "ERROR", "message": "Version 99 finns inte"}', "TAK005"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 gammal Excel", "TAK001"),
        (b"\xff\xfe{", "TAK002"),
        (b"\xff\xfe\x00", "TAK002"),
        (b'{"data": {"vagval": [1, 2', "TAK002"),
        ('{"a": "å"}'.encode("latin-1"), "TAK001"),
        (b"\x1f\x8b", "TAK002"),
        (b"PK\x03\x04", "TAK002"),
    ],
)
def test_what_is_no_export(content, code):
    assert codes(content) == [code]


def test_error_answer_is_quoted():
    assert "Version 99" in read(b'{"Status": "ERROR", "message": "Version 99"}').findings[0].message


def test_export_without_time_is_refused():
    content = blob(sample())
    del content["tidpunkt"]

    assert codes(content) == ["TAK003"]


def test_empty_tak_is_refused():
    assert codes(blob(Tak())) == ["TAK004"]


def test_workbook_in_place_of_an_export_is_named():
    assert "arbetsbok" in read(zipped(b"<x/>", "[Content_Types].xml")).findings[0].message


def test_package_with_several_exports_names_them():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("takdump_ntjp_prod.json", "{}")
        archive.writestr("takdump_ntjp_qa.json", "{}")

    assert "takdump_ntjp_qa.json" in read(stream.getvalue()).findings[0].message


@pytest.mark.parametrize("packed", [zipped, gzipped])
def test_package_that_swells_is_refused(packed):
    with pytest.raises(Unusable) as refused:
        unpack(packed(b" " * 100_000), "x", limit=10_000)

    assert refused.value.code == "TAK006"


@pytest.mark.parametrize("name", list(blob(Tak())["data"]))
@pytest.mark.parametrize("rows", [[1], [None], [{}], {}, None, "x", [[]]])
def test_list_of_something_else_is_refused(name, rows):
    content = blob(sample())
    content["data"][name] = rows
    if name.startswith("filter") and rows == [{}]:
        assert catalogue(content)
    else:
        assert codes(content) == ["TAK003"]


@pytest.mark.parametrize("name", ["anropsadress", "anropsbehorighet", "vagval"])
@pytest.mark.parametrize("relations", [None, [], "x", {}, {"logiskadress": [1]}, {"tjanstekontrakt": {}}])
def test_row_without_proper_relations_is_refused(name, relations):
    content = blob(sample())
    content["data"][name][0]["relationships"] = relations

    assert codes(content) == ["TAK003"]


@pytest.mark.parametrize("moment", [None, 5, "", "i går", "2014-13-45T00:00:00+0100"])
def test_row_without_proper_date_is_refused(moment):
    content = blob(sample())
    content["data"]["vagval"][0]["tomTidpunkt"] = moment

    assert codes(content) == ["TAK003"]


def test_end_of_time_is_a_date():
    content = blob(sample())
    content["data"]["vagval"][0]["tomTidpunkt"] = "9999-12-31T23:59:59+0000"

    assert catalogue(content).routes[UNIT, KEY][0].until == date(9999, 12, 31)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150)
@given(data=st.data())
def test_altered_export_never_gives_a_traceback(data):
    content = deepcopy(data.draw(st.sampled_from(list(VARIANTS.values())), label="kind")(sample()))
    place = content
    for _ in range(data.draw(st.integers(1, 5), label="depth")):
        keys = (
            list(place)
            if isinstance(place, dict)
            else list(range(len(place)))
            if isinstance(place, list)
            else []
        )
        if not keys:
            break
        key = data.draw(st.sampled_from(keys), label="key")
        holder, place = place, place[key]
    holder[key] = data.draw(_JSON, label="value")

    found = read(json.dumps(content).encode())

    assert (found.catalogue is None) == any(f.severity == "fel" for f in found.findings)


@settings(max_examples=100)
@given(
    content=st.binary(max_size=60)
    | st.binary(max_size=40).map(lambda b: b"PK\x03\x04" + b)
    | st.binary(max_size=40).map(lambda b: b"\x1f\x8b\x08" + b)
)
def test_no_bytes_give_a_traceback(content):
    assert read(content).catalogue is None


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
    assert found.expired == 1
    assert found.includes_deleted
    pair = (
        "SE2321000131-E000000000001",
        "urn:riv:clinicalprocess:logistics:logistics:getcarecontactsresponder:2",
    )
    assert len(found.routes[pair]) == 2
    assert found.raw["logiskadress", "SE2321000164-10LG"] == ("SE2321000164-10LG\u2028",)


def test_an_id_that_is_no_number_is_refused_in_split_lists_too():
    content = cooperation(sample())
    content["data"]["tjanstekonsument"][0]["id"] = []

    assert [f.code for f in read(content).findings] == ["TAK003"]
