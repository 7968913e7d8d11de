"""Collects from the ledger what became of a workbook's rows."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, starmap
from operator import attrgetter
from typing import Final

from underlag.batch.replies.rows import DECIDING, Fate, FateRow, RowHead, fate_of, others_of, rows_of
from underlag.batch.replies.statements import Rows, goes_on, statements
from underlag.batch.replies.unit_statements import Book
from underlag.characters.cleaning import shown
from underlag.documents.mails.progress import ACTIONS, OrderLine, Progress, SumRow
from underlag.orders.order import Addressee
from underlag.privacy.identity import shown_identity, without_private
from underlag.profiles import profiles
from underlag.text.lists import listed
from underlag.text.numbers import counted

#: Of a row.
_HEAD: Final = attrgetter("head")
_CONTRACT: Final = attrgetter("contract")
_UNIT: Final = attrgetter("unit")
_UNIT_AND_NAME: Final = attrgetter("unit", "name")
#: The column of the sums in which a row counts, by what became of it.
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
    Fate.HELD_BACK: "returned",
    Fate.RETURNED: "returned",
}


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
    for _, alike in groupby(rows, DECIDING):
        some = list(alike)
        fates[fate_of(some[0], run, blocked_by_us=blocked_by_us)] += some
    others = others_of(database, (row.other for row in rows if row.other))
    name = database.execute("SELECT name FROM books WHERE number = ?", (book,)).fetchone()[0]
    known = Rows(Book(book, name, region_key), fates, others)
    going = fates.get(Fate.GOES_ON, [])
    duplicates = (others.get(row.other) for row in fates.get(Fate.DUPLICATE, ()))
    complete = set(fates) <= {Fate.GOES_ON, Fate.DUPLICATE} and all(map(goes_on, duplicates))
    return Progress(
        _sums(rows, fates),
        statements(database, known, run),
        _orders(going),
        _addressees(going),
        bool(fates.get(Fate.WAITS)),
        bool(fates.get(Fate.HELD_BACK)),
        bool(going) and complete,
    )


def _sums(rows: Iterable[FateRow], fates: Mapping[Fate, Sequence[FateRow]]) -> tuple[SumRow, ...]:
    """Return the counts by direction of traffic, in the order of the rows."""
    counts: dict[tuple[str, str], Counter[str]] = {
        (head.profile, head.flow): Counter() for head in _heads(rows)
    }
    for fate, some in fates.items():
        for head, count in Counter(map(_HEAD, some)).items():
            of_flow = counts[head.profile, head.flow]
            of_flow[_COLUMNS[fate]] += count
            of_flow["read"] += count
    return tuple(SumRow(_title(*flow), **count) for flow, count in counts.items())


def _heads(rows: Iterable[FateRow]) -> Iterable[RowHead]:
    """Return the heads of rows, each once."""
    return dict.fromkeys(map(_HEAD, rows))


def _title(profile: str, flow: str) -> str:
    known = profiles().get(profile)
    return next((each.title for each in known.flows if each.key == flow), flow) if known else flow


def _orders(rows: Iterable[FateRow]) -> tuple[OrderLine, ...]:
    """Return the rows that go on by system and action."""
    systems: defaultdict[tuple[str, str, str], list[FateRow]] = defaultdict(list)
    for head, alike in groupby(rows, _HEAD):
        systems[head.kind, head.component, head.action] += alike
    found = []
    for (kind, component, action), some in systems.items():
        role = "Tjänstekonsument" if kind == "consumer" else "Tjänsteproducent"
        name = (
            f" ({shown(without_private(some[0].head.component_name))})" if some[0].head.component_name else ""
        )
        units = len(set(map(_UNIT, some)))
        found.append(
            OrderLine(
                f"{role} {shown_identity(component)}{name}",
                listed(list(map(shown, dict.fromkeys(map(_CONTRACT, some))))),
                f"{counted(units, 'logisk adressat', 'logiska adressater')} {ACTIONS.get(action, action)}",
            )
        )
    return tuple(found)


def _addressees(rows: Iterable[FateRow]) -> dict[str, tuple[Addressee, ...]]:
    """Return the addressees of the producers' rows by action, each once."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for head, alike in groupby(rows, _HEAD):
        if head.kind == "producer":
            found[head.action].update(map(_UNIT_AND_NAME, alike))
    return {action: tuple(starmap(Addressee, units.items())) for action, units in found.items()}
