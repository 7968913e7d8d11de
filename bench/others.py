"""What other libraries need for the same workbook: all sheets read, and checked or written as JSON.

Usage: python bench/others.py (frictionless | pandas) WORKBOOK FOLDER
pandas reads every sheet with openpyxl and writes its rows. frictionless validates every sheet as a table with
its headers in the first row: it knows no rule of ours.
"""

import sys
from pathlib import Path
from typing import Final


def by_pandas(workbook: str, folder: str) -> None:
    """Read every sheet with pandas and openpyxl, and write its rows as JSON."""
    import pandas as pd  # noqa: PLC0415 - each library only where it is measured

    for name, table in pd.read_excel(workbook, sheet_name=None, dtype=str, engine="openpyxl").items():
        table.to_json(Path(folder, f"{name.replace('/', '-')}.json"), orient="records", force_ascii=False)


def by_frictionless(workbook: str, folder: str) -> None:
    """Validate every sheet with frictionless."""
    from frictionless import Resource  # noqa: PLC0415 - as above
    from frictionless.formats import ExcelControl  # noqa: PLC0415 - as above
    from openpyxl import load_workbook  # noqa: PLC0415 - as above

    del folder
    for name in load_workbook(workbook, read_only=True).sheetnames:
        path = Path(workbook)
        Resource(path=path.name, basepath=str(path.parent), control=ExcelControl(sheet=name)).validate()


OTHERS: Final = {"pandas": by_pandas, "frictionless": by_frictionless}

if __name__ == "__main__":
    OTHERS[sys.argv[1]](*sys.argv[2:])
