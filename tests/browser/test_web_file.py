"""underlag.html in a real browser: from workbook to package, offline, with the same bytes as the command."""

import functools
import http.server
import json
import threading
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest

import underlag
from tests.browser.states import FAULTY, LARGE, RIGHT, examine
from tests.support.order_package import package_files
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.options import Options


def package(page):
    with page.expect_download() as waiting:
        page.click("text=Ladda ner alla filer")
    with zipfile.ZipFile(BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def of_the_command(name, content, moment):
    """Return the files that `bestall --tidpunkt` writes."""
    options = Options(now=moment)
    checked = underlag.check(underlag.read(content, options, name=name), options)
    return package_files(checked, [] if checked.blocked else underlag.make_orders(checked))


def test_the_page_requests_nothing_but_itself(file_page, web_file):
    examine(file_page, RIGHT.name, RIGHT.read_bytes())
    package(file_page)

    asked = {url.split("#")[0] for url in file_page.requests if not url.startswith(("blob:", "data:"))}
    assert asked == {web_file.as_uri()}
    assert file_page.errors == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *((path.name, path.read_bytes()) for path in (RIGHT, FAULTY, LARGE)),
        *(
            (NAME.replace("xlsx", form), workbook(STANDARD + ORDER_SHEET, format=form))
            for form in ("xlsm", "xls", "xlsb", "ods")
        ),
        (NAME.replace("xlsx", "ods"), workbook(STANDARD.replace("-4HVT", "-4HÅT"), format="ods")),
    ],
    ids=["right", "faulty", "large", "xlsm", "xls", "xlsb", "ods", "faulty-ods"],
)
def test_the_package_is_the_command_s_byte_for_byte(name, content, file_page):
    examine(file_page, name, content)

    actual = package(file_page)

    moment = datetime.fromisoformat(json.loads(actual["rapport.json"])["skapad"])
    assert actual == of_the_command(name, content, moment)


def test_a_guide_opens_and_back_leads_to_the_report(file_page):
    examine(file_page, RIGHT.name, RIGHT.read_bytes())
    file_page.click("a[href='bestallning-1-konsument.html'] >> nth=0")
    file_page.wait_for_selector("h1:has-text('Administrera tjänstekonsument')")

    file_page.go_back()

    file_page.wait_for_selector(".webbrad")
    assert "#/resultat/" in file_page.url


def test_back_while_a_workbook_is_examined_stays_where_it_led(file_page):
    examine(file_page, RIGHT.name, RIGHT.read_bytes())
    file_page.click("text=Granska en annan")
    file_page.wait_for_selector("#arbetsbok")
    file_page.set_input_files("#arbetsbok", LARGE)
    file_page.click("#granska button[type=submit]")
    file_page.evaluate("history.back()")
    file_page.wait_for_selector(f"h1:has-text('{RIGHT.name}')")

    # Requests are answered one after the other: once these are, the examination and its report have been.
    for _ in range(3):
        package(file_page)

    assert file_page.inner_text("h1") == RIGHT.name
    assert "#/resultat/" in file_page.url


def test_an_empty_workbook_is_saved(file_page):
    file_page.fill("#region", "LiV")
    with file_page.expect_download() as waiting:
        file_page.click("text=Ladda ner tom arbetsbok")

    assert waiting.value.suggested_filename.endswith("PROD-LiV.xlsx")
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")


def test_a_damaged_file_gets_its_finding(file_page):
    examine(file_page, "trasig.xlsx", b"PK\x03\x04 inte mer")

    assert "FIL" in file_page.content()


def test_a_browser_that_is_too_old_says_so(new_page, web_file):
    page = new_page(offline=True)
    page.add_init_script("delete window.DecompressionStream")
    page.goto(web_file.as_uri())

    page.wait_for_selector("text=Webbläsaren är för gammal")


def test_a_file_that_was_not_fetched_whole_says_so(new_page, web_file, tmp_path):
    content = web_file.read_bytes()
    path = tmp_path / "underlag.html"
    path.write_bytes(content[: len(content) // 2])
    page = new_page()
    page.goto(path.as_uri())

    page.wait_for_selector("text=filen är inte hel, hämta den igen")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_a_web_server_can_serve_the_file_and_is_asked_for_nothing_more(new_page, web_file):
    handler = functools.partial(_Quiet, directory=web_file.parent)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://127.0.0.1:{server.server_port}/underlag.html")
    page.wait_for_selector("html[data-redo]", state="attached")
    examine(page, RIGHT.name, RIGHT.read_bytes())

    assert [url for url in asked if url.startswith("http")] == [page.url.split("#")[0]]
    server.shutdown()
    server.server_close()
