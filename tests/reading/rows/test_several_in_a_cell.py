"""Several ids, names or contracts in a cell become rows; what cannot be parted is reported."""

import pytest

from tests.reading.rows.units import FLOW, SHEET, units, with_rows
from tests.support.reading import cells, read_text, rows, told
from tests.support.tables import STANDARD


@pytest.mark.parametrize("separator", ["\\n", ", ", ";", "; ", ",\\n"])
def test_several_ids_in_a_cell_become_rows_with_their_names(separator):
    ids, names = (
        separator.join(["SE162321000156-4HVY", "SE162321000156-4HVZ"]),
        separator.join(["Enhet A", "Enhet B"]),
    )
    reading = read_text(with_rows(f"|  |  |  |  |  | {ids} | {names} |"))
    assert units(reading)[3:] == [("SE162321000156-4HVY", "Enhet A"), ("SE162321000156-4HVZ", "Enhet B")]
    assert cells(reading, FLOW, "addressee", "addressee_name", "producer")[3:] == [("F5", "G5", "A2")] * 2
    assert ("CEL011", SHEET, "F5") in told(reading)


def test_names_that_do_not_agree_with_the_ids_are_reported():
    reading = read_text(with_rows("|  |  |  |  |  | SE162321000156-4HVY\\nSE162321000156-4HVZ | Enhet A |"))
    assert units(reading)[3:] == [("SE162321000156-4HVY", "Enhet A"), ("SE162321000156-4HVZ", "Enhet A")]
    assert told(reading, "CEL012") == [("CEL012", SHEET, "G5")]


@pytest.mark.parametrize(
    "cell",
    [
        "SE162321000156-4HVY, SE162321000156-4HVZ och SE162321000156-4HWA",
        "SE162321000156-4HVY SE162321000156-4HVZ SE162321000156-4HWA",
        "SE162321000156-4HVY / SE162321000156-4HVZ & SE162321000156-4HWA",
        "SE162321000156-4HVY\\tSE162321000156-4HVZ;SE162321000156-4HWA",
    ],
)
def test_ids_that_blanks_or_words_part_become_rows_and_are_never_glued(cell):
    reading = read_text(with_rows(f"|  |  |  |  |  | {cell} | Enhet A; Enhet B; Enhet C |"))
    assert units(reading)[3:] == [
        ("SE162321000156-4HVY", "Enhet A"),
        ("SE162321000156-4HVZ", "Enhet B"),
        ("SE162321000156-4HWA", "Enhet C"),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "SE162321000156-4HVY NY",
        "SE162321000156-4HVY\\tBUP",
        "SE162321000156-4HVY\u00a0OBS",
        "SE162321000156-4HVY eller SE162321000156-4HVZ",
    ],
)
def test_an_id_with_a_remark_is_not_made_another_id(cell):
    reading = read_text(with_rows(f"|  |  |  |  |  | {cell} | Enhet A |"))
    assert [" " in addressee for addressee, _ in units(reading)[3:]] == [True]


@pytest.mark.parametrize("names", ["VC Norr, Karlstad", "Rud,Gripen"])
def test_names_parted_at_a_comma_are_a_warning(names):
    reading = read_text(with_rows(f"|  |  |  |  |  | SE162321000156-4HVY\\nSE162321000156-4HVZ | {names} |"))
    assert [name for _, name in units(reading)[3:]] == [part.strip() for part in names.split(",")]
    assert told(reading, "CEL015", "CEL011") == [("CEL011", SHEET, "F5"), ("CEL015", SHEET, "G5")]


def test_a_name_with_a_word_between_is_one_name():
    reading = read_text(
        with_rows("|  |  |  |  |  | SE162321000156-4HVY\\nSE162321000156-4HVZ | Barn och ungdom |")
    )
    assert {name for _, name in units(reading)[3:]} == {"Barn och ungdom"}


@pytest.mark.parametrize(
    ("cell", "contracts"),
    [
        ("CreateDraftCertificate v3\\nListCertificatesForCareWithQA v3", 2),
        ("CreateDraftCertificate v3, ListCertificatesForCareWithQA v3", 2),
        ("CreateDraftCertificate, version 3; ListCertificatesForCareWithQA, version 3", 2),
        ("CreateDraftCertificate, version 3", 1),
        ("CreateDraftCertificate, 3", 1),
    ],
)
def test_several_contracts_in_a_cell_become_rows(cell, contracts):
    text = STANDARD.replace("| CreateDraftCertificate v3        |", f"| {cell} |").replace(
        "|                     |                                | ListCertificatesForCareWithQA v3 | 5565594230-WEBCERT | Inera - Webcert |\n",
        "",
    )
    assert len(rows(read_text(text), "vardsystem-webcert", "contract")) == contracts
