"""The pictures of the docs: which state of the page each shows, and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "bilder"
_COLOURS = 64


@dataclass(frozen=True)
class Picture:
    """A picture of a window of this size, which begins at the first element that the selector names."""

    name: str
    begins_at: str = "body"
    width: int = 1000
    height: int = 700


#: By the name of the state that it shows.
PICTURES = {
    "start": Picture("start", height=720),
    "red": Picture("fynd", ".del", height=820),
    "mended": Picture("rattad", ".topp", height=760),
    "answered": Picture("besvarad", "#andrat", height=420),
    "columns": Picture("kolumner", "h1", height=640),
    "details": Picture("uppgifter", "#uppgifter", height=720),
    "several": Picture("flera", height=380),
    "green": Picture("klar", height=820),
    "guides": Picture("vagledning", width=640, height=820),
    "comparison": Picture("jamforelse", "#tak", height=620),
    "report": Picture("rapport", height=900),
    "batch": Picture("sammanstallning", height=760),
    "load": Picture("inlasning", height=640),
}


def write(page: Page, picture: Picture) -> None:
    """Write a picture, with few colours, so that it is small."""
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate("document.activeElement.blur()")
    page.locator(picture.begins_at).first.evaluate(
        "element => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 16)"
    )
    shot = Image.open(BytesIO(page.screenshot(scale="css", animations="disabled"))).convert("RGB")
    small = shot.quantize(_COLOURS, dither=Image.Dither.NONE)
    small.save(FOLDER / f"{picture.name}.png", optimize=True)


def nothing(state: str, page: Page) -> None:
    """Leave the pictures as they are."""


def renewed(state: str, page: Page) -> None:
    """Write the picture of a state, if there is one."""
    if picture := PICTURES.get(state):
        write(page, picture)


Take = Callable[[str, Page], None]
