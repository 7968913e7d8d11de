"""Ditto marks: the value above applies where values are carried down, and the marks are reported."""

import pytest

from tests.reading.rows.units import FLOW, SHEET, with_rows
from tests.reading.test_what_the_profile_adds import BULK
from tests.support.reading import read_text, rows, told
from tests.support.tables import STANDARD


@pytest.mark.parametrize(
    "mark", ['"', "”", "- ” -", r"-\|\|-", "''", "dito", "d:o", "Samma som ovan", "se ovan"]
)
def test_a_ditto_mark_means_the_value_above(mark):
    text = STANDARD.replace("|  |  |  |  |  | SE162", f"| {mark} |  |  | {mark} |  | SE162")
    reading = read_text(text)

    assert rows(reading, FLOW, "producer", "consumer") == rows(
        read_text(STANDARD), FLOW, "producer", "consumer"
    )
    assert [(f.code, f.sheet, f.cell) for f in reading.findings if f.sheet == SHEET] == [
        ("CEL017", SHEET, ""),
        ("CEL017", SHEET, ""),
    ]
    assert [f.message.partition("kolumn ")[2][:12] for f in reading.findings if f.sheet == SHEET] == [
        "A på rad 3–4",
        "D på rad 3–4",
    ]


def test_a_ditto_mark_with_nothing_above_is_read_for_the_checks_to_judge():
    reading = read_text(STANDARD.replace("| SE162321000156-B3K |", "| ” |", 1))

    assert rows(reading, FLOW, "producer")[0] == ("”",)
    assert told(reading, "CEL017") == []


def test_a_ditto_mark_reaches_over_another_system():
    row = '| SE162321000156-B4K | Annan | " | " | " | SE162321000156-4HVZ | Ek |'
    reading = read_text(with_rows(row))

    assert rows(reading, FLOW, "producer", "url")[-1] == (
        "SE162321000156-B4K",
        rows(reading, FLOW, "url")[0][0],
    )


@pytest.mark.parametrize("text", ["-", "Samma system", "se ovanstående"])
def test_what_is_no_ditto_mark_is_read_for_the_checks_to_judge(text):
    reading = read_text(STANDARD.replace("|  |  |  |  |  | SE162", f"| {text} |  |  |  |  | SE162"))

    assert rows(reading, FLOW, "producer")[1:] == [(text,), (text,)]
    assert told(reading, "CEL017") == []


def test_a_ditto_mark_counts_only_where_values_are_carried_down():
    reading = read_text(BULK.replace("https://b.sjunet.org/rivtabp21", '"'), name="BulkTAKning PROD-LiV.xlsx")

    assert '"' in {row[0] for row in rows(reading, "e-remiss", "url")}
    assert told(reading, "CEL017") == []
