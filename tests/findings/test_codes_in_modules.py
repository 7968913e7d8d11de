"""A code is listed in the docstring of the modules that emit it, and in no other."""

import ast
import re
from pathlib import Path

import pytest

from underlag.findings import catalogue
from underlag.findings.catalogue import CATEGORIES

ROOT = Path(__file__).resolve().parents[2] / "underlag"
CODE = re.compile(rf"\b(?:{'|'.join(CATEGORIES)})\d{{3}}\b")
#: Folders that emit no findings: they show them, and may search for one.
SHOWING = {"findings", "documents", "package", "form_workbook", "batch", "web", "web_file", "cli", "renew"}
MODULES = [path for path in sorted(ROOT.rglob("*.py")) if path.relative_to(ROOT).parts[0] not in SHOWING]


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(ROOT).as_posix() for path in MODULES])
def test_docstring_names_the_codes_of_the_module(path):
    named, made = _codes(path)

    assert named == made, (
        f"begin the last paragraph of the docstring with 'Findings: {', '.join(sorted(made))}.'"
    )


def test_every_code_of_the_catalogue_is_made_somewhere():
    assert set().union(*(made for _, made in map(_codes, MODULES))) == set(catalogue())


def _codes(path: Path) -> tuple[set[str], set[str]]:
    """Return the codes in a module's docstring, and those in its code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
        if isinstance(node.body[0], ast.Expr)
    }
    texts = (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    )
    return set(CODE.findall(ast.get_docstring(tree) or "")), {
        code for text in texts for code in CODE.findall(text)
    }
