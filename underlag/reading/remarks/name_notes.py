"""Notes in names of units: 'Byn 3 (på is)', 'Byn 3 - redan TAKad', 'Byn 3 ej ansluten'.

They are in parentheses, after a dash or comma, or begin with a word that no name has.

What belongs to a name says what or where the unit is: '(BVC)', '(f.d. Åsen)'. A note says what to do
with the row: it has a word that denies or limits, a verb of ordering or waiting, a time or a contract.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words import folded, words

#: What a name with a note has, each of them, and any of them.
_SIGNS: Final = ("(", "[", "{", ",", ";", ":", "\n", " -", " –", " —", " /")
_SIGN: Final = re.compile(r"[(\[{,;:\n]| [-–—/]").search
#: How the words begin that make what follows a note even without a sign, casefolded, each after a blank.
_WORDS: Final = (
    *(
        " ej ",
        " inte ",
        " icke ",
        " saknar ",
        " vänta",
        " invänta",
        " avvakta",
        " kolla ",
        " kanske ",
        " prel",
    ),
    *(" tbd ", " oklar", " osäker", " utkast", " utan ", " kör ", " nytt ", " nya id", " etapp ", " omgång "),
    *(
        " våg ",
        " del ",
        " ok ",
        " okej ",
        " snart ",
        " eller ",
        " alt ",
        " alt. ",
        " resp ",
        " resp. ",
        " kvar ",
    ),
    *(" dubbel ", " kopia ", " old ", " kommer "),
)
_UNSIGNED: Final = LazyPattern(
    r"(?<=\w)\s+((?:ej|inte|icke|saknar|(?:in)?vänta(?:r|s)?|avvakta(?:r|s)?|kolla|kanske|prel\.?|preliminär[ta]?"
    r"|tbd|oklart?|osäkert?|utkast|utan|kör|nytt (?:id|hsa|namn|nummer)|nya id|(?:etapp|omgång|våg|del) \d"
    r"|(?-i:ok|okej)|ok(?:ej)? [^\W\d_]+$|snart"
    r"|(?:eller|alt\.?|resp\.?) (?-i:[A-ZÅÄÖ])\w+|kvar (?:till|t\.?o\.?m)"
    r"|(?:dubbel|kopia|old|kommer)$)(?!\w).*)",
    re.IGNORECASE,
).search
#: Places whose names are words of notes: Kolla is a part of Kungsbacka.
_NAMED_AS_NOTES: Final = ("Kolla",)
_PARTS: Final = LazyPattern(
    r"[(\[{]([^)\]}]*)(?:[)\]}]|$)|(?:\s[-–—/]+\s*|[,;:]\s|\n)([^(\[{,;\n]*?)(?=\s[-–—/]|[,;:(\[{\n]|$)"
).finditer
_DENIES: Final = r"inte|ej|icke|saknar|inget|inga|aldrig|not|no|never|don.?t|förrän|nej"
_LIMITS: Final = (
    r"endast|bara|enbart|utom|förutom|undantag\w*|exkl\w*|också|även|only|except|exclude\w*|include\w*|plus"
)
_DOES: Final = (
    r"tas|tagas|beställ\w*|tak(?:a|as|ad|ade|at|ats|ning\w*)|anslut\w*|invänta\w*|vänta\w*|avvakta\w*|paus\w*"
    r"|parkera\w*|hopp(?:a|as|ar)|slopa\w*|stryk\w*|struke[nt]|utgå\w*|avslut\w*|avbeställ\w*|avveckl\w*|vila\w*"
    r"|flytt(?:a|as|ar|at|ad|ade|ats)|byt(?:er|s|ts|t|te)|kommer|körs?|ring|kolla\w*|dubbelkoll\w*"
    r"|kontrollera\w*|verifiera\w*|kompletter\w*|utred\w*|beslut\w*|godkän\w*|behöv(?:s|er|as)|returnera\w*"
    r"|ändra(?:s|t|ts)|uppehåll\w*|sommarstäng\w*|stäms av"
    r"|släck\w*|sammansl\w*|ersätt\w*|läggs?|dras|görs?|öppn(?:ar|as)|startar?|stängs?|stänger|makuler\w*"
    r"|avbr[uy]t\w*|ångra\w*|fråga\w*|återkom\w*|meddela\w*|ska|skall|bör|måste|finns|saknas"
    r"|skip\w*|wait\w*|hold|paused|pending|remove\w*|delete\w*|order\w*"
)
_MONTHS: Final = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_SEASONS: Final = "vår(?:en)?|sommar(?:en)?|höst(?:en)?|vinter(?:n)?"
_TIMES: Final = (
    r"senare|nästa|sedan|först|sist|ännu|än|tills|redan|snart|omgång\w*|etapp\w*|höst(?:en)?|våren|sommaren|vintern"
    r"|årsskiftet|semester\w*|later|next|yet|until"
    r"|20[2-9]\d(?:-\d\d){0,2}|\d{1,2}/\d{1,2}|v\.? ?\d{1,2}|vecka \d{1,2}"
    rf"|{_MONTHS}|(?-i:jan|febr?|apr|aug|sept?|okt|nov|dec)"
    r"|(?:fas|steg|våg) \d|del \d(?: ?(?:av|/) ?\d)?(?!\d)"
)
_STATES: Final = (
    r"tbd|klar\w*|oklar\w*|osäker\w*|kanske|ev\.?|eventuell\w*|prel\w*|på (?:is|gång)|inaktiv\w*|pilot\w*"
    r"|gamla? (?:adress|hsa|id|namn|nummer|system|uppgift|vårdcentral|mottagning|enhet|avdelning|klinik)\w*"
    r"|se (?:kommentar|komm|not|fotnot|anm|rad|mejl|mail|nedan|ovan|bilaga|övrigt|annan|separat|länk)\w*"
    r"|(?:nya?|nytt|gammalt) (?:hsa|id|namn|nummer)\w*|tillsvidare|tills vidare|preliminär\w*"
    r"|utkast|förslag|(?-i:ok|Ok|okej|Okej)|ok(?:ej)? [^\W\d_]+"
    r"|utan (?:avtal|system|journal|anslutning|adress|id)\w*"
    # A system of its own: 'utan Cosmic'. A name of care is in _RECEIVES, and the doctors are a company.
    r"|utan (?!Gräns)(?-i:[A-ZÅÄÖ])\w+"
    r"|konkurs\w*|såld|sålts|rätt\?|osäkert?|egen (?:adress|anropsadress|url|port|proxy)"
    r"|(?:eller|alt\.?|resp\.?) (?-i:[A-ZÅÄÖ])\w+|dubbel|kopia|old|kvar (?:till|t\.?o\.?m)"
    r"|se (?-i:[A-ZÅÄÖ])\w+"
    r"|fel \w+|(?:nya?|annan) adress\w*|eget avtal|annat system|annan leverantör"
)
_NOTE: Final = LazyPattern(
    rf"(?<!\w)(?:{_DENIES}|{_LIMITS}|{_DOES}|{_TIMES}|{_STATES})(?!\w)", re.IGNORECASE
).search
#: Parts of places and periods of each year: 'avd 2021', 'hus 12/14', 'Beslutsgatan 2', 'juni-augusti'.
_PLACES: Final = LazyPattern(
    r"(?<!\w)(?:(?:(?:vård)?avd(?:elning(?:en)?)?|hus|byggnad|plan|vån(?:ing)?|sal|rum|port|ing(?:ång)?|nr|modul"
    r"|team|enhet|sektion|box)"
    r"\.?:?\s*[a-z]?\d[\d/]*(?:\s*(?:[-–/,&+]|och)\s*[a-z]?\d[\d/]*)*"
    r"|24/7|\w*(?:gatan|vägen|gränd(?:en)?|torget|stigen|allén|backen|parken|huset|stan)"
    rf"|(?:{_MONTHS}|{_SEASONS})\s*(?:[-–/+&]|och|till|t\.?o\.?m\.?)\s*(?:{_MONTHS}|{_SEASONS}))(?!\w)",
    re.IGNORECASE,
).sub
#: Names of companies with a word of time: 'Nästa Hälsa', but not 'Nästa Omgång'.
_COMPANIES: Final = LazyPattern(
    r"(?<!\w)Nästa (?!Omgång|Etapp|Beställ|Steg|Gång|Vecka|Månad|År|Vår|Höst|Sommar|Vinter|Tillfälle"
    r"|Leverans|Version|Fas|Runda|Period|Kvartal|Tak)[A-ZÅÄÖ][a-zåäö]+(?!\w)"
).sub
#: What has its name from a time: 'Solen (Mars)', 'Rehab, Våren'. A time has a small letter in Swedish.
_NAMED_FOR_TIME: Final = LazyPattern(
    "|".join(month.capitalize() for month in (*_MONTHS.split("|"), "våren", "sommaren", "hösten", "vintern"))
).fullmatch
#: Words for whom a unit receives, how and when: with 'endast' or 'ej' they describe it.
_RECEIVES: Final = (
    r"\w*remiss\w*|remittera\w*|\w*akut(?:a|fall|besök|mottagning|tid|sjukvård)?|\w*jour(?:en|tid|fall)?"
    r"|dag(?:en|tid|ar|kirurgi|vård)?|kväll(?:ar|en|stid)?|natt(?:en|etid)?|nätter|helg(?:er|en|fri)?"
    r"|vardag(?:ar)?|(?:mån|tis|ons|tors|fre|lör|sön)(?:dag(?:ar)?)?|drop|in|dropin|dygnet|runt"
    r"|(?:för|tids)?bok\w*|tid|tider|\w*besök\w*|telefon\w*|digital\w*|video\w*|distans\w*"
    r"|vux\w*|barn\w*|ungdom\w*|unga|spädbarn|äldre|kvinn(?:a|or)|män|gravid\w*|par|asylsökande|papperslösa"
    r"|flykting\w*|patient\w*|listade|olistade|studenter|studerande|elever|personal|boende|säsong\w*"
    r"|lss|stamning|provtag\w*|vaccin\w*|dialys|bvc|mvc|mödravård\w*|barnhälsovård|öppenvård\w*|slutenvård\w*"
    r"|heldygns\w*|lab|röntgen|operation\w*|rehab\w*|habilitering|psykiatri\w*|tandvård|arbetsterapi\w*"
    r"|fysioterapi\w*|logoped\w*|dietist\w*|kirurgi|medicin|ortopedi|geriatrik|förlossning\w*"
)
_DESCRIBES: Final = LazyPattern(
    rf"(?=.*?(?<!\w)(?:{_RECEIVES})(?!\w))"
    rf"(?:(?:{_RECEIVES}|{_DENIES}|{_LIMITS}|via|efter|med|utan|på|för|av|i|till|och|eller|samt|över|under|från|år"
    r"|\d{1,2}(?:\s?[-–]\s?\d{1,2})?(?!\s?[/:\d]))(?!\w)[\s,.&+/–-]*)+",
    re.IGNORECASE,
).fullmatch
#: The beginning of a contract's name: two words in one.
_CONTRACT: Final = LazyPattern(r"(?<!\w)[A-Z][a-zé]{2,}[A-Z][a-z]+\w*").findall


#: Words that add a unit to another: 'inkl. filialen i Deje', '+ Deje'.
_ADDS: Final = LazyPattern(
    r"(?<!\w)(?:inkl(?:usive|uderar|\.)?|med (?:\w+ )?filial(?:en|er|erna)?|(?:samt|och) filial\w*"
    r"|(?<=\s)\+)(?!\w).*",
    re.IGNORECASE,
).search
_ANOTHER: Final = LazyPattern(
    r"\+|(?<!\w)(?:även|också|inkl\w*|inklusive|samt|filial\w*|plus|vårdcentral\w*|hälsocentral\w*)",
    re.IGNORECASE,
).search
_ADDING: Final = ("inkl", "filial", " +")
#: What a place of care is called that has a name of its own.
_PLACE: Final = (
    r"(?:vårdcentral(?:en)?|hälsocentral(?:en)?|husläkarmottagning(?:en)?|familjeläkar\w+|jourcentral(?:en)?|närakut(?:en)?"
    r"|\w*mottagning(?:en)?|\w*klinik(?:en)?|vc|hc|bvc|mvc)"
)
#: Two units in one name, each with a name of its own: 'Vårdcentralen Rud och Vårdcentralen Ängen'.
_TWO_UNITS: Final = LazyPattern(
    rf"(?<![\w-]){_PLACE} (\w[\w ]*?)\s*(?:/|&|,|(?<!\w)(?:och|samt)(?!\w))\s*({_PLACE} (\w[\w ]*))",
    re.IGNORECASE,
).search
#: An earlier name: '(tidigare Ängen)', 'f.d. Ängen'.
_FORMER: Final = LazyPattern(
    r"(?<!\w)(?:tidigare|före detta|f\.? ?d\.?|hette|formerly)[:\s]+([^()\[\],;]+)", re.IGNORECASE
).search
_FORMERLY: Final = ("tidigare", "före detta", "fd", "f.d", "f d", "f. d", "hette", "formerly")
_BETWEEN_UNITS: Final = ("/", "&", ",", " och ", " samt ")


def units_added_in(names: Collection[str]) -> dict[str, str]:
    """Return the names of more than one unit, each with what it adds to the first.

    Args:
        names: names of units.
    """
    together = "\0".join(names).casefold()
    found: dict[str, str] = {}
    if any(sign in together for sign in _BETWEEN_UNITS):
        likely = (name for name in names if any(sign in name for sign in _BETWEEN_UNITS))
        found.update((name, two[2]) for name in likely if (two := _two_units(name)))
    if any(word in together for word in _ADDING):
        found.update((name, more[0]) for name in names if (more := _ADDS(name)))
    return found


def former_among(names: Collection[str]) -> dict[str, str]:
    """Return the names that state an earlier name which another unit has, each with those words.

    Args:
        names: names of units: 'Vårdcentralen Rud (f.d. Ängen)' and 'Vårdcentralen Ängen'.
    """
    together = "\0".join(names).casefold()
    if not any(word in together for word in _FORMERLY):
        return {}
    likely = (name for name in names if any(word in name.casefold() for word in _FORMERLY))
    stated = {name: found for name in likely if (found := _FORMER(name))}
    if not stated:
        return {}
    kinds = words().kinds_of_units
    whole = {folded(name) for name in names}
    own = {" ".join(word for word in name.split() if word not in kinds) for name in whole}
    return {
        name: found[0].strip(" ([")
        for name, found in stated.items()
        if folded(found[1]) in whole | own - {""}
    }


def adds_unit(note: str) -> bool:
    """Whether the words that a name has beside the unit's are about another unit: 'även filialen i Deje'."""
    return _ANOTHER(note) is not None


def _two_units(name: str) -> re.Match[str] | None:
    found = _TWO_UNITS(name)
    return found if found and found[1].casefold() != found[3].casefold() else None


def notes_in(names: Collection[str], contracts: Iterable[str]) -> dict[str, str]:
    """Return the names with a note, each with it.

    Args:
        names: names of units.
        contracts: names of the contracts that may be ordered.
    """
    together = "\0".join(names)  # one look over all of them, for most workbooks have no such names
    likely = filter(_SIGN, names) if any(sign in together for sign in _SIGNS) else ()
    known = [contract.casefold() for contract in contracts]
    found = {name: note for name in likely if (note := next(_notes(name, known), ""))}
    if _has_word(together):
        unsigned = ((name, _UNSIGNED(name)) for name in filter(_has_word, names))
        noted = {name: note[1] for name, note in unsigned if note and _is_note(note[1], known)}
        found |= {name: note for name, note in noted.items() if not _is_whole_name(name, note)}
    return found


def _is_whole_name(name: str, note: str) -> bool:
    """Whether what seems to be a note is all that a name has beside a kind of unit: 'VC Kolla'."""
    return note in _NAMED_AS_NOTES and name.removesuffix(note).strip().casefold() in words().kinds_of_units


def _has_word(names: str) -> bool:
    """Whether one of the names, joined by NUL, may have a word that begins a note."""
    plain = f"{names.casefold()} ".replace("\0", " \0")
    return any(word in plain for word in _WORDS)


def _notes(name: str, contracts: list[str]) -> Iterator[str]:
    for found in _PARTS(name):
        part = (found[1] or found[2] or "").strip()
        if _is_note(part, contracts):
            yield part


def _is_note(part: str, contracts: list[str]) -> bool:
    if _NAMED_FOR_TIME(part):
        return False
    rest = _COMPANIES("", _PLACES("", part))
    if _NOTE(rest) and not _DESCRIBES(rest):
        return True
    named = (word.casefold() for word in _CONTRACT(part))
    return any(contract.startswith(word) for word in named for contract in contracts)
