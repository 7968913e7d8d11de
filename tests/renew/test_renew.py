"""Generated files are up to date with their sources, and one command renews them."""

import gettext
import json
import shutil
import subprocess
import sys
import tomllib
from io import BytesIO
from pathlib import Path

import pytest

from underlag.profiles import recognised_profiles
from underlag.renew import generated
from underlag.renew.__main__ import main
from underlag.renew.message_catalogue import compiled

ROOT = Path(__file__).resolve().parents[2]
CLICK = ROOT / "underlag/cli/texts/click.toml"


@pytest.fixture
def clone(tmp_path):
    """A copy of the generated files and of what they are made from outside the running package."""
    tables = [path.relative_to(ROOT).as_posix() for path in (ROOT / "underlag").rglob("*.toml")]
    for name in [*generated(ROOT), *tables]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_nothing_generated_is_stale(capsys):
    assert main(["--check"], ROOT) == 0, capsys.readouterr().out


def test_every_published_schema_is_generated():
    published = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/schema").iterdir()}

    assert published == {name for name in generated(ROOT) if name.startswith("docs/schema/")}


def test_check_names_what_is_stale_and_changes_nothing(clone, capsys):
    page, schema = clone / "docs/felkoder.md", clone / "docs/schema/rapport.schema.json"
    page.write_text("# Gammal\n", encoding="utf-8")
    schema.unlink()
    (clone / "docs/schema/borttagen.schema.json").write_text("{}\n", encoding="utf-8")

    assert main(["--check"], clone) == 1

    assert capsys.readouterr().out.splitlines() == [
        "stale: docs/felkoder.md",
        "stale: docs/schema/borttagen.schema.json",
        "stale: docs/schema/rapport.schema.json",
    ]
    assert page.read_text(encoding="utf-8") == "# Gammal\n"


def test_renewing_leaves_nothing_stale(clone):
    (clone / "docs/felkoder.md").unlink()
    (clone / "docs/schema/borttagen.schema.json").write_text("{}\n", encoding="utf-8")
    texts = clone / CLICK.relative_to(ROOT)
    texts.write_text(texts.read_text(encoding="utf-8").replace("Avbrutet.", "Stoppat."), encoding="utf-8")

    assert main([], clone) == 0

    assert main(["--check"], clone) == 0
    assert b"Stoppat." in (clone / "underlag/cli/texts/sv/LC_MESSAGES/messages.mo").read_bytes()
    assert (clone / "docs/felkoder.md").read_bytes() == (ROOT / "docs/felkoder.md").read_bytes()


def test_an_edited_table_is_copied(clone):
    texts = clone / "underlag/findings/texts/hsa.toml"
    texts.write_text(
        texts.read_text(encoding="utf-8").replace("kontrollsiffra", "slutsiffra"), encoding="utf-8"
    )

    assert main(["--check"], clone) == 1
    assert main([], clone) == 0

    copy = texts.with_suffix(".json").read_text(encoding="utf-8")
    assert json.loads(copy) == tomllib.loads(texts.read_text(encoding="utf-8"))
    assert "slutsiffra" in copy


def test_every_table_that_a_run_reads_has_a_copy(clone):
    copied = {path.with_suffix(".toml") for path in (clone / "underlag").rglob("*.json")}
    alone = {path.name for path in (clone / "underlag").rglob("*.toml") if path not in copied}

    assert alone == {"click.toml", "parts.toml", *(f"{key}.toml" for key in recognised_profiles())}


@pytest.mark.parametrize("arguments", [["--chek"], ["--check", "x"]])
def test_other_arguments_are_wrong_usage(arguments, capsys):
    assert main(arguments, ROOT) == 2
    assert "usage" in capsys.readouterr().err


def test_outside_a_clone_there_is_nothing_to_renew(tmp_path, capsys):
    assert main(["--check"], tmp_path) == 2
    assert "no clone" in capsys.readouterr().err


def test_the_module_runs():
    process = subprocess.run([sys.executable, "-m", "underlag.renew", "--check"], check=False, cwd=ROOT)

    assert process.returncode == 0


def test_gettext_reads_every_message_of_the_catalogue():
    source = tomllib.loads(CLICK.read_text(encoding="utf-8"))
    texts = gettext.GNUTranslations(BytesIO(compiled(CLICK.read_text(encoding="utf-8"))))

    assert len(source["texts"]) > 20
    assert {english: texts.gettext(english) for english in source["texts"]} == source["texts"]
    for plural in source["plurals"]:
        forms = [texts.ngettext(plural["one"], plural["many"], n) for n in (1, 2)]
        assert forms == [plural["swedish_one"], plural["swedish_many"]]
