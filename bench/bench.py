"""Measure whole commands against the probe, in pairs, and print one table in Markdown.

Usage: python bench/bench.py [--enheter 20 2000 20000 100000] [--varv 5] [--slag SLAG ...]
Every figure is of a whole process: wall time, the processor's time (user and system), and the peak memory of
the largest process (Linux and macOS). Ratios are of the processor's time, which other work on the machine
disturbs least.
"""

import argparse
import importlib.util
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "sample_data"))

from make_large import MISTAKES  # noqa: E402 - the sample script is no package
from others import OTHERS  # noqa: E402 - as above

#: Goals by units and command: seconds for a workbook of 20, times the probe for larger ones, and megabytes.
GOALS: Final = {
    (20, "validera"): "0.15 s",
    (20, "bestall"): "0.25 s",
    (2_000, "validera"): "3 times",
    (2_000, "bestall"): "4 times",
    (20_000, "validera"): "2 times",
    (20_000, "bestall"): "3 times",
    (100_000, "validera"): "2 times",
    (100_000, "bestall"): "3 times, 300 MB",
}
#: Goals with a mistake in every row, and the size that they are set for.
FAULTY_GOALS: Final = {"validera": "3 times", "bestall": "4.5 times"}
FAULTY_UNITS: Final = 20_000
_EVERY_ROW: Final = "in every row"
#: An installed program is compiled already: so compiled modules are kept, whatever the caller's settings.
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}


@dataclass
class Run:
    """One finished process: seconds of wall time and of the processor, and megabytes at its peak."""

    seconds: float
    processor: float
    megabytes: float


def run(*command: str, accept: tuple[int, ...] = (0,)) -> Run:
    """Run a command to its end, output thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    if code not in accept:
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale / 1e6)


def underlag(*arguments: str) -> list[str]:
    """Return a command line of the program."""
    return [sys.executable, "-m", "underlag", *arguments]


@dataclass
class Row:
    """A line of the table: a command measured in turn with the probe."""

    units: int
    title: str
    goal: str
    runs: list[Run]
    probes: list[Run]

    def __str__(self) -> str:
        """Return the line in Markdown: medians, the ratio of each pair, and the highest memory."""
        ratios = sorted(a.processor / b.processor for a, b in zip(self.runs, self.probes, strict=True))
        spread = f"{statistics.median(ratios):.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f})"
        wall, processor = (
            statistics.median(getattr(run, name) for run in self.runs) for name in ("seconds", "processor")
        )
        memory = max(run.megabytes for run in self.runs)
        return (
            f"| {self.units:,} | {self.title} | {wall:.2f} | {processor:.2f} | {spread} | {memory:.0f} "
            f"| {self.goal} |"
        )


def make(path: Path, units: int, mistake: str = "") -> None:
    """Make a workbook, in another process: the peak of a command includes what its parent holds."""
    wrong = ["--med-fel", mistake] if mistake else []
    run(sys.executable, "sample_data/make_large.py", "--enheter", str(units), "--ut", str(path), *wrong)


def commands(units: int, mistakes: list[str], folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield title, goal and command line of everything that is measured at one size."""
    name = f"Underlag-for-TAKning-Intygstjanster-NTJP-PROD-LiV-{units}"
    right, out = folder / f"{name}.xlsx", str(folder / "paket")
    make(right, units)
    yield "the probe", "", [sys.executable, "bench/probe.py", str(right), str(folder)]
    for command in ("validera", "bestall"):
        written = ["--ut", out, "--skriv-over"] if command == "bestall" else []
        yield f"`{command}`", GOALS.get((units, command), ""), underlag(command, str(right), *written)
    for library in OTHERS:
        if importlib.util.find_spec(library):
            yield library, "", [sys.executable, "bench/others.py", library, str(right), str(folder)]
    for mistake in mistakes:
        faulty = folder / f"{name}-{mistake}.xlsx"
        make(faulty, units, mistake)
        for command, goal in FAULTY_GOALS.items():
            asked = ["--ut", out, "--skriv-over"] if command == "bestall" else ["--format", "json"]
            yield (
                f"`{command}`, {mistake} {_EVERY_ROW}",
                goal if units == FAULTY_UNITS else "",
                underlag(command, str(faulty), *asked),
            )


def measure(units: int, rounds: int, mistakes: list[str], folder: Path) -> list[Row]:
    """Measure one size: all commands in turn, round by round; the first round is not counted."""
    (_, _, probe), *measured = commands(units, mistakes, folder)
    rows = [Row(units, title, goal, [], []) for title, goal, _ in measured]
    alone = Row(units, "the probe", "", [], [])
    for number in range(rounds + 1):
        limit = run(*probe)
        # Only a faulty workbook may be refused: a refusal is soon ready.
        found = [
            run(*command, accept=(1,) if _EVERY_ROW in title else (0,)) for title, _, command in measured
        ]
        for row, one in zip([alone, *rows], [limit, *found], strict=True) if number else ():
            row.runs.append(one)
            row.probes.append(limit)
    return [alone, *rows]


def machine() -> str:
    """Return the processor's cores, and how many processes wanted one while this ran."""
    load = f", load average {os.getloadavg()[1]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}{load}"


def main() -> None:
    """Measure every size asked for, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enheter", type=int, nargs="+", default=[20, 2_000, 20_000, 100_000])
    parser.add_argument("--varv", type=int, default=5)
    parser.add_argument("--slag", nargs="*", choices=MISTAKES, default=["kontrollsiffra"], metavar="SLAG")
    asked = parser.parse_args()
    help_runs = [run(*underlag("--help")).processor for _ in range(asked.varv + 1)][1:]
    print("| Units | Command | Seconds | Processor | Times the probe | MB | Goal |")
    print("|---|---|---|---|---|---|---|", flush=True)
    print(f"| – | `underlag --help` | – | {statistics.median(help_runs):.2f} | – | – | 0.06 s |")
    with tempfile.TemporaryDirectory() as folder:
        for units in asked.enheter:
            for row in measure(units, asked.varv, asked.slag, Path(folder)):
                print(row, flush=True)
    print(f"\n{machine()}; medians of {asked.varv} rounds")


if __name__ == "__main__":
    main()
