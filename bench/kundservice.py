"""Measure kundservice: one process against two, and the memory of few files against many.

Usage: python bench/kundservice.py [--arbetsbocker 200] [--enheter 200] [--varv 3]
Each workbook has a region and units of its own. Memory is that of the process that shares out the work, as
Linux tells it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "sample_data"))

import parties  # noqa: E402 - the sample scripts are no package
from workbook_layout import write_workbook  # noqa: E402 - as above

#: Two processes are to be so many times faster than one at least; four times the files take so many times the
#: memory at most.
BUDGET_SPEED, BUDGET_MEMORY = 1.6, 1.25


def make_workbooks(folder: Path, count: int, units: int) -> None:
    """Write that many workbooks, each of a region of its own."""
    folder.mkdir()
    for number in range(count):
        region = f"Region{number:03}"
        own = tuple(
            (f"SE162321000156-{number:03X}{unit:05X}", f"Vårdcentralen {region} {unit}")
            for unit in range(units)
        )
        environment = replace(parties.PROD, units=own)
        sheets = (
            parties.consumer_table(environment),
            parties.status_table(environment),
            parties.message_table(environment),
            parties.order_form("PROD", region),
        )
        path = folder / f"Underlag-for-TAKning-Intygstjanster-NTJP-PROD-{region}.xlsx"
        write_workbook(path, "Underlag för TAKning Intygstjänster", sheets)


def run(folder: Path, processes: int) -> tuple[float, float]:
    """Work on a folder; return seconds of wall time and the peak megabytes of the process that shares out.

    The output stays: where ext4 has no journal, creating files takes up to a second longer for 200 packages
    if as many were deleted in the last minutes.
    """
    out = tempfile.mkdtemp(dir=folder.parent)
    command = [sys.executable, "-m", "underlag", "kundservice", str(folder), "--ut", out]
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--processer", str(processes)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0.0
    while (ended := os.waitpid(process.pid, os.WNOHANG)) == (0, 0):
        peak = max(peak, _peak(process.pid))
        time.sleep(0.02)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(ended[1])
    if process.returncode != 0:
        raise SystemExit(f"kundservice ended with {process.returncode}")
    return seconds, peak


def _peak(pid: int) -> float:
    """Return the most memory that a process has had so far: its own, not that of the processes it began."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next(
        (int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmHWM:")), 0.0
    )


def main() -> None:
    """Measure, in pairs, and print the ratios beside their budgets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arbetsbocker", type=int, default=200)
    parser.add_argument("--enheter", type=int, default=200)
    parser.add_argument("--varv", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        many, few = Path(place, "manga"), Path(place, "fa")
        make_workbooks(many, asked.arbetsbocker, asked.enheter)
        make_workbooks(few, asked.arbetsbocker // 4, asked.enheter)
        pairs = [(run(many, 1), run(many, 2)) for _ in range(asked.varv)]
        _, small = run(few, 2)
    count = asked.arbetsbocker
    ratios = sorted(one[0] / two[0] for one, two in pairs)
    print(f"{count} workbooks of {asked.enheter} units each")
    for processes, runs in zip((1, 2), zip(*pairs, strict=True), strict=True):
        print(f"{processes} processes: {statistics.median(seconds for seconds, _ in runs):.2f} s")
    median = statistics.median(ratios)
    print(f"ratio {median:.2f} (min {ratios[0]:.2f}, max {ratios[-1]:.2f}; budget {BUDGET_SPEED})")
    large = max(two[1] for _, two in pairs)
    print(f"memory: {small:.0f} MB with {count // 4} workbooks, {large:.0f} MB with {count}")
    print(f"ratio {large / small:.2f} (budget {BUDGET_MEMORY})")


if __name__ == "__main__":
    main()
