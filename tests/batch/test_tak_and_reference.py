"""A batch compared with a TAK export and a list from the HSA catalogue, including errors in them."""

from email import message_from_bytes, policy
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

import underlag.checks
from tests.batch.books import NOW, batch, book, put
from underlag.batch.inbox import collect
from underlag.batch.records.workbooks import State
from underlag.batch.saved import last_saved
from underlag.cli.main import cli

pytestmark = pytest.mark.usefixtures("one_process")

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
EXPORT = SAMPLES / "takdump_ntjp_prod.json"


def run(inbox: Path, out: Path, *more: str):
    arguments = [
        "kundservice",
        str(inbox),
        "--ut",
        str(out),
        "--processer",
        "1",
        "--tidpunkt",
        NOW.isoformat(),
    ]
    return CliRunner().invoke(cli, [*arguments, *more])


def summary(out: Path) -> dict:
    return orjson.loads((out / "sammanstallning.json").read_bytes())


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    """A folder with the valid sample only."""
    path = next(SAMPLES.glob("*PROD-LiV.xlsx"))
    return put(tmp_path_factory.mktemp("in"), {path.name: path.read_bytes()})


def test_rows_that_the_tak_has_already_are_left_out_and_the_sums_add_up(tmp_path, sample):
    result = run(sample, tmp_path / "ut", "--tak", str(EXPORT), "--bara-nytt")

    rows = summary(tmp_path / "ut")["arbetsbocker"][0]["rader"]
    assert result.exit_code == 1
    assert rows["lasta"] == rows["klara"] + rows["utelamnade"]
    assert rows["skal"] == {"behövs-inte": rows["utelamnade"] - 2, "ändrar-tak": 2}
    merged = orjson.loads((tmp_path / "ut/inlasningar/0001-PROD/rapport.json").read_bytes())
    assert sum(len(o["kontrakt"]) * o["adressater"] for o in merged["bestallningar"]) == rows["klara"]


def test_another_export_makes_everything_anew(tmp_path, sample):
    run(sample, tmp_path / "ut")
    with_tak = run(sample, tmp_path / "ut", "--tak", str(EXPORT))
    again = run(sample, tmp_path / "ut", "--tak", str(EXPORT))

    assert "oförändrad\n" not in with_tak.output
    assert ", oförändrad ->" in again.output


def test_each_environment_is_compared_with_its_own_export(tmp_path):
    inbox = put(tmp_path / "in", {"p.xlsx": book(("A1",)), "q.xlsx": book(("Q1",), environment="QA")})
    content = EXPORT.read_bytes()
    for name in ("takdump_ntjp_prod.json", "takdump_ntjp_qa.json"):
        (tmp_path / name).write_bytes(content)
    prod, qa = (str(tmp_path / f"takdump_ntjp_{environment}.json") for environment in ("prod", "qa"))

    alone = run(inbox, tmp_path / "ut", "--tak", prod)
    both = run(inbox, tmp_path / "bada", "--tak", prod, "--tak", qa)
    twice = run(inbox, tmp_path / "tva", "--tak", prod, "--tak", prod)

    def compared(out):
        return {
            path.parent.parent.name
            for path in (tmp_path / out).rglob("tak/aterstall-*.json")
            if b"utan TAK" not in path.read_bytes()
        }

    assert "TAK007" not in alone.output + both.output
    assert len(compared("bada")) == 2 * len(compared("ut"))
    assert twice.exit_code == 2
    assert "Ange en export per miljö" in twice.output


def test_units_that_the_list_lacks_are_found_out(tmp_path, sample):
    (tmp_path / "hsa.csv").write_text("HSA-ID;Namn\nSE162321000156-0000;Någon annan\n", encoding="utf-8")

    run(sample, tmp_path / "ut", "--hsa-lista", str(tmp_path / "hsa.csv"))
    run(sample, tmp_path / "utan")

    with_list, without = (summary(tmp_path / out)["summa"]["antal"] for out in ("ut", "utan"))
    assert sum(with_list.values()) > sum(without.values())


@pytest.mark.parametrize("flag", ["--bara-nytt", "--ersatt-vagval"])
def test_selecting_what_a_tak_holds_needs_one(tmp_path, sample, flag):
    result = run(sample, tmp_path / "ut", flag)

    assert result.exit_code == 2
    assert "--tak" in result.output


@pytest.mark.parametrize(
    "error", [RuntimeError("x"), MemoryError(), RecursionError(), OSError(28, "Disken är full")]
)
def test_whatever_one_workbook_raises_the_others_are_made(tmp_path, monkeypatch, error):
    inbox = put(tmp_path / "in", {"a.xlsx": book(("A1",)), "b.xlsx": book(("B1",), region="VGR")})
    real = underlag.checks.check

    def check(reading, options, **more):
        if reading.underlag.region == "LiV":
            raise error
        return real(reading, options, **more)

    with monkeypatch.context() as patch:
        patch.setattr("underlag.batch.make.check", check)
        made = batch(inbox, tmp_path / "ut")

    assert [one.state for one in made.workbooks] == [State.REJECTED, State.DONE]
    assert made.workbooks[0].reason.endswith(".")
    assert [one.state for one in batch(inbox, tmp_path / "ut").workbooks] == [State.DONE, State.DONE]


def test_a_file_that_changes_or_disappears_during_the_command_is_reported(tmp_path, monkeypatch):
    inbox = put(
        tmp_path / "in", {name: book((name[0] * 3,), region=name) for name in ("a.xlsx", "b.xlsx", "c.xlsx")}
    )
    real = collect

    def collect_and_change(paths, **more):
        yield from list(real(paths, **more))
        (inbox / "a.xlsx").write_bytes(b"annat")
        (inbox / "b.xlsx").unlink()

    monkeypatch.setattr("underlag.batch.run.collect", collect_and_change)

    made = batch(inbox, tmp_path / "ut")

    assert [one.state for one in made.workbooks] == [State.REJECTED, State.REJECTED, State.DONE]
    assert "ändrades" in made.workbooks[0].reason
    assert "gick inte att läsa" in made.workbooks[1].reason


def test_the_time_of_saving_is_read_if_the_workbook_has_it():
    assert last_saved(book(saved="2027-01-10T08:00:00Z")) == "2027-01-10T08:00:00Z"
    assert [
        last_saved(content) for content in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99)
    ] == [""] * 3
    assert last_saved(book(saved="förra veckan")) == ""


def test_faults_of_the_tak_are_reported_to_customer_service_and_not_to_the_region(tmp_path):
    inbox = put(tmp_path / "in", {"a.xlsx": book(("4HVT",))})
    export = orjson.loads(EXPORT.read_bytes())
    routes = export["data"]["vagval"]
    export["data"]["vagval"] = [*routes, *(dict(row, id=row["id"] + 10_000) for row in routes)]
    (tmp_path / EXPORT.name).write_bytes(orjson.dumps(export))

    run(inbox, tmp_path / "ut", "--tak", str(tmp_path / EXPORT.name))

    folder = next(path.parent for path in (tmp_path / "ut").glob("*/rapport.json"))
    draft = next((tmp_path / "ut/svar").glob("*/svar.eml"))
    reply = message_from_bytes(draft.read_bytes(), policy=policy.default)
    text = reply.get_body(("plain",)).get_content()
    report = orjson.loads((folder / "rapport.json").read_bytes())
    assert "TAK016" in {found["kod"] for found in report["fynd"]}
    assert "mottaget" in reply["Subject"]
    assert "Vi behöver ordna något i TAK" in text
    assert "TAK016" not in text
    assert not list(reply.iter_attachments())
