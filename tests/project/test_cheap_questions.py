"""Questions that are asked before a pattern, to spare its compilation: every match answers them with yes."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from underlag.checks.rules import names
from underlag.lazy_pattern import has_digit, has_letter
from underlag.privacy import masking
from underlag.reading.account import counts
from underlag.reading.cells import dates, identifiers, known_headers
from underlag.reading.order_details import file_name
from underlag.reading.remarks import days, references, reservations, sentences
from underlag.reading.remarks import names as unit_names
from underlag.values import calendar, case_number, contact, hosts, personal, placeholder

#: Without letters that match others in any case but do not fold to them; Swedish has none of those.
_LETTERS = st.characters(max_codepoint=0x2200, exclude_characters="İıſK", exclude_categories=["Cs"])

QUESTIONS = {
    "placeholders": (placeholder._PLACEHOLDER, placeholder.is_placeholder),
    "instructions": (placeholder._INSTRUCTION, placeholder._is_instruction),
    "no names": (names._NO_NAME, names._is_no_name),
    "legends": (reservations._LEGEND, reservations._is_legend),
    "contacts": (sentences._CONTACT, sentences.is_contact),
    "counts": (counts._COUNTED, counts._may_state_count),
    "counts alone": (counts._COUNT_ALONE, counts._may_state_count),
    "totals": (counts._TOTALLED, counts._may_state_count),
    "owners": (known_headers._OWNER.search, lambda text: any(one in text for one in known_headers._OWNERS)),
    "dates in texts": (dates._DATE.search, dates._may_have_date),
    "words before an end": (dates._UNTIL.search, has_letter),
    "words before a start": (dates._FROM.search, has_letter),
    "months": (dates._MONTH_IN_WORDS, has_digit),
    "quarters": (dates._QUARTER, has_digit),
    "years": (dates._YEAR, has_digit),
    "dates": (calendar._IN_WORDS, has_digit),
    "days of the week": (calendar._WITH_WEEKDAY, lambda text: has_letter(text) or names_no_weekday(text)),
    "usual time": (calendar._REGULAR, calendar.is_regular_time),
    "days without a year": (days._YEARLESS, days.may_name_day),
    "values in texts": (identifiers._MENTIONED.search, identifiers.holds_value),
    "ids in texts": (identifiers._WITHIN.search, identifiers.holds_value),
    "references": (references._SAME, lambda text: any(one in text for one in references._WORDS)),
    "personal numbers": (masking._END, masking.may_be_private),
    "personal number alone": (personal._FORM, has_digit),
    "tests": (file_name._TEST.search, file_name.word_of_test),
    "tests alone": (file_name._TEST.fullmatch, file_name._is_of_test),
    "examples": (
        unit_names._EXAMPLE,
        lambda name: name in unit_names.remarks_among_systems(frozenset([name]), production=True),
    ),
    "addresses of contacts": (contact._EMAIL_WITHIN.search, lambda text: "@" in text),
    "numbers of contacts": (contact._PHONE_WITHIN.search, has_digit),
    "kinds of telephone": (contact._BEFORE.search, has_letter),
    "extensions": (contact._EXTENSION.search, has_letter),
    "endings of file names": (file_name._SUFFIX.search, file_name._may_have_suffix),
    "numbers of hosts": (hosts._NUMBER, hosts._is_number),
}


def names_no_weekday(text):
    found = calendar._WITH_WEEKDAY(text)
    return not (found["before"] or found["after"])


@pytest.mark.parametrize("subject", QUESTIONS)
@given(data=st.data())
@settings(max_examples=50)
def test_every_match_passes_the_question_before_its_pattern(subject, data):
    matches, asked = QUESTIONS[subject]
    start, end = (r"\A" * matches.__name__.endswith("match"), r"\Z" * (matches.__name__ == "fullmatch"))
    pattern = re.compile(f"{start}(?:{matches.__self__.pattern}){end}", matches.__self__._flags)
    text = data.draw(st.from_regex(pattern, alphabet=_LETTERS))
    if subject == "placeholders":
        text = text.strip()
        assume(0 < len(text) <= placeholder._LONGEST and not placeholder._DIGIT(text))
    assert asked(text)


@given(
    st.from_regex(r"(CS|INC|BS|TFF|TSK|cs)[-. ]?[0-9]{1,13}", fullmatch=True)
    | st.from_regex(case_number._ONE.__self__.pattern, fullmatch=True)
)
def test_a_case_number_is_spelled_right_where_nothing_would_change(text):
    assert case_number._is_spelled(text) is (case_number._number(text) == text)


@given(st.from_regex(re.compile(contact._EMAIL.__self__.pattern), fullmatch=True))
def test_nothing_surrounds_an_address_alone(text):
    assert contact._COPIED(text)[1] == text
