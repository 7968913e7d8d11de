"""No command opens a socket except on request: `webb`, `webbfil` and --tak-api."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.batch.books import book
from tests.fuzz.corpus import corpus
from underlag.cli.main import SUMMARIES, cli

ROOT = Path(__file__).resolve().parents[2]

#: Runs the program in a process that ends at the first socket, name look-up or connection, also of a child.
WATCHED = """
import multiprocessing, os, sys

def watch(event, arguments):
    if event.startswith(("socket.", "urllib.Request", "http.client", "ftplib", "smtplib")):
        os.write(2, f"NETWORK: {event} {arguments}\\n".encode())
        os._exit(77)

sys.addaudithook(watch)
if __name__ == "__main__":
    from underlag.cli.main import main
    main()
"""
NETWORK = {"webb", "webbfil"}


@pytest.fixture
def run(tmp_path):
    script = tmp_path / "watched.py"
    script.write_text(f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{WATCHED}", encoding="utf-8")

    def run(*arguments):
        command = [sys.executable, str(script), *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=300)

    return run


@pytest.fixture
def files(tmp_path):
    seeds = corpus()
    names = {
        "bok.xlsx": book(),
        "export.json": seeds["export"][0],
        "order.json": seeds["order"][0],
        "lista.csv": seeds["hsa-list"][0],
        "mejl.eml": seeds["mail"][0],
        "bestallning.toml": seeds["toml"][0],
    }
    for name, content in names.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


COMMANDS = {
    "validera": [
        ["bok.xlsx", "--hsa-lista", "lista.csv", "--format", "json"],
        ["bok.xlsx", "--tak", "export.json"],
    ],
    "bestall": [["bok.xlsx", "--ut", "paket", "--tak", "export.json"]],
    "kolumner": [["bok.xlsx"]],
    "ratta": [["bok.xlsx", "--alla-forslag", "-o", "rattad.xlsx"]],
    "jamfor": [["bok.xlsx", "--tak", "export.json", "--format", "html"]],
    "granska-tak": [["order.json", "--tak", "export.json"]],
    "mall": [["--miljo", "PROD", "--region", "LiV", "--ut", "mall.xlsx"]],
    "kundservice": [["bok.xlsx", "mejl.eml", "--ut", "klart", "--processer", "2"]],
    "register": [
        ["klart"],
        ["visa", "klart"],
        ["sok", "klart", "LiV"],
        ["handelser", "klart"],
        ["exportera", "klart", "--ut", "rader.xlsx"],
        ["inlast", "klart", "1"],
        ["angra", "klart", "1"],
        ["svarat", "klart", "1"],
        ["stang", "klart", "1"],
        ["flytta", "klart", "1"],
        ["oppna", "klart", "1"],
    ],
    "folj-upp": [["paket", "--tak", "export.json"]],
    "felkoder": [[], ["HSA003"]],
    "profiler": [[]],
}


def test_no_command_opens_a_socket(run, files):
    for command, variants in COMMANDS.items():
        for arguments in variants:
            ran = run(command, *arguments)
            assert b"NETWORK" not in ran.stderr, (command, ran.stderr)
            assert ran.returncode in {0, 1}, (command, ran.stderr)


def test_every_command_is_tried():
    assert set(SUMMARIES) - NETWORK == set(COMMANDS)
    for name, variants in COMMANDS.items():
        command = cli.get_command(None, name)
        below = command.list_commands(None) if isinstance(command, click.Group) else []
        assert set(below) <= {variant[0] for variant in variants if variant}


def test_the_watch_sees_a_socket(run, files):
    ran = run("validera", "bok.xlsx", "--tak-api", "https://127.0.0.1:9/coop/api/v2")

    assert ran.returncode == 77
    assert b"NETWORK: " in ran.stderr
