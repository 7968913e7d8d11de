"""Details with other words or marks: case numbers, environments and contacts."""

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


@pytest.mark.parametrize("text", ["PROD*", "PROD !"])
def test_a_mark_after_the_environment_is_asked_about(text):
    assert told(examine(altered((4, "| PROD ", f"| {text} ")))) == [("FLI039", 4, "B1")]


@pytest.mark.parametrize(
    "text", ["Hugo?", "Hugo Provsson - sjuk", "Hugo Provsson*", "Hugo Provsson (vakant)"]
)
def test_a_contact_who_may_not_be_there_is_asked_about(text):
    assert told(examine(altered((4, "Hugo Provsson", text)))) == [("FLI039", 4, "B8")]


@pytest.mark.parametrize("text", ["är han kvar?", "slutat?", "föräldraledig", "semester v 9", "ledig v 8-10"])
def test_a_text_next_to_a_contact_that_doubts_it_is_asked_about(text):
    assert told(examine(altered((4, "Hugo Provsson ", f"Hugo Provsson | {text} ")))) == [("FLI039", 4, "C8")]


@pytest.mark.parametrize("text", ["semester v 28-31", "nås efter kl 13", "IT-chef", "Sjukhusvägen 2"])
def test_a_text_next_to_a_contact_that_describes_it_is_not(text):
    assert told(examine(altered((4, "Hugo Provsson ", f"Hugo Provsson | {text} ")))) == []
