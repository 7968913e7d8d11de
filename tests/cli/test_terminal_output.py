"""Terminal output: control characters of files are neutralised, and write errors are reported."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.batch.books import book
from underlag.cli.main import cli
from underlag.documents.annotated_workbook import overview

ROOT = Path(__file__).resolve().parents[2]
ESCAPES = "\x1b]0;x\x07\x1b[31m\x9b2J\u202e\nkund: läses in"


def right(folder):
    path = folder / "a.xlsx"
    path.write_bytes(book())
    return path


def run(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def is_harmless(text):
    return all(line.replace("\xa0", " ").isprintable() for line in text.split("\n")) and "\nkund" not in text


def test_an_order_full_of_escapes_is_shown_with_their_numbers(tmp_path):
    order = {
        "plattform": ESCAPES,
        "kommentar": ESCAPES,
        ESCAPES: 1,
        "inkludera": {"logiskadresser": [{"hsaId": ESCAPES, "beskrivning": ESCAPES}, {ESCAPES: ESCAPES}]},
    }
    path = tmp_path / "order.json"
    path.write_text(json.dumps(order))
    result = run("granska-tak", path, "--alla")

    assert "‹U+001B›]0;x" in result.output
    assert is_harmless(result.output)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_file_name_full_of_escapes_is_shown_with_their_numbers(tmp_path):
    path = tmp_path / f"a{ESCAPES}.xlsx"
    path.write_bytes(b"no workbook")
    for command in ("validera", "granska-tak", "kundservice"):
        out = ["--ut", tmp_path / "ut"] if command == "kundservice" else []
        assert is_harmless(run(command, path, *out).output), command


def test_an_export_full_of_escapes_is_refused_without_them(tmp_path):
    export = tmp_path / "export.json"
    export.write_text(json.dumps({"Status": "ERROR", "message": ESCAPES}))
    order = tmp_path / "order.json"
    order.write_text('{"plattform": "NTJP-PROD", "genomforandeTidpunkt": "2027-02-01T12:00:00+0100"}')

    assert is_harmless(run("granska-tak", order, "--tak", export).output)
    assert is_harmless(run("jamfor", right(tmp_path), "--tak", export).output)


def test_only_one_place_writes_to_the_terminal():
    """A command that wrote directly would output a file's control characters."""
    allowed = {"output.py", "progress_bar.py"}  # the second: click's own, with names made printable
    writers = []
    for path in sorted((ROOT / "underlag").rglob("*.py")):
        if path.parent.name == "renew":  # a developer's command
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called in {
                "print",
                "click.echo",
                "click.secho",
                "echo",
                "secho",
                "progressbar",
            } or called.endswith((".stdout.write", ".stderr.write", "stdout.buffer.write")):
                writers.append(path.name)

    assert set(writers) <= allowed


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full disk to write to")
def test_a_full_disk_behind_standard_output_is_reported(tmp_path):
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "underlag", "felkoder"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert ran.returncode == 1
    assert ran.stderr.decode() == "Fel: disken är full\n"


@pytest.mark.skipif(os.name == "nt", reason="a shell of Windows closes no output")
def test_a_closed_standard_output_is_reported_before_anything_is_done(tmp_path):
    out = tmp_path / "ut"
    line = f"{sys.executable} -m underlag bestall {right(tmp_path)} --ut {out} >&-"
    ran = subprocess.run(["sh", "-c", line], cwd=ROOT, stderr=subprocess.PIPE, check=False)

    assert ran.returncode == 2
    assert "standard ut är stängd" in ran.stderr.decode()
    assert not out.exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell of Windows has no such pipes")
def test_a_reader_that_has_enough_ends_the_program_quietly():
    ran = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m underlag felkoder | head -n 1"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )

    assert ran.stdout.startswith(b"FIL001")
    assert ran.stderr == b""


def test_an_error_of_the_program_is_reported_without_traceback(monkeypatch, capsys):
    from underlag.cli import main as module  # noqa: PLC0415 - only this test replaces a part of it

    def broken(**_):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(module, "cli", broken)
    with pytest.raises(SystemExit) as ended:
        module.main()

    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert "ZeroDivisionError i test_terminal_output.py" in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("limit", "where"), [(65_000, "på första fliken i granskad-a.xlsx"), (3, "i rapport.json")]
)
def test_places_that_the_marked_workbook_does_not_list_are_in_the_report(limit, where, tmp_path, monkeypatch):
    monkeypatch.setattr(overview, "LIST_LIMIT", limit)
    units = tuple(f"A{number}" for number in range(3))
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(units, change=(("SE162321000156-A", "SE162321000165-A"),)))

    result = run("bestall", path, "--ut", tmp_path / "ut")

    assert f"Varje ställe står {where}." in " ".join(result.output.split())
