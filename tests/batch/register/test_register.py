"""No package is made twice: the register survives crashes and changes."""

import csv
import io
import sqlite3
import subprocess
import sys
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, batch, book, put, tree
from underlag.batch import publish
from underlag.batch.processes.pool import Pool
from underlag.batch.records.workbooks import Settings, State
from underlag.batch.register.store import Register, RegisterError
from underlag.batch.run import run_batch
from underlag.cli.main import cli
from underlag.options import Options

LATER = NOW + timedelta(days=1)


def changed(made) -> list[bool]:
    return [not one.unchanged for one in made.workbooks]


def stamps(out: Path) -> dict[str, int]:
    return {path.as_posix(): path.stat().st_mtime_ns for path in out.glob("*-*/*")}


@pytest.fixture
def inbox(tmp_path) -> Path:
    return put(tmp_path / "in", {"a.xlsx": book(("A1",)), "b.xlsx": book(("B1",), region="VGR")})


def test_finished_packages_are_not_made_again_and_reported_as_finished(tmp_path, inbox):
    first = batch(inbox, tmp_path / "ut")
    before, merged = stamps(tmp_path / "ut"), tree(tmp_path / "ut/inlasningar")

    second = batch(inbox, tmp_path / "ut", now=NOW)

    assert (changed(first), changed(second)) == ([True, True], [False, False])
    assert stamps(tmp_path / "ut") == before
    assert tree(tmp_path / "ut/inlasningar") == merged
    summary = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())
    assert summary["summa"]["oforandrade"] == 2
    assert [one["tillstand"] for one in summary["arbetsbocker"]] == ["klar", "klar"]


def test_only_new_packages_are_made_and_all_are_reported(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    put(inbox, {"0.xlsx": book(("C1",), region="Skåne")})

    made = batch(inbox, tmp_path / "ut", now=LATER)

    assert changed(made) == [True, False, False]
    assert [(load.number, load.addressees) for load in made.loads] == [(2, 1)]


def test_same_content_by_another_name_is_known_again(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    (inbox / "a.xlsx").rename(inbox / "c (1).xlsx")

    assert changed(batch(inbox, tmp_path / "ut")) == [False, False]


def test_name_that_says_another_environment_is_another_order(tmp_path):
    nameless = book(("A1",), change=(("| PROD ", "|  "),))
    inbox = put(
        tmp_path / "in", {"Underlag NTjP PROD-LiV.xlsx": nameless, "Underlag NTjP QA-LiV.xlsx": nameless}
    )

    made = batch(inbox, tmp_path / "ut")

    assert [one.made.environment for one in made.workbooks] == ["PROD", "QA"]


@pytest.mark.parametrize("change", [{"skip_faulty": True}, {"case_number": "TSK-99999"}, {"remove": True}])
def test_other_options_replace_the_package(tmp_path, inbox, change):
    first = batch(inbox, tmp_path / "ut")

    second = batch(inbox, tmp_path / "ut", **change)

    assert changed(second) == [True, True]
    assert [one.made.folder for one in second.workbooks] == [one.made.folder for one in first.workbooks]
    batch(inbox, tmp_path / "annan", **change)
    assert {p.parent.name for p in (tmp_path / "ut").glob("*/rapport.json")} == {
        one.made.folder.name for one in first.workbooks
    }


def test_an_adjacent_order_file_is_part_of_the_fingerprint(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    (inbox / "bestallning.toml").write_text('ovrig_information = "Hej"\n', encoding="utf-8")

    assert changed(batch(inbox, tmp_path / "ut")) == [True, True]
    assert changed(batch(inbox, tmp_path / "ut")) == [False, False]


def test_deleted_package_is_made_again(tmp_path, inbox):
    made = batch(inbox, tmp_path / "ut")
    before = tree(tmp_path / "ut")
    folder = made.workbooks[0].made.folder
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    folder.rmdir()

    again = batch(inbox, tmp_path / "ut")

    assert changed(again) == [True, False]
    assert "mappen var borta" in again.workbooks[0].reason
    assert {k: v for k, v in tree(tmp_path / "ut").items() if "samman" not in k} == {
        k: v for k, v in before.items() if "samman" not in k
    }


def test_altered_package_is_made_again_and_what_was_altered_is_kept(tmp_path, inbox):
    made = batch(inbox, tmp_path / "ut")
    folder = made.workbooks[0].made.folder
    good = (folder / "rapport.html").read_bytes()
    (folder / "rapport.html").write_bytes(b"min egen rapport")

    again = batch(inbox, tmp_path / "ut")

    assert changed(again) == [True, False]
    assert (folder / "rapport.html").read_bytes() == good
    assert (folder.with_name(f"{folder.name}-andrad") / "rapport.html").read_bytes() == b"min egen rapport"
    assert f"{folder.name}-andrad" in again.workbooks[0].reason


def test_a_users_own_file_in_the_folder_keeps_the_package_unchanged(tmp_path, inbox):
    made = batch(inbox, tmp_path / "ut")
    (made.workbooks[0].made.folder / "anteckning.txt").write_text("ringt", encoding="utf-8")

    assert changed(batch(inbox, tmp_path / "ut")) == [False, False]


def test_register_elsewhere_knows_what_was_made_in_another_output_folder(tmp_path, inbox):
    def run(out: str):
        arguments = ["kundservice", str(inbox), "--ut", str(tmp_path / out), "--processer", "1"]
        return CliRunner().invoke(cli, [*arguments, "--register", str(tmp_path / "r/alla.sqlite")])

    first, second = run("måndag"), run("tisdag")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "oförändrad" in second.output
    assert "../måndag/LiV-PROD-2027-03-01" in (tmp_path / "tisdag/sammanstallning.json").read_text("utf-8")


def test_output_and_register_can_be_moved_together(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    (tmp_path / "ut").rename(tmp_path / "flyttad")

    assert changed(batch(inbox, tmp_path / "flyttad")) == [False, False]


def test_two_concurrent_runs_do_not_conflict_in_the_register(tmp_path, inbox):
    with Register(tmp_path / "ut/register.sqlite"), pytest.raises(RegisterError, match="annan körning"):
        batch(inbox, tmp_path / "ut")


def test_two_runs_with_registers_of_their_own_do_not_meet_in_the_output_folder(tmp_path, inbox):
    stopped = []

    def run(register: str, progress) -> None:
        with Pool(Settings(Options(now=NOW)), 0) as pool:
            run_batch([inbox], tmp_path / "ut", pool, register=tmp_path / register, progress=progress)

    def second(*_: object) -> None:
        with pytest.raises(RegisterError, match="annan körning"):
            run("annat.sqlite", lambda *_: None)
        stopped.append(True)

    Register(tmp_path / "annat.sqlite").connection.close()
    run("första.sqlite", second)
    batch(inbox, tmp_path / "ostörd")

    assert stopped == [True, True]
    assert tree(tmp_path / "ut") == tree(tmp_path / "ostörd")


@pytest.mark.parametrize("content", [b"skrot" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_damaged_register_is_reported_and_not_written_over(tmp_path, inbox, content):
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut/register.sqlite").write_bytes(content)

    with pytest.raises(RegisterError):
        batch(inbox, tmp_path / "ut")

    assert (tmp_path / "ut/register.sqlite").read_bytes() == content


@pytest.mark.parametrize(
    "damage",
    [
        "name = CAST(x'ff' AS TEXT)",
        "counts = '['",
        "state = 'klr'",
        "made_at = '2027-13-01'",
        "told_at = 'x'",
        "folder = CAST(x'ff' AS TEXT)",
    ],
)
def test_register_with_damaged_rows_is_reported(tmp_path, inbox, damage):
    batch(inbox, tmp_path / "ut")
    path = tmp_path / "ut/register.sqlite"
    with sqlite3.connect(path) as database:
        database.execute(f"UPDATE made SET {damage}")  # noqa: S608 - our own words
    database.close()

    with pytest.raises(RegisterError, match="är skadat"):
        batch(inbox, tmp_path / "ut")
    shown = CliRunner().invoke(cli, ["register", str(path)])
    assert (shown.exit_code, "är skadat" in shown.output) == (1, True)


def test_another_programs_database_is_refused(tmp_path, inbox):
    (tmp_path / "ut").mkdir()
    with sqlite3.connect(tmp_path / "ut/register.sqlite") as other:
        other.execute("CREATE TABLE made (x)")
    other.close()

    with pytest.raises(RegisterError, match="inget register"):
        batch(inbox, tmp_path / "ut")


def test_package_with_another_date_gets_a_folder_that_says_so(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    (tmp_path / "ut/VGR-PROD-2027-03-01/mina anteckningar.txt").write_text("Hej", encoding="utf-8")

    made = batch(inbox, tmp_path / "ut", date="2027-04-01")
    again = batch(inbox, tmp_path / "ut", date="2027-04-01")

    assert {path.name for path in (tmp_path / "ut").glob("*-*")} == {
        "LiV-PROD-2027-04-01",
        "VGR-PROD-2027-04-01",
        "VGR-PROD-2027-03-01-andrad",
    }
    assert "VGR-PROD-2027-03-01-andrad" in made.workbooks[1].reason
    assert changed(again) == [False, False]


def test_package_that_cannot_be_placed_is_reported_and_the_earlier_stays(tmp_path, inbox, monkeypatch):
    first = batch(inbox, tmp_path / "ut")
    before = tree(tmp_path / "ut")
    real, held = Path.rename, first.workbooks[0].made.folder

    def refuse(path: Path, target: Path) -> Path:
        if held in {path, target}:
            raise PermissionError(13, "Permission denied")
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        patch.setattr(publish, "_PAUSES", (0,))
        refused = batch(inbox, tmp_path / "ut", case_number="TSK-99999")

    assert [one.state for one in refused.workbooks] == [State.REJECTED, State.DONE]
    assert "åtkomst nekas" in refused.workbooks[0].reason
    own = f"{held.name}/"
    assert {k: v for k, v in tree(tmp_path / "ut").items() if k.startswith(own)} == {
        k: v for k, v in before.items() if k.startswith(own)
    }
    assert changed(batch(inbox, tmp_path / "ut")) == [False, True]


class PowerCut(BaseException):
    """Ends the run immediately."""


@pytest.mark.parametrize("moment", [1, 2, 3, 4, 5, 6])
def test_run_cut_at_any_renaming_goes_on_as_if_undisturbed(tmp_path, inbox, monkeypatch, moment):
    put(inbox, {"fel.xlsx": book(("F1", "4HVV"), region="Fel", change=(("156-4HVV |", "165-4HVV |"),))})
    real, count = Path.rename, []

    def cut(path: Path, target: Path) -> Path:
        if any(part.startswith(".underlag") for part in path.parts):
            count.append(path)
        if len(count) == moment:
            raise PowerCut
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", cut)
        with pytest.raises(PowerCut):
            batch(inbox, tmp_path / "ut")
    batch(inbox, tmp_path / "ut")
    batch(inbox, tmp_path / "ostörd")

    assert tree(tmp_path / "ut") == tree(tmp_path / "ostörd")
    assert [p.name for p in (tmp_path / "ut").iterdir() if p.name.startswith(".")] == []


def test_what_a_process_of_a_killed_run_still_writes_is_in_nobodys_way(tmp_path, inbox, monkeypatch):
    real, staged = Path.rename, []

    def cut(path: Path, target: Path) -> Path:
        if target.parent == tmp_path / "ut":
            staged.append(path)
            raise PowerCut
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", cut)
        with pytest.raises(PowerCut):
            batch(inbox, tmp_path / "ut")

    def write_late(_done: int, _total: int, _name: str) -> None:
        (folder,) = staged
        for number in range(3):
            put(folder.with_name(str(number)), {"rapport.html": b"late"})

    with Pool(Settings(Options(now=NOW)), 0) as pool:
        again = run_batch(
            [inbox], tmp_path / "ut", pool, register=tmp_path / "ut/register.sqlite", progress=write_late
        )
    batch(inbox, tmp_path / "ostörd")

    assert [one.state for one in again.workbooks] == [State.DONE, State.DONE]
    assert tree(tmp_path / "ut") == tree(tmp_path / "ostörd")
    assert [p.name for p in (tmp_path / "ut").iterdir() if p.name.startswith(".")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
@pytest.mark.parametrize("packages", [0, 1, 9])
def test_killed_run_goes_on_as_if_undisturbed(tmp_path, packages):
    inbox = put(tmp_path / "in", {f"{n:02}.xlsx": book((f"A{n}1",), region=f"R{n:02}") for n in range(16)})
    command = [sys.executable, "-m", "underlag", "kundservice", str(inbox), "--ut", str(tmp_path / "ut")]
    command += ["--tidpunkt", NOW.isoformat(), "--processer", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while len(list((tmp_path / "ut").glob("R*"))) < packages or not (tmp_path / "ut").exists():
        if process.poll() is not None:  # it was faster than this loop
            break
        time.sleep(0.001)
    process.kill()
    process.wait()

    finished = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    batch(inbox, tmp_path / "ostörd")

    assert finished.returncode == 0
    assert tree(tmp_path / "ut") == tree(tmp_path / "ostörd")
    assert rows(tmp_path / "ut") == rows(tmp_path / "ostörd")


def rows(out: Path) -> list[tuple]:
    with Register(out / "register.sqlite", reading=True) as register:
        return [(m.name, m.sha256, m.state, m.counts, m.files, m.folder.name) for m in register.all_records()]


def show(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["register", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_register_is_shown_as_text_json_and_csv(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    out = str(tmp_path / "ut")

    text = show(out)
    objects = orjson.loads(show(out, "--format", "json"))
    show(out, "--format", "csv", "--ut", str(tmp_path / "r.csv"))
    table = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig")), delimiter=";"))

    assert [line.split()[2] for line in text.splitlines()[1:]] == ["LiV", "VGR"]
    assert [one["arende"] for one in objects] == ["TSK-12518", "TSK-12518"]
    assert [one["gjord"] for one in objects] == ["2027-02-01T09:00:00+01:00"] * 2
    assert [one["Arbetsbok"] for one in table] == ["a.xlsx", "b.xlsx"]
    assert [one["Lästa rader"] for one in table] == [str(one["lasta_rader"]) for one in objects] == ["4", "4"]


def test_names_and_regions_cannot_command_the_terminal(tmp_path):
    content = book(("A1",), region="Li\x07V")
    with zipfile.ZipFile(put(tmp_path / "in", {}) / "x.zip", "w") as archive:
        archive.writestr("a\x1b[2J\n.xlsx", content)
    batch(tmp_path / "in", tmp_path / "ut")

    text = show(str(tmp_path / "ut"))

    assert len(text.splitlines()) == 2
    assert all(line.isprintable() for line in text.splitlines())


def test_register_shows_only_what_is_requested(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    out = str(tmp_path / "ut")

    assert len(orjson.loads(show(out, "--format", "json", "--region", "vgr"))) == 1
    assert len(orjson.loads(show(out, "--format", "json", "--miljo", "PROD", "--tillstand", "klar"))) == 2
    assert "Inget sådant" in show(out, "--arende", "TSK-1")
    with Register(tmp_path / "ut/register.sqlite", reading=True) as register:
        assert {made.state for made in register.all_records()} == {State.DONE}


def test_folder_without_a_register_is_reported(tmp_path):
    result = CliRunner().invoke(cli, ["register", str(tmp_path)])

    assert result.exit_code == 1
    assert "register.sqlite finns inte. Ange katalogen som kundservice skrev i" in result.output
    assert list(tmp_path.iterdir()) == []
