"""States in sentences what became of a workbook's rows, for its sender.

Workbooks of the sender's own region are named. Of another region only its name is disclosed.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from underlag.batch.ledger.settle import BEFORE_LOADS, LOADED, MADE, TAKEN_BACK
from underlag.batch.ledger.unit_rows import Reason
from underlag.batch.register.arrivals import came_at
from underlag.batch.replies.rows import Fate, FateRow, OtherRow
from underlag.batch.replies.unit_statements import Book, statements_on_units
from underlag.characters.cleaning import shown
from underlag.documents.mails.progress import Statement
from underlag.findings import kind
from underlag.privacy.identity import shown_identity, without_private
from underlag.text.lists import listed
from underlag.text.numbers import counted

#: Rows that those of a workbook replace through the loads of a run.
_REPLACED: Final = """
SELECT books.name, received_at, sent, region, region_key, units.hsa_id, contracts.text, sheets.text,
    mine.cell, their_sheets.text, theirs.cell, {mine}, {theirs}
FROM rows AS mine JOIN loads ON loads.number = mine.load
JOIN rows AS theirs ON theirs.other = mine.number AND theirs.other > 0
JOIN books ON books.number = theirs.book JOIN cases ON cases.number = case_number
JOIN units ON units.number = mine.unit JOIN texts AS contracts ON contracts.number = mine.contract
JOIN texts AS sheets ON sheets.number = mine.sheet
JOIN texts AS their_sheets ON their_sheets.number = theirs.sheet
JOIN heads AS my_heads ON my_heads.number = mine.head
JOIN heads AS their_heads ON their_heads.number = theirs.head
WHERE mine.book = :book AND loads.run = :run AND books.number != :book AND theirs.reason IN ('', 'ersatt')
ORDER BY theirs.number
"""
#: An earlier copy of a workbook that has rows in a load: when it came, and the state of the load.
_COPY_IN_LOAD: Final = """
SELECT copy.received_at, copy.sent, loads.state
FROM books AS own JOIN books AS copy ON copy.sha256 = own.sha256
JOIN rows ON rows.book = copy.number JOIN loads ON loads.number = load
WHERE own.number = ? AND copy.number < own.number AND rows.other = 0 AND loads.state != 'återtagen'
ORDER BY loads.state = 'inläst' DESC LIMIT 1
"""
#: What rows ask for, by column, in words.
_ASKED: Final = {
    "component": "producenten",
    "url": "anropsadressen",
    "rivta_profile": "RIV-TA-profilen",
    "consumer": "konsumenten",
    "day": "datumet",
}
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
    """A workbook of the ledger with its rows.

    `counts` has the number of rows of each fate, `fates` the rows that are not simply in a load, and `others`
    the rows that they depend on, by number.
    """

    book: Book
    counts: Mapping[Fate, int]
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
        *_ordered_before(database, rows),
        *_waiting(rows),
        *_left_out(rows),
        *_plain(rows.counts),
        *_not_needed(rows.fates.get(Fate.NOT_NEEDED, ())),
        *_replacing(database, rows, run),
        *statements_on_units(database, rows.book),
    )


def _ordered_before(database: sqlite3.Connection, rows: Rows) -> list[Statement]:
    """Return a sentence about a workbook that comes back although an earlier copy of it is in a load."""
    if set(rows.counts) != {Fate.RETURNED}:
        return []
    found = database.execute(_COPY_IN_LOAD, (rows.book.number,)).fetchone()
    if found is None:
        return []
    received, sent, state = found
    where = "är redan inläst" if state == LOADED else "är redan på väg till inläsning"
    came = came_at(received, sent)[:10]
    return [Statement(f"Samma underlag kom också {came} och {where}. Vi hör av oss om vad vi gör med det.")]


def _waiting(rows: Rows) -> list[Statement]:
    """Return a sentence for each cause for which addressees wait."""
    causes: dict[str, tuple[object, ...]] = {}
    typical: dict[tuple[object, ...], FateRow] = {}
    waiting = rows.fates.get(Fate.WAITS, ())
    for row in waiting:
        if row.facts.reason != Reason.UNIT:
            other = rows.others.get(row.facts.other)
            cause = (row.facts.reason, other and (other.book, other.asks))
            causes.setdefault(row.unit, cause)
            typical.setdefault(cause, row)
    together: defaultdict[tuple[object, ...], list[FateRow]] = defaultdict(list)
    for row in waiting:
        together[causes.get(row.unit, ())].append(row)
    return [
        Statement.listing(_why_waiting(typical.get(cause, some[0]), some, rows), map(_place, some))
        for cause, some in together.items()
    ]


def _why_waiting(row: FateRow, waiting: Sequence[FateRow], rows: Rows) -> str:
    units = len({each.unit for each in waiting})
    wait = f"{counted(units, 'adressat', 'adressater')} väntar i alla sina tjänstekontrakt"
    other = rows.others.get(row.facts.other)
    if other is None:
        return f"{wait} tills det är avgjort vad som gäller."
    who = _who(other, rows)
    asks = shown(other.asks) if other.region_key == rows.book.region_key else "något annat"
    match row.facts.reason:
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
    if other.book == rows.book.number:
        return "en annan rad i underlaget"
    if other.region_key == rows.book.region_key:
        return f"{rows.book.named(other.book_name, other.received)},"
    return f"ett underlag från {shown(other.region) or 'någon annan'}"


def _left_out(rows: Rows) -> list[Statement]:
    """Return a sentence for each workbook whose rows count instead of this one's."""
    found = []
    for fate in (Fate.REPLACED, Fate.OLDER, Fate.NOT_CHOSEN, Fate.DUPLICATE):
        by_book: defaultdict[tuple[object, ...], list[FateRow]] = defaultdict(list)
        for row in rows.fates.get(fate, ()):
            other = rows.others.get(row.facts.other)
            by_book[(other.book, other.load_state, other.waits, _where(other)) if other else ()].append(row)
        for some in by_book.values():
            lines = () if fate is Fate.DUPLICATE else [_both_places(row, rows) for row in some]
            found.append(Statement.listing(_why_left_out(fate, some, rows), lines))
    return found


def _why_left_out(fate: Fate, left_out: Sequence[FateRow], rows: Rows) -> str:
    several = len(left_out) > 1
    count = counted(len(left_out), "rad", "rader")
    other = rows.others.get(left_out[0].facts.other)
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
    if other is not None and other.book == rows.book.number:
        return f"{count} står två gånger i underlaget och räknas en gång."
    return f"{count} finns också i {who} och beställs en gång: {_where(other)}."


def _both_places(row: FateRow, rows: Rows) -> str:
    other = rows.others.get(row.facts.other)
    if other is None or other.region_key != rows.book.region_key:
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


def _plain(counts: Mapping[Fate, int]) -> list[Statement]:
    return [
        Statement(f"{counted(count, f'rad {one}', f'rader {several}')}.")
        for fate, (one, several) in _PLAIN.items()
        if (count := counts.get(fate))
    ]


def _not_needed(rows: Iterable[FateRow]) -> list[Statement]:
    """Return a sentence for each reason for which rows need no order."""
    counts: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        first = kind(row.facts.fault.partition(", ")[0])
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
    query = _REPLACED.format(
        mine=", ".join(f"my_heads.{column}" for column in _ASKED),
        theirs=", ".join(f"their_heads.{column}" for column in _ASKED),
    )
    for row in database.execute(query, {"book": rows.book.number, "run": run}):
        name, received, sent, region, key, unit, contract, sheet, cell, their_sheet, their_cell, *asks = row
        change = ""
        own = key == rows.book.region_key
        line = f"{shown_identity(unit)}, {contract}: {shown(sheet)} {cell}"
        if own:
            line += f" ersätter {shown(their_sheet)} {their_cell}"
            whose = rows.book.named(name, came_at(received, sent))
            change = _change(asks[: len(_ASKED)], asks[len(_ASKED) :])
        else:
            whose = f"ett underlag från {shown(region) or 'någon annan'}"
        by_book[whose, name if own else "", change].append(line)
    return [
        Statement.listing(
            f"Underlaget ersätter {counted(len(lines), 'rad', 'rader')} i {whose}.{change}", lines
        )
        for (whose, _, change), lines in by_book.items()
    ]


def _change(asked: Sequence[str], before: Sequence[str]) -> str:
    """Return a sentence on what a row asks for instead of the one that it replaces, '' for nothing else."""
    found = [
        f"{word} är nu {shown_identity(now) or 'inte angivet'} i stället för {shown_identity(was) or 'inget'}"
        for word, now, was in zip(_ASKED.values(), asked, before, strict=True)
        if now != was
    ]
    sentence = listed(found)
    return f" {sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def _place(row: FateRow) -> str:
    name = shown(without_private(row.name))
    unit = f"{shown_identity(row.unit)} {name}".strip()
    place = f"{shown(row.sheet)} {row.cell}".strip()
    return f"{unit}, {row.contract} ({place})" if place else f"{unit}, {row.contract}"
