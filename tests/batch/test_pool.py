"""Work is distributed among processes; results keep their order, and a crash loses one job."""

import os
import time

from tests.support.jobs import Echo
from underlag.batch.processes.pool import Died, Pool
from underlag.batch.records.workbooks import Settings
from underlag.options import Options


def words(jobs, processes: int = 2, **more) -> list[str]:
    with Pool(Settings(Options()), processes) as pool:
        results = list(pool.results(jobs, **more))
    return ["†" if isinstance(result, Died) else result[0] for result in results]


def test_results_come_in_order_though_the_first_takes_longest():
    assert words([Echo("a", 0.5), Echo("b"), Echo("c")]) == ["a", "b", "c"]


def test_a_crashing_worker_loses_only_its_own_job():
    jobs = [Echo("a"), Echo("dör"), *(Echo(str(n)) for n in range(40)), Echo("dör"), Echo("z")]

    assert words(jobs) == ["a", "†", *map(str, range(40)), "†", "z"]


def test_results_that_are_there_are_taken_together_up_to_a_limit():
    jobs = [Echo(str(n)) for n in range(40)]
    with Pool(Settings(Options()), 2) as pool:
        results = pool.results(jobs)
        while not results.are_there():
            time.sleep(0.01)
        parts = [[word for word, _ in some] for some in results.together()]

    assert len(parts[0]) == 32
    assert [word for part in parts for word in part] == [job.word for job in jobs]


def test_results_that_are_taken_together_survive_a_crash():
    jobs = [Echo("a"), Echo("dör"), *(Echo(str(n)) for n in range(9))]
    with Pool(Settings(Options()), 2) as pool:
        found = [one for some in pool.results(jobs).together() for one in some]

    assert ["†" if isinstance(one, Died) else one[0] for one in found] == ["a", "†", *map(str, range(9))]


def test_stopping_finishes_what_is_begun_and_begins_nothing_more():
    done: list[str] = []

    def jobs():
        for n in range(1000):
            done.append(str(n))
            yield Echo(str(n), 0.01)

    found = words(jobs(), processes=1, stopped=lambda: len(done) >= 16)

    assert found == done[: len(found)]
    assert len(found) < 16
    assert len(done) == 16


def test_without_processes_work_is_done_here_and_in_order():
    with Pool(Settings(Options()), 0) as pool:
        assert list(pool.results([Echo("a"), Echo("b")])) == [("a", os.getpid()), ("b", os.getpid())]
        assert list(pool.results([Echo("a"), Echo("b")], lambda: True)) == [("a", os.getpid())]


def test_work_is_done_elsewhere():
    with Pool(Settings(Options()), 1) as pool:
        (_, where), (_, again) = pool.results([Echo("a"), Echo("b")])

    assert where == again != os.getpid()
