"""Series that a spreadsheet makes when a cell is dragged down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from underlag.values.series import counting_series


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["SE2321000156-2003", "SE2321000156-2004", "SE2321000156-2005"], [[0, 1, 2]]),
        (["B3K", "B4K", "B5K", "other"], [[0, 1, 2]]),
        (["https://a:50009/x", "https://a:50010/x", "https://a:50011/x"], [[0, 1, 2]]),
        (["a1", "a2", "b3"], []),
        (["a1b1", "a2b1", "a2b2", "a2b3"], [[1, 2, 3]]),
        (["a1", "a2", "a4", "a5", "a6"], [[2, 3, 4]]),
        (["a3", "a2", "a1"], []),
        (["a" + "9" * 5000, "a" + "9" * 4999 + "8", "a1"], []),
        ([], []),
    ],
)
def test_texts_that_count_up(texts, expected):
    assert counting_series(texts) == [[texts[at] for at in run] for run in expected]


@given(st.lists(st.text(alphabet="a019-", max_size=5), unique=True))
def test_every_run_is_a_part_of_the_texts(texts):
    for run in counting_series(texts):
        at = texts.index(run[0])
        assert texts[at : at + len(run)] == run
