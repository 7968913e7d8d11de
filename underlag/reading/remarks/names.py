"""Recognises names of units that are closed or for tests, and names with a note about the row."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words import words
from underlag.reading.remarks.name_notes import former_among, notes_in, units_added_in
from underlag.regions.mentions import other_regions

#: Words for a unit that is closed or about to be, and remarks that are no part of a name. Compiled for the
#: first name that contains one of `_CLOSED_PARTS`: most workbooks have none.
_CLOSED: Final = (
    r"\b(?:ned ?lag[dt]a?|ned ?läggs|läggs? ne[dr]|avsluta(?:d|t|s|de)?|avveckla(?:d|t|s|de)?"
    r"|upphör(?:t|d|de)?|stäng(?:d|t|s|er|de|des)|utgår|utgått|(?:tas?|tag|ska) bort"
    r"|inaktiv(?:erad|t)?|ej i drift"
    r"|nedläggning(?:en|s)?|lad(?:es|e) ne[dr]|lagts ne[dr]|vilande|makulera[dts]+|radera[dts]+|gammal"
    r"|ersatt?s? av|ersätts|sammansl(?:agen|agits|ås)|uppgå(?:r|tt) i|flytta[drts]+ till|borttag(?:en|its|et)"
    r"|(?:t\.? ?o\.? ?m\.?|till och med|fr\.? ?o\.? ?m\.?|från(?: och med)?) ?"
    r"(?:20[0-9]{2}|[0-9]{6}|[0-9]+/[0-9]+"
    r"|(?:[0-9]+ )?(?:jan|feb|mars|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zåäö]*"
    r"|vecka|v\.? ?[0-9]+|hösten|våren|sommaren|vintern|årsskiftet|nyår)"
    r"|öppnar|pausa(?:d|t|s)|fel (?:hsa|id)|gäller till"
    r"|(?:används|gäller|aktiv) (?:ej|inte)"
    r"|(?:ej|inte) (?:aktiv|aktuell|giltig|i bruk|längre|med|klar|takas|beställas|öppen|öppnad|startad)"
    r"|(?:beställ\w*|anslut\w*|ska(?:ll)?|tas) (?:ej|inte)"
    r"|byter (?:namn|hsa)|avvakta\w*|väntar? (?:med|på)|obs(?=[!:])"
    r"|flyttar|flyttas|dubblett(?:er)?|gamla(?=\)|$)|(?:ej|inte) (?:beslutat?|bekräftad|godkänd|färdig))\b"
    r"|\?{2,}|\?$|^\(.*\)$|[✗✘❌✖🚫]"
    r"|^x\s(?=\w)|\s(?:=|→|->)\s?\w.*|^(?:namn(?:et)? )?(?:kommer|okän[dt]|saknas)\b"
    r"|^(?:ska(?:ll)? heta|hette)\b"
    # The mark of a footnote: 'Vårdcentralen Rud*', 'Vårdcentralen Rud ¹⁾', 'Vårdcentralen Rud 1)'.
    r"|[*†‡¹²³⁴⁵⁶⁷⁸⁹]+[)⁾]?$|^[^(]*\s([0-9]\))$|!+$"
)
#: A word for a unit that is none, in a name of production: 'TEST Vårdcentralen', 'Rud (QA)'.
_FOR_TESTS: Final = LazyPattern(
    r"(?<![-\w])test(?:enhet|vårdcentral|mottagning|avdelning|klinik|vårdenhet)?(?:en)?(?![-\w])"
    r"|(?<!\w)(?:exempel\w*|fiktiv\w*|dummy\w*|demo(?:enhet\w*)?(?!\w))|(?<![-\w])(?-i:QA)(?![-\w])",
    re.IGNORECASE,
).search
#: The same in the name of a system. One with 'test' may be in use.
_EXAMPLE: Final = LazyPattern(r"(?<!\w)(?:exempel\w*|fiktiv\w*)", re.IGNORECASE).search
_PARTS_OF_EXAMPLES: Final = ("exempel", "fiktiv")
#: A region in a name, from the word for its kind on, or alone in parentheses.
_REGION: Final = LazyPattern(
    r"(?:region|landsting)\w*\s[^()\[\],;]*|(?<=\()[^()\[\],;]+(?=\))", re.IGNORECASE
).search
_PARTS_FOR_TESTS: Final = ("test", "qa", "demo", "dummy", *_PARTS_OF_EXAMPLES)
#: Every match of `_CLOSED` contains one of these when folded. None has an i, which İ matches but does not
#: fold to.
_CLOSED_PARTS: Final = (
    *("lagd", "lagt", "lägg", "avslut", "avveckl", "upphör", "stäng", "utgå"),
    *("bort", "nakt", "ej", "nte", "byter", "avvakt", "vänta", "obs", "?", "lade", "lagts", "lande", "mak"),
    *("rader", "gammal", "gamla", "ersat", "ersätts", "sammansl", "uppgå", "flytta", "dubblett"),
    *("öppnar", "pausa", "fel ", "gäller t", "ll och", "tom", "to m", "to.", "t.o", "t. o", "t o"),
    *("from", "fro m", "fro.", "fr.", "fr o", "från"),
    *("(", "✗", "✘", "❌", "✖", "🚫"),
    *(
        "=",
        "→",
        "->",
        "x",
        "kommer",
        "okän",
        "saknas",
        "heta",
        "hette",
        "!",
        ")",
        "⁾",
        "*",
        "†",
        "‡",
        *"¹²³⁴⁵⁶⁷⁸⁹",
    ),
)


@lru_cache(maxsize=1)  # mostly all sheets have the same names
def remarks_among(
    names: frozenset[str], contracts: tuple[str, ...], *, production: bool
) -> Mapping[str, str]:
    """Return the names that say more than what the unit is called, each with the words for that.

    Args:
        names: distinct names of units.
        contracts: names of the contracts that may be ordered.
        production: whether the order is for production, where a unit for tests is unusual.
    """
    folded = "\n".join(names).casefold()  # one look over all of them, for hardly a workbook has such names
    found = (
        units_added_in(names)
        | former_among(names)
        | notes_in(names, contracts)
        | _closed_among(names, folded)
    )
    if production and any(part in folded for part in _PARTS_FOR_TESTS):
        found |= {name: test[0] for name in names if (test := _FOR_TESTS(name))}
    return found


def regions_among(names: frozenset[str], region: str) -> Mapping[str, str]:
    """Return the names that state another region or country than the one that orders, each with those words.

    Args:
        names: distinct names of units.
        region: the region that orders, under any of its names, '' if unknown.
    """
    together = "\n".join(names).casefold()
    if not any(sign in together for sign in ("region ", "landsting", "(")):
        return {}
    stated = ((name, _REGION(name)) for name in names)
    return {
        name: found[0].strip()
        for name, found in stated
        if found and (other_regions(found[0], region) or words().remarks.names_abroad(found[0]))
    }


@lru_cache(maxsize=4)  # as above, in all workbooks of a region
def remarks_among_systems(names: frozenset[str], *, production: bool) -> Mapping[str, str]:
    """Return the names of systems that say more than what the system is called, each with the words for that.

    Args:
        names: distinct names of systems.
        production: whether the order is for production, where an example is unusual.
    """
    # "Region -- System" is the usual form; only another sign parts a note, whose pattern is long to compile.
    plain = {name.replace(" -- ", " "): name for name in names}
    found = {plain[name]: note for name, note in notes_in(plain.keys(), ()).items()}
    found |= _closed_among(names, "\n".join(names).casefold())
    if production:
        likely = [name for name in names if any(part in name.casefold() for part in _PARTS_OF_EXAMPLES)]
        found |= {name: example[0] for name in likely if (example := _EXAMPLE(name))}
    return found


def _closed_among(names: Iterable[str], folded: str) -> dict[str, str]:
    """Return those of the names whose unit is closed or will be, each with the words for that.

    Args:
        names: the names.
        folded: all of them together, casefolded.
    """
    words = "\n".join(set(folded.split()))  # names share most of them
    parts = [part for part in _CLOSED_PARTS if part in (folded if " " in part else words)]
    if not parts:
        return {}
    # An error value is reported as such: '#REF!'.
    likely = [name for name in names if name[:1] != "#" and any(map(name.casefold().__contains__, parts))]
    found = ((name, re.search(_CLOSED, name, re.IGNORECASE)) for name in likely)
    return {name: closed[1] or closed[0] for name, closed in found if closed}
