"""webbfil at a disk that fails, a kill or a pipe at any step: a sentence, and no half page or part."""

import errno
import hashlib
import io
import os
import shutil
import tarfile

import pytest
from click.testing import CliRunner

from tests.support.disk_faults import stopped_at
from underlag.cli.main import cli
from underlag.web_file.build import _COMPILED, _ENGINE
from underlag.web_file.parts import Part

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the test kills a copy of this process")


def engine():
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for name in (*_ENGINE, "python_stdlib.zip"):
            archive.addfile(tarfile.TarInfo(f"package/{name}"))
    return content.getvalue()


@pytest.fixture(autouse=True)
def content(monkeypatch):
    """Parts of a few bytes that the tools of this machine, which are not asked, would fetch."""
    found = {"pyodide.tgz": engine(), "click.whl": b"click"}
    parts = tuple(
        Part(name.split(".")[0], "1", name, hashlib.sha256(found[name]).hexdigest(), "MIT", source, "any")
        for name, source in (("pyodide.tgz", "npm"), ("click.whl", "pip"))
    )

    def fetch(source, _command, folder):
        for part in parts:
            if part.source == source:
                (folder / part.file).write_bytes(found[part.file])

    def compile_parts(_engine, _given, made):
        for name in _COMPILED:
            (made / name).touch()

    for module in ("build", "fetch"):
        monkeypatch.setattr(f"underlag.web_file.{module}.parts", lambda: parts)
    monkeypatch.setattr("underlag.web_file.fetch._tool", str)
    monkeypatch.setattr("underlag.web_file.fetch._run", fetch)
    monkeypatch.setattr("underlag.web_file.build._compile", compile_parts)
    return found


def run(place, *more):
    arguments = ["webbfil", "--delar", str(place / "delar"), "-o", str(place / "underlag.html"), *more]
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def whole(place, content):
    """Whether each part and the page is whole where it is there; work folders may be left by a kill."""
    parts = [path for path in place.glob("delar/*") if path.is_file()]
    return all(path.read_bytes() == content[path.name] for path in parts)


def leftovers(place):
    """The work folders that hold something; an empty one may belong to a process that has just begun."""
    return [path for path in place.glob("delar/.underlag-*") if any(path.iterdir())]


@pytest.fixture
def page(tmp_path):
    assert run(tmp_path / "hel").exit_code == 0
    return (tmp_path / "hel/underlag.html").read_bytes()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_disk_that_fails_at_any_step_is_reported_and_leaves_no_half_file(tmp_path, content, page, code):
    place, refused = tmp_path / "ut", 0

    def fail():
        raise OSError(code, os.strerror(code))

    for number in range(1, 100):
        shutil.rmtree(place, ignore_errors=True)
        with stopped_at(number, fail, within=str(place)) as passed:
            result = run(place)
        assert whole(place, content)
        if "Fel: " in result.output:
            refused += 1
            assert result.exit_code == 1
            assert "gick inte att" in result.output
            assert not (place / "underlag.html").exists()
            assert run(place).exit_code == 0
        assert (place / "underlag.html").read_bytes() == page
        if len(passed) < number:
            break
    assert refused >= 3
    assert number < 99


@needs_fork
def test_a_kill_at_any_step_leaves_whole_parts_and_the_next_build_goes_on(tmp_path, content, page):
    place, killed = tmp_path / "ut", 0
    for number in range(1, 100):
        shutil.rmtree(place, ignore_errors=True)
        child = os.fork()
        if child == 0:
            with stopped_at(number, lambda: os._exit(9), within=str(place)):
                os._exit(run(place).exit_code)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert whole(place, content)
        assert not (place / "underlag.html").exists() or (place / "underlag.html").read_bytes() == page
        if status == 0:
            break
        assert status == 9
        killed += 1
        (place / "delar/click.whl").unlink(missing_ok=True)
        assert run(place, "--skriv-over").exit_code == 0
        assert (place / "underlag.html").read_bytes() == page
        assert leftovers(place) == []
    assert killed >= 3
    assert number < 99


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_a_pipe_in_place_of_a_part_or_the_page_is_not_read(tmp_path, content, page):
    place = tmp_path / "ut"
    (place / "delar").mkdir(parents=True)
    os.mkfifo(place / "delar/click.whl")
    os.mkfifo(place / "underlag.html")

    assert "finns redan" in run(place).output
    assert run(place, "--skriv-over").exit_code == 0
    assert (place / "underlag.html").read_bytes() == page
    assert whole(place, content)
