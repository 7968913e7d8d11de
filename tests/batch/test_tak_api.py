"""A batch beside a TAK-API: each environment with what the API says of it, asked for once."""

from collections import Counter
from pathlib import Path

import orjson
import pytest

from tests.batch.books import batch, book, put
from tests.batch.test_tak_and_reference import run as run_batch
from tests.batch.test_tak_and_reference import summary
from tests.tak.holdings.exports import OTHER, OTHER_URL, Tak, as_bytes, blob, sample
from tests.tak.holdings.tak_api_server import Api, serving
from underlag.batch.processes import tak_api
from underlag.batch.records.workbooks import State
from underlag.tak.holdings.api import Access, ApiTrouble

pytestmark = pytest.mark.usefixtures("one_process")

UNIT = "SE162321000156-4HVT"


@pytest.fixture
def api(monkeypatch) -> Api:
    """An API in which another producer answers for the unit in PROD, and nobody in QA."""
    monkeypatch.setattr(tak_api, "_KEPT", {})
    monkeypatch.setenv("UNDERLAG_TAK_API_LOSENORD", Api.password)
    return Api(Tak().route(UNIT, producer=OTHER, url=OTHER_URL))


def run(inbox: Path, out: Path, *more: str):
    return run_batch(inbox, out, "--tak-api-anvandare", "tove", *more)


def access(url: str) -> Access:
    return Access(url, "tove", Api.password)


def inbox(tmp_path) -> Path:
    files = {"p.xlsx": book(("4HVT",)), "q.xlsx": book(("4HVT",), environment="QA")}
    return put(tmp_path / "in", files)


def codes(out: Path) -> dict[str, set[str]]:
    """Return the codes of the findings in each package, by environment."""
    reports = [orjson.loads(path.read_bytes()) for path in out.glob("*/rapport.json")]
    return {report["miljo"]: {found["kod"] for found in report["fynd"]} for report in reports}


def orders(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("tak/*.json")}


def test_each_environment_is_compared_with_its_own_platform_of_the_api(tmp_path, api):
    with serving(api) as url:
        run(inbox(tmp_path), tmp_path / "ut", "--tak-api", url)

    found = codes(tmp_path / "ut")
    assert "TAK012" in found["PROD"]
    assert "TAK012" not in found["QA"]
    assert not any("TAK007" in each for each in found.values())


def test_the_api_gives_what_an_export_gives(tmp_path, api):
    api.tak = sample()
    books = put(tmp_path / "in", {"p.xlsx": book(("4HVT", "4HVX"))})
    export = tmp_path / "takdump_ntjp_prod.json"
    export.write_bytes(as_bytes(blob(api.tak)))
    with serving(api) as url:
        asked = run(books, tmp_path / "api", "--tak-api", url, "--bara-nytt")
    read = run_batch(books, tmp_path / "export", "--tak", str(export), "--bara-nytt")

    made = orders(tmp_path / "api")
    assert asked.exit_code == read.exit_code
    assert any(name.startswith("inlasningar") for name in made)
    assert {n: c for n, c in made.items() if "bestallning" in n} == {
        n: c for n, c in orders(tmp_path / "export").items() if "bestallning" in n
    }


def test_an_export_goes_before_the_api(tmp_path, api):
    api.tak = Tak()
    export = tmp_path / "takdump_ntjp_prod.json"
    export.write_bytes(as_bytes(blob(Tak().route(UNIT, producer=OTHER, url=OTHER_URL))))
    api.other = Tak().route(UNIT, producer=OTHER, url=OTHER_URL)
    with serving(api) as url:
        run(inbox(tmp_path), tmp_path / "ut", "--tak-api", url, "--tak", str(export))
        export.rename(tmp_path / "dump.json")
        nameless = run(
            inbox(tmp_path), tmp_path / "b", "--tak-api", url, "--tak", str(tmp_path / "dump.json")
        )

    assert all("TAK012" in found for found in codes(tmp_path / "ut").values())
    assert nameless.exit_code == 2
    assert "vilken plattform" in nameless.output


def test_environments_that_the_api_does_not_show_are_compared_with_none(tmp_path, api, monkeypatch):
    api.other = Tak()
    real = Api.answer
    monkeypatch.setattr(
        Api,
        "answer",
        lambda self, resource, asked: [
            row for row in real(self, resource, asked) if row.get("environment") != "QA"
        ],
    )
    with serving(api) as url:
        run(inbox(tmp_path), tmp_path / "ut", "--tak-api", url)

    assert not {"TAK041", "TAK043", "TAK044"} & set().union(*codes(tmp_path / "ut").values())
    assert [one["tillstand"] for one in summary(tmp_path / "ut")["arbetsbocker"]] == ["delvis", "klar"]


def test_what_many_workbooks_need_is_asked_for_once(tmp_path, api):
    units = [tuple(f"4{n:02d}{m}" for m in "ABC") for n in range(12)]
    books = put(tmp_path / "in", {f"{n}.xlsx": book(each, region=f"R{n}") for n, each in enumerate(units)})
    with serving(api) as url:
        made = batch(books, tmp_path / "ut", apis={"NTJP-PROD": access(url)})

    assert [one.state for one in made.workbooks] == [State.DONE] * 12
    assert max(Counter(repr(each) for each in api.asked if each[0] != "connectionPoints").values()) == 1


def test_a_new_load_of_the_api_makes_everything_anew(tmp_path, api):
    books = put(tmp_path / "in", {"p.xlsx": book(("4HVX",))})
    with serving(api) as url:
        run(books, tmp_path / "ut", "--tak-api", url)
        again = run(books, tmp_path / "ut", "--tak-api", url)
        api.load += 1
        later = run(books, tmp_path / "ut", "--tak-api", url)

    assert ", oförändrad ->" in again.output
    assert ", oförändrad ->" not in later.output


def test_an_api_that_does_not_answer_stops_the_command_before_it_begins(tmp_path, api):
    with serving(api) as url:
        pass
    result = run(inbox(tmp_path), tmp_path / "ut", "--tak-api", url)

    assert result.exit_code == 1
    assert "Ingen arbetsbok är granskad" in result.output
    assert not (tmp_path / "ut").exists()


def test_an_api_that_falls_silent_costs_the_packages_and_the_next_run_makes_them(tmp_path, api, monkeypatch):
    monkeypatch.setattr(tak_api, "_PAUSE", 3600)
    books = put(tmp_path / "in", {f"{n}.xlsx": book((f"4{n}AA",), region=f"R{n}") for n in range(6)})
    with serving(api) as url:
        api.says = (500, b"", {})
        silent = batch(books, tmp_path / "ut", apis={"NTJP-PROD": access(url)})
        monkeypatch.setattr(tak_api, "_PAUSE", 0)
        monkeypatch.setattr(tak_api, "_KEPT", {})
        still_silent = batch(books, tmp_path / "ut", apis={"NTJP-PROD": access(url)})
        api.says = None
        answered = batch(books, tmp_path / "ut", apis={"NTJP-PROD": access(url)})

    assert {one.state for one in (*silent.workbooks, *still_silent.workbooks)} == {State.REJECTED}
    assert all("TAK-API:et" in one.reason and one.reason.endswith(".") for one in silent.workbooks)
    assert not silent.approved
    assert {one.state for one in answered.workbooks} == {State.DONE}


def test_an_api_without_answers_is_given_a_pause(tmp_path, api, monkeypatch):
    calls = []

    def fails(_access, question, **_):
        calls.append(question)
        raise ApiTrouble("TAK041", "den svarar inte i tid")

    monkeypatch.setattr(tak_api, "snapshot_from_api", fails)
    books = put(tmp_path / "in", {f"{n}.xlsx": book((f"4{n}AA",), region=f"R{n}") for n in range(6)})
    batch(books, tmp_path / "ut", apis={"NTJP-PROD": access("https://tak.example.se")})

    assert len(calls) == 2


def test_two_apis_of_one_platform_are_refused(tmp_path, api):
    with serving(api) as one, serving(Api(Tak())) as other:
        result = run(inbox(tmp_path), tmp_path / "ut", "--tak-api", one, "--tak-api", other)

    assert result.exit_code == 2
    assert "visar båda NTJP-PROD" in result.output


def test_login_without_an_api_is_refused(tmp_path):
    result = run(inbox(tmp_path), tmp_path / "ut")

    assert result.exit_code == 2
    assert "ihop med --tak-api" in result.output
