"""Notes in names of units, in parentheses or after a dash or comma: 'Byn 3 (på is)', 'Byn 3 - redan TAKad'.

What belongs to a name says what or where the unit is: '(BVC)', '(f.d. Åsen)'. A note says what to do
with the row: it has a word that denies or limits, a verb of ordering or waiting, a time or a contract.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from underlag.lazy_pattern import LazyPattern

#: What a name with a note has.
_SIGN: Final = re.compile(r"[(\[{,;:\n]| [-–—/]").search
_PARTS: Final = LazyPattern(
    r"[(\[{]([^)\]}]*)(?:[)\]}]|$)|(?:\s[-–—/]+\s*|[,;:]\s|\n)([^(\[{,;\n]*?)(?=\s[-–—/]|[,;:(\[{\n]|$)"
).finditer
_DENIES: Final = r"inte|ej|icke|inget|inga|aldrig|not|no|never|don.?t|förrän|nej"
_LIMITS: Final = (
    r"endast|bara|enbart|utom|förutom|undantag\w*|exkl\w*|också|även|only|except|exclude\w*|include\w*|plus"
)
_DOES: Final = (
    r"tas|tagas|beställ\w*|tak(?:a|as|ad|ade|at|ats|ning\w*)|anslut\w*|invänta\w*|vänta\w*|avvakta\w*|paus\w*"
    r"|parkera\w*|hopp(?:a|as|ar)|slopa\w*|stryk\w*|struke[nt]|utgå\w*|avslut\w*|avbeställ\w*|avveckl\w*|vila\w*"
    r"|flytt(?:a|as|ar|at|ad|ade|ats)|byt(?:er|s|ts|t|te)|kommer|körs?|ring|kolla\w*|dubbelkoll\w*"
    r"|kontrollera\w*|verifiera\w*|kompletter\w*|utred\w*|beslut\w*|godkän\w*|behöv(?:s|er|as)|returnera\w*"
    r"|släck\w*|sammansl\w*|ersätt\w*|läggs?|dras|görs?|öppn(?:ar|as)|startar?|stängs?|stänger|makuler\w*"
    r"|avbr[uy]t\w*|ångra\w*|fråga\w*|återkom\w*|meddela\w*|ska|skall|bör|måste|finns|saknas"
    r"|skip\w*|wait\w*|hold|paused|pending|remove\w*|delete\w*|order\w*"
)
_TIMES: Final = (
    r"senare|nästa|sedan|först|sist|ännu|än|tills|redan|snart|omgång\w*|etapp\w*|höst(?:en)?|våren|sommaren|vintern"
    r"|årsskiftet|semester\w*|later|next|yet|until"
    r"|20[2-9]\d(?:-\d\d){0,2}|\d{1,2}/\d{1,2}|v\.? ?\d{1,2}|vecka \d{1,2}"
    r"|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
)
_STATES: Final = (
    r"klar\w*|oklar\w*|osäker\w*|kanske|ev\.?|eventuell\w*|prel\w*|på (?:is|gång)|inaktiv\w*|pilot\w*"
    r"|gamla? \w+|fel \w+|(?:nya?|annan) adress\w*|eget avtal|annat system|annan leverantör"
)
_NOTE: Final = LazyPattern(
    rf"(?<!\w)(?:{_DENIES}|{_LIMITS}|{_DOES}|{_TIMES}|{_STATES})(?!\w)", re.IGNORECASE
).search
#: The beginning of a contract's name: two words in one.
_CONTRACT: Final = LazyPattern(r"(?<!\w)[A-Z][a-zé]{2,}[A-Z][a-z]+\w*").findall


def notes_in(names: Iterable[str], contracts: Iterable[str]) -> dict[str, str]:
    """Return the names with a note, each with it.

    Args:
        names: names of units.
        contracts: names of the contracts that may be ordered.
    """
    known = [contract.casefold() for contract in contracts]
    return {name: note for name in filter(_SIGN, names) if (note := next(_notes(name, known), ""))}


def _notes(name: str, contracts: list[str]) -> Iterator[str]:
    for found in _PARTS(name):
        part = (found[1] or found[2] or "").strip()
        named = (word.casefold() for word in _CONTRACT(part))
        if _NOTE(part) or any(contract.startswith(word) for word in named for contract in contracts):
            yield part
