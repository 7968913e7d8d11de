"""The judge takes any text, and knows the texts of all rules."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tak.judge.judged_orders import GOOD, changed, judged
from underlag.tak.judge import Weight, judge
from underlag.tak.judge.verdict import rules

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["hsaId", "vagval", "logiskadresser", "adress", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(data=st.data())
def test_no_order_however_strange_raises(data):
    order = copy.deepcopy(GOOD)
    target = data.draw(
        st.sampled_from(
            [
                order,
                order["inkludera"],
                order["inkludera"]["vagval"][0],
                order["inkludera"]["tjanstekontrakt"][0],
            ]
        )
    )
    target[data.draw(st.sampled_from([*target, "x"]))] = data.draw(JSON)
    verdict = judged(order)
    assert verdict.loads is not bool(verdict.answer)


@given(content=st.binary(max_size=80) | st.text(max_size=80))
def test_no_text_whatsoever_raises(content):
    verdict = judge(content)

    assert verdict.loads is not bool(verdict.answer)


def test_every_rule_has_its_texts():
    for rule in rules().values():
        assert rule.title
        assert rule.text
        assert rule.answer or rule.weight is not Weight.REFUSED


@pytest.mark.parametrize(
    ("value", "loads"),
    [("1e3", True), (".5", True), ("1.", True), (" +1 ", True), ("NaN", True), ("-INF", True), ("null", True)]
    + [
        (text, False)
        for text in ("1f", "1D", "0x1p3", "1.e3", "+INF", "infinity", "٣", "\u00a01", "1_0", "\u00a0")
    ],
)
def test_format_version_as_text_is_parsed_as_jackson_does(value, loads):
    assert judged(changed(lambda o: o.update(formatVersion=value))).loads is loads


@pytest.mark.parametrize(
    ("value", "loads"),
    [("+7", True), ("٣", True), (" 007 ", True), (2147483647.0, True), (-1.9, True), ("-2147483648", True)]
    + [(v, False) for v in ("7.", "\u00a07", "𝟕", "2147483648", 2147483647.5, -2147483648.5, 1e10, "NULL")],
)
def test_version_is_parsed_as_jackson_does(value, loads):
    assert judged(changed(lambda o: o.update(version=value))).loads is loads
