"""The docs show every picture, and every picture is one that the tests renew."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_LARGEST = 70_000


def shown():
    """Return the paths of the pictures that the docs show."""
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return {
        (page.parent / target).resolve()
        for page in pages
        for target in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }


def test_the_docs_show_the_pictures_that_there_are():
    assert shown() == set((ROOT / "docs").rglob("*.png"))


def test_the_tests_renew_every_picture():
    pictures = pytest.importorskip("tests.browser.pictures")

    renewed = {pictures.FOLDER / f"{one.name}.png" for one in pictures.PICTURES.values()}
    assert renewed == set(pictures.FOLDER.iterdir())


def test_pictures_are_small():
    assert {path.name: path.stat().st_size for path in shown() if path.stat().st_size > _LARGEST} == {}
