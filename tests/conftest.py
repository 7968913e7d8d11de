"""Switches of the test suite."""

import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write what the program gives now as the golden packages of tests/golden, and skip their tests",
    )


@pytest.fixture(scope="session")
def renew_golden(request) -> bool:
    return request.config.getoption("--renew-golden")
