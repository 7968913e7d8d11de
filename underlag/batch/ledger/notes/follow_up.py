"""The result of a follow-up, noted for the rows of a load or of a workbook."""

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from underlag.batch.ledger.events import Event, EventLog, outcome, user
from underlag.batch.ledger.keep import stored_loads
from underlag.batch.register.store import Register
from underlag.profiles import profiles
from underlag.tak.follow_up import FollowUp

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
        wrong = {(item.row.addressee, item.row.contract) for item in found.items if not item.is_right}
        right = sum(item.is_right for item in found.items)
        log.add(Event.FOLLOWED_UP, **about._asdict(), text=outcome(right, len(found.items), found.taken))
        for row in _rows_of(database, about, wrong):
            log.add(Event.NOT_LIVE, load=about.load, row=row)
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


def _rows_of(database: sqlite3.Connection, about: _About, wanted: set[tuple[str, str]]) -> list[int]:
    """Return the rows of addressees and namespaces."""
    namespaces = {
        contract.title: contract.namespace.lower()
        for profile in profiles().values()
        for contract in profile.contracts
    }
    rows = database.execute(_ROWS, {"load": about.load, "book": about.book})
    return [number for number, hsa_id, title in rows if (hsa_id, namespaces.get(title, "")) in wanted]
