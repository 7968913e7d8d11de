"""Tidying of what a person cannot see in a cell, never silently: each change is told."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from underlag.characters.kinds import Sort, character, look_alike


class Cleaned(NamedTuple):
    """A tidied text, and what was done to it: phrases such as 'hårt mellanslag borttaget', each once."""

    text: str
    changes: tuple[str, ...] = ()


#: Texts that no tidying changes, so that the usual cell costs one match. The letters À to ſ are composed.
_TIDY_TEXT: Final = re.compile(r"(?:[!-~À-ſ]+(?: [!-~À-ſ]+)*)?").fullmatch
_TIDY_HSA_ID: Final = re.compile(r"(?:[#-&(-_{-~](?:[!-`{-~]*[#-&(-_{-~])?)?").fullmatch

#: What tells an id from a word: a digit or a hyphen.
_ID_LIKE: Final = re.compile(r"[0-9-]").search

#: How a phrase about a character ends.
_WHAT_BECAME: Final = {
    Sort.BLANK: "ersatt med mellanslag",
    Sort.INVISIBLE: "borttaget",
    Sort.DASH: "ersatt med bindestreck",
    Sort.FULL_WIDTH: "ersatt med vanligt ",
}

#: A character that may need tidying: all but a blank, what any keyboard writes, and composed letters.
_ODD: Final = re.compile(r"[^ -~À-ſ]")
_SPACES: Final = re.compile(" {2,}")
#: An id with blanks that split nothing: before, in or after the number, which may have letters for digits.
_LOOSE_ID: Final = re.compile(
    r"(?=(?:\D*\d){6})((?:SE|TST[A-Z]*)? ?[0-9OQDILZSB](?: ?[0-9OQDILZSB]){8,12}) ?- ?([^ ]+)", re.IGNORECASE
).fullmatch
_LOWER: Final = re.compile(r"[a-zåäö]+")

_OUTER: Final = (Sort.BLANK, Sort.INVISIBLE)
_OUTER_BLANK: Final = "mellanslag i början eller slutet borttaget"
_FOR_TEXT: Final = frozenset({Sort.BLANK, Sort.INVISIBLE})
_FOR_IDENTIFIER: Final = frozenset({Sort.BLANK, Sort.INVISIBLE, Sort.DASH, Sort.FULL_WIDTH})

#: What stands around a copied value: quotes, and the apostrophe that says 'text' to a spreadsheet.
_QUOTES: Final = "\"'`´‘’‚‛“”„‟«»‹›′″"
#: Those that never stand within a word.
_QUOTE_WITHIN: Final = frozenset(_QUOTES) - frozenset("'’")
_WITHOUT_QUOTES: Final = "citattecken eller apostrof runt värdet borttaget"
#: The last character that a TAK's database can store. Source: skltp/tak, MySQL's utf8 of three bytes.
_LAST_STORABLE: Final = "\uffff"

#: The one letter that composing would make a plain one of: it must stay, to be refused.
_KELVIN: Final = "\u212a"


def clean_text(raw: str) -> Cleaned:
    """Tidy a text for people (a name): outer white space, NBSP, zero-width, BOM, U+2028/2029, CR/LF; NFC.

    White space inside becomes one plain blank.
    """
    if _TIDY_TEXT(raw):
        return Cleaned(raw)
    text, changes = _tidy(raw, _FOR_TEXT)
    return _composed(text, changes)


def clean_identifier(raw: str) -> Cleaned:
    """Tidy an identifier: as clean_text, and typographic dashes become '-', full-width forms plain ones.

    Letters that only look right stay as they are: they are refused later. Lower case stays: see clean_hsa_id.
    White space inside stays as one plain blank, for in an address it is an error.
    """
    if raw.isascii() and _TIDY_TEXT(raw):
        return Cleaned(raw)
    text, changes = _tidy(raw, _FOR_IDENTIFIER)
    return _composed(text, changes)


def clean_hsa_id(raw: str) -> Cleaned:
    """As clean_identifier, and upper case, and without blanks in the number and around the hyphen.

    A blank elsewhere parts the id from something else (a remark, another id): it stays, to be refused, and
    such a text keeps its lower case, as does one that is only words.
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
    """As clean_text, and without quotes around the name and characters that a TAK cannot store.

    Quotes within a name stay, as does a pair around a part of it. Letters of mathematics become plain ones.
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
    """As clean_identifier, and without quotes around the value."""
    text, said = clean_identifier(raw)
    changes = list(said)
    return Cleaned(_unquoted(text, changes), tuple(changes))


def unstorable(text: str) -> bool:
    """Whether a text holds a character that a TAK cannot store: above U+FFFF, such as 🏥."""
    return not text.isascii() and max(text) > _LAST_STORABLE


def _storable(char: str) -> str:
    return char if char <= _LAST_STORABLE else look_alike(char)[0]


def _unstorable_named(text: str) -> list[str]:
    odd = {char: _storable(char) for char in text if char > _LAST_STORABLE}
    return [f"{char} ersatt med {plain}" if plain else f"{char} borttaget" for char, plain in odd.items()]


def _unquoted(text: str, changes: list[str]) -> str:
    """Return a text without the quotes around it; one of only quotes, or with others within, stays.

    An apostrophe before it goes also where none stands after it.
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
    """Return the text with the letters a to ö in upper case; upper() would change others too (ß, ı)."""
    return text.upper() if text.isascii() else _LOWER.sub(lambda letters: letters[0].upper(), text)


def _tidy(raw: str, sorts: frozenset[Sort]) -> tuple[str, list[str]]:
    """Return the text with every character of these sorts made plain, and phrases for what was done."""
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


def _without_odd(raw: str, sorts: frozenset[Sort], changes: dict[str, None]) -> str:
    """Take away what does not count at either end, and make what stands within plain; note each change."""
    start, end = 0, len(raw)
    while start < end and character(raw[start]).sort in _OUTER:
        start += 1
    while end > start and character(raw[end - 1]).sort in _OUTER:
        end -= 1
    for char in raw[:start] + raw[end:]:
        changes[_OUTER_BLANK if char == " " else f"{character(char).name} borttaget"] = None

    text = raw[start:end]
    for char in dict.fromkeys(_ODD.findall(text)):
        sort, name, plain = character(char)
        if sort in sorts:
            changes[f"{name} {_WHAT_BECAME[sort]}{plain if sort is Sort.FULL_WIDTH else ''}"] = None
            text = text.replace(char, plain)
    return text


def _composed(text: str, changes: list[str]) -> Cleaned:
    """Compose letters and their accents (NFC), and put the phrases together."""
    if not unicodedata.is_normalized("NFC", text):
        composed = _KELVIN.join(unicodedata.normalize("NFC", part) for part in text.split(_KELVIN))
        if composed != text:
            changes.append("bokstav och lös accent sammanfogade")
            text = composed
    return Cleaned(text, tuple(changes))


#: A character that may have to be named; ı and ſ among them, which only look like letters of ours.
_UNCLEAR: Final = re.compile(r"[^ -~À-İĲ-ž]")
#: Nothing to show: printable, each letter itself.
_VISIBLE: Final = re.compile(r"[!-~À-İĲ-ž]+(?: [!-~À-İĲ-ž]+)*").fullmatch
_WORDS: Final = re.compile(r"[A-Za-z0-9]").search


def visible(text: str) -> str:
    """Return the text with every invisible or misleading character named in Swedish: 'A‹hårt mellanslag›B'.

    A dash is misleading where no blank stands beside it, a foreign letter where the text also has plain ones.
    """
    return text if not text or _VISIBLE(text) else _made_visible(text)


@lru_cache(maxsize=32_768)  # what is odd in a workbook mostly stands in several of its sheets
def _made_visible(text: str) -> str:
    body = text.strip(" ")
    named = _named(body) if _UNCLEAR.search(body) else body
    if len(body) < len(text):
        before, after = text.split(body, 1) if body else (text, "")
        named = f"{before and _blanks(len(before))}{named}{after and _blanks(len(after))}"
    return _SPACES.sub(lambda run: _blanks(len(run[0])), named) if "  " in named else named


def _named(body: str) -> str:
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
    """Return a message with what cannot be seen in it shown by name; most have nothing of the kind."""
    return text if text.isprintable() else visible(text)
