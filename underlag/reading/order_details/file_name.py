"""Parses environment and region in the name 'Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx'.

Source of the form: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91.
"""

import re
from functools import lru_cache
from typing import Final

from underlag.files.workbook_names import WORKBOOK_ENDINGS
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.profile import Profile
from underlag.reading.order_details.statements import Statement
from underlag.workbook import Field

FROM_FILE_NAME: Final = "filnamnet"

#: Endings that copying, mailing and versions add to a name.
_SUFFIX: Final = LazyPattern(
    r"[\s_-]+(?:\d{4}-?\d\d-?\d\d|\d{6}|kopia|copy|slutlig|final|utkast|ifylld|signerad|klar|ny|rev\w*"
    r"|v(?:er)?\.?\s?\d+(?:\.\d+)*)$|[\s_-]*\(\d+\)$",
    re.IGNORECASE,
)
_SUFFIXES: Final = ("kopia", "copy", "slutlig", "final", "utkast", "ifylld", "signerad", "klar", "ny")
#: Words of a name that contradict production.
_TEST: Final = LazyPattern(
    r"(?<![^\W_])(?:test(?:miljö\w*|underlag)?|utb(?:ildning\w*)?|demo|acceptans\w*|utv(?:eckling\w*)?)(?![^\W_])",
    re.IGNORECASE,
)
_TEST_BEGINNINGS: Final = ("test", "utb", "demo", "acceptans", "utv")
#: What a template has in place of an environment and a region.
_BRACKETED: Final = LazyPattern(r"\[[^\]]*\]")
_WORD: Final = re.compile(r"[^\s_\-–—]+")
#: Maximum words of an environment: NTJP QA NMT.
_LONGEST: Final = 3
#: A single letter in a name is not an environment.
_SHORTEST: Final = 2


def read_file_name(name: str, profile: Profile) -> list[Statement]:
    """Return the environment in the name of a workbook, and the region's short name after it.

    The placeholder '[QA-NMT/PROD]-[LT]' of a template is neither.
    """
    stem, words = _words_of(name)
    texts = [word[0] for word in words]
    found: list[str] = []
    end = 0
    at = 0
    while at < len(words):
        count = _length_of_environment(texts[at : at + _LONGEST], profile)
        if count:
            text = stem[words[at].start() : words[at + count - 1].end()]
            found.append(text)
            end = words[at + count - 1].end()
        at += count or 1
    # With another environment, the word alone casts doubt on the order instead.
    environments = [text for text in found if not _is_of_test(text)] or found
    stated = [Statement("environment", Field(text, FROM_FILE_NAME, 0, 0)) for text in environments]
    region = stem[end:].strip(" -_–—.,") if found else ""
    if region:
        stated.append(Statement("region", Field(region, FROM_FILE_NAME, 0, 0)))
    return stated


def _is_of_test(text: str) -> bool:
    return text.casefold().startswith(_TEST_BEGINNINGS) and _TEST.fullmatch(text) is not None


def word_of_test(name: str) -> str:
    """Return the word in a file name that marks a test order ('TEST PROD-X'), '' if there is none."""
    if not any(word in name.casefold() for word in _TEST_BEGINNINGS):
        return ""
    found = _TEST.search(name)
    return found[0] if found else ""


@lru_cache(maxsize=16)  # each profile asks
def _words_of(name: str) -> tuple[str, list["re.Match[str]"]]:
    """Return a file name without its ending and what was added to it, and the words in it."""
    ending = next((one for one in WORKBOOK_ENDINGS if name.casefold().endswith(one)), "")
    stem = name[: len(name) - len(ending)]
    while _may_have_suffix(stem) and (shorter := _SUFFIX.sub("", stem)) != stem:
        stem = shorter
    if "[" in stem:
        stem = _BRACKETED.sub(" ", stem)
    return stem, list(_WORD.finditer(stem))


def _may_have_suffix(stem: str) -> bool:
    """Whether a name ends in a digit, a parenthesis or a word of `_SUFFIX`, or has a revision."""
    plain = stem.rstrip().casefold()
    return plain.endswith((")", *_SUFFIXES)) or plain[-1:].isdigit() or "rev" in plain


def _length_of_environment(words: list[str], profile: Profile) -> int:
    """Return how many of the words, from the first on, name an environment; 0 if none do."""
    for count in range(len(words), 0, -1):
        text = " ".join(words[:count])
        if len(text) >= _SHORTEST and profile.environment(text) is not None:
            return count
    return 0
