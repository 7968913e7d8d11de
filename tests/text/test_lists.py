"""Lists in running Swedish text."""

import pytest

from underlag.text.lists import listed, spans


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c", "d", "e"], "a, b, c, d och e")],
)
def test_items_are_joined(items, expected):
    assert listed(items) == expected


@pytest.mark.parametrize(("count", "expected"), [(4, "0, 1, 2 och 3"), (5, "0, 1, 2 och 2 till")])
def test_a_long_list_is_cut_where_at_least_two_are_left(count, expected):
    assert listed([str(n) for n in range(count)], most=3) == expected


def test_runs_of_numbers_are_spans():
    assert spans([9, 3, 5, 7, 6]) == "3, 5–7 och 9"
