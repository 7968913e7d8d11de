"""Measure whole commands against the probe, in pairs, and print the ratios beside their budgets.

Usage: python bench/bench.py [--enheter 20000 100000] [--varv 5] [--slag SLAG ...]
Every figure is of a whole process: wall time, and the peak memory of the largest process (Linux and macOS).
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "sample_data"))

from make_large import MISTAKES, make_large  # noqa: E402 - the sample script is no package

#: Times of the probe, for the whole package and for validera; growth from 20,000 to 100,000 units; megabytes.
BUDGET_PACKAGE, BUDGET_VALIDERA, BUDGET_GROWTH, BUDGET_MEMORY = 6.0, 4.0, 5.5, 600
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


def report(title: str, runs: list[Run], probes: list[Run], budget: float) -> None:
    """Print medians and the ratio, pair by pair."""
    ratios = sorted(a.seconds / b.seconds for a, b in zip(runs, probes, strict=True))
    spread = f"min {ratios[0]:.2f}, max {ratios[-1]:.2f}; budget {budget:g}"
    seconds, megabytes = statistics.median(r.seconds for r in runs), max(r.megabytes for r in runs)
    ratio = statistics.median(ratios)
    print(f"{title:<34} {seconds:7.2f} s {megabytes:6.0f} MB   ratio {ratio:5.2f} ({spread})")


def measure(units: int, rounds: int, mistakes: list[str], folder: Path) -> tuple[float, float]:
    """Measure one size; return the median seconds of the whole package, of wall time and of the processor."""
    name = f"Underlag-for-TAKning-Intygstjanster-NTJP-PROD-LiV-{units}"
    right = folder / f"{name}.xlsx"
    make_large(right, units)
    out = folder / f"paket-{units}"
    probe = [sys.executable, "bench/probe.py", str(right), str(folder)]
    package = underlag("bestall", str(right), "--ut", str(out), "--skriv-over")
    probes, packages, checks = [], [], []
    for _ in range(rounds + 1):
        probes.append(run(*probe))
        packages.append(run(*package))
        checks.append(run(*underlag("validera", str(right))))
    limit = statistics.median(p.seconds for p in probes[1:])
    print(f"\n{units} units in each of sheets 2 and 3; probe {limit:.2f} s")
    report("bestall, all files", packages[1:], probes[1:], BUDGET_PACKAGE)
    report("validera", checks[1:], probes[1:], BUDGET_VALIDERA)
    print("validera, a mistake in every row:")
    for mistake in mistakes:
        faulty = folder / f"{name}-fel.xlsx"
        make_large(faulty, units, mistake)
        command = underlag("validera", str(faulty), "--format", "json")
        pairs = [(run(*probe), run(*command, accept=(0, 1))) for _ in range(rounds + 1)][1:]
        probes, faults = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        report(f"  {mistake}", faults, probes, BUDGET_VALIDERA)
    peak = max(p.megabytes for p in packages)
    print(f"{'memory of bestall':<34} {peak:7.0f} MB (budget {BUDGET_MEMORY} at 100000)")
    made = packages[1:]
    return statistics.median(p.seconds for p in made), statistics.median(p.processor for p in made)


def small(rounds: int) -> None:
    """Measure what a person waits for in the ordinary case."""
    sample = next((ROOT / "sample_data").glob("Underlag*PROD-LiV.xlsx"))
    for title, command, budget in (
        ("underlag --help", underlag("--help"), 0.2),
        ("validera, the right sample", underlag("validera", str(sample)), 0.5),
    ):
        seconds = statistics.median(run(*command).seconds for _ in range(rounds + 1))
        print(f"{title:<34} {seconds:7.2f} s (budget {budget} s)")


def main() -> None:
    """Measure every size asked for, and the growth between the first two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enheter", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--varv", type=int, default=5)
    parser.add_argument("--slag", nargs="+", choices=MISTAKES, default=list(MISTAKES), metavar="SLAG")
    asked = parser.parse_args()
    small(asked.varv)
    with tempfile.TemporaryDirectory() as folder:
        times = [measure(units, asked.varv, asked.slag, Path(folder)) for units in asked.enheter]
    if len(times) > 1:
        factor = asked.enheter[1] / asked.enheter[0]
        wall, processor = (large / small for large, small in zip(times[1], times[0], strict=True))
        print(
            f"\n{factor:g} times the units: {wall:.2f} times the time, {processor:.2f} times the processor's"
            f" (budget {BUDGET_GROWTH} at 5)"
        )


if __name__ == "__main__":
    main()
