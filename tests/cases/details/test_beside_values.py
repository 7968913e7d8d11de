"""Texts after the values of the sheet Beställning: one detail has one value, and the rest is asked about."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.examine import altered, examine, told
from tests.support.tables import ORDER_SHEET

#: The rows of the details that are no contact's.
OF_ORDER = ["Miljö", "Region", "Datum", "Ärendenummer"]
#: The labels of all rows.
LABELS = re.findall(r"(?m)^\| (.+?) +\|", ORDER_SHEET)

#: Texts that make a value doubtful, whatever they are about.
DOUBTS = [
    *("vänta", "ej bekräftat", "kan ändras", "osäkert", "först efter upphandlingen", "inväntar besked"),
    *("Anna kollar datumet med VGR", "ska stämmas av", "kolla igen", "Eva ej tillfrågad", "ej avstämt"),
    *("Bo bekräftar", "Datum ej spikat", "återkommer om detta", "Inte beslutat än"),
]


def beside(label, text, *, columns=1):
    """Put a text after a detail's value, or further to the right."""
    line = re.search(rf"(?m)^\| {label} +\|.*\|$", ORDER_SHEET)[0]
    return altered((4, line, f"{line}{' |' * (columns - 1)} {text} |"))


@given(doubt=st.sampled_from(DOUBTS), label=st.sampled_from(LABELS), columns=st.integers(1, 3))
def test_a_doubt_is_asked_about_wherever_it_stands_in_a_row(doubt, label, columns):
    found = told(examine(beside(label, doubt, columns=columns)))

    row = LABELS.index(label) + 1
    assert [(sheet, cell) for _, sheet, cell in found] == [(4, f"{'BCDE'[columns]}{row}")]
    assert {code for code, _, _ in found} <= {"FLI038", "FLI039"}


@given(doubt=st.sampled_from(DOUBTS), column=st.sampled_from("ABCD"), blank=st.integers(1, 2))
def test_a_doubt_is_asked_about_below_the_rows(doubt, column, blank):
    line = "| " * ("ABCD".index(column) + 1)
    last = ORDER_SHEET.rstrip().splitlines()[-1]

    found = told(
        examine(
            altered(
                (4, last, f"{last}\n{'|  |' + chr(10)}{'|  |' + chr(10) if blank > 1 else ''}{line}{doubt} |")
            )
        )
    )

    assert [(sheet, cell) for _, sheet, cell in found] == [(4, f"{column}{len(LABELS) + 1 + blank}")]


@pytest.mark.parametrize("label", OF_ORDER)
@pytest.mark.parametrize(
    "text",
    [
        "?",
        "ungefär",
        "gammalt värde",
        "provisoriskt",
        "fel?",
        "om det går",
        "helst tidigare",
        "tisdag",
        "eller PROD2",
    ],
)
def test_any_other_text_after_a_detail_is_asked_about(label, text):
    assert told(examine(beside(label, text))) == [("FLI039", 4, f"C{LABELS.index(label) + 1}")]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "måndag",
            "(måndag)",
            "v 9",
            "2027-03-01",
            "1 mars 2027",
            "bekräftat",
            "fastställt",
            "OK",
            "*",
            "–",
        ),
        *("Godkänt av Eva", "Beslutat på möte 3 nov", "Avstämt med VGR", "ÅÅÅÅ-MM-DD", "t.ex. 2027-03-01"),
        *("Obligatoriskt", "(obligatorisk uppgift)", "Skriv datum som ÅÅÅÅ-MM-DD", "Ange önskat datum"),
        "Om datum saknas gäller ordinarie handläggningstid",
    ],
)
def test_what_repeats_confirms_or_explains_the_date_is_not(text):
    assert told(examine(beside("Datum", text))) == []


@pytest.mark.parametrize(
    ("label", "text"),
    [
        *(("Miljö", text) for text in ("produktion", "(produktionsmiljö)", "PROD")),
        *(("Region", text) for text in ("Region Värmland", "(Region Värmland)", "kortnamn")),
        *(("Ärendenummer", text) for text in ("från förstudien", "ok enligt Eva")),
    ],
)
def test_what_repeats_another_detail_is_not(label, text):
    assert told(examine(beside(label, text))) == []


def test_a_column_of_explanations_is_not_asked_about_but_what_changes_the_order_in_it_is():
    texts = ["produktion eller test", "kortnamnet", "dagen för ändringen", "från förstudien"]
    lines = [re.search(rf"(?m)^\| {label} +\|.*\|$", ORDER_SHEET)[0] for label in OF_ORDER]
    edits = [(4, line, f"{line} {text} |") for line, text in zip(lines, texts, strict=True)]

    assert told(examine(altered(*edits))) == []
    edits[2] = (4, lines[2], f"{lines[2]} kan ändras |")
    assert told(examine(altered(*edits))) == [("FLI039", 4, "C3")]
