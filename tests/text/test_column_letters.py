"""Letters and numbers of Excel's columns."""

import pytest
from openpyxl.utils import get_column_letter

from underlag.column_letters import column_letters, column_number


def test_letters_and_numbers_agree_with_openpyxl_for_every_column_of_excel():
    letters = [column_letters(number) for number in range(1, 16_385)]

    assert letters == [get_column_letter(number) for number in range(1, 16_385)]
    assert [column_number(text) for text in letters] == list(range(1, 16_385))


@pytest.mark.parametrize(("letters", "number"), [("", 0), ("A", 1), (b"AA", 27), (b"XFD", 16_384)])
def test_letters_may_be_text_or_bytes(letters, number):
    assert column_number(letters) == number
