"""The command line: exit codes, standard output, and results equal to the library's."""

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

import underlag
from tests.support.tables import STANDARD, workbook
from underlag.cli.main import SUMMARIES, cli
from underlag.documents.report.json_document import validation_json
from underlag.options import STOCKHOLM

ROOT = Path(__file__).resolve().parents[2]
NAME = "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx"
NOW = "2027-02-01T09:00"
#: English words from click, or from a slip of ours, in text for Swedish readers.
ENGLISH = re.compile(
    r"\b(usage|options?|commands?|error|invalid|missing|show|this|message|and exit|file|does not|exist|required|"
    r"default|directory|try|such|value)\b",
    re.IGNORECASE,
)


def run(*arguments: object, cwd: Path | None = None):
    if cwd:
        os.chdir(cwd)
    return CliRunner().invoke(cli, [str(a) for a in arguments])


@pytest.fixture
def right(tmp_path) -> Path:
    path = tmp_path / NAME
    path.write_bytes(workbook(STANDARD))
    return path


@pytest.fixture
def faulty(tmp_path) -> Path:
    path = tmp_path / f"fel {NAME}"
    assert "SE162321000156-B3K" in STANDARD
    path.write_bytes(workbook(STANDARD.replace("SE162321000156-B3K", "SE162321000165-B3K")))
    return path


@pytest.mark.parametrize("name", ["", *SUMMARIES])
def test_help_is_swedish_and_ends_with_success(name):
    result = run(*([name] if name else []), "--help")

    assert result.exit_code == 0
    texts = re.sub(r"--[a-z-]+|[\w./-]+\.(?:json|toml|xlsx)|\[.*?\]", " ", result.output)
    assert ENGLISH.findall(texts) == []
    assert result.output.startswith("Användning: underlag")


@pytest.mark.parametrize("name", SUMMARIES)
def test_short_help_is_the_same_as_the_long(name):
    assert run(name, "-h").output == run(name, "--help").output


@pytest.mark.parametrize(
    "arguments",
    [
        ["finns-inte"],
        ["validera"],
        ["validera", "finns-inte.xlsx"],
        ["validera", "{right}", "--format", "pdf"],
        ["validera", "{right}", "--finns-inte"],
        ["validera", "{right}", "--miljo", "DEV"],
        ["validera", "{right}", "--profil", "nej"],
        ["validera", "{right}", "--tidpunkt", "igår"],
        ["validera", "{right}", "{right}", "--format", "html"],
        ["validera", "{right}", "--tak", "finns-inte.json"],
        ["validera", "{right}", "--tak-api-anvandare", "jag"],
        ["bestall", "{right}"],
        ["bestall", "{right}", "{right}", "--ut", "{folder}/ut"],
        ["bestall", "{right}", "--ut", "{folder}"],
        ["bestall", "{right}", "--ut", "{folder}/ut", "--bara-nytt"],
        ["bestall", "{right}", "--ut"],
        ["jamfor", "{right}"],
        ["felkoder", "XYZ999"],
        ["profiler", "nej"],
    ],
)
def test_wrong_usage_gives_a_swedish_sentence_and_2(right, arguments):
    filled = [a.format(right=right, folder=right.parent) for a in arguments]

    result = run(*filled)

    assert result.exit_code == 2
    assert "Fel:" in result.output
    said = re.sub(r"'[^']*'|--[a-z-]+|/\S+", " ", result.output)
    assert ENGLISH.findall(said) == []
    assert not (right.parent / "ut").exists()


def test_right_workbook_gives_0_and_says_so(right):
    result = run("validera", right, "--tidpunkt", NOW)

    assert result.exit_code == 0
    assert "Kan beställas" in result.output


def test_faulty_workbook_gives_1_and_names_code_and_cell(faulty):
    result = run("validera", faulty, "--tidpunkt", NOW)

    assert result.exit_code == 1
    assert "HSA003" in result.output


def test_json_is_one_object_and_what_the_library_says(faulty):
    now = datetime.fromisoformat(NOW).replace(tzinfo=STOCKHOLM)
    options = underlag.Options(now=now)
    expected = validation_json([underlag.check(underlag.read(faulty, options), options)])

    result = run("validera", faulty, "--format", "json", "--tidpunkt", NOW)

    assert orjson.loads(result.stdout_bytes) == orjson.loads(expected)
    told = json.loads(result.stdout)
    assert list(told) == ["version", "fil", "sha256", "profil", "miljo", "region", "godkand", "antal", "fynd"]
    assert told["version"] == 1
    assert told["godkand"] is False
    assert told["antal"]["fel"] == sum(f["allvar"] == "fel" for f in told["fynd"]) > 0
    assert list(told["fynd"][0]) == ["kod", "allvar", "flik", "cell", "varde", "meddelande", "forslag"]


def test_json_of_several_files_is_a_list_in_their_order(right, faulty):
    result = run("validera", faulty, right, "--format", "json")

    assert [r["fil"] for r in json.loads(result.stdout)] == [faulty.name, right.name]
    assert result.exit_code == 1


def test_text_of_several_files_is_apart_and_ends_with_how_many_can_be_ordered(right, faulty, tmp_path):
    result = run("validera", faulty, right, "--tidpunkt", NOW)
    run("validera", faulty, right, "--tidpunkt", NOW, "--ut", tmp_path / "resultat.txt")

    for text in (result.stdout, (tmp_path / "resultat.txt").read_text(encoding="utf-8")):
        assert f"\n\n{right.name}\n" in text
        assert text.rstrip().endswith("\n\n2\N{NO-BREAK SPACE}arbetsböcker: 1 kan beställas, 1 har fel.")
    assert "arbetsböcker:" not in run("validera", right).stdout


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_ut_writes_to_a_file_and_leaves_standard_output_empty(right, form, tmp_path):
    result = run("validera", right, "--format", form, "--ut", tmp_path / "resultat")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert (tmp_path / "resultat").stat().st_size > 100


def test_html_is_a_page(right):
    assert run("validera", right, "--format", "html").stdout.lower().startswith("<!doctype html>")


@pytest.mark.parametrize(
    "content", [b"", b"inte en arbetsbok", b"PK\x03\x04trasig", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99]
)
def test_unreadable_file_is_a_finding_and_1(tmp_path, content):
    path = tmp_path / NAME
    path.write_bytes(content)

    result = run("validera", path, "--format", "json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["fynd"][0]["kod"].startswith("FIL")


def test_bestall_writes_orders_and_says_where(right, tmp_path):
    result = run("bestall", right, "--ut", tmp_path / "ut", "--tidpunkt", NOW)

    assert result.exit_code == 0, result.output
    assert (tmp_path / "ut" / "tak" / "bestallning-3.json").exists()
    assert "Beställning 1 av 3" in result.output
    assert "rapport.html" in result.output


def test_bestall_with_errors_writes_report_and_marked_workbook_only(faulty, tmp_path):
    result = run("bestall", faulty, "--ut", tmp_path / "ut", "--tidpunkt", NOW)

    assert result.exit_code == 1
    names = sorted(
        p.relative_to(tmp_path / "ut").as_posix() for p in (tmp_path / "ut").rglob("*") if p.is_file()
    )
    assert names[1:] == ["rapport.html", "rapport.json"]
    assert names[0].startswith("granskad-")
    assert names[0].endswith(".xlsx")


def test_existing_folder_is_left_unchanged_without_skriv_over(right, tmp_path):
    out = tmp_path / "ut"
    assert run("bestall", right, "--ut", out, "--tidpunkt", NOW).exit_code == 0
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}

    refused = run("bestall", right, "--ut", out, "--tidpunkt", NOW)
    replaced = run("bestall", right, "--ut", out, "--tidpunkt", NOW, "--skriv-over")

    assert refused.exit_code == 2
    assert replaced.exit_code == 0
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before


def test_options_override_what_files_say(right, tmp_path):
    (tmp_path / "bestallning.toml").write_text('arende = "TSK-1"\nregion = "Toml"\n', encoding="utf-8")

    run(
        "bestall",
        right,
        "--ut",
        tmp_path / "ut",
        "--arende",
        "TSK-22222",
        "--datum",
        "2027-03-01",
        "--tidpunkt",
        NOW,
    )

    order = json.loads((tmp_path / "ut" / "tak" / "bestallning-1.json").read_text(encoding="utf-8"))
    assert order["genomforandeTidpunkt"] == "2027-03-01T12:00:00+0100"
    assert "TSK-22222" in order["kommentar"]


def test_unwritable_output_is_reported_without_traceback(right, tmp_path):
    (tmp_path / "fil").write_text("upptagen")

    result = subprocess.run(
        [sys.executable, "-m", "underlag", "bestall", str(right), "--ut", str(tmp_path / "fil" / "ut")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert result.returncode in {1, 2}
    assert "Fel:" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("encoding", ["cp850", "cp1252", "ascii"])
def test_a_console_that_is_not_utf8_gets_readable_text(faulty, encoding):
    result = subprocess.run(
        [sys.executable, "-m", "underlag", "validera", str(faulty)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )

    assert result.returncode == 1
    assert "HSA003" in result.stdout.decode(encoding)
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("encoding", ["cp850", "cp1252"])
def test_what_a_console_cannot_show_has_something_like_it(encoding):
    result = subprocess.run(
        [sys.executable, "-m", "underlag", "felkoder", "FLI001"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )

    said = " ".join(result.stdout.decode(encoding).split())
    quoted, dash = ('"underlag mall"', "-") if encoding == "cp850" else ("”underlag mall”", "–")
    assert quoted in said
    assert f"fel {dash} gäller" in said


def test_json_is_utf8_whatever_the_console_takes(faulty):
    result = subprocess.run(
        [sys.executable, "-m", "underlag", "validera", str(faulty), "--format", "json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "cp850"},
        capture_output=True,
        check=False,
    )

    assert json.loads(result.stdout.decode("utf-8"))["fil"] == faulty.name


def test_a_command_speaks_swedish_also_when_it_is_imported_first(right):
    code = "import sys; from underlag.cli.commands.jamfor import command; command(sys.argv[1:])"
    result = subprocess.run(
        [sys.executable, "-c", code, str(right), "--tak", "finns-inte.json"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert "'finns-inte.json' finns inte." in result.stderr


@pytest.mark.parametrize(("code", "meant"), [("hsa3", "HSA003"), ("hsa-003", "HSA003"), ("HAS003", "HSA003")])
def test_a_code_that_is_written_otherwise_is_suggested(code, meant):
    result = run("felkoder", code)

    assert result.exit_code == 2
    assert f"Menas {meant}?" in result.output


def test_felkoder_lists_all_and_explains_one():
    listed = run("felkoder").output
    category = run("felkoder", "hsa").output
    one = run("felkoder", "hsa003").output

    assert {line[:3] for line in listed.splitlines()} == {
        "FIL", "FLI", "CEL", "HSA", "URL", "KTR", "ADR", "KOM", "BST", "TAK",
    }  # fmt: skip
    assert {line[:3] for line in category.splitlines()} == {"HSA"}
    assert "kontrollsiffra" in one
    assert "{" not in run("felkoder", "CEL001").output


def test_profiler_shows_what_a_profile_holds():
    assert "intygstjanster" in run("profiler").output
    shown = run("profiler", "intygstjanster").output
    assert "CreateDraftCertificate v3 (krävs)" in shown
    assert "SE5565594230-B8N" in shown


def test_start_does_not_import_what_help_does_not_need():
    heavy = [
        "pandas",
        "pydantic",
        "jinja2",
        "lxml",
        "openpyxl",
        "xlsxwriter",
        "holidays",
        "python_calamine",
        "flask",
    ]
    code = f"import sys, underlag.cli.main; print([m for m in {heavy!r} if m in sys.modules])"

    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("over", [[], ["--skriv-over"]])
def test_result_never_replaces_the_workbook_that_it_is_made_from(right, over):
    before = right.read_bytes()

    result = run("validera", right, "--ut", right, *over)

    assert result.exit_code == 2
    assert right.read_bytes() == before


def test_result_replaces_a_file_only_when_asked(right, tmp_path):
    (tmp_path / "viktigt").write_text("kvar")

    refused = run("validera", right, "--ut", tmp_path / "viktigt")
    kept = (tmp_path / "viktigt").read_text()
    allowed = run("validera", right, "--ut", tmp_path / "viktigt", "--skriv-over")

    assert (refused.exit_code, kept) == (2, "kvar")
    assert allowed.exit_code == 0
    assert "Kan beställas" in (tmp_path / "viktigt").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["validera", "bestall", "jamfor"])
def test_an_empty_output_name_is_wrong_usage(right, command):
    assert run(command, right, "--ut", "").exit_code == 2


def test_the_version_is_shown_even_without_installation():
    result = run("--version")

    assert result.exit_code == 0
    assert result.output.startswith("underlag, version ")
