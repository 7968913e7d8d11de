"""The sheet Beställning: texts, values next to others and comments that state another day or deny, each with its verdict."""

import pytest

from tests.cases.test_texts import judge, placed
from tests.checks.examine import altered, examine, mentions
from tests.support.case_tables import case_rows

LAST = "| Teknisk support telefon    | 08-465 004 00       |"

#: Verdict, what is beside the date 2027-03-01, and what must be quoted.
BESIDE = """
| se  | 2027-04-01 | 2027-04-01 |
| se  | OBS ändrat till 2027-04-01 | 2027-04-01 |
| se  | eller hellre 12 april | 12 april |
| se  | eller 12/4 | 12/4 |
| ren | 2027-03-01 |  |
| ren | måndag |  |
| ren | ÅÅÅÅ-MM-DD |  |
| ren | Ange ett datum, t.ex. 2027-05-01 |  |
"""


@pytest.mark.parametrize("row", case_rows(BESIDE), ids=" ".join)
def test_text_next_to_the_date(row, tmp_path):
    expected, text, quoted = row
    judge(altered((4, "| 2027-03-01          |", f"| 2027-03-01 | {text} |")), expected, quoted, tmp_path)


#: Verdict, a text among the details, and what must be quoted.
TEXTS = """
| se  | Övrig information ; Ändringen ska göras 2027-04-01 | 2027-04-01 |
| se  | Övrig information ; Genomförs tidigast 1 april 2027 | april |
| se  | Flyttat till 2027-04-01 | 2027-04-01 |
| se  | Övrig information ; Önskas till den 16 mars | 16 mars |
| se  | Övrig information ; Klart till 2027-03-16 | 2027-03-16 |
| ren | Övrig information ; Ändringen ska göras 2027-03-01 |  |
| ren | Övrig information ; Önskas senast den 1 mars |  |
| ren | Övrig information ; Önskar svar den 16 februari |  |
| ren | Övrig information ; Avtalet löper ut 2028-12-31 |  |
| ren | Övrig information ; Beställningen skrevs 2026-11-20 |  |
"""


@pytest.mark.parametrize("row", case_rows(TEXTS), ids=" ".join)
def test_text_with_a_day_among_the_details(row, tmp_path):
    expected, text, quoted = row
    judge(altered(*placed("order", text)), expected, quoted, tmp_path)


#: Verdict, the cell and text of a comment, and what must be quoted.
NOTES = """
| se    | B3 | Flyttat till 2027-04-01 | kommentaren i B3 |
| se    | A3 | nytt datum 2027-04-01 | kommentaren i A3 |
| se    | B3 | Ska inte göras detta datum | kommentaren i B3 |
| ren   | B3 | Kontrollerat av Eva 2026-11-20 |  |
| stopp | B3 | Avvakta | kommentaren i B3 |
| ren   | B1 | Välj PROD eller QA |  |
| ren   | B7 | Ska inte vara ett direktnummer som anges här |  |
"""


@pytest.mark.parametrize("row", case_rows(NOTES), ids=" ".join)
def test_comment_on_a_detail(row, tmp_path):
    expected, cell, text, quoted = row
    judge(altered((4, LAST, f"{LAST}\n! note {cell} {text}")), expected, quoted, tmp_path)


@pytest.mark.parametrize(("expected", "cell"), [("se", "B3"), ("ren", "A3"), ("ren", "C3")])
def test_struck_detail(expected, cell, tmp_path):
    judge(
        altered((4, LAST, f"{LAST}\n! strike {cell}")),
        expected,
        "2027-03-01" if expected == "se" else "",
        tmp_path,
    )


def test_struck_date_is_named_and_struck_label_is_not():
    def found(cell):
        checked = examine(altered((4, LAST, f"{LAST}\n! strike {cell}")))
        return [(one.code, one.cell) for one in checked.findings if one.code == "FLI061"]

    assert found("B3") == [("FLI061", "B3")]
    assert found("A3") == []


def test_comment_on_a_unit_is_called_a_comment():
    checked = examine(
        altered(
            (
                2,
                "|  |  |  |  |  | SE162321000156-4HVX |",
                "! note G3 Ska ej vara med\n|  |  |  |  |  | SE162321000156-4HVX |",
            )
        )
    )

    assert mentions(checked, "”Ska ej vara med” i kommentaren i G3")
