"""Comments on rows that deny them, those that do not, and the answer that is printed for each."""

import pytest

from tests.checks.examine import LAST, altered, examine
from underlag.documents.account import answer_lines

#: A note on the name of the last unit of the second sheet.
PLACE = "G4"


def commented(text):
    return examine(altered((2, LAST, f"{LAST}\n! note {PLACE} {text}")))


@pytest.mark.parametrize(
    "text",
    [
        *("Lotta: den här ska ni inte ta med än", "ta inte med den här", "vi vill inte ha med den här"),
        *("den ska inte vara med", "tas med först i maj", "låt bli den här", "ej i denna beställning"),
        *("kan strykas", "inte förrän avtal finns", "den här ansluts ej"),
    ],
)
def test_a_comment_that_denies_its_row_is_an_error_and_never_orders_it(text):
    checked = commented(text)

    assert [(f.code, f.cell) for f in checked.findings] == [("FLI037", PLACE)]
    assert answer_lines(checked.account)[-1].endswith('= "utan"')


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(
            (text, "bortse")
            for text in ("Kontaktperson: Eva, chef Ulf", "ligger bredvid Rud", "Ny chefsläkare")
        ),
        *((text, "utan") for text in ("Stämmer detta?", "Telefonen är inte med i HSA", "nytt namn från maj")),
    ],
)
def test_another_comment_is_a_question_and_its_answer_fits_its_words(text, answer):
    checked = commented(text)

    assert [(f.code, f.cell) for f in checked.findings] == [("FLI040", PLACE)]
    assert answer_lines(checked.account)[-1].endswith(f'= "{answer}"')


@pytest.mark.parametrize("text", ["kontrollerad /EA", "Kontrollerad mot HSA 2026-11-20", "Testad i QA"])
def test_a_comment_that_says_only_what_has_been_checked_is_no_question(text):
    assert not commented(text).findings


@pytest.mark.parametrize(
    "text",
    [
        *("kontrollerad? /EA", "kontrollerad, fel HSA-id", "kontrollerad till hälften", "kontrollera"),
        *("Kontrollerad, Rud väntar", "Kontrollerad mot HSA: SE2321000156-9XYZ"),
        *("Kontrollerad, heter nu Vårdcentralen Nybyn", "Kontrollerad: ska inte med"),
    ],
)
def test_a_comment_that_says_more_than_what_has_been_checked_is_reported(text):
    assert [f.cell for f in commented(text).findings] == [PLACE]
