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


@pytest.fixture
def file_page(browser, web_file):
    """underlag.html, opened from disk without network and ready; its requests are in `requests`."""
    context = browser.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.requests = []
    page.on("request", lambda request: page.requests.append(request.url))
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(web_file.as_uri())
    page.wait_for_selector("html[data-redo]", state="attached")
    yield page
    context.close()


@pytest.fixture(scope="session")
def take_picture(request):
    """Takes the picture of a state for the docs, if they are to be renewed."""
    return pictures.renewed if request.config.getoption("--renew-screenshots") else pictures.nothing


@pytest.fixture(scope="session")
def axe_context(browser):
    """A context whose pages let axe in, which their policy keeps out."""
    context = browser.new_context(bypass_csp=True, accept_downloads=True)
    yield context
    context.close()


@pytest.fixture(scope="session")
def axe_file_page(axe_context, web_file):
    """underlag.html, opened once: its start takes longer than what it is asked."""
    page = axe_context.new_page()
    page.goto(web_file.as_uri())
    page.wait_for_selector("html[data-redo]", state="attached", timeout=120_000)
    return page


@pytest.fixture(params=["served", "file"])
def any_edition(request, axe_context):
    """The start page of either edition, in a window of usual size; axe may run in it."""
    if request.param == "served":
        page = axe_context.new_page()
        page.goto(request.getfixturevalue("served_address"))
    else:
        page = request.getfixturevalue("axe_file_page")
        page.evaluate(
            """document.documentElement.removeAttribute("style");
            document.body.dataset.before = "";
            location.hash = "#/?" + Math.random();"""
        )
        page.wait_for_selector("body:not([data-before]) #granska")
    page.set_default_timeout(30_000)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    yield page
    if request.param == "served":
        page.close()


@pytest.fixture(scope="session")
def served_address():
    """The address of the served edition."""
    server = create_server(create_app(), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.close()


@pytest.fixture
def served_page(browser, served_address):
    """The served edition's start page."""
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(served_address)
    yield page
    context.close()
