"""The cache of the TAK-API's answers, and the API's address."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tak.holdings.exports import (
    DAY,
    NOW,
    STATUS,
    UNIT,
    URL,
    WEBCERT,
    checked,
    producer_rows,
    sample,
)
from tests.tak.holdings.tak_api_questions import KEY, NEW, WORKBOOK, ask, codes
from tests.tak.holdings.tak_api_server import Api, serving
from underlag.tak.compare.compare import question_of
from underlag.tak.holdings.api import Access, api_address, catalogue_from_api


def asking(api, url, cache, *, workbook=WORKBOOK):
    return catalogue_from_api(
        Access(url, "tove", api.password), question_of(workbook), day=DAY, now=NOW, cache=cache
    )


def test_the_same_snapshot_is_not_queried_again(tmp_path):
    api, cache = Api(sample()), tmp_path / "sub" / "svar.json"
    with serving(api) as url:
        first = asking(api, url, cache)
        api.asked.clear()
        second = asking(api, url, cache)

    assert [resource for resource, _ in api.asked] == ["connectionPoints"]
    assert second == first


def test_a_new_snapshot_is_queried_again(tmp_path):
    api, cache = Api(sample()), tmp_path / "svar.json"
    with serving(api) as url:
        asking(api, url, cache)
        api.tak.route(NEW[0])
        api.load += 1
        found = asking(api, url, cache)

    assert found.catalogue.routes[NEW[0], KEY]


def test_ids_are_never_kept(tmp_path):
    api, cache = Api(sample()), tmp_path / "svar.json"
    with serving(api) as url:
        asking(api, url, cache)

    assert not any(
        str(number) in cache.read_text() for number in (api._id("tk", STATUS), api._id("la", UNIT))
    )
    assert "hemligt" not in cache.read_text()


def test_kept_answers_are_used_with_a_warning_when_the_api_is_unreachable(tmp_path):
    api, cache = Api(sample()), tmp_path / "svar.json"
    with serving(api) as url:
        first = asking(api, url, cache)
    found = asking(api, url, cache)

    assert codes(found) == ["TAK045"]
    assert "2027-01-25 03:00" in found.findings[0].message
    assert found.catalogue == first.catalogue


@pytest.mark.parametrize("says", [(401, b"", {}), (410, b"", {}), (200, b"{}", {})])
def test_kept_answers_do_not_hide_a_refusal(tmp_path, says):
    api, cache = Api(sample()), tmp_path / "svar.json"
    with serving(api) as url:
        asking(api, url, cache)
        api.says = says

        assert asking(api, url, cache).catalogue is None


def test_kept_answers_of_another_question_are_not_used(tmp_path):
    api, cache = Api(sample()), tmp_path / "svar.json"
    with serving(api) as url:
        asking(api, url, cache, workbook=checked(producer_rows((UNIT, "x"))))
    found = asking(api, url, cache)

    assert (found.catalogue, codes(found)) == (None, ["TAK041"])


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"url": 1}', b"[]"])
def test_damaged_cache_is_no_cache(tmp_path, content):
    api, cache = Api(sample()), tmp_path / "svar.json"
    cache.write_bytes(content)
    with serving(api) as url:
        assert asking(api, url, cache).catalogue is not None

    assert json.loads(cache.read_text())["platform"] == "NTJP-PROD"


def test_folder_in_place_of_the_cache_is_no_error(tmp_path):
    api = Api(sample())
    with serving(api) as url:
        assert asking(api, url, tmp_path).catalogue is not None

    assert list(tmp_path.parent.glob(f"{tmp_path.name}?*")) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://api.example.se", "https://api.example.se/coop/api/v2"),
        (" https://api.example.se/ ", "https://api.example.se/coop/api/v2"),
        ("https://api.example.se:8443/coop/api/v2/", "https://api.example.se:8443/coop/api/v2"),
        ("http://127.0.0.1:1/x", "http://127.0.0.1:1/x"),
        ("http://localhost/x", "http://localhost/x"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
    ],
)
def test_address_of_the_api_is_completed(text, address):
    assert api_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "api.example.se",
        "ftp://api.example.se",
        "http://api.example.se",
        "https://tove:hemligt@api.example.se",
        "https://",
        "https://x:port",
        "https://x.se/?a=b",
        "https://x.se/#a",
        "file:///etc/passwd",
        "https://[::1",
    ],
)
def test_addresses_that_are_not_queried(text):
    with pytest.raises(ValueError, match=r"\.$"):
        api_address(text)


@settings(max_examples=100)
@given(text=st.text(max_size=30) | st.text("htps:/.@?#[]x1", max_size=20).map(lambda t: "https://" + t))
def test_no_text_is_an_unsafe_address(text):
    try:
        address = api_address(text)
    except ValueError:
        return
    assert address.startswith(("https://", "http://"))
    assert "@" not in address.split("/")[2]


def test_urls_of_the_answers_are_raw():
    tak = sample()
    tak.routes[0] = (*tak.routes[0][:3], f"{URL}\r\n", *tak.routes[0][4:])

    assert ask(Api(tak)).catalogue.routes[UNIT, KEY][0].url == f"{URL}\r\n"
    assert WEBCERT in ask(Api(tak)).catalogue.components
