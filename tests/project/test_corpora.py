"""bench/corpora.py distinguishes workbooks that are read, rejected and wrong."""

import runpy
import subprocess
import sys
from pathlib import Path

from tests.support.tables import STANDARD, workbook

ROOT = Path(__file__).resolve().parents[2]


def run(folder):
    return subprocess.run(
        [sys.executable, "bench/corpora.py", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_right_and_damaged_workbooks_pass(tmp_path):
    for kind in ("xlsx", "xlsm", "xlsb"):
        (tmp_path / f"bok.{kind}").write_bytes(workbook(STANDARD, format=kind))
    (tmp_path / "skadad.xlsx").write_bytes(workbook(STANDARD)[:2000])
    (tmp_path / "annat.txt").write_text("x")

    done = run(tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 arbetsböcker" in done.stdout
    assert "2 jamforelse: lika" in done.stdout
    assert "2 kopia: hel" in done.stdout
    assert "FIL002" in done.stdout


def test_texts_at_another_place_are_a_difference():
    compare = runpy.run_path(str(ROOT / "bench/corpora.py"))["compare"]

    assert list(compare({("A", 1, 1): "x  y"}, {("A", 1, 1): " x y "}, {"A"})) == []
    assert list(compare({("A", 1, 1): "x"}, {("B", 1, 1): "z", ("A", 1, 1): "x"}, {"A"})) == []
    (found,) = compare({("A", 1, 1): "x"}, {("A", 1, 1): "y"}, {"A"})
    assert found.startswith("A!R1C1")
