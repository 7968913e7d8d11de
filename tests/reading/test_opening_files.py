"""Files that are no readable workbook give one finding and never raise."""

import io
import struct
import zipfile

import openpyxl
import pytest

from tests.support.packages import change_part
from tests.support.reading import told
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.options import Options
from underlag.reading import read
from underlag.reading.formats import limits

FORMATS = ("xlsx", "xlsm", "xls", "xlsb", "ods")


def codes(content, name=NAME):
    reading = read(content, name=name)
    assert not reading.underlag.flows
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_content_decides_the_format_whatever_the_name_says(kind):
    reading = read(workbook(STANDARD, format=kind), name="underlag.pdf")
    assert reading.underlag.source.format == kind
    assert [len(flow.entries) for flow in reading.underlag.flows] == [2, 3, 3]


@pytest.mark.parametrize(("rows", "columns"), [(2, 1), (1, 3)])
def test_empty_rows_and_columns_before_a_table_shift_every_cell(columns, rows):
    book = openpyxl.load_workbook(io.BytesIO(workbook(STANDARD)))
    for sheet in book:
        sheet.insert_cols(1, columns)
        sheet.insert_rows(1, rows)
    moved = io.BytesIO()
    book.save(moved)

    flows = zip(
        read(workbook(STANDARD), name=NAME).underlag.flows,
        read(moved.getvalue(), name=NAME).underlag.flows,
        strict=True,
    )

    for flow, shifted in flows:
        assert [
            [(one.text, one.row - rows, one.column - columns) for one in entry.fields() if one.column]
            for entry in shifted.entries
        ] == [
            [(one.text, one.row, one.column) for one in entry.fields() if one.column]
            for entry in flow.entries
        ]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "en PDF-fil"),
        (b"<html><table></table></html>", "en webbsida eller XML-fil"),
        ("HSA-ID;Namn\r\nSE2321000156-A;Enhet\r\n".encode("utf-8-sig"), "en textfil, till exempel CSV"),
        ("HSA-ID;Namn\r\n".encode("utf-16"), "en textfil, till exempel CSV"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "en webbsida eller XML-fil"),
        (b"L\0\0\0\x01\x14\x02\0" + bytes(9), "en genväg till en fil"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(9), "en packad fil"),
        (b"Rar!\x1a\x07\x01\0", "en packad fil"),
        (b"\x89PNG\r\n\x1a\n" + bytes(9), "en bild"),
        (b"\x00\x01\x02\x03", "en fil av okänt slag"),
    ],
)
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(content, kind):
    reading = read(content, name=NAME)
    assert [(f.code, kind in f.message) for f in reading.findings] == [("FIL001", True)]


@pytest.mark.parametrize(
    ("part", "kind"),
    [("word/document.xml", "Word"), ("ppt/presentation.xml", "PowerPoint"), ("bild.png", "zip-fil")],
)
def test_another_package_is_no_workbook(part, kind):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(part, "x")
    reading = read(stream.getvalue(), name=NAME)
    assert [(f.code, kind in f.message) for f in reading.findings] == [("FIL001", True)]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_file_cut_short_is_damaged(kind, share):
    content = workbook(STANDARD, format=kind)
    found = codes(content[: int(len(content) * share)])
    assert found in (["FIL002"], ["FIL001"])


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_a_part_that_is_no_xml_makes_the_file_damaged(part):
    assert codes(change_part(workbook(STANDARD), part, lambda _: b"<worksheet hidden='1'><broken")) == [
        "FIL002"
    ]


def test_an_unknown_encoding_makes_the_file_damaged():
    def declared(part):
        return b'<?xml version="1.0" encoding="A1"?>' + part.partition(b"?>")[2]

    assert codes(change_part(workbook(STANDARD), "xl/workbook.xml", declared)) == ["FIL002"]


def test_a_reader_of_cells_that_breaks_down_says_nothing_by_itself(capfd):
    content = change_part(
        workbook(STANDARD, format="xlsb"),
        "xl/_rels/workbook.bin.rels",
        lambda part: part.replace(b"rId2", b"x"),
    )
    assert codes(content) == ["FIL002"]
    assert capfd.readouterr() == ("", "")


def test_a_changed_byte_is_noticed_by_the_checksum():
    content = bytearray(workbook(STANDARD))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        start = package.getinfo("xl/worksheets/sheet2.xml").header_offset
    content[start + 80] ^= 0xFF
    assert codes(bytes(content)) == ["FIL002"]


def test_a_document_type_is_refused_before_any_entity_is_expanded():
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><workbook><sheets>&a;</sheets></workbook>'
    )
    assert codes(change_part(workbook(STANDARD), "xl/workbook.xml", lambda _: bomb)) == ["FIL002"]


def test_nothing_in_the_file():
    assert codes(b"") == ["FIL004"]
    assert codes(workbook("## Vårdsystem -> Webcert\n## Webcert -> Vårdsystem\n")) == ["FIL004"]


def test_a_file_above_the_limit_is_not_opened(monkeypatch):
    monkeypatch.setattr("underlag.reading.opening.MAX_FILE", 1000)
    assert codes(workbook(STANDARD)) == ["FIL007"]


def test_a_part_that_unpacks_to_far_more_than_it_takes_is_refused():
    zeros = b"0" * (limits.MIN_BOMB + 1)
    assert codes(change_part(workbook(STANDARD), "xl/worksheets/sheet2.xml", lambda _: zeros)) == ["FIL005"]


def test_a_part_larger_than_the_directory_claims_is_refused():
    content = workbook(STANDARD)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = package.getinfo("xl/worksheets/sheet2.xml").file_size
    assert content.count(struct.pack("<I", size)) >= 2
    assert codes(content.replace(struct.pack("<I", size), struct.pack("<I", size - 9))) == ["FIL005"]


def test_one_cell_far_away_does_not_fill_the_memory():
    def far(part):
        return part.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        )

    content = change_part(workbook(STANDARD), "xl/worksheets/sheet2.xml", far)
    reading = read(content, name=NAME)
    assert [(f.code, f.sheet) for f in reading.findings] == [("FIL006", "Webcert -> Vårdsystem")]
    assert "rad 1048576 och kolumn XFD" in reading.findings[0].message


def test_one_repeated_row_in_ods_does_not_fill_the_memory():
    def repeat(part):
        return part.replace(
            b"<table:table-row><", b'<table:table-row table:number-rows-repeated="1048000"><', 1
        )

    assert codes(change_part(workbook(STANDARD, format="ods"), "content.xml", repeat)) == ["FIL006"]


def records(content):
    """Yield kind and place of each record of an .xls whose stream begins the file, as ours do."""
    at = 512
    while any(content[at : at + 4]):
        kind, size = struct.unpack_from("<HH", content, at)
        yield kind, at + 4
        at += 4 + size


def put(content, at, value):
    return content[:at] + struct.pack("<I", value) + content[at + 4 :]


def test_cells_that_an_xls_only_promises_take_no_memory():
    content = workbook(STANDARD, format="xls")
    for at in [at for kind, at in records(content) if kind == 0x0200]:
        content = put(content, at + 4, 0xFFFFFFFF)
    assert read(content, name=NAME).findings == []


def test_texts_that_a_workbook_only_promises_take_no_memory():
    content = workbook(STANDARD, format="xls")
    (at,) = [at for kind, at in records(content) if kind == 0x00FC]
    assert read(put(content, at + 4, 0x7FFFFFFF), name=NAME).findings == []
    content = change_part(
        workbook(STANDARD),
        "xl/sharedStrings.xml",
        lambda part: part.replace(b'uniqueCount="', b'uniqueCount="21474836'),
    )
    assert read(content, name=NAME).findings == []


def test_a_chain_that_bites_its_tail_in_an_xls_takes_no_memory():
    content = workbook(STANDARD, format="xls")
    directory, table = (struct.unpack_from("<I", content, at)[0] for at in (48, 76))
    reading = read(put(content, 512 * (table + 1) + 4 * directory, directory), name=NAME)
    assert [finding.code for finding in reading.findings] in ([], ["FIL002"])


@pytest.mark.parametrize("count", ["2147483647", "99999999999999999999"])
def test_blanks_that_an_ods_only_counts_take_no_memory(count):
    content = change_part(
        workbook(STANDARD, format="ods"),
        "content.xml",
        lambda part: part.replace(b"Tolkcentralen", f'Tolk<text:s text:c="{count}"/>centralen'.encode()),
    )
    assert codes(content) == ["FIL015"]


@pytest.mark.parametrize(("copies", "found"), [(10, []), (5000, ["FIL005"])])
def test_a_long_text_that_many_cells_share_does_not_fill_the_memory(copies, found):
    content = change_part(
        workbook(STANDARD),
        "xl/sharedStrings.xml",
        lambda part: part.replace(b"<t>", b"<t>" + b"x" * 200_000, 1),
    )
    cells = b'<c r="Z9" t="s"><v>0</v></c>' * copies
    content = change_part(
        content, "xl/worksheets/sheet2.xml", lambda part: part.replace(b"</row></s", cells + b"</row></s")
    )
    said = [finding.code for finding in read(content, name=NAME).findings if finding.code[:3] == "FIL"]
    assert said == found


def test_a_long_text_that_an_ods_writes_once_for_many_cells_does_not_fill_the_memory():
    content = change_part(
        workbook(STANDARD, format="ods"),
        "content.xml",
        lambda part: part.replace(
            b"</table:table-row>",
            b'<table:table-cell office:value-type="string" table:number-columns-repeated="4000"><text:p>'
            + b"x" * 200_000
            + b"</text:p></table:table-cell></table:table-row>",
            1,
        ),
    )
    assert codes(content) == ["FIL005"]


def test_empty_cells_far_away_are_ignored():
    def far(part):
        return part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')

    reading = read(change_part(workbook(STANDARD + ORDER_SHEET), "xl/worksheets/sheet2.xml", far), name=NAME)
    assert told(reading) == []


def test_too_many_sheets():
    text = "".join(f"## Blad{number}\n| x |\n" for number in range(limits.MAX_SHEETS + 1))
    assert codes(workbook(text)) == ["FIL008"]


def _renamed_stream(content, name):
    """Give the stream Workbook of a compound file another name in its directory."""
    at = content.index("Workbook".encode("utf-16-le"))
    encoded = name.encode("utf-16-le")
    return content[:at] + encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded) + 2) + content[at + 66 :]


def test_an_encrypted_xlsx_is_protected_by_a_password():
    assert codes(_renamed_stream(workbook(STANDARD, format="xls"), "EncryptedPackage")) == ["FIL003"]


def test_an_encrypted_xls_is_protected_by_a_password():
    content = workbook(STANDARD, format="xls")
    code_page = b"\x42\x00\x02\x00"
    assert content.count(code_page) == 1
    assert codes(content.replace(code_page, b"\x2f\x00\x02\x00")) == ["FIL003"]


def test_an_encrypted_ods_is_protected_by_a_password():
    content = change_part(
        workbook(STANDARD, format="ods"),
        "META-INF/manifest.xml",
        lambda part: part.replace(
            b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"
        ),
    )
    assert codes(content) == ["FIL003"]


def test_another_compound_file_is_no_workbook():
    assert codes(_renamed_stream(workbook(STANDARD, format="xls"), "WordDocument")) == ["FIL001"]


def test_no_service_fits_the_sheets():
    reading = read(workbook("## Budget\n| a | b |\n"), name="budget.xlsx")
    assert [f.code for f in reading.findings] == ["FIL009"]
    assert "”Budget”" in reading.findings[0].message


def test_options_are_kept_for_a_file_that_cannot_be_read():
    reading = read(b"", Options(environment="PROD", case_number="TSK-12518"), name=NAME)
    assert reading.underlag.environment == "PROD"
    assert reading.underlag.details.case_number.text == "TSK-12518"


def test_a_missing_file_raises(tmp_path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "saknas.xlsx")


def test_prefixed_sheet_xml_gives_the_same_facts():
    def prefixed(part):
        part = part.replace(b"xmlns=", b"xmlns:x=")
        for tag in (
            b"worksheet",
            b"sheetData",
            b"row",
            b"c",
            b"v",
            b"f",
            b"cols",
            b"col",
            b"mergeCells",
            b"mergeCell",
        ):
            for end in (b" ", b">", b"/"):
                part = part.replace(b"<" + tag + end, b"<x:" + tag + end)
            part = part.replace(b"</" + tag + b">", b"</x:" + tag + b">")
        return part

    text = (
        STANDARD.replace("SE162321000156-4HVV | Vårdcentralen Rud", "{error #REF!} | {formula A1&B1}", 1)
        + "! hide rows 3\n"
    )
    plain = workbook(text)
    changed = change_part(plain, "xl/worksheets/sheet2.xml", prefixed)
    assert told(read(changed, name=NAME)) == told(read(plain, name=NAME))
    assert ("CEL001", "Webcert -> Vårdsystem", "F3") in told(read(changed, name=NAME))
