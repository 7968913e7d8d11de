"""Make a large Underlag workbook of any size, right or with a mistake of one kind in every row.

Usage: python sample_data/make_large.py [--enheter 2000] [--med-fel [SLAG]] [--ut FIL.xlsx]
"""

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import parties
from stdnum import luhn
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


def _personal_number(number: int) -> str:
    """Return a personal identity number that nobody has: the day of birth is yet to come."""
    day, serial = date(2080, 1, 1) + timedelta(days=number // 1000), number % 1000
    digits = f"{day:%y%m%d}{serial:03}"
    return f"20{digits}{luhn.calc_check_digit(digits)}"


#: Kinds of mistakes: what becomes of a right HSA-ID and name.
MISTAKES: dict[str, Callable[[str, str], tuple[str, str]]] = {
    "kontrollsiffra": lambda hsa_id, name: (hsa_id.replace("0156-", "0165-"), name),
    "bokstav-i-numret": lambda hsa_id, name: (hsa_id.replace("1000156-", "I000156-"), name),
    "kyrillisk-bokstav": lambda hsa_id, name: (hsa_id.replace("S", "\u0405"), name),
    "utan-bindestreck": lambda hsa_id, name: (hsa_id.replace("-", ""), name),
    "punkt": lambda hsa_id, name: (hsa_id.replace("-", "-."), name),
    "for-langt": lambda hsa_id, name: (hsa_id + "X" * 20, name),
    "personnummer": lambda hsa_id, name: (_personal_number(int(hsa_id[-6:], 16)), name),
    "saknas": lambda _hsa_id, name: ("", name),
    "sma-bokstaver": lambda hsa_id, name: (hsa_id.lower(), name),
    "tankstreck": lambda hsa_id, name: (hsa_id.replace("-", "\u2013"), name),
    "hart-mellanslag": lambda hsa_id, name: (f"\u00a0{hsa_id}", name),
    "utan-namn": lambda hsa_id, _name: (hsa_id, ""),
    "formel": lambda hsa_id, name: (hsa_id, f"={name}"),
    "dubbla-mellanslag": lambda hsa_id, name: (hsa_id, name.replace(" ", "  ", 1)),
    "dubblett": lambda hsa_id, name: (hsa_id[:-1] + "0", name),
}
#: The kind that is meant where none is named.
USUAL = "kontrollsiffra"


def large_units(count: int, mistake: str = "") -> tuple[tuple[str, str], ...]:
    """Return that many invented care units: HSA-ID and name, each with a mistake of this kind ('': none)."""
    right = (
        (f"SE162321000156-U{number:06X}", f"{_KINDS[number % 5]} {_PLACES[number % 9]} {number}")
        for number in range(1, count + 1)
    )
    return tuple(MISTAKES[mistake](*unit) for unit in right) if mistake else tuple(right)


def make_large(path: Path, units: int, mistake: str = "") -> None:
    """Write a workbook with that many care units in sheets 2 and 3 each.

    Args:
        path: the file to write.
        units: how many care units.
        mistake: the kind of mistake in every row of both sheets; '' for none.
    """
    environment = replace(parties.PROD, units=large_units(units, mistake))
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
    parser.add_argument(
        "--med-fel",
        nargs="?",
        const=USUAL,
        default="",
        choices=MISTAKES,
        metavar="SLAG",
        help=f"ett fel på varje rad: {', '.join(MISTAKES)} (utan namn: {USUAL})",
    )
    parser.add_argument("--ut", type=Path, default=FOLDER / NAME, help="filen som skrivs")
    asked = parser.parse_args()
    make_large(asked.ut, asked.enheter, asked.med_fel)
    print(f"{asked.ut}: {asked.enheter} enheter")


if __name__ == "__main__":
    main()
