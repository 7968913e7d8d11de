"""Anropsadresser: TAK's characters and length, and a host that the platform can reach."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlag.values.url import REASONS, Url, clean_url, is_test_host, parse_url

GUIDE = "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21"


def reasons(text):
    parsed = parse_url(text)
    return [] if isinstance(parsed, Url) else [refusal.reason for refusal in parsed]


def test_the_parts_of_the_guides_address():
    assert parse_url(GUIDE) == Url(
        GUIDE,
        "tph2.liv.sjunet.org",
        50001,
        "/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21",
        "rivtabp21",
    )


@pytest.mark.parametrize(
    ("path", "suffix"),
    [
        ("/a/rivtabp20", "rivtabp20"),
        ("/a/RIVTABP21/", "rivtabp21"),
        ("/rivtabp21/a", ""),
        ("", ""),
        ("/a-rivtabp21", ""),
    ],
)
def test_the_rivta_suffix_is_the_last_part_of_the_path(path, suffix):
    assert parse_url(f"https://a.example.se{path}").rivta_suffix == suffix


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example.se",
        "HTTPS://A.Example.se/x",
        "https://a.example.se/x?wsdl",
        "https://a.se:443/a_b-c.d&e",
    ],
)
def test_valid_ids_of_tak_are_accepted(text):
    assert reasons(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["missing"]),
        (" \xa0", ["missing"]),
        ("https://a.example.se/ vp", ["white_space"]),
        ("https://a.example.se/x\r\n", ["white_space"]),
        ("https://a.example.se/\u2028", ["white_space"]),
        ("a.example.se/x", ["not_url"]),
        ("ftp://a.example.se/x", ["not_url"]),
        ("https://", ["not_url"]),
        ("https:///x", ["not_url"]),
        ("https://tph2/x", ["not_url"]),
        ("https://a..se/x", ["not_url"]),
        ("https://a.se./x", ["not_url"]),
        ("https://-a.se/x", ["not_url"]),
        ("https://a_b.se/x", ["not_url"]),
        ("https://a.example.99x.1/x", ["not_url"]),
        ("https://" + "a" * 64 + ".se/x", ["not_url"]),
        ("https://a.se:0/x", ["not_url"]),
        ("https://a.se:65536/x", ["not_url"]),
        ("https://a.se:/x", ["not_url"]),
        ("https://a.se:80a/x", ["not_url"]),
        ("https://u:p@a.se/x", ["not_url", "forbidden_character"]),
        ("https:\\\\a.se\\x", ["not_url", "forbidden_character"]),
        ("https://a.se/xhttps://b.se/y", ["not_url"]),
        ("https://a.se/x https://b.se/y", ["white_space", "not_url"]),
        ("http://a.se/x", ["not_https"]),
        ("https://a.se/x?a=b", ["forbidden_character"]),
        ("https://a.se/x%20y", ["forbidden_character"]),
        ("https://a.se/x#y", ["forbidden_character"]),
        ("https://a.se/~x", ["forbidden_character"]),
        ("https://a.se/å", ["forbidden_character"]),
        ("https://a.se/x\u200by", ["forbidden_character"]),
        ("https://a.se/" + "x" * 243, ["length"]),
        ("https://10.1.2.3/x", ["ip_address"]),
        ("https://2130706433/x", ["ip_address"]),
        ("https://0x7f.1/x", ["ip_address"]),
        ("https://[::1]/x", ["forbidden_character", "ip_address"]),
        ("https://localhost:8080/x", ["localhost"]),
        ("https://app.localhost/x", ["localhost"]),
        ("http://10.1.2.3/a b=c", ["white_space", "not_https", "forbidden_character", "ip_address"]),
        ("x", ["not_url", "length"]),
    ],
)
def test_every_reason_that_applies_is_reported_in_order(text, expected):
    assert reasons(text) == expected


def test_the_longest_address_that_tak_accepts():
    assert reasons("https://a.se/" + "x" * 242) == []


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("https:/a.example.se/x", "https://a.example.se/x"),
        ("https//a.example.se/x", "https://a.example.se/x"),
        ("https:a.example.se/x", "https://a.example.se/x"),
        ("htps://a.example.se/x", "https://a.example.se/x"),
        ("https:\\\\a.example.se\\x", "https://a.example.se/x"),
        ("https://https://a.example.se/x", "https://a.example.se/x"),
        ("a.example.se:50001/x", "https://a.example.se:50001/x"),
        ("<https://a.example.se/x>", "https://a.example.se/x"),
        ("https://a.example.se/ x", "https://a.example.se/x"),
        ("https://a.example.se/x\nhttps://b.example.se/x", ""),
        ("http://a.example.se/x", ""),
        ("http:/a.example.se/x", ""),
        ("https://10.1.2.3/x", ""),
        ("https://a.example.se/x?a=b", ""),
        ("x", ""),
    ],
)
def test_the_one_plausible_correction(text, suggestion):
    assert {refusal.suggestion for refusal in parse_url(text)} == {suggestion}


def test_forbidden_characters_are_named():
    assert (
        parse_url("https://a.se/å=\u200b\u0410")[0].detail == "å, =, ‹nollbrett mellanslag›, A (kyrilliskt)"
    )


@given(text=st.one_of(st.text(max_size=60), st.text(max_size=40).map(lambda tail: f"https://{tail}")))
@settings(max_examples=400)
def test_no_text_raises_and_a_suggestion_is_itself_right(text):
    parsed = parse_url(text)

    if isinstance(parsed, Url):
        assert parsed.text == text
        return
    assert parsed
    assert [REASONS.index(refusal.reason) for refusal in parsed] == sorted(
        REASONS.index(r.reason) for r in parsed
    )
    for refusal in parsed:
        assert not refusal.suggestion or isinstance(parse_url(refusal.suggestion), Url)


@given(
    text=st.from_regex(
        r"https://[a-z]{1,9}\.example\.se(:[1-9][0-9]{0,3})?(/[0-9a-zA-Z_.\-?&]{0,9}){0,4}", fullmatch=True
    )
)
@settings(max_examples=150)
def test_well_formed_addresses_are_read_unchanged(text):
    assert parse_url(text).text == text


@pytest.mark.parametrize(
    "host",
    [
        "tjp.jol.sim2.nordicmedtest.sjunet.org",
        "qa.example.se",
        "webcert-test.example.se",
        "acc2.example.se",
        "test1.example.se",
        "webcerttest.example.se",
        "DEV.example.se",
    ],
)
def test_hosts_that_say_that_they_are_tests(host):
    assert is_test_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "tph2.liv.sjunet.org",
        "attest.example.se",
        "webcert.ntjp.intygstjanster.se",
        "lab.example.se",
        "device.example.se",
        "qatar.example.se",
    ],
)
def test_hosts_that_do_not(host):
    assert not is_test_host(host)


@pytest.mark.parametrize("text", ["Länk till tjänsten", "samma som ovan", "Klicka här"])
def test_a_text_for_people_is_refused_for_one_reason_only(text):
    refused = parse_url(text)

    assert [refusal.reason for refusal in refused] == ["not_url"]
    assert "länk" in refused[0].detail


@pytest.mark.parametrize("text", ["tjanst.example.se /a", "https //tjanst.example.se", "htps: tjanst"])
def test_what_is_meant_as_an_address_is_judged_as_one(text):
    assert "white_space" in {refusal.reason for refusal in parse_url(text)}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("HTTPS://Tph2.LIV.se/aB", "https://tph2.liv.se/aB"),
        ("Https://a.se:443/X", "https://a.se:443/X"),
        ("https://A.se", "https://a.se"),
        ('"https://a.se/x"', "https://a.se/x"),
        ("https://a.se/HTTPS", "https://a.se/HTTPS"),
        ("https://User@A.se/", "https://User@A.se/"),
        ("A.se/x", "A.se/x"),
    ],
)
def test_scheme_and_host_are_written_in_lower_case(raw, expected):
    cleaned = clean_url(raw)

    assert cleaned.text == expected
    assert bool(cleaned.changes) == (raw != expected)
