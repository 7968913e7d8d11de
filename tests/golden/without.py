"""Runs golden cases with modules blocked: `python -m tests.golden.without KATALOG MODULE...`.

Each case but the batch is written to a folder of its own, and the web page is loaded. What was printed lies in utskrift.txt beside it. The last line on
standard output lists the compiled modules outside the standard library that were loaded.
"""

import importlib
import importlib.machinery
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path


class Blocked(MetaPathFinder):
    """Makes the import of some modules fail as if they were not installed."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def find_spec(self, fullname, *_):
        if fullname in self._names:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


def compiled() -> list[str]:
    """Return the extension modules that are loaded, without those of the standard library."""
    suffixes = tuple(importlib.machinery.EXTENSION_SUFFIXES)
    return sorted(
        name
        for name, module in sys.modules.items()
        if (getattr(module, "__file__", None) or "").endswith(suffixes)
        if name.partition(".")[0] not in sys.stdlib_module_names
    )


def main(folder: Path, blocked: Sequence[str]) -> None:
    sys.meta_path.insert(0, Blocked(blocked))
    cases = importlib.import_module("tests.golden.cases").CASES

    for name, fill in cases.items():
        if name != "sats":
            place = folder / name / "ut"
            place.parent.mkdir(parents=True)
            text = fill(place)
            (folder / name / "utskrift.txt").write_text(text.replace(str(place), "KATALOG"), encoding="utf-8")
    importlib.import_module("underlag.web.app")
    sys.stdout.write(" ".join(compiled()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
