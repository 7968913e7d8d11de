"""JSON is the same with and without orjson: written bytes, parsed values and errors."""

from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from underlag import json_text

pytest.importorskip("orjson")

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**63), 2**64 - 1) | st.floats(1e-3, 1e15)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner) | st.tuples(inner, inner),
)


@pytest.fixture(params=["orjson", "standard"])
def way(request, monkeypatch):
    if request.param == "standard":
        monkeypatch.setattr(json_text, "orjson", None)
    return request.param


class Unit(NamedTuple):
    hsa_id: str
    names: list[str]


def both(monkeypatch, function, *arguments):
    """Return the results of a function with and without orjson; of an error its type and text."""
    results = [_outcome(function, *arguments)]
    monkeypatch.setattr(json_text, "orjson", None)
    return [*results, _outcome(function, *arguments)]


def _outcome(function, *arguments):
    try:
        return function(*arguments)
    except json_text.JsonError as error:
        return error.lineno, error.colno


@given(VALUES)
@example({"a": [], "b": {}, '\x7f\u2028\x00\b\f\t"\\/<å': [1.0, -0.0, [[]]]})
def test_writes_the_same_bytes(value):
    with pytest.MonkeyPatch.context() as monkeypatch:
        for write in (json_text.compact, json_text.indented, json_text.document):
            with monkeypatch.context() as inner:
                fast, standard = both(inner, write, value)

            assert fast == standard


@given(VALUES)
def test_reads_what_it_writes(value):
    with pytest.MonkeyPatch.context() as monkeypatch:
        fast, standard = both(monkeypatch, json_text.parse, json_text.compact(value))

        assert repr(fast) == repr(standard)


@given(
    st.text('{}[]":,.-+eE0123456789 \\untfa\ud83d\ude00\n'.encode("utf-16", "surrogatepass").decode("utf-16"))
)
def test_accepts_and_rejects_the_same_texts(text):
    with pytest.MonkeyPatch.context() as monkeypatch:
        fast, standard = both(monkeypatch, json_text.parse, text)

        assert repr(fast) == repr(standard)


@pytest.mark.parametrize(
    "content",
    [
        b'{"a": "\xe5"}',
        b'{"a": NaN}',
        b"[Infinity]",
        b"[1e999]",
        b'["\\ud800"]',
        b'["\\udc00\\ud800"]',
        b"\xef\xbb\xbf{}",
        b'{"a": "\n"}',
        b"[" * 5000 + b"]" * 5000,
        b"1" * 5000,
        b"[1,]",
        b'{"a": 1',
        b"",
    ],
)
def test_rejects_what_is_not_json(way, content):
    with pytest.raises(json_text.JsonError):
        json_text.parse(content)


def test_an_error_names_the_place(way):
    with pytest.raises(json_text.JsonError) as caught:
        json_text.parse(b'{"a": 1,\n "b": x}')

    assert (caught.value.lineno, caught.value.colno) == (2, 7)


def test_a_pair_of_escaped_surrogates_is_one_character(way):
    assert json_text.parse(b'["\\ud83d\\ude00"]') == ["😀"]


def test_the_last_of_equal_keys_wins(way):
    assert json_text.parse(b'{"a": 1, "a": 2}') == {"a": 2}


def test_default_turns_other_values_into_json(way):
    unit = Unit("SE1", ["a"])

    assert json_text.compact([unit], default=tuple) == b'[["SE1",["a"]]]'
    assert json_text.indented({"dag": range(2)}, default=list) == b'{\n  "dag": [\n    0,\n    1\n  ]\n}'


def test_a_value_without_default_is_refused(way):
    for write in (json_text.compact, json_text.indented):
        with pytest.raises(TypeError):
            write({"a": object()})
