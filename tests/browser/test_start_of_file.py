"""underlag.html while Python starts in it: what a person does meanwhile is not lost when it is ready."""

import pytest

from tests.browser.states import FILE, RIGHT, SUBMIT, green, guides, upload

#: Nothing reaches the worker before `release()`: the program cannot become ready.
HOLD = """
    const held = [], post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...message) { held.push([this, message]); };
    window.release = () => {
        Worker.prototype.postMessage = post;
        held.forEach(([worker, message]) => post.apply(worker, message));
    };
"""
#: Two answers: the second one comes after all that the first answer asked for.
SETTLE = """async () => {
    for (let turn = 0; turn < 2; turn += 1) {
        await new Promise((resolve, reject) => document.dispatchEvent(new CustomEvent("underlag:fraga",
            { detail: { address: "/stil.css", resolve, reject }, cancelable: true })));
    }
}"""


@pytest.fixture
def starting_page(new_page, web_file):
    """Opens underlag.html at a page of it; the program starts at `release()`."""

    def opened(address):
        page = new_page(offline=True)
        page.add_init_script(HOLD)
        page.goto(f"{web_file.as_uri()}#{address}")
        return page

    return opened


@pytest.mark.parametrize("address", ["/", "/tillganglighet", "/resultat/borta/"])
def test_a_form_in_use_keeps_its_file_its_text_and_the_focus(address, starting_page):
    page = starting_page(address)
    page.fill("#region", "LiV")
    page.set_input_files(FILE, upload(RIGHT))
    page.focus(FILE)

    page.evaluate("release()")
    page.wait_for_selector("html[data-redo]", state="attached")
    page.evaluate(SETTLE)

    assert page.evaluate("document.activeElement.id") == "arbetsbok"
    assert page.evaluate("document.getElementById('arbetsbok').files[0].name") == RIGHT.name
    assert page.input_value("#region") == "LiV"


def test_a_workbook_handed_in_meanwhile_leads_to_the_page_that_was_asked_for(file_page, starting_page):
    green(file_page)
    guides(file_page)
    page = starting_page(file_page.url.split("#", 1)[1])
    page.set_input_files(FILE, upload(RIGHT))
    page.click(SUBMIT)

    page.evaluate("release()")

    page.wait_for_selector("[data-minns='1.1']")
