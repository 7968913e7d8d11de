"""Corrections: the one id nearby, or none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlag.values.correction import nearest
from underlag.values.orgnr import is_likely, is_valid

KNOWN = ["SE2321000156-4HVT", "SE2321000156-4HVV", "SE2321000156-B3K"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SE2321000156-B3", "SE2321000156-B3K"),
        ("SE2321000156-B33K", "SE2321000156-B3K"),
        ("SE2321000156-B4K", "SE2321000156-B3K"),
        ("SE2321000156-3BK", "SE2321000156-B3K"),
        ("SE2321000165-B3K", "SE2321000156-B3K"),
        ("SE2321000156-4HVX", ""),
        ("SE2321000156-3KB", ""),
        ("SE2321000156-C4K", ""),
        ("", ""),
    ],
)
def test_nearest_is_the_only_id_one_slip_away(text, expected):
    assert nearest(text, KNOWN) == expected


def test_the_text_itself_and_repeated_ids_do_not_count():
    assert nearest("A1", ["A1", "A2", "A2"]) == "A2"


@given(text=st.text("AB1", max_size=5), known=st.lists(st.text("AB1", max_size=5), max_size=5))
@settings(max_examples=200)
def test_nearest_agrees_with_every_slip_tried_out(text, known):
    alphabet = "AB1"
    slips = {text[:i] + text[i + 1 :] for i in range(len(text))}
    slips |= {text[:i] + c + text[i:] for i in range(len(text) + 1) for c in alphabet}
    slips |= {text[:i] + c + text[i + 1 :] for i in range(len(text)) for c in alphabet}
    slips |= {text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1)}
    near = (slips & set(known)) - {text}

    assert nearest(text, known) == (near.pop() if len(near) == 1 else "")


@pytest.mark.parametrize("digits", ["2321000156", "5565594230", "1234567897"])
def test_right_organisation_numbers(digits):
    assert is_valid(digits)


@pytest.mark.parametrize(
    "digits",
    [
        "",
        "5565504230",
        "0000000000",
        "5555555555",
        "232100-0156",
        "\uff12321000156",
        "162321000156",
        "\u0662321000156",
    ],
)
def test_what_is_no_organisation_number(digits):
    assert not is_valid(digits)


def test_a_personal_number_is_never_proposed_as_an_organisation():
    assert is_valid("8112189876")
    assert not is_likely("8112189876")
