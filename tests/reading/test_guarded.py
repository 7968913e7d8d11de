"""A workbook that kills the process which opens it gives a finding, and nothing else."""

import mmap
import os
import pickle
import signal
import sys
import time

import pytest

from tests.batch.books import batch, book, put
from tests.reading.hostile.parts import with_parts, with_rows
from tests.support.packages import change_part
from underlag.batch.records.workbooks import State
from underlag.files import time_limit
from underlag.reading import child, guarded, opener_process, read
from underlag.reading import opener as kept
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.opening import open_workbook

copies = pytest.mark.skipif(
    sys.platform != "linux", reason="the test hands the other process its faults by copying"
)

#: Its uncompressed size exceeds a small workbook's, but not the limits.
LARGE = change_part(book(), "docProps/app.xml", lambda part: part + b"<!--" + b" " * 3_000_000 + b"-->")


@pytest.fixture
def opener(monkeypatch):
    opener = kept.Opener()
    monkeypatch.setattr(kept, "OPENER", opener)
    monkeypatch.setattr(kept, "begin_child", child._Copy)
    yield opener
    opener.end()


def end_at(monkeypatch, fault, *, when=lambda _: True):
    real = opener_process.open_workbook

    def opening(content):
        if when(content):
            fault()
        return real(content)

    monkeypatch.setattr(opener_process, "open_workbook", opening)


def loop():
    while True:
        pass


def hoard():
    return bytearray(2 * opener_process._MEMORY)


def crash():
    os.write(2, b"thread '<unnamed>' panicked")
    os.abort()


def test_a_small_workbook_needs_no_process(monkeypatch):
    monkeypatch.setattr(kept, "begin_child", None)

    assert guarded.open_guarded(book()) == open_workbook(book())


def test_texts_in_no_cell_come_from_another_process_too(opener):
    header = b"<headerFooter><oddHeader>Arbetsmaterial</oddHeader></headerFooter></worksheet>"
    printed = change_part(
        LARGE, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</worksheet>", header)
    )

    found = guarded.open_guarded(printed)

    assert [one.text for one in found.sheets[0].loose] == ["Arbetsmaterial"]
    assert found == open_workbook(printed)


@pytest.mark.parametrize("begin", [child._Fresh, pytest.param(child._Copy, marks=copies)])
def test_another_process_gives_the_same_cells_and_refusals(monkeypatch, begin):
    monkeypatch.setattr(kept, "begin_child", begin)
    opener = kept.Opener()
    try:
        for content in (LARGE, book(), LARGE):
            assert opener.open(content) == open_workbook(content)
        with pytest.raises(UnreadableError) as refused:
            opener.open(b"PK\x03\x04damaged")
        assert refused.value.code == "FIL002"
        assert refused.value.texts
    finally:
        opener.end()


@copies
def test_what_the_copied_process_holds_is_not_counted_as_the_workbooks(opener, monkeypatch):
    end_at(monkeypatch, lambda: bytearray(50_000_000))
    size = 3 * opener_process._MEMORY
    with mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS):
        assert opener.open(LARGE) == open_workbook(LARGE)


@copies
@pytest.mark.parametrize("fault", [crash, hoard, loop])
def test_a_file_that_ends_the_process_is_a_finding(opener, monkeypatch, capfd, fault):
    monkeypatch.setattr(time_limit, "_SECONDS", 0.2)
    monkeypatch.setattr(time_limit, "_SECONDS_PER_MEGABYTE", 0.1)
    with monkeypatch.context() as patch:
        end_at(patch, fault)
        (found, *_) = read(LARGE, name="a.xlsx").findings
    assert found.code == "FIL020"
    assert "UNDERLAG_GRANSER" in found.suggestion
    assert capfd.readouterr() == ("", "")

    assert "FIL020" not in {one.code for one in read(LARGE, name="a.xlsx").findings}


@copies
def test_a_process_that_never_answers_is_not_waited_for(opener, monkeypatch):
    monkeypatch.setattr(kept, "_PATIENCE", 0.02)
    end_at(monkeypatch, lambda: time.sleep(600))

    with pytest.raises(UnreadableError) as refused:
        opener.open(LARGE)
    assert refused.value.code == "FIL020"


@copies
def test_the_other_workbooks_of_an_inbox_go_on(opener, monkeypatch, tmp_path):
    inbox = put(tmp_path / "in", {"a.xlsx": LARGE, "b.xlsx": book(region="Ost")})
    end_at(monkeypatch, crash)
    made = batch(inbox, tmp_path / "ut")

    assert [one.state for one in made.workbooks] == [State.FAULTY, State.DONE]


@copies
def test_an_answer_that_acts_is_not_taken(opener, monkeypatch):
    class Acting:
        def __reduce__(self):
            return os.system, ("true",)

    monkeypatch.setattr(opener_process, "_opened", lambda _: Acting())
    with pytest.raises(UnreadableError) as refused:
        opener.open(LARGE)

    assert refused.value.code == "FIL020"
    assert pickle.loads(pickle.dumps(Acting())) == 0  # noqa: S301 - any other reader would have run it


@copies
def test_nothing_of_the_process_is_left(opener):
    opener.open(book())
    process = opener._process._process
    opener.end()

    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def without_limits_of_the_system(monkeypatch):
    monkeypatch.setattr(guarded.sys, "platform", "emscripten")
    monkeypatch.delattr(signal, "setitimer", raising=False)
    monkeypatch.setattr(kept, "begin_child", None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (LARGE, ""),
        (with_rows(b'<row r="1048576"><c r="XFD1048576"><f>1</f></c></row>'), "FIL006"),
        (with_rows((b"<row>" + b"<c><v>1</v></c>" * 26 + b"</row>") * 40_000), "FIL015"),
        (with_rows(b'<row r="9"><c r="A9" t="str"><v>' + b"x" * 15_000_000 + b"</v></c></row>"), "FIL015"),
        (with_rows(b'<c r="A9" t="e"><v>' * 200_000), "FIL002"),
        (with_parts(book(), {f"p/{number}": b"" for number in range(10_001)}), "FIL015"),
        (
            change_part(
                book(),
                "xl/worksheets/sheet2.xml",
                lambda part: part.replace(
                    b"</sheetData>",
                    b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 300_000 + b"</mergeCells>",
                ),
            ),
            "FIL015",
        ),
    ],
    ids=["honest", "far", "dense", "long", "broken", "parts", "merged"],
)
def test_without_limits_of_the_system_the_limits_of_the_pass_hold(monkeypatch, content, code):
    """As on Windows and in the browser."""
    without_limits_of_the_system(monkeypatch)
    found = read(content, name="a.xlsx").findings

    assert [one.code for one in found if one.code.startswith("FIL")] == [code] * bool(code)
