"""The workplace in underlag.html: mend, several files, guides that remember."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from tests.browser.states import FAULTY, LARGE, RIGHT, examine


def test_cells_are_mended_and_the_corrected_workbook_is_saved(file_page):
    examine(file_page, FAULTY.name, FAULTY.read_bytes())
    file_page.click(".alla-forslag button")
    file_page.wait_for_selector("#andrat")
    assert file_page.evaluate("document.activeElement.id") == "andrat"

    with file_page.expect_download() as waiting:
        file_page.click("text=Ladda ner den rättade arbetsboken")

    assert waiting.value.suggested_filename == f"rattad-{FAULTY.name}"
    book = load_workbook(BytesIO(Path(waiting.value.path()).read_bytes()))
    assert book["Webcert -> Vårdsystem"]["F7"].value == "SE162321000156-4HVV"
    assert file_page.errors == []


def test_back_leaves_a_result_once_it_has_been_mended(file_page):
    examine(file_page, FAULTY.name, FAULTY.read_bytes())
    file_page.click(".alla-forslag button")
    file_page.wait_for_selector("#andrat")

    file_page.go_back()

    file_page.wait_for_selector("#arbetsbok")


def test_the_filter_is_kept_when_a_cell_is_mended(file_page):
    examine(file_page, FAULTY.name, FAULTY.read_bytes())
    file_page.check("#allvar-varning")
    file_page.click(".grupp.varning td.ratta button >> visible=true >> nth=0")
    file_page.wait_for_selector("#andrat")

    assert file_page.is_checked("#allvar-varning")


def test_several_workbooks_get_a_verdict_each(file_page):
    files = [{"name": path.name, "mimeType": "", "buffer": path.read_bytes()} for path in (LARGE, RIGHT)]
    file_page.set_input_files("#arbetsbok", files)
    file_page.click("button[type=submit] >> nth=0")

    file_page.wait_for_selector("text=Alla 2 är granskade")
    assert file_page.locator("#flera a").all_text_contents() == [RIGHT.name, LARGE.name]
    assert file_page.locator("#flera .marke.ratt").count() == 2


def test_ticks_and_case_number_stand_in_the_address(file_page):
    examine(file_page, RIGHT.name, RIGHT.read_bytes())
    file_page.click("a[href=vagledning]")
    file_page.wait_for_selector("[data-minns='1.1']")
    file_page.check("[data-minns='1.1']")
    file_page.fill("[data-minns='arende-2']", "BS-123")
    assert "#/resultat/" in file_page.url
    file_page.wait_for_function("location.hash.endsWith('#1.1=1&arende-2=BS-123')")

    file_page.click("text=Till granskningen")
    file_page.wait_for_selector(".webbrad")
    file_page.go_back()

    file_page.wait_for_selector("[data-minns='1.1']")
    assert file_page.is_checked("[data-minns='1.1']")
    assert file_page.input_value("[data-minns='arende-2']") == "BS-123"


def test_a_guide_that_is_opened_from_disk_remembers_at_reload(new_page, tmp_path, served_page):
    examine(served_page, RIGHT.name, RIGHT.read_bytes())
    guide = served_page.request.get(served_page.url.split("#")[0] + "bestallning-1-konsument.html").body()
    path = tmp_path / "guide.html"
    path.write_bytes(guide)
    page = new_page()
    page.goto(path.as_uri())
    page.check("[data-minns='1.2']")

    page.reload()

    page.wait_for_selector("[data-minns='1.2']:checked")


def test_progress_moves_while_a_large_workbook_is_examined(new_page, web_file):
    # A page that has examined nothing yet, and shows work at once, however fast the machine is.
    page = new_page(offline=True)
    page.goto(web_file.as_uri())
    page.wait_for_selector("html[data-redo]", state="attached")
    page.evaluate(
        """() => {
            window.shares = [];
            const later = window.setTimeout;
            window.setTimeout = (action, delay) => later(action, delay === 400 ? 0 : delay);
            new MutationObserver(() => {
                const bar = document.querySelector("progress[aria-label=Arbetar]");
                if (bar && bar.value !== window.shares.at(-1)) { window.shares.push(bar.value); }
            }).observe(document.documentElement, { childList: true, subtree: true, attributes: true });
        }"""
    )
    examine(page, LARGE.name, LARGE.read_bytes())

    shares = page.evaluate("window.shares")
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert page.locator("progress[aria-label=Arbetar]").count() == 0
