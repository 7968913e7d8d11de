"""No altered export and no bytes give a traceback."""

import json
from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tak.holdings.exports import (
    VARIANTS,
    sample,
)
from tests.tak.holdings.read_catalogue import read

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
