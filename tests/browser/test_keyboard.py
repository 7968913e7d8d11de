"""The whole way with the keyboard alone, from choosing a file to the zip, in both editions."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook

#: Two digits of an id have changed places.
MISSPELT = STANDARD.replace("SE162321000156-4HVV", "SE162321000165-4HVV") + ORDER_SHEET
#: More than any page has to step through.
_MOST = 400
_VISIBLE = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
}"""
_TEXT = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"


def go_to(page, text):
    """Press Tab until what is focused has this text; everything on the way shows that it has the focus."""
    page.wait_for_load_state()
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(_TEXT)
        assert page.evaluate(_VISIBLE) or page.evaluate("document.activeElement === document.body"), here
        if here.startswith(text):
            return
    raise AssertionError(f"Tab does not lead to {text}")


def test_the_whole_way_goes_without_a_mouse(any_edition):
    page = any_edition
    # From here on, the browser asks the test for files: a press that came before would open its own dialog.
    page.on("filechooser", lambda _: None)
    page.evaluate("document.title")
    go_to(page, "Arbetsboken, eller flera")
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Enter")
    choosing.value.set_files({"name": NAME, "mimeType": "", "buffer": workbook(MISSPELT)})
    go_to(page, "Granska")
    page.keyboard.press("Enter")
    page.wait_for_selector(".webbrad")
    go_to(page, "Rätta enligt")
    page.keyboard.press("Space")
    page.wait_for_selector("#andrat")
    page.wait_for_selector(".topp.ratt")
    go_to(page, "Ladda ner alla filer (zip)")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")

    names = ZipFile(BytesIO(Path(saved.value.path()).read_bytes())).namelist()
    assert "rapport.html" in names
    assert "tak/bestallning-1.json" in names
