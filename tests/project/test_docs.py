"""The hand-written documents are consistent: numbers, entries and commands."""

import re
from pathlib import Path

from underlag.cli.main import SUMMARIES

ROOT = Path(__file__).parents[2]


def test_decisions_are_numbered_in_order():
    text = (ROOT / "docs/decisions.md").read_text(encoding="utf-8")

    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", text, re.MULTILINE)]

    assert numbers == list(range(1, len(numbers) + 1))


def test_the_changelog_has_each_entry_once():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    entries = [" ".join(entry.split()) for entry in re.split(r"^- ", text, flags=re.MULTILINE)[1:]]

    assert sorted(set(entries)) == sorted(entries)


def test_the_readme_names_every_command():
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [name for name in SUMMARIES if f"underlag {name}" not in text] == []
