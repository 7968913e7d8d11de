"""An export parsed in pieces has the same value as one parsed whole."""

import json
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tak.holdings.exports import VARIANTS, sample
from underlag import json_text
from underlag.tak.holdings.export import pieces
from underlag.tak.holdings.export.pieces import parse_in_pieces

_LEAF = st.integers(-9, 9) | st.text('"\\{}[],: 1ae', max_size=9) | st.none()
_ROW = st.dictionaries(
    st.text("ab", max_size=2), _LEAF | st.lists(st.dictionaries(st.just("c"), _LEAF, max_size=1), max_size=2)
)
_EXPORT = st.fixed_dictionaries(
    {"data": st.dictionaries(st.text("xyz", min_size=1, max_size=2), st.lists(_ROW | _LEAF, max_size=6))},
    optional={"version": _LEAF, "other": st.dictionaries(st.just("list"), st.lists(_ROW, max_size=3))},
)


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    monkeypatch.setattr(pieces, "_LARGE", 0)
    monkeypatch.setattr(pieces, "_PIECE", 20)


@settings(max_examples=300)
@given(content=_EXPORT, separators=st.sampled_from([(",", ":"), (" , ", " : "), (",\n", ":\t")]))
def test_the_value_is_that_of_the_whole(content, separators):
    text = json.dumps(content, separators=separators).encode()

    assert parse_in_pieces(text) == content


@pytest.mark.parametrize("kind", VARIANTS)
def test_each_kind_of_export_is_parsed_in_pieces(kind, monkeypatch):
    content = VARIANTS[kind](sample())
    sizes = []
    real = json_text.parse

    def parse(text):
        sizes.append(len(text))
        return real(text)

    monkeypatch.setattr(json_text, "parse", parse)
    text = json.dumps(content).encode()

    assert parse_in_pieces(text) == content
    assert len(sizes) > 6
    assert max(sizes) < len(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"data":{"a":[{"x":1}],"a":[{"x":2}]}}',
        '{"a":[{"x":1}]}',
        '{"data":[{"x":1}]}',
        '{"data":{"a":[{"x":1},{"y":[{"z":1}]},{"x":"},{"}]}}',
        '{"data":{' + ",".join(f'"{"a" * n}":[{{"x":1}}]' for n in range(1, 40)) + "}}",
    ],
)
def test_other_shapes_too(text):
    assert parse_in_pieces(text.encode()) == json.loads(text)


def test_what_is_cut_short_is_refused_wherever_it_is_cut():
    text = json.dumps(next(iter(VARIANTS.values()))(sample())).encode()
    for end in chain(range(1, 400, 7), range(400, len(text) - 1, 97)):
        with pytest.raises(json_text.JsonError):
            parse_in_pieces(text[:end])
