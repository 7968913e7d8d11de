"""What must hold for the project as a whole, read from its own files."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

from underlag.cli.main import SUMMARIES

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


#: The folders of `underlag`, and the modules directly in it, from the lowest to the highest. Each imports only
#: layers listed before it; a new one is added here.
LAYERS = (
    "checksum",
    "column_letters",
    "parent_process",
    "gc_pause",
    "lazy_pattern",
    "json_text",
    "published_schema",
    "xml_tree",
    "files",
    "characters",
    "values",
    "profiles/words",
    "regions",
    "profiles",
    "options",
    "columns",
    "entries",
    "workbook",
    "requests",
    "findings",
    "text",
    "privacy",
    "account",
    "reading/formats",
    "reading/formats/conditional",
    "reading/formats/biff",
    "reading/formats/xlsx",
    "reading/cells",
    "reading/remarks",
    "reading/tables",
    "reading/order_details",
    "reading/decisions",
    "reading/account",
    "reading",
    "reference",
    "checked",
    "checks/rules",
    "checks/unlikely",
    "checks",
    "orders",
    "tak/holdings",
    "tak/holdings/export",
    "tak/orders",
    "tak/compare",
    "tak/follow_up",
    "tak/judge",
    "tak",
    "documents",
    "documents/guide",
    "documents/lists",
    "documents/report",
    "documents/comparison",
    "documents/follow_up",
    "documents/annotated_workbook",
    "documents/corrected_workbook",
    "documents/mails",
    "package",
    "form_workbook",
    "__init__",
    "batch/inbox",
    "batch/records",
    "batch/processes",
    "batch/register",
    "batch/ledger",
    "batch/ledger/notes",
    "batch/loads",
    "batch/replies",
    "batch/summary",
    "batch",
    "web/examination",
    "web",
    "web_file",
    "cli/shared",
    "cli/batch",
    "cli/register",
    "cli/commands",
    "cli",
    "renew",
    "__main__",
)
MOST_MODULES = 16
MOST_LINES_OF_FUNCTION = 50


def test_every_folder_has_its_layer():
    assert sorted({_layer(path) for path in CODE}) == sorted(LAYERS)


def test_layers_import_only_lower_ones():
    rank = {layer: number for number, layer in enumerate(LAYERS)}
    crossed = [
        f"{path.relative_to(ROOT)}:{line} imports {_layer(target)}"
        for path in CODE
        for line, target in _imports(path)
        if rank[_layer(target)] > rank[_layer(path)]
    ]

    assert crossed == []


def test_imports_are_found_at_every_level(tmp_path):
    path = tmp_path / "module.py"
    path.write_text(
        "import underlag.web.app\n"
        "from underlag import options\n"
        "if TYPE_CHECKING:\n    from underlag.checks import check\n"
        "def late(name):\n"
        "    from underlag.cli.main import cli as program\n"
        "    import_module('underlag.package.write')\n"
        "    import_module(f'underlag.cli.commands.{name}')\n",
        encoding="utf-8",
    )

    assert [(line, _layer(target)) for line, target in _imports(path)] == [
        (1, "web"),
        (2, "options"),
        (4, "checks"),
        (6, "cli"),
        (7, "package"),
        (8, "cli/commands"),
    ]


def test_folders_stay_small():
    counts = Counter(path.parent for path in CODE if path.name != "__init__.py")

    assert {folder.name: count for folder, count in counts.items() if count > MOST_MODULES} == {}


def test_functions_stay_small():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if _lines_of_code(node) > MOST_LINES_OF_FUNCTION
    ]

    assert long == []


def _lines_of_code(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has without its docstring."""
    first = node.body[0]
    docstring = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) else 0
    return node.end_lineno - node.lineno + 1 - docstring


def _layer(path: Path) -> str:
    """Return the layer of a module: its folder; directly in `underlag`, the module itself."""
    inside = path.relative_to(ROOT / "underlag")
    return inside.parent.as_posix() if len(inside.parts) > 1 else inside.stem


def _imports(path: Path) -> list[tuple[int, Path]]:
    """Return line and file of each module of `underlag` that a module imports, also late or for types only."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports name the whole path"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and "import_module" in {
            getattr(node.func, "id", ""),
            getattr(node.func, "attr", ""),
        }:
            names = [str(part.value) for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)][:1]
        found += [(node.lineno, _file(name)) for name in names if name.split(".")[0] == "underlag"]
    return sorted(found)


def _file(name: str) -> Path:
    """Return the file of a module, of a name in it, or of the folder that a dynamic import names."""
    path = ROOT.joinpath(*name.rstrip(".").split("."))
    for candidate in (path, path.parent):
        if candidate.with_suffix(".py").is_file():
            return candidate.with_suffix(".py")
        if candidate.is_dir():
            return candidate / "__init__.py"
    raise AssertionError(f"{name} is no module of underlag")


def test_modules_stay_small():
    long = [f"{p.name}: {n}" for p in CODE if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400]

    assert long == []


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
