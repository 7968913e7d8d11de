"""What must hold for the project as a whole, read from its own files."""

import ast
import gettext
import re
import tomllib
from pathlib import Path

from babel.messages import pofile

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted((ROOT / "underlag").rglob("*.py"))


def test_no_code_knows_a_service_by_name():
    keys = {
        tomllib.loads(p.read_text(encoding="utf-8"))["key"]
        for p in (ROOT / "underlag/profiles").glob("*.toml")
    }
    words = re.compile("|".join([*keys, "Webcert", "CreateDraft", "5565594230"]), re.IGNORECASE)

    found = []
    for path in CODE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body
            if isinstance(node.body[0], ast.Expr)
        }
        # A command's docstring is its help text, with examples of file names.
        found += [
            f"{path.name}:{node.lineno} {node.value!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
            if words.search(node.value)
        ]

    assert found == []


def test_layers_import_only_what_lies_before_them():
    order = ["values", "profiles", "findings", "reading", "checks", "tak", "orders", "documents", "cli"]
    forbidden = {layer: set(order[order.index(layer) + 1 :]) for layer in ("values", "findings", "reading")}
    forbidden["checks"] = {"orders", "documents", "cli"}
    forbidden["orders"] = {"documents", "cli"}
    forbidden["tak"] = {"documents", "cli"}
    forbidden["documents"] = {"cli"}

    crossed = []
    for path in CODE:
        layer = path.relative_to(ROOT / "underlag").parts[0]
        text = path.read_text(encoding="utf-8")
        names = re.findall(r"^(?:from|import) underlag\.(\w+)", text, re.MULTILINE)
        crossed += [f"{path.relative_to(ROOT)}: {n}" for n in names if n in forbidden.get(layer, set())]

    assert crossed == []


def test_modules_stay_small():
    long = [f"{p.name}: {n}" for p in CODE if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400]

    assert long == []


def test_compiled_swedish_is_in_step_with_its_source():
    folder = ROOT / "underlag/cli/texts/sv/LC_MESSAGES"
    with (folder / "messages.po").open("rb") as source, (folder / "messages.mo").open("rb") as compiled:
        expected = sorted((str(m.id), str(m.string)) for m in pofile.read_po(source) if m.id)
        compiled_text = gettext.GNUTranslations(compiled)
        actual = sorted((str(m.id), str(m.string)) for m in _translated(source.name, compiled_text))

    assert len(expected) > 20
    assert actual == expected


def _translated(source: str, texts: gettext.GNUTranslations):
    with Path(source).open("rb") as file:
        for message in pofile.read_po(file):
            if not message.id:
                continue
            if isinstance(message.id, tuple):
                message.string = tuple(texts.ngettext(*message.id, n) for n in (1, 2))
            else:
                message.string = texts.gettext(message.id)
            yield message
