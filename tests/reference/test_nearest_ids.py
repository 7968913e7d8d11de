"""Nearest ids, compared with a search over every pair."""

from hypothesis import given, settings
from hypothesis import strategies as st

from underlag.reference.nearest import nearest_ids
from underlag.reference.reference import other_form, without_16
from underlag.values.correction import nearest

IDS = st.builds(
    "{}-{}".format,
    st.sampled_from(["SE2321000156", "SE162321000156", "SE5565594230", "SE2321000165", "TSTNMT1"]),
    st.text("AB1", min_size=1, max_size=4),
)


def slowly(missing, known):
    plain = {}
    for hsa_id in known:
        plain.setdefault(without_16(hsa_id), hsa_id)
    found = {text: nearest(without_16(text), plain) for text in missing}
    return {text: plain[near] for text, near in found.items() if near}


@given(st.sets(IDS, max_size=12), st.lists(IDS, max_size=25, unique=True))
@settings(max_examples=400)
def test_search_finds_what_comparing_every_pair_finds(missing, known):
    lacking = missing - set(known) - set(map(other_form, known))

    assert nearest_ids(lacking, known) == slowly(lacking, known)


def test_each_kind_of_slip_is_found():
    known = ["SE2321000156-4HVT", "SE5565594230-B8N"]
    slips = {
        "SE2321000156-4HVX": known[0],
        "SE2321000156-4HV": known[0],
        "SE2321000156-4HVTT": known[0],
        "SE2321000156-4VHT": known[0],
        "SE2321000165-4HVT": known[0],
        "SE162321000156-4HVX": known[0],
        "SE5565594230-8BN": known[1],
    }

    assert nearest_ids([*slips, "SE2321000156-4XXT", "SE5565594230-4HVT"], known) == slips


def test_two_near_ones_are_no_suggestion():
    assert nearest_ids(["SE2321000156-A1"], ["SE2321000156-A2", "SE2321000156-A3"]) == {}


def test_one_unit_in_two_forms_is_one():
    assert nearest_ids(["SE2321000156-A1"], ["SE162321000156-A2", "SE2321000156-A2"]) == {
        "SE2321000156-A1": "SE162321000156-A2"
    }


def test_forms_with_and_without_16():
    assert other_form("SE162321000156-A") == "SE2321000156-A"
    assert other_form("SE2321000156-A") == "SE162321000156-A"
    assert without_16("SE1623210001-A") == "SE1623210001-A"
