"""Cleans cells of characters that a person cannot see, and returns a phrase for each change."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from underlag.characters.kinds import NAMED_OUTER, Sort, character, look_alike
from underlag.characters.short_texts import remembered_if_short
from underlag.lazy_pattern import LazyPattern


class Cleaned(NamedTuple):
    """A cleaned text, and the changes: phrases such as 'hårt mellanslag borttaget', each once."""

    text: str
    changes: tuple[str, ...] = ()


#: Texts that cleaning never changes, so that the usual cell costs one match. The letters À to ſ are composed.
_TIDY_TEXT: Final = re.compile(r"(?:[!-~À-ſ]+(?: [!-~À-ſ]+)*)?").fullmatch
_TIDY_HSA_ID: Final = re.compile(r"(?:[#-&(-_{-~](?:[!-`{-~]*[#-&(-_{-~])?)?").fullmatch

#: Distinguishes an id from a word: a digit or a hyphen.
_ID_LIKE: Final = LazyPattern(r"[0-9-]").search

#: How a phrase about a character ends.
_WHAT_BECAME: Final = {
    Sort.BLANK: "ersatt med mellanslag",
    Sort.INVISIBLE: "borttaget",
    Sort.DASH: "ersatt med bindestreck",
    Sort.FULL_WIDTH: "ersatt med vanligt ",
}

#: A character that may need cleaning: any but a blank, keyboard characters, and composed letters.
_ODD: Final = LazyPattern(r"[^ -~À-ſ]")
_SPACES: Final = LazyPattern(" {2,}")
#: An id with blanks that separate nothing: before, in or after the number, which may have letters for digits.
_LOOSE_ID: Final = LazyPattern(
    r"(?=(?:\D*\d){6})((?:SE|TST[A-Z]*)? ?[0-9OQDILZSB](?: ?[0-9OQDILZSB]){8,12}) ?- ?([^ ]+)", re.IGNORECASE
).fullmatch
_LOWER: Final = LazyPattern(r"[a-zåäö]+")

_OUTER: Final = (Sort.BLANK, Sort.INVISIBLE)
_OUTER_BLANK: Final = "mellanslag i början eller slutet borttaget"
_FOR_TEXT: Final = frozenset({Sort.BLANK, Sort.INVISIBLE})
_FOR_IDENTIFIER: Final = frozenset({Sort.BLANK, Sort.INVISIBLE, Sort.DASH, Sort.FULL_WIDTH})

#: Characters around a copied value: quotes, and the apostrophe that marks text in a spreadsheet.
_QUOTES: Final = "\"'`´‘’‚‛“”„‟«»‹›′″"
#: Those that never occur within a word.
_QUOTE_WITHIN: Final = frozenset(_QUOTES) - frozenset("'’")
_WITHOUT_QUOTES: Final = "citattecken eller apostrof runt värdet borttaget"
#: The last character that a TAK's database can store. Source: skltp/tak, MySQL's utf8 of three bytes.
_LAST_STORABLE: Final = "\uffff"

#: The only letter that composing would turn into a plain one: it must stay, to be rejected.
_KELVIN: Final = "\u212a"


def clean_text(raw: str) -> Cleaned:
    """Clean a text for people (a name): outer white space, NBSP, zero-width, BOM, U+2028/2029, CR/LF; NFC.

    Inner white space becomes one plain blank.
    """
    if _TIDY_TEXT(raw):
        return Cleaned(raw)
    text, changes = _tidy(raw, _FOR_TEXT)
    return _composed(text, changes)


def clean_identifier(raw: str) -> Cleaned:
    """Clean an identifier: like clean_text, with dashes as '-' and full-width forms as plain ones.

    Look-alike letters stay, and are rejected later. Lower case stays: see clean_hsa_id. Inner white space
    stays as one plain blank, because it is an error in an address.
    """
    if raw.isascii() and _TIDY_TEXT(raw):
        return Cleaned(raw)
    text, changes = _tidy(raw, _FOR_IDENTIFIER)
    return _composed(text, changes)


def clean_hsa_id(raw: str) -> Cleaned:
    """Clean like clean_identifier, with upper case, without blanks in the number and around the hyphen.

    A blank elsewhere separates the id from something else (a remark, another id): it stays, to be rejected.
    Such a text keeps its lower case, as does one of words alone.
    """
    if _TIDY_HSA_ID(raw):
        return Cleaned(raw)
    text, changes = _tidy(raw, _FOR_IDENTIFIER)
    text = _unquoted(text, changes)
    if " " in text and (found := _LOOSE_ID(text)):
        text = f"{found[1].replace(' ', '')}-{found[2]}"
        changes.append("mellanslag inuti borttaget")
    upper = _upper(text) if " " not in text and _ID_LIKE(text) else text
    if upper != text:
        changes.append("små bokstäver gjorda till stora")
    return _composed(upper, changes)


def clean_name(raw: str) -> Cleaned:
    """Clean like clean_text, without quotes around the name and characters that a TAK cannot store.

    Quotes within a name stay, as does a pair around a part of it. Mathematical letters become plain ones.
    """
    text, said = clean_text(raw)
    changes = list(said)
    if text[:1] in _QUOTES:
        text = _unquoted(text, changes)
    if unstorable(text):
        changes += _unstorable_named(text)
        text, _ = _tidy("".join(map(_storable, text)), _FOR_TEXT)
    return Cleaned(text, tuple(changes))


def clean_quoted(raw: str) -> Cleaned:
    """Clean like clean_identifier, without quotes around the value."""
    text, said = clean_identifier(raw)
    changes = list(said)
    return Cleaned(_unquoted(text, changes), tuple(changes))


def unstorable(text: str) -> bool:
    """Whether a text contains a character that a TAK cannot store: above U+FFFF, such as 🏥."""
    return not text.isascii() and max(text) > _LAST_STORABLE


def _storable(char: str) -> str:
    return char if char <= _LAST_STORABLE else look_alike(char)[0]


def _unstorable_named(text: str) -> list[str]:
    odd = {char: _storable(char) for char in text if char > _LAST_STORABLE}
    return [f"{char} ersatt med {plain}" if plain else f"{char} borttaget" for char, plain in odd.items()]


def _unquoted(text: str, changes: list[str]) -> str:
    """Return a text without the quotes around it; a text of quotes alone, or with others within, stays.

    A leading apostrophe is also removed when there is no trailing one.
    """
    if text[:1] not in _QUOTES and text[-1:] not in _QUOTES:
        return text
    inner = text.strip(f"{_QUOTES} ")
    marked_as_text = text[:1] == "'"
    if not _WORDS(inner) or (not marked_as_text and not _QUOTE_WITHIN.isdisjoint(inner)):
        return text
    changes.append(_WITHOUT_QUOTES)
    return inner


def _upper(text: str) -> str:
    """Return the text with the letters a to ö in upper case; upper() would change others, too (ß, ı)."""
    return text.upper() if text.isascii() else _LOWER.sub(lambda letters: letters[0].upper(), text)


def _tidy(raw: str, sorts: frozenset[Sort]) -> tuple[str, list[str]]:
    """Return the text with every character of these sorts made plain, and phrases for the changes."""
    changes: dict[str, None] = {}
    if _ODD.search(raw):
        text = _without_odd(raw, sorts, changes)
    else:
        text = raw.strip(" ")
        if len(text) < len(raw):
            changes[_OUTER_BLANK] = None
    if "  " in text:
        text = _SPACES.sub(" ", text)
        changes["flera mellanslag i rad ersatta med ett"] = None
    return text, list(changes)


@lru_cache(maxsize=16)  # a cell that is odd inside, too, is stripped again right away
def stripped(raw: str) -> Cleaned:
    """Return a text without blanks and invisible characters around it, and the changes."""
    text = raw.strip(NAMED_OUTER)
    start, end = 0, len(text)
    while start < end and character(text[start]).sort in _OUTER:
        start += 1
    while end > start and character(text[end - 1]).sort in _OUTER:
        end -= 1
    text = text[start:end]
    if len(text) == len(raw):
        return Cleaned(raw)
    start = raw.find(text)  # what comes before it holds no character that it may begin with
    around = dict.fromkeys(raw[:start] + raw[start + len(text) :])
    return Cleaned(text, _taken("".join(around)))


@lru_cache(maxsize=4096)  # the cells of a column mostly have the same characters around
def _taken(characters: str) -> tuple[str, ...]:
    """Return the phrases for characters that were taken away around a text."""
    phrases = (_OUTER_BLANK if char == " " else f"{character(char).name} borttaget" for char in characters)
    return tuple(dict.fromkeys(phrases))


def _without_odd(raw: str, sorts: frozenset[Sort], changes: dict[str, None]) -> str:
    """Strip insignificant characters at both ends, make inner ones plain, and record each change."""
    text, taken = stripped(raw)
    changes.update(dict.fromkeys(taken))
    for char in dict.fromkeys(_ODD.findall(text)) if _ODD.search(text) else ():
        sort, name, plain = character(char)
        if sort in sorts:
            changes[f"{name} {_WHAT_BECAME[sort]}{plain if sort is Sort.FULL_WIDTH else ''}"] = None
            text = text.replace(char, plain)
    return text


def _composed(text: str, changes: list[str]) -> Cleaned:
    """Compose letters and their accents (NFC), and collect the phrases."""
    if not unicodedata.is_normalized("NFC", text):
        composed = _KELVIN.join(unicodedata.normalize("NFC", part) for part in text.split(_KELVIN))
        if composed != text:
            changes.append("bokstav och lös accent sammanfogade")
            text = composed
    return Cleaned(text, tuple(changes))


#: A character that may have to be named, including ı and ſ, which only look like letters of ours.
_UNCLEAR: Final = LazyPattern(r"[^ -~À-İĲ-ž]")
#: Texts with nothing to name: printable, each letter itself.
_VISIBLE: Final = LazyPattern(r"[!-~À-İĲ-ž]+(?: [!-~À-İĲ-ž]+)*").fullmatch
_WORDS: Final = LazyPattern(r"[A-Za-z0-9]").search


def visible(text: str) -> str:
    """Return the text with every invisible or misleading character named in Swedish: 'A‹hårt mellanslag›B'.

    A dash is misleading unless it has a blank next to it, a foreign letter if the text also has plain ones.
    """
    return text if not text or _VISIBLE(text) else _made_visible(text)


def are_visible(texts: Iterable[str]) -> bool:
    """Whether texts have nothing to name; one look at all of them shows it."""
    together = " ".join(filter(None, texts))
    return not together or _VISIBLE(together) is not None


@remembered_if_short(32_768)  # odd texts mostly occur in several sheets of a workbook
def _made_visible(text: str) -> str:
    """Name the characters of a text that needs it, and count runs of blanks."""
    body = text.strip(" ")
    named = _named(body) if _UNCLEAR.search(body) else body
    if len(body) < len(text):
        before, after = text.split(body, 1) if body else (text, "")
        named = f"{before and _blanks(len(before))}{named}{after and _blanks(len(after))}"
    return _SPACES.sub(lambda run: _blanks(len(run[0])), named) if "  " in named else named


def _named(body: str) -> str:
    """Name the unclear characters of a text."""
    mixed = _WORDS(body) is not None
    if " " in body:
        return _UNCLEAR.sub(
            lambda odd: _shown(odd[0], body[max(odd.start() - 1, 0) : odd.end() + 1], mixed=mixed), body
        )
    for char in dict.fromkeys(_UNCLEAR.findall(body)):
        body = body.replace(char, _shown(char, "", mixed=mixed))
    return body


def _blanks(count: int) -> str:
    return "‹mellanslag›" if count == 1 else f"‹{count} mellanslag›"


@lru_cache(maxsize=4096)
def _shown(char: str, neighbours: str, *, mixed: bool) -> str:
    """Return a character, or its name in angle quotes if it is invisible or misleading."""
    sort, name, _plain = character(char)
    if sort is Sort.DASH:
        return char if " " in neighbours else f"‹{name}›"
    if sort is not Sort.PLAIN:
        return f"‹{name}›"
    if unicodedata.combining(char):
        return "‹lös accent›"
    plain, alphabet = look_alike(char)
    return f"‹{alphabet} {plain}›" if plain and mixed else char


def shown(text: str) -> str:
    """Return a message with its invisible characters named; most have none."""
    return text if text.isprintable() else visible(text)
