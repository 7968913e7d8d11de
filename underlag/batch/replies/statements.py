"""States in sentences what became of a workbook's rows, for its sender.

Workbooks of the sender's own region are named. Of another region only its name is disclosed.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from underlag.batch.ledger.notes.unit_names import other_names
from underlag.batch.ledger.settle import BEFORE_LOADS, LOADED, MADE, TAKEN_BACK
from underlag.batch.ledger.unit_rows import Reason
from underlag.batch.register.arrivals import came_on
from underlag.batch.replies.rows import Fate, FateRow, OtherRow
from underlag.characters.cleaning import shown
from underlag.documents.mails.progress import Statement
from underlag.findings import kind
from underlag.privacy.identity import shown_identity, without_private
from underlag.text.numbers import counted

#: Rows that a sentence lists.
_MOST_ROWS: Final = 20

#: Rows that those of a workbook replace through the loads of a run.
_REPLACED: Final = """
SELECT books.name, received_at, sent, region, region_key, units.hsa_id, contracts.text, sheets.text,
    mine.cell, their_sheets.text, theirs.cell
FROM rows AS mine JOIN loads ON loads.number = mine.load
JOIN rows AS theirs ON theirs.other = mine.number AND theirs.other > 0
JOIN books ON books.number = theirs.book JOIN cases ON cases.number = case_number
JOIN units ON units.number = mine.unit JOIN texts AS contracts ON contracts.number = mine.contract
JOIN texts AS sheets ON sheets.number = mine.sheet
JOIN texts AS their_sheets ON their_sheets.number = theirs.sheet
WHERE mine.book = :book AND loads.run = :run AND books.number != :book AND theirs.reason IN ('', 'ersatt')
ORDER BY theirs.number
"""
#: Whose a workbook is.
_WHOSE: Final = (
    "SELECT region_key, region, name FROM books JOIN cases ON cases.number = case_number "
    "WHERE books.number = ?"
)
#: Sentences about rows whose fate does not depend on another row, for one row and for several.
_PLAIN: Final = {
    Fate.LOADED: ("är redan inläst", "är redan inlästa"),
    Fate.ON_ITS_WAY: ("är redan på väg till inläsning sedan tidigare",) * 2,
    Fate.EARLIER: ("är redan beställd sedan tidigare", "är redan beställda sedan tidigare"),
    Fate.TAKEN_BACK: (
        "var med i en inläsning som är återtagen. Hör av er om den ska läsas in igen",
        "var med i en inläsning som är återtagen. Hör av er om de ska läsas in igen",
    ),
    Fate.WAITS_FOR_US: ("väntar på att vi ordnar något i TAK. Vi hör av oss när det är gjort",) * 2,
    Fate.CLOSED: (
        "hör till ett ärende som är stängt och beställs inte. Svara på det här mejlet om den ska beställas",
        "hör till ett ärende som är stängt och beställs inte. Svara på det här mejlet om de ska beställas",
    ),
    Fate.HELD_BACK: ("skulle ändra det som finns i TAK och beställs inte förrän ni har bekräftat det",) * 2,
}
#: What became of a row, by the state of its load.
_BY_LOAD: Final = {
    MADE: "den beställningen går vidare till inläsning",
    LOADED: "den beställningen är redan inläst",
    TAKEN_BACK: "den beställningen är återtagen",
}


class Rows(NamedTuple):
    """A workbook of the ledger with its rows: `others` are the rows that theirs depend on, by number."""

    book: int
    name: str
    region_key: str
    fates: Mapping[Fate, Sequence[FateRow]]
    others: Mapping[int, OtherRow]


def statements(database: sqlite3.Connection, rows: Rows, run: int) -> tuple[Statement, ...]:
    """Return sentences about the rows of a workbook that do not go on, and about rows that they replace.

    Args:
        database: the register's connection.
        rows: the workbook.
        run: the run of the reply.
    """
    return (
        *_waiting(rows),
        *_left_out(rows),
        *_plain(rows.fates),
        *_not_needed(rows.fates.get(Fate.NOT_NEEDED, ())),
        *_replacing(database, rows, run),
        *_names(database, rows),
    )


def _waiting(rows: Rows) -> list[Statement]:
    """Return a sentence for each cause for which addressees wait."""
    causes: dict[str, tuple[object, ...]] = {}
    typical: dict[tuple[object, ...], FateRow] = {}
    waiting = rows.fates.get(Fate.WAITS, ())
    for row in waiting:
        if row.reason != Reason.UNIT:
            other = rows.others.get(row.other)
            cause = (row.reason, other and (other.book, other.asks))
            causes.setdefault(row.unit, cause)
            typical.setdefault(cause, row)
    together: defaultdict[tuple[object, ...], list[FateRow]] = defaultdict(list)
    for row in waiting:
        together[causes.get(row.unit, ())].append(row)
    return [
        _statement(_why_waiting(typical.get(cause, some[0]), some, rows), map(_place, some))
        for cause, some in together.items()
    ]


def _why_waiting(row: FateRow, waiting: Sequence[FateRow], rows: Rows) -> str:
    units = len({each.unit for each in waiting})
    wait = f"{counted(units, 'adressat', 'adressater')} väntar i alla sina tjänstekontrakt"
    other = rows.others.get(row.other)
    if other is None:
        return f"{wait} tills det är avgjort vad som gäller."
    who = _who(other, rows)
    asks = shown(other.asks) if other.region_key == rows.region_key else "något annat"
    match row.reason:
        case Reason.PRODUCER:
            theirs, ours = shown_identity(other.component), shown_identity(row.head.component)
            why = f"{who} anger producenten {theirs}, och det här underlaget {ours}"
        case Reason.REGIONS:
            why = f"{who} beställer också {'den adressaten' if units == 1 else 'de adressaterna'}"
        case Reason.FAULTY_NEWER:
            return f"{wait} på en rättad arbetsbok: {who} är nyare, men har fel på de raderna."
        case Reason.VERSIONS:
            why = f"{who} anger {asks}, och det går inte att se vilket underlag som är nyast"
        case _:
            why = f"{who} anger {asks}"
    return f"{wait} tills det är avgjort vad som gäller: {why}."


def _who(other: OtherRow, rows: Rows) -> str:
    """Return whose row it is, as the start of a sentence: a workbook of the same region by its name."""
    if other.book == rows.book:
        return "en annan rad i underlaget"
    if other.region_key == rows.region_key:
        return f"{_named(other.book_name, other.received, rows)},"
    return f"ett underlag från {shown(other.region) or 'någon annan'}"


def _named(name: str, received: str, rows: Rows) -> str:
    """Return another workbook of the same region as words."""
    if name == rows.name:
        return f"ett annat underlag med samma namn, som kom {received}"
    return f"underlaget {shown(without_private(name))}, som kom {received}"


def _left_out(rows: Rows) -> list[Statement]:
    """Return a sentence for each workbook whose rows count instead of this one's."""
    found = []
    for fate in (Fate.REPLACED, Fate.OLDER, Fate.NOT_CHOSEN, Fate.DUPLICATE):
        by_book: defaultdict[tuple[object, ...], list[FateRow]] = defaultdict(list)
        for row in rows.fates.get(fate, ()):
            other = rows.others.get(row.other)
            by_book[(other.book, other.load_state, other.waits, _where(other)) if other else ()].append(row)
        for some in by_book.values():
            lines = () if fate is Fate.DUPLICATE else [_both_places(row, rows) for row in some]
            found.append(_statement(_why_left_out(fate, some, rows), lines))
    return found


def _why_left_out(fate: Fate, left_out: Sequence[FateRow], rows: Rows) -> str:
    several = len(left_out) > 1
    count = counted(len(left_out), "rad", "rader")
    other = rows.others.get(left_out[0].other)
    who = _who(other, rows) if other else "ett annat underlag"
    counts = "är nyare, men väntar själv" if other is not None and other.waits else "gäller i stället"
    if fate is Fate.REPLACED and other is not None and other.load_state == TAKEN_BACK:
        it = "de" if several else "den"
        counts = f"gällde i stället, men har tagits tillbaka. Hör av er om {it} ska beställas igen"
    match fate:
        case Fate.REPLACED:
            return f"{count} är {'ersatta' if several else 'ersatt'}: {who} {counts}."
        case Fate.OLDER:
            return f"{count} är {'äldre än andra' if several else 'äldre än en annan'}: {who} {counts}."
        case Fate.NOT_CHOSEN:
            return f"{count} gäller inte: {who} har valts i stället."
    if other is not None and other.book == rows.book:
        return f"{count} står två gånger i underlaget och räknas en gång."
    return f"{count} finns också i {who} och beställs en gång: {_where(other)}."


def _both_places(row: FateRow, rows: Rows) -> str:
    other = rows.others.get(row.other)
    if other is None or other.region_key != rows.region_key:
        return _place(row)
    counts = "nyare är" if other.waits else "i stället gäller"
    return f"{_place(row)} – {counts} {shown(other.sheet)} {other.cell}: {shown(other.asks)}"


def goes_on(other: OtherRow | None) -> bool:
    """Whether a row is in a load that is to be loaded."""
    return other is not None and other.load > 0 and other.load_state == MADE


def _where(other: OtherRow | None) -> str:
    """Return what became of the row that counts."""
    if other is None or other.waits:
        return "den beställningen väntar tills det är avgjort vad som gäller"
    if other.load == BEFORE_LOADS:
        return "den är redan beställd sedan tidigare"
    if other.reason == Reason.CLOSED:
        return "det ärendet är stängt, så den beställs inte"
    return _BY_LOAD.get(other.load_state, "den raden är i sin tur ersatt av en annan")


def _plain(fates: Mapping[Fate, Sequence[FateRow]]) -> list[Statement]:
    return [
        Statement(f"{counted(len(fates[fate]), f'rad {one}', f'rader {several}')}.")
        for fate, (one, several) in _PLAIN.items()
        if fates.get(fate)
    ]


def _not_needed(rows: Iterable[FateRow]) -> list[Statement]:
    """Return a sentence for each reason for which rows need no order."""
    counts: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        first = kind(row.fault.partition(", ")[0])
        counts["" if first.category == "TAK" else first.title] += 1
    return [
        Statement(
            f"{counted(count, 'rad', 'rader')} beställs inte: {title}."
            if title
            else f"{counted(count, 'rad', 'rader')} kräver ingen ändring i TAK och beställs därför inte."
        )
        for title, count in counts.items()
    ]


def _replacing(database: sqlite3.Connection, rows: Rows, run: int) -> list[Statement]:
    """Return a sentence for each earlier workbook whose rows this one's replace, with both cells."""
    by_book: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in database.execute(_REPLACED, {"book": rows.book, "run": run}):
        name, received, sent, region, key, unit, contract, sheet, cell, their_sheet, their_cell = row
        own = key == rows.region_key
        line = f"{shown_identity(unit)}, {contract}: {shown(sheet)} {cell}"
        if own:
            line += f" ersätter {shown(their_sheet)} {their_cell}"
            whose = _named(name, came_on(received, sent), rows)
        else:
            whose = f"ett underlag från {shown(region) or 'någon annan'}"
        by_book[whose, name if own else ""].append(line)
    return [
        _statement(f"Underlaget ersätter {counted(len(lines), 'rad', 'rader')} i {whose}.", lines)
        for (whose, _), lines in by_book.items()
    ]


def _names(database: sqlite3.Connection, rows: Rows) -> list[Statement]:
    """Return sentences on units that another workbook names differently."""
    found: defaultdict[tuple[str, bool, bool], list[str]] = defaultdict(list)
    for one in other_names(database, rows.book):
        key, region, file = database.execute(_WHOSE, (one.other_book,)).fetchone()
        here, there = (shown(without_private(text)) or "inget namn" for text in (one.name, one.other))
        if key == rows.region_key:
            same = "ett annat underlag med samma namn"
            whose = same if file == rows.name else f"underlaget {shown(without_private(file))}"
            line = f"{here} här, {there} där"
        else:
            whose, line = f"ett underlag från {shown(region) or 'någon annan'}", f"{here} här"
        found[whose, one.counts, one.is_loaded].append(f"{shown_identity(one.unit)}: {line}")
    return [
        _statement(
            f"{counted(len(lines), 'enhet har ett annat namn', 'enheter har andra namn')} i {whose}. "
            f"{_which_name(counts=counts, is_loaded=is_loaded, several=len(lines) > 1)}",
            lines,
        )
        for (whose, counts, is_loaded), lines in found.items()
    ]


def _which_name(*, counts: bool, is_loaded: bool, several: bool) -> str:
    """Return which of two names the TAK gets or has: this workbook's, or that of the other."""
    name = "namnen" if several else "namnet"
    loaded = "redan är inlästa" if several else "redan är inläst"
    state = f"{loaded}, och TAK byter inte namn på en enhet" if is_loaded else "läses in"
    if counts:
        return f"Det är {name} här som {state}. Svara på det här mejlet om det inte stämmer."
    return f"Det är {name} där som {state}. Svara på det här mejlet om det ska vara {name} här."


def _statement(text: str, lines: Iterable[str]) -> Statement:
    lines = list(lines)
    rest = len(lines) - _MOST_ROWS
    more = f"… och {counted(rest, 'rad', 'rader')} till" if rest > 0 else ""
    return Statement(text, tuple(lines[:_MOST_ROWS]), more)


def _place(row: FateRow) -> str:
    name = shown(without_private(row.name))
    unit = f"{shown_identity(row.unit)} {name}".strip()
    place = f"{shown(row.sheet)} {row.cell}".strip()
    return f"{unit}, {row.contract} ({place})" if place else f"{unit}, {row.contract}"
