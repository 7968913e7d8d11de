"""A legend of colours is asked about with the rows that are filled otherwise than most."""

import io

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from tests.checks.examine import NOW, only
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.checks import check
from underlag.options import Options
from underlag.reading import read
from underlag.reading.account.marks import odd_fills
from underlag.reading.formats.grid import Sheet
from underlag.reading.formats.xlsx.fills import names_colour
from underlag.reading.opening import open_workbook

SHEET = "Webcert -> Vårdsystem"
NAMED = "I9 (rad 3 har en annan fyllning än de andra raderna)"


def coloured(rows, text, colour="FFFFFF00"):
    book = openpyxl.load_workbook(io.BytesIO(workbook(STANDARD + ORDER_SHEET)))
    sheet = book[SHEET]
    for row in rows:
        for cell in sheet[row]:
            cell.fill = PatternFill("solid", fgColor=colour)
    sheet["I9"] = text
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()


def message(content):
    return only(check(read(content, Options(now=NOW), name=NAME)), "FLI039").message


@pytest.mark.parametrize("text", ["gult = väntar", "Gula rader är klara", "De gulmarkerade ska vänta"])
def test_a_legend_is_asked_about_with_the_coloured_rows(text):
    assert NAMED in message(coloured([1, 3], text))


@pytest.mark.parametrize(
    ("rows", "text"), [([1], "gult = väntar"), ([2, 3, 4], "gult = väntar"), ([3], "Rud ska vänta")]
)
def test_rows_are_not_named_where_none_differs_or_no_colour_is_named(rows, text):
    assert "fyllning" not in message(coloured(rows, text))


def test_fills_are_not_read_where_no_text_names_a_colour():
    fills = [sheet.fills for sheet in open_workbook(coloured([3], "Rud ska vänta")).sheets]
    assert not any(fills)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gult = väntar", True),
        ("rödmarkerade tas senare", True),
        ("Regulatorn, Ullared", False),
        ("Blått fylls i (under rubriken), vitt vid behov, grått är ifyllt.", False),
        ("x" * 30_000 + " grön = klar", True),
    ],
)
def test_words_for_colours(text, expected):
    assert names_colour(text.encode()) is expected


@pytest.mark.parametrize(
    ("filled", "odd"), [({2: 0, 4: 0}, []), ({2: 0, 3: 0}, [2, 3]), ({1: 0, 2: 1, 3: 1, 4: 1, 5: 1}, [1])]
)
def test_rows_that_are_filled_otherwise_than_most_but_not_every_second(filled, odd):
    assert odd_fills(Sheet(SHEET, [], fills=filled), [1, 2, 3, 4, 5]) == odd
