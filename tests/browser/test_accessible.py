"""Every state of the page: axe finds nothing, nothing scrolls sideways, all is reached without a mouse."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_web_file import FAULTY, RIGHT, examine

TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}


def violations(page):
    """Return what axe finds, as text; the page's policy lets no script of a test in, so it is bypassed."""
    found = Axe().run(page, options=TAGS).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def start(page):
    pass


def empty_form(page):
    page.evaluate("document.getElementById('granska').noValidate = true")
    page.evaluate("document.getElementById('granska').submit()")
    page.wait_for_selector("[role=alert]")


def faulty(page):
    examine(page, FAULTY.name, FAULTY.read_bytes())


def mended(page):
    faulty(page)
    page.click(".alla-forslag button")
    page.wait_for_selector("#andrat")


def right(page):
    examine(page, RIGHT.name, RIGHT.read_bytes())


def damaged(page):
    examine(page, "trasig.xlsx", b"PK\x03\x04 inte mer")


def guide(page):
    right(page)
    page.click("a[href='bestallning-1-konsument.html'] >> nth=0")
    page.wait_for_selector("h1:has-text('Administrera')")


def guides(page):
    right(page)
    page.click("a[href=vagledning]")
    page.wait_for_selector("h1:has-text('beställningar')")


def several(page):
    files = [
        {"name": p.parent.name + p.name, "mimeType": "", "buffer": p.read_bytes()} for p in (RIGHT, FAULTY)
    ]
    page.set_input_files("#arbetsbok", files)
    page.click("button[type=submit] >> nth=0")
    page.wait_for_selector("text=Alla 2 är granskade")


def gone(page):
    page.goto(re.sub(r"(https?://[^/]+).*", r"\1/finns-inte", page.url))


def statement(page):
    page.click("a[href='/tillganglighet']")
    page.wait_for_selector("h1:has-text('Tillgänglighet')")


STATES = (start, empty_form, faulty, mended, right, damaged, guide, guides, several, gone, statement)


@pytest.fixture
def visitor(browser, served_address):
    """A page whose policy does not keep axe out."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1100, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(served_address)
    yield page
    context.close()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing_in_light_and_dark_and_nothing_scrolls_sideways(state, visitor):
    state(visitor)

    for scheme in ("light", "dark"):
        visitor.emulate_media(color_scheme=scheme)
        assert violations(visitor) == [], scheme
    # 320 CSS pixels are 1280 at 400 %, and less than 200 % of any screen (WCAG 2.1, 1.4.10).
    visitor.set_viewport_size({"width": 320, "height": 700})
    assert violations(visitor) == []
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_whole_way_goes_without_a_mouse(visitor):
    visitor.set_input_files(
        "#arbetsbok", {"name": FAULTY.name, "mimeType": "", "buffer": FAULTY.read_bytes()}
    )
    visitor.focus("#arbetsbok")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")
    visitor.wait_for_selector(".webbrad")
    for _ in range(20):
        visitor.keyboard.press("Tab")
        if visitor.evaluate("document.activeElement.textContent").startswith("Rätta enligt"):
            break
    visitor.keyboard.press("Enter")
    visitor.wait_for_selector("#andrat")

    assert visitor.evaluate("document.querySelector(':target').id") == "andrat"


def test_scripts_off_the_page_mends_all_the_same(browser, served_address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served_address)
    faulty(page)
    page.click(".alla-forslag button")

    page.wait_for_selector("text=celler är rättade")
    context.close()
