"""The fingerprint that decides whether a package is made again."""

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.checks.examine import NOW
from underlag.batch.fingerprint import Fingerprints
from underlag.batch.inbox import Found
from underlag.batch.records.workbooks import Settings
from underlag.options import Options

ASKED = Options(now=NOW)


@dataclass(frozen=True)
class MoreOptions(Options):
    """Options with further fields, as in a later version."""

    tone: str = ""
    attachment: Path | None = None


def made(tmp_path, options):
    found = Found("Underlag.xlsx", "Underlag.xlsx", tmp_path / "Underlag.xlsx", sha256="00")
    return Fingerprints(Settings(options)).of(found)


def other(value, tmp_path):
    """Return another value of an option."""
    if isinstance(value, bool):
        return not value
    if value is None:
        path = tmp_path / "annan.toml"
        path.write_text("x = 1", encoding="utf-8")
        return path
    return f"{value}x"


@pytest.mark.parametrize(
    "name", [part.name for part in fields(MoreOptions) if part.name not in {"now", "order_file_beside"}]
)
def test_every_option_counts(tmp_path, name):
    options = MoreOptions(now=NOW)

    changed = replace(options, **{name: other(getattr(options, name), tmp_path)})

    assert made(tmp_path, changed) != made(tmp_path, options)


def test_the_moment_does_not_count(tmp_path):
    assert made(tmp_path, replace(ASKED, now=NOW + timedelta(days=1))) == made(tmp_path, ASKED)


@pytest.mark.parametrize("name", ["order_file", "attachment"])
def test_a_file_counts_by_its_content(tmp_path, name):
    paths = [tmp_path / "a.toml", tmp_path / "b.toml"]
    for path in paths:
        path.write_text("x = 1", encoding="utf-8")
    first, second = (made(tmp_path, MoreOptions(now=NOW, **{name: path})) for path in paths)
    assert first == second

    paths[1].write_text("x = 2", encoding="utf-8")

    assert made(tmp_path, MoreOptions(now=NOW, **{name: paths[1]})) != first


def beside(folder, name, content="x = 1", others=()):
    """Return the fingerprint of a workbook with an order file beside it, among other workbooks."""
    folder.mkdir(exist_ok=True)
    for other_name in (name, *others):
        (folder / other_name).write_bytes(b"")
    (folder / "bestallning.toml").write_text(content, encoding="utf-8")
    return Fingerprints(Settings(ASKED)).of(Found(name, name, folder / name, sha256="00"))


def test_an_order_file_beside_counts_by_its_content(tmp_path):
    first = beside(tmp_path / "a", "Underlag.xlsx")

    assert first != made(tmp_path, ASKED)
    assert beside(tmp_path / "b", "Underlag.xlsx") == first
    assert beside(tmp_path / "c", "Underlag.xlsx", content="x = 2") != first


def test_what_decides_whether_an_order_file_beside_is_used_counts(tmp_path):
    first = beside(tmp_path / "a", "Underlag.xlsx")

    assert beside(tmp_path / "b", "Underlag 2.xlsx") != first
    assert beside(tmp_path / "c", "Underlag.xlsx", others=["Annat.xlsx"]) != first
