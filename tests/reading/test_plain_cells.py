"""Sheets of shared texts alone, which are read from their bytes: as calamine reads the same file."""

import io
from html import escape

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from tests.support.packages import zip_package
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.opening import open_workbook

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook_of(rows, items):
    """Return a workbook with one sheet, given the XML of its rows and of its shared texts."""
    return zip_package(
        {
            "_rels/.rels": (
                f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
                'Target="xl/workbook.xml"/></Relationships>'
            ).encode(),
            "xl/workbook.xml": (
                f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets><sheet name="Blad1" sheetId="1" r:id="r1"/>'
                "</sheets></workbook>"
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{_PACKAGE}">'
                f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
                "</Relationships>"
            ).encode(),
            "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>".encode(),
            "xl/sharedStrings.xml": f"<sst {_MAIN}>{items}</sst>".encode(),
        }
    )


def read_by_calamine(content):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [tuple(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def read_here(content):
    try:
        return [tuple(row) for row in open_workbook(content).sheets[0].rows]
    except UnreadableError as error:
        return error.code


@st.composite
def sheets(draw):
    """The XML of rows and shared texts: with gaps, blank cells, and a number now and then."""
    texts = draw(
        st.lists(st.sampled_from(["a", "", " ", "b c", " d", "å&ä", "<x>", "’", '"q"', "&amp;"]), min_size=1)
    )
    kept = draw(st.booleans())
    space = ' xml:space="preserve"' if kept else ""
    items = "".join(f"<si><t{space}>{escape(text)}</t></si>" for text in texts)
    numbers = draw(st.lists(st.integers(1, 40), unique=True, max_size=12).map(sorted))
    cell = st.one_of(
        st.integers(0, len(texts) - 1).map(lambda at: f' t="s"><v>{at}</v></c>'),
        st.just("/>"),
        st.just(' s="3"/>'),
    )
    if draw(st.booleans()):
        cell = st.one_of(cell, st.just("><v>7.5</v></c>"))
    rows = ""
    for number in numbers:
        letters = draw(
            st.one_of(st.just("ABC"), st.text("ABCDZ").map(lambda some: "".join(sorted(set(some)))))
        )
        inner = "".join(f'<c r="{letter}{number}"{draw(cell)}' for letter in letters)
        rows += f'<row r="{number}">{inner}</row>' if inner else f'<row r="{number}"/>'
    return rows, items


@given(sheets())
def test_plain_sheets_are_read_as_calamine_reads_them(sheet):
    content = workbook_of(*sheet)
    assert read_here(content) == (read_by_calamine(content) or "FIL004")


TWO = "<si><t>a</t></si><si><t>b</t></si>"


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ('<row r="2"><c r="B2" t="s"><v>1</v></c></row>', [("", ""), ("", "b")]),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="9"/>', [("a",)]),
        ('<row r="1"><c r="A1" t="s"><v>2</v></c></row>', "FIL002"),
        ('<row r="1"><c r="B1" t="s"><v>0</v></c><c r="A1" t="s"><v>1</v></c></row>', [("b", "a")]),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="A1" t="s"><v>1</v></c></row>', "FIL002"),
        (
            '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="1"><c r="B1" t="s"><v>1</v></c></row>',
            [("a", "b")],
        ),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12</v></c></row>', [("a", 12.0)]),
    ],
)
def test_gaps_numbers_and_odd_orders(rows, read):
    assert read_here(workbook_of(rows, TWO)) == read


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<t>å &amp;amp; &lt;b&gt;</t>", "å &amp; <b>"),
        ("<t>&#229;</t>", "å"),
        ("<t> a </t>", "a"),
        ('<t xml:space="preserve"> a </t>', " a "),
        ("<t>a\nb</t>", "a\nb"),
        ("<t/>", ""),
    ],
)
def test_texts_of_plain_lists(item, text):
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    assert read_here(workbook_of(rows, f"<si>{item}</si><si><t>z</t></si>")) == [(text, "z")]
