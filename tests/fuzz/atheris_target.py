"""Fuzz one target guided by coverage: `python -m tests.fuzz.atheris_target read FOLDER` (extra `fuzz`).

The folder keeps the inputs that reach new code, and is filled with the corpus first. What libFuzzer understands
may follow, for example -max_total_time=600.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["underlag"]):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.corpus import corpus


def main() -> None:
    """Fill the folder, and fuzz."""
    target, folder, *options = sys.argv[1:]
    seeds = Path(folder)
    seeds.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(corpus()[target]):
        (seeds / f"seed-{number}").write_bytes(content)
    atheris.Setup([sys.argv[0], folder, *options], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
