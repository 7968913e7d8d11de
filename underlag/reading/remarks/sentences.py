"""Judges sentences of free texts: whether one may mean another order than the workbook's.

A sentence may do so if it mentions a unit, row, sheet, column, id or address, or if it has a word that
denies, postpones, limits, changes, corrects, extends or refers elsewhere. One that repeats a cell, describes
a unit, names whom to ask or explains how to fill in the workbook does not.
"""

import re
from itertools import filterfalse
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from underlag.lazy_pattern import LazyPattern, begins_with, has_digit
from underlag.profiles.words import words
from underlag.profiles.words.remembered import remembered
from underlag.reading.cells.identifiers import addresses_within, ids_within
from underlag.reading.remarks.days import without_own_time
from underlag.reading.remarks.units import MentionedUnits
from underlag.values.action import plain_action

#: The end of a sentence: a sign before a capital letter or digit, but not after 'f.d.'; or the end of a line.
_END: Final = LazyPattern(r"(?<=[.!?;])(?<!\.[a-zåäö]\.)\s+(?=[A-ZÅÄÖ0-9])|\n+")
#: A row, sheet or column by its number or letter.
_PLACE: Final = LazyPattern(
    r"\b(?:rad(?:en|er|erna)?|flik(?:en|ar|arna)?|blad(?:et)?|row|sheet|tab) ?\d{1,5}\b"
    r"|\b(?:kolumn(?:en)?|column) [A-Z]\b",
    re.IGNORECASE,
).search
_NUMBERS: Final = LazyPattern(r"[0-9]+").findall
_PLACES: Final = ("rad", "flik", "blad", "row", "sheet", "tab", "column", "kolumn")
#: A list that is a part of one: '(1 av 2)', 'del 1/2'.
_PART: Final = LazyPattern(
    r"\W*(?:(?:del|blad|flik|lista|fil|part|sheet)\w* )?(\d{1,2}) ?(?:av|/|of) ?(\d{1,2})\W*", re.IGNORECASE
).fullmatch
#: The port of an address: 'Port 50002', 'Porten är 8443'.
_PORT: Final = LazyPattern(
    r"\bport(?:en|nr|nummer|numret)?\s*(?:är|blir|:|=|nr)?\s*(\d{3,5})\b", re.IGNORECASE
).search
#: Hosts of pages to read, not to call.
_PAGES: Final = ("inera.se", "inera.atlassian.net", "rivta.se")
#: Whom to ask, who filled in, where and when.
_CONTACT: Final = LazyPattern(
    r"\W*(?:kontakt\w*|frågor|vid frågor|ifyll\w*|upprättad?|godkän[dt] av|signatur|underskrift|ort och datum"
    r"|källa|hälsningar|mvh|contact|questions)\b|.*\b[\w.]+@[\w.]+"
    r"|\W*[^\W\d]+(?: [^\W\d]+)?,? (?:den )?(?:20\d\d-\d\d-\d\d|\d{1,2} [a-zåäö]{3,9} 20\d\d)",
    re.IGNORECASE | re.DOTALL,
).match
#: How those begin that have neither an address nor a date of this century.
_CONTACT_BEGINNINGS: Final = (
    *("kontakt", "frågor ", "vid ", "ifyll", "upprätta", "godkän", "signatur ", "underskrift "),
    *("ort ", "källa ", "hälsningar ", "mvh ", "contact ", "questions "),
)
#: Maximum words of a text that names an action, as cells to choose from do: 'Lägg till'.
_MOST_WORDS_OF_ACTION: Final = 3
#: A longer text is not searched.
_LONGEST: Final = 2_000


@remembered
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text."""
    if "\n" not in text and not any(sign in text for sign in (". ", "! ", "? ", "; ")):
        return (text,)
    return tuple(part for part in map(str.strip, _END.split(text)) if part)


def may_change_order(text: str, units: MentionedUnits) -> bool:
    """Whether a free text may mean another order than the workbook's.

    Args:
        text: the text.
        units: the units and other values that are ordered.
    """
    if len(text) > _LONGEST:
        return False
    free = _free(text)
    return free.denies or any(
        _is_asked(sentence, meant, units, explained=free.explains) for sentence, meant in free.sentences
    )


class _Meant(NamedTuple):
    """What a sentence says whatever is ordered.

    Attributes:
        changes: whether it denies, postpones, limits, changes, corrects or extends something.
        explains: whether it explains how to fill in the workbook.
        instructs: whether it begins as an instruction does.
        place: whether it names a row, sheet or column, or says that the list is a part of one.
        scope: whether it says for whom something is.
        ids: its ids.
        addresses: its addresses, without those of pages to read.
        port: the port that it states, '' for none.
    """

    changes: bool
    explains: bool
    instructs: bool
    place: bool
    scope: bool
    ids: tuple[str, ...]
    addresses: tuple[str, ...]
    port: str


@remembered
def _meant(sentence: str) -> _Meant:
    remarks, reservations = words().remarks, words().reservations
    return _Meant(
        remarks.changes_order(sentence),
        reservations.explains(sentence),
        reservations.instructs(sentence),
        _names_place(sentence) or _is_part(sentence),
        remarks.states_scope(sentence),
        tuple(ids_within(sentence)),
        tuple(filterfalse(is_page, addresses_within(sentence))) if "://" in sentence else (),
        port_in(sentence),
    )


class _Free(NamedTuple):
    """What a free text says whatever is ordered.

    Attributes:
        denies: whether it is a denial alone.
        explains: whether it explains how to fill in the workbook.
        sentences: its sentences that may change an order, with what each says.
    """

    denies: bool
    explains: bool
    sentences: tuple[tuple[str, _Meant], ...]


@remembered
def _free(text: str) -> _Free:
    if len(text.split()) <= _MOST_WORDS_OF_ACTION and plain_action(text):
        return _Free(denies=False, explains=False, sentences=())
    explains = words().reservations.explains(text)
    parts = tuple((sentence, _meant(sentence)) for sentence in sentences(text))
    return _Free(words().remarks.denies_alone(text), explains, parts)


def _is_asked(sentence: str, meant: _Meant, units: MentionedUnits, *, explained: bool) -> bool:
    """Whether a sentence is asked about; of a text that explains, only what is about units and rows.

    Args:
        sentence: the sentence.
        meant: what it says whatever is ordered.
        units: the units and other values that are ordered.
        explained: whether the text explains how to fill in the workbook.
    """
    if words().remarks.is_plain(sentence) and (not meant.place or units.have_sheets(_numbers(sentence))):
        return False
    if meant.changes and units.day:
        meant = meant._replace(changes=words().remarks.changes_order(without_own_time(sentence, units.day)))
    if meant.explains:
        return meant.changes and (units.are_meant_by(sentence) or _is_trial(sentence))
    if meant.instructs:
        return units.are_meant_by(sentence) and (meant.changes or not is_contact(sentence))
    if explained:
        about_place = meant.changes and (meant.place or _is_trial(sentence))
        return about_place or _is_about_unit(sentence, units)
    return (
        meant.changes
        or meant.place
        or _names_other_value(sentence, meant, units)
        or (bool(meant.port) and not units.have_port(meant.port))
        or (meant.scope and units.are_of_other_region(sentence))
        or _is_about_unit(sentence, units)
    )


def names_unknown_unit(text: str, units: MentionedUnits) -> bool:
    """Whether a text, which is no instruction and says not whom to ask, names a unit that is not ordered."""
    if len(text) > _LONGEST or words().reservations.explains(text) or words().reservations.instructs(text):
        return False
    return any(units.lack_unit_of(one) and not is_contact(one) for one in sentences(text))


def _is_trial(sentence: str) -> bool:
    """Whether a sentence says that the workbook is a trial; an instruction says what to do with one."""
    known = words()
    return known.remarks.is_trial(sentence) and not known.reservations.instructs(sentence)


def _is_part(sentence: str) -> bool:
    """Whether a sentence says that there is more than this list; one of two, not one of one."""
    found = _PART(sentence) if has_digit(sentence) else None
    return found is not None and 0 < int(found[1]) <= int(found[2]) != 1


def _is_about_unit(sentence: str, units: MentionedUnits) -> bool:
    if not units.are_meant_by(sentence) or is_contact(sentence):
        return False
    remarks = words().remarks
    if not remarks.only_describes(sentence):
        return True
    return remarks.names_abroad(sentence) or units.are_of_other_region(sentence)


def _names_place(sentence: str) -> bool:
    plain = sentence.casefold()
    may_be_one = has_digit(sentence) or "olumn" in plain
    return may_be_one and any(word in plain for word in _PLACES) and _PLACE(sentence) is not None


def names_further_sheet(sentence: str, count: int) -> bool:
    """Whether a sentence names a row, column or sheet by a number beyond those of the profile's sheets.

    Args:
        sentence: the sentence.
        count: the number of the profile's sheets.
    """
    return _names_place(sentence) and not all(0 < number <= count for number in _numbers(sentence))


def _numbers(sentence: str) -> list[int]:
    return list(map(int, _NUMBERS(sentence)))


def _names_other_value(sentence: str, meant: _Meant, units: MentionedUnits) -> bool:
    """Whether a sentence has an id or address that no cell has."""
    if any(not units.have(found) for found in meant.ids):
        return not is_contact(sentence)
    return any(not units.have(found) for found in meant.addresses)


def port_in(sentence: str) -> str:
    """Return the port that a sentence states, '' for none."""
    found = _PORT(sentence) if has_digit(sentence) and "port" in sentence.casefold() else None
    return found[1] if found else ""


def is_contact(text: str) -> bool:
    """Whether a text says whom to ask, or who filled in the workbook."""
    may_be_one = "@" in text or "20" in text or begins_with(_CONTACT_BEGINNINGS, text)
    return may_be_one and _CONTACT(text) is not None


def is_page(address: str) -> bool:
    """Whether an address is a page to read."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return host.startswith("www.") or host.endswith(_PAGES)
