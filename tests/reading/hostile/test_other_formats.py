"""The same in .ods, .xlsb and .xls."""

import struct

import pytest

from tests.reading.hostile.parts import codes, with_parts
from tests.support.compound import compound_file
from tests.support.packages import change_part
from tests.support.tables import STANDARD, workbook
from tests.support.xlsb import record, wide
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.opening import open_workbook


def with_content(old, new, count=1):
    return change_part(
        workbook(STANDARD, format="ods"), "content.xml", lambda part: part.replace(old, new, count)
    )


@pytest.mark.parametrize(
    "cell",
    [
        b'<table:table-cell office:value-type="string" table:number-columns-repeated="1000000"/>',
        b'<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>',
        b'<table:table-cell table:formula="of:=1" table:number-columns-repeated="16384"/>',
        b'<table:table-cell table:formula="of:=1" office:value-type="string" table:number-columns-repeated="16384"/>',
    ],
)
def test_cells_that_an_ods_repeats_beyond_the_limits_are_refused(cell):
    assert codes(with_content(b"</table:table-row>", cell + b"</table:table-row>")) == ["FIL006"]


@pytest.mark.parametrize(
    "cell",
    [
        b'<table:table-cell table:formula="of:=1" table:number-columns-repeated="100"/>',
        b'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="100"/>',
        b'<table:table-cell office:value-type="string" table:number-columns-repeated="100"/>',
    ],
)
def test_rows_that_an_ods_repeats_again_and_again_are_refused(cell):
    rows = b'<table:table-row table:number-rows-repeated="9000">' + cell + b"</table:table-row>"
    assert codes(with_content(b"<table:table-row>", rows * 5 + b"<table:table-row>")) == ["FIL015"]


def test_styles_that_an_ods_nests_without_end_cost_little():
    assert codes(with_content(b"<office:body>", b"<style:style>" * 500_000 + b"<office:body>")) == ["FIL002"]


def xlsb_with(shared, cells):
    """Return an .xlsb whose first sheet has these cells, and these shared texts."""
    content = workbook(STANDARD, format="xlsb")
    content = change_part(
        content,
        "xl/_rels/workbook.bin.rels",
        lambda part: part.replace(
            b"</Relationships>",
            b'<Relationship Id="rIdT" Type="x/relationships/sharedStrings" Target="sharedStrings.bin"/></Relationships>',
        ),
    )
    texts = b"".join(record(19, b"\0" + wide(text)) for text in shared)
    content = with_parts(content, {"xl/sharedStrings.bin": texts})
    row = record(0, struct.pack("<IIHBBB", 90, 0, 300, 0, 0, 0) + struct.pack("<I", 0))
    return change_part(
        content,
        "xl/worksheets/sheet1.bin",
        lambda part: part.replace(record(146), row + cells + record(146)),
    )


def test_texts_that_cells_of_an_xlsb_share_are_read():
    content = xlsb_with(["Anmärkning"], record(7, struct.pack("<III", 0, 0, 0)))
    assert open_workbook(content).sheets[0].rows[90][0] == "Anmärkning"


def test_a_long_text_that_cells_of_an_xlsb_share_is_refused():
    cells = b"".join(record(7, struct.pack("<III", column, 0, 0)) for column in range(4000))
    assert codes(xlsb_with(["x" * 64_000], cells)) == ["FIL005"]


@pytest.mark.parametrize("column", [16_383, 2**32 - 1])
def test_a_cell_of_an_xlsb_far_away_makes_the_sheet_too_large(column):
    assert codes(xlsb_with([], record(5, struct.pack("<IId", column, 0, 1.0)))) == ["FIL006"]


def test_a_cell_of_an_xlsb_that_refers_to_no_text_is_a_damaged_file():
    assert codes(xlsb_with(["a"], record(7, struct.pack("<III", 0, 0, 7)))) == ["FIL002"]


def walk(stream, at):
    """Yield kind and place of each record up to the end of its substream."""
    kind = 0
    while kind != 0x000A:
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at
        at += 4 + size


def xls_with(records):
    """Return an .xls with these records last on its first sheet."""
    stream = workbook(STANDARD, format="xls")[512:]
    bounds = [at + 4 for kind, at in walk(stream, 0) if kind == 0x0085]
    (start,) = struct.unpack_from("<I", stream, bounds[0])
    *_, (_, end) = walk(stream, start)
    changed = bytearray(stream[:end] + records + stream[end:])
    for place in bounds[1:]:
        (offset,) = struct.unpack_from("<I", stream, place)
        struct.pack_into("<I", changed, place, offset + len(records))
    return compound_file({"Workbook": bytes(changed)})


def test_a_cell_of_an_xls_far_away_makes_the_sheet_too_large():
    assert codes(xls_with(struct.pack("<HHHHHd", 0x0203, 14, 65_535, 255, 0, 1.0))) == ["FIL006"]


def test_a_dense_xls_is_refused(monkeypatch):
    monkeypatch.setattr("underlag.reading.formats.row_writer.MAX_WRITTEN", 100_000)
    records = b"".join(
        struct.pack("<HHHH", 0x00BD, 6 + 6 * 256, row, 0) + b"\0\0\2\0\0\0" * 256 + b"\xff\0"
        for row in range(400)
    )
    with pytest.raises(UnreadableError, match="FIL015"):
        open_workbook(xls_with(records))


def test_records_that_an_xls_continues_without_end_cost_little():
    records = (
        struct.pack("<HHHHHH", 0x0204, 8, 90, 0, 0, 60_000) + struct.pack("<HHB", 0x003C, 1, 0) * 150_000
    )
    assert codes(xls_with(records)) == ["FIL002"]
