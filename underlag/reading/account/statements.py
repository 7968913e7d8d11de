"""Judges texts outside the rows about the whole order: number of units, environment, draft.

Findings: FLI039, FLI054, FLI055, FLI056.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from underlag.account import Kind
from underlag.findings import Finding, finding
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.profile import EnvironmentSpec
from underlag.profiles.words import folded, words
from underlag.reading.account.context import Context, Ledger
from underlag.reading.account.dates import ends_in, starts_in
from underlag.reading.account.known_headers import header_meanings
from underlag.reading.cells.cell_text import shown
from underlag.reading.formats.grid import Sheet
from underlag.reading.formats.sheet_facts import LooseText
from underlag.text.lists import listed
from underlag.workbook import Field

_NUMBERS: Final = ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_NUMBER: Final = rf"(?P<number>\d{{1,6}}|{'|'.join(_NUMBERS)})"
_UNITS: Final = r"(?:vård)?enhet(?:er(?:na)?)?|adressat(?:er)?|mottagning(?:ar)?|vårdcentral(?:er)?|rader"
_COUNT: Final = rf"{_NUMBER} (?:(?:st|stycken|nya|olika|logiska) )*(?:{_UNITS})"
#: 'Beställningen omfattar fyra nya vårdenheter'.
_COUNTED: Final = re.compile(
    rf"\b(?:omfattar|gäller|avser|innehåller|består av)(?: totalt| sammanlagt)? {_COUNT}\b"
).search
#: '12 enheter', 'Totalt 4 vårdenheter'.
_COUNT_ALONE: Final = re.compile(rf"(?:totalt |sammanlagt |summa )?{_COUNT}(?: totalt)?").fullmatch
#: 'Antal enheter 12', 'Totalt 12 st', 'Summa 12'.
_TOTALLED: Final = re.compile(
    rf"(?:totalt?|summa|antal)(?: antal)?(?: nya)?(?: logiska)?(?: (?:{_UNITS}))?(?: totalt)?"
    r" (?P<number>\d{1,6})"
    rf"(?: (?:st|stycken|{_UNITS}))?"
).fullmatch
#: A text with one of these counts something else than the order's units.
_NO_COUNT: Final = LazyPattern(
    r"\b(?:än|minst|högst|max\w*|till|över|under|om|vid|exempel|ex|per|varje|etapp|av|redan|övriga|återstående|kvar|eller|tidigare)\b"
).search
#: Subjects of a text that states the environment of an order.
_ABOUT_ORDER: Final = re.compile(
    r"\b(?:gäller|avser|omfattar|beställ\w*|underlag\w*|miljö\w*|takning\w*|ansluts?|anslutning\w*)\b"
).search
#: A text with one of these mentions another environment in passing, or explains how to fill in.
_IN_PASSING: Final = re.compile(
    r"\b(?:om|när|vid|ange|välj|exempel|testa\w*|verifiera\w*|kopia\w*|kopiera\w*|tidigare|redan|inte|ej|mall\w*|eller|efter|före"
    r"|innan|klar\w*|separat\w*|annan|annat|får|kan|samma)\b"
).search
#: Maximum words of a text that states the environment of the order.
_LONGEST_STATEMENT: Final = 12
#: Maximum words of an environment's name.
_LONGEST_NAME: Final = 3
#: Words that may belong to an environment's name; two letters at least.
_NAME: Final = re.compile(r"[A-Za-zÅÄÖåäö][\w-]+").findall

#: Places of texts that are not part of a sheet.
SHEETS_NAME: Final = "flikens namn"
FILES_NAME: Final = "filens namn"
NAMES: Final = (SHEETS_NAME, FILES_NAME)


def outside_rows(sheet: Sheet, rows: Iterable[int]) -> Iterator[list[Field]]:
    """Yield the filled cells of some rows."""
    for row in rows:
        cells = [
            Field(text, sheet.name, row, column)
            for column, cell in enumerate(sheet.rows[row - 1], start=1)
            if (text := shown(cell).strip())
        ]
        if cells:
            yield cells


def judge_statements(
    rows: Iterable[Sequence[Field]],
    counts: Collection[int],
    context: Context,
    ledger: Ledger,
    *,
    of_details: bool = False,
) -> None:
    """Judge statements about the order in rows outside a table.

    Args:
        rows: their filled cells.
        counts: the numbers of units by all ways of counting, empty if unknown.
        context: the order and the run.
        ledger: collects the items and findings.
        of_details: whether these are the order details, whose environment is read elsewhere.
    """
    for cells in rows:
        judge_count(cells, counts, ledger)
        for cell in cells:
            if words().denials.outside_rows(cell.text):
                continue
            if words().is_draft(cell.text) or _is_out_of_time(cell.text, context):
                _ask(cell, finding("FLI039", cell, celler=cell.cell, rader=""), ledger)
            elif others := _other_environments(cell.text, context):
                found = finding("FLI055", cell, miljö=context.environment, annan=listed(others))
                _ask(cell, found, ledger)
        for label, answer in pairwise(cells):
            if not (of_details and _is_environment(label.text, context)):
                _judge_answer(label.text, answer, context, ledger)


def judge_loose(
    texts: Iterable[LooseText], counts: Collection[int], context: Context, ledger: Ledger
) -> None:
    """Judge texts outside cells: text boxes, page headers and footers, names of files and sheets.

    Args:
        texts: the texts with their places.
        counts: the numbers of units by all ways of counting, empty if unknown.
        context: the order and the run.
        ledger: collects the items and findings.
    """
    for place, text in texts:
        contradiction = _contradiction(text, counts, context)
        if not contradiction:
            continue
        sheet = ledger.account.sheet
        item = ledger.add(Kind.LOOSE, Field(text, sheet, 0, 0), place=place)
        if not item.decided:
            where = f"{place[:1].upper()}{place[1:]}"
            where += f" på fliken ”{sheet}”" if place not in NAMES else ""
            ledger.ask(item, finding("FLI056", sheet=sheet, value=text, plats=where, säger=contradiction))


def _contradiction(text: str, counts: Collection[int], context: Context) -> str:
    """Return, in Swedish, how a text contradicts or denies the order; '' if it does not."""
    if words().denials.outside_rows(text) or words().names_draft(text):
        return "något inte ska beställas, eller inte än"
    if others := _other_environments(text, context):
        return f"beställningen gäller {listed(others)}"
    stated = stated_count(text)
    return f"enheterna är {stated}" if counts and stated is not None and stated not in counts else ""


def judge_count(cells: Sequence[Field], counts: Collection[int], ledger: Ledger) -> None:
    """Ask about a row that states another number of units than there are.

    Args:
        cells: the filled cells of the row.
        counts: the numbers of units by all ways of counting, empty if unknown.
        ledger: collects the item and the finding.
    """
    stated = stated_count(" ".join(cell.text for cell in cells))
    if not counts or stated is None or stated in counts:
        return
    at = next((cell for cell in cells if any(map(str.isdigit, cell.text))), cells[0])
    _ask(at, finding("FLI054", at, antal=stated, finns=max(counts)), ledger)


def stated_count(text: str) -> int | None:
    """Return the number of units that a text states: 12 of 'Antal enheter: 12'; None if it states none."""
    plain = folded(text)
    found = _TOTALLED(plain) or _COUNT_ALONE(plain) or _COUNTED(plain)
    if found is None or _NO_COUNT(plain) or words().denials.explains(text):
        return None
    number = found["number"]
    return int(number) if number.isdigit() else _NUMBERS.index(number) + 2


def _other_environments(text: str, context: Context) -> list[str]:
    """Return the environments other than the order's that a text states as its environment."""
    plain = folded(text)
    if not context.environment or len(plain.split()) > _LONGEST_STATEMENT or "/" in text or "[" in text:
        return []
    if not _ABOUT_ORDER(plain) or _IN_PASSING(plain) or words().denials.explains(text):
        return []
    found = _environments_in(text, context)
    return [one.form_title for one in dict.fromkeys(found) if one.key != context.environment]


def _environments_in(text: str, context: Context) -> Iterator[EnvironmentSpec]:
    """Yield the environments that a text names; the longest name wins, 'SLL PROD' over 'PROD'."""
    parts = _NAME(text)
    while parts:
        for length in range(_LONGEST_NAME, 0, -1):
            name = " ".join(parts[:length])
            # In lower case 'test' is a word like any other.
            if (spec := context.profile.environment(name)) and (name.casefold() != "test" or name.isupper()):
                yield spec
                break
        del parts[:length]


def _judge_answer(label: str, answer: Field, context: Context, ledger: Ledger) -> None:
    """Judge a label and the text next to it: 'Miljö', 'QA'; 'Klart att beställa', 'Nej'."""
    named = context.profile.environment(answer.text)
    if named and _is_environment(label, context) and context.environment not in ("", named.key):
        found = finding("FLI055", answer, miljö=context.environment, annan=named.form_title)
        _ask(answer, found, ledger)
    elif _answers_no(label, answer.text, context) or _is_out_of_time(f"{label}: {answer.text}", context):
        where = f"{answer.cell} (”{label}”)"
        _ask(answer, finding("FLI039", answer, celler=where, rader=""), ledger)


def _is_environment(label: str, context: Context) -> bool:
    return any(meaning.role == "environment" for meaning in header_meanings(label, context.profile))


def _is_out_of_time(text: str, context: Context) -> bool:
    """Whether a text says that something has ended, or starts after the order's date."""
    limit = context.day or context.today
    return any(day < context.today for day in ends_in(text)) or any(day > limit for day in starts_in(text))


def _answers_no(label: str, answer: str, context: Context) -> bool:
    """Whether a label and the text next to it say not to order: 'Klart att beställa', 'Nej'."""
    denial = words().denials.in_rows(answer)
    if denial is None or denial.weight != "whole":
        return False
    asked = any(meaning.role == "inclusion" for meaning in header_meanings(label, context.profile))
    return asked or words().asks_whether_ready(label)


def _ask(at: Field, found: Finding, ledger: Ledger) -> None:
    item = ledger.add(Kind.TEXT, at)
    if not item.decided:
        ledger.ask(item, found)
