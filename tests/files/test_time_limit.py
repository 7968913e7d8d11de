"""Work on one file that takes too long is interrupted, and the file gets a finding."""

import io
import os
import signal
import threading
import time
from importlib import import_module

import pytest
from click.testing import CliRunner

import underlag
from tests.batch.books import batch, book, put
from tests.tak.holdings.exports import as_bytes, blob, sample
from tests.web.visitor import Visitor
from underlag.batch.records.workbooks import State
from underlag.cli.main import cli
from underlag.files import time_limit
from underlag.files.time_limit import OverTimeError, TooLongError, limited_making, limited_steps, limited_time
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
    ("module", "step"), [("reading.read_workbook", "_read_grid"), ("checks.check", "resolve_requests")]
)
def test_a_file_that_takes_too_long_is_a_finding_that_blocks(short, monkeypatch, module, step):
    monkeypatch.setattr(import_module(f"underlag.{module}"), step, loop)
    checked = underlag.check(underlag.read(book(), name="a.xlsx"))

    assert checked.blocked
    assert checked.findings[0].code == "FIL020"
    assert "UNDERLAG_GRANSER" in checked.findings[0].suggestion
    assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_the_other_workbooks_of_an_inbox_go_on(short, monkeypatch, tmp_path):
    real = import_module("underlag.reading.read_workbook")._read_grid
    slow = book()

    def read_grid(grid, about, *rest):
        return loop() if about.content == slow else real(grid, about, *rest)

    monkeypatch.setattr(import_module("underlag.reading.read_workbook"), "_read_grid", read_grid)
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
                end = os.times().user + 0.3
                while os.times().user < end:
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

    with pytest.raises(OverTimeError), limited_time(0):
        loop()


def test_a_time_that_ends_as_the_work_does_leaves_the_limit_for_the_next_file(monkeypatch):
    real = signal.setitimer

    def setitimer(which, seconds):
        left = real(which, seconds)
        if not seconds:
            signal.raise_signal(signal.SIGVTALRM)
        return left

    with monkeypatch.context() as changed:
        changed.setattr(signal, "setitimer", setitimer)
        with pytest.raises(OverTimeError), limited_time(1):
            pass
    assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL


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
    for document in limited_steps(range(3), 0):
        end = time.process_time() + 0.3
        while time.process_time() < end:
            pass
        made.append(document)

    assert made == [0, 1, 2]


def test_a_package_that_cannot_be_written_leaves_no_timer(monkeypatch, tmp_path):
    checked = underlag.check(underlag.read(book(), name="a.xlsx"))
    twice = [("rapport.html", b""), ("rapport.html", b"")]
    monkeypatch.setattr("underlag.package.files._made", lambda _: iter(twice))

    with pytest.raises(PackageError) as refused:
        underlag.write_package(checked, [], tmp_path / "ut")
    assert isinstance(refused.value.__cause__, FileExistsError)  # keeps the frames that were at work
    assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


SENTENCE = "Kontrollera att det är rätt arbetsbok."


@pytest.fixture
def short_making(monkeypatch):
    """Time enough to read and check a small workbook, and next to none for its documents."""
    monkeypatch.setattr(time_limit, "_MAKING", 0.01)


@pytest.mark.parametrize(
    ("maker", "arguments"),
    [
        ("documents.report.terminal.findings_text", ["validera", "a.xlsx"]),
        ("documents.report.json_document.validation_json", ["validera", "a.xlsx", "--format", "json"]),
        ("documents.report.page.render_report", ["validera", "a.xlsx", "--format", "html", "--ut", "ut"]),
        ("documents.comparison.text.comparison_text", ["jamfor", "a.xlsx", "--tak", "tak.json"]),
        (
            "documents.comparison.page.render_comparison",
            ["jamfor", "a.xlsx", "--tak", "tak.json", "--format", "html", "--ut", "ut"],
        ),
        ("documents.account.account_lines", ["kolumner", "a.xlsx"]),
        (
            "documents.corrected_workbook.build.corrected_workbook",
            ["ratta", "a.xlsx", "--alla-forslag", "-o", "ut"],
        ),
        ("orders.build.make_orders", ["bestall", "a.xlsx", "--ut", "ut"]),
        ("documents.report.page.render_report", ["bestall", "a.xlsx", "--ut", "ut"]),
    ],
)
def test_every_command_limits_the_time_to_make_its_documents(
    short_making, monkeypatch, tmp_path, maker, arguments
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.xlsx").write_bytes(book())
    (tmp_path / "tak.json").write_bytes(as_bytes(blob(sample())))
    monkeypatch.setattr(f"underlag.{maker}", loop)

    result = CliRunner().invoke(cli, [*arguments, "--miljo", "PROD"])

    assert result.exit_code == 1, result.output
    assert SENTENCE in " ".join(result.output.split())
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize("maker", ["make_files", "render_report", "account_page"])
def test_the_page_shows_a_sentence_where_documents_take_too_long(short_making, monkeypatch, maker):
    monkeypatch.setattr(f"underlag.web.examination.work.{maker}", loop)
    visitor = Visitor()
    sent = {"nyckel": visitor.token, "miljo": "PROD", "arbetsbok": (io.BytesIO(book()), "a.xlsx")}

    answer = visitor.client.post("/granska", data=sent, content_type="multipart/form-data")

    assert answer.status_code == 503
    assert SENTENCE in answer.text
    assert "starta programmet igen" in answer.text


def test_a_workbook_that_takes_too_long_shows_its_finding_on_the_page(short, monkeypatch):
    monkeypatch.setattr(import_module("underlag.reading.read_workbook"), "_read_grid", loop)
    visitor = Visitor()

    page = visitor.page(visitor.send((book(), "a.xlsx")))

    assert "FIL020" in page
    assert "UNDERLAG_GRANSER=2" in page


def test_the_limit_on_making_covers_further_ones_within(monkeypatch):
    monkeypatch.setattr(time_limit, "_SECONDS", 0.05)
    monkeypatch.setattr(time_limit, "_SECONDS_PER_MEGABYTE", 0)

    with pytest.raises(TooLongError), limited_making(0):
        for _ in limited_steps(iter(int, 1), 0):
            pass
    assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL
