"""The ordinary workbook is read without findings."""

from tests.support.reading import read_text, rows, told
from tests.support.tables import ORDER_SHEET, STANDARD


def test_nothing_is_reported_about_a_right_workbook():
    assert told(read_text(STANDARD + ORDER_SHEET)) == []


def test_each_row_becomes_an_entry():
    reading = read_text(STANDARD)
    assert rows(reading, "vardsystem-webcert", "consumer", "consumer_name", "contract", "addressee") == [
        (
            "SE162321000156-4H4F",
            "Landstinget i Värmland -- Cosmic",
            "CreateDraftCertificate v3",
            "5565594230-WEBCERT",
        ),
        (
            "SE162321000156-4H4F",
            "Landstinget i Värmland -- Cosmic",
            "ListCertificatesForCareWithQA v3",
            "5565594230-WEBCERT",
        ),
    ]
    assert rows(reading, "intygstjansten-webcert", "addressee", "addressee_name", "contract") == [
        ("SE162321000156-4HVT", "Tolkcentralen Värmland", "SendMessageToCare v2"),
        ("SE162321000156-4HVV", "Vårdcentralen Rud", "SendMessageToCare v2"),
        ("SE162321000156-4HVX", "Vårdcentralen Gripen", "SendMessageToCare v2"),
    ]


def test_the_source_is_known_by_its_content():
    source = read_text(STANDARD).underlag.source
    assert len(source.sha256) == 64
    assert source.content.startswith(b"PK")
    assert source.name.endswith("PROD-LiV.xlsx")


def test_every_value_keeps_the_cell_that_it_was_written_in():
    flow = read_text(STANDARD).underlag.flow("webcert-vardsystem")
    assert {entry.producer.cell for entry in flow.entries} == {"A2"}
    assert [entry.addressee.cell for entry in flow.entries] == ["F2", "F3", "F4"]
    assert flow.columns["addressee"].cell == "F1"
    assert flow.columns["addressee"].text == "Logisk adressat (HSAID)"
