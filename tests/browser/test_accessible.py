"""Every state of the page, in both editions: axe finds nothing, nothing scrolls sideways, nothing moves by itself."""

import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import as_usual
from tests.browser.states import (
    FAULTY,
    RIGHT,
    SAMPLES,
    WAYS,
    green,
    mended,
    plain_text,
    red,
    several,
    wrong_region,
)

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
#: What else depends on the colours, and on the width of the window.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
WIDTH = {"type": "rule", "values": ["scrollable-region-focusable", "target-size"]}
AXE = Axe().axe_script


def violations(page, rules=EVERYTHING):
    """Return what axe finds, as text."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options).then(all => all.violations)", options)
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"][:3]]


def sideways(page):
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(step.__name__ for step in way))
def test_every_state_meets_wcag(way, any_edition, take_picture):
    for step in way:
        step(any_edition)
        if not any_edition.url.startswith("file:"):
            take_picture(step.__name__, any_edition)

        meets_wcag(any_edition, step.__name__)


def test_a_text_that_the_file_shows_meets_wcag(file_page):
    green(file_page)
    plain_text(file_page)

    meets_wcag(file_page, "plain_text")


def test_the_pages_that_commands_write_meet_wcag(new_page, tmp_path, take_picture):
    out, package = tmp_path / "klart", tmp_path / "paket"
    for words in (
        ("kundservice", RIGHT, FAULTY, SAMPLES / "qa", "--ut", out),
        ("bestall", RIGHT, "--ut", package),
    ):
        subprocess.run([sys.executable, "-m", "underlag", *words], cwd=ROOT, capture_output=True, check=False)
    page = new_page()
    for state, path in (
        ("batch", out / "sammanstallning.html"),
        ("load", next(out.glob("inlasningar/*/sida.html"))),
        ("report", package / "rapport.html"),
    ):
        page.emulate_media(color_scheme="light")
        page.goto(path.as_uri())
        take_picture(state, page)

        meets_wcag(page, state)


def test_paper_shows_the_findings_without_forms_and_their_headings(file_page):
    red(file_page)
    assert file_page.is_visible("th:has-text('Rätta här') >> nth=0")

    file_page.emulate_media(media="print")

    assert (
        file_page.locator("th:has-text('Rätta här')").evaluate_all(
            "all => all.filter(one => one.checkVisibility()).length"
        )
        == 0
    )
    assert file_page.locator(".fynd :is(button, select, input[type=text]) >> visible=true").count() == 0
    assert file_page.is_visible("th:has-text('Cell') >> nth=0")
    file_page.emulate_media(media="screen")


def meets_wcag(page, state):
    page.wait_for_selector("progress[aria-label=Arbetar]", state="detached")
    as_usual(page)
    assert violations(page) == [], state
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, COLOURS) == [], state
    # 200 % of 1280 pixels, by zoom and by the size of letters alone (WCAG 1.4.4), and 400 % (1.4.10).
    page.set_viewport_size({"width": 640, "height": 450})
    assert sideways(page) <= 0, state
    page.set_viewport_size({"width": 320, "height": 700})
    assert violations(page, WIDTH) == [], state
    assert sideways(page) <= 0, state
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert sideways(page) <= 0, state
    assert page.evaluate("document.getAnimations().length") == 0, state
    # Nothing but the document's own order decides where Tab goes.
    assert page.locator("[tabindex]:not([tabindex='-1'], [tabindex='0'])").count() == 0, state
    page.evaluate("document.documentElement.style.fontSize = ''")
    as_usual(page)


def test_focus_moves_to_what_is_new(any_edition):
    red(any_edition)
    mended(any_edition)

    any_edition.wait_for_function("document.activeElement.id === 'andrat'")


def test_focus_moves_to_what_is_wrong(any_edition):
    wrong_region(any_edition)

    any_edition.wait_for_function(
        "document.activeElement.innerText.trim().startsWith('Något behöver fyllas i på nytt')"
    )


def test_progress_is_announced(any_edition):
    several(any_edition)

    status = any_edition.locator("[role=status]", has_text="Alla 2 är granskade")
    assert status.count() == 1
