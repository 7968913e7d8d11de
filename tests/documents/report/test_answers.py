"""Lines for bestallning.toml, ready to paste, in both reports."""

import json

import underlag
from tests.support.order_package import package_files
from tests.support.tables import NAME, workbook

TEXT = """
## Vårdsystem -> Webcert
| Konsument (HSAID) | Tjänstekontrakt | Logisk adressat | Namn | Flagga |
| SE162321000156-4H4F | CreateDraftCertificate v3 | 5565594230-WEBCERT | Inera - Webcert | {mark} |
"""


def files(mark):
    checked = underlag.check(underlag.read(workbook(TEXT.replace("{mark}", mark)), name=NAME))
    return package_files(checked, [] if checked.blocked else underlag.make_orders(checked))


def test_a_column_that_is_not_understood_can_be_answered_from_the_report():
    made = files("gul")

    assert "Svara på det som inte förstås" in made["rapport.html"].decode()
    assert json.loads(made["rapport.json"])["svarsrader"][0] == "[kolumner]"


def test_a_report_without_open_questions_has_no_lines_to_paste():
    made = files("")

    assert "Svara på det som inte förstås" not in made["rapport.html"].decode()
    assert json.loads(made["rapport.json"])["svarsrader"] == []
