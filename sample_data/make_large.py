"""Make a large Underlag workbook of any size, right or with an error in every row.

Usage: python sample_data/make_large.py [--enheter 2000] [--med-fel] [--ut FIL.xlsx]
"""

import argparse
from dataclasses import replace
from pathlib import Path

import parties
from workbook_layout import write_workbook

FOLDER = Path(__file__).resolve().parent
NAME = "Underlag-for-TAKning-Intygstjanster-NTJP-PROD-Storregionen.xlsx"
UNITS = 2000

_KINDS = ("Vårdcentralen", "Barnmottagningen", "Ögonmottagningen", "Rehabmottagningen", "Mödrahälsovården")
_PLACES = (
    "Granliden",
    "Kvarnängen",
    "Norrsund",
    "Älvbrinken",
    "Björkhaga",
    "Sörby",
    "Åsen",
    "Lillstrand",
    "Hammaren",
)


def large_units(count: int, *, faulty: bool = False) -> tuple[tuple[str, str], ...]:
    """Return that many invented care units: HSA-ID and name. Faulty ones have two swapped digits."""
    organisation = "162321000165" if faulty else "162321000156"
    return tuple(
        (f"SE{organisation}-U{number:06X}", f"{_KINDS[number % 5]} {_PLACES[number % 9]} {number}")
        for number in range(1, count + 1)
    )


def make_large(path: Path, units: int, *, faulty: bool = False) -> None:
    """Write a workbook with that many care units in sheets 2 and 3 each.

    Args:
        path: the file to write.
        units: how many care units.
        faulty: every unit's HSA-ID has a wrong check digit, in both sheets.
    """
    environment = replace(parties.PROD, units=large_units(units, faulty=faulty))
    sheets = (
        parties.consumer_table(environment),
        parties.status_table(environment),
        parties.message_table(environment),
        parties.order_form("PROD", "Storregionen"),
    )
    write_workbook(path, "Underlag för TAKning Intygstjänster, många enheter", sheets)


def main() -> None:
    """Write the workbook that the command line asks for."""
    parser = argparse.ArgumentParser(description="Gör en stor arbetsbok att prova med.")
    parser.add_argument("--enheter", type=int, default=UNITS, help="antal vårdenheter (standard 2000)")
    parser.add_argument("--med-fel", action="store_true", help="fel kontrollsiffra på varje rad")
    parser.add_argument("--ut", type=Path, default=FOLDER / NAME, help="filen som skrivs")
    asked = parser.parse_args()
    make_large(asked.ut, asked.enheter, faulty=asked.med_fel)
    print(f"{asked.ut}: {asked.enheter} enheter")


if __name__ == "__main__":
    main()
