"""The catalogue of findings is complete, and its page is up to date."""

import re
from pathlib import Path

import pytest

from underlag.findings import Finding, Scope, Severity, catalogue, finding, for_workbook, kind
from underlag.findings.catalogue import CATEGORIES
from underlag.findings.document import as_markdown
from underlag.workbook import Field

ROOT = Path(__file__).resolve().parents[2]
KINDS = list(catalogue().values())

by_code = pytest.mark.parametrize("found", KINDS, ids=[found.code for found in KINDS])


@by_code
def test_texts_are_whole_sentences_in_plain_swedish(found):
    assert re.fullmatch(rf"({'|'.join(CATEGORIES)})\d{{3}}", found.code)
    assert found.title
    assert not found.title.endswith(".")
    for text in (found.message, found.why, found.mend):
        assert re.search(r"[.?!”)}]$", text), text
        assert "  " not in text
        assert not re.search(
            r"\b(null|None|error|string|parse|regex|default|header)\b", text, re.IGNORECASE
        ), text


@by_code
def test_advice_for_readers_of_the_workbook_names_no_commands(found):
    (told,) = for_workbook(
        [Finding(found.code, found.severity, "", "", "", message=found.message, suggestion=found.mend)]
    )
    said = f"{told.message} {found.why} {told.suggestion}"

    assert not re.search(r"--[a-z]|\.toml|underlag mall|[Kk]ör igen|mottagaren|webbsidan", said)
    assert found.mend_workbook != found.mend
    assert not re.search(r"[{}]|  |[^.]$", found.mend_workbook)


@by_code
def test_why_needs_no_filling_in(found):
    assert "{" not in found.why
    assert found.plain_message == ("{" not in found.message)


@by_code
def test_only_an_error_blocks_the_whole(found):
    assert found.blocks == (found.severity is Severity.ERROR and found.scope is Scope.WHOLE)


def test_every_category_of_the_design_has_kinds():
    assert [category for category in CATEGORIES if category not in {found.category for found in KINDS}] == []


def test_every_kind_is_provoked_by_a_test():
    tests = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__).resolve()]
    text = "\n".join(path.read_text(encoding="utf-8") for path in tests)

    assert [found.code for found in KINDS if found.code not in text] == []


def test_every_kind_is_used_by_the_program():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "underlag").rglob("*.py"))

    assert [found.code for found in KINDS if found.code not in code] == []


def test_the_page_shows_every_kind_and_no_template():
    page = as_markdown()

    assert [found.code for found in KINDS if f"### {found.code} {found.title}\n" not in page] == []
    assert not re.search(r"\{\w+\}", page)


def test_a_finding_quotes_its_cell():
    found = finding("HSA003", Field("SE162321000165-4HVT", "Blad", 7, 3))

    assert (found.sheet, found.cell, found.row, found.column) == ("Blad", "C7", 7, 3)
    assert found.position == ("Blad", 7, 3)
    assert found.value == "SE162321000165-4HVT"
    assert "SE162321000165-4HVT" in found.message
    assert found.suggestion == kind("HSA003").mend


def test_a_value_without_cell_is_in_no_sheet():
    found = finding("BST010", Field("12518", "valet i programmet", 0, 0), plats="valet i programmet")

    assert (found.sheet, found.cell, found.row) == ("", "", 0)


def test_advice_of_the_case_precedes_the_catalogues():
    found = finding("HSA003", Field("x", "Blad", 1, 1), suggestion="Menades y?", value="rått")

    assert found.suggestion == "Menades y?"
    assert found.value == "rått"


def test_every_template_variable_needs_a_value():
    with pytest.raises(KeyError):
        finding("HSA004", Field("x", "Blad", 1, 1))
    with pytest.raises(KeyError):
        kind("HSA999")


@pytest.mark.parametrize("code", ["HSA002", "HSA003", "HSA004", "HSA005", "HSA006", "HSA040"])
def test_a_rejected_id_has_the_same_texts_in_every_cell(code):
    texts = kind(code).message + kind(code).mend

    assert not any(gap in texts for gap in ("{flik}", "{cell}", "{kalla}"))
