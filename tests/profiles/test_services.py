"""The shipped profiles, each by a workbook filled in as the service requires."""

import json
import re

import pytest

from tests.checks.examine import NOW
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.checks import check
from underlag.findings import Severity
from underlag.options import Options
from underlag.orders.build import make_orders
from underlag.package.write import write_package
from underlag.reading import read

BULK_NAME = "BulkTAKning e-remiss NTjP PROD-LiV.xlsx"
#: Filled in as described in Inera's wiki (page 3887005750): Konsumenter left as it is, an address for each contract.
BULK = """
## Konsumenter
| Tjänstekonsument | Namn för Tjänstekonsument |

## Tjänstekontrakt
| Tjänstekontrakt | URL |
| ProcessRequest v1 | https://tph2.regionvarmland.se:443/ProcessRequest/1/rivtabp21 |
| ProcessRequestConfirmation v1 | https://tph2.regionvarmland.se:443/ProcessRequestConfirmation/1/rivtabp21 |
| ProcessRequestOutcome v1 | https://tph2.regionvarmland.se:443/ProcessRequestOutcome/1/rivtabp21 |

## Tjänsteproducent
| Tjänsteproducent | Namn för Tjänsteproducent |
| SE162321000156-B3K | Region Värmland -- Proxy |

## Logiska adresser
| Logisk adress | Namn |
| SE162321000156-4HVT | Tolkcentralen Värmland |
| SE162321000156-1KS2 | Medicinmottagningen |
"""
CONSUMERS = "| Tjänstekonsument | Namn för Tjänstekonsument |"

UNITS = """
## Vårdenheter
| HSA-ID | Namn |
| SE162321000156-4HVT | Tolkcentralen Värmland |
| SE162321000156-4HVV | Vårdcentralen Rud |
"""

BOOKING = """
## Konsumenter
| Tjänstekonsument | Namn |
| SE165565594230-BKN | Inera AB -- 1177 -- Tidbokning |

## Tjänstekontrakt
| Tjänstekontrakt | URL |
| GetAvailableDates v1 | https://tidbok.liv.sjunet.org/GetAvailableDates/1/rivtabp21 |
| MakeBooking v1 | https://tidbok.liv.sjunet.org/MakeBooking/1/rivtabp21 |
""" + BULK[BULK.index("## Tjänsteproducent") - 1 :]


def examined(text, name, **options):
    asked = Options(now=NOW, **options)
    return check(read(workbook(text + ORDER_SHEET), asked, name=name), asked)


def to_look_at(checked):
    return [f.code for f in checked.findings if f.severity is not Severity.INFO]


@pytest.mark.parametrize(
    "consumers",
    [
        CONSUMERS,
        "",
        f"{CONSUMERS}\n| Lämna fliken tom, konsumenten har standardbehörighet |  |",
        "| Ingen ska fyllas i här |",
    ],
)
def test_bulktakning_with_consumers_left_empty_orders_routes_alone(consumers):
    checked = examined(BULK.replace(CONSUMERS, consumers), BULK_NAME)

    assert to_look_at(checked) == []
    assert [entry.consumer for entry in checked.entries["e-remiss"]] == [None] * 6


def test_bulktakning_without_the_sheet_of_consumers_is_the_same():
    checked = examined(BULK[BULK.index("## Tjänstekontrakt") :], BULK_NAME)

    assert to_look_at(checked) == []
    assert len(checked.entries["e-remiss"]) == 6


def test_bulktakning_with_consumers_orders_their_authorizations():
    checked = examined(BULK.replace(CONSUMERS, f"{CONSUMERS}\n| SE162321000156-4H4F | Cosmic |"), BULK_NAME)

    assert to_look_at(checked) == []
    assert {entry.consumer.text for entry in checked.entries["e-remiss"]} == {"SE162321000156-4H4F"}


def test_a_required_sheet_is_still_missed():
    text = BULK.replace("## Tjänsteproducent", "## Något annat")

    assert "FLI001" in to_look_at(examined(text, BULK_NAME))


def test_webcert_fristaende_needs_the_units_alone():
    checked = examined(UNITS, "Vårdenheter PROD-LiV.xlsx")

    assert checked.underlag.profile.key == "webcert-fristaende"
    assert to_look_at(checked) == []
    assert [f.code for f in checked.findings] == []
    (entry, _) = checked.entries["intygstjansten-webcert"]
    assert (entry.producer.text, entry.consumer.text) == ("SE5565594230-B8N", "SE5565594230-B31")
    assert entry.contract.text == "SendMessageToCare v2"


def test_webcert_fristaende_takes_the_third_sheet_where_it_is_requested():
    third = "## Intygstjänsten" + STANDARD.split("## Intygstjänsten")[1]
    checked = examined(third, NAME, profile="webcert-fristaende")

    assert to_look_at(checked) == []
    assert len(checked.entries["intygstjansten-webcert"]) == 3


@pytest.mark.parametrize(
    "sheet", ["## Vårdsystem -> Webcert", "## Webcert -> Vårdsystem", "## Intygstjänsten"]
)
@pytest.mark.parametrize(
    "name", [NAME, "Underlag för TAKning Intygstjänster PROD-LiV.xlsx", "underlag PROD-LiV.xlsx"]
)
def test_a_workbook_of_intygstjanster_that_lacks_a_sheet_is_never_taken_for_another(sheet, name):
    before, part = STANDARD.split(sheet)
    rest = part.partition("\n## ")[2]
    without = before + (f"## {rest}" if rest else "")

    for text in (without, without + UNITS, sheet + part.partition("\n## ")[0] + "\n", UNITS):
        if text is UNITS and name != NAME:
            continue
        assert examined(text, name).underlag.profile.key == "intygstjanster"


def test_contracts_with_the_same_addressees_are_one_order_though_their_addresses_differ():
    (order,) = make_orders(examined(BULK, BULK_NAME))

    assert [(c.title, order.address(c).url.rsplit("/", 3)[1]) for c in order.contracts] == [
        ("ProcessRequest v1", "ProcessRequest"),
        ("ProcessRequestConfirmation v1", "ProcessRequestConfirmation"),
        ("ProcessRequestOutcome v1", "ProcessRequestOutcome"),
    ]
    assert order.shared_address.url == ""
    assert (
        "ProcessRequest v1 på https://tph2.regionvarmland.se:443/ProcessRequest/1/rivtabp21" in order.remark
    )


def test_the_guide_and_the_tak_order_state_the_address_of_each_contract(tmp_path):
    checked = examined(BOOKING, "underlag PROD-LiV.xlsx")
    write_package(checked, make_orders(checked), tmp_path / "ut")

    guide = (tmp_path / "ut" / "bestallning-1-producent.txt").read_text(encoding="utf-8")
    content = json.loads((tmp_path / "ut" / "tak" / "bestallning-1.json").read_text(encoding="utf-8"))
    for contract in ("GetAvailableDates", "MakeBooking"):
        url = f"https://tidbok.liv.sjunet.org/{contract}/1/rivtabp21"
        assert url in guide
        routes = [r for r in content["inkludera"]["vagval"] if r["adress"] == url]
        assert {r["tjanstekontrakt"] for r in routes} == {f"urn:riv:crm:scheduling:{contract}Responder:1"}
        assert len(routes) == 2
    assert not (tmp_path / "ut" / "bestallning-2-producent.txt").exists()


def test_other_addressees_for_one_contract_are_an_order_of_their_own():
    text = BULK.replace("| Logisk adress | Namn |", "| Logisk adress | Namn | Åtgärd |").replace(
        "| Medicinmottagningen |", "| Medicinmottagningen | Ta bort |"
    )

    orders = make_orders(examined(text, BULK_NAME))

    assert [(order.action, len(order.contracts), len(order.addressees)) for order in orders] == [
        ("add", 3, 1),
        ("remove", 3, 1),
    ]


def test_tidbokning_is_distinguished_from_bulktakning_by_its_contracts():
    checked = examined(BOOKING, "underlag PROD-LiV.xlsx")

    assert checked.underlag.profile.key == "tidbokning"
    assert to_look_at(checked) == []
    assert examined(BULK, "underlag PROD-LiV.xlsx").underlag.profile.key == "bulktakning"


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        (NAME.replace("NTjP PROD", "NTJP-TEST"), "TEST"),
        (NAME.replace("NTjP PROD", "SIT"), "TEST"),
        (NAME.replace("NTjP PROD", "SLL PROD"), "SLL-PROD"),
        (NAME.replace("NTjP PROD", "SLL-QA"), "SLL-QA"),
        (NAME.replace("NTjP PROD", "test PROD"), "PROD"),
    ],
)
def test_environments_of_the_order_form(name, environment):
    assert read(workbook(STANDARD), name=name).underlag.environment == environment


@pytest.mark.parametrize(
    "others",
    [
        "## Vårdenheter\n| HSA-ID | Namn |\n| SE162321000156-4HVT | Tolkcentralen |\n",
        (
            "## Konsumenter\n| Tjänstekonsument |\n| SE162321000156-4H4F |\n\n"
            "## Tjänsteproducent\n| Tjänsteproducent |\n| SE162321000156-B3K |\n"
        ),
    ],
)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_sheet_that_one_service_alone_has_decides_for_it(others, number):
    own = re.split(r"(?m)^(?=## )", STANDARD)[number]

    reading = read(workbook(f"{own}\n{others}"), name="underlag.xlsx")

    assert reading.underlag.profile.key == "intygstjanster"
    assert "FLI001" in {found.code for found in reading.findings}


def test_an_unknown_environment_is_the_only_error_of_a_workbook_with_fixed_parties():
    content = workbook("## Vårdenheter\n| HSA-ID | Namn |\n| SE162321000156-4HVT | Tolkcentralen |\n")

    checked = check(read(content, name="Webcert Fristående.xlsx"))

    assert [f.code for f in checked.findings if f.severity is Severity.ERROR] == ["BST001"]


HEADERS = "| Tjänstekonsument | Namn för Tjänstekonsument |\n"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (f"{HEADERS}| Lämnas tom |", ""),
        (f"{HEADERS}| Standardbehörighet finns |", ""),
        (f"{HEADERS}| Ej aktuellt |", ""),
        (f"{HEADERS}| - |", ""),
        (f"{HEADERS}| Beställ inte detta nu |", "FLI038"),
        (f"{HEADERS}|  | Cosmic |", "HSA001"),
        (f"{HEADERS}| Cosmic |  |", "HSA002"),
        (f"{HEADERS}|  |  | SE162321000156-7XX |", "FLI034"),
        ("| SE162321000156-7XX | Cosmic |", "FLI003"),
        ("| System | Beskrivning |\n| SE162321000156-7XX | Cosmic |", "FLI003"),
    ],
)
def test_a_consumer_on_the_sheet_that_may_stay_empty_is_never_dropped_unseen(rows, code):
    text = BULK.replace(HEADERS, f"{rows}\n") + ORDER_SHEET
    assert rows in text

    checked = check(read(workbook(text), Options(now=NOW), name=BULK_NAME), Options(now=NOW))

    found = [f.code for f in checked.findings if f.severity is not Severity.INFO]
    assert found == ([code] if code else [])
