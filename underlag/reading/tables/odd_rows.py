"""Recognises rows of a table that are not addressees: examples, totals, remarks, headings, explanations.

Tables of rules decide whether a text is a sentence for people, and whether a row may be a heading; the first
rule that applies counts.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from underlag.characters.short_texts import remembered_if_short
from underlag.lazy_pattern import LazyPattern
from underlag.reading.cells.identifiers import begins_with_value, has_digits_of_id, holds_value

_EXAMPLE: Final = LazyPattern(r"\W*(?:exempel|t[.\s]\s?ex|e\.\s?g|ex(?=[.:]))(?![\w-])", re.IGNORECASE)
_PLACEHOLDER: Final = LazyPattern(
    r"^\s*\((?:tomt?|saknas|ifylls|fylls? i|namn|hsa-?id)\b[^)]*\)\s*$"
    r"|<(?!https?:)[^\W\d][^<>]*>|<<|>>|^\s*\[.*\]\s*$|(?<![a-wyzåäö])x{4,}(?![a-wyzåäö])|_{4,}|…{2,}|\.{4,}",
    re.IGNORECASE,
)
#: A sign that each placeholder has.
_SIGN: Final = LazyPattern(r"[<>(\[_….xX]").search
#: Words in the names of examples.
_NO_NAME: Final = LazyPattern(r"exempel|namn", re.IGNORECASE)
_TOTAL: Final = LazyPattern(
    r"\W*(?:del)?(?:summa|totalt?|total|antal)\b|\W*\d{1,6}\s*(?:st|stycken|enheter|rader)\b", re.IGNORECASE
)
#: The cell next to the word of a total: '4', '4 st'.
_COUNT: Final = LazyPattern(r"\W*(?:\d{1,6}(?:st)?\b.*)?", re.DOTALL).fullmatch
_REMARK: Final = LazyPattern(
    r"\W*(?:obs|nb|not|fotnot|anm|anmärkning|kommentar|information|info|kontakta?|se|ps|version|utgåva|fler"
    r"|uppdaterad|utskriven|utskrivet|skapad|copyright|reviderad|upprättad|ifylld|senast"
    r"|forts|fortsättning|slut|tel|tfn|telefon|fax|box|org\.? ?nr|organisationsnummer)\b(?!\d)|\*|\s*©",
    re.IGNORECASE,
)
#: A label with a colon about the workbook itself: 'Ifyllt av: …', 'Datum: …'.
_LABEL: Final = LazyPattern(
    r"\W*(?:(?:ifyll|skapa|upprätta|godkän|kontrollera|uppdatera|ändra|senast|utskriv)\w*|datum|beställare|handläggare"
    r"|kontakt\w*|tele\w*|tel|e-?post\w*|mejl|frågor|signatur|underskrift|sid[ao]?|bilaga|källa|region"
    r"|(?:journal|vård|käll)?system\w*|leverantör\w*|drift\w*leverantör\w*|produkt\w*|version\w*|release|drift\w*"
    r"|förvalt\w*|support|ansvarig\w*|avtal\w*|diarienummer|dnr)\b[^:]{0,30}:",
    re.IGNORECASE,
)
#: Any label with its value, alone on its row: 'Nätverk: Sjunet'.
_LABEL_AND_VALUE: Final = LazyPattern(r"[^\W\d_][^:\d]{1,40}:\s*\S.*", re.DOTALL).fullmatch
#: A day alone on its row, as below a list.
_DAY: Final = LazyPattern(r"20\d\d-\d\d-\d\d").fullmatch
#: How an explanation of a column begins, and the number of a footnote.
_EXPLAINS: Final = LazyPattern(
    r"\W*(?:obligatorisk|valfri|frivillig|ange|skriv|fyll|välj|krävs|måste|ska|enligt)[a-zåäö]*\b|\(\d{1,2}\)$",
    re.IGNORECASE,
)
#: Nothing to read: lines and dots, or the word that ends a list.
_ORNAMENT: Final = LazyPattern(r"(?=.)[\W_]*+(?:slut[\W_]*+)?", re.IGNORECASE | re.DOTALL)
#: Texts of people on sheets and tables that are to stay empty.
_LEFT_EMPTY: Final = LazyPattern(
    r"\W*(?:(?:lämnas?|ska (?:lämnas|vara)|är) (?:tomt?|blankt?)"
    r"|(?:fliken )?(?:behöver|behövs|används|fylls) (?:ej|inte)\b.*"
    r"|(?:ej|inte) (?:aktuellt?|tillämpligt?|relevant)|n[./]?a|tomt?"
    r"|(?:standard|stående ?)behörighet\w*\b.*)\W*",
    re.IGNORECASE,
).fullmatch
#: Four digits that are no year.
_FOUR_DIGITS: Final = LazyPattern(r"(?!(?<!\d)(?:19|20)\d\d(?!\d))\d{4}")
#: Texts between the rows of printed lists.
_OF_PAGES: Final = LazyPattern(
    r"\W*(?:forts(?:ättning)?(?:\.| (?:nedan|ovanifrån|nästa sida|från .{1,30}|på .{1,30}))?"
    r"|sid(?:a|an)?\.? ?\d{1,4}(?: ?(?:av|/) ?\d{1,4})?)\W*",
    re.IGNORECASE,
)

#: What the workbook says of itself in cells side by side: 'Version 1.2', '2026-11-01'; 'Sida 1 av 2'.
_OF_WORKBOOK: Final = LazyPattern(
    r"\W*(?:(?:mall(?:en)?s? ?)?version(?:en|s?nr|snummer)?|ver\.|v\d+\.\d+|utgåva|revision|rev\.?"
    r"|mall(?:en)?|dokument\w*|sid(?:a|an)?\.? ?\d+(?: ?(?:av|/) ?\d+)?|copyright|©"
    r"|(?:senast )?(?:uppdatera|ändra|spara|revidera|skriv|utskriv|skapa|upprätta|ifyll|fastställ|godkän)"
    r"(?:d|t|s|tt)?(?: av)?)(?!\w)",
    re.IGNORECASE,
).match

_SYSTEMS_AND_UNITS: Final = ("consumer", "producer", "addressee")

#: Minimum words of a sentence, and of a sentence in a cell for names.
_WORDS: Final = 4
_WORDS_OF_NAME: Final = 7
#: Maximum filled cells in the row of a remark or heading.
CELLS_OF_REMARK: Final = 2


#: The filled cells of a row as (role, text); the role is '' outside the table's columns.
Cells = Sequence[tuple[str, str]]


class Rule(NamedTuple):
    """A rule about a row: its name, when it applies, and the answer it then gives."""

    name: str
    applies: Callable[[Cells], bool]
    answer: bool


def deciding_rule(rules: Sequence[Rule], cells: Cells) -> Rule | None:
    """Return the first rule that applies to a row, None if none does."""
    return next((rule for rule in rules if rule.applies(cells)), None)


@remembered_if_short(4096)  # most texts of a row are on every row
def is_example(role: str, text: str) -> bool:
    """Whether a cell is an example or a placeholder: 'Exempel', 't.ex. …', '<<namn>>', 'SExxxx-xxxx'.

    A cell outside the table's columns (no role) must consist of the word alone.
    """
    if not role:
        return _EXAMPLE.fullmatch(text) is not None
    return _EXAMPLE.match(text) is not None or (
        _SIGN(text) is not None and _PLACEHOLDER.search(text) is not None
    )


def is_example_name(text: str) -> bool:
    """Whether a name is an example or a placeholder: 'Vårdcentralen Exempel', 'Enhetens namn'."""
    return is_example("addressee_name", text) or _NO_NAME.search(text) is not None


def is_total(cells: Cells) -> bool:
    """Whether a row counts the rows above it: 'Antal enheter: 4', 'Summa'.

    A name may begin in the same way; then there is an id next to it, perhaps a faulty one, and no count.
    """
    if not _TOTAL.match(cells[0][1]) or any(holds_value(text) for _, text in cells):
        return False
    return all(_COUNT(text) for role, text in cells[1:] if role in _SYSTEMS_AND_UNITS)


def is_remark(cells: Cells) -> bool:
    """Whether a row is a sentence or a filled-in label for people, and not a value."""
    if _LABEL.match(cells[0][1]) and not any(holds_value(text) for _, text in cells):
        return True
    if _is_label_of_systems(cells):
        return True
    return len(cells) <= CELLS_OF_REMARK and all(_answer(SENTENCES, [cell]) for cell in cells)


def _is_label_of_systems(cells: Cells) -> bool:
    """Whether a row has only a label with its value, or a day, where a system's id would be."""
    (role, text), *others = cells
    if others or role not in ("consumer", "producer"):
        return False
    return _DAY(text) is not None or (not has_digits_of_id(text) and _LABEL_AND_VALUE(text) is not None)


def is_of_workbook(text: str) -> bool:
    """Whether a text says something of the workbook itself: its version, when it was changed."""
    return _OF_WORKBOOK(text) is not None


def is_footer(cells: Cells) -> bool:
    """Whether a row says in several cells which version of the workbook it is, or who filled it in."""
    texts = [text for _, text in cells]
    return bool(
        len(texts) > 1
        and (_OF_WORKBOOK(texts[0]) or (_OF_WORKBOOK(texts[-1]) and any(map(str.isdigit, texts[-1]))))
        and not any(map(holds_value, texts))
        and not any(role == "contract" and not _OF_WORKBOOK(text) for role, text in cells)
    )


def is_explanation(cells: Cells) -> bool:
    """Whether a row explains the columns above it: 'Obligatorisk', 'Ange HSA-ID', '(1)'."""
    texts = [text for _, text in cells]
    explains = [_EXPLAINS.match(text) is not None or len(text.split()) >= _WORDS for text in texts]
    return (
        len(texts) > 1
        and any(map(_EXPLAINS.match, texts))
        and not any(map(holds_value, texts))
        and 2 * sum(explains) >= len(texts)
    )


@remembered_if_short(32_768)  # the sheets of a workbook usually have the same names
def is_ordinary(role: str, text: str) -> bool:
    """Whether a text has nothing of an example, a total, an explanation, a label or a footer.

    Then the rules about these apply to no row with more such texts than a remark has.
    """
    odd = (_TOTAL, _LABEL, _EXPLAINS)
    return not (is_example(role, text) or _OF_WORKBOOK(text) or any(one.match(text) for one in odd))


def says_nothing(text: str) -> bool:
    """Whether a text between rows is a line, dots, or part of a page: 'Fortsättning', 'Sida 2 av 3'."""
    return _ORNAMENT.fullmatch(text) is not None or _OF_PAGES.fullmatch(text) is not None


def is_left_empty(text: str) -> bool:
    """Whether a text says that a sheet or table is left empty on purpose: 'Lämnas tom', 'Ej aktuellt'."""
    return _LEFT_EMPTY(text) is not None


def is_doubtful(cells: Cells) -> bool:
    """Whether a row is a heading or remark that may have been meant as a unit or a system."""
    return _answer(DOUBTFUL_ROWS, cells)


def _answer(rules: Sequence[Rule], cells: Cells) -> bool:
    rule = deciding_rule(rules, cells)
    return rule is not None and rule.answer


def _words(cells: Cells) -> int:
    return len(cells[0][1].split())


def _is_of_names(cells: Cells) -> bool:
    return cells[0][0].endswith("_name")


def _is_of_ids(cells: Cells) -> bool:
    return cells[0][0] in _SYSTEMS_AND_UNITS


def _begins_as_remark(cells: Cells) -> bool:
    return _REMARK.match(cells[0][1]) is not None


def _says_remark(cells: Cells) -> bool:
    return _begins_as_remark(cells) and _words(cells) > 1


def _ends_as_sentence(cells: Cells) -> bool:
    return cells[0][1].endswith((".", "!", ":", "?"))


def _may_be_name(text: str) -> bool:
    """Whether a text has as few words as a name, and ends as one: a short one perhaps with a full stop."""
    most = _WORDS if text.endswith(".") else _WORDS_OF_NAME
    return len(text.split()) < most and not text.endswith(("!", ":", "?"))


def _has_identifier(cells: Cells) -> bool:
    return holds_value(cells[0][1])


#: Whether the text of one cell is a sentence for people.
SENTENCES: Final = (
    Rule("id or address in the text", _has_identifier, answer=False),
    Rule("only lines and dots", lambda cells: _ORNAMENT.fullmatch(cells[0][1]) is not None, answer=True),
    Rule("remark with its text", _says_remark, answer=True),
    Rule("left empty", lambda cells: _is_of_ids(cells) and is_left_empty(cells[0][1]), answer=True),
    Rule("footnote", lambda cells: cells[0][1].startswith("*"), answer=True),
    Rule("word of a remark alone", _begins_as_remark, answer=False),
    Rule(
        "name, however long",
        lambda cells: _is_of_names(cells) and not (_words(cells) >= _WORDS and _ends_as_sentence(cells)),
        answer=False,
    ),
    Rule(
        "may be a unit without id",
        lambda cells: cells[0][0] == "addressee" and _may_be_name(cells[0][1]),
        answer=False,
    ),
    Rule("many words", lambda cells: _words(cells) >= _WORDS, answer=True),
    Rule("short sentence", lambda cells: _words(cells) > 1 and _ends_as_sentence(cells), answer=True),
)

#: Whether a row is a heading or remark that may have been meant as a unit or a system.
DOUBTFUL_ROWS: Final = (
    Rule("more cells than a heading has", lambda cells: len(cells) > CELLS_OF_REMARK, answer=False),
    Rule(
        "begins with an id",
        lambda cells: any(begins_with_value(text) for _, text in cells),
        answer=False,
    ),
    Rule("error, or formula without a result", lambda cells: not cells[0][1], answer=False),
    Rule(
        "remark among ids, and another cell",
        lambda cells: len(cells) > 1 and _is_of_ids(cells) and _says_remark(cells),
        answer=True,
    ),
    Rule("another cell", lambda cells: len(cells) > 1, answer=False),
    Rule(
        "sentence with an id",
        lambda cells: _has_identifier(cells) and (_says_remark(cells) or _words(cells) >= _WORDS),
        answer=True,
    ),
    Rule("id within the text", _has_identifier, answer=False),
    Rule(
        "too long for a name",
        lambda cells: _is_of_names(cells) and _words(cells) >= _WORDS_OF_NAME,
        answer=True,
    ),
    Rule("not among ids", lambda cells: not _is_of_ids(cells), answer=False),
    Rule("words alone", lambda cells: not any(map(str.isdigit, cells[0][1])), answer=True),
    Rule(
        "words and a small number",
        lambda cells: _words(cells) > 1 and not _FOUR_DIGITS.search(cells[0][1]),
        answer=True,
    ),
)
