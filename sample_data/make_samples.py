"""Make every sample file again, with the same content each time.

Usage: python sample_data/make_samples.py [--ut KATALOG]
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import parties
import tak_export
from faults import make_faults
from make_large import NAME as LARGE
from make_large import UNITS, make_large
from workbook_layout import write_workbook

FOLDER = Path(__file__).resolve().parent

_STEM = "Underlag-for-TAKning-Intygstjanster"
RIGHT = f"{_STEM}-NTJP-PROD-LiV.xlsx"
FAULTY = f"med-fel/{_STEM}-NTJP-PROD-LiV.xlsx"
EXPECTED = "med-fel.facit.json"
QA = f"qa/{_STEM}-NTJP-QA-LiV.xlsx"
ORDER_FILE = "qa/bestallning.toml"

_ORDER_DETAILS = """\
# Uppgifter om beställningen. Filen läses när den ligger bredvid arbetsboken, eller med --bestallning.
miljo = "QA"
region = "LiV"
datum = 2027-11-08
arende = "TSK-12519"
ovrig_information = "Gäller testmiljön. Kan genomföras när som helst under dagen."
atgard = "Lägg till"

[bestallare]
namn = "Exempla Exempelsson"
epost = "exempla.exempelsson@example.se"
telefon = "070-174 06 05"
hsa_id = "SE162321000156-EX01"
roll = "Förvaltningsledare"

[huvudansvarig]
namn = "Fiktiva Fiktivsson"
epost = "fiktiva.fiktivsson@example.se"
telefon = "070-174 06 06"

[teknisk_kontaktperson]
namn = "Test Testsson"
epost = "test.testsson@example.se"
telefon = "070-174 06 07"

[teknisk_support]
epost = "journalsupport@example.se"
telefon = "08-465 004 00"
"""


def make_right(path: Path) -> None:
    """Write the right workbook for production: twelve care units, nothing to remark on."""
    sheets = (
        parties.consumer_table(parties.PROD),
        parties.status_table(parties.PROD),
        parties.message_table(parties.PROD),
        parties.order_form("PROD", "LiV"),
    )
    write_workbook(path, "Underlag för TAKning Intygstjänster", sheets)


def make_faulty(path: Path, expected: Path) -> None:
    """Write the right workbook with typical mistakes, and the findings that each must give."""
    faulty = make_faults()
    write_workbook(path, "Underlag för TAKning Intygstjänster, med fel", faulty.sheets)
    lines = ",\n  ".join(json.dumps(asdict(finding), ensure_ascii=False) for finding in faulty.expected)
    expected.write_text(f"[\n  {lines}\n]\n", encoding="utf-8", newline="\n")


def make_qa(path: Path) -> None:
    """Write the workbook for test: test ids, and no sheet with the order's details: they are beside it."""
    sheets = (
        parties.consumer_table(parties.QA),
        parties.status_table(parties.QA),
        parties.message_table(parties.QA),
    )
    write_workbook(path, "Underlag för TAKning Intygstjänster, QA", sheets)


def make_samples(folder: Path) -> None:
    """Write all samples into a folder."""
    for name in ("med-fel", "qa"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    make_right(folder / RIGHT)
    make_faulty(folder / FAULTY, folder / EXPECTED)
    make_qa(folder / QA)
    (folder / ORDER_FILE).write_text(_ORDER_DETAILS, encoding="utf-8", newline="\n")
    make_large(folder / LARGE, UNITS)
    (folder / tak_export.NAME).write_bytes(tak_export.make_export())


def main() -> None:
    """Write the samples where the command line says."""
    parser = argparse.ArgumentParser(description="Gör alla exempelfiler på nytt.")
    parser.add_argument("--ut", type=Path, default=FOLDER, help="katalogen som de skrivs i")
    folder = parser.parse_args().ut
    make_samples(folder)
    print(folder)


if __name__ == "__main__":
    main()
