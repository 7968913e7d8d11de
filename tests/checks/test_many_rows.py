"""Large and odd tables: time grows with the rows, and no cell makes a check raise."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.checks.examine import NOW, SHEETS, altered, examine
from underlag.checks import check
from underlag.options import Options
from underlag.profiles import profiles
from underlag.reading import Reading
from underlag.workbook import ROLES, Contact, Entry, Field, Flow, OrderDetails, Source, Underlag

PROFILE = profiles()["intygstjanster"]
SHEET = SHEETS[2]
CARRIED = {
    "producer": Field("SE162321000156-B3K", SHEET, 2, 1),
    "url": Field("https://tph2.liv.sjunet.org/rivtabp21", SHEET, 2, 2),
    "consumer": Field("SE5565594230-B8N", SHEET, 2, 3),
    "contract": Field("CertificateStatusUpdateForCare v3", SHEET, 2, 4),
}
PROD = OrderDetails(environment=Field("PROD", "filnamnet", 0, 0))


def reading_of(flows, details=PROD):
    return Reading(Underlag(Source("x.xlsx", "", "xlsx", b""), PROFILE, details, flows), [])


def row(number, addressee, name="Vårdcentralen"):
    return Entry(
        SHEET,
        number,
        **CARRIED,
        addressee=Field(addressee, SHEET, number, 5),
        addressee_name=Field(name, SHEET, number, 6),
    )


def seconds(entries):
    reading = reading_of([Flow(PROFILE.flows[1], SHEET, entries)])
    start = time.perf_counter()
    checked = check(reading, Options(now=NOW))
    return time.perf_counter() - start, checked


def test_one_unit_on_every_row_takes_no_more_than_its_findings():
    spent, checked = seconds([row(number, "SE162321000156-4HVT") for number in range(2, 20_002)])

    assert sum(f.code == "ADR001" for f in checked.findings) == 19_999
    assert spent < 10


def test_a_fault_on_every_row_is_told_on_every_row():
    spent, checked = seconds(
        [row(number, f"SE162321000165-{number}", f"Enhet {number}") for number in range(2, 20_002)]
    )

    assert sum(f.code == "HSA003" for f in checked.findings) == 20_000
    assert spent < 10


TEXTS = st.sampled_from(
    [
        "",
        "SE162321000156-4HVT",
        "SE2321000156-4HVT",
        "SE162321000165-4HVT",
        "5565594230-WEBCERT",
        "19121212-1212",
        "TSTNMT2321000156-B02",
        "https://a.sjunet.org/rivtabp20",
        "http://[::1",
        "SendMessageToCare v2",
        "CertificateStatusUpdateForeCare v3",
        "RIVTABP20",
        "Ta bort",
        "=1+1",
        "PROD",
        "2027-02-30",
    ]
) | st.text(max_size=12)
CELLS = st.none() | st.builds(
    Field, TEXTS, st.sampled_from(SHEETS[1:4]), st.integers(2, 4), st.integers(0, 3)
)
ENTRIES = st.builds(Entry, st.sampled_from(SHEETS[1:4]), st.integers(2, 4), **dict.fromkeys(ROLES, CELLS))
CONTACTS = st.builds(Contact, CELLS, CELLS, CELLS, CELLS, CELLS)
DETAILS = st.builds(OrderDetails, *[CELLS] * 6, *[CONTACTS] * 4)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(ENTRIES, max_size=5), min_size=3, max_size=3), DETAILS, st.booleans())
def test_no_cells_make_a_check_raise(tables, details, skip):
    flows = [
        Flow(spec, sheet, rows) for spec, sheet, rows in zip(PROFILE.flows, SHEETS[1:4], tables, strict=True)
    ]

    checked = check(reading_of(flows, details), Options(now=NOW, skip_faulty=skip))

    assert all(f.message and f.suggestion for f in checked.findings)
    assert all("1212-1212" not in f.message for f in checked.findings if f.code.startswith("HSA"))
    if not checked.blocked:
        ordered = sum(map(len, checked.entries.values()))
        assert ordered + len(checked.left_out) == sum(map(len, tables))


@pytest.mark.parametrize("text", ["-" * 32_000, "; " * 16_000, "191212121212 " * 2_400, "." * 32_000 + "x"])
def test_a_cell_full_of_anything_costs_no_minutes(text):
    before = time.process_time()
    checked = examine(altered((2, "SE162321000156-4HVV", text), (2, "Vårdcentralen Gripen", text)))

    assert checked.findings
    assert time.process_time() - before < 2
