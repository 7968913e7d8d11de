"""Converts between the letters and the numbers of Excel's columns: A is 1, Z is 26, AA is 27."""

from functools import lru_cache


@lru_cache(maxsize=2048)
def column_letters(number: int) -> str:
    """Return the letters of a column, '' for 0."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=2048)
def column_number(letters: str | bytes) -> int:
    """Return the number of a column from its letters A-Z in upper case, 0 for ''."""
    number = 0
    for letter in letters if isinstance(letters, bytes) else map(ord, letters):
        number = number * 26 + letter - 64
    return number
