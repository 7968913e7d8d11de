"""Colours, notes and the list are in the right places, as a reader of workbooks sees them."""

import warnings
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.annotated_workbook.package_check import check_package
from tests.documents.annotated_workbook.workbooks import (
    OTHER,
    UNITS,
    checked,
    edited,
    found,
    replaced,
    rich,
    simple,
)
from underlag.documents.annotated_workbook import annotated_workbook, marks, overview
from underlag.documents.finding_groups import shown_value
from underlag.findings import Severity, finding

RED, YELLOW, NONE = "FFFFC7CE", "FFFFEB9C", "00000000"


def annotated(content, *findings, **source):
    """The result as openpyxl reads it, after validation of its parts."""
    _, result = annotated_workbook(checked(content, *findings, **source))
    check_package(result)
    with warnings.catch_warnings():
        # openpyxl warns of what it would lose when saving, which it is not used for.
        warnings.filterwarnings("ignore", message=".*not supported and will be removed")
        return openpyxl.load_workbook(BytesIO(result))


def colour(cell):
    return cell.fill.fgColor.rgb


def listed(book, sheet="Granskning"):
    rows = list(book[sheet].iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if row[0] == "Allvar")
    return [row[:7] for row in rows[start + 1 :]]


def test_nothing_is_written_when_there_is_nothing_to_correct():
    assert annotated_workbook(checked(simple())) is None
    assert annotated_workbook(checked(simple(), found(UNITS, 2, 1, "info"))) is None


def test_faulty_cells_are_coloured_and_others_are_not():
    book = annotated(
        simple(),
        found(UNITS, 2, 1),
        found(UNITS, 2, 3, "varning"),
        found(UNITS, 3, 1, "info"),
        found(UNITS, 7, 5),
    )

    sheet = book[UNITS]
    expected = {"A2": RED, "C2": YELLOW, "E7": RED}
    assert {c.coordinate: colour(c) for row in sheet for c in row if colour(c) != NONE} == expected
    assert sheet["A2"].value == "r2k1"
    assert {c.coordinate for row in sheet for c in row if c.comment} == set(expected)


def test_a_note_says_what_is_wrong_and_what_to_do():
    book = annotated(simple(), found(UNITS, 2, 1, message="Fel siffra.", suggestion="Slå upp enheten."))

    note = book[UNITS]["A2"].comment
    assert note.text == "FEL: Fel kontrollsiffra (HSA003)\nFel siffra.\nGör så här: Slå upp enheten."
    assert note.author == "underlag"


def test_what_cannot_be_seen_is_named_in_list_and_note():
    value = "SE162321000156\N{NO-BREAK SPACE}-4HVV"
    book = annotated(simple(), found(UNITS, 2, 1, value=value, message=f"{value} är fel."))

    shown = "SE162321000156‹hårt mellanslag›-4HVV"
    assert listed(book)[0][4:6] == (shown, f"{shown} är fel.")
    assert f"{shown} är fel." in book[UNITS]["A2"].comment.text


def test_advice_in_the_workbook_is_about_the_workbook_not_the_program():
    missing = finding("BST007")
    for content, sort in ((simple(), "xlsx"), (b"not a package", "ods")):
        book = annotated(content, missing, kind=sort)

        assert listed(book)[0][6].startswith("Skriv datumet bredvid Datum")
        assert "--datum" in missing.suggestion


def test_several_findings_in_a_cell_share_its_note_and_the_worst_gives_the_colour():
    book = annotated(
        simple(),
        found(UNITS, 2, 1, "info", message="Ett."),
        found(UNITS, 2, 1, "varning", message="Två."),
        found(UNITS, 2, 1, "fel", message="Tre."),
    )

    cell = book[UNITS]["A2"]
    assert colour(cell) == RED
    headings = [line.split(":")[0] for line in cell.comment.text.splitlines() if "(HSA003)" in line]
    assert headings == ["FEL", "VARNING", "UPPLYSNING"]


def test_a_note_with_very_many_findings_ends_with_how_many_more():
    book = annotated(simple(), *(found(UNITS, 2, 1, message=f"Nr {n}." * 900) for n in range(20)))

    text = book[UNITS]["A2"].comment.text
    assert "… och 12 till" in text
    assert len(text) < 32_767
    assert len(listed(book)) == 20


def test_the_mark_of_a_cell_inside_a_merged_area_is_on_its_first_cell():
    book = annotated(rich(), found(UNITS, 1, 3, "varning"), found(UNITS, 1, 2))

    assert colour(book[UNITS]["A1"]) == RED
    assert book[UNITS]["A1"].comment.text.count("HSA003") == 2
    assert book[UNITS]["A1"].font.color is None, "white letters would not show on the pale colour"
    assert [row[3] for row in listed(book)] == ["C1", "B1"], "the list names the cell of the finding"


def test_marked_cells_keep_number_format_and_borders():
    book = annotated(rich(), found(UNITS, 4, 3), found(UNITS, 30, 8))

    for reference in ("C4", "H30"):  # the second is new and looks like its column
        cell = book[UNITS][reference]
        assert (cell.number_format, cell.border.left.style, colour(cell)) == ("yyyy-mm-dd", "thin", RED)


def test_the_list_holds_every_finding_with_a_link_to_its_cell():
    book = annotated(
        rich(),
        found("", 0, 0, code="BST002", value="", message="Hela filen."),
        found(UNITS, 0, 0, code="FLI003", value=""),
        found(UNITS, 4, 1, "varning", value="=1+1"),
        found(OTHER, 2, 2, "info"),
        found("Dold", 1, 1),
    )

    sheet = book["Granskning"]
    assert book.sheetnames[0] == "Granskning"
    assert book.active is sheet
    assert listed(book) == [
        ("Fel", "BST002", None, None, None, "Hela filen.", "Rätta."),
        ("Fel", "FLI003", UNITS, None, None, "Fel.", "Rätta."),
        ("Varning", "HSA003", UNITS, "A4", "=1+1", "Fel.", "Rätta."),
        ("Upplysning", "HSA003", OTHER, "B2", "SE16-X", "Fel.", "Rätta."),
        ("Fel", "HSA003", "Dold", "A1", "SE16-X", "Fel.", "Rätta."),
    ]
    start = sheet.max_row - 4
    links = {c.coordinate: c.hyperlink.location for row in sheet for c in row if c.hyperlink}
    assert links == {
        f"C{start + 1}": f"'{UNITS}'!A1",
        f"D{start + 2}": f"'{UNITS}'!A4",
        f"D{start + 3}": "'Bo''s flik'!B2",
    }
    assert sheet[f"E{start + 2}"].data_type == "s", "a text that looks like a formula stays text"
    assert sheet.auto_filter.ref == f"A{start - 1}:G{sheet.max_row}"
    assert sheet.freeze_panes == f"A{start}"
    assert [(sheet.cell(r, 1).value, sheet.cell(r, 2).value) for r in (3, 4, 5)] == [
        ("Fel", 3),
        ("Varning", 1),
        ("Upplysning", 1),
    ]
    assert "2027-02-15 klockan 12:30" in sheet["A2"].value


def test_a_sheet_called_granskning_stays_and_ours_gets_a_number():
    book = annotated(simple(sheets=("granskning", "Granskning 2")), found("granskning", 2, 1))

    assert book.sheetnames == ["Granskning 3", "granskning", "Granskning 2"]
    assert listed(book, "Granskning 3")[0][3] == "A2"


def test_an_annotated_workbook_that_is_corrected_and_sent_again_says_what_is_new():
    first = annotated_workbook(checked(simple(), found(UNITS, 2, 1), found(UNITS, 3, 1)))[1]
    book = annotated(first, found(UNITS, 3, 1, "varning", message="Nytt."))

    assert book.sheetnames == ["Granskning 2", "Granskning", UNITS]
    assert book[UNITS]["A2"].comment.text == "Inget att rätta eller kontrollera längre i den här cellen."
    assert book[UNITS]["A3"].comment.text.count("HSA003") == 1
    assert "Nytt." in book[UNITS]["A3"].comment.text
    again = annotated(first, found("", 0, 0))
    assert "Inget att rätta" in again[UNITS]["A3"].comment.text
    assert [colour(book[UNITS][cell]) for cell in ("A2", "A3")] == [NONE, YELLOW]
    assert [colour(again[UNITS][cell]) for cell in ("A2", "A3")] == [NONE, NONE]


def test_notes_whose_author_libreoffice_has_dropped_are_replaced_all_the_same():
    _, first = annotated_workbook(checked(simple(), found(UNITS, 2, 1), found(UNITS, 3, 1)))
    resaved = edited(first, {"xl/comments1.xml": replaced("<author>underlag</author>", "<author> </author>")})
    sheet = annotated(resaved, found(UNITS, 3, 1, message="Kvar."))[UNITS]

    assert sheet["A2"].comment.text == "Inget att rätta eller kontrollera längre i den här cellen."
    assert colour(sheet["A2"]) == NONE
    assert sheet["A3"].comment.text.count("FEL:") == 1
    assert "Kvar." in sheet["A3"].comment.text


def test_a_note_of_the_user_stays_and_ours_after_it_is_replaced_or_taken_away():
    at_fault = found(UNITS, 3, 1, message="Ett."), found(UNITS, 4, 2, message="Två.")
    _, first = annotated_workbook(checked(rich(), *at_fault))
    before = annotated(first, *at_fault)[UNITS]
    sheet = annotated(first, found(UNITS, 3, 1, message="Ett igen."))[UNITS]

    for again in (before, sheet):
        assert again["A3"].comment.text.startswith(
            "Min egen anteckning\n\nFEL: Fel kontrollsiffra (HSA003)\nEtt"
        )
        assert again["A3"].comment.text.count("HSA003") == 1
    assert "Ett igen." in sheet["A3"].comment.text
    assert sheet["B4"].comment.text == "En till"
    assert (colour(before["B4"]), colour(sheet["B4"])) == (RED, NONE)


def test_notes_have_a_limit_and_the_list_says_so(monkeypatch):
    monkeypatch.setattr("underlag.documents.annotated_workbook.build.NOTE_LIMIT", 3)
    warnings = [found(UNITS, row, 1, "varning") for row in range(1, 6)]
    book = annotated(simple(rows=8), *warnings, found(UNITS, 7, 1))

    assert [c.row for (c,) in book[UNITS]["A1:A8"] if c.comment] == [1, 2, 7]
    assert [c.row for (c,) in book[UNITS]["A1:A8"] if colour(c) != NONE] == [1, 2, 3, 4, 5, 7]
    assert any("3 av 6 celler har en kommentar" in str(row[0]) for row in book["Granskning"].values)
    assert marks.NOTE_LIMIT == 5_000


def test_list_and_links_have_limits(monkeypatch):
    monkeypatch.setattr(overview, "LIST_LIMIT", 4)
    monkeypatch.setattr(overview, "LINK_LIMIT", 2)
    book = annotated(
        simple(rows=9),
        *(found(UNITS, row, 1) for row in range(1, 7)),
        found(UNITS, 8, 2, "varning", code="HSA009"),
    )

    assert [row[3] for row in listed(book)] == ["A1", "A2", "A3", "B8"]
    remark = "Listan visar 4 av 7 fynd: bara de första av HSA003 Fel kontrollsiffra (6 fynd)."
    assert any(str(row[0]).startswith(remark) for row in book["Granskning"].values)
    assert [row[:2] for row in book["Granskning"].values][2:4] == [("Fel", 6), ("Varning", 1)]
    assert sum(c.hyperlink is not None for row in book["Granskning"] for c in row) == 2


def test_comment_threads_are_left_unchanged_and_the_list_says_so():
    book = annotated(rich(), found(UNITS, 4, 4))

    assert colour(book[UNITS]["D4"]) == RED
    assert book[UNITS]["D4"].comment.text == "[Kommentarstråd] Stämmer talet?"
    assert any("kommentarstråd: 1." in str(row[0]) for row in book["Granskning"].values)


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods", ""])
def test_other_formats_get_the_list_alone(kind):
    book = annotated(b"not a package", found(UNITS, 2, 1), found("", 0, 0), kind=kind)

    assert book.sheetnames == ["Granskning"]
    assert [row[3] for row in listed(book)] == ["A2", None]
    assert not any(c.hyperlink for row in book["Granskning"] for c in row)
    text = " ".join(str(row[0]) + str(row[2]) for row in book["Granskning"].values)
    assert "så här står bara listan" in text
    assert "röd" not in text


def test_the_same_input_gives_the_same_bytes():
    what = checked(rich(), found(UNITS, 3, 1), found(OTHER, 2, 1, "varning"))

    assert annotated_workbook(what) == annotated_workbook(what)


@settings(max_examples=40)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_any_text_comes_through_as_text(text):
    """The list shows the value with what is invisible in it by name; lone surrogates are replaced."""
    at_fault = found(UNITS, 2, 1, value=text, message=text)
    _, result = annotated_workbook(checked(simple(), at_fault))

    files = check_package(result)
    sheet = openpyxl.load_workbook(BytesIO(result))["Granskning"]
    value = sheet.cell(sheet.max_row, 5).value or ""
    unescaped = openpyxl.utils.escape.unescape(value)
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in shown_value(at_fault))
    assert unescaped == expected
    assert b"<f" not in files["xl/worksheets/sheet2.xml"].partition(b"<sheetData>")[2]


@pytest.mark.parametrize("text", ["x" * 40_000, "🏥" * 20_000, "ab " * 20_000])
def test_long_texts_are_cut_where_excel_would_refuse_them(text):
    book = annotated(simple(), found(UNITS, 2, 1, value="", message=text))

    message = listed(book)[0][5]
    assert message.endswith(" … (kortat)")
    assert len(message.encode("utf-16-le")) // 2 <= 32_767


def test_severity_words_cover_all_severities():
    assert set(overview._WORDS) == set(Severity)
