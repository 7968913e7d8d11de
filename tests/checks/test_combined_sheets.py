"""A service with one direction on several sheets: every combination of their rows is ordered."""

import re

from tests.support.tables import workbook
from underlag.checks import check
from underlag.options import Options
from underlag.reading import read

NAME = "BulkTAKning e-remiss NTjP PROD-LiV.xlsx"
BULK = """
## Konsumenter
| Tjänstekonsument  | Namn för Tjänstekonsument |
| SE162321000156-K1 | Remittent ett             |
| SE162321000156-K2 | Remittent två             |

## Tjänstekontrakt
| Tjänstekontrakt          | URL                                                    |
| ProcessRequest v1        | https://a.example.se/ProcessRequest/1/rivtabp21        |
| ProcessRequestOutcome v1 | https://a.example.se/ProcessRequestOutcome/1/rivtabp21 |

## Tjänsteproducent
| Tjänsteproducent  | Namn för Tjänsteproducent |
| SE162321000156-P1 | Mottagare                 |

## Logiska adresser
| Logisk adress     | Namn       |
| SE162321000156-A1 | Enhet ett  |
| SE162321000156-A2 | Enhet två  |
"""


def examine(text, **options):
    return check(read(workbook(text), name=NAME), Options(**options))


def told(checked):
    return [(f.code, f.sheet, f.cell) for f in checked.findings if f.cell and f.severity != "info"]


def test_two_consumers_and_two_contracts_are_right():
    checked = examine(BULK)

    assert told(checked) == []
    assert sum(map(len, checked.entries.values())) == 8


def test_two_producers_are_reported_once_at_their_cells():
    checked = examine(
        BULK.replace("Mottagare                 |", "Mottagare |\n| SE162321000156-P2 | Annan |"),
        skip_faulty=True,
    )

    (found,) = [f for f in checked.findings if f.code == "KOM003"]
    assert (found.sheet, found.cell, found.related) == (
        "Tjänsteproducent",
        "A3",
        (("Tjänsteproducent", 2, 1),),
    )
    assert found.message.startswith("Varje adressat har producenten SE162321000156-P2 här")
    assert checked.blocked


def test_a_repeated_contract_is_reported_once_at_its_cell():
    line = "| ProcessRequest v1        | https://a.example.se/ProcessRequest/1/rivtabp21        |\n"

    checked = examine(BULK.replace(line, line * 2))

    assert told(checked) == [("ADR001", "Tjänstekontrakt", "A3")]


def test_a_fault_of_one_contract_leaves_the_others():
    checked = examine(
        BULK.replace("ProcessRequestOutcome v1 |", "ProcessRequestOutcome v9 |"), skip_faulty=True
    )

    assert told(checked) == [("KTR004", "Tjänstekontrakt", "A3")]
    assert len(checked.left_out) == 4
    assert {entry.contract.text for entry in checked.entries["e-remiss"]} == {"ProcessRequest v1"}


def test_one_address_for_all_contracts_of_a_producer_is_right():
    gateway = re.sub(r"https://\S+", "https://a.example.se/remiss/rivtabp21", BULK)

    assert told(examine(gateway)) == []
    three = "| ProcessRequestConfirmation v1 | https://b.example.se/remiss/rivtabp21 |\n"
    some = gateway.replace("\n## Tjänsteproducent", f"{three}\n## Tjänsteproducent")
    assert told(examine(some)) == [("URL014", "Tjänstekontrakt", "B3")]


def test_an_address_with_the_name_of_a_longer_contract_is_reported():
    checked = examine(BULK.replace("/ProcessRequest/1/", "/ProcessRequestOutcome/1/"))

    assert ("URL014", "Tjänstekontrakt", "B3") in told(checked)
