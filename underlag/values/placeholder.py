"""Recognises placeholders for values that are unknown, still to come or stated elsewhere."""

import re
from functools import lru_cache
from typing import Final

from underlag.lazy_pattern import LazyPattern, begins_with, has_letter

_LATER: Final = (
    r"(?:kommer|återkommer|meddelas|skickas|fylls? i|ange?s|läggs in|(?:in)?väntar(?:s| på)?"
    r"|avvaktar|begärs|beställs|söks|inväntas)"
    r"(?: (?:senare|sen|in|på|besked|snart|att|separat|nummer|ärendenummer|svar|från|inera|kundservice))*"
)
_UNKNOWN: Final = (
    r"n[./]?a|tbd|tba|tbc|todo|xx+|okän[dt]|saknas|ingen|inget|finns (?:ej|inte)|(?:ej|inte|icke) "
    r"(?:klart?|känt|känd|aktuellt?|relevant|angiven|angivet|tillämpligt?|bestäm[dt]|utsedd|tillsatt)"
    r"|vet (?:ej|inte)|(?:att )?kompletteras(?: senare)?"
    r"|null|none|nan|(?:att )?fylla? i\b.*|platshållar\w+"
)
_ELSEWHERE: Final = (
    r"(?:se|enligt|lika|samma)(?: (?:som|i|på))? (?:ovan(?:stående)?|nedan|ovanför"
    r"|föregående\b.*|förra\b.*|tidigare\b.*|mejl\w*|mail\w*|bilaga\w*|bifoga\w*|flik\w*\b.*|beställar\w+|huvudansvarig\w*|teknisk\w*\b.*)"
    r"|samma(?: person| nummer| adress)?|dito|d:o|idem|ovan(?:stående|för)?"
    r"|(?:=|enl\.?|så som|såsom|lika med) ?(?:ovan\w*|beställar\w+|huvudansvarig\w*)"
)
#: With the letters of a case number before it: TSK-XXXXX, CS?.
_PLACEHOLDER: Final = LazyPattern(
    rf"[\W\d_]*(?:(?:cs|inc|bs|tff|tsk)?[\W_]*(?:xx+|nn+|\?+)|(?:cs|inc|bs|tff|tsk)[\W_]*|{_LATER}|{_UNKNOWN}|{_ELSEWHERE})?"
    r"[\W_]*",
    re.IGNORECASE,
).fullmatch
#: How those with letters begin. A text that begins otherwise, as nearly all do, needs no pattern.
_BEGINNINGS: Final = (
    *("cs", "inc", "bs", "tff", "tsk", "xx", "nn"),
    *("kommer ", "återkommer ", "meddelas ", "skickas ", "fyll", "ang", "läggs ", "in", "väntar "),
    *("avvaktar ", "begärs ", "beställs ", "söks "),
    *("n ", "na ", "tb", "todo ", "okän", "saknas ", "finns ", "ej ", "icke ", "vet ", "att "),
    *("komplettera", "null ", "none ", "nan ", "platshållar"),
    *("se ", "enl", "lika ", "samma ", "dito ", "d ", "idem ", "ovan", "så ", "såsom"),
)
_NOTHING: Final = LazyPattern(
    r"[\W_]*(?:ingen|inga|inget|nej|saknas|n[./]?a|finns (?:ej|inte)|(?:ej|inte) aktuellt)?[\W_]*",
    re.IGNORECASE,
).fullmatch
#: Maximum length of a placeholder.
_LONGEST: Final = 100
_DIGIT: Final = re.compile("[0-9]").search
#: Instructions and titles in place of a person's name, address or number.
_INSTRUCTION: Final = LazyPattern(
    r"(?:kontakta|ring|mejla|maila|fråga|hör med|hänvisa\w*|via|går via)(?:\s.*)?"
    r"|.*\W(?:kontakta|hör med)\s.*"
    r"|<[^@]*>|\[[^@]*\]|växeln?|n\.? ?n\.?"
    r"|(?:vakant|utses|under (?:rekrytering|tillsättning)|semester)\b[^@]*"
    r"|(?:för|efter)?namn(?: (?:och )?(?:efter)?namn\w*)?|för- och efternamn|x|0+"
    r"|(?:fylls? i|anges|läggs in) av\b.*|beställare[ns]?|huvudansvarig[ae]?"
    r"|teknisk (?:kontaktperson|support)"
    r"|(?:se|enligt|samma som)(?: på)? (?:rad|cell|ruta|fält|punkt|kolumn|flik\w*|blad|sida|[a-z]{1,2}) ?\d+"
    r"|(?:x{3,}|n{3,}|namn|(?:för|f[oö]r)namn\.efternamn)@.*|[\d\W]*x{3,}[\d\Wx]*",
    re.IGNORECASE | re.DOTALL,
).fullmatch
#: How those begin that have none of the words that `_is_instruction` looks for.
_INSTRUCTION_BEGINNINGS: Final = (
    *("kontakta", "ring", "mejla", "maila", "fråga", "hör med", "hänvisa", "via", "går via", "växel"),
    *("nn", "n.", "n n", "vakant", "utses", "under ", "semester", "<", "[", "x"),
    *("för-", "förnamn", "fornamn", "efternamn", "namn", "beställare", "huvudansvarig", "teknisk "),
    *("fyll", "anges av", "läggs in", "se ", "enligt ", "samma som "),
)


@lru_cache(maxsize=256)
def is_placeholder(text: str) -> bool:
    """Whether a text is a placeholder: 'se ovan', 'N/A', 'kommer', 'XXXXX', '-'. Empty text is not."""
    text = text.strip()
    if not 0 < len(text) <= _LONGEST or _DIGIT(text):
        return False
    if has_letter(text) and "=" not in text and not begins_with(_BEGINNINGS, text):
        return False
    return _PLACEHOLDER(text) is not None


def is_nothing(text: str) -> bool:
    """Whether a text says that there is nothing to state: '-', 'Ingen', 'Inget', 'N/A'."""
    return _NOTHING(text.strip()) is not None


@lru_cache(maxsize=256)
def is_no_contact(text: str) -> bool:
    """Whether a text is a placeholder, or an instruction ('kontakta IT') or title instead of a contact."""
    return is_placeholder(text) or _is_instruction(text.strip())


def _is_instruction(text: str) -> bool:
    plain = text.casefold()
    may_be_one = (
        plain.startswith(_INSTRUCTION_BEGINNINGS)
        or any(word in plain for word in ("kontakta", "hör med", "xxx"))
        or not plain.strip("0")
    )
    return may_be_one and _INSTRUCTION(text) is not None
