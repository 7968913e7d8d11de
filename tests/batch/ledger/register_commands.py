"""Runs the commands of `underlag register`, on two days of workbooks."""

from pathlib import Path

from click.testing import CliRunner

from tests.batch.books import batch, book, put
from underlag.cli.main import cli

PRODUCER = (("SE162321000156-B3K", "SE162321000156-B99"),)


def run(*arguments: str, code: int = 0) -> str:
    """Return the output of `underlag register`, which must end with this exit code."""
    result = CliRunner().invoke(cli, ["register", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def two_days(folder: Path) -> Path:
    """Return the output folder of two days: Gotland and Dalarna order the same unit, and Gotland supplements."""
    batch(put(folder / "1", {"g.xlsx": book(("GEM", "G1"), region="Gotland")}), folder / "ut")
    second = {
        "d.xlsx": book(("GEM", "D1"), region="Dalarna", change=PRODUCER),
        "t.xlsx": book(("G2",), region="Region Gotland - komplettering"),
    }
    batch(put(folder / "2", second), folder / "ut")
    return folder / "ut"
