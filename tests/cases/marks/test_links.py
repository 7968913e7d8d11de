"""Links on cells of the order: what they open is compared with the cells, and names of rows with the order."""

import io
import struct

import openpyxl
import pytest

from tests.checks.examine import NOW, altered, told
from tests.support.packages import change_part
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from tests.support.xlsb import record, wide
from underlag.checks import check
from underlag.options import Options
from underlag.reading import read
from underlag.reading.formats.biff.xls_notes import XlsNotes
from underlag.reading.formats.biff.xlsb_records import link
from underlag.reading.formats.sheet_facts import SheetFacts
from underlag.reading.opening import open_workbook

SHEET = "Webcert -> Vårdsystem"
URL = "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21"


def judged(content):
    return check(read(content, Options(now=NOW), name=NAME))


def linked(cell, target):
    book = openpyxl.load_workbook(io.BytesIO(workbook(STANDARD + ORDER_SHEET)))
    book[SHEET][cell].hyperlink = target
    changed = io.BytesIO()
    book.save(changed)
    return judged(changed.getvalue())


@pytest.mark.parametrize(
    ("cell", "target"),
    [("C2", "https://annan.example.se/rivtabp21"), ("F3", "https://hsa.example.se/?id=SE162321000156-4HVX")],
)
def test_a_link_that_opens_another_value_than_its_cell_has_is_asked_about(cell, target):
    assert told(linked(cell, target)) == [("FLI056", 2, "")]


@pytest.mark.parametrize(
    ("cell", "target"),
    [
        ("C2", f"{URL}/"),
        ("C2", URL.upper().replace("HTTPS", "https")),
        ("C2", f"https://links.example.com/?url={URL.replace('/', '%2F').replace(':', '%3A')}"),
        ("F3", "https://hsa.example.se/?id=SE162321000156-4HVV"),
        ("G3", "https://www.example.se/rud"),
        ("G3", "mailto:rud@example.se"),
    ],
)
def test_other_links_are_not(cell, target):
    assert told(linked(cell, target)) == []


def test_links_of_ods():
    shown = '<text:p><text:a xlink:href="https://annan.example.se/x" office:title="Ska ej med">b</text:a></text:p>'
    content = change_part(
        workbook("\n## Blad\n| a | b |\n", format="ods"),
        "content.xml",
        lambda part: part.replace(b"<text:p>b</text:p>", shown.encode()),
    )
    (sheet,) = open_workbook(content).sheets
    assert sheet.rows[0][1] == "b"
    assert sheet.links == {(1, 2): "https://annan.example.se/x"}
    assert sheet.loose == [("tips på länk i B1", "Ska ej med")]


def test_links_of_xls():
    target = "https://annan.example.se/x"
    area = struct.pack("<4H", 2, 3, 1, 1)
    url = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
    stated = f"{target}\0".encode("utf-16-le")
    opened = area + bytes(16) + struct.pack("<II", 2, 3) + url + struct.pack("<I", len(stated)) + stated
    tip = struct.pack("<H", 0x0800) + area + "Ska ej med\0".encode("utf-16-le")
    facts = SheetFacts()
    XlsNotes(opened, facts).take(0x01B8, 0, len(opened))
    XlsNotes(tip, facts).take(0x0800, 0, len(tip))
    assert facts.links == {(3, 2): target, (4, 2): target}
    assert facts.loose == [("tips på länk i B3", "Ska ej med")]
    for end in range(len(opened)):  # a record that is cut off costs nothing
        XlsNotes(opened[:end], SheetFacts()).take(0x01B8, 0, end)


def test_links_of_xlsb():
    content = struct.pack("<4I", 2, 2, 1, 1) + wide("rId1") + wide("") + wide("Ska ej med") + wide("")
    assert link(content, 0) == ((3, 2, 3, 2), "rId1", "Ska ej med")
    part = record(494, content) + record(130)

    changed = change_part(
        workbook("\n## Blad\n| a | b |\n", format="xlsb"),
        "xl/worksheets/sheet1.bin",
        lambda sheet: sheet.replace(record(130), part),
    )
    (sheet,) = open_workbook(changed).sheets
    assert sheet.loose == [("tips på länk i B3", "Ska ej med")]


def named(name, cells, kind):
    """Return the findings of a workbook that names cells of a sheet."""
    if kind == "xlsx":
        added = f"<definedNames><definedName name=\"{name}\">'{SHEET.replace('>', '&gt;')}'!{cells}</definedName></definedNames>"
        part, before = "xl/workbook.xml", b"</workbook>"
    else:
        first, _, last = cells.partition(":")
        where = f"$'{SHEET.replace('>', '&gt;')}'.{first}:.{last}"
        added = f'<table:named-expressions><table:named-range table:name="{name}" table:cell-range-address="{where}"/></table:named-expressions>'
        part, before = "content.xml", b"</office:spreadsheet>"
    content = change_part(
        workbook(STANDARD + ORDER_SHEET, format=kind),
        part,
        lambda xml: xml.replace(before, added.encode() + before),
    )
    return told(judged(content))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("name", ["Ta_inte_med", "Utgår"])
def test_the_name_of_rows_that_denies_them_is_asked_about(name, kind):
    assert named(name, "$A$3:$G$4", kind) == [("FLI056", 2, "")]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize(("name", "cells"), [("Nya_enheter", "$A$3:$G$4"), ("Utgår", "$K$40:$K$44")])
def test_other_names_are_not(name, cells, kind):
    assert named(name, cells, kind) == []


@pytest.mark.parametrize(("header", "expected"), [("Ska TAKas", [("FLI036", 2, "H1")]), ("Kommun", [])])
def test_a_column_of_formulas_without_a_result_is_asked_about(header, expected):
    text = altered(
        (2, "| Logisk adressat (HSAID) | Namn |", f"| Logisk adressat (HSAID) | Namn | {header} |")
    )
    book = openpyxl.load_workbook(io.BytesIO(workbook(text)))
    for row in (2, 3, 4):
        book[SHEET].cell(row, 8).value = '=IF(A2="x","Ja","Nej")'
    changed = io.BytesIO()
    book.save(changed)
    assert told(judged(changed.getvalue())) == expected
