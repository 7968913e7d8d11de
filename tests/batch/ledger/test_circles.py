"""Rows of one addressee whose dates, removals and choices beat one another in a circle."""

from hypothesis import given
from hypothesis import strategies as st

from underlag.batch.ledger.judge_unit import judge_unit
from underlag.batch.ledger.unit_rows import BookDates, Decision, Reason, UnitRow

DECEMBER, JANUARY = "2026-12-01", "2027-01-01"


def written(number: int, saved: int, *, case: int = 1, region: str = "a", run: int = 1) -> BookDates:
    return BookDates(number, case, region, f"bytes {number}", f"2026-11-{saved:02d}T10:00", "", run)


def authorization(book: int, action: str, day: str) -> UnitRow:
    return UnitRow(book, book, 1, "consumer", "C", action, (action, day), "", 0, "")


def judged(*rows: UnitRow) -> dict[int, Reason | None]:
    books = {row.book: written(row.book, row.book) for row in rows}
    return {one.row: one.reason for one in judge_unit(rows, books, []).verdicts}


def test_authorization_after_a_removal_counts_although_the_one_before_begins_earlier():
    verdicts = judged(
        authorization(1, "add", DECEMBER),
        authorization(2, "remove", DECEMBER),
        authorization(3, "add", JANUARY),
    )

    assert verdicts == {1: Reason.DUPLICATE, 2: Reason.REPLACED, 3: None}


def test_earliest_authorization_after_a_removal_counts():
    verdicts = judged(
        authorization(1, "add", DECEMBER),
        authorization(2, "remove", DECEMBER),
        authorization(3, "add", JANUARY),
        authorization(4, "add", DECEMBER),
    )

    assert [row for row, reason in verdicts.items() if reason is None] == [4]


ROWS = st.lists(
    st.tuples(
        st.sampled_from([("consumer", "C"), ("producer", "P"), ("producer", "Q")]),
        st.sampled_from(["add", "remove"]),
        st.sampled_from([DECEMBER, JANUARY]),
        st.integers(1, 6),  # day on which its workbook was saved
        st.integers(1, 2),  # case
        st.sampled_from(["", "a", "b"]),
        st.integers(0, 2),  # load
    ),
    min_size=1,
    max_size=6,
)


@given(ROWS, st.lists(st.builds(Decision, st.integers(1, 6), st.integers(1, 6)), max_size=2))
def test_every_open_row_gets_one_verdict_and_nothing_that_waits_for_itself(facts, decisions):
    books, rows = {}, []
    for number, ((kind, component), action, day, saved, case, region, load) in enumerate(facts, 1):
        books[number] = written(number, saved, case=case, region=region)
        content = (action, day) if kind == "consumer" else (action, day, component)
        rows.append(UnitRow(number, number, 1, kind, component, action, content, "", load, ""))

    verdicts = judge_unit(rows, books, decisions).verdicts

    assert [one.row for one in verdicts] == [row.number for row in rows if not row.load]
    assert all(one.other != one.row for one in verdicts)
