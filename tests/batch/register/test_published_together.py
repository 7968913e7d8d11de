"""Workbooks that are done at the same time are registered together, and published as one by one."""

import errno

import pytest

from tests.batch.books import batch, book, put, tree
from underlag.batch import publish
from underlag.batch.processes.pool import Results
from underlag.batch.records.workbooks import State
from underlag.batch.register.database import Database
from underlag.batch.register.store import Register

FILES = {f"{region}.xlsx": book((f"{region.upper()}1",), region=region) for region in ("Norr", "Ost", "Syd")}


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(Results, "together", lambda results: iter([list(results)]))


def registered(out) -> list[str]:
    with Register(out / "register.sqlite", reading=True) as register:
        return [made.name for made in register.all_records()]


def test_the_packages_and_the_register_are_the_same(tmp_path, at_once, monkeypatch):
    put(tmp_path / "in", FILES)
    batch(tmp_path / "in", tmp_path / "ut")
    monkeypatch.undo()
    batch(tmp_path / "in", tmp_path / "ett i taget")

    assert tree(tmp_path / "ut") == tree(tmp_path / "ett i taget")
    assert registered(tmp_path / "ut") == registered(tmp_path / "ett i taget") == list(FILES)


def test_the_register_waits_for_the_disk_once(tmp_path, at_once, monkeypatch):
    written = []
    transaction = Database.transaction

    def counting(register):
        written.append(len(list((tmp_path / "ut").glob("*-PROD-*"))))
        return transaction(register)

    monkeypatch.setattr(Database, "transaction", counting)
    batch(put(tmp_path / "in", FILES), tmp_path / "ut")

    assert written.count(0) == 1
    assert set(written) == {0, 3}


def test_a_package_that_cannot_be_put_in_its_place_is_refused_alone(tmp_path, at_once, monkeypatch):
    rename = publish._rename

    def refusing(path, target):
        if target.name.startswith("Ost"):
            raise OSError(errno.EACCES, "Permission denied")
        rename(path, target)

    put(tmp_path / "in", FILES)
    with monkeypatch.context() as patch:
        patch.setattr(publish, "_rename", refusing)
        refused = batch(tmp_path / "in", tmp_path / "ut")
    made = registered(tmp_path / "ut")
    again = batch(tmp_path / "in", tmp_path / "ut")

    assert [one.state for one in refused.workbooks] == [State.DONE, State.REJECTED, State.DONE]
    assert "Paketet kunde inte läggas i" in refused.workbooks[1].reason
    assert made == ["Norr.xlsx", "Syd.xlsx"]
    assert [(one.state, one.unchanged) for one in again.workbooks] == [
        (State.DONE, True),
        (State.DONE, False),
        (State.DONE, True),
    ]


@pytest.mark.parametrize("is_refused", [False, True])
def test_of_equal_workbooks_the_first_that_is_published_counts(tmp_path, at_once, monkeypatch, is_refused):
    """The same content is a workbook of its own where a bestallning.toml lies beside it."""
    content = book()
    files = {"a.xlsx": content, "b/b.xlsx": content, "b/bestallning.toml": b"", "c.xlsx": book(region="Ost")}
    refusals = [OSError(errno.EACCES, "Permission denied")] if is_refused else []
    rename = publish._rename

    def refusing(path, target):
        if refusals:
            raise refusals.pop()
        rename(path, target)

    monkeypatch.setattr(publish, "_rename", refusing)
    states = [one.state for one in batch(put(tmp_path / "in", files), tmp_path / "ut").workbooks]

    assert sorted(states) == sorted([State.DONE, State.DONE, State.REJECTED if is_refused else State.TWICE])
