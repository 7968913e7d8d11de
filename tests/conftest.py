"""Options of the test suite, and settings that make it independent of the machine's speed."""

import signal

import hypothesis
import pytest

hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in the background so; the programs that tests start would ignore Ctrl-C, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser):
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write what the program gives now as the golden packages of tests/golden, and skip their tests",
    )
    parser.addoption(
        "--renew-screenshots",
        action="store_true",
        help="write the pictures of docs/bilder from what the tests in a browser show now",
    )


@pytest.fixture(scope="session")
def renew_golden(request) -> bool:
    return request.config.getoption("--renew-golden")


def pytest_collection_modifyitems(items):
    """Put first what takes longest: the tests in a browser, of which the first one builds underlag.html.

    Processes that are done take tests from the end of another's list, so that these stay with one browser.
    """
    items.sort(key=lambda item: "tests/browser/" not in item.nodeid)
