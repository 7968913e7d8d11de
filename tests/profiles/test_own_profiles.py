"""The user's own profiles: a file named by --profil, and the folder that UNDERLAG_PROFILER names."""

import json
import re
from importlib import resources

import pytest
from click.testing import CliRunner

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.checks import check
from underlag.cli.main import cli
from underlag.options import Options
from underlag.profiles import (
    FOLDER_VARIABLE,
    ProfileError,
    _Loaded,
    _shipped,
    damaged_profiles,
    find_profile,
    profiles,
    recognised_profiles,
)
from underlag.profiles.loading import parse_profile
from underlag.reading import read

SHIPPED = (resources.files("underlag.profiles") / "intygstjanster.toml").read_text(encoding="utf-8")
OWN = SHIPPED.replace('key = "intygstjanster"', 'key = "egen"').replace("standard = true", "")


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def validera(*arguments, **environment):
    return CliRunner().invoke(cli, ["validera", *map(str, arguments)], env=environment)


@pytest.mark.parametrize("key", profiles())
def test_a_shipped_profile_is_right_and_the_same_as_when_it_comes_from_outside(key, tmp_path):
    text = (resources.files("underlag.profiles") / f"{key}.toml").read_text(encoding="utf-8")

    assert parse_profile(written(tmp_path / "egen.toml", text)) == profiles()[key]


@pytest.mark.parametrize("copy", [None, "", "[", "[1]", '[{"key": "egen"}]', '[{"sheets": 1}]'])
def test_shipped_profiles_are_read_from_their_own_files_where_the_copy_is_damaged(
    tmp_path, monkeypatch, copy
):
    shipped = recognised_profiles()
    path = tmp_path / "prepared.json"
    if copy is not None:
        written(path, copy)
    monkeypatch.setattr("underlag.profiles.prepared.FILE", str(path))
    _shipped.cache_clear()

    again = recognised_profiles()

    _shipped.cache_clear()
    assert again == shipped
    assert list(again) == list(shipped)


@pytest.mark.parametrize("text", ["key = ", 'key = "egen"', "sheets = 1", OWN + "\nny = 1"])
def test_a_damaged_file_is_named(tmp_path, text):
    with pytest.raises(ProfileError, match=r"egen\.toml"):
        parse_profile(written(tmp_path / "egen.toml", text))


def test_a_workbook_is_read_by_a_profile_of_a_file(tmp_path):
    own = written(tmp_path / "egen.toml", OWN.replace('"Webcert till Vårdsystem"', '"Blad 2"'))
    content = workbook(STANDARD.replace("## Webcert -> Vårdsystem", "## Blad 2"))

    reading = read(content, Options(profile=str(own)), name=NAME)

    assert reading.underlag.profile.key == "egen"
    assert [len(flow.entries) for flow in reading.underlag.flows] == [2, 3, 3]


def test_the_profile_of_a_file_is_used_only_where_the_file_is_named(tmp_path):
    own = written(tmp_path / "egen.toml", OWN.replace("Underlag för TAKning Intygstjänster", "Vår tjänst"))
    name = NAME.replace("Underlag för TAKning Intygstjänster", "Vår tjänst")
    content = workbook(STANDARD)

    assert read(content, Options(profile=str(own)), name=name).underlag.profile.key == "egen"
    assert read(content, name=name).underlag.profile.key == "intygstjanster"


def test_units_need_names_though_the_profile_does_not_require_the_column(tmp_path):
    own = written(
        tmp_path / "egen.toml",
        OWN.replace('{ use = "unit_name", required = true }', '{ use = "unit_name" }'),
    )
    asked = Options(profile=str(own))

    def codes(text):
        return [found.code for found in check(read(workbook(text), asked, name=NAME), asked).findings]

    nameless = re.sub(r"(SE162321000156-4HV[TVX]) \|[^|]*\|", r"\1 |", STANDARD)
    assert (
        codes(nameless.replace("Logisk adressat (HSAID) | Namn |", "Logisk adressat (HSAID) |")).count(
            "ADR038"
        )
        == 2
    )
    first, second, third = STANDARD.partition("## Intygstjänsten -> Webcert")
    assert "ADR038" not in codes(
        first
        + second
        + re.sub(r"(4HV[TVX]) \|[^|]*\|", r"\1 |", third).replace("(HSAID) | Namn |", "(HSAID) |")
    )


def test_the_command_takes_a_file_as_profile(tmp_path):
    own = written(tmp_path / "egen.toml", OWN)
    book = tmp_path / NAME
    book.write_bytes(workbook(STANDARD))

    result = validera(book, "--profil", own, "--format", "json", "--tidpunkt", "2027-01-15")

    assert '"profil": "egen"' in result.output


def test_the_folder_adds_to_the_shipped_profiles_and_precedes_them(tmp_path, monkeypatch):
    written(tmp_path / "egen.toml", OWN)
    written(
        tmp_path / "intyg.toml", SHIPPED.replace('title = "Intygstjänster"', 'title = "Vår intygstjänst"')
    )
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))

    assert {"egen", "bulktakning"} <= profiles().keys()
    assert profiles()["intygstjanster"].title == "Vår intygstjänst"
    assert find_profile("egen").title == "Intygstjänster"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("key = ", "följer inte formatet TOML"),
        ('key = "egen"', "saknas"),
        (OWN.replace("bulk_from = 20", "bulk_from = 20\nny = 1"), "ny är okänd"),
        (OWN.replace('sheets = ["webcert-vardsystem"]', 'sheets = ["finns-inte"]'), "finns-inte"),
        (OWN.replace('environment = "PROD"', 'environment = "PRDO"'), "PRDO"),
        (OWN.replace("Responder:3", "Responder:4", 1), "contracts.0 namnrymden .* slutar inte på"),
        (OWN.replace("{region}", "{lt}"), "{lt}"),
        (OWN.replace("{region}", "{region"), "klammer"),
        (OWN.replace('key = "intygstjansten-webcert"', 'key = "webcert-vardsystem"'), "två gånger"),
        (
            OWN.replace('{ use = "producer_name" }', '{ use = "producer" }'),
            "två kolumner med rollen producer",
        ),
        (OWN.replace('{ use = "rivta_profile" }', '{ role = "action", title = "Namn" }'), "två kolumner"),
        (OWN.replace('{ use = "url", required = true },', ""), "anropsadressen"),
        (OWN.replace('addressees_from = "webcert-vardsystem"', 'addressees_from = "x"'), "x"),
    ],
)
def test_a_file_that_is_no_profile_is_refused_with_what_is_wrong(tmp_path, text, said):
    own = written(tmp_path / "egen.toml", text)

    with pytest.raises(ProfileError, match=said):
        find_profile(str(own))

    result = validera(tmp_path / "x.xlsx", "--profil", own)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_file_that_does_not_exist_is_refused():
    with pytest.raises(ProfileError, match="finns inte"):
        find_profile("/finns/inte.toml")


def test_a_folder_that_does_not_exist_is_wrong_usage(tmp_path):
    book = tmp_path / NAME
    book.write_bytes(workbook(STANDARD))

    result = validera(book, UNDERLAG_PROFILER=str(tmp_path / "borta"))

    assert result.exit_code == 1
    assert "UNDERLAG_PROFILER" in result.output


def test_the_second_file_of_a_folder_with_one_key_is_skipped(tmp_path, monkeypatch):
    written(tmp_path / "a.toml", OWN)
    written(tmp_path / "b.toml", OWN)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))

    assert "egen" in profiles()
    assert damaged_profiles() == ("b.toml: nyckeln egen finns redan i en annan profil.",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('key = "skadad"\ntitle = \ndomain = "x"', "rad 2"),
        (OWN.replace('role = "url"', 'role = "urll"', 1), "rad {line}: "),
        (OWN.replace("bulk_from = 20", "bulk_from = 20\nny = 1"), "ny är okänd"),
        ("\xff", "UTF-8"),
        ('sheets = "x"\n[columns.a]\nrole = "url"\ntitle = "x"', "är ingen användbar profil: rad "),
        (OWN.replace("bulk_from = 20", 'headers = [["start", ["x"]]]'), "headers.0 ska vara en tabell"),
        ('sheets = ["x"]\n[columns.a]\nrole = "url"\ntitle = "x"', "är ingen användbar profil: rad "),
        ("columns = 1\nsheets = [{columns = [1]}]", "rad 1: columns"),
        (
            '[[sheets]]\ncolumns = [{use = ["a"]}]\n[columns.a]\nrole = "url"\ntitle = "x"',
            "som profilen inte har",
        ),
        (
            '[[sheets]]\ncolumns = [{use = "a", aliases = 1}]\n[columns.a]\nrole = "url"\ntitle = "x"',
            "är ingen användbar profil: rad ",
        ),
    ],
)
def test_a_damaged_file_of_the_folder_is_named_and_the_others_go_on_working(tmp_path, text, said):
    lines = text.splitlines()
    said = said.format(line=lines.index('role = "urll"') + 1 if 'role = "urll"' in lines else 0)
    folder = tmp_path / "profiler"
    folder.mkdir()
    (folder / "skadad.toml").write_bytes(text.encode("latin-1" if text == "\xff" else "utf-8"))
    written(folder / "egen.toml", OWN)
    book = tmp_path / NAME
    book.write_bytes(workbook(STANDARD))

    result = validera(book, "--format", "json", "--tidpunkt", "2027-01-15", UNDERLAG_PROFILER=str(folder))

    assert json.loads(result.stdout)["profil"] == "intygstjanster"
    assert result.stderr.startswith("Varning: skadad.toml ")
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_without_any_usable_profile_a_sentence_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr("underlag.profiles._of_files", {})
    monkeypatch.setattr("underlag.profiles._shipped", lambda: _Loaded({}, ("x.toml går inte att läsa.",)))

    with pytest.raises(ProfileError, match=r"Ingen anslutningsprofil .* x\.toml"):
        profiles()


def test_a_profile_states_headers_of_its_own(tmp_path):
    own = """
[[headers]]
role = "neutral"
names = ["Noterat"]

[[headers]]
role = "inclusion"
names = ["Spelar roll"]
"""
    path = written(tmp_path / "egen.toml", OWN + own)
    text = STANDARD.replace(
        "| Logisk adressat (HSAID) | Namn |", "| Logisk adressat (HSAID) | Namn | Noterat | Spelar roll |"
    )
    text = text.replace("4HVV | Vårdcentralen Rud |", "4HVV | Vårdcentralen Rud | blå | nej |")

    codes = {
        key: {f.code for f in read(workbook(text), Options(profile=key), name=NAME).findings}
        for key in ("intygstjanster", str(path))
    }
    assert {"FLI036", "FLI037"} <= codes["intygstjanster"]
    assert not {"FLI036", "FLI037"} & codes[str(path)]
    assert {"FLI011", "FLI042"} <= codes[str(path)]


def test_a_header_without_a_known_role_is_a_fault_of_the_profile(tmp_path):
    path = written(tmp_path / "egen.toml", OWN + '\n[[headers]]\nrole = "annat"\nnames = ["X"]\n')

    with pytest.raises(ProfileError, match="headers"):
        parse_profile(path)


def test_a_batch_of_processes_orders_by_the_profile_of_a_file(tmp_path):
    own = written(tmp_path / "egen.toml", OWN)
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / NAME).write_bytes(workbook(STANDARD + ORDER_SHEET))
    asked = [
        "--profil",
        str(own),
        "--ut",
        str(tmp_path / "ut"),
        "--processer",
        "1",
        "--tidpunkt",
        "2027-01-15",
    ]

    result = CliRunner().invoke(cli, ["kundservice", str(inbox), *asked])

    assert result.exit_code == 0, result.output
    assert (tmp_path / "ut" / "inlasningar" / "0001-PROD" / "tak" / "bestallning-1.json").is_file()
