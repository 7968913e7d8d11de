"""Fuzz for a while: `python -m tests.fuzz.run --minutes 10 --seed 1`.

Each target gets changed copies of its corpus, in a process of its own under limits of memory and time. Inputs
that raise, kill the process or take too long are kept in the folder named by --findings.
"""

import argparse
import multiprocessing
import random
import resource
import signal
import sys
import time
import traceback
from pathlib import Path

from tests.fuzz.corpus import corpus
from tests.fuzz.mutation import mutated
from tests.fuzz.targets import TARGETS

#: Seconds of the processor for one input, and bytes of memory for all of a process.
SECONDS = 10
MEMORY = 1_500_000_000
#: Inputs that one process works on.
BATCH = 200


def work(target: str, seed: int, until: float, folder: Path) -> None:
    """Run a batch; keep each input on disk while it is processed, in case the process is killed."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    rng = random.Random(seed)
    seeds = corpus()[target]
    current = folder / f"{target}-{seed}.input"
    for _ in range(BATCH):
        if time.monotonic() > until:
            break
        content = mutated(rng.choice(seeds), rng)
        current.write_bytes(content)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            TARGETS[target](content)
        except Exception:  # noqa: BLE001 - any at all is a finding
            (folder / f"{target}-{seed}.txt").write_text(traceback.format_exc(), encoding="utf-8")
            sys.exit(1)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        count.value += 1
    current.unlink(missing_ok=True)


count = multiprocessing.Value("q", 0)


def main() -> None:
    """Run all targets in turn, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    asked = parser.parse_args()
    asked.findings.mkdir(exist_ok=True)
    context = multiprocessing.get_context("fork")
    until, seed, found = time.monotonic() + 60 * asked.minutes, asked.seed, 0
    while time.monotonic() < until:
        for target in TARGETS:
            if time.monotonic() > until:
                break
            process = context.Process(target=work, args=(target, seed, until, asked.findings))
            process.start()
            process.join()
            if process.exitcode:
                found += 1
                print(f"{target}: {asked.findings}/{target}-{seed}.input (exit code {process.exitcode})")
        seed += 1
    print(f"{count.value} inputs, seeds {asked.seed} to {seed - 1}, {found} findings")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
