"""Exports that are cut, damaged, swollen or something else are refused with a reason."""

import io
import zipfile

import pytest

from tests.tak.holdings.exports import (
    VARIANTS,
    Tak,
    as_bytes,
    blob,
    cooperation,
    gzipped,
    sample,
    zipped,
)
from tests.tak.holdings.read_catalogue import NAME, catalogue, read
from underlag.tak.holdings.export.trouble import Unusable
from underlag.tak.holdings.export.unpack import unpack


def codes(content, *, name=NAME):
    found = read(content, name=name)
    assert found.catalogue is None
    return [f.code for f in found.findings]


@pytest.mark.parametrize("name", ["vagval", "anropsbehorighet"])
def test_an_empty_list_is_reported(name):
    content = blob(sample())
    content["data"][name] = []
    found = read(content)

    assert found.catalogue is not None
    assert [(f.code, name in f.message) for f in found.findings] == [("TAK010", True)]


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


def test_an_id_that_is_no_number_is_refused_in_split_lists_too():
    content = cooperation(sample())
    content["data"]["tjanstekonsument"][0]["id"] = []

    assert [f.code for f in read(content).findings] == ["TAK003"]
