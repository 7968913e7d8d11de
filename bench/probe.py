"""The limit that our times are stated against: calamine reads the workbook, orjson writes the TAK JSON.

Usage: python bench/probe.py WORKBOOK FOLDER
The workbook is one of sample_data/make_large.py. Nothing is looked for, cleaned or checked: a row is one of
an order if its last cell but one starts as an HSA-ID does. The JSON has every object of the package's tak/
files, orders and undos, and as many bytes; that an order must be cut in parts of 2 MB is left out.
"""

import sys
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from python_calamine import CalamineWorkbook

_NAMESPACE = "urn:riv:clinicalprocess:healthcond:certificate:"


def main(workbook: str, folder: str) -> None:
    """Read every sheet, and write each sheet of care units as an order and its undo."""
    book = CalamineWorkbook.from_path(workbook)
    sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    for number, rows in enumerate(sheets[1:3], start=2):
        units = [row for row in rows if row[-2].startswith("SE")]
        routes, authorizations = list(map(_route, units)), list(map(_authorization, units))
        ended = {"anropsbehorigheter": authorizations, "vagval": routes}
        added = {"logiskadresser": [{"hsaId": row[-2], "beskrivning": row[-1]} for row in units], **ended}
        _write(Path(folder, f"bestallning-{number}.json"), added, {})
        _write(Path(folder, f"aterstall-{number}.json"), {}, ended)


def _route(row: list[Any]) -> dict[str, str]:
    return {
        "adress": row[1],
        "logiskAdress": row[-2],
        "tjanstekontrakt": _contract(row[2]),
        "rivtaprofil": "RIVTABP21",
        "tjanstekomponent": row[0],
    }


def _authorization(row: list[Any]) -> dict[str, str]:
    return {"logiskAdress": row[-2], "tjanstekontrakt": _contract(row[2]), "tjanstekonsument": row[4]}


@cache
def _contract(title: str) -> str:
    name, _, major = title.partition(" v")
    return f"{_NAMESPACE}{name}Responder:{major}"


def _write(path: Path, include: dict[str, Any], exclude: dict[str, Any]) -> None:
    order = {"plattform": "NTJP-PROD", "inkludera": include, "exkludera": exclude}
    path.write_bytes(orjson.dumps(order, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    main(*sys.argv[1:3])
