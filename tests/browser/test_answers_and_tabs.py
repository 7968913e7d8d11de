"""Answers, memory and tabs in a real browser, in both editions; packages stay those of the command."""

import json
from datetime import datetime
from pathlib import Path

import pytest

import underlag
from tests.browser.test_web_file import FAULTY, LARGE, RIGHT, examine, package
from tests.support.order_package import package_files
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.options import Options

FORMATS = ("xlsx", "xlsm", "xls", "xlsb", "ods")
COLUMN = STANDARD.replace("(HSAID) | Namn |\n| SE162", "(HSAID) | Namn | Noterat |\n| SE162", 1).replace(
    "| Tolkcentralen Värmland |", "| Tolkcentralen Värmland | nytt |", 1
)


def of_the_command(name, content, moment, order_file=None):
    options = Options(now=moment, order_file=order_file)
    checked = underlag.check(underlag.read(content, options, name=name), options)
    return package_files(checked, [] if checked.blocked else underlag.make_orders(checked))


def saved(page, selector):
    with page.expect_download() as waiting:
        page.click(selector)
    return waiting.value


def made_at(files):
    return datetime.fromisoformat(json.loads(files["rapport.json"])["skapad"])


@pytest.mark.parametrize("form", FORMATS)
def test_an_answer_is_chosen_at_its_finding_and_saved(form, any_edition, tmp_path):
    content, name = workbook(COLUMN + ORDER_SHEET, format=form), NAME.replace("xlsx", form)
    examine(any_edition, name, content)
    any_edition.select_option("td.ratta select[name=svar]", "bortse")
    any_edition.click("td.ratta .svar button")
    any_edition.wait_for_selector("#andrat:has-text('1 fråga är besvarad')")

    order_file = saved(any_edition, "text=Spara svaren som bestallning.toml")

    assert order_file.suggested_filename == "bestallning.toml"
    path = tmp_path / "bestallning.toml"
    path.write_bytes(Path(order_file.path()).read_bytes())
    files = package(any_edition)
    assert files == of_the_command(name, content, made_at(files), path)


ORDER_FILE = """\
# Enligt mejl
region = "LiV"
datum = 2027-03-01  # en måndag
arende = "TSK-12518"

[bestallare]
namn = "Åsa Ek"
epost = "asa@example.se"
telefon = "070-174 06 05"

[beslut]
"Webcert -> Vårdsystem!H1: Noterat" = "bortse"
"""


def test_the_package_with_an_order_file_is_the_command_s_in_all_formats(file_page, tmp_path):
    path = tmp_path / "bestallning.toml"
    path.write_text(ORDER_FILE, encoding="utf-8")
    faulty = COLUMN.replace("-4HVT", "-4HÅT")
    for text, form in [*((COLUMN, form) for form in FORMATS), (faulty, "xlsx"), (faulty, "ods")]:
        content, name = workbook(text, format=form), NAME.replace("xlsx", form)
        file = tmp_path / name
        file.write_bytes(content)
        file_page.set_input_files("#arbetsbok", [file, path])
        file_page.click("button[type=submit] >> nth=0")
        file_page.wait_for_selector(".webbrad")

        files = package(file_page)

        assert files == of_the_command(name, content, made_at(files), path), form
        assert ("bestallning.toml" in files) == (text == COLUMN)
        file_page.click("text=Granska en annan")
        file_page.wait_for_selector("#arbetsbok")


def test_a_column_is_given_a_meaning_in_the_list_of_columns(any_edition):
    examine(any_edition, NAME, workbook(COLUMN + ORDER_SHEET))
    any_edition.click("text=Så lästes kolumnerna")
    any_edition.wait_for_selector("h1:has-text('Så lästes kolumnerna')")
    any_edition.select_option("tr:has-text('Noterat') select", "bortse")
    any_edition.click("tr:has-text('Noterat') button")

    any_edition.wait_for_selector("text=Inga fel och inget att se över.")


@pytest.mark.parametrize("path", [FAULTY, RIGHT, LARGE], ids=["faulty", "right", "large"])
def test_the_package_after_corrections_is_the_command_s_of_the_corrected_workbook(path, any_edition):
    examine(any_edition, path.name, path.read_bytes())
    if any_edition.locator(".alla-forslag button").count():
        any_edition.click(".alla-forslag button")
    else:
        any_edition.fill("[id='d-orderer.name']", "Åsa Ek")
        any_edition.check("[name=i_arbetsboken]")
        any_edition.click("text=Använd uppgifterna")
    any_edition.wait_for_selector("#andrat")

    corrected = saved(any_edition, "text=Ladda ner den rättade arbetsboken")

    files = package(any_edition)
    content = Path(corrected.path()).read_bytes()
    assert files.pop(corrected.suggested_filename) == content
    assert files == of_the_command(corrected.suggested_filename, content, made_at(files))


def test_a_reloaded_tab_begins_anew_and_leads_back_with_its_ticks(file_page):
    examine(file_page, RIGHT.name, RIGHT.read_bytes())
    file_page.click("a[href=vagledning]")
    file_page.check("[data-minns='1.1']")
    file_page.wait_for_function("location.hash.endsWith('#1.1=1')")

    file_page.reload()
    file_page.wait_for_selector("#borjar-om:has-text('börjar från början')")
    assert file_page.evaluate("document.activeElement.id") == "borjar-om"
    file_page.set_input_files("#arbetsbok", RIGHT)
    file_page.click("button[type=submit] >> nth=0")

    file_page.wait_for_selector("[data-minns='1.1']")
    assert file_page.is_checked("[data-minns='1.1']")


def test_a_fragment_that_is_no_page_is_the_start_page(file_page):
    file_page.evaluate("location.hash = 'gammalt'")
    # A visit that is under way would replace the form with what was chosen in it.
    file_page.reload()
    examine(file_page, RIGHT.name, RIGHT.read_bytes())

    assert "#/resultat/" in file_page.url
    assert file_page.errors == []


@pytest.mark.parametrize(("bookmark", "place"), [("/granska", "#/"), ("/resultat/a/val", "#/resultat/a/")])
def test_a_bookmark_of_what_a_form_is_sent_to_leads_to_the_start(bookmark, place, file_page):
    file_page.evaluate("address => { location.hash = address; }", bookmark)
    file_page.reload()
    file_page.wait_for_function("place => location.hash === place", arg=place)

    assert file_page.is_visible("#granska")
    examine(file_page, RIGHT.name, RIGHT.read_bytes())


def test_a_link_opened_in_a_second_tab_begins_anew(file_page):
    examine(file_page, FAULTY.name, FAULTY.read_bytes())
    with file_page.context.expect_page() as waiting:
        file_page.click("a[href='fynd.txt']", modifiers=["Control"])

    waiting.value.wait_for_selector("#borjar-om")
    assert waiting.value.url.endswith("/fynd.txt")
    waiting.value.close()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(file_page):
    file_page.evaluate("document.getElementById('granska').dataset.max = 1000")
    file_page.set_input_files("#arbetsbok", RIGHT)
    file_page.click("button[type=submit] >> nth=0")

    assert "högst 40 MB" in file_page.inner_text("#granska .vantan")
    assert "underlag bestall" in file_page.inner_text("#granska .vantan")
    assert file_page.is_enabled("button[type=submit] >> nth=0")


def test_contacts_are_remembered_and_forgotten_where_that_is_asked_for(served_page):
    start = served_page.url
    examine(served_page, NAME, workbook(STANDARD))
    served_page.fill("[id='d-orderer.name']", "Åsa Ek")
    served_page.click("text=Använd uppgifterna")
    served_page.wait_for_selector("[id='d-orderer.name'][value='Åsa Ek']")
    assert served_page.evaluate("localStorage.length") == 0
    served_page.check("#minns")
    served_page.click("text=Använd uppgifterna")
    served_page.wait_for_function("localStorage.length === 1")

    served_page.goto(start)
    examine(served_page, "b.xlsx", workbook(STANDARD))
    served_page.wait_for_function("document.getElementById('d-orderer.name').value === 'Åsa Ek'")
    served_page.click("#glom")

    assert served_page.evaluate("localStorage.length") == 0
    assert not served_page.is_checked("#minns")


def test_the_single_file_stores_nothing(file_page):
    examine(file_page, NAME, workbook(STANDARD))
    file_page.fill("[id='d-orderer.name']", "Åsa Ek")
    assert not file_page.is_visible("#minns")
    file_page.click("text=Använd uppgifterna")
    file_page.wait_for_selector("[id='d-orderer.name'][value='Åsa Ek']")

    stores = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert file_page.evaluate(stores) == [0, 0, ""]
    assert file_page.evaluate("indexedDB.databases().then(all => all.length)") == 0


def test_the_findings_are_copied(any_edition):
    examine(any_edition, FAULTY.name, FAULTY.read_bytes())
    any_edition.evaluate("""() => {
        Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: text => {
            window.copied = text; return Promise.resolve(); } } });
    }""")

    any_edition.click(".kopiera-fynd")

    any_edition.wait_for_selector("#kopierat:has-text('kopierade')", state="attached")
    assert "CEL001" in any_edition.evaluate("window.copied")


def test_files_that_are_dropped_are_added_to_those_chosen(any_edition):
    any_edition.set_input_files("#arbetsbok", RIGHT)
    any_edition.evaluate("""() => {
        const files = new DataTransfer();
        files.items.add(new File(['arende = "TSK-9"'], 'bestallning.toml'));
        document.getElementById('slapp').dispatchEvent(new DragEvent('drop', { dataTransfer: files, cancelable: true }));
    }""")
    names = "Array.from(document.getElementById('arbetsbok').files, one => one.name)"
    assert any_edition.evaluate(names) == [RIGHT.name, "bestallning.toml"]

    any_edition.click(f"[aria-label='Ta bort {RIGHT.name}']")

    assert any_edition.evaluate(names) == ["bestallning.toml"]


def test_a_folder_that_is_dropped_is_left_out_with_what_to_do(any_edition, tmp_path):
    folder = tmp_path / "Från regionen"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(RIGHT.read_bytes())
    box = any_edition.locator("#slapp").bounding_box()
    place = {"x": box["x"] + 20, "y": box["y"] + 20}
    data = {"items": [], "files": [str(folder), str(RIGHT)], "dragOperationsMask": 1}
    mouse = any_edition.context.new_cdp_session(any_edition)
    for kind in ("dragEnter", "dragOver", "drop"):
        mouse.send("Input.dispatchDragEvent", {"type": kind, "data": data, **place})

    any_edition.wait_for_selector("#granska .vantan:has-text('Mappen Från regionen togs inte med')")
    assert any_edition.locator("#valda li").all_inner_texts() == [RIGHT.name]
    any_edition.click("#granska button[type=submit]")
    any_edition.wait_for_selector(".topp.ratt")
