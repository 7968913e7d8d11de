"""A register of the earlier version, without a ledger, is carried over: nothing is lost and nothing ordered again."""

import sqlite3
import zlib
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, URL, batch, book, put
from underlag.batch.ledger.packed_rows import PackedRow, unpack
from underlag.cli.main import cli

LATER = NOW + timedelta(days=1)


def as_before(content: bytes) -> bytes:
    """Return packed rows in the form of a register of version 1: units and orders."""
    packed = unpack(content)
    parties = {party.hsa_id: list(party) for party in packed.parties}
    orders: dict = {}
    for row in map(PackedRow, *packed.rows):
        if not row.fault:
            orders.setdefault((row.head, row.contract), []).append([row.unit, row.name])
    units = [row.unit for row in map(PackedRow, *packed.rows) if row.head.kind == "producer"]
    rows = [
        [
            head.flow,
            head.kind,
            head.action,
            parties[head.component],
            [contract],
            head.url,
            head.rivta_profile,
            [parties[head.consumer]],
            head.day,
            addressees,
        ]
        for (head, contract), addressees in orders.items()
    ]
    return zlib.compress(orjson.dumps([units, rows]))


def make_old(register: Path) -> None:
    """Turn a register into one of version 1."""
    with sqlite3.connect(register) as database:
        for number, content in database.execute("SELECT number, content FROM made").fetchall():
            database.execute("UPDATE made SET content = ? WHERE number = ?", (as_before(content), number))
        tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'made'")
        for (name,) in tables.fetchall():
            database.execute(f"DROP TABLE {name}")
        database.execute("PRAGMA user_version = 1")
    database.close()


@pytest.fixture
def out(tmp_path) -> Path:
    """What an earlier version left: a package, samlad/ and its register."""
    batch(put(tmp_path / "in", {"a.xlsx": book(("A1", "GEM"))}), tmp_path / "ut")
    (tmp_path / "ut/inlasningar").rename(tmp_path / "ut/samlad")
    make_old(tmp_path / "ut/register.sqlite")
    return tmp_path / "ut"


def test_what_was_ordered_is_not_ordered_again_and_that_is_said(out, tmp_path):
    before = {path: path.read_bytes() for path in (out / "samlad").rglob("*") if path.is_file()}

    made = batch(tmp_path / "in", out, now=LATER)

    assert (made.loads, made.conflicts, made.workbooks[0].unchanged) == ([], [], True)
    rows = made.workbooks[0].rows
    assert (rows.read, rows.loaded) == (6, 6)
    assert "1 arbetsbok" in made.notices[0]
    assert "samlad" in made.notices[1]
    assert {path: path.read_bytes() for path in before} == before
    again = batch(tmp_path / "in", out, now=LATER)
    assert [notice for notice in again.notices if "övertaget" in notice] == []


def test_new_rows_are_judged_against_what_was_carried_over(out, tmp_path):
    other = book(("GEM", "B1"), region="Gotland", url=URL.replace("tph2", "tph9"))

    made = batch(put(tmp_path / "ny", {"b.xlsx": other}), out, now=LATER)

    assert [conflict.addressees for conflict in made.conflicts] == [("SE162321000156-GEM",)]
    assert [load.addressees for load in made.loads] == [1]


def test_old_register_is_shown_as_before_and_asked_only_when_carried_over(out):
    def run(*arguments: str):
        return CliRunner().invoke(cli, ["register", *arguments])

    assert "a.xlsx" in run(str(out)).output
    assert "Kör underlag kundservice en gång" in " ".join(run("sok", str(out), "LiV").output.split())


def test_package_of_an_interrupted_run_is_made_again(out, tmp_path):
    with sqlite3.connect(out / "register.sqlite") as database:
        database.execute("UPDATE made SET told_at = ''")
    database.close()

    made = batch(tmp_path / "in", out, now=LATER)
    again = batch(tmp_path / "in", out, now=LATER)

    assert (made.approved, again.loads) == (True, [])


def test_interrupted_run_that_carried_over_is_followed_by_one_that_says_so(out, tmp_path, monkeypatch):
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("underlag.batch.run.conclude", end)
        with pytest.raises(KeyboardInterrupt):
            batch(tmp_path / "in", out, now=LATER)
    made = batch(tmp_path / "in", out, now=LATER)

    assert "övertaget" in made.notices[0]


def test_name_that_differs_from_what_was_ordered_before_the_loads(out, tmp_path):
    other = book(("A1",), change=(("Tolkcentralen Värmland", "Tolkarna"),), saved="2027-02-01T08:00:00Z")

    made = batch(put(tmp_path / "ny", {"ny.xlsx": other}), out, now=LATER)

    (said,) = [notice for notice in made.notices if "olika namn" in notice]
    assert "Namnet i arbetsbok 1 är beställt sedan tidigare, och TAK behåller det. Är det i stället" in said
    assert made.loads == []
