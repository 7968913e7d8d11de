"""The tables of the register, and the upgrade of earlier versions.

`made` and `remarks` have the packages, and are kept up to date. The rest is the ledger: what was received,
what each workbook asks for, loads, decisions, mails, replies and events. It is append-only: triggers refuse
to delete rows or to change facts. Only the verdict on a row and the case of a workbook may change, and each
change is an event.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

#: The application id ('ULAG') that distinguishes the register from other SQLite files, and its version.
APPLICATION: Final = 0x554C4147
VERSION: Final = 2
#: The first version had no ledger.
WITHOUT_LEDGER: Final = 1

_PACKAGES: Final = """
CREATE TABLE made (
    number INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    profile TEXT NOT NULL,
    environment TEXT NOT NULL,
    region TEXT NOT NULL,
    case_number TEXT NOT NULL,
    day TEXT NOT NULL,
    saved TEXT NOT NULL,
    state TEXT NOT NULL,
    counts TEXT NOT NULL,
    files TEXT NOT NULL,
    content BLOB NOT NULL,
    made_at TEXT NOT NULL,
    folder TEXT NOT NULL,
    told_at TEXT NOT NULL
)
"""

#: A sentence about a package, until a finished run has reported it.
_REMARKS: Final = """
CREATE TABLE remarks (fingerprint TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID
"""

#: Texts, units and heads are kept once each. A row is one addressee for one contract, from one cell.
_LEDGER: Final = """
CREATE TABLE cases (
    number INTEGER PRIMARY KEY,
    environment TEXT NOT NULL,
    region TEXT NOT NULL,
    region_key TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT NOT NULL DEFAULT ''
);
CREATE INDEX cases_by_region ON cases (region_key, environment);
CREATE TABLE marks (
    mark TEXT NOT NULL,
    case_number INTEGER NOT NULL REFERENCES cases,
    PRIMARY KEY (mark, case_number)
) WITHOUT ROWID;
CREATE TABLE books (
    number INTEGER PRIMARY KEY,
    case_number INTEGER NOT NULL REFERENCES cases,
    run INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    origin TEXT NOT NULL,
    profile TEXT NOT NULL,
    ticket TEXT NOT NULL,
    saved TEXT NOT NULL,
    sent TEXT NOT NULL,
    counts TEXT NOT NULL,
    received_at TEXT NOT NULL
);
CREATE INDEX books_by_fingerprint ON books (fingerprint);
CREATE INDEX books_by_content ON books (sha256);
CREATE INDEX books_by_case ON books (case_number);
CREATE TABLE texts (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE units (number INTEGER PRIMARY KEY, hsa_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE parties (hsa_id TEXT PRIMARY KEY, name TEXT NOT NULL, fixed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE heads (
    number INTEGER PRIMARY KEY,
    profile TEXT NOT NULL,
    flow TEXT NOT NULL,
    kind TEXT NOT NULL,
    action TEXT NOT NULL,
    component TEXT NOT NULL,
    url TEXT NOT NULL,
    rivta_profile TEXT NOT NULL,
    consumer TEXT NOT NULL,
    day TEXT NOT NULL,
    UNIQUE (profile, flow, kind, action, component, url, rivta_profile, consumer, day)
);
CREATE TABLE rows (
    number INTEGER PRIMARY KEY,
    book INTEGER NOT NULL REFERENCES books,
    head INTEGER NOT NULL REFERENCES heads,
    contract INTEGER NOT NULL REFERENCES texts,
    unit INTEGER NOT NULL REFERENCES units,
    sheet INTEGER NOT NULL REFERENCES texts,
    cell TEXT NOT NULL,
    fault TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    load INTEGER NOT NULL DEFAULT 0,
    other INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX rows_by_unit ON rows (unit);
CREATE INDEX rows_by_book ON rows (book, state, load, reason);
CREATE INDEX rows_waiting ON rows (unit) WHERE state = 'väntar';
CREATE INDEX rows_by_load ON rows (load) WHERE load > 0;
CREATE INDEX rows_replaced ON rows (book) WHERE other > 0;
CREATE TABLE loads (
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    environment TEXT NOT NULL,
    folder TEXT NOT NULL,
    made_at TEXT NOT NULL,
    state TEXT NOT NULL,
    told_at TEXT NOT NULL DEFAULT ''
);
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    book INTEGER NOT NULL REFERENCES books,
    unit INTEGER NOT NULL DEFAULT 0,
    latest_book INTEGER NOT NULL
);
CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_number INTEGER NOT NULL DEFAULT 0,
    book INTEGER NOT NULL DEFAULT 0,
    load INTEGER NOT NULL DEFAULT 0,
    row INTEGER NOT NULL DEFAULT 0,
    text TEXT NOT NULL DEFAULT ''
);
CREATE INDEX events_by_case ON events (case_number);
CREATE INDEX events_by_load ON events (load) WHERE load > 0;
CREATE INDEX events_by_row ON events (row) WHERE row > 0;
CREATE TABLE runs (number INTEGER PRIMARY KEY, at TEXT NOT NULL, told_at TEXT NOT NULL DEFAULT '')
"""

#: `headers` are those of `inbox.mail.Mail` as JSON. `enclosed` has a row for each file of a mail: a workbook
#: or (`book` 0) something that could not be read, and why. `answered` has a row for each workbook of a reply,
#: with the mail that it came with (0 for none).
_REPLIES: Final = """
CREATE TABLE mails (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, headers TEXT NOT NULL);
CREATE TABLE enclosed (
    mail INTEGER NOT NULL REFERENCES mails,
    book INTEGER NOT NULL,
    name TEXT NOT NULL,
    refused TEXT NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (mail, book, name)
);
CREATE INDEX enclosed_by_run ON enclosed (run);
CREATE INDEX enclosed_by_book ON enclosed (book) WHERE book > 0;
CREATE TABLE replies (number INTEGER PRIMARY KEY, run INTEGER NOT NULL, folder TEXT NOT NULL);
CREATE INDEX replies_by_run ON replies (run);
CREATE TABLE answered (
    reply INTEGER NOT NULL REFERENCES replies,
    mail INTEGER NOT NULL,
    book INTEGER NOT NULL,
    PRIMARY KEY (reply, mail, book)
);
CREATE INDEX answered_by_book ON answered (book) WHERE book > 0;
CREATE INDEX rows_by_other ON rows (other) WHERE other > 0
"""

#: The name of a unit in a workbook that can be ordered, where it is not the one in `units`.
_NAMES: Final = """
CREATE TABLE names (
    unit INTEGER NOT NULL REFERENCES units,
    book INTEGER NOT NULL REFERENCES books,
    name TEXT NOT NULL,
    PRIMARY KEY (unit, book)
) WITHOUT ROWID
"""

#: What mails without a workbook say against orders: by each id of their thread and their case number.
_OBJECTIONS: Final = """
CREATE TABLE objections (
    mark TEXT NOT NULL,
    sent TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (mark, sent, text)
) WITHOUT ROWID
"""

_APPENDED: Final = (
    "cases", "marks", "books", "texts", "units", "heads", "rows", "loads", "decisions", "events", "runs",
    "mails", "enclosed", "replies", "answered", "names", "objections",
)  # fmt: skip
#: Columns of facts, in tables where others may change.
_FACTS: Final = {
    "cases": "number, environment, region, region_key, opened_at",
    "books": (
        "number, run, fingerprint, sha256, name, origin, profile, ticket, saved, sent, counts, received_at"
    ),
    "rows": "number, book, head, contract, unit, sheet, cell, fault",
    "loads": "number, run, environment, made_at",
    "runs": "number, at",
}
_WHOLLY_FIXED: Final = (
    "marks", "texts", "heads", "decisions", "events", "mails", "enclosed", "replies", "answered",
    "names", "objections",
)  # fmt: skip

_REFUSE: Final = "BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END"


def create(database: sqlite3.Connection) -> None:
    """Create the tables in an empty database, within the caller's transaction."""
    database.execute(_PACKAGES)
    _create_ledger(database)
    database.execute(f"PRAGMA application_id = {APPLICATION}")
    database.execute(f"PRAGMA user_version = {VERSION}")


def upgrade(database: sqlite3.Connection) -> None:
    """Add the tables that an earlier register lacks, within the caller's transaction.

    One without a ledger keeps its version until `finish_upgrade`, when what it holds has been carried over.
    """
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if "cases" not in names:
        _create_ledger(database)
        return
    if "remarks" not in names:
        database.execute(_REMARKS)
    if "mails" not in names:
        _create_tables(database, _REPLIES, ("mails", "enclosed", "replies", "answered"))
    if "names" not in names:
        _create_tables(database, _NAMES, ("names",))
    if "objections" not in names:
        _create_tables(database, _OBJECTIONS, ("objections",))
    (trigger,) = database.execute("SELECT sql FROM sqlite_schema WHERE name = 'books_keep'").fetchone()
    if "UPDATE OF" not in trigger:  # from when a workbook could not be moved to another case
        database.execute("DROP TRIGGER books_keep")
        _keep(database, "books")


def finish_upgrade(database: sqlite3.Connection) -> None:
    """Record that a register has this version now, within the caller's transaction."""
    database.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def first_rows_indexed_at_once(database: sqlite3.Connection) -> Iterator[None]:
    """Index the rows that are written in here when all are there, if they are the ledger's first.

    That takes half the time of indexing each row as it comes. After an error the caller must roll back.
    """
    if database.execute("SELECT 1 FROM rows LIMIT 1").fetchone():
        yield
        return
    indexes = database.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'rows' ORDER BY rowid"
    ).fetchall()
    for name, _ in indexes:
        database.execute(f"DROP INDEX {name}")
    yield
    for _, statement in indexes:
        database.execute(statement)


def _create_ledger(database: sqlite3.Connection) -> None:
    database.execute(_REMARKS)
    _create_tables(database, f"{_LEDGER};\n{_REPLIES};\n{_NAMES};\n{_OBJECTIONS}", _APPENDED)


def _create_tables(database: sqlite3.Connection, statements: str, appended: Iterable[str]) -> None:
    """Create tables, and triggers that refuse to delete their rows or to change facts in them."""
    for statement in statements.split(";\n"):
        database.execute(statement)
    for table in appended:
        database.execute(f"CREATE TRIGGER {table}_stay BEFORE DELETE ON {table} {_REFUSE}")
        if table in _WHOLLY_FIXED or table in _FACTS:
            _keep(database, table)


def _keep(database: sqlite3.Connection, table: str) -> None:
    """Create the trigger that refuses to change facts in a table."""
    facts = f"OF {_FACTS[table]} " if table in _FACTS else ""
    database.execute(f"CREATE TRIGGER {table}_keep BEFORE UPDATE {facts}ON {table} {_REFUSE}")
