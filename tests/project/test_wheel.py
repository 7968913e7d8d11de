"""The built wheel does the main job in an empty environment, from another folder."""

import os
import re
import shutil
import subprocess
import sys
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONSTRAINTS = ROOT / "constraints.txt"
SAMPLE = "Underlag-for-TAKning-Intygstjanster-NTJP-PROD-LiV.xlsx"


def call(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}}
    result = subprocess.run(
        [str(c) for c in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # From a copy, so that no build leftovers appear in the checkout.
    source = folder / "source"
    ignore = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "paket*", "ut", "*.egg-info")
    shutil.copytree(ROOT, source, ignore=ignore)
    call(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, source, cwd=folder)
    return next(folder.glob("underlag-*.whl"))


def test_wheel_holds_templates_profiles_and_texts(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())

    expected = {
        f"underlag/{p.relative_to(ROOT).as_posix()}"
        for p in (ROOT / "templates").rglob("*")
        if p.is_file()
        if "__pycache__" not in p.parts
    }
    expected |= {p.relative_to(ROOT).as_posix() for p in (ROOT / "underlag").rglob("*.toml")}
    expected |= {p.relative_to(ROOT).as_posix() for p in (ROOT / "underlag").rglob("*.json")}
    expected |= {"underlag/values/public_holidays.csv", "underlag/values/check_digits.txt"}
    expected |= {"underlag/py.typed", "underlag/cli/texts/sv/LC_MESSAGES/messages.mo"}
    assert expected <= names


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The folder of programs of an environment with only the wheel and its dependencies."""
    folder = tmp_path_factory.mktemp("env")
    venv.create(folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    install(scripts, wheel)
    return scripts


def install(scripts: Path, what: object) -> None:
    """Install into the environment with the pip of this one, which is there already."""
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python")
    call(*pip, "install", "-q", "--no-compile", "-c", CONSTRAINTS, what, cwd=scripts)


@pytest.fixture
def elsewhere(tmp_path) -> Path:
    folder = tmp_path / "annan katalog"
    folder.mkdir()
    shutil.copy(ROOT / "sample_data" / SAMPLE, folder)
    return folder


def test_wheel_does_the_main_job_elsewhere(installed, elsewhere):
    call(installed / "underlag", "bestall", SAMPLE, "--ut", "paket", cwd=elsewhere)

    assert (elsewhere / "paket" / "rapport.html").exists()
    assert (elsewhere / "paket" / "tak" / "bestallning-3.json").exists()


@pytest.fixture(scope="module")
def program(installed, tmp_path_factory) -> Path:
    """The program that PyInstaller makes for this system."""
    folder = tmp_path_factory.mktemp("program")
    install(installed, "pyinstaller")
    call(installed / "pyinstaller", "--log-level", "ERROR", ROOT / "docs/program/underlag.spec", cwd=folder)
    return folder / "dist" / "underlag" / ("underlag.exe" if os.name == "nt" else "underlag")


def test_desktop_program_does_the_main_job_without_python(program, elsewhere):
    call(program, "bestall", SAMPLE, "--ut", "paket", cwd=elsewhere)
    # Workers are started from the program itself.
    call(program, "kundservice", SAMPLE, "--ut", "inkommet", "--processer", "2", cwd=elsewhere)

    assert (elsewhere / "paket" / "tak" / "bestallning-3.json").exists()
    assert (elsewhere / "inkommet" / "sammanstallning.html").exists()


def test_desktop_program_without_arguments_serves_the_page(program, elsewhere):
    # The browser that it opens is a program that does nothing.
    env = {**os.environ, "BROWSER": "true"}
    with subprocess.Popen(
        [program], cwd=elsewhere, env=env, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())[0]
            page = urllib.request.urlopen(address).read().decode()  # noqa: S310 - the address of our own server
        finally:
            process.kill()

    assert "Granska ett underlag för TAKning" in page
