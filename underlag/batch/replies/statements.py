"""States in sentences what became of a workbook's rows, for its sender.

Workbooks of the sender's own region are named. Of another region only its name is disclosed.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from underlag.batch.ledger.judge_unit import Reason
from underlag.batch.ledger.settle import LOADED, MADE, TAKEN_BACK
from underlag.batch.replies.rows import Fate, FateRow, OtherRow, fate_of, others_of, rows_of
from underlag.characters.cleaning import shown
from underlag.documents.mails.progress import OrderLine, Progress, Statement, SumRow
from underlag.orders.order import Addressee
from underlag.privacy.identity import shown_identity, without_private
from underlag.profiles import profiles
from underlag.text.lists import listed
from underlag.text.numbers import counted

#: Rows that a sentence lists.
_MOST_ROWS: Final = 20

#: The column of the sums that a fate counts in.
_COLUMNS: Final = {
    Fate.GOES_ON: "ordered",
    Fate.ON_ITS_WAY: "known",
    Fate.LOADED: "known",
    Fate.EARLIER: "known",
    Fate.WAITS: "waiting",
    Fate.WAITS_FOR_US: "waiting",
    Fate.TAKEN_BACK: "left_out",
    Fate.REPLACED: "left_out",
    Fate.OLDER: "left_out",
    Fate.NOT_CHOSEN: "left_out",
    Fate.DUPLICATE: "left_out",
    Fate.NOT_NEEDED: "left_out",
    Fate.CLOSED: "left_out",
    Fate.RETURNED: "returned",
}
#: Sentences about rows whose fate does not depend on another row.
_PLAIN: Final = {
    Fate.LOADED: "är redan inlästa",
    Fate.ON_ITS_WAY: "är redan på väg till inläsning sedan tidigare",
    Fate.EARLIER: "är redan beställda sedan tidigare",
    Fate.TAKEN_BACK: "har varit inlästa, men inläsningen är återtagen. Hör av er om de ska läsas in igen",
    Fate.WAITS_FOR_US: "väntar på att vi ordnar något i TAK. Vi hör av oss när det är gjort",
    Fate.CLOSED: "hör till ett ärende som är stängt och beställs inte",
    Fate.NOT_NEEDED: "kräver ingen ändring i TAK och beställs därför inte",
}
_ACTIONS: Final = {"add": "läggs till", "remove": "tas bort"}


def progress_of(
    database: sqlite3.Connection, book: int, run: int, *, region_key: str, blocked_by_us: bool
) -> Progress:
    """Return what became of a workbook's rows.

    Args:
        database: the register's connection.
        book: the workbook's number.
        run: the run of the reply.
        region_key: the region of the workbook.
        blocked_by_us: whether faults of the TAK alone keep the whole workbook from being ordered.
    """
    rows = rows_of(database, book)
    fates: defaultdict[Fate, list[FateRow]] = defaultdict(list)
    for row in rows:
        fates[fate_of(row, run, blocked_by_us=blocked_by_us)].append(row)
    others = others_of(database, (row.other for row in rows if row.other))
    wording = _Wording(others, book, region_key)
    going = fates.get(Fate.GOES_ON, [])
    duplicates = (others.get(row.other) for row in fates.get(Fate.DUPLICATE, ()))
    complete = set(fates) <= {Fate.GOES_ON, Fate.DUPLICATE} and all(map(_goes_on, duplicates))
    return Progress(
        _sums(rows, fates),
        (
            *wording.waiting(fates.get(Fate.WAITS, [])),
            *wording.left_out(fates),
            *_plain(fates),
            *_replacing(database, book, run),
        ),
        _orders(going),
        _addressees(going),
        bool(fates.get(Fate.WAITS)),
        bool(going) and complete,
    )


def _sums(rows: Iterable[FateRow], fates: Mapping[Fate, Sequence[FateRow]]) -> tuple[SumRow, ...]:
    """Return the counts by direction of traffic, in the order of the rows."""
    counts: dict[tuple[str, str], Counter[str]] = {
        flow: Counter() for flow in dict.fromkeys((row.profile, row.flow) for row in rows)
    }
    for fate, some in fates.items():
        for flow, count in Counter((row.profile, row.flow) for row in some).items():
            counts[flow][_COLUMNS[fate]] += count
            counts[flow]["read"] += count
    return tuple(SumRow(_title(*flow), **count) for flow, count in counts.items())


def _title(profile: str, flow: str) -> str:
    known = profiles().get(profile)
    return next((each.title for each in known.flows if each.key == flow), flow) if known else flow


class _Wording:
    """Sentences about rows whose fate depends on other rows."""

    def __init__(self, others: Mapping[int, OtherRow], book: int, region_key: str) -> None:
        self._others = others
        self._book = book
        self._region_key = region_key

    def waiting(self, rows: Sequence[FateRow]) -> list[Statement]:
        """Return a sentence for each thing that addressees wait for."""
        causes: dict[str, tuple[object, ...]] = {}
        texts: dict[tuple[object, ...], FateRow] = {}
        for row in rows:
            if row.reason != Reason.UNIT:
                other = self._others.get(row.other)
                cause = (row.reason, other and (other.book, other.asks))
                causes.setdefault(row.unit, cause)
                texts.setdefault(cause, row)
        together: defaultdict[tuple[object, ...], list[FateRow]] = defaultdict(list)
        for row in rows:
            together[causes.get(row.unit, ())].append(row)
        return [
            _statement(self._why_waiting(texts.get(cause, some[0]), some), [_place(row) for row in some])
            for cause, some in together.items()
        ]

    def _why_waiting(self, row: FateRow, rows: Sequence[FateRow]) -> str:
        units = len({each.unit for each in rows})
        wait = f"{counted(units, 'adressat', 'adressater')} väntar i alla sina tjänstekontrakt"
        other = self._others.get(row.other)
        if other is None:
            return f"{wait} tills det är avgjort vad som gäller."
        who = self._who(other)
        asks = shown(other.asks) if other.region_key == self._region_key else "något annat för dem"
        match row.reason:
            case Reason.PRODUCER:
                why = (
                    f"{who} anger producenten {shown_identity(other.component)} för dem, och ert underlag "
                    f"{shown_identity(row.component)}"
                )
            case Reason.REGIONS:
                why = f"{who} beställer dem också"
            case Reason.FAULTY_NEWER:
                return f"{wait} på en rättad arbetsbok: {who} är nyare, men har fel på de raderna."
            case Reason.VERSIONS:
                why = f"{who} anger {asks}, och det går inte att se vilket underlag som är nyast"
            case _:
                why = f"{who} anger {asks}"
        return f"{wait} tills det är avgjort vad som gäller: {why}."

    def _who(self, other: OtherRow) -> str:
        """Return who asks for something else: a workbook of the same region by name, otherwise the region."""
        if other.book == self._book:
            return "en annan rad i underlaget"
        if other.region_key == self._region_key:
            return f"underlaget {shown(without_private(other.book_name))}, som kom {other.received},"
        return shown(other.region) or "någon annan"

    def left_out(self, fates: Mapping[Fate, Sequence[FateRow]]) -> list[Statement]:
        """Return a sentence for each workbook whose rows count instead of this one's."""
        found = []
        for fate in (Fate.REPLACED, Fate.OLDER, Fate.NOT_CHOSEN, Fate.DUPLICATE):
            by_book: defaultdict[tuple[object, ...], list[FateRow]] = defaultdict(list)
            for row in fates.get(fate, ()):
                other = self._others.get(row.other)
                by_book[other and (other.book, other.load_state)].append(row)  # type: ignore[index]
            for some in by_book.values():
                lines = [] if fate is Fate.DUPLICATE else [self._both_places(row) for row in some]
                found.append(_statement(self._why_left_out(fate, some), lines))
        return found

    def _why_left_out(self, fate: Fate, rows: Sequence[FateRow]) -> str:
        count = counted(len(rows), "rad", "rader")
        other = self._others.get(rows[0].other)
        who = self._who(other).rstrip(",") if other else "ett annat underlag"
        match fate:
            case Fate.REPLACED:
                return f"{count} är ersatta av senare rader: {who} gäller i stället."
            case Fate.OLDER:
                return f"{count} är äldre än andra rader: {who} gäller i stället."
            case Fate.NOT_CHOSEN:
                return f"{count} gäller inte, för ett annat underlag har valts: {who}."
        if other is not None and other.book == self._book:
            return f"{count} står två gånger i underlaget och räknas en gång."
        where = _in(who, other, self._region_key)
        return f"{count} finns också i {where} och beställs en gång: {_where(other)}."

    def _both_places(self, row: FateRow) -> str:
        other = self._others.get(row.other)
        if other is None or other.region_key != self._region_key:
            return _place(row)
        return f"{_place(row)} – i stället gäller {shown(other.sheet)} {other.cell}: {shown(other.asks)}"


def _goes_on(other: OtherRow | None) -> bool:
    return other is not None and other.load > 0 and other.load_state == MADE


def _in(who: str, other: OtherRow | None, region_key: str) -> str:
    return who if other and other.region_key == region_key else f"ett underlag från {who}"


def _where(other: OtherRow | None) -> str:
    """Return what became of the row that counts."""
    if _goes_on(other):
        return "den beställningen går vidare till inläsning"
    if other is not None and other.load_state == LOADED:
        return "den beställningen är redan inläst"
    if other is not None and other.load_state == TAKEN_BACK:
        return "den beställningen är återtagen"
    return "den beställningen väntar eller är ersatt"


def _plain(fates: Mapping[Fate, Sequence[FateRow]]) -> list[Statement]:
    return [
        Statement(f"{counted(len(fates[fate]), 'rad', 'rader')} {text}.")
        for fate, text in _PLAIN.items()
        if fates.get(fate)
    ]


def _replacing(database: sqlite3.Connection, book: int, run: int) -> list[Statement]:
    """Return a sentence for each earlier workbook whose rows this one's replace."""
    found = database.execute(
        "SELECT books.name, received_at, count(*) FROM rows AS mine JOIN loads ON loads.number = mine.load "
        "JOIN rows AS theirs ON theirs.other = mine.number AND theirs.other > 0 "
        "JOIN books ON books.number = theirs.book "
        "WHERE mine.book = ? AND loads.run = ? AND books.number != ? "
        "AND theirs.reason IN ('', 'ersatt') GROUP BY books.number ORDER BY books.number",
        (book, run, book),
    )
    return [
        Statement(
            f"Underlaget ersätter {counted(count, 'rad', 'rader')} i {shown(without_private(name))}, som kom "
            f"{received[:10]}."
        )
        for name, received, count in found
    ]


def _statement(text: str, lines: Sequence[str]) -> Statement:
    rest = len(lines) - _MOST_ROWS
    more = f"… och {counted(rest, 'rad', 'rader')} till" if rest > 0 else ""
    return Statement(text, tuple(lines[:_MOST_ROWS]), more)


def _place(row: FateRow) -> str:
    name = shown(without_private(row.name))
    unit = f"{shown_identity(row.unit)} {name}".strip()
    place = f"{shown(row.sheet)} {row.cell}".strip()
    return f"{unit}, {row.contract} ({place})" if place else f"{unit}, {row.contract}"


def _orders(rows: Iterable[FateRow]) -> tuple[OrderLine, ...]:
    """Return the rows that go on by system and action."""
    systems: dict[tuple[str, str, str], list[FateRow]] = {}
    for row in rows:
        systems.setdefault((row.kind, row.component, row.action), []).append(row)
    found = []
    for (kind, component, action), some in systems.items():
        role = "Tjänstekonsument" if kind == "consumer" else "Tjänsteproducent"
        name = f" ({shown(without_private(some[0].component_name))})" if some[0].component_name else ""
        units = len({row.unit for row in some})
        found.append(
            OrderLine(
                f"{role} {shown_identity(component)}{name}",
                listed(list(dict.fromkeys(shown(row.contract) for row in some))),
                f"{counted(units, 'logisk adressat', 'logiska adressater')} {_ACTIONS.get(action, action)}",
            )
        )
    return tuple(found)


def _addressees(rows: Iterable[FateRow]) -> dict[str, tuple[Addressee, ...]]:
    """Return the addressees of the producers' rows by action, each once."""
    found: defaultdict[str, dict[str, Addressee]] = defaultdict(dict)
    for row in rows:
        if row.kind == "producer":
            found[row.action].setdefault(row.unit, Addressee(row.unit, row.name))
    return {action: tuple(units.values()) for action, units in found.items()}
