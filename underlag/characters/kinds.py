"""Characters that people cannot see or confuse with others: their Swedish names and plain forms."""

import unicodedata
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple


class Sort(Enum):
    """The sort of a character in cleaning."""

    PLAIN = auto()
    BLANK = auto()
    INVISIBLE = auto()
    DASH = auto()
    FULL_WIDTH = auto()


class Character(NamedTuple):
    """A character's sort, its Swedish name (indefinite, lower case), and its plain replacement."""

    sort: Sort
    name: str
    plain: str


#: Swedish names; grammatical gender is always neuter, so that "borttaget" and "ersatt" fit all.
_BLANKS: Final = {
    " ": "mellanslag",
    "\t": "tabbtecken",
    "\n": "radbrytningstecken",
    "\v": "radbrytningstecken",
    "\f": "sidbrytningstecken",
    "\r": "radbrytningstecken",
    "\x85": "radbrytningstecken",
    "\xa0": "hårt mellanslag",
    "\u2007": "siffersmalt mellanslag",
    "\u2028": "radbrytningstecken",
    "\u2029": "styckebrytningstecken",
    "\u202f": "smalt hårt mellanslag",
    "\u2800": "tomt punktskriftstecken",
    "\u3000": "fullbrett mellanslag",
    "\u3164": "tomt utfyllnadstecken",
    "\u115f": "tomt utfyllnadstecken",
    "\u1160": "tomt utfyllnadstecken",
    "\uffa0": "tomt utfyllnadstecken",
}
_INVISIBLES: Final = {
    "\xad": "mjukt bindestreck",
    "\u034f": "osynligt sammanfogningstecken",
    "\u200b": "nollbrett mellanslag",
    "\u200c": "osynligt åtskillnadstecken",
    "\u200d": "osynligt sammanfogningstecken",
    "\u200e": "osynligt riktningstecken",
    "\u200f": "osynligt riktningstecken",
    "\u2060": "osynligt sammanfogningstecken",
    "\ufeff": "byteordningsmärke",
    "\ufffe": "ogiltigt tecken",
    "\uffff": "ogiltigt tecken",
    **dict.fromkeys(
        "\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "osynligt riktningstecken"
    ),
}
#: The blanks and invisible characters that have names; there are rarer ones.
NAMED_OUTER: Final = "".join((*_BLANKS, *_INVISIBLES))
_DASHES: Final = {
    "\u058a": "armeniskt bindestreck",
    "\u05be": "hebreiskt bindestreck",
    "\u02d7": "minustecken",
    "\u1806": "mongoliskt bindestreck",
    "\u2010": "typografiskt bindestreck",
    "\u2011": "hårt bindestreck",
    "\u2012": "sifferstreck",
    "\u2013": "tankstreck",
    "\u2014": "långt tankstreck",
    "\u2015": "långt tankstreck",
    "\u2043": "punktlistestreck",
    "\u2212": "minustecken",
    "\ufe58": "långt tankstreck",
    "\ufe63": "litet bindestreck",
}
_NAMED: Final = ((Sort.BLANK, _BLANKS, " "), (Sort.INVISIBLE, _INVISIBLES, ""), (Sort.DASH, _DASHES, "-"))
#: Visible format characters (category Cf), which cleaning leaves alone.
_SEEN_FORMAT: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")

#: Letters that only look like A-Z, by alphabet, above the letters that they resemble.
_LOOK_ALIKES: Final = {
    "kyrilliskt": (
        "АВЕЅІЈКМНОРСТУХҮԌԚԜԀЗаеорсухіѕјһԁԛԝү",
        "ABESIJKMHOPCTYXYGQWD3aeopcyxisjhdqwy",
    ),
    "grekiskt": ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹΟονικρυχαγ", "ABEZHIKMNOPTYXCOovikpuxay"),
    "armeniskt": ("ՕՏՍԼոսց", "OSULnug"),
}
_LOOK_ALIKE: Final = {
    char: (plain, alphabet)
    for alphabet, (chars, plains) in _LOOK_ALIKES.items()
    for char, plain in zip(chars, plains, strict=True)
} | {"ı": ("i", "turkiskt"), "ſ": ("s", "ålderdomligt")}


@lru_cache(maxsize=4096)
def character(char: str) -> Character:
    """Classify one character."""
    if "!" <= char <= "~":
        return Character(Sort.PLAIN, char, char)
    for sort, names, plain in _NAMED:
        if name := names.get(char):
            return Character(sort, name, plain)
    if "\uff01" <= char <= "\uff5e":
        folded = chr(ord(char) - 0xFEE0)
        return Character(Sort.FULL_WIDTH, f"fullbrett {folded}", folded)
    return _by_category(char)


def _by_category(char: str) -> Character:
    """Classify a character by its Unicode category."""
    category = unicodedata.category(char)
    if category == "Zs":
        return Character(Sort.BLANK, "typografiskt mellanslag", " ")
    if category == "Cc":
        return Character(Sort.INVISIBLE, "styrtecken", "")
    if category == "Cs":
        return Character(Sort.INVISIBLE, "ogiltigt tecken", "")
    if (category == "Cf" and char not in _SEEN_FORMAT) or unicodedata.name(char, "").startswith(
        "VARIATION SELECTOR"
    ):
        return Character(Sort.INVISIBLE, "osynligt tecken", "")
    return Character(Sort.PLAIN, char, char)


@lru_cache(maxsize=4096)
def look_alike(char: str) -> tuple[str, str]:
    """Return the A-Z, a-z or 0-9 that a character only looks like, and its alphabet: ('A', 'kyrilliskt').

    Digits of other scripts, mathematical letters and the like are 'främmande'. ('', '') for others, including
    å ä ö.
    """
    if char.isascii():
        return "", ""
    if known := _LOOK_ALIKE.get(char):
        return known
    if "\uff01" <= char <= "\uff5e":
        return "", ""
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) == 1 and plain.isascii() and plain.isalnum():
        return plain, "främmande"
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit), "främmande"
    return "", ""
