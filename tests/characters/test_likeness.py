"""Similarity of two texts, and the nearest of several."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from underlag.characters.likeness import BEYOND_DOUBT, MISSPELT, SUGGESTED, nearest, similarity


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from([BEYOND_DOUBT, MISSPELT, SUGGESTED]))
def test_similarity_is_that_of_difflib_or_nothing(left, right, at_least):
    ratio = difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()

    assert similarity(left, right, at_least=at_least) == (ratio if ratio >= at_least else 0.0)


@pytest.mark.parametrize(
    ("text", "found"),
    [("Ärende-nummer", "arendenummer"), ("arendenumer", "arendenummer"), ("datm", "datum"), ("telefon", "")],
)
def test_the_nearest_key_is_suggested(text, found):
    assert nearest(text, ["arendenummer", "datum", "region"]) == found


def test_a_stricter_use_suggests_less():
    assert nearest("rutning", ["riktning"]) == "riktning"
    assert nearest("rutning", ["riktning"], at_least=BEYOND_DOUBT) == ""
