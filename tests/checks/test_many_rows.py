"""Large and odd tables: time grows with the rows, and no cell makes a check raise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.examine import NOW, SHEETS, altered, examine
from tests.support.growth import assert_not_quadratic
from tests.support.rows import entries_of, one_row
from underlag.checks import check
from underlag.options import Options
from underlag.profiles import profiles
from underlag.reading import Reading
from underlag.workbook import ROLES, Contact, Field, Flow, OrderDetails, Source, Underlag

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
    return Reading(Underlag(Source("x.xlsx", "xlsx", b""), PROFILE, details, flows), [])


def row(number, addressee, name="Vårdcentralen"):
    return one_row(
        SHEET,
        number,
        **CARRIED,
        addressee=Field(addressee, SHEET, number, 5),
        addressee_name=Field(name, SHEET, number, 6),
    )


def check_rows(entries):
    return check(reading_of([Flow(PROFILE.flows[1], SHEET, entries_of(entries))]), Options(now=NOW))


def one_unit(rows):
    return [row(number, "SE162321000156-4HVT") for number in range(2, rows + 2)]


def faulty_units(rows):
    return [row(number, f"SE162321000165-{number}", f"Enhet {number}") for number in range(2, rows + 2)]


@pytest.mark.parametrize(
    ("entries", "code", "count"), [(one_unit, "ADR001", 15_999), (faulty_units, "HSA003", 16_000)]
)
def test_a_fault_on_every_row_is_a_finding_on_every_row_in_linear_time(entries, code, count):
    found = check_rows(entries(16_000)).findings

    assert sum(f.code == code for f in found) == count
    assert_not_quadratic(check_rows, entries, 16_000)


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
ENTRIES = st.builds(one_row, st.sampled_from(SHEETS[1:4]), st.integers(2, 4), **dict.fromkeys(ROLES, CELLS))
CONTACTS = st.builds(Contact, CELLS, CELLS, CELLS, CELLS, CELLS)
DETAILS = st.tuples(*[CELLS] * 6, *[CONTACTS] * 4).map(lambda parts: OrderDetails(*parts))


@settings(max_examples=80)
@given(st.lists(st.lists(ENTRIES, max_size=5), min_size=3, max_size=3), DETAILS, st.booleans())
def test_no_cells_make_a_check_raise(tables, details, skip):
    flows = [
        Flow(spec, sheet, entries_of(rows))
        for spec, sheet, rows in zip(PROFILE.flows, SHEETS[1:4], tables, strict=True)
    ]

    checked = check(reading_of(flows, details), Options(now=NOW, skip_faulty=skip))

    assert all(f.message and f.suggestion for f in checked.findings)
    assert all("1212-1212" not in f.message for f in checked.findings if f.code.startswith("HSA"))
    if not checked.blocked:
        ordered = sum(map(len, checked.entries.values()))
        assert ordered + len(checked.left_out) == sum(map(len, tables))


@pytest.mark.parametrize("text", ["-", "; ", "191212121212 ", "."])
def test_a_cell_full_of_anything_takes_linear_time(text):
    def cells(length):
        full = (text * length)[:length] + "x" * (text == ".")
        return altered((2, "SE162321000156-4HVV", full), (2, "Vårdcentralen Gripen", full))

    assert examine(cells(32_000)).findings
    assert_not_quadratic(examine, cells, 32_000)
