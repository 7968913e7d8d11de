"""Work on one file that takes too long is interrupted, and the file gets a finding."""

import signal
import sys
import threading
import time

import pytest

import underlag
from tests.batch.books import batch, book, put
from underlag.batch.records.workbooks import State
from underlag.files import time_limit
from underlag.files.time_limit import OverTimeError, limited_making, limited_time
from underlag.package.write import PackageError

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no such timers")


def loop(*_, **__):
    while True:
        pass


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(time_limit, "_SECONDS", 0.1)
    monkeypatch.setattr(time_limit, "_SECONDS_PER_MEGABYTE", 0)


@pytest.mark.parametrize(
    ("module", "step"), [("reading.read", "_read_grid"), ("checks.check", "resolve_requests")]
)
def test_a_file_that_takes_too_long_is_a_finding_that_blocks(short, monkeypatch, module, step):
    monkeypatch.setattr(sys.modules[f"underlag.{module}"], step, loop)
    checked = underlag.check(underlag.read(book(), name="a.xlsx"))

    assert checked.blocked
    assert checked.findings[0].code == "FIL020"
    assert "UNDERLAG_GRANSER" in checked.findings[0].suggestion
    assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_the_other_workbooks_of_an_inbox_go_on(short, monkeypatch, tmp_path):
    real = sys.modules["underlag.reading.read"]._read_grid
    slow = book()

    def read_grid(grid, about, *rest):
        return loop() if about.content == slow else real(grid, about, *rest)

    monkeypatch.setattr(sys.modules["underlag.reading.read"], "_read_grid", read_grid)
    monkeypatch.setattr(time_limit, "_SECONDS", 5)
    made = batch(put(tmp_path / "in", {"a.xlsx": slow, "b.xlsx": book(region="Ost")}), tmp_path / "ut")

    assert [one.state for one in made.workbooks] == [State.FAULTY, State.DONE]


def test_the_time_grows_with_the_file_and_with_the_factor(monkeypatch):
    assert time_limit.seconds_for(0) == 8
    assert time_limit.seconds_for(5_000_000) == 28
    monkeypatch.setenv("UNDERLAG_GRANSER", "3")
    assert time_limit.seconds_for(0) == 24


def test_nothing_is_interrupted_in_another_thread_or_beside_another_timer(short, monkeypatch):
    interrupted = []

    def work():
        try:
            with limited_time(0):
                for _ in range(10_000_000):
                    pass
        except OverTimeError:
            interrupted.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not interrupted

    mine = signal.signal(signal.SIGVTALRM, lambda *_: None)
    try:
        work()
    finally:
        signal.signal(signal.SIGVTALRM, mine)
    assert not interrupted

    work()
    assert interrupted


def test_documents_that_take_too_long_are_not_written(monkeypatch, tmp_path):
    def slow(_):
        yield "rapport.html", b"whole"
        loop()

    checked = underlag.check(underlag.read(book(), name="a.xlsx"))
    monkeypatch.setattr("underlag.package.files._made", slow)
    monkeypatch.setattr(time_limit, "_SECONDS", 0.1)
    monkeypatch.setattr(time_limit, "_SECONDS_PER_MEGABYTE", 0)

    with pytest.raises(PackageError, match="UNDERLAG_GRANSER"):
        underlag.write_package(checked, [], tmp_path / "ut")
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL


def test_what_is_done_with_a_document_does_not_count(monkeypatch):
    monkeypatch.setattr(time_limit, "_SECONDS", 0.05)
    made = []
    for document in limited_making(range(3), 0):
        end = time.process_time() + 0.3
        while time.process_time() < end:
            pass
        made.append(document)

    assert made == [0, 1, 2]
