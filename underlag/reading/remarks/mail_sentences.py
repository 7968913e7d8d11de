"""Judges sentences of mails: whether one withdraws or postpones the order that the mail brings.

Only a sentence about the order as a whole does: 'Vänta med denna', 'Beställningen är återkallad'. Others
that deny, limit or postpone something may change it. Disclaimers, greetings and absences concern no order.
"""

import re
from collections.abc import Iterable
from typing import Final, Literal

from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words import words
from underlag.profiles.words.stems import words_of

_NOUNS: Final = (
    r"(?:beställning(?:en)?|underlag(?:et)?|arbetsbok(?:en)?|fil(?:en)?|bilagan|list(?:a|an)"
    r"|order(?:n)?|takning(?:en)?)"
)
#: What a sentence about the order names, but not an earlier one.
_ORDER: Final = (
    r"(?<!förra )(?<!gamla )(?<!tidigare )(?<!föregående )(?<!första )"
    rf"(?:(?:denna|detta|den här|det här|den|det|vår|bifogad|bifogat|hela) {_NOUNS}|{_NOUNS}"
    r"|denna|detta|den här|det här|den|det|allt(?:ihop)?|this(?: order)?|the order|order|it)\b"
    r"(?! (?:förra|förr|gamla|tidigare|föregående|första|andra|som|jag|vi|från|mejl\w*|mail\w*"
    r"|meddelande\w*|e post\w*)\b)"
)
_NOT_A_MAIL: Final = r"(?! (?:\w+ )?(?:mejl\w*|mail\w*|meddelande\w*|e post\w*|brev\w*)\b)"
_VERBS: Final = (
    r"(?:vänta|avvakta|pausa|stoppa|stopp|avbryt|makulera|annullera|återkallar?|återkallas|avbeställ(?:er)?"
    r"|parkera|wait|hold|cancel|stop|postpone)"
)
_LEADS: Final = (
    r"(?:(?:obs|hej|snälla|nej|men|tyvärr|vänligen|var|god|snäll|och|please|kan|ni|du|får|måste|ska"
    r"|skall|vill|att"
    r"|viktigt|dock|så|då|vi|ber|er|bör|behöver|härmed|stopp|can|you|kindly) )*"
)
_ACTS: Final = (
    r"(?:beställ|läs|lägg|kör|taka|utför|genomför|gör|starta|börja|hantera|skicka(?= (?:inte|ej) in\b))"
)
#: Clear withdrawals and postponements, in folded words.
_WITHDRAWS: Final = LazyPattern(
    # 'Vänta', 'Kan ni avvakta …'
    rf"^{_LEADS}{_VERBS}\b{_NOT_A_MAIL}(?! (?:på (?:svar|bekräftelse|er)|inte|in)\b)"
    # '… vänta med denna', 'vi drar tillbaka'
    r"|(?<!inte )(?<!ej )"
    rf"\b(?:väntar?|avvaktar?|pausar?|stoppar?|avbryt(?:er|a)?|makulerar?|annullerar?|återkallar?"
    rf"|avbeställ(?:er|a)?"
    r"|ignorera|bortse|återtar?|ställer in|skjuter|skjuta|skjut|cancel|withdraw|wait|hold|postpone"
    r"|återkallas|makuleras)"
    rf"(?: (?:med|från|upp|på|härmed|fram|in|gärna|with|hela)){{0,3}} {_ORDER}"
    r"|\b(?:vänta|avvakta) med att (?:läsa|lägga|köra|taka|beställa|göra|börja|genomföra|utföra)\b"
    rf"|\b(?:drar?|tar?) (?:härmed )?tillbaka {_ORDER}|\bvi ångrar oss\b"
    rf"|\b(?:lägg|håll)(?: på| i| inne| inne med)? {_ORDER} (?:på is|tills vidare|så länge|ett tag)"
    r"|\b(?:ni|du) (?:får|måste|behöver|bör|ska) (?:\w+ )?(?:vänta|avvakta)\b"
    r"(?! (?:på (?:svar|bekräftelse|er)|inte)\b)"
    # 'Beställningen är återkallad', 'Det här är inte klart'
    rf"|\b{_ORDER} (?:(?:ska|skall|får|kan|måste|bör|behöver|har|är|blir|ni|vi|tyvärr|nu|härmed|bara) )*"
    r"(?:återkalla[dts]\w*|makulera[dts]\w*|annullera[dts]\w*|avbryt\w*|avbrut\w*|avbeställ\w*"
    r"|pausa[dts]\w*|inställ[dt]\w*|ställs in"
    r"|vänta|avvakta|utgår?|utgått|skjut\w* (?:upp|fram)|dras? tillbaka|dragits tillbaka"
    r"|tillbakadrag\w*|ogiltig\w*|inaktuell\w*|parkera[ds]"
    r"|(?:ett |bara ett )?(?:utkast|förslag)|på is|gäller (?:inte|ej)(?: längre)?$"
    r"|(?:(?:inte|ej)(?: än| ännu)?|ännu inte) (?:beställ|läs|läg|taka|kör|utför|genomför|gör|klar"
    r"|färdig|godkän|beslut|komplett|redo)\w*)"
    # 'Läs inte in den', 'Gör inget'
    rf"|\b{_ACTS} (?:igång |in )?(?:inte|ej|inget|ingenting|icke)(?: in| igång)?"
    rf"(?:$| (?:än|ännu|förrän|innan|nu|något|bifog\w*|{_ORDER}))"
    r"|\bni (?:får|ska|bör|kan) (?:inte|ej) (?:lägga|läsa|köra|beställa|göra|taka)(?: in)? (?:den"
    r"|det|detta|denna|något)\b"
    r"|\bdo not (?:order|process|load)(?: this)?\b"
).search
#: A sentence that takes an earlier order back, and one that another takes its place.
_WITHDRAWS_EARLIER: Final = LazyPattern(
    r"\b(?:(?:dra|drar|ta|tar) (?:härmed |gärna )?tillbaka|återkallar?|återtar?|makulerar?|annullerar?"
    r"|avbeställer|avbeställa|stoppar?|withdraw|cancel) (?:vår |den |det |our )?"
    rf"(?:förra|tidigare|föregående|gamla|första|earlier|previous) {_NOUNS}"
).search
_REPLACES: Final = LazyPattern(
    r"^(?=.*\b(?:nya?|nytt|rättad\w*|rättat|uppdatera\w*|korrigera\w*|i ?stället|istället|new|corrected)\b)"
    r"(?=.*\b(?:bifog\w*|här|denna|detta|skickar|attached)\b)|\b(?:ersätter|replaces)\b"
).search
#: A sentence about another workbook, or of one who waits for an answer.
_ABOUT_ANOTHER: Final = LazyPattern(
    r"(?i)\b(?:förra|förr|tidigare|föregående|gamla|första|andra)\b.{0,30}"
    r"\b(?:underlag\w*|beställning\w*|version\w*|fil\w*|mejl\w*|mail\w*|bilaga\w*|lista\w*"
    r"|utskick\w*|arbetsbok\w*"
    r"|adress\w*|skrev|sade)"
    r"|\b(?:väntar|avvaktar|inväntar|ser fram emot)(?: vi)?(?: bara| nu)?(?: på)? (?:er|ert|ditt"
    r"|din|svar|återkoppling"
    r"|besked|bekräftelse|klartecken|att höra)"
    r"|\b(?:bifogat|bifogad|detta|denna|den här)\b.{0,20}\bersätter\b"
    r"|\b(?:skickade|skickades)\b.{0,60}\bhär (?:kommer|är)\b"
).search

#: A workbook that is to come: 'Ni får en ny fil i morgon'; not 'Här kommer en ny fil'.
_COMES_LATER: Final = LazyPattern(
    r"^(?!.*\b(?:här|bifog\w*)\b).*\b(?:ny|nya|nytt|rätta?|rättad\w*|justera\w*|kompletter\w*|uppdatera\w*|slutlig\w*|slutgiltig\w*|korrigera\w*|komplett\w*"
    r"|riktiga?) (?:fil\w*|version\w*|list\w*|underlag\w*|beställning\w*)\b.* (?:i ?morgon|nästa|senare|snart"
    r"|inom kort|på (?:gång|väg|(?:mån|tis|ons|tors|fre)dag\w*)|kommer|när vi|under veckan)\b",
    re.IGNORECASE,
).search
#: Until when somebody wishes an answer, in folded words; with a denial it postpones.
_DEADLINE: Final = LazyPattern(
    r"\b(?:innan|före|before) (?:på |den |kl |klockan |nästa |on )?"
    r"(?:(?:mån|tis|ons|tors|fre|lör|sön)dag\w*|helg\w*|lunch\w*|jul\w*|nyår\w*|påsk\w*|midsommar\w*|sommar\w*"
    r"|semest\w*|månad\w*|kvartal\w*|års\w*|veck\w*(?: \d+)?|v \d+|\d+(?: \w+)?"
    r"|(?:mon|tues|wednes|thurs|fri)day|christmas|lunch)\b"
)
#: A condition that is mere courtesy.
_COURTESY: Final = LazyPattern(
    r"^\W*(?:om (?:det går(?: bra)?|möjligt|det är möjligt|(?:ni|du) (?:kan|hinner))|if possible)\b,? ",
    re.IGNORECASE,
)
#: A question that asks for nothing to be done: 'Räcker det …?', but not 'Kan ni ändra …?'.
_ASKS: Final = LazyPattern(
    r"\W*(?!(?:kan|skulle|får|går|vill|ska|can|could|would|please)\b).*\?\W*", re.IGNORECASE | re.DOTALL
).fullmatch
#: Where a sentence goes on with another statement.
_CLAUSES: Final = re.compile(r",\s+|\s+(?:men|så)\s+|\s+[–-]\s+|;\s+")
_DENIES: Final = LazyPattern(r"\b(?:inte|ej|icke|inget|ingenting|not|först)\b").search


def with_replacement(sentence: str, others: Iterable[str]) -> str:
    """Return a sentence; one that takes an earlier order back with the one that replaces it: 'Ny bifogas'."""
    if not _WITHDRAWS_EARLIER(" ".join(words_of(sentence))):
        return sentence
    found = next((one for one in others if one != sentence and _REPLACES(" ".join(words_of(one)))), "")
    return f"{sentence} {found}".strip()


def without_courtesy(sentence: str) -> str:
    """Return a sentence without a polite condition at its beginning: 'Om det går …'."""
    return _COURTESY.sub("", sentence)


def weight_in_mail(sentence: str, *, signed: bool = False) -> Literal["", "inside", "withdraws"]:
    """Return what a sentence of a mail does to the order that the mail brings.

    Args:
        sentence: the sentence.
        signed: whether it is in the signature, where titles and addresses are.

    Returns:
        'withdraws' where it clearly takes back or postpones the order, 'inside' where it may change it,
        otherwise ''.
    """
    known = words()
    plain = _plain(sentence)
    conditional = known.reservations.instructs(without_courtesy(sentence))
    clauses = _CLAUSES.split(sentence)
    withdraws = known.remarks.denies_alone(plain) or any(map(_WITHDRAWS, (plain, *map(_plain, clauses))))
    if not withdraws and _WITHDRAWS_EARLIER(plain):
        return "inside" if conditional or _REPLACES(plain) else "withdraws"
    if withdraws and not (conditional and known.mails.concerns_mail(sentence)):
        return "inside" if conditional else "withdraws"
    if known.mails.concerns_mail(sentence):
        return ""
    if known.mails.is_trial(plain) or known.mails.reuses_earlier(plain):
        return "inside"
    if conditional or _ABOUT_ANOTHER(sentence):
        return ""
    may_change = known.mails.may_change_order(plain) or _COMES_LATER(sentence)
    return "inside" if may_change or _changes(sentence, plain, signed=signed) else ""


def _plain(sentence: str) -> str:
    """Return the words of a sentence without phrases and deadlines that postpone nothing."""
    known = words()
    plain = known.remarks.without_harmless(known.mails.without_harmless(sentence))
    return plain if _DENIES(plain) else _DEADLINE.sub("", plain)


def _changes(sentence: str, plain: str, *, signed: bool) -> bool:
    """Whether a sentence denies, postpones, limits or changes something, and explains no filling in."""
    known = words()
    if known.reservations.explains(sentence):
        return False
    if known.remarks.withdraws_or_postpones(known.mails.without_passing(plain)):
        return True
    return not known.mails.reports_change(plain) and (
        known.denials.outside_rows(plain) is not None
        or bool(known.reservations.weight_of(plain))
        or (not signed and _alters_part(sentence, plain))
    )


def _alters_part(sentence: str, plain: str) -> bool:
    """Whether a sentence doubts a part of the order, or denies, limits or changes it and not in the past."""
    mails, remarks = words().mails, words().remarks
    if not mails.is_about_part(plain):
        return False
    if remarks.corrects(plain):
        return True
    alters = remarks.denies_or_alters(plain) or mails.doubts_part(plain)
    return alters and not remarks.states_done(plain) and not _ASKS(sentence)


def only_removes(sentence: str) -> bool:
    """Whether a sentence says no more than that units are removed, which an order to remove does."""
    return weight_in_mail(sentence) == "inside" and words().mails.removes_units(sentence)
