"""Judges the numbers of units that texts outside the rows state.

Findings: FLI054.
"""

from collections.abc import Collection, Sequence
from typing import Final

from underlag.findings import finding
from underlag.lazy_pattern import LazyPattern, has_digit
from underlag.profiles.words import folded, words
from underlag.profiles.words.remembered import remembered
from underlag.reading.account.context import Ledger
from underlag.workbook import Field

_NUMBERS: Final = ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_IN_WORDS: Final = frozenset(_NUMBERS)
_NUMBER: Final = rf"(?P<number>\d{{1,6}}|{'|'.join(_NUMBERS)})"
_UNITS: Final = r"(?:vård)?enhet(?:er(?:na)?)?|adressat(?:er)?|mottagning(?:ar)?|vårdcentral(?:er)?|rader"
#: Each count has one of these.
_COUNTABLE: Final = ("enhet", "adressat", "mottagning", "vårdcentral", "rader", "total", "summa", "antal")
_COUNT: Final = rf"{_NUMBER} (?:(?:st|stycken|nya|olika|logiska) )*(?:{_UNITS})"
#: 'Beställningen omfattar fyra nya vårdenheter', 'Underlag för våra 12 enheter'.
_COUNTED: Final = LazyPattern(
    r"\b(?:omfattar|gäller|avser|innehåller|består av|ska(?:ll)? vara|ska(?:ll)? bli|handlar om|rör sig om"
    r"|(?:underlag|beställning|list|fil|arbetsbok)\w* (?:för|med|på|över|om))"
    rf"(?: (?:totalt|sammanlagt|våra|de|alla))* {_COUNT}\b(?!,? (?:och|samt) \w+ [a-zåäö]*(?:{_UNITS}))"
).search
#: 'Totalt 9 enheter ska anslutas'.
_COUNTED_FIRST: Final = LazyPattern(
    rf"\b(?:totalt|sammanlagt) {_COUNT} (?:som )?(?:ska|skall|att|anslut\w*)\b"
).search
#: '12 enheter', 'Totalt 4 vårdenheter'.
_COUNT_ALONE: Final = LazyPattern(rf"(?:totalt |sammanlagt |summa )?{_COUNT}(?: totalt)?").fullmatch
#: 'Antal enheter 12', 'Totalt 12 st', 'Summa 12'.
_TOTALLED: Final = LazyPattern(
    rf"(?:totalt?|summa|antal)(?: antal)?(?: nya)?(?: logiska)?(?: (?:{_UNITS}))?(?: totalt)?"
    r" (?P<number>\d{1,6})"
    rf"(?: (?:st|stycken|{_UNITS}))?"
).fullmatch
#: 'Underlag för Värmland – 15 enheter', 'Beställning (15 vårdenheter)'.
_COUNTED_LAST: Final = LazyPattern(rf"\w.*[-–—,:(]\s*{_COUNT}\)?").fullmatch
#: A text with one of these counts something else than the order's units.
_NO_COUNT: Final = LazyPattern(
    r"\b(?:än|minst|högst|max\w*|till|över|under|om|vid|exempel|ex|per|varje|etapp|av|redan|övriga|återstående|kvar|eller|tidigare)\b"
).search


def judge_count(cells: Sequence[Field], counts: Collection[int], ledger: Ledger) -> None:
    """Ask about a row that states another number of units than there are.

    Args:
        cells: the filled cells of the row.
        counts: the numbers of units by all ways of counting, empty if unknown.
        ledger: collects the item and the finding.
    """
    stated = stated_count(" ".join([cell.text for cell in cells])) if counts else None
    if stated is None or stated in counts:
        return
    at = next((cell for cell in cells if any(map(str.isdigit, cell.text))), cells[0])
    ledger.ask_about(at, finding("FLI054", at, antal=stated, finns=max(counts)))


@remembered
def stated_count(text: str) -> int | None:
    """Return the number of units that a text states: 12 of 'Antal enheter: 12'; None if it states none."""
    plain = folded(text)
    if not _may_state_count(plain):
        return None
    found = _TOTALLED(plain) or _COUNT_ALONE(plain) or _COUNTED(plain) or _COUNTED_FIRST(plain)
    found = found or _COUNTED_LAST(text.casefold())
    if found is None or _NO_COUNT(plain) or words().denials.explains(text):
        return None
    number = found["number"]
    return int(number) if number.isdigit() else _NUMBERS.index(number) + 2


def _may_state_count(plain: str) -> bool:
    has_number = has_digit(plain) or not _IN_WORDS.isdisjoint(plain.split())
    return has_number and any(thing in plain for thing in _COUNTABLE)
