"""Golden packages: the expected files of each kind of run.

After an intended change: `pytest tests/golden --renew-golden`, and read `git diff tests/golden`.
"""

import difflib
import shutil
from pathlib import Path

import pytest

from tests.golden.cases import CASES
from tests.golden.view import views

PACKAGES = Path(__file__).parent / "packages"


def expected(case: str) -> dict[str, str]:
    folder = PACKAGES / case
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def renew(case: str, current: dict[str, str]) -> None:
    shutil.rmtree(PACKAGES / case, ignore_errors=True)
    for name, text in current.items():
        path = PACKAGES / case / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def difference(name: str, wanted: str, found: str) -> str:
    lines = difflib.unified_diff(
        wanted.splitlines(), found.splitlines(), f"expected/{name}", f"now/{name}", lineterm="", n=1
    )
    return "\n".join(list(lines)[:40])


def test_every_golden_package_has_its_case():
    assert sorted(path.name for path in PACKAGES.iterdir()) == sorted(CASES)


@pytest.mark.parametrize("case", CASES)
def test_package_is_the_golden_one(case, tmp_path, renew_golden):
    current = views(case, CASES[case], tmp_path / "ut")
    if renew_golden:
        renew(case, current)
        pytest.skip("renewed")

    wanted = expected(case)

    assert sorted(current) == sorted(wanted)
    changed = [
        difference(name, wanted[name], current[name]) for name in wanted if current[name] != wanted[name]
    ]
    assert not changed, "\n".join(
        ["meant? then: pytest tests/golden --renew-golden, and read the diff", *changed]
    )
