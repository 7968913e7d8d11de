"""Measure underlag.html in real browsers, and print a table against its budgets.

Usage: python bench/web_file.py [underlag.html] [--enheter 20 2000 20000 100000] [--varv 3] [--firefox]
Without a file it is built (npm and pip fetch its parts). 20 units are the sample. Needs Node.js, Chromium
and, for --firefox, Firefox. Every round is of a new browser without a profile; the figures are medians.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "sample_data")]

from make_large import make_large  # noqa: E402 - the sample script is no package

from tests.support import puppeteer  # noqa: E402 - as above

SAMPLE: Final = ROOT / "sample_data" / "Underlag-for-TAKning-Intygstjanster-NTJP-PROD-LiV.xlsx"
SAMPLE_UNITS: Final = 20
PROGRAMS: Final = {"chrome": ("chromium", "google-chrome"), "firefox": ("firefox-esr", "firefox")}
#: Budgets: megabytes of the file, seconds to the first paint, until Python answers, and of a stall.
SIZE, PAINT, READY, STALL = 20.0, 0.3, 2.5, 0.1
#: Seconds from submitting to the report, by units.
REPORT: Final = {20: 1.0, 2_000: 1.5, 20_000: 5.0, 100_000: 25.0}
#: Megabytes of the process that shows the page, and the units that it is set for.
MEMORY, MEMORY_UNITS = 350.0, 20_000


def built(folder: Path) -> Path:
    """Build the file."""
    path = folder / "underlag.html"
    command = [sys.executable, "-m", "underlag", "webbfil", "-o", str(path)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return path


def workbook(folder: Path, units: int) -> Path:
    """Return a right workbook of that many units in each of two sheets."""
    if units == SAMPLE_UNITS:
        return SAMPLE
    path = folder / f"{units}.xlsx"
    make_large(path, units)
    return path


def measure(kind: str, driver: Path, page: Path, path: Path) -> dict[str, float]:
    """Examine a workbook in a new browser and return what was seen, in seconds and megabytes."""
    program = next((found for name in PROGRAMS[kind] if (found := shutil.which(name))), None)
    node = shutil.which("node")
    if program is None or node is None:
        raise SystemExit(f"{PROGRAMS[kind][0]} and Node.js are needed")
    script = Path(__file__).with_suffix(".mjs")
    command = [node, str(script), str(driver), kind, program, page.as_uri(), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-1000:])
    seen = json.loads(done.stdout)
    return {
        key: value / 1000 if key in {"paint", "ready", "report", "stall"} else value
        for key, value in seen.items()
    }


def row(what: str, figures: list[float], budget: float | None, unit: str) -> str:
    """Return a line of the table: the median, the extremes, the budget, and whether it is kept."""
    middle = statistics.median(figures)
    digits = 2 if unit == "s" else 0
    spread = f"{min(figures):.{digits}f} to {max(figures):.{digits}f}"
    kept = "" if budget is None else "yes" if middle <= budget else "**no**"
    limit = "" if budget is None else f"{budget:g} {unit}"
    return f"| {what} | {middle:.{digits}f} {unit} ({spread}) | {limit} | {kept} |"


def measured_rows(kind: str, driver: Path, page: Path, books: dict[int, Path], rounds: int) -> list[str]:
    """Measure one browser and return its lines; sizes are measured in turn."""
    seen: dict[int, list[dict[str, float]]] = {units: [] for units in books}
    for _ in range(rounds):
        for units, path in books.items():
            seen[units].append(measure(kind, driver, page, path))
    everything = [one for runs in seen.values() for one in runs]
    name = kind.capitalize().replace("Chrome", "Chromium")
    rows = [
        row(f"{name}: first paint", [one["paint"] for one in everything], PAINT, "s"),
        row(f"{name}: ready", [one["ready"] for one in everything], READY, "s"),
    ]
    for units, runs in seen.items():
        what = "the sample" if units == SAMPLE_UNITS else f"{units:,} units"
        report = [one["report"] for one in runs]
        rows.append(row(f"{name}: from submitting to the report, {what}", report, REPORT.get(units), "s"))
        steps = statistics.median(one["steps"] for one in runs)
        rows[-1] = (
            rows[-1].replace(" | ", f", progress moves {steps:.0f} times | ", 1) if steps > 1 else rows[-1]
        )
    rows.append(row(f"{name}: longest stall of the page", [one["stall"] for one in everything], STALL, "s"))
    rows += [
        row(
            f"{name}: memory at its peak, {units:,} units",
            [one["memory"] for one in runs],
            MEMORY if units == MEMORY_UNITS else None,
            "MB",
        )
        for units, runs in seen.items()
        if units >= MEMORY_UNITS
    ]
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("page", nargs="?", type=Path)
    parser.add_argument("--enheter", nargs="+", type=int, default=list(REPORT))
    parser.add_argument("--varv", type=int, default=3)
    parser.add_argument("--firefox", action="store_true", help="measure Firefox in place of Chromium")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = arguments.page.resolve() if arguments.page else built(folder)
        if not puppeteer.install(folder):
            raise SystemExit("the driver of the browsers cannot be fetched with npm")
        books = {units: workbook(folder, units) for units in arguments.enheter}
        kind = "firefox" if arguments.firefox else "chrome"
        print("| What | Median (lowest to highest) | Budget | Kept |")
        print("|---|---|---|---|")
        print(row("size of the file", [page.stat().st_size / 1e6], SIZE, "MB"))
        for line in measured_rows(kind, folder, page, books, arguments.varv):
            print(line)
        cores = f"{os.cpu_count()} cores ({platform.machine()})"
        print(f"\n{cores}, load average {os.getloadavg()[0]:.1f}, {arguments.varv} rounds")


if __name__ == "__main__":
    main()
