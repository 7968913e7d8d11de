from underlag.web import results
from underlag.web.examination.form import Choices
from underlag.web.examination.request import Request, Upload
from underlag.web.results import Result, Results

OWNER = "nagon"


def result(size: int = 10) -> Result:
    return Result(OWNER, Request(Upload("a.xlsx", b"x" * size), Choices()))


def test_oldest_result_goes_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(results, "MOST", 3)
    kept = Results(lambda: 0.0)

    keys = [kept.add(result()) for _ in range(4)]

    assert [kept.get(key, OWNER) is not None for key in keys] == [False, True, True, True]


def test_oldest_result_goes_when_they_are_too_large_together(monkeypatch):
    monkeypatch.setattr(results, "MOST_BYTES", 100)
    kept = Results(lambda: 0.0)

    keys = [kept.add(result(60)) for _ in range(2)]

    assert [kept.get(key, OWNER) is not None for key in keys] == [False, True]


def test_newest_result_stays_however_large(monkeypatch):
    monkeypatch.setattr(results, "MOST_BYTES", 100)
    kept = Results(lambda: 0.0)

    assert kept.get(kept.add(result(1000)), OWNER) is not None


def test_results_are_removed_without_further_requests():
    now = 0.0
    kept = Results(lambda: now)
    key = kept.add(result())

    now = results.LIFETIME + 1
    kept.forget_old()
    now = 0.0

    assert kept.get(key, OWNER) is None


def test_a_result_is_its_owners_alone():
    kept = Results(lambda: 0.0)
    key = kept.add(result())

    assert kept.get(key, OWNER) is not None
    assert kept.get(key, "nagon annan") is None
    assert kept.get(key, "") is None
