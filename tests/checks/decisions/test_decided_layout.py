"""Workbooks of any layout are read with decisions about their sheets and columns."""

import pytest

from tests.checks.examine import examine
from tests.support.tables import ORDER_SHEET, STANDARD
from underlag.findings import Severity
from underlag.options import Options
from underlag.reading import read


def test_any_layout_can_be_read_with_decisions():
    text = STANDARD.replace("| Logisk adressat (HSAID) | Namn |", "| Kod | Klartext |")
    content_options = Options(columns=(("Kod", "logisk adressat"), ("Klartext", "adressatens namn")))
    from tests.support.tables import NAME, workbook  # noqa: PLC0415 - only here

    reading = read(workbook(text), content_options, name=NAME)
    assert [e.addressee.text[-4:] for e in reading.underlag.flow("webcert-vardsystem").entries] == [
        "4HVT",
        "4HVV",
        "4HVX",
    ]


OTHER_LAYOUT = (
    STANDARD.replace("## Vårdsystem -> Webcert", "## Anrop in")
    .replace("## Webcert -> Vårdsystem", "## Status")
    .replace("## Intygstjänsten -> Webcert", "## Ärenden")
    .replace("| Logisk adressat (HSAID) | Namn |", "| Kod | Klartext |")
    .replace("| Konsument (HSAID)   | Konsument (namn) ", "||\n| Avsändare | Avsändare klartext ")
)
OTHER_WORDS = """
[flikar]
"Anrop in" = "Vårdsystem -> Webcert"
"Status" = "Webcert -> Vårdsystem"
"Ärenden" = "Intygstjänsten till Webcert"

[kolumner]
"Kod" = "logisk adressat"
"Klartext" = "adressatens namn"
"Avsändare" = "konsument"
"Avsändare klartext" = "konsumentens namn"
"""


def test_a_workbook_with_other_sheets_and_headers_is_read_with_decisions(tmp_path):
    path = tmp_path / "bestallning.toml"
    path.write_text(OTHER_WORDS, encoding="utf-8")
    text = OTHER_LAYOUT + ORDER_SHEET

    assert examine(text).blocked
    checked = examine(text, order_file=path)
    assert {f.code for f in checked.findings} == {"FLI057"}
    assert [len(entries) for entries in checked.entries.values()] == [2, 3, 3]


@pytest.mark.parametrize(
    ("line", "named"),
    [('"Status" = "Annat"', "”Webcert -> Vårdsystem”"), ('"Statusen" = "Webcert -> Vårdsystem"', "”Status”")],
)
def test_sheets_that_cannot_be_what_is_decided(tmp_path, line, named):
    path = tmp_path / "bestallning.toml"
    path.write_text(f"[flikar]\n{line}\n", encoding="utf-8")

    (found,) = [
        f for f in examine(OTHER_LAYOUT + ORDER_SHEET, order_file=path).findings if f.code == "FIL023"
    ]
    assert found.severity is Severity.ERROR
    assert named in found.message
