"""A real browser, and the two editions of the page: underlag.html opened from disk, and the served one."""

import os
import shutil
import threading

import pytest
from filelock import FileLock
from playwright.sync_api import sync_playwright
from waitress.server import create_server

from tests.browser import pictures
from underlag.web.app import create_app
from underlag.web_file import BuildError, build_web_file

#: Chromium's background traffic is off: a test sees only the page's own requests.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

#: Milliseconds: longer than anything takes on a machine that does much else.
LONGEST_WAIT = 300_000


def missing(what):
    """Skip, or fail if the environment must be complete."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}: in CI, the tests in a browser must run")
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser():
    """Chromium of the system, driven by playwright."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing("no Chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def new_context(browser):
    """Opens a context whose pages wait for long enough on any machine."""

    def opened(**options):
        context = browser.new_context(**options)
        context.set_default_timeout(LONGEST_WAIT)
        return context

    return opened


@pytest.fixture
def new_page(new_context):
    """Opens a page in a context of its own, for one test."""
    contexts = []

    def opened(**options):
        contexts.append(new_context(**options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def web_file(tmp_path_factory):
    """The path of underlag.html, built once for all test processes."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        missing("no Node.js on this machine")
    shared = tmp_path_factory.getbasetemp().parent
    if os.environ.get("PYTEST_XDIST_WORKER") is None:
        shared = tmp_path_factory.getbasetemp()
    path = shared / "underlag.html"
    with FileLock(shared / "underlag.html.lock"):
        if not path.exists():
            try:
                content = build_web_file(shared / "delar", lambda _: None)
            except BuildError as error:
                missing(str(error))
            beside = path.with_suffix(".new")
            beside.write_bytes(content)
            beside.replace(path)
    return path


@pytest.fixture(scope="session")
def ready_file(new_context, web_file):
    """underlag.html, opened from disk without network and ready, once: its start takes longer than its answers."""
    page = new_context(offline=True, accept_downloads=True).new_page()
    page.requests = []
    page.on("request", lambda request: page.requests.append(request.url))
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(web_file.as_uri())
    page.wait_for_selector("html[data-redo]", state="attached")
    yield page
    page.context.close()


@pytest.fixture
def file_page(ready_file):
    """The start page of underlag.html; its requests and errors are in `requests` and `errors`."""
    page = ready_file
    page.errors.clear()
    page.evaluate(
        """document.documentElement.removeAttribute("style");
        document.body.dataset.before = "";
        location.hash = "#/?" + Math.random();"""
    )
    page.wait_for_selector("body:not([data-before]) #granska")
    return as_usual(page)


@pytest.fixture(scope="session")
def take_picture(request):
    """Takes the picture of a state for the docs, if they are to be renewed."""
    return pictures.renewed if request.config.getoption("--renew-screenshots") else pictures.nothing


@pytest.fixture(scope="session")
def served_context(new_context):
    context = new_context(accept_downloads=True)
    yield context
    context.close()


@pytest.fixture(params=["served", "file"])
def any_edition(request):
    """The start page of either edition, in a window of usual size."""
    if request.param == "file":
        yield request.getfixturevalue("file_page")
        return
    page = request.getfixturevalue("served_context").new_page()
    page.goto(request.getfixturevalue("served_address"))
    yield as_usual(page)
    page.close()


def as_usual(page):
    """Give a page the usual window and the usual media."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return page


@pytest.fixture(scope="session")
def served_address():
    """The address of the served edition."""
    server = create_server(create_app(), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.close()


@pytest.fixture
def served_page(new_page, served_address):
    """The served edition's start page, in a context of its own."""
    page = new_page(accept_downloads=True)
    page.goto(served_address)
    return page
