"""Cleaning: invisible characters are removed, look-alikes stay, and every change is reported."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlag.characters.cleaning import (
    Cleaned,
    clean_hsa_id,
    clean_identifier,
    clean_name,
    clean_text,
    visible,
)

CLEANERS = (clean_text, clean_identifier, clean_hsa_id)

#: Text rich in characters to clean.
TRICKY = st.text(
    st.one_of(
        st.sampled_from(
            "SE2321000156-4HVTabcåäöÅ \xa0\u200b\ufeff\u2028\r\n\t\xad–—‐А\u0391\u212aAa-0\u0307\u030a\u3000"
        ),
        st.characters(),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("raw", "text", "change"),
    [
        (" Rud", "Rud", "mellanslag i början eller slutet borttaget"),
        ("Rud\xa0", "Rud", "hårt mellanslag borttaget"),
        ("Vårdcentralen\xa0Rud", "Vårdcentralen Rud", "hårt mellanslag ersatt med mellanslag"),
        ("Rud\u2009Norr", "Rud Norr", "typografiskt mellanslag ersatt med mellanslag"),
        ("Ru\u200bd", "Rud", "nollbrett mellanslag borttaget"),
        ("\ufeffRud", "Rud", "byteordningsmärke borttaget"),
        ("Rud\u2028", "Rud", "radbrytningstecken borttaget"),
        ("Rud\u2029Norr", "Rud Norr", "styckebrytningstecken ersatt med mellanslag"),
        ("Rud\nNorr", "Rud Norr", "radbrytningstecken ersatt med mellanslag"),
        ("Rud\tNorr", "Rud Norr", "tabbtecken ersatt med mellanslag"),
        ("Ru\x07d", "Rud", "styrtecken borttaget"),
        ("Ru\xadd", "Rud", "mjukt bindestreck borttaget"),
        ("Ru\ud800d", "Rud", "ogiltigt tecken borttaget"),
        ("Rud  Norr", "Rud Norr", "flera mellanslag i rad ersatta med ett"),
        ("Va\u030ard", "Vård", "bokstav och lös accent sammanfogade"),
    ],
)
def test_invisible_characters_are_removed_from_a_name(raw, text, change):
    assert clean_text(raw) == Cleaned(text, (change,))


def test_line_breaks_of_windows_become_one_blank():
    cleaned = clean_text("Rud\r\nNorr")

    assert cleaned.text == "Rud Norr"
    assert "radbrytningstecken ersatt med mellanslag" in cleaned.changes


@pytest.mark.parametrize(
    "name", ["", "Vårdcentralen Rud", "Landstinget i Värmland – Cosmic", "Café Ægir 2", "Łódź", "Öst (norr)"]
)
def test_an_ordinary_name_is_left_unchanged(name):
    assert clean_text(name) == Cleaned(name)


@pytest.mark.parametrize("dash", "‐‑‒–—―−﹣")
def test_a_typographic_dash_in_an_identifier_becomes_a_hyphen(dash):
    cleaned = clean_identifier(f"SE2321000156{dash}4HVT")

    assert cleaned.text == "SE2321000156-4HVT"
    assert len(cleaned.changes) == 1
    assert cleaned.changes[0].endswith("ersatt med bindestreck")


def test_full_width_forms_become_plain_ones_in_an_identifier():
    assert clean_identifier("SE\uff12\uff1321000156\uff0dA") == Cleaned(
        "SE2321000156-A",
        (
            "fullbrett 2 ersatt med vanligt 2",
            "fullbrett 3 ersatt med vanligt 3",
            "fullbrett - ersatt med vanligt -",
        ),
    )


def test_an_hsa_id_gets_upper_case_and_loses_inner_blanks():
    assert clean_hsa_id("se2321000156 - 4hvt") == Cleaned(
        "SE2321000156-4HVT", ("mellanslag inuti borttaget", "små bokstäver gjorda till stora")
    )


@pytest.mark.parametrize(
    "raw",
    [
        "SE2321000156- 4HVT",
        "SE 2321000156-4HVT",
        "SE 232100 0156 - 4HVT",
        "se\xa02321000156\u2013 4hvt",
        "SE23 21 00 01 56-4HVT",
    ],
)
def test_blanks_that_split_nothing_are_taken_out_of_an_hsa_id(raw):
    assert clean_hsa_id(raw).text == "SE2321000156-4HVT"


@pytest.mark.parametrize(
    "text",
    [
        "SE2321000156-4HVT NY",
        "SE2321000156-4HVT 1)",
        "SE2321000156-4H VT",
        "SE2321000156-4HVT SE2321000156-4HVV",
        "NY SE2321000156-4HVT",
        "SE2321000156 4HVT",
        "Vårdcentralen Ek",
        "slut",
    ],
)
def test_text_next_to_an_hsa_id_is_never_joined_to_it(text):
    assert clean_hsa_id(text) == Cleaned(text)


def test_a_blank_inside_an_address_stays_to_be_refused():
    assert clean_identifier("https://a.example.se/ vp").text == "https://a.example.se/ vp"


@pytest.mark.parametrize("letter", ["А", "Α", "Օ", "а", "ο", "\u212a", "𝐀", "Ⅰ", "٣", "ı", "ſ"])
@pytest.mark.parametrize("clean", CLEANERS)
def test_a_letter_that_only_looks_right_is_never_changed_to_the_right_one(clean, letter):
    cleaned = clean(f"SE2321000156-{letter}1").text

    assert not cleaned.isascii()
    assert len(cleaned) == len("SE2321000156-X1")


@pytest.mark.parametrize("clean", CLEANERS)
@given(raw=TRICKY)
@settings(max_examples=150)
def test_tidying_twice_is_tidying_once(clean, raw):
    once = clean(raw)

    assert clean(once.text) == Cleaned(once.text)


@pytest.mark.parametrize("clean", CLEANERS)
@given(raw=TRICKY)
@settings(max_examples=150)
def test_a_change_is_reported_exactly_when_there_is_one(clean, raw):
    cleaned = clean(raw)

    assert bool(cleaned.changes) == (cleaned.text != raw)
    assert len(set(cleaned.changes)) == len(cleaned.changes)


@given(raw=TRICKY)
@settings(max_examples=150)
def test_tidied_text_can_be_written_to_any_file(raw):
    text = clean_text(raw).text

    text.encode("utf-8")
    assert unicodedata.is_normalized("NFC", text) or "\u212a" in text
    assert not any(unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} for char in text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A\xa0B", "A‹hårt mellanslag›B"),
        ("A\u200bB", "A‹nollbrett mellanslag›B"),
        ("A–B", "A‹tankstreck›B"),
        ("Kalmar – Cosmic", "Kalmar – Cosmic"),
        ("SE2321000156-А1", "SE2321000156-‹kyrilliskt A›1"),
        ("\u0391B", "‹grekiskt A›B"),
        ("АБВ", "АБВ"),
        (" A", "‹mellanslag›A"),
        ("A  B ", "A‹2 mellanslag›B‹mellanslag›"),
        ("Va\u030ard", "Va‹lös accent›rd"),
        ("Vård\n", "Vård‹radbrytningstecken›"),
        ("  ", "‹2 mellanslag›"),
        ("Vårdcentralen Rud", "Vårdcentralen Rud"),
        ("", ""),
    ],
)
def test_visible_names_what_cannot_be_seen(text, shown):
    assert visible(text) == shown


@given(raw=TRICKY)
@settings(max_examples=150)
def test_what_tidying_removes_is_visible_in_the_raw_text(raw):
    cleaned = clean_text(raw)

    if cleaned.changes and not any("accent" in change for change in cleaned.changes):
        assert visible(raw) != visible(cleaned.text)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("'SE162321000156-4HVT", "SE162321000156-4HVT"),
        ('"SE162321000156-4HVT"', "SE162321000156-4HVT"),
        ("”SE162321000156-4HVT”", "SE162321000156-4HVT"),
        ('"', '"'),
        ("''", "''"),
        ('SE162321000156-"4HVT', 'SE162321000156-"4HVT'),
    ],
)
def test_quotes_around_an_id_are_taken_away(raw, expected):
    cleaned = clean_hsa_id(raw)

    assert cleaned.text == expected
    assert bool(cleaned.changes) == (raw != expected)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("'Vårdcentralen", "Vårdcentralen"),
        ('"Vårdcentralen Rud"', "Vårdcentralen Rud"),
        ("”Lina’s mottagning”", "Lina’s mottagning"),
        ('"Rud" och "Gripen"', '"Rud" och "Gripen"'),
        ('Vårdcentralen "Rud"', 'Vårdcentralen "Rud"'),
        ("Vård 🏥 Rud", "Vård Rud"),
        ("𝗩årdcentralen", "Vårdcentralen"),
        ("Rud ☎", "Rud ☎"),
    ],
)
def test_a_name_without_quotes_around_it_and_with_what_a_tak_stores(raw, expected):
    cleaned = clean_name(raw)

    assert cleaned.text == expected
    assert bool(cleaned.changes) == (raw != expected)
