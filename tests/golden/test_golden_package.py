import pytest

from tests.golden.package_view import EXPECTED, views

NAMES = sorted(path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def current():
    return views()


def test_package_consists_of_the_expected_files(current):
    assert sorted(current) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_file_says_what_is_expected(name, current):
    expected = (EXPECTED / name).read_text(encoding="utf-8")

    assert current[name] == expected, "meant? then: python -m tests.golden.package_view, and look at the diff"
