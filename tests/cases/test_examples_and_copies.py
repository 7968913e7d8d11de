"""Filled-in examples of systems, and copies of a sheet with other units than the sheet itself."""

import pytest

from tests.checks.examine import altered, examine
from tests.support.tables import ORDER_SHEET, STANDARD

FULL = STANDARD + ORDER_SHEET
UNITS = FULL[FULL.index("## Webcert -> Vårdsystem") : FULL.index("## Intygstjänsten")]
LAST = "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |\n"


def found(text, code):
    return [one for one in examine(text).findings if one.code == code]


@pytest.mark.parametrize(
    ("name", "word"),
    [("Exempelregionen - Journalsystem", "Exempelregionen"), ("Region Värmland - Testsystem", "")],
)
def test_the_name_of_a_system_that_is_an_example(name, word):
    row = next(line for line in FULL.splitlines() if "SE162321000156-4H4F" in line)
    title = row.split("|")[2].strip()

    asked = found(altered((1, title, name)), "ADR034")

    assert [one.column for one in asked] == ([2] if word else [])
    assert all(f"”{word}”" in one.message for one in asked)


def test_a_copy_of_a_sheet_with_fewer_units_is_asked_about():
    copy = UNITS.replace("## Webcert -> Vårdsystem", "## Webcert -> Vårdsystem (2)")

    (asked,) = found(FULL + "\n" + copy.replace(LAST, ""), "FLI041")

    assert "har 2 av de 3 enheterna på fliken ”Webcert -> Vårdsystem”. Där saknas: SE162321000156-4HVX" in (
        asked.message
    )
    assert found(FULL + "\n" + copy, "FLI041") == []


def test_a_list_of_some_units_with_another_name_is_not_asked_about():
    listed = UNITS.replace("## Webcert -> Vårdsystem", "## Kontrollerade").replace(LAST, "")
    assert found(FULL + "\n" + listed, "FLI041") == []
