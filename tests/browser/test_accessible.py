"""Every state of the page, in both editions: axe finds nothing, nothing scrolls sideways, nothing moves by itself."""

import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.states import FAULTY, RIGHT, SAMPLES, STATES, mended, plain_text, several, wrong_region

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
}
#: What else depends on the colours, and on the width of the window.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
WIDTH = {"runOnly": {"type": "rule", "values": ["scrollable-region-focusable", "target-size"]}}
AXE = Axe()


def violations(page, rules=EVERYTHING):
    """Return what axe finds, as text."""
    found = AXE.run(page, options=rules).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"][:3]]


def sideways(page):
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_state_meets_wcag(state, any_edition, take_picture):
    state(any_edition)
    if not any_edition.url.startswith("file:"):
        take_picture(state.__name__, any_edition)

    meets_wcag(any_edition)


@pytest.mark.parametrize("any_edition", ["file"], indirect=True)
def test_a_text_that_the_file_shows_meets_wcag(any_edition):
    plain_text(any_edition)

    meets_wcag(any_edition)


def test_the_pages_for_customer_service_meet_wcag(axe_context, tmp_path, take_picture):
    out = tmp_path / "klart"
    command = [sys.executable, "-m", "underlag", "kundservice", RIGHT, FAULTY, SAMPLES / "qa", "--ut", out]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    page = axe_context.new_page()
    for state, path in (
        ("batch", out / "sammanstallning.html"),
        ("load", next(out.glob("inlasningar/*/sida.html"))),
        ("report", next(out.glob("LiV-PROD-*/bestallning-1-konsument.html")).with_name("rapport.html")),
    ):
        page.emulate_media(color_scheme="light")
        page.goto(path.as_uri())
        take_picture(state, page)

        meets_wcag(page)
    page.close()


def meets_wcag(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    assert violations(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, COLOURS) == []
    # 200 % of 1280 pixels, by zoom and by the size of letters alone (WCAG 1.4.4), and 400 % (1.4.10).
    page.set_viewport_size({"width": 640, "height": 450})
    assert sideways(page) <= 0
    page.set_viewport_size({"width": 320, "height": 700})
    assert violations(page, WIDTH) == []
    assert sideways(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert sideways(page) <= 0
    assert page.evaluate("document.getAnimations().length") == 0
    # Nothing but the document's own order decides where Tab goes.
    assert page.locator("[tabindex]:not([tabindex='-1'], [tabindex='0'])").count() == 0


def focused(page):
    """Return the id of the focused element, or its text."""
    return page.evaluate("document.activeElement.id || document.activeElement.innerText.trim()")


def test_focus_moves_to_what_is_new(any_edition):
    mended(any_edition)

    assert focused(any_edition) == "andrat"


def test_focus_moves_to_what_is_wrong(any_edition):
    wrong_region(any_edition)

    assert focused(any_edition).startswith("Något behöver fyllas i på nytt")


def test_progress_is_announced(any_edition):
    several(any_edition)

    status = any_edition.locator("[role=status]", has_text="Alla 2 är granskade")
    assert status.count() == 1
