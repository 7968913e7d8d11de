"""Values by the thousand in rows, cells, texts and names cost no more than their number."""

import pytest

from tests.reading.hostile.parts import SHEET, codes, message, with_rows
from tests.support.packages import change_part
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.checks import check
from underlag.options import Options
from underlag.reading import read
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.opening import open_workbook


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
    remark = {"F": lambda _: "Dessa enheter kommer sen alla."}
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
    monkeypatch.setattr("underlag.reading.tables.row_sorting.MAX_DOUBTFUL", 30)
    filled = rows_of(9, rows, {"G": lambda _: "Enhet"})

    assert [code for code in codes(with_rows(filled)) if code == "FIL015"] == expected


@pytest.mark.parametrize(("rows", "expected"), [(27, []), (28, ["FIL015"])])
def test_a_table_with_more_filled_rows_than_the_limit_is_refused(monkeypatch, rows, expected):
    monkeypatch.setattr("underlag.reading.cells.columns.MAX_TABLE_ROWS", 30)
    filled = rows_of(9, rows, {"F": unit, "G": lambda row: f"Enhet {row}"})
    book = with_rows(filled)

    assert [code for code in codes(book) if code == "FIL015"] == expected
    assert not expected or "Ifyllda rader i tabellen" in message(book)


def test_empty_rows_do_not_count_as_filled_ones(monkeypatch):
    monkeypatch.setattr("underlag.reading.cells.columns.MAX_TABLE_ROWS", 30)

    assert codes(with_rows(rows_of(9, 20, {"F": unit}) + rows_of(90, 1, {"F": unit}))) == []


@pytest.mark.parametrize(("rows", "expected"), [(20, []), (21, ["FIL015"])])
def test_more_different_values_to_clean_than_the_limit_are_refused(monkeypatch, rows, expected):
    monkeypatch.setattr("underlag.reading.cells.columns.MAX_ODD", 40)
    filled = rows_of(9, rows, {"F": lambda row: f"{unit(row)}\u200b", "G": lambda row: f"\u00a0Enhet {row}"})
    book = with_rows(filled)

    assert [code for code in codes(book) if code == "FIL015"] == expected
    assert not expected or "tecken att ta bort" in message(book)


def test_equal_values_to_clean_count_once(monkeypatch):
    monkeypatch.setattr("underlag.reading.cells.columns.MAX_ODD", 25)
    filled = rows_of(9, 24, {"F": lambda row: f"{unit(row)}\u200b", "G": lambda _: "\u00a0Enhet"})

    assert "FIL015" not in codes(with_rows(filled))


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
