"""The four steps from Python, as in a script."""

from datetime import UTC, datetime

import pytest

import underlag
from tests.checks.examine import NOW
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook


def test_a_path_may_be_text_and_a_workbook_may_be_bytes(tmp_path):
    content = workbook(STANDARD + ORDER_SHEET)
    (tmp_path / NAME).write_bytes(content)
    options = underlag.Options(now=NOW)

    packages = []
    for number, source in enumerate((tmp_path / NAME, str(tmp_path / NAME), content)):
        checked = underlag.check(underlag.read(source, options, name=NAME), options)
        folder = tmp_path / str(number)
        package = underlag.write_package(checked, underlag.make_orders(checked), str(folder))
        assert package.folder == folder
        packages.append({path.name: path.read_bytes() for path in folder.rglob("*.*")})

    assert packages[0] == packages[1] == packages[2]


@pytest.mark.parametrize(
    "now",
    [datetime(2027, 1, 14, 23, 30, 5, 7, tzinfo=UTC), datetime(2027, 1, 15, 0, 30, 5)],  # noqa: DTZ001 - what a script may give
)
def test_the_present_moment_is_swedish_whatever_zone_a_script_states(now):
    options = underlag.Options(now=now, date="2027-01-14")
    checked = underlag.check(underlag.read(workbook(STANDARD), options, name=NAME), options)

    assert options.now.isoformat() == "2027-01-15T00:30:05+01:00"
    assert "BST005" in {found.code for found in checked.findings}


def test_lists_to_compare_with_may_be_named_by_text(tmp_path):
    (tmp_path / "lista.csv").write_text("HSA-ID;Namn\nSE162321000156-4HVT;Tolk\n", encoding="utf-8")
    (tmp_path / "fel.json").write_text("[]", encoding="utf-8")

    assert isinstance(underlag.read_reference(str(tmp_path / "lista.csv")), underlag.Reference)
    assert underlag.read_catalogue(str(tmp_path / "fel.json"), day=NOW.date()).catalogue is None
