"""HSA-IDs: validation, reasons for rejection, and plausible corrections."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from underlag.values import Refusal
from underlag.values.hsa import MAX_LENGTH, REASONS, HsaId, ordinary_among, parse_hsa_id

SUFFIX = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=16)


def luhn_digit(nine: str) -> str:
    """Return the check digit, computed as Skatteverket describes it and not as the program does."""
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(nine)]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


@st.composite
def organisations(draw):
    nine = draw(st.from_regex(r"[1-9][0-9][2-9][0-9]{6}", fullmatch=True))
    number = nine + luhn_digit(nine)
    assume(len(set(number)) > 1)
    return number


@given(organisation=organisations(), suffix=SUFFIX, century=st.booleans())
@settings(max_examples=100)
def test_a_generated_id_is_read(organisation, suffix, century):
    text = f"SE{'16' * century}{organisation}-{suffix}"

    parsed = parse_hsa_id(text)

    assert parsed == HsaId(text, organisation, suffix)
    assert parsed.unit_key == (organisation, suffix)


@given(organisation=organisations(), suffix=SUFFIX, at=st.integers(0, 9), other=st.integers(1, 9))
@settings(max_examples=100)
def test_one_wrong_digit_is_always_refused(organisation, suffix, at, other):
    wrong = organisation[:at] + str((int(organisation[at]) + other) % 10) + organisation[at + 1 :]

    refusal = parse_hsa_id(f"SE{wrong}-{suffix}")

    assert isinstance(refusal, Refusal)
    assert refusal.reason == "check_digit"


@given(text=st.text(max_size=40), system=st.booleans())
@settings(max_examples=300)
def test_no_text_raises_and_every_refusal_has_a_listed_reason(text, system):
    parsed = parse_hsa_id(text, system=system)

    assert isinstance(parsed, HsaId) or parsed.reason in REASONS


@given(text=st.from_regex(r"(SE|TST[A-Z]{0,3})?[ ]?[0-9OIl]{8,13}[-_ ]?[A-Z0-9å]{0,6}", fullmatch=True))
@settings(max_examples=300)
def test_a_suggestion_is_itself_right_and_another_text(text):
    parsed = parse_hsa_id(text)

    if isinstance(parsed, Refusal) and parsed.suggestion:
        assert parsed.suggestion != text
        assert isinstance(parse_hsa_id(parsed.suggestion), HsaId)


@given(
    organisation=organisations(),
    century=st.booleans(),
    signs=st.sampled_from(["", ".", "_", "--", "-."]),
    suffix=st.from_regex(r"[A-Z][A-Z0-9]{0,18}", fullmatch=True),
    dot=st.booleans(),
)
@settings(max_examples=200)
def test_other_signs_around_what_follows_the_number_are_mended(organisation, century, signs, suffix, dot):
    assume(signs or not century)  # twelve digits alone may be a number of ten and more
    number = f"SE{'16' * century}{organisation}"
    meant = f"{number}-{suffix}"

    refusal = parse_hsa_id(f"{number}{signs}{suffix}{'.' * dot}")

    assert refusal.suggestion == (meant if len(meant) <= MAX_LENGTH else "")


@pytest.mark.parametrize(
    ("text", "reason", "suggestion"),
    [
        ("", "missing", ""),
        ("SE2321000156-4НVT", "look_alike", "SE2321000156-4HVT"),
        ("SЕ2321000156-4HVT", "look_alike", "SE2321000156-4HVT"),
        ("SE2321000156-4Η", "look_alike", "SE2321000156-4H"),
        ("SE232100O156-4HVT", "look_alike", "SE2321000156-4HVT"),
        ("SE232I000156-4HVT", "look_alike", "SE2321000156-4HVT"),
        ("SE232l000156-4HVT", "form", "SE2321000156-4HVT"),
        ("SE1623210OO156-4HVT", "look_alike", "SE162321000156-4HVT"),
        ("SE2321000156-4HÅT", "forbidden_character", ""),
        ("SE2321000156_4HVT", "forbidden_character", "SE2321000156-4HVT"),
        ("SE2321000156.4HVT", "forbidden_character", "SE2321000156-4HVT"),
        ("SE2321000156-" + "A" * 19, "too_long", ""),
        ("SE23210001564HVT", "form", "SE2321000156-4HVT"),
        ("SE1623210001564HVT", "form", "SE162321000156-4HVT"),
        ("SE232100-0156-4HVT", "form", "SE2321000156-4HVT"),
        ("SE-2321000156-4HVT", "form", "SE2321000156-4HVT"),
        ("SE2321000156--4HVT", "form", "SE2321000156-4HVT"),
        ("SE2321000156HVT4", "form", "SE2321000156-HVT4"),
        ("SE2321000156TVH4", "form", "SE2321000156-TVH4"),
        ("SE2321000165HVT4", "form", ""),
        ("SE2321000156.HVT4", "forbidden_character", "SE2321000156-HVT4"),
        ("SE2321000156-.HVT4.", "forbidden_character", "SE2321000156-HVT4"),
        ("SE2321000156,HVT4", "forbidden_character", ""),
        ("SE2321000156" + "H" * 18, "form", "SE2321000156-" + "H" * 18),
        ("SE2321000156" + "H" * 19, "form", ""),
        ("2321000156-4HVT", "form", "SE2321000156-4HVT"),
        ("162321000156-4HVT", "form", "SE162321000156-4HVT"),
        ("SE2321000156", "form", ""),
        ("SE2321000156-", "form", ""),
        ("SE2321000156-4H-VT", "form", ""),
        ("SEB-X", "form", ""),
        ("Vårdcentralen Rud", "form", ""),
        ("SE2321000156-4HVT NY", "remark", "SE2321000156-4HVT"),
        ("SE2321000156-4HV T", "forbidden_character", ""),
        ("SE2321000156-4HVT (BUP, Säffle)", "remark", "SE2321000156-4HVT"),
        ("SE2321000156-4HVY 1)", "remark", "SE2321000156-4HVY"),
        ("se2321000156-4hvt ny", "remark", "SE2321000156-4HVT"),
        ("SE2321000156-4HVT*", "remark", "SE2321000156-4HVT"),
        ("SE2321000156-4HVT?", "remark", "SE2321000156-4HVT"),
        ("Ej klart: SE2321000156-4HVT", "remark", "SE2321000156-4HVT"),
        ("HSA-ID: SE2321000156-4HVT", "forbidden_character", "SE2321000156-4HVT"),
        ("(SE2321000156-4HVT).", "forbidden_character", "SE2321000156-4HVT"),
        ("SE2321000156-4HV 1", "forbidden_character", ""),
        ("SE2321000156-4HVT eller SE2321000156-4HVV", "forbidden_character", ""),
        ("SE2321000165-4HVT NY", "forbidden_character", ""),
        ("19121212 1212", "personal_number", ""),
        ("SE162321000165-4HVT", "check_digit", "SE162321000156-4HVT"),
        ("SE5565504230-B8N", "check_digit", ""),
        ("SE0000000000-X", "check_digit", ""),
        ("SE5555555555-X", "check_digit", ""),
    ],
)
def test_the_reason_and_the_one_plausible_correction(text, reason, suggestion):
    refusal = parse_hsa_id(text)

    assert isinstance(refusal, Refusal)
    assert (refusal.reason, refusal.suggestion) == (reason, suggestion)


def test_the_first_reason_that_applies_is_reported():
    assert parse_hsa_id("SE2321000157-Å" + "А" * 30).reason == "look_alike"
    assert parse_hsa_id("SE2321000157-Å" + "A" * 30).reason == "forbidden_character"
    assert parse_hsa_id("SE2321000157-A" + "A" * 30).reason == "too_long"


def test_the_faulty_part_is_named():
    assert parse_hsa_id("SE2321000156-4НVT").detail == "H (kyrilliskt)"
    assert parse_hsa_id("SE2321000156-\xa0A").detail == "‹hårt mellanslag›"
    assert parse_hsa_id("SE2321000157-A").detail == "2321000157"


@pytest.mark.parametrize(
    "number",
    [
        "811218-9876",
        "19811218-9876",
        "198112189876",
        "8112189876",
        "SE811218-9876",
        "SE198112189876",
        "811278-9873",
        "811218+9876",
    ],
)
def test_a_personal_number_is_recognised_and_never_quoted(number):
    refusal = parse_hsa_id(number, system=True)

    assert refusal == Refusal("personal_number")


@pytest.mark.parametrize("number", ["811218-9875", "811318-9875", "232100-0156", "20811218-98766"])
def test_what_is_no_date_or_has_a_wrong_check_digit_is_no_personal_number(number):
    assert parse_hsa_id(number).reason == "form"


def test_a_system_may_omit_se_if_allowed():
    assert parse_hsa_id("5565594230-WEBCERT", system=True) == HsaId(
        "5565594230-WEBCERT", "5565594230", "WEBCERT"
    )
    assert parse_hsa_id("5565594230-WEBCERT").reason == "form"
    assert parse_hsa_id("5565594231-WEBCERT", system=True).reason == "check_digit"


def test_test_ids_are_well_formed_and_marked():
    assert parse_hsa_id("TSTNMT2321000156-B02") == HsaId(
        "TSTNMT2321000156-B02", "2321000156", "B02", is_test=True
    )
    assert parse_hsa_id("TST-B02") == HsaId("TST-B02", "", "B02", is_test=True)


def test_a_letter_that_becomes_two_in_upper_case_suggests_nothing():
    refused = parse_hsa_id("SE2321000156-4HVß")

    assert (refused.reason, refused.suggestion) == ("forbidden_character", "")


def test_a_unit_with_and_without_16_has_one_key():
    short, long = parse_hsa_id("SE2321000156-4HVT"), parse_hsa_id("SE162321000156-4HVT")

    assert short.unit_key == long.unit_key
    assert short != long


def test_no_reason_is_a_phrase():
    assert all(re.fullmatch("[a-z_]+", reason) for reason in REASONS)


_HEADS = st.sampled_from(
    ["SE2321000156", "SE162321000156", "2321000156", "TSTNMT2321000156", "SE2321000165", "SE", ""]
)
_TAILS = st.sampled_from(
    ["", "-", "-4HVT", "-4hvt", "-4-HVT", "--4", "-4HVT\n", "-\n4", "-Å", "-" + "X" * 18, "-" + "X" * 19]
)


@given(st.lists(st.builds(str.__add__, _HEADS, _TAILS | st.builds("-{}".format, SUFFIX)), max_size=12))
@settings(max_examples=200)
def test_ordinary_ids_are_those_that_are_read_one_by_one(texts):
    parsed = {text: parse_hsa_id(text) for text in texts}

    assert ordinary_among(texts) == {
        text for text, found in parsed.items() if isinstance(found, HsaId) and not found.is_test
    }
