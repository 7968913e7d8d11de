"""The golden runs: one of each kind of package.

Every run goes through the command line, so that moving code inside the program changes nothing here.
"""

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from tests.support.tables import ORDER_SHEET, STANDARD, workbook
from underlag.cli.main import cli

SAMPLES = Path(__file__).parents[2] / "sample_data"
RIGHT = SAMPLES / "Underlag-for-TAKning-Intygstjanster-NTJP-PROD-LiV.xlsx"
FAULTY = SAMPLES / "med-fel" / RIGHT.name
TAK = SAMPLES / "takdump_ntjp_prod.json"
NOW = "2027-02-15T12:00"

#: Two contracts, each with an order of its own, with addressees to add and to remove.
BULK = """
## Konsumenter
| Tjänstekonsument   | Namn för Tjänstekonsument |
| SE162321000156-4H4F | Region Värmland -- Cosmic |

## Tjänstekontrakt
| Tjänstekontrakt               | URL                                     | RIV-TA-profil |
| ProcessRequest v1             | https://remiss.liv.sjunet.org/request/1 | RIVTABP21     |
| ProcessRequestConfirmation v1 | https://remiss.liv.sjunet.org/confirm/1 |               |

## Tjänsteproducent
| Tjänsteproducent   | Namn för Tjänsteproducent |
| SE162321000156-B3K | Region Värmland -- Proxy  |

## Logiska adresser
| Logisk adress       | Namn                   | Åtgärd     |
| SE162321000156-4HVT | Tolkcentralen Värmland |            |
| SE162321000156-4HVV | Vårdcentralen Rud      | Lägg till  |
| SE162321000156-4HVX | Vårdcentralen Gripen   | Ta bort    |
"""


def run(*arguments: str) -> str:
    """Run a command at a fixed moment and terminal width; return what it prints and its exit code."""
    result = CliRunner(env={"COLUMNS": "100"}).invoke(
        cli, [*arguments, "--tidpunkt", NOW], catch_exceptions=False
    )
    return f"{result.output}\nAvslutskod: {result.exit_code}\n"


def bestall(folder: Path, book: Path, *options: str) -> str:
    """Write a package into a folder; return what the command prints."""
    return run("bestall", str(book), "--ut", str(folder), *options)


def bulk(folder: Path) -> str:
    """Write the package of a workbook of the second profile."""
    inbox = folder.parent / "underlag"
    inbox.mkdir()
    book = inbox / "BulkTAKning e-remiss NTjP PROD-LiV.xlsx"
    book.write_bytes(workbook(BULK + ORDER_SHEET))
    return bestall(folder, book)


def batch(folder: Path) -> str:
    """Process an inbox: two valid workbooks that share an order, one for QA, one with faulty rows, one damaged."""
    inbox = folder.parent / "inkorg"
    inbox.mkdir()
    text = STANDARD + ORDER_SHEET
    faulty = text.replace("| LiV ", "| Fel ").replace("-4HV", "-4HY")
    books = {
        "a.xlsx": text,
        "b.xlsx": text.replace("| LiV ", "| Gotland ").replace("-4HV", "-4HW"),
        "c.xlsx": text.replace("| PROD ", "| QA "),
        "d.xlsx": faulty.replace("SE162321000156-4HYV |", "SE162321000165-4HYV |"),
    }
    for name, tables in books.items():
        (inbox / name).write_bytes(workbook(tables))
    (inbox / "e.xlsx").write_bytes(b"PK\x03\x04 trasig")
    return run("kundservice", str(inbox), "--ut", str(folder), "--hoppa-over-fel", "--processer", "1")


#: By the name of the folder of expected files: a function that fills a folder and returns the printed text.
CASES: dict[str, Callable[[Path], str]] = {
    "ratt": lambda folder: bestall(folder, RIGHT),
    "med-fel": lambda folder: bestall(folder, FAULTY),
    "ta-bort": lambda folder: bestall(folder, RIGHT, "--ta-bort"),
    "med-tak": lambda folder: bestall(folder, RIGHT, "--tak", str(TAK), "--bara-nytt", "--ersatt-vagval"),
    "bulktakning": bulk,
    "sats": batch,
}
