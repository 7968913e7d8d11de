"""Answers about whole columns: each column once, but long ones are not kept."""

from underlag.reading.cells.same_columns import remembered_column


def counting():
    asked = []

    @remembered_column
    def count(role, texts):
        asked.append(role)
        return len(texts)

    return asked, count


def test_equal_columns_of_one_role_are_asked_about_once():
    asked, count = counting()
    column = ("Byn", "Åsen")

    assert [count("addressee_name", column), count("addressee_name", ("Byn", "Åsen"))] == [2, 2]
    assert count("producer_name", column) == 2
    assert asked == ["addressee_name", "producer_name"]


def test_long_columns_and_long_texts_are_not_kept():
    asked, count = counting()
    for column in (tuple(map(str, range(1001))), ("x" * 30_000, "y" * 30_000)):
        assert count("addressee", column) == count("addressee", column)

    assert len(asked) == 4
