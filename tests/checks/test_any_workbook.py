"""No workbook, however odd, makes the checks raise, and every finding refers to an existing cell."""

import sys
from copy import deepcopy
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.examine import NOW
from tests.reading.test_any_grid import grids, holds
from tests.support.tables import NAME
from underlag.checks import check
from underlag.options import Options
from underlag.privacy.masking import MASK
from underlag.profiles import profiles
from underlag.reading import read


@settings(max_examples=150)
@given(
    grids(),
    st.sampled_from(["", "PROD", "QA", "?"]),
    st.sampled_from(["", *profiles()]),
    st.booleans(),
)
def test_checking_terminates_and_quotes_the_cells(grid, environment, profile, skip):
    options = Options(environment=environment, profile=profile, skip_faulty=skip, now=NOW)
    # Reading frees each sheet's cells after use.
    given = deepcopy(grid)
    with mock.patch.object(sys.modules["underlag.reading.read_workbook"], "open_guarded", return_value=given):
        reading = read(b"x", options, name=NAME)

    checked = check(reading, options)

    by_name = {sheet.name: sheet for sheet in grid.sheets}
    for finding in checked.findings:
        assert bool(finding.row) == bool(finding.cell)
        if finding.row and finding.value != MASK:
            sheet = by_name[finding.sheet]
            # The cell after the last filled one exists, and is empty.
            beyond = finding.row > len(sheet.rows) or finding.column > len(sheet.rows[finding.row - 1])
            assert finding.value == "" if beyond else holds(sheet, finding), finding
        assert all(sheet in by_name for sheet, _, column in finding.related if column)
    if not checked.blocked:
        read_rows = sum(len(flow.entries) for flow in checked.underlag.flows)
        assert read_rows == sum(map(len, checked.entries.values())) + len(checked.left_out)
