"""Values that count for the rows below, and addressees, which never do."""

from tests.reading.rows.units import FLOW, SHEET, STANDARD_UNITS, units, with_rows
from tests.support.reading import cells, read_text, rows, told
from tests.support.tables import STANDARD


def test_values_are_carried_down_until_the_next():
    reading = read_text(
        with_rows(
            "| SE162321000156-B4K |  | https://b.sjunet.org/rivtabp21 |  |  | SE162321000156-4HVY | Vårdcentralen Kil |",
            "||",
            "|  |  |  |  |  | SE162321000156-4HVZ | Vårdcentralen Grums |",
        )
    )
    assert cells(reading, FLOW, "producer", "url", "consumer", "contract")[2:] == [
        ("A2", "C2", "D2", "E2"),
        ("A5", "C5", "D2", "E2"),
        ("A5", "C5", "D2", "E2"),
    ]


def test_addressees_and_names_are_never_carried_down():
    reading = read_text(
        with_rows("|  |  |  |  |  | SE162321000156-4HVZ |  |", "|  |  |  |  |  |  | Namn utan id |")
        + "! merge F4:F5\n"
    )
    assert units(reading)[3:] == [("SE162321000156-4HVZ", ""), ("", "Namn utan id")]


def test_a_row_that_only_holds_what_is_carried_down_is_no_unit():
    text = STANDARD.replace(
        "| CertificateStatusUpdateForCare v3 | SE162321000156-4HVT | Tolkcentralen Värmland |",
        "| CertificateStatusUpdateForCare v3 |  |  |\n|  |  |  |  |  | SE162321000156-4HVT | Tolkcentralen Värmland |",
    )
    reading = read_text(text)
    assert units(reading) == STANDARD_UNITS
    assert cells(reading, FLOW, "producer", "addressee")[0] == ("A2", "F3")
    assert told(reading) == []


def test_values_for_the_rows_below_may_be_on_several_rows():
    reading = read_text(
        with_rows(
            "| SE162321000156-B4K |",
            "|  |  | https://b.sjunet.org/rivtabp21 |",
            "|  |  |  |  |  | SE162321000156-4HVZ | Ek |",
        )
    )
    assert cells(reading, FLOW, "producer", "url", "addressee")[3:] == [("A5", "C6", "F7")]
    assert told(reading) == []


def test_a_row_without_addressee_that_nothing_uses_is_reported():
    reading = read_text(with_rows("| SE162321000156-B4K |  | https://b.sjunet.org/rivtabp21 |  |  |  |  |"))
    assert units(reading) == STANDARD_UNITS
    assert told(reading) == [("FLI017", SHEET, "A5")]


def test_a_heading_among_the_rows_changes_nothing_for_those_below():
    heading = with_rows("| Södra området |", "|  |  |  |  |  | SE162321000156-4HVZ | Ek |")
    reading = read_text(heading)
    assert units(reading)[3:] == [("SE162321000156-4HVZ", "Ek")]
    assert {producer for (producer,) in rows(reading, FLOW, "producer")} == {"SE162321000156-B3K"}


def test_several_consumers_in_a_cell_apply_to_each_row_below():
    text = STANDARD.replace(
        "SE5565594230-B8N | CertificateStatus", "SE5565594230-B8N\\nSE5565594230-B9N | CertificateStatus"
    )
    found = rows(read_text(text), FLOW, "consumer", "addressee")
    assert len(found) == 6
    assert {consumer for consumer, _ in found} == {"SE5565594230-B8N", "SE5565594230-B9N"}


def test_an_unreadable_cell_is_not_replaced_by_the_value_above():
    reading = read_text(with_rows("| {error #N/A} |  |  |  |  | SE162321000156-4HVZ | Ek |"))
    assert rows(reading, FLOW, "producer")[3] == ("#N/A",)
    assert (SHEET, 5, 1) in reading.underlag.unreadable
