"""A process that is killed at any step leaves the old package or the new one, never a mixture."""

import os
import shutil
import time

import pytest

from tests.documents.examples import files_below
from tests.package.test_folder import FILES, NEW, OLD, package
from tests.support.disk_faults import stopped_at
from underlag.documents.package_names import INDEX
from underlag.package.exchange import NOTICE
from underlag.package.folder import PackageError, PackageExists, write_folder
from underlag.package.work_folder import sweep, work_folder

NEXT = package({**FILES, "rapport.html": b"<html>new", "nytt/fil.txt": b"x"})
MINE = {"min.txt": b"mine", "tak/egen.json": b"mine"}

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the test kills a copy of this process")


def filled(folder, files):
    write_folder(folder, files.items())
    for name, content in MINE.items():
        (folder / name).write_bytes(content)


def killed_at(number, *, folder, files):
    """Return whether a process that places files was killed at this step, not finished before it."""
    child = os.fork()
    if child == 0:
        with stopped_at(number, lambda: os._exit(9)):
            write_folder(folder, files.items(), overwrite=True)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def ours(folder):
    """Return the program's leftovers, apart from an empty work folder, which is allowed."""
    left = [path for path in folder.rglob("*") if path.name.startswith(".underlag-") or path.name == NOTICE]
    return [path for path in left if path.is_file() or any(path.iterdir())]


@needs_fork
def test_a_killed_exchange_is_finished_or_forgotten_by_the_next_command(tmp_path):
    outcomes = set()
    for number in range(1, 200):
        folder = tmp_path / str(number)
        filled(folder, OLD)
        killed = killed_at(number, folder=folder, files=NEXT)
        with pytest.raises(PackageExists):
            write_folder(folder, NEW.items())  # is rejected, but removes leftovers first

        left = files_below(folder)
        assert left in ({**OLD, **MINE}, {**NEXT, **MINE}), number
        assert ours(folder) == []
        outcomes.add(left[INDEX])
        if not killed:
            break
    assert outcomes == {OLD[INDEX], NEXT[INDEX]}
    assert number > 30


def mixture(folder):
    """Fill a folder and kill a process while it exchanges its files."""
    for number in range(1, 200):
        filled(folder / str(number), OLD)
        assert killed_at(number, folder=folder / str(number), files=NEXT)
        if files_below(folder / str(number)).get("rapport.html") == NEXT["rapport.html"]:
            return folder / str(number)
    raise AssertionError


@needs_fork
def test_a_mixture_is_marked_for_the_eyes(tmp_path):
    files = files_below(mixture(tmp_path))

    assert files[INDEX] == OLD[INDEX]
    assert "Kör samma kommando igen" in files[NOTICE].decode("utf-8-sig")


@needs_fork
def test_a_kill_while_a_killed_exchange_is_finished_is_survived_too(tmp_path):
    half = mixture(tmp_path)
    for number in range(1, 200, 3):
        folder = tmp_path / f"b{number}"
        shutil.copytree(half, folder)
        killed = killed_at(number, folder=folder, files=NEW)
        with pytest.raises(PackageExists):
            write_folder(folder, OLD.items())

        assert files_below(folder) in ({**NEXT, **MINE}, {**NEW, **MINE}), number
        assert ours(folder) == []
        if not killed:
            break
    assert number > 30


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_a_failed_exchange_leaves_the_earlier_package(tmp_path, error):
    def fail():
        raise error

    for number in range(1, 200):
        folder = tmp_path / str(number)
        filled(folder, OLD)
        outcome = "NEXT"  # the failure was harmless, or there was none
        with stopped_at(number, fail) as passed:
            try:
                write_folder(folder, NEXT.items(), overwrite=True)
            except PackageError as refused:
                outcome = "OLD" if "Inget har ändrats" in str(refused) else str(refused)
            except KeyboardInterrupt:
                outcome = "either"  # the new one, when it comes after the exchange
        sweep(folder)
        files = files_below(folder)
        assert outcome in {"OLD", "NEXT", "either"}
        assert files == {**OLD, **MINE} or outcome != "OLD"
        assert files == {**NEXT, **MINE} or outcome != "NEXT"
        assert files in ({**OLD, **MINE}, {**NEXT, **MINE}), (number, passed)
        if len(passed) < number:
            break
    assert number > 30


def test_an_exchange_that_cannot_be_completed_is_reported_and_completed_next_time(tmp_path, monkeypatch):
    filled(tmp_path, OLD)
    real, calls = os.replace, []

    def refuse(*paths):
        calls.append(paths)
        if len(calls) in {3, 5}:
            raise PermissionError(13, "Permission denied", str(paths[1]))
        real(*paths)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PackageError, match="hör inte ihop"):
        write_folder(tmp_path, NEXT.items(), overwrite=True)
    assert (tmp_path / NOTICE).exists()
    monkeypatch.undo()
    with pytest.raises(PackageExists):
        write_folder(tmp_path, NEW.items())

    assert files_below(tmp_path) == {**OLD, **MINE}
    assert ours(tmp_path) == []


def test_a_journal_that_leads_out_of_the_folder_is_not_followed(tmp_path):
    folder = tmp_path / "paket"
    filled(folder, OLD)
    victim = tmp_path / "offer.txt"
    victim.write_bytes(b"mine")
    work = folder / ".underlag-0123456789ab"
    (work / "nya").mkdir(parents=True)
    (work / "las").write_bytes(b"")
    (work / "byte.json").write_text('{"nya": ["../offer.txt"], "bort": ["../offer.txt"], "fanns": []}')
    write_folder(folder, NEW.items(), overwrite=True)

    assert victim.read_bytes() == b"mine"


def test_work_folder_whose_lock_is_not_taken_yet_is_nobodys_leftover(tmp_path):
    beginning = tmp_path / ".underlag-0123456789ab"
    beginning.mkdir()
    (beginning / "las").touch()

    sweep(tmp_path)
    kept = beginning.exists()
    os.utime(beginning / "las", (time.time() - 7200,) * 2)
    sweep(tmp_path)

    assert (kept, beginning.exists()) == (True, False)


def test_leftovers_of_a_killed_command_are_removed_but_not_files_in_use(tmp_path):
    dead, other = tmp_path / ".underlag-0123456789ab", tmp_path / ".underlag-annat"
    for path in (dead, other):
        path.mkdir()
        (path / "las").write_bytes(b"")
        (path / "kontakter.txt").write_bytes(b"070-174 06 05")
    young, old = tmp_path / ".underlag-000000000000", tmp_path / ".underlag-111111111111"
    for path in (young, old):
        path.write_bytes(b"half a file")
    os.utime(old, (time.time() - 7200,) * 2)
    with work_folder(tmp_path) as running:
        write_folder(tmp_path / "ut", NEW.items())

        assert {p.name for p in tmp_path.iterdir()} == {"ut", other.name, young.name, running.name}
