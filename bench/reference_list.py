"""Measure what a list from the HSA catalogue costs: validera with and without it, in pairs.

Usage: python bench/reference_list.py [--enheter 20000] [--rader 100000] [--varv 5]
The list comes as CSV and as .xlsx. It has all units of the workbook, or all but every tenth, or none: each
missing one is then searched for among all.
"""

import argparse
import csv
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from bench import make_large, run, underlag

#: Seconds that a list of 100,000 rows may take over the time without it.
BUDGET = 2.0

Row = tuple[str, str, str, str, str]


def units_of(book: Path) -> list[tuple[str, str]]:
    """Return the HSA-IDs and names of a workbook's largest sheet."""
    sheets = CalamineWorkbook.from_path(str(book))
    rows = max((sheets.get_sheet_by_index(n).to_python() for n in range(len(sheets.sheet_names))), key=len)
    # As in probe.py, these are the last columns.
    return [(str(row[-2]), str(row[-1])) for row in rows if str(row[-2]).startswith("SE")]


def make_rows(units: list[tuple[str, str]], count: int, keep: str) -> Iterator[Row]:
    """Yield so many rows, with those units of the workbook that are to be there."""
    kept = [unit for n, unit in enumerate(units) if keep == "alla" or (keep == "nio av tio" and n % 10)]
    head = units[0][0].rpartition("-")[0]
    others = ((f"{head}-Z{n:05X}", f"Enhet utanför underlaget {n}") for n in range(count - len(kept)))
    for hsa_id, name in (*kept, *others):
        yield hsa_id, name, "Region Värmland", "Karlstad", "Aktiv"


def write(path: Path, rows: list[Row]) -> None:
    """Write the list in the form that the file's name says."""
    table = [("HSA-ID", "Namn", "Vårdgivare", "Ort", "Status"), *rows]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(table)
        return
    with Workbook(path) as book:
        sheet = book.add_worksheet("Enheter")
        for number, row in enumerate(table):
            sheet.write_row(number, 0, row)


def main() -> None:
    """Measure every list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enheter", type=int, default=20_000)
    parser.add_argument("--rader", type=int, default=100_000)
    parser.add_argument("--varv", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = folder / "Underlag-for-TAKning-Intygstjanster-NTJP-PROD-LiV.xlsx"
        make_large(book, asked.enheter)
        units = units_of(book)
        print(f"{asked.enheter} units in two sheets, {asked.rader} rows in the list, budget {BUDGET:g} s")
        for keep in ("alla", "nio av tio", "ingen"):
            rows = list(make_rows(units, asked.rader, keep))
            for ending in ("csv", "xlsx"):
                path = folder / f"hsa.{ending}"
                write(path, rows)
                extra, memory = [], 0.0
                for _ in range(asked.varv + 1):
                    without = run(*underlag("validera", str(book)))
                    with_list = run(*underlag("validera", str(book), "--hsa-lista", str(path)))
                    extra.append(with_list.seconds - without.seconds)
                    memory = max(memory, with_list.megabytes)
                print(
                    f"{keep:<11} .{ending:<5} {statistics.median(extra[1:]):5.2f} s more "
                    f"(max {max(extra[1:]):.2f})  {memory:5.0f} MB"
                )


if __name__ == "__main__":
    main()
