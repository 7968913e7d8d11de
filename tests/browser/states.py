"""The states of the page, and the ways that lead a user from the start page through them, in either edition."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.checks.examine import altered, column
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
RIGHT = SAMPLES / "Underlag-for-TAKning-Intygstjanster-NTJP-PROD-LiV.xlsx"
FAULTY = SAMPLES / "med-fel" / RIGHT.name
LARGE = SAMPLES / "Underlag-for-TAKning-Intygstjanster-NTJP-PROD-Storregionen.xlsx"
EXPORT = SAMPLES / "takdump_ntjp_prod.json"

#: The file input and the button that begin the examination, in both editions.
FILE = "input[type=file] >> nth=0"
SUBMIT = "button[type=submit] >> nth=0"


def upload(path: Path) -> dict[str, object]:
    return {"name": path.name, "mimeType": "", "buffer": path.read_bytes()}


def examine(page: Page, name: str, content: bytes) -> None:
    """Examine a workbook and wait for its report."""
    page.set_input_files(FILE, {"name": name, "mimeType": "", "buffer": content})
    page.click(SUBMIT)
    page.wait_for_selector(".webbrad")


# Ways from the start page: each step leads from the state before it to the one that it is named after.


def start(page):
    page.wait_for_selector("#arbetsbok")


def wrong_region(page):
    page.fill("#region", "Å/Å")
    page.click("text=Ladda ner tom arbetsbok")
    page.wait_for_selector("[role=alert]")


def statement(page):
    page.click("a[href='/tillganglighet']")
    page.wait_for_selector("h1:has-text('Tillgänglighet')")


def red(page):
    examine(page, FAULTY.name, FAULTY.read_bytes())
    page.wait_for_selector(".topp.fel")


def mended(page):
    page.click(".alla-forslag button")
    page.wait_for_selector("#andrat")


def yellow(page):
    examine(page, NAME, workbook(STANDARD.replace("-4HVV", "-4HÅV") + ORDER_SHEET))
    page.check("input[name=hoppa_over_fel]")
    page.click("text=Granska med valen")
    page.wait_for_selector(".topp.varning")


def incomplete(page):
    examine(page, NAME, workbook(STANDARD))


def wrong_details(page):
    page.fill("input[name=date]", "snart")
    page.click("text=Använd uppgifterna")
    page.wait_for_selector("text=snart")


def details(page):
    page.fill("input[name=date]", "2027-03-01")
    page.fill("input[name=case_number]", "TSK-12518")
    page.click("text=Använd uppgifterna")
    page.wait_for_selector("text=Spara dem som bestallning.toml")


def question(page):
    examine(page, NAME, workbook(altered(*column("Noterat", "nytt", "", "flyttad"))))
    page.wait_for_selector("form.svar")


def columns(page):
    page.click("a[href=kolumner] >> nth=0")
    page.wait_for_selector("h1:has-text('kolumnerna')")


def answered(page):
    to_the_report(page)
    page.select_option("form.svar select >> nth=0", "bortse")
    page.click("form.svar button >> nth=0")
    page.wait_for_selector("#andrat")


def green(page):
    examine(page, RIGHT.name, RIGHT.read_bytes())
    page.wait_for_selector(".topp.ratt")


def comparison(page):
    page.set_input_files("#tak-export", upload(EXPORT))
    page.click("text=Granska med valen")
    page.wait_for_selector(f"text=Nu jämförs med {EXPORT.name}")


def guides(page):
    page.click("a[href=vagledning]")
    page.wait_for_selector("h1:has-text('beställningar')")


def guide(page):
    to_the_report(page)
    page.click("a[href='bestallning-1-konsument.html'] >> nth=0")
    page.wait_for_selector("h1:has-text('Administrera')")


def plain_text(page):
    """A file that is not a page; in the served edition, the browser itself shows it."""
    page.click("a[href='bestallning-1-konsument.txt'] >> nth=0")
    page.wait_for_selector("pre")


def gone(page):
    page.evaluate("document.querySelector('a[href=vagledning]').href = 'finns-inte.html'")
    page.click("a[href='finns-inte.html']")
    page.wait_for_selector("h1:text-matches('finns inte|från början')")


def damaged(page):
    examine(page, "trasig.xlsx", b"PK\x03\x04 inte mer")


def several(page):
    page.set_input_files(FILE, [upload(RIGHT), {**upload(FAULTY), "name": f"fel-{FAULTY.name}"}])
    page.click(SUBMIT)
    page.wait_for_selector("text=Alla 2 är granskade")


def to_the_report(page):
    page.go_back()
    page.wait_for_selector(".webbrad")


Step = Callable[[Page], None]
WAYS: tuple[tuple[Step, ...], ...] = (
    (start, wrong_region),
    (statement,),
    (red, mended),
    (yellow,),
    (incomplete, wrong_details, details),
    (question, columns, answered),
    (green, comparison, guides, guide),
    (green, gone),
    (damaged,),
    (several,),
)
