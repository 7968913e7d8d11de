"""Case numbers with other words, several of them, and an environment that is none."""

import pytest

from tests.checks.examine import altered, examine, only, told


def stated(text):
    return examine(altered((4, "TSK-12518", text)))


@pytest.mark.parametrize(
    "text", ["TSK-13001 (ersätter TSK-12001)", "TSK-12518 (ej klar)", "TSK-12518?", "fd TSK-12518"]
)
def test_words_beside_a_case_number_are_asked_about_once_with_what_to_write(text):
    checked = stated(text)

    assert told(checked) == [("BST010", 4, "B4")]
    assert only(checked, "BST010").suggestion.startswith("Skriv bara ärendenumret")


def test_several_case_numbers_are_stated():
    assert only(stated("TSK-12518, TSK-12600"), "BST042").severity.value == "info"


def test_one_case_number_is_not():
    assert stated("TSK-12518 (förstudien)").findings[0].code == "CEL010"
    assert told(stated("TSK-12518")) == []


def test_an_environment_that_is_none_is_not_contradicted_by_other_texts():
    text = altered(
        (4, "| PROD ", "| PROD (och QA) "), (4, "| Miljö ", "| Underlaget gäller NTJP PROD |\n| Miljö ")
    )

    assert {found.code for found in examine(text).findings} == {"BST002", "BST003"}


@pytest.mark.parametrize("text", ["[LiV]", "<LiV>"])
def test_brackets_around_the_region_are_those_of_the_form(text):
    checked = examine(altered((4, "| LiV ", f"| {text} ")))

    assert told(checked) == []
    assert only(checked, "CEL010").message.endswith("Efter: ”LiV”.")
