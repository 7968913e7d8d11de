"""The limit that our times are stated against: calamine reads the workbook, orjson writes the TAK JSON; nothing else.

Usage: python bench/probe.py WORKBOOK OUTPUT.json
The workbook is one of sample_data/make_large.py: sheets 2 and 3 with addressees, one header row found by its first HSA-ID column.
"""

import sys
from pathlib import Path
from typing import Any

import orjson
from python_calamine import CalamineWorkbook


def main(workbook: str, output: str) -> None:
    """Read every sheet, and write the addressees, routes and authorizations of the last two as one order."""
    book = CalamineWorkbook.from_path(workbook)
    sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    include: dict[str, list[dict[str, Any]]] = {"logiskadresser": [], "vagval": [], "anropsbehorigheter": []}
    for rows in sorted(sheets, key=len)[-2:]:
        for row in rows:
            texts = [str(cell) for cell in row]
            if len(texts) < 2:  # noqa: PLR2004 - a title row has nothing to order
                continue
            include["logiskadresser"].append({"hsaId": texts[-2], "beskrivning": texts[-1]})
            include["vagval"].append(
                {
                    "adress": texts[1],
                    "logiskAdress": texts[-2],
                    "tjanstekontrakt": texts[2],
                    "rivtaprofil": "RIVTABP21",
                    "tjanstekomponent": texts[0],
                }
            )
            include["anropsbehorigheter"].append(
                {"logiskAdress": texts[-2], "tjanstekontrakt": texts[2], "tjanstekonsument": texts[0]}
            )
    order = {"plattform": "NTJP-PROD", "inkludera": include, "exkludera": {}}
    Path(output).write_bytes(orjson.dumps(order, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    main(*sys.argv[1:3])
