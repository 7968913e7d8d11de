"""Corrects a faulty HSA-ID where exactly one correction is plausible."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final

from underlag.characters.kinds import look_alike
from underlag.lazy_pattern import LazyPattern
from underlag.values import orgnr

#: Letters that people or scanners confuse with digits.
_LETTER_FOR_DIGIT: Final = str.maketrans("OQDILZSB", "00011258")

_FOREIGN: Final = LazyPattern(r"[^\x00-\x7f]")
_LOWER: Final = LazyPattern(r"[a-z]+")
_NUMBER: Final = LazyPattern(r"(SE)?(16)?([0-9]{10})").match
#: Digits with the possible prefixes of an id.
_ONLY_NUMBER: Final = LazyPattern(r"(SE(?:16)?)([0-9]{10})").fullmatch
#: An id of the right form (as most faulty ones have): no blanks, a complete number.
_ONE_HYPHEN: Final = LazyPattern(r"([^\s-]{12,})-([A-Z0-9]+)").fullmatch
_START: Final = LazyPattern(r"(SE|5E|S3|53)?[-_. ]?(.*)", re.DOTALL).fullmatch
_JUNK: Final = " \t.,;:'\"`´()[]<>"
#: Punctuation around an id that says nothing, alone or in pairs.
_QUIET: Final = " \t.,;'\"`´"
_PAIRS: Final = ("()", "[]", "<>")

#: An id within a text.
_WITHIN: Final = LazyPattern(r"(?<![\w-])[A-Z]*[0-9]{10,12}-[A-Z0-9]+(?![\w-])", re.IGNORECASE).finditer
_OTHER_NUMBER: Final = LazyPattern(r"[0-9]{6}").search
#: What people write before an id: 'HSA-ID: SE2321000156-4HVT'.
_LABEL: Final = LazyPattern(r"(?:hsa[- ]?id(?:[:-]?t|et)?|id)\s*[:=]?", re.IGNORECASE).fullmatch

#: An organisation number, and one with 16 before it; a hyphen may stand within (232100-0156).
_DIGITS: Final = (
    LazyPattern(r"[- ]*[0-9]{6}[- ]*[0-9]{4}").match,
    LazyPattern(r"[0-9]{2}[- ]*[0-9]{6}[- ]*[0-9]{4}").match,
)


def plain_letters(text: str) -> str:
    """Replace look-alike letters with the A-Z or 0-9 that they resemble; convert a-z to upper case."""
    plain = _FOREIGN.sub(lambda char: look_alike(char[0])[0] or char[0], text)
    return _LOWER.sub(lambda letters: letters[0].upper(), plain)


def correct(text: str, is_right: Callable[[str], bool]) -> str:
    """Return the one plausible HSA-ID for a faulty text, '' when there is none or several.

    Simple slips are tried before rarer ones: look-alike letters, a label before the id, letters for digits
    in the number, a missing or doubled separator, a missing SE, and last two swapped neighbouring
    digits. A text with other words or marks beside the id has no correction: they may mean something.

    Args:
        text: the rejected text.
        is_right: whether a text is a well-formed HSA-ID; pass the same function for the same rules.
    """
    if found := _ONE_HYPHEN(text):
        # Only the part before the hyphen or the length can be wrong.
        head, suffix = found.groups()
        meant = _correct_head(head, is_right)
        return attempt if meant and is_right(attempt := f"{meant}-{suffix}") else ""
    return _correct(text, is_right)


@lru_cache(maxsize=1024)  # thousands of ids share it
def _correct_head(head: str, is_right: Callable[[str], bool]) -> str:
    """Return the corrected part before the hyphen, '' when there is no single one."""
    suffix = "X"
    if found := _ONLY_NUMBER(head):
        right = {
            f"{found[1]}{number}"
            for number in _swapped_numbers(found[2])
            if is_right(f"{found[1]}{number}-{suffix}")
        }
        return right.pop() if len(right) == 1 else ""
    return _correct(f"{head}-{suffix}", is_right).rpartition("-")[0]


def _correct(text: str, is_right: Callable[[str], bool]) -> str:
    plain = plain_letters(text).strip(_JUNK)
    for attempts in (_as_it_is, _only_id, _letters_for_digits, _separators, _swapped):
        right = {
            attempt
            for attempt in attempts(plain)
            if attempt != text and is_right(attempt) and _is_likely(attempt)
        }
        if right:
            return right.pop() if len(right) == 1 else ""
    return ""


def _is_likely(text: str) -> bool:
    found = _NUMBER(text)
    return not found or orgnr.is_likely(found[3])


def _as_it_is(plain: str) -> Iterator[str]:
    yield plain


def _only_id(plain: str) -> Iterator[str]:
    """Drop what is only a label before a complete id, or punctuation around it."""
    found, rest = _parted(plain)
    if found and not rest:
        yield found


def remark_beside(text: str, is_right: Callable[[str], bool]) -> tuple[str, str]:
    """Return the one id in a text, and the words or marks beside it: 'SE2321000156-4HVT (vänta)'.

    Args:
        text: a rejected text.
        is_right: whether a text is a well-formed HSA-ID.

    Returns:
        Two empty texts if there is no single id, nothing beside it, or only what may be its last character.
    """
    found, rest = _parted(text)
    if not rest or _OTHER_NUMBER(rest) or (len(rest) == 1 and rest.isalnum()):
        return "", ""
    meant = plain_letters(found)
    return (meant, rest) if is_right(meant) else ("", "")


def _parted(text: str) -> tuple[str, str]:
    """Return the only id in a text, and the rest without punctuation and a label; '' for none or several."""
    ids = list(_WITHIN(text))
    if len(ids) != 1:
        return "", ""
    before, after = text[: ids[0].start()].strip(_QUIET), text[ids[0].end() :].strip(_QUIET)
    if before[-1:] + after[:1] in _PAIRS:
        before, after = before[:-1].rstrip(), after[1:].lstrip()
    if _LABEL(before):
        before = ""
    return ids[0][0], f"{before} {after}".strip()


def _letters_for_digits(plain: str) -> Iterator[str]:
    """Convert letters within the number to digits: SE232100O156-4HVT."""
    number, hyphen, suffix = plain.partition("-")
    prefix = number[:2] if number[:2] == "SE" else ""
    if hyphen:
        yield f"{prefix}{number[len(prefix) :].translate(_LETTER_FOR_DIGIT)}-{suffix}"
        if number[:2] in {"5E", "S3", "53"}:
            yield f"SE{number[2:].translate(_LETTER_FOR_DIGIT)}-{suffix}"


def _separators(plain: str) -> Iterator[str]:
    """Insert missing parts and remove superfluous ones around the number."""
    found = _START(plain)
    if not found:
        return
    rest = found[2]
    for digits in _DIGITS:
        number = digits(rest)
        suffix = rest[number.end() :].lstrip("-_. /\\") if number else ""
        if number and suffix:
            yield f"SE{number[0].replace('-', '').replace(' ', '')}-{suffix}"


def _swapped(plain: str) -> Iterator[str]:
    """Swap two neighbouring digits of the number."""
    found = _NUMBER(plain)
    if found:
        for number in _swapped_numbers(found[3]):
            yield plain[: found.start(3)] + number + plain[found.end(3) :]


def _swapped_numbers(digits: str) -> tuple[str, ...]:
    """Return the likely organisation numbers that result from swapping two neighbouring digits."""
    swapped = {
        digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1)
    } - {digits}
    return tuple(sorted(filter(orgnr.is_likely, swapped)))


def nearest(text: str, known: Iterable[str]) -> str:
    """Return the one known id within a single slip of a text, '' when there is none or several.

    A slip is a wrong, missing or extra character, or two swapped neighbours. The text itself is excluded.
    """
    found: str | None = None
    for other in known:
        if other not in (text, found) and _one_slip(text, other):
            if found is not None:
                return ""
            found = other
    return found or ""


def _one_slip(left: str, right: str) -> bool:
    """Whether two different texts have edit distance one; swapping neighbours counts as one edit."""
    if len(left) > len(right):
        left, right = right, left
    more = len(right) - len(left)
    if more > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), len(left))
    if more:
        return left[at:] == right[at + 1 :]
    return left[at + 1 :] == right[at + 1 :] or (
        left[at : at + 2] == right[at : at + 2][::-1] and left[at + 2 :] == right[at + 2 :]
    )
