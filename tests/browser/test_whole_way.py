"""From the empty workbook to the package, Back and reload, and what the browser keeps: in both editions."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.browser.states import (
    FAULTY,
    FILE,
    RIGHT,
    SUBMIT,
    WAYS,
    damaged,
    examine,
    gone,
    several,
    statement,
    upload,
)
from tests.form_workbook.test_empty_workbook import PERSONS, UNITS, URL, fill, fill_form, saved

SHEETS = ("Webcert -> Vårdsystem", "Intygstjänsten -> Webcert")


def filled(content):
    """Fill an empty workbook in as a person would."""
    book = load_workbook(BytesIO(content))
    fill(
        book,
        "Vårdsystem -> Webcert",
        [
            {
                "Konsument (HSAID)": "SE162321000156-4H4F",
                "Konsument (namn)": "Landstinget i Värmland -- Cosmic",
            }
        ],
    )
    for sheet in SHEETS:
        fill(book, sheet, [{"Logisk adressat (HSAID)": unit, "Namn": name} for unit, name in UNITS])
    fill(book, SHEETS[0], [{"Tjänsteproducent (HSAID)": "SE162321000156-B3K", "Anropsadress (URL)": URL}])
    fill_form(book, PERSONS)
    return saved(book)


def test_from_the_empty_workbook_to_the_package(any_edition):
    any_edition.fill("#region", "LiV")
    with any_edition.expect_download() as waiting:
        any_edition.click("text=Ladda ner tom arbetsbok")
    empty = waiting.value
    examine(any_edition, empty.suggested_filename, filled(Path(empty.path()).read_bytes()))
    with any_edition.expect_download() as waiting:
        any_edition.click("text=Ladda ner alla filer")

    names = ZipFile(waiting.value.path()).namelist()
    assert "tak/bestallning-1.json" in names, any_edition.inner_text("main")
    assert "kundservice/mejl.eml" in names


def test_back_and_forward_lead_to_the_start_and_to_the_report(any_edition):
    examine(any_edition, RIGHT.name, RIGHT.read_bytes())
    any_edition.go_back()
    any_edition.wait_for_selector("#granska button:enabled")

    any_edition.go_forward()

    any_edition.wait_for_selector(".webbrad")


@pytest.mark.parametrize(
    "way",
    [way for way in WAYS if not {statement, gone, damaged, several} & {*way}],
    ids=lambda way: "-".join(step.__name__ for step in way),
)
def test_the_served_page_needs_no_scripts(way, new_page, served_address):
    page = new_page(java_script_enabled=False)
    page.goto(served_address)

    for step in way:
        step(page)


def test_the_served_page_gives_the_package_without_scripts(new_page, served_address):
    page = new_page(java_script_enabled=False, accept_downloads=True)
    page.goto(served_address)
    examine(page, RIGHT.name, RIGHT.read_bytes())
    with page.expect_download() as waiting:
        page.click("text=Ladda ner alla filer")

    assert "tak/bestallning-1.json" in ZipFile(waiting.value.path()).namelist()


def test_several_workbooks_are_examined_without_scripts_when_opened(new_page, served_address):
    page = new_page(java_script_enabled=False)
    page.goto(served_address)
    page.set_input_files(FILE, [upload(RIGHT), {**upload(FAULTY), "name": f"fel-{FAULTY.name}"}])
    page.click(SUBMIT)
    page.click(f"a:text-is('fel-{FAULTY.name}')")

    page.wait_for_selector(".topp.fel")


def test_reload_shows_the_served_report_again(served_page):
    examine(served_page, RIGHT.name, RIGHT.read_bytes())

    served_page.reload()

    served_page.wait_for_selector(".webbrad")


def test_reload_of_the_file_begins_anew_and_nothing_is_kept_in_the_browser(file_page):
    examine(file_page, RIGHT.name, RIGHT.read_bytes())

    file_page.reload()

    file_page.wait_for_selector("#borjar-om")
    assert file_page.is_visible("#granska")
    kept = file_page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, document.cookie,
            (await indexedDB.databases()).length, window.caches ? (await caches.keys()).length : 0,
            navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations().catch(() => [])).length : 0]"""
    )
    assert kept == [0, 0, "", 0, 0, 0]
    state = file_page.context.storage_state(indexed_db=True)
    assert (state["cookies"], state["origins"]) == ([], [])
