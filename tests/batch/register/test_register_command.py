"""`register` shows what was made: as text, JSON and CSV, all or what is asked for."""

import csv
import io
import zipfile

import orjson
from click.testing import CliRunner

from tests.batch.books import batch, book, put
from underlag.batch.records.workbooks import State
from underlag.batch.register.store import Register
from underlag.cli.main import cli


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
