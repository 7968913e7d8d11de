"""The way from workbook to package needs no compiled package but python-calamine."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Compiled modules of the dependencies, except the two that are required.
ACCELERATORS = ["orjson", "lxml", "pandas", "numpy", "markupsafe._speedups"]


def run_cases(folder: Path, *blocked: str) -> list[str]:
    """Write the golden cases; return the compiled modules that were loaded."""
    process = subprocess.run(
        [sys.executable, "-m", "tests.golden.without", folder, *blocked],
        check=True,
        capture_output=True,
        cwd=ROOT,
        encoding="utf-8",
    )
    return process.stdout.split()


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Return folder and loaded modules, for a run with everything installed and one without accelerators."""
    folders = tmp_path_factory.mktemp("alla"), tmp_path_factory.mktemp("utan")
    return [
        (folder, run_cases(folder, *names)) for folder, names in zip(folders, ([], ACCELERATORS), strict=True)
    ]


def test_packages_are_the_same_without_accelerators(runs):
    (with_all, _), (without, _) = runs

    assert len(written(without)) > 60
    assert written(without) == written(with_all)


def test_only_the_one_that_is_needed_is_loaded_without_accelerators(runs):
    _, (_, loaded) = runs

    assert loaded == ["python_calamine._python_calamine"]


def test_single_workbooks_load_neither_lxml_nor_what_joins_many(runs):
    (_, loaded), _ = runs

    assert {name.partition(".")[0] for name in loaded}.isdisjoint({"lxml", "pandas", "numpy"})
