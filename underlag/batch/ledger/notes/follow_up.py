"""The result of a follow-up, noted for the rows of a load or of a workbook."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from underlag.batch.ledger.events import Event, EventLog, outcome, user
from underlag.batch.ledger.keep import stored_loads
from underlag.batch.register.store import Register
from underlag.documents.follow_up.render import full_state
from underlag.profiles import profiles
from underlag.tak.follow_up import FollowUp, Item

#: The rows of a load, or of a workbook that are in loads.
_ROWS = (
    "SELECT rows.number, hsa_id, text FROM rows JOIN units ON units.number = unit "
    "JOIN texts ON texts.number = contract WHERE load > 0 AND (load = :load OR :load = 0) "
    "AND (book = :book OR :book = 0)"
)


class _About(NamedTuple):
    """What is followed up: a load, or a workbook and its case; 0 for what does not apply."""

    load: int
    book: int
    case: int


def note_follow_up(register: Register, folder: Path, found: FollowUp, now: datetime) -> bool:
    """Note which rows of a load or a package are not live; return False for any other folder."""
    about = _about(register, folder)
    if about is None:
        return False
    with register.transaction() as database:
        log = EventLog(database, now, user())
        wrong = _wrong(found.items)
        right = sum(item.is_right for item in found.items)
        log.add(Event.FOLLOWED_UP, **about._asdict(), text=outcome(right, len(found.items), found.taken))
        for row, state in _rows_of(database, about, wrong):
            log.add(Event.NOT_LIVE, load=about.load, row=row, text=state)
        if found.is_live:
            log.add(Event.VERIFIED, **about._asdict())
    return True


def _about(register: Register, folder: Path) -> _About | None:
    for load in stored_loads(register):
        if load.folder.resolve() == folder:
            return _About(load.number, 0, 0)
    for made in register.all_records():
        if made.folder.resolve() == folder:
            (found,) = register.query(
                "SELECT max(number), case_number FROM books WHERE fingerprint = ?", (made.fingerprint,)
            )
            return _About(0, *found) if found[0] else None
    return None


def _wrong(items: Iterable[Item]) -> dict[tuple[str, str], str]:
    """Return what the TAK has instead, by addressee and namespace: of the route if that is wrong."""
    found: dict[tuple[str, str], str] = {}
    for item in sorted(items, key=lambda one: not one.row.is_route):
        if not item.is_right:
            found.setdefault((item.row.addressee, item.row.contract), full_state(item))
    return found


def _rows_of(
    database: sqlite3.Connection, about: _About, wanted: Mapping[tuple[str, str], str]
) -> list[tuple[int, str]]:
    """Return the rows of addressees and namespaces, with what is wanted of each."""
    namespaces = {
        contract.title: contract.namespace.lower()
        for profile in profiles().values()
        for contract in profile.contracts
    }
    rows = database.execute(_ROWS, {"load": about.load, "book": about.book})
    keys = ((number, (hsa_id, namespaces.get(title, ""))) for number, hsa_id, title in rows)
    return [(number, wanted[key]) for number, key in keys if key in wanted]
