"""Cells where no sheet has any, or twice: a value in them must never be left out without a word."""

import re

import pytest

from tests.reading.hostile.parts import SHEET, codes, message, with_rows
from tests.support.packages import change_part
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.options import Options
from underlag.reading import read

TEXTS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


def changed(part, change):
    def checked(old):
        new = change(old)
        assert new != old
        return new

    return change_part(workbook(STANDARD + ORDER_SHEET), part, checked)


def last_row(xml):
    return re.findall(rb"<row .*?</row>", xml, re.DOTALL)[-1]


def renamed(name, new):
    """Return a change that gives the elements of the last row another name."""

    def change(xml):
        row = last_row(xml)
        return xml.replace(row, re.sub(rb"<(/?)%s(?=[ >/])" % name, rb"<\1" + new, row))

    return change


@pytest.mark.parametrize("name", [b"row", b"c", b"v"])
def test_a_sheet_with_an_element_of_another_name_among_its_cells_is_damaged(name):
    assert codes(changed(SHEET, renamed(name, b"x"))) == ["FIL002"]


def test_a_row_outside_the_rows_is_a_damaged_file():
    def outside(xml):
        row = last_row(xml)
        return xml.replace(row, b"").replace(b"</sheetData>", b"</sheetData>" + row)

    assert codes(changed(SHEET, outside)) == ["FIL002"]


def test_rows_for_one_program_or_another_are_a_damaged_file():
    def choice(xml):
        row = last_row(xml)
        either = (
            b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            b'<mc:Choice Requires="x">%s</mc:Choice></mc:AlternateContent>' % row
        )
        return xml.replace(row, either)

    content = changed(SHEET, choice)
    assert codes(content) == ["FIL002"]
    assert "AlternateContent" in message(content)


def test_a_second_list_of_rows_is_a_damaged_file():
    row = b'<sheetData><row r="9"><c r="F9" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    assert codes(changed(SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + row))) == [
        "FIL002"
    ]


def test_a_sheet_without_a_list_of_rows_is_a_damaged_file():
    assert codes(changed(SHEET, lambda xml: re.sub(rb"(?s)<sheetData>.*</sheetData>", b"", xml))) == [
        "FIL002"
    ]


def test_what_programs_may_add_to_rows_and_cells_is_no_damage():
    def extended(xml):
        row = last_row(xml)
        more = row.replace(b"</c>", b"<extLst><ext/></extLst></c>").replace(b"</row>", b"<extLst/></row>")
        return xml.replace(row, more)

    assert codes(changed(SHEET, extended)) == []


@pytest.mark.parametrize("item", [b"<x><t>y</t></x>", b"<si><x>y</x></si>", b"<si><t>y<t>z</t></t></si>"])
def test_a_list_of_texts_with_other_elements_is_damaged(item):
    """Each text after it would be that of another cell."""
    assert codes(changed(TEXTS, lambda xml: xml.replace(b"<si>", item + b"<si>", 1))) == ["FIL002"]


def test_a_sheet_that_the_workbook_lists_by_another_element_is_no_sheet_to_leave_out():
    def unlisted(xml):
        last = xml.rindex(b"<sheet ")
        return xml[:last] + xml[last:].replace(b"<sheet ", b"<blad ", 1)

    assert codes(changed(BOOK, unlisted)) == ["FIL002"]


@pytest.mark.parametrize(("kind", "found"), [(b"chartsheet", []), (b"dialogsheet", []), (b"x", ["FIL002"])])
def test_only_sheets_of_a_known_kind_are_left_out(kind, found):
    def change(xml):
        last = xml.rindex(b"/worksheet", 0, xml.rindex(b"worksheets/"))
        return xml[:last] + b"/" + kind + xml[last + len(b"/worksheet") :]

    assert codes(changed(RELATIONS, change)) == found


@pytest.mark.parametrize("where", ["beside", "after", "row"])
def test_a_cell_with_two_values_is_a_damaged_file(where):
    twin = b'<c r="F3" t="s"><v>0</v></c>'

    def change(xml):
        match where:
            case "beside":
                return re.sub(rb'(?=<c r="F3")', twin, xml)
            case "after":
                return re.sub(rb'(<row r="3".*?)</row>', rb"\1" + twin + b"</row>", xml)
            case _:
                return xml.replace(b"</sheetData>", b'<row r="3">' + twin + b"</row></sheetData>")

    content = changed(SHEET, change)
    assert codes(content) == ["FIL002"]
    assert "cellen F3 på fliken" in message(content)


def test_a_cell_twice_with_one_value_is_read():
    def change(xml):
        return re.sub(rb'(<c r="F3".*?</c>)', rb"\1\1", xml)

    assert codes(changed(SHEET, change)) == []


def test_empty_texts_are_no_twins():
    empty = b'<row r="9"><c r="F9" t="s"><v>0</v></c><c r="G9" t="str"><v></v></c></row>'
    content = change_part(with_rows(empty), TEXTS, lambda xml: xml.replace(b"<si>", b"<si><t/></si><si>", 1))
    assert "FIL002" not in codes(content)


def test_rows_and_cells_in_another_order_are_read_as_they_are_numbered():
    def change(xml):
        rows = re.findall(rb"<row .*?</row>", xml, re.DOTALL)
        return xml.replace(b"".join(rows[1:]), b"".join(rows[:0:-1]))

    options = Options(environment="PROD")
    usual = read(workbook(STANDARD + ORDER_SHEET), options, name=NAME).underlag
    other = read(changed(SHEET, change), options, name=NAME).underlag
    rows = [[(e.row, e.addressee.text) for e in one.flows[1].entries] for one in (usual, other)]
    assert rows[0] == rows[1] != []


def test_a_moment_of_a_strict_workbook_is_a_date():
    """ECMA-376 part 1, 18.17.4: such dates are texts in the form of ISO 8601, with or without a zone."""
    content = change_part(
        workbook(STANDARD + ORDER_SHEET),
        "xl/worksheets/sheet4.xml",
        lambda xml: re.sub(rb'(<c r="B3")[^>]*><v>[^<]*', rb'\1 t="d"><v>2027-11-15T00:00:00.000Z', xml),
    )
    assert read(content, Options(), name=NAME).underlag.details.date.text == "2027-11-15"


@pytest.mark.parametrize("area", ["A50:C50", "50:50", "999999", "A1048576:B1048576"])
def test_cells_may_be_merged_below_the_last_row(area):
    merged = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode()
    content = changed(SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + merged))
    reading = read(content, Options(), name=NAME)
    assert len(reading.underlag.flows[1].entries) == 3
    assert [one.code for one in reading.findings if one.severity != "info"] == []
