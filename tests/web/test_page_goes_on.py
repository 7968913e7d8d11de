"""The page keeps answering, whatever connections and workbooks do to it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest

from tests.batch.books import book
from tests.web.test_webb_command import ask, server
from underlag.options import STOCKHOLM
from underlag.web.examination.form import Choices
from underlag.web.examination.request import Request, Upload
from underlag.web.examination.work import WorkerDiedError
from underlag.web.examination.workers import Workers

__all__ = ["server"]

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=STOCKHOLM)
REQUEST = Request(Upload("a.xlsx", book()), Choices(miljo="PROD"))

unix = pytest.mark.skipif(os.name == "nt", reason="kills as Unix does")


class Endless:
    """A request over which the process that reads it sits for longer than any test."""

    workbook = Upload("a.xlsx", b"")

    def __reduce__(self):
        return time.sleep, (600,)


@pytest.fixture
def workers():
    workers = Workers(2)
    yield workers
    workers.end()


@pytest.mark.parametrize(("large", "is_kept"), [(10, False), (10_000_000, True)])
def test_a_process_ends_after_a_large_workbook_and_gives_back_its_memory(monkeypatch, large, is_kept):
    monkeypatch.setattr("underlag.web.examination.workers._LARGE", large)
    workers = Workers(1)
    try:
        pids = set()
        for _ in range(2):
            workers.examine(REQUEST, NOW)
            (executor,) = workers._free.queue
            pids.update(executor._processes)
    finally:
        workers.end()

    assert len(pids) == (1 if is_kept else 2)


@unix
def test_a_worker_that_is_killed_at_work_costs_its_workbook_and_is_replaced(workers):
    told = []
    executors = list(workers._free.queue)

    def examine():
        try:
            workers.examine(Endless(), NOW)
        except WorkerDiedError as error:
            told.append(error)

    thread = threading.Thread(target=examine)
    thread.start()
    while not (at_work := [number for executor in executors for number in executor._processes or ()]):
        time.sleep(0.01)
    os.kill(at_work[0], signal.SIGKILL)
    thread.join(600)

    assert len(told) == 1
    assert "rapport.html" in workers.examine(REQUEST, NOW).files


@unix
def test_a_worker_that_is_killed_at_rest_is_replaced_unseen(workers):
    first = workers.examine(REQUEST, NOW)
    (executor,) = (one for one in list(workers._free.queue) if one._processes)
    os.kill(next(iter(executor._processes)), signal.SIGKILL)
    while not executor._broken:
        time.sleep(0.01)

    assert workers.examine(REQUEST, NOW).files == first.files


def test_a_workbook_at_work_makes_no_other_one_wait(workers):
    at_work = workers._free.get()

    assert "rapport.html" in workers.examine(REQUEST, NOW).files
    workers._free.put(at_work)


def test_idle_connections_block_nobody(server):
    _, port = server
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(150)]
    try:
        began = threading.Event()
        answers = []

        def page():
            began.set()
            answers.append(ask(port, "GET", "/")[0])

        thread = threading.Thread(target=page)
        thread.start()
        thread.join(600)
        assert answers == [200]
    finally:
        for connection in idle:
            connection.close()


def test_leftovers_of_a_killed_run_are_removed_at_the_next_start(tmp_path):
    left = tmp_path / ".underlag-0123456789ab"
    left.mkdir()
    (left / "las").write_bytes(b"")
    (left / "bestallning.toml").write_bytes(b"070-174 06 05")
    line = f"import tempfile; tempfile.tempdir = {str(tmp_path)!r}; from underlag.web.server import Server; Server('127.0.0.1', 0)"
    subprocess.run([sys.executable, "-c", line], check=True, cwd=Path(__file__).resolve().parents[2])

    assert not left.exists()
