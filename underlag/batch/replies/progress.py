"""Collects from the ledger what became of a workbook's rows."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import starmap
from typing import Final

from underlag.batch.register.arrivals import came_at
from underlag.batch.replies.rows import (
    Addressees,
    Facts,
    Fate,
    FateRow,
    RowGroup,
    RowHead,
    RowReader,
    fate_of,
    others_of,
)
from underlag.batch.replies.statements import Rows, goes_on, statements
from underlag.batch.replies.unit_statements import Book
from underlag.characters.cleaning import shown
from underlag.documents.mails.progress import ACTIONS, OrderLine, Progress, SumRow
from underlag.orders.order import Addressee
from underlag.privacy.identity import shown_identity, without_private
from underlag.profiles import profiles
from underlag.text.lists import listed
from underlag.text.numbers import counted

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


#: The addressees of rows in loads that the rows of another workbook replace.
_CHANGED: Final = """
SELECT DISTINCT hsa_id FROM rows AS mine CROSS JOIN rows AS theirs ON theirs.other = mine.number
JOIN units ON units.number = mine.unit JOIN heads ON heads.number = theirs.head
WHERE mine.book = ? AND mine.load > 0 AND theirs.load > 0 AND theirs.other > 0 AND theirs.book != mine.book
AND theirs.reason IN ('', 'ersatt') AND action != 'remove'
"""


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
    reader = RowReader(database, book)
    groups, rows = reader.rows()
    by_facts = {
        facts: fate_of(facts, run, blocked_by_us=blocked_by_us)
        for facts in dict.fromkeys(group.facts for group in groups)
    }
    counts: Counter[Fate] = Counter()
    for group in groups:
        counts[by_facts[group.facts]] += group.size
    fates: defaultdict[Fate, list[FateRow]] = defaultdict(list)
    for row in rows:
        fates[by_facts[row.facts]].append(row)
    others = others_of(database, (row.facts.other for row in rows if row.facts.other))
    name, received, sent = database.execute(
        "SELECT name, received_at, sent FROM books WHERE number = ?", (book,)
    ).fetchone()
    known = Rows(Book(book, name, region_key, came_at(received, sent)), counts, fates, others)
    going = [group for group in groups if by_facts[group.facts] is Fate.GOES_ON]
    loads = dict.fromkeys(group.facts.load for group in going)
    addressees = [one for load in loads for one in reader.addressees(load)]
    changed = _changed(database, book)
    duplicates = (others.get(row.facts.other) for row in fates.get(Fate.DUPLICATE, ()))
    complete = set(counts) <= {Fate.GOES_ON, Fate.DUPLICATE} and all(map(goes_on, duplicates))
    return Progress(
        _sums(groups, by_facts),
        statements(database, known, run),
        _orders(going, addressees, changed),
        _to_route(addressees, changed),
        bool(counts[Fate.WAITS]),
        bool(counts[Fate.HELD_BACK]),
        bool(going) and complete,
    )


def _sums(groups: Iterable[RowGroup], fates: Mapping[Facts, Fate]) -> tuple[SumRow, ...]:
    """Return the counts by direction of traffic, in the order of the rows."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for group in groups:
        of_flow = counts[group.head.profile, group.head.flow]
        of_flow[_COLUMNS[fates[group.facts]]] += group.size
        of_flow["read"] += group.size
    return tuple(SumRow(_title(*flow), **count) for flow, count in counts.items())


def _title(profile: str, flow: str) -> str:
    known = profiles().get(profile)
    return next((each.title for each in known.flows if each.key == flow), flow) if known else flow


def _orders(
    groups: Iterable[RowGroup], addressees: Iterable[Addressees], changed: Collection[str]
) -> tuple[OrderLine, ...]:
    """Return the rows that go on, and the number of their addressees, by system and action."""
    systems: defaultdict[tuple[str, str, str], list[RowGroup]] = defaultdict(list)
    for group in groups:
        systems[_system(group.head)].append(group)
    units: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for head, names in addressees:
        units[_system(head)].update(names)
    found = []
    for system, some in systems.items():
        kind, component, action = system
        role = "Tjänstekonsument" if kind == "consumer" else "Tjänsteproducent"
        name = (
            f" ({shown(without_private(some[0].head.component_name))})" if some[0].head.component_name else ""
        )
        known = len(units[system].intersection(changed)) if action == "add" and kind == "producer" else 0
        counts = {action: len(units[system]) - known, "change": known}
        found.append(
            OrderLine(
                f"{role} {shown_identity(component)}{name}",
                listed(list(map(shown, dict.fromkeys(group.contract for group in some)))),
                ", ".join(
                    f"{counted(count, 'logisk adressat', 'logiska adressater')} {ACTIONS.get(done, done)}"
                    for done, count in counts.items()
                    if count
                ),
            )
        )
    return tuple(found)


def _system(head: RowHead) -> tuple[str, str, str]:
    return head.kind, head.component, head.action


def _changed(database: sqlite3.Connection, book: int) -> set[str]:
    """Return the addressees of which a workbook replaces rows of earlier loads."""
    return {unit for (unit,) in database.execute(_CHANGED, (book,))}


def _to_route(addressees: Iterable[Addressees], changed: Collection[str]) -> dict[str, tuple[Addressee, ...]]:
    """Return the addressees of the producers' rows by action, each once; what is known already is changed."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for head, names in addressees:
        if head.kind != "producer":
            continue
        if head.action != "add" or not changed:
            found[head.action] |= names
            continue
        for unit, name in names.items():
            found["change" if unit in changed else "add"][unit] = name
    return {action: tuple(starmap(Addressee, names.items())) for action, names in found.items()}
