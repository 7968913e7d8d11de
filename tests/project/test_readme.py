"""Every command of the README works, as a real process, from a copy of the project."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """The code block after the marker `<!-- run: name -->`."""
    found = re.search(rf"<!-- run: {name} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert found, f"README has no block {name}"
    return found[1]


def underlag_command(line: str) -> list[str]:
    """The command line with this Python's program in place of the one in .venv."""
    words = shlex.split(line)
    assert words[0].endswith("underlag")
    return [sys.executable, "-m", "underlag", *words[1:]]


def run(command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    return tmp_path


def test_first_command_writes_the_whole_package(folder):
    first = block("main").strip().split("&&")[-1]

    result = run(underlag_command(first), folder)

    assert result.returncode == 0, result.stdout + result.stderr
    names = {p.relative_to(folder / "paket").as_posix() for p in (folder / "paket").rglob("*") if p.is_file()}
    assert {
        "rapport.html",
        "rapport.json",
        "bestallning-1-konsument.html",
        "bestallning-1-konsument.txt",
        "bestallning-2-producent.html",
        "bestallning-3-producent.txt",
        "tak/bestallning-1.json",
        "tak/bestallning-3.json",
        "tak/aterstall-2.json",
        "kundservice/logiska-adressater.csv",
        "kundservice/logiska-adressater.xlsx",
        "kundservice/mejl.eml",
    } <= names


def test_every_listed_command_succeeds_and_prints_no_traceback(folder):
    lines = block("commands").strip().splitlines()
    run(underlag_command(block("main").strip().split("&&")[-1]), folder)

    for line in lines:
        result = run(underlag_command(line), folder)
        assert result.returncode == 0, f"{line}\n{result.stdout}\n{result.stderr}"
        assert "Traceback" not in result.stderr
        assert result.stdout.strip()


def test_python_example_runs(folder):
    result = run([sys.executable, "-c", block("python")], folder)

    assert result.returncode == 0, result.stderr
    assert (folder / "paket-python" / "rapport.json").exists()


def test_files_that_the_readme_links_to_exist():
    targets = re.findall(r"\]\(([^)#]+)\)", README)

    missing = [t for t in targets if not t.startswith("http") and not (ROOT / t).exists()]

    assert missing == []


def test_windows_forms_say_the_same_as_the_others():
    blocks = re.findall(r"```(sh|bat)\n(.*?)```", README, re.DOTALL)
    shells = [text.strip() for kind, text in blocks if kind == "sh"]
    windows = [text.strip() for kind, text in blocks if kind == "bat"]

    def plain(text: str) -> str:
        return (
            text.replace("\\", "/")
            .replace("Scripts", "bin")
            .replace("py -m venv", "python3 -m venv")
            .replace('"', "")
        )

    assert len(windows) == 2
    assert {plain(w) for w in windows} <= {plain(s) for s in shells}
