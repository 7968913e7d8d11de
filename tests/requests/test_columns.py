"""Columns of values: they behave as lists of the values would."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.rows import entries_of, one_row
from underlag.columns import NOTHING, Cells, Field, row_places
from underlag.workbook import Entries

SHEETS = st.sampled_from(["Flik", "Annan flik", "profilen"])
VALUES = st.builds(
    Field, st.sampled_from(["", "a", "b", "c"]), SHEETS, st.integers(1, 4), st.integers(0, 3)
) | st.just(NOTHING)
LISTS = st.lists(VALUES, max_size=8)


@given(LISTS)
@settings(max_examples=100)
def test_a_column_returns_the_values_that_it_was_made_of(values):
    cells = Cells(values)

    assert list(cells) == [cells[at] for at in range(len(cells))] == values
    assert [cells.get(at) for at in range(len(cells))] == [None if one == NOTHING else one for one in values]
    assert cells.texts == [value.text for value in values]


@given(LISTS, LISTS, st.data())
@settings(max_examples=100)
def test_a_changed_column_equals_a_changed_list(values, further, data):
    cells, other = Cells(values), Cells(further)
    cells.unique_texts()
    cells.extend(other)
    wanted = [*values, *further]
    rows = data.draw(st.lists(st.integers(0, len(wanted) - 1), max_size=3)) if wanted else []
    for at in rows:
        cells[at] = wanted[at] = data.draw(VALUES)

    assert list(cells) == wanted
    assert list(cells.take(rows)) == [wanted[at] for at in rows]
    assert list(cells[1:]) == wanted[1:]
    assert list(cells.unique_texts()) == list(dict.fromkeys(one.text for one in wanted if one != NOTHING))
    assert list(cells.distinct()) == [one for one in dict.fromkeys(wanted) if one.column]
    assert list(cells.with_text({"a", ""})) == [one for one in wanted if one.text in {"a", ""}]
    assert cells.has_gaps == (NOTHING in wanted)


@given(st.integers(1, 50), st.integers(1, 1_048_576), st.integers(1, 16_384))
@settings(max_examples=50)
def test_a_column_below_a_header_keeps_every_cell(count, first, column):
    rows = range(first, first + count)
    cells = Cells.below([str(row) for row in rows], "Flik", row_places(rows), column)

    assert list(cells) == [Field(str(row), "Flik", row, column) for row in rows]


def test_a_filled_column_and_the_one_it_was_copied_from_are_two():
    cells = Cells([Field("", "Flik", 2, 1), Field("b", "Flik", 3, 1)])
    copy = cells[:]
    copy.fill([0], Field("a", "profilen", 0, 0))

    assert (cells.texts, copy.texts) == (["", "b"], ["a", "b"])
    assert copy.have_several_sources
    assert not cells.have_several_sources


def test_entries_are_equal_when_they_are_the_same_row_also_of_a_selection():
    rows = [one_row("Flik", number, addressee=Field("SE1", "Flik", number, 1)) for number in (2, 3, 4)]
    entries = entries_of(rows)
    chosen = entries.where([True, False, True])

    assert list(chosen) == [entries[0], entries[2]]
    assert {*chosen} < {*entries}
    assert list(chosen.take([1])) == list(entries[2:])
    assert entries[0] != rows[0]


def test_respelling_changes_only_the_flow_that_asks():
    column = Cells([Field("https://a.se/", "Flik", 2, 1), Field("https://a.se", "Flik", 3, 1)])
    one, other = Entries("Flik", [2, 3], {"url": column}), Entries("Flik", [2, 3], {"url": column})
    one.respell("url", {"https://a.se/": "https://a.se"})

    assert one.texts("url") == ["https://a.se", "https://a.se"]
    assert other.texts("url") == ["https://a.se/", "https://a.se"]
    assert one[0].url == Field("https://a.se", "Flik", 2, 1)
