"""Each kind of finding is emitted for its case, and not for one that is nearly so."""

import pytest

from tests.checks.catalogue import cases_details, cases_ids, cases_rows
from tests.checks.examine import altered, examine, told
from tests.support.tables import ORDER_SHEET, STANDARD
from underlag.findings import kind

ROWS = [*cases_ids.PROVOKED, *cases_rows.PROVOKED]
NEAR_ROWS = [*cases_ids.NEARLY, *cases_rows.NEARLY]


def _numbered(cases):
    return [f"{case[0]}-{number}" for number, case in enumerate(cases)]


def test_standard_workbook_is_right():
    checked = examine(STANDARD + ORDER_SHEET)

    assert told(checked) == []
    assert checked.approved
    assert not checked.blocked
    assert [len(entries) for entries in checked.entries.values()] == [2, 3, 3]


@pytest.mark.parametrize(
    ("code", "edits", "expected"), ROWS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_faults_of_rows_are_found_at_their_cells(code, edits, expected):
    checked = examine(altered(*edits))

    assert told(checked) == sorted(expected)
    if kind(code).severity == "info":
        assert code in {f.code for f in checked.findings}


@pytest.mark.parametrize(
    ("code", "edits"), NEAR_ROWS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_rows_that_are_nearly_faulty_are_not_found(code, edits):
    checked = examine(altered(*edits))

    assert code not in {f.code for f in checked.findings}


@pytest.mark.parametrize(
    ("code", "name", "edits", "expected"), cases_details.PROVOKED, ids=_numbered(cases_details.PROVOKED)
)
def test_faults_of_details_are_found(code, name, edits, expected):
    checked = examine(altered(*edits), name)

    assert told(checked) == sorted(expected)


@pytest.mark.parametrize(("code", "name", "edits"), cases_details.NEARLY, ids=_numbered(cases_details.NEARLY))
def test_details_that_are_nearly_faulty_are_not_found(code, name, edits):
    checked = examine(altered(*edits), name)

    assert code not in {f.code for f in checked.findings}
