"""Parses HSA-IDs, identities in the national directory.

Source: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91; the characters that TAK takes: skltp/tak,
validation of `logiskadresser` and `tjanstekomponenter`.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from underlag.characters.cleaning import visible
from underlag.characters.kinds import look_alike
from underlag.lazy_pattern import LazyPattern
from underlag.values import orgnr
from underlag.values.correction import correct, remark_beside
from underlag.values.personal import is_personal_number
from underlag.values.refusal import Refusal
from underlag.values.replacement import names_replacement

#: Reasons for refusal; the first that applies is given.
REASONS: Final = (
    "missing",
    "personal_number",
    "replacement",
    "remark",
    "look_alike",
    "forbidden_character",
    "too_long",
    "form",
    "check_digit",
)

#: Maximum length of an HSA-ID.
MAX_LENGTH: Final = 31

_FORM: Final = re.compile(r"(SE)?(?:16)?([0-9]{10})-([A-Z0-9]+)").fullmatch
_TEST: Final = LazyPattern(r"TST[A-Z]*(?:16)?([0-9]{10})?[A-Z0-9]*-([A-Z0-9]+)").fullmatch
_DIGIT: Final = re.compile("[0-9]").search
#: An id in which only the part before the hyphen can be wrong, and the number is in it.
_USUAL: Final = re.compile(r"((?=[^-]{12})[^\W_]*[0-9][^\W_]*-)([0-9]*[A-Z][A-Z0-9]*)()").fullmatch
#: An id with a complete number in which only the signs after it, or after the id, can be wrong besides.
_OTHER_SIGNS: Final = LazyPattern(
    r"(SE[0-9]{10}(?:[0-9]{2})?[-_. /\\,;:]*)([A-Z][A-Z0-9]*)([.,;:]*)"
).fullmatch
_NO_SUFFIX: Final = re.compile("[^A-Z0-9]").search
_FORBIDDEN: Final = LazyPattern(r"[^A-Za-z0-9-]").search
#: A letter in place of a digit in an otherwise complete number.
_LETTER_IN_NUMBER: Final = LazyPattern(
    r"(?:SE)?(?=(?:[0-9OQDILZSB]{2})?[0-9OQDILZSB]{10}-)[0-9]{3,}([OQDILZSB])"
).match

#: The id that help texts show.
EXAMPLE: Final = "SE2321000156-4HVT"
#: How the last parts of ids begin that only show what an id looks like.
_EXAMPLE_ENDINGS: Final = ("ABC", "XYZ", "EXEMPEL", "EXAMPLE")


class HsaId(NamedTuple):
    """A well-formed HSA-ID in upper case.

    `organisation` is the ten digits without a leading 16, '' for a test id without one. `is_test` marks a
    test id (TSTNMT…).
    """

    text: str
    organisation: str
    suffix: str
    is_test: bool = False

    @property
    def unit_key(self) -> tuple[str, str]:
        """Organisation and suffix; equal for a unit written with and without 16."""
        return self.organisation or self.text, self.suffix


def parse_hsa_id(text: str, *, system: bool = False) -> HsaId | Refusal:
    """Parse an HSA-ID (cleaned, upper case).

    With `system`, an organisation number without SE (5565594230-WEBCERT) is accepted too. Test ids
    (TSTNMT2321000156-B02) are well-formed; the environment decides whether they are allowed.
    """
    # A correction may insert a hyphen.
    found = (len(text) <= MAX_LENGTH and _USUAL(text)) or (len(text) < MAX_LENGTH and _OTHER_SIGNS(text))
    if not found:
        return _well_formed(text, system=system) or _refusal(text, system=system)
    before, suffix, after = found.groups()
    parsed = _of_shape(before, after, system=system)
    if isinstance(parsed, HsaId):
        return HsaId(text, parsed.organisation, suffix, parsed.is_test)
    meant = parsed.suggestion and f"{parsed.suggestion[:-1]}{suffix}"
    return Refusal(parsed.reason, meant if len(meant) <= MAX_LENGTH else "", parsed.detail)


@lru_cache(maxsize=1024)  # the ids of a workbook have few
def _of_shape(before: str, after: str, *, system: bool) -> HsaId | Refusal:
    """Parse an id as in `_USUAL` or `_OTHER_SIGNS`, with one letter in place of what follows the number."""
    text = f"{before}X{after}"
    return _well_formed(text, system=system) or _refusal(text, system=system)


def _well_formed(text: str, *, system: bool) -> HsaId | None:
    if len(text) > MAX_LENGTH:
        return None
    if found := _FORM(text):
        prefix, organisation, suffix = found.groups()
        if (prefix or system) and orgnr.is_valid(organisation):
            return HsaId(text, organisation, suffix)
        return None
    if found := _TEST(text):
        organisation, suffix = found[1] or "", found[2]
        return HsaId(text, organisation if orgnr.is_valid(organisation) else "", suffix, is_test=True)
    return None


def ordinary_among(texts: Iterable[str]) -> set[str]:
    """Return those of many texts that are HSA-IDs of units, without test ids; most are.

    Ids of one organisation share the part before the hyphen, which is judged once.
    """
    by_head: dict[str, list[str]] = {}
    for text in texts:
        by_head.setdefault(text.partition("-")[0], []).append(text)
    found: set[str] = set()
    for head, ids in by_head.items():
        parsed = _well_formed(f"{head}-0", system=False)
        if parsed is None or parsed.is_test:
            continue
        suffixes = [text[len(head) + 1 :] for text in ids]
        if all(suffixes) and max(map(len, ids)) <= MAX_LENGTH and not _NO_SUFFIX("".join(suffixes)):
            found.update(ids)
        else:
            found.update(text for text in ids if _well_formed(text, system=False))
    return found


def _refusal(text: str, *, system: bool) -> Refusal:
    """Return why a text is not an HSA-ID, with a plausible correction."""
    if not text:
        return Refusal("missing")
    if is_personal_number(text.replace(" ", "")):
        return Refusal("personal_number")
    if names_replacement(text):
        return Refusal("replacement")
    is_right = _is_systems if system else is_hsa_id
    meant, remark = remark_beside(text, is_right)
    if remark:
        return Refusal("remark", meant, remark)
    reason, detail = _reason(text, system=system)
    return Refusal(reason, correct(text, is_right), detail)


def is_hsa_id(text: str) -> bool:
    """Whether a text is the HSA-ID of a unit, which a test id is too."""
    return _well_formed(text, system=False) is not None


def _is_systems(text: str) -> bool:
    return _well_formed(text, system=True) is not None


def _reason(text: str, *, system: bool) -> tuple[str, str]:
    for char in text if not text.isascii() else "":
        plain, alphabet = look_alike(char)
        if plain:
            return "look_alike", f"{plain.upper()} ({alphabet})"
    # In running words no single character is at fault.
    if _DIGIT(text) and (found := _FORBIDDEN(text)):
        return "forbidden_character", visible(found[0])
    if found := _LETTER_IN_NUMBER(text):
        return "look_alike", f"{found[1]} (bokstav)"
    if len(text) > MAX_LENGTH:
        return "too_long", f"{len(text)} tecken"
    found = _FORM(text)
    if found and (found[1] or system):
        return "check_digit", found[2]
    return "form", ""


def examples_among(texts: Collection[str], *, system: bool) -> set[str]:
    """Return those of many ids that only show what ids look like: 'SE2321000016-ABCD', or that of help texts.

    Args:
        texts: the ids.
        system: whether they are of systems; only then is `EXAMPLE` one.
    """
    found = {EXAMPLE}.intersection(texts) if system else set()
    together = "\n".join(texts)
    if any(f"-{ending}" in together for ending in _EXAMPLE_ENDINGS):
        found.update(text for text in texts if text.partition("-")[2].startswith(_EXAMPLE_ENDINGS))
    return found
