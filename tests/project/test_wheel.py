"""The built wheel does the main job in an environment that has nothing else, from another folder."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
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
    ignore = shutil.ignore_patterns(".git", ".venv", "*cache*", "paket*", "ut", "*.egg-info")
    shutil.copytree(ROOT, source, ignore=ignore)
    call(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, source, cwd=folder)
    return next(folder.glob("underlag-*.whl"))


def test_wheel_holds_templates_profiles_and_texts(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())

    expected = {
        f"underlag/{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "templates").rglob("*") if p.is_file()
    }
    expected |= {p.relative_to(ROOT).as_posix() for p in (ROOT / "underlag").rglob("*.toml")}
    expected |= {"underlag/py.typed", "underlag/cli/texts/sv/LC_MESSAGES/messages.mo"}
    assert expected <= names


def test_wheel_does_the_main_job_elsewhere(wheel, tmp_path):
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    constraints = ROOT / "constraints.txt"
    call(scripts / "python", "-m", "pip", "install", "-q", "-c", constraints, wheel, cwd=tmp_path)
    elsewhere = tmp_path / "annan katalog"
    elsewhere.mkdir()
    shutil.copy(ROOT / "sample_data" / SAMPLE, elsewhere)

    call(scripts / "underlag", "bestall", SAMPLE, "--ut", "paket", cwd=elsewhere)

    assert (elsewhere / "paket" / "rapport.html").exists()
    assert (elsewhere / "paket" / "tak" / "bestallning-3.json").exists()
