"""Small files made to exhaust a machine: each is read correctly or rejected with a finding, at little cost.

A regression does not show as a wrong code but as a run that takes minutes or all memory.
"""

import io
import struct
import zipfile

import pytest

from tests.support.compound import compound_file
from tests.support.formats import _record, _wide, change_part
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.checks import check
from underlag.options import Options
from underlag.reading import read
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.opening import open_workbook

SHEET = "xl/worksheets/sheet2.xml"


def codes(content):
    """Return the codes of the findings about the file."""
    found = read(content, Options(environment="PROD"), name=NAME).findings
    return [one.code for one in found if one.code.startswith("FIL")]


def message(content):
    (found,) = read(content, Options(environment="PROD"), name=NAME).findings
    return found.message


def with_rows(xml, part=SHEET):
    """Return the standard workbook with these rows last on its second sheet."""
    return change_part(
        workbook(STANDARD + ORDER_SHEET),
        part,
        lambda old: old.replace(b"</sheetData>", xml + b"</sheetData>"),
    )


def with_parts(content, parts):
    """Return a package with parts added, including duplicates."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


FAR = {
    "formula without a value": b'<row r="1048576"><c r="XFD1048576"><f>1</f></c></row>',
    "formula with an empty text": b'<row r="1048576"><c r="XFD1048576" t="str"><f>1</f><v></v></c></row>',
    "formula and its type only": b'<row r="1048576"><c r="XFD1048576" t="str"><f>1</f></c></row>',
    "error without a value": b'<row r="1048576"><c r="XFD1048576" t="e"/></row>',
    "error with an empty value": b'<row r="1048576"><c r="XFD1048576" t="e"><v></v></c></row>',
    "empty text": b'<row r="1048576"><c r="XFD1048576" t="str"><v></v></c></row>',
    "empty inline text": b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t></t></is></c></row>',
    "inline text without text": b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is/></c></row>',
    "true": b'<row r="1048576"><c r="XFD1048576" t="b"><v>1</v></c></row>',
    "single quotes": b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "lower case": b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    "another namespace": b'<x:row xmlns:x="a" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    "a row that is not the cell's": b'<row r="9"><c r="XFD1048576"><v>1</v></c></row>',
    "a row by itself": b'<row r="1048576"><c><v>1</v></c></row>',
    "white space": b'<row\n r = "1048576" ><c\tr = "XFD1048576" ><v>1</v ></c></row>',
    "a comment": b'<!-- --><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
}


@pytest.mark.parametrize("row", FAR.values(), ids=FAR.keys())
def test_whatever_is_far_away_makes_the_sheet_too_large(row):
    assert codes(with_rows(row)) == ["FIL006"]


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        b'<row r="1048576"><c r="XFD1048576" t="n"></c></row>',
        b'<row r="1048576" ht="12"/>',
        b"<row r='1048576'><c r='XFD1048576'><v></v></c></row>",
    ],
)
def test_what_is_far_away_and_empty_costs_nothing(row):
    assert read(with_rows(row), name=NAME).findings == []


def test_dense_sheets_are_counted_together():
    """A cell at each end of many sheets: none is too large by itself."""
    sheets = "".join(f"## Blad {number}\n| a |\n" for number in range(10))
    content = workbook(STANDARD + sheets)
    for number in range(4, 14):
        far = b'<row r="250000"><c r="T250000"><v>1</v></c></row></sheetData>'
        content = change_part(
            content,
            f"xl/worksheets/sheet{number}.xml",
            lambda part, far=far: part.replace(b"</sheetData>", far),
        )
    assert codes(content) == ["FIL015"]
    found = read(content, name=NAME).findings[0]
    assert "Celler mellan A1 och den sista ifyllda" in found.message
    assert "UNDERLAG_GRANSER till 2" in found.suggestion


def test_cells_without_references_by_the_million_are_refused():
    content = with_rows(
        b'<row r="9">' + b"<c><v>1</v></c>" * 900 + b"</row>" + b"<row><c/></row>" * 3_000_000
    )
    assert codes(content) in (["FIL005"], ["FIL015"])


def test_filled_cells_that_take_no_bytes_are_refused():
    row = b"<row>" + b"<c><v>1</v></c>" * 26 + b"</row>"
    assert codes(with_rows(row * 40_000)) == ["FIL015"]


@pytest.mark.parametrize("what", ["name", "id", "part"])
def test_two_sheets_that_share_something_are_a_damaged_file(what):
    content = workbook(STANDARD)
    if what == "name":
        content = change_part(
            content, "xl/workbook.xml", lambda p: p.replace(b"Webcert -&gt; V", b"WEBCERT -&gt; V")
        )
        content = change_part(
            content,
            "xl/workbook.xml",
            lambda p: p.replace("Intygstjänsten -&gt; Webcert".encode(), "Webcert -&gt; Vårdsystem".encode()),
        )
    elif what == "id":
        content = change_part(content, "xl/workbook.xml", lambda p: p.replace(b'r:id="rId3"', b'r:id="rId2"'))
    else:
        content = change_part(
            content, "xl/_rels/workbook.xml.rels", lambda p: p.replace(b"sheet3.xml", b"sheet2.xml")
        )
    assert codes(content) == ["FIL002"]
    assert "två flikar" in message(content)


@pytest.mark.parametrize(
    "twin", ["xl/worksheets/SHEET2.xml", "xl\\worksheets\\sheet2.xml", "/xl/worksheets/sheet2.xml"]
)
def test_a_part_that_is_there_twice_is_a_damaged_file(twin):
    content = with_parts(workbook(STANDARD), {twin: b"<worksheet><sheetData/></worksheet>"})
    assert codes(content) == ["FIL002"]
    assert "två gånger" in message(content)


def test_a_part_outside_its_folder_is_ignored():
    far = (
        b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    content = with_parts(workbook(STANDARD + ORDER_SHEET), {"xl/worksheets/../worksheets/sheet2.xml": far})
    content = change_part(
        content,
        "xl/_rels/workbook.xml.rels",
        lambda part: part.replace(b"worksheets/sheet2.xml", b"worksheets/../worksheets/sheet2.xml"),
    )
    assert read(content, name=NAME).findings == []


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_name_of_a_sheet_without_end_is_a_damaged_file(kind):
    part = {"xlsx": "xl/workbook.xml", "ods": "content.xml"}[kind]
    content = change_part(
        workbook(STANDARD, format=kind), part, lambda p: p.replace(b"Webcert -&gt; V", b"Webcert " * 20_000)
    )
    assert codes(content) == ["FIL002"]
    assert "namn på 1" in message(content)


def test_formats_by_the_thousand_that_strike_cells_through_cost_little():
    rows = b"".join(b'<row r="%d"><c r="F%d" s="%d"><v>1</v></c></row>' % (r, r, r) for r in range(9, 30_009))
    styles = b"<styleSheet><fonts><font><strike/></font></fonts><cellXfs>%s</cellXfs></styleSheet>"
    content = change_part(with_rows(rows), "xl/styles.xml", lambda _: styles % (b'<xf fontId="0"/>' * 40_000))

    assert len(open_workbook(content).sheets[1].struck) == 30_000


def test_a_sheet_in_another_file_is_missing():
    content = change_part(
        workbook(STANDARD),
        "xl/_rels/workbook.xml.rels",
        lambda part: part.replace(
            b'Target="worksheets/sheet2.xml"', b'Target="file:///C:/x.xml" TargetMode="External"'
        ),
    )
    assert codes(content) == ["FIL002"]


def test_columns_hidden_again_and_again_are_a_damaged_file():
    cols = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 100_000 + b"</cols><sheetData>"
    content = change_part(workbook(STANDARD), SHEET, lambda part: part.replace(b"<sheetData>", cols))
    assert codes(content) == ["FIL002"]


def test_columns_hidden_twice_cost_once():
    cols = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 10_000 + b"</cols><sheetData>"
    content = change_part(
        workbook(STANDARD + ORDER_SHEET), SHEET, lambda part: part.replace(b"<sheetData>", cols)
    )
    assert [found.code for found in read(content, name=NAME).findings] == ["FLI022"]


@pytest.mark.parametrize("copies", [300_000, 1_000_000])
def test_a_million_merged_areas_are_refused(copies):
    merged = b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * copies + b"</mergeCells>"
    content = change_part(workbook(STANDARD), SHEET, lambda part: part.replace(b"</sheetData>", merged))
    assert codes(content) in (["FIL015"], ["FIL005"])


def test_merged_areas_that_overlap_beyond_measure_are_refused():
    last = b'<row r="200000"><c r="Z200000"><v>1</v></c></row></sheetData>'
    merged = last + b"<mergeCells>" + b'<mergeCell ref="A1:Z200000"/>' * 1000 + b"</mergeCells>"
    content = change_part(workbook(STANDARD), SHEET, lambda part: part.replace(b"</sheetData>", merged))
    assert codes(content) == ["FIL015"]


def test_many_parts_are_refused():
    content = with_parts(workbook(STANDARD), {f"p/{number}": b"" for number in range(10_001)})
    assert codes(content) == ["FIL015"]
    assert "Delar i filen" in message(content)


@pytest.mark.parametrize("piece", [b"<si>", b"<si><t>", b"<si><r>", b"<si/>", b"<x:si>", b"<si><rPh>"])
def test_broken_lists_of_texts_cost_no_more_than_their_length(piece):
    texts = b'<?xml version="1.0"?><sst xmlns="http://x">' + piece * 400_000
    assert codes(change_part(workbook(STANDARD), "xl/sharedStrings.xml", lambda _: texts)) in (
        ["FIL002"],
        ["FIL015"],
    )


@pytest.mark.parametrize(
    "piece",
    [
        b'<c r="A9" t="e">',
        b'<c r="A9" t="e"><v>',
        b'<c r="A9"><f>',
        b'<c r="A9" t="e"><f',
        b'<row r="9" ',
        b"<c ",
    ],
)
def test_broken_cells_cost_no_more_than_their_length(piece):
    assert codes(with_rows(piece * 200_000)) == ["FIL002"]


def test_a_long_text_in_one_cell_is_refused():
    assert codes(with_rows(b'<row r="9"><c r="A9" t="str"><v>' + b"x" * 15_000_000 + b"</v></c></row>")) == [
        "FIL005"
    ]
    text = b'<row r="9"><c r="A9" t="inlineStr"><is><r><t>' + b"x" * 15_000_000 + b"</t></r></is></c></row>"
    assert codes(with_rows(text)) == ["FIL005"]


def test_a_number_of_many_digits_is_a_damaged_file():
    assert codes(with_rows(b'<row r="9"><c r="A9" t="s"><v>' + b"9" * 5000 + b"</v></c></row>")) == ["FIL002"]


def test_parts_that_unpack_to_far_more_together_than_the_file_takes_are_refused():
    names = [f"Blad {number}" for number in range(20)]
    content = workbook(STANDARD + "".join(f"## {name}\n| a |\n" for name in names))
    blank = b"<worksheet>" + b" " * 4_000_000 + b"<sheetData></sheetData></worksheet>"
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, blank if name.startswith("xl/worksheets/sheet1") else old.read(name))
    assert codes(stream.getvalue()) == ["FIL005"]


@pytest.mark.parametrize("cell", [b'<c t="e"><v>#REF!</v></c>', b"<c><f>1</f></c>"])
def test_errors_beyond_the_limit_are_refused(monkeypatch, cell):
    monkeypatch.setattr("underlag.reading.formats.judged.MAX_MARKED", 10)
    row = b'<row r="9">%s</row>'
    with pytest.raises(UnreadableError, match="FIL015"):
        open_workbook(with_rows(row % (cell * 11)))
    assert open_workbook(with_rows(row % (cell * 10)))


def test_rows_of_texts_by_the_thousand_cost_no_more_than_their_number():
    rows = b"".join(
        b'<row r="%d"><c r="F%d" t="str"><v>x</v></c></row>' % (row, row) for row in range(9, 20_009)
    )
    found = read(with_rows(rows), Options(environment="PROD"), name=NAME).findings
    assert not [one for one in found if one.code.startswith("FIL")]
    assert len({one.row for one in found if one.column}) == 20_000


def rows_of(first, count, cells):
    """Return rows with texts, each by its column."""
    return b"".join(
        b'<row r="%d">%s</row>'
        % (
            row,
            b"".join(
                b'<c r="%s%d" t="str"><v>%s</v></c>' % (column.encode(), row, text(row).encode())
                for column, text in cells.items()
            ),
        )
        for row in range(first, first + count)
    )


def unit(row):
    return f"SE162321000156-{row:05X}"


def test_lines_of_text_without_end_above_rows_cost_no_more_than_their_number():
    remark = {"F": lambda _: "Dessa enheter kommer sen alla"}
    rows = rows_of(9, 4_000, remark) + rows_of(4_009, 4_000, {"F": unit, "G": lambda row: f"Enhet {row}"})
    reading = read(with_rows(rows), Options(environment="PROD"), name=NAME)
    spoken = [len(item.rows) for _, item in reading.account.items() if item.kind == "text"]

    assert spoken == [4_000] * 50  # those nearest to the rows
    assert len([one for one in reading.findings if one.code == "FLI023"]) == 50


def test_names_that_units_share_cost_no_more_than_their_number():
    rows = rows_of(
        9, 20_000, {"F": lambda row: f"SE162321000156-{row}{'A' * (row % 4)}", "G": lambda _: "Enhet"}
    )
    options = Options(environment="PROD")
    found = check(read(with_rows(rows), options, name=NAME), options).findings

    assert "ADR033" in {one.code for one in found}


@pytest.mark.parametrize("count", [1, 90])
def test_cells_of_many_values_that_make_more_rows_than_the_limit_are_refused(monkeypatch, count):
    monkeypatch.setattr("underlag.reading.cells.columns.MAX_SPLIT", 100)
    contracts = "\n".join(["CertificateStatusUpdateForCare v3"] * (2 if count == 1 else count))
    rows = rows_of(9, 1, {"E": lambda _: contracts, "F": lambda _: "\n".join(map(unit, range(51)))})

    assert codes(with_rows(rows)) == ["FIL015"]
    assert "en rad för varje värde" in message(with_rows(rows))


@pytest.mark.parametrize(("rows", "expected"), [(30, []), (31, ["FIL015"])])
def test_more_rows_without_an_id_than_the_limit_are_refused(monkeypatch, rows, expected):
    monkeypatch.setattr("underlag.reading.tables.rows.MAX_DOUBTFUL", 30)
    filled = rows_of(9, rows, {"G": lambda _: "Enhet"})

    assert [code for code in codes(with_rows(filled)) if code == "FIL015"] == expected


@pytest.mark.parametrize(("rows", "expected"), [(60, []), (61, ["FIL015"])])
def test_a_sheet_of_details_with_more_rows_than_the_limit_is_refused(monkeypatch, rows, expected):
    monkeypatch.setattr("underlag.reading.order_details.order_sheet.MAX_DETAIL_ROWS", 60)
    sheet = "\n".join(["", "## Beställning", *["| Anteckning | något |"] * rows, ""])
    found = read(workbook(STANDARD + sheet), Options(environment="PROD"), name=NAME)

    assert [one.code for one in found.findings if one.code == "FIL015"] == expected


def test_cells_of_as_many_values_as_the_limit_are_read(monkeypatch):
    monkeypatch.setattr("underlag.reading.cells.columns.MAX_SPLIT", 103)
    rows = rows_of(9, 1, {"F": lambda _: "\n".join(map(unit, range(100)))})

    assert codes(with_rows(rows)) == []


def test_texts_by_the_thousand_where_headers_are_looked_for_cost_little():
    rows = b"".join(
        b'<row r="%d">%s</row>'
        % (row, b"".join(b'<c t="str"><v>Logiska adresat %d %d</v></c>' % (row, at) for at in range(1_000)))
        for row in range(1, 41)
    )
    content = change_part(
        workbook(STANDARD + ORDER_SHEET),
        SHEET,
        lambda part: part[: part.index(b"<row")] + rows + part[part.index(b"</sheetData>") :],
    )
    found = read(content, Options(environment="PROD"), name=NAME).findings
    assert "FLI003" in {one.code for one in found}


def test_names_of_contracts_without_end_cost_little():
    rows = b"".join(
        b'<row r="%d"><c r="E%d" t="str"><v>%s%d</v></c><c r="F%d" t="str"><v>SE162321000156-4HVT</v></c></row>'
        % (row, row, b"Create" * 5_000, row, row)
        for row in range(9, 209)
    )
    options = Options(environment="PROD")
    found = check(read(with_rows(rows), options, name=NAME), options).findings
    assert len([one for one in found if one.code == "KTR002"]) == 200


# --- .ods ------------------------------------------------------------------------------------------------


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


# --- .xlsb and .xls --------------------------------------------------------------------------------------


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
    texts = b"".join(_record(19, b"\0" + _wide(text)) for text in shared)
    content = with_parts(content, {"xl/sharedStrings.bin": texts})
    row = _record(0, struct.pack("<IIHBBB", 90, 0, 300, 0, 0, 0) + struct.pack("<I", 0))
    return change_part(
        content,
        "xl/worksheets/sheet1.bin",
        lambda part: part.replace(_record(146), row + cells + _record(146)),
    )


def test_texts_that_cells_of_an_xlsb_share_are_read():
    content = xlsb_with(["Anmärkning"], _record(7, struct.pack("<III", 0, 0, 0)))
    assert open_workbook(content).sheets[0].rows[90][0] == "Anmärkning"


def test_a_long_text_that_cells_of_an_xlsb_share_is_refused():
    cells = b"".join(_record(7, struct.pack("<III", column, 0, 0)) for column in range(4000))
    assert codes(xlsb_with(["x" * 64_000], cells)) == ["FIL005"]


@pytest.mark.parametrize("column", [16_383, 2**32 - 1])
def test_a_cell_of_an_xlsb_far_away_makes_the_sheet_too_large(column):
    assert codes(xlsb_with([], _record(5, struct.pack("<IId", column, 0, 1.0)))) == ["FIL006"]


def test_a_cell_of_an_xlsb_that_refers_to_no_text_is_a_damaged_file():
    assert codes(xlsb_with(["a"], _record(7, struct.pack("<III", 0, 0, 7)))) == ["FIL002"]


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
