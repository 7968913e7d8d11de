"""The exit code is 1 when something waits for a person or was refused, and the run always says why."""

import os
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import book, put
from tests.batch.replies.mails import mail
from underlag.cli.main import cli

pytestmark = pytest.mark.usefixtures("one_process")

FAULTY = (("SE162321000156-4HVV |", "SE162321000165-4HVV |"),)
GOTLAND = {"a.xlsx": book(("GEM",), region="Gotland")}
DALARNA = {"b.xlsx": book(("GEM",), region="Dalarna")}


def run(inbox: Path, out: Path, *options: str):
    asked = ["kundservice", str(inbox), "--ut", str(out), "--tidpunkt", "2027-02-01T09:00", *options]
    return CliRunner().invoke(cli, asked)


@pytest.mark.parametrize(
    ("files", "code", "why"),
    [
        (GOTLAND, 0, ""),
        ({**GOTLAND, "igen.xlsx": GOTLAND["a.xlsx"]}, 0, ""),
        ({"m.eml": mail({**GOTLAND, "logga.png": b"\x89PNG"}), "~$a.xlsx": b"anna"}, 0, ""),
        ({}, 0, "0 arbetsböcker"),
        ({**GOTLAND, **DALARNA}, 1, "1 adressat väntar på beslut"),
        ({"f.xlsx": book(("A", "4HVV", "C"), change=FAULTY)}, 1, "1 arbetsbok har fel"),
        ({"m.eml": mail({}, text="https://we.tl/t-abc123")}, 1, "1 fil avvisades"),
        ({"z.zip": b"PK\x03\x04 trasig"}, 1, "1 fil avvisades"),
    ],
)
def test_exit_code_says_whether_somebody_must_act(tmp_path, files, code, why):
    result = run(put(tmp_path / "in", files), tmp_path / "ut")

    assert result.exit_code == code
    assert why in result.output.replace("\xa0", " ")
    assert ("Något väntar på dig" in result.output) is (code == 1)


def test_conflict_of_an_earlier_day_still_waits_and_a_decision_ends_it(tmp_path):
    out = tmp_path / "ut"
    run(put(tmp_path / "1", {**GOTLAND, **DALARNA}), out)

    assert run(put(tmp_path / "2", {}), out).exit_code == 1
    assert run(tmp_path / "2", out, "--valj", "1").exit_code == 0
    assert run(tmp_path / "1", out).exit_code == 0


def test_lost_folder_of_a_load_is_reported_until_somebody_says_what_became_of_it(tmp_path):
    out = tmp_path / "ut"
    run(put(tmp_path / "1", GOTLAND), out)
    load = out / "inlasningar/0001-PROD"
    kept = load.rename(tmp_path / "undan")

    result = run(put(tmp_path / "2", {}), out)

    assert result.exit_code == 1
    assert "1 inläsning saknar sin mapp" in result.output.replace("\xa0", " ")
    assert "0001-PROD" in orjson.loads((out / "sammanstallning.json").read_bytes())["att_veta"][0]
    kept.rename(load)
    assert run(tmp_path / "2", out).exit_code == 0
    load.rename(kept)
    taken = CliRunner().invoke(cli, ["register", "angra", str(out), "0001"])
    assert (taken.exit_code, "noterad som återtagen" in taken.output) == (0, True), taken.output
    assert run(tmp_path / "2", out).exit_code == 0
    again = {"c.xlsx": book(("GEM", "G2"), region="Gotland")}
    assert "0002-PROD (" in run(put(tmp_path / "3", again), out).output


def test_lost_folder_of_a_load_that_was_loaded_has_no_undo(tmp_path):
    out = tmp_path / "ut"
    run(put(tmp_path / "1", GOTLAND), out)
    CliRunner().invoke(cli, ["register", "inlast", str(out), "0001"])
    (out / "inlasningar/0001-PROD").rename(tmp_path / "undan")

    taken = CliRunner().invoke(cli, ["register", "angra", str(out), "0001"])

    assert taken.exit_code == 1
    assert "Lägg tillbaka mappen från en säkerhetskopia" in " ".join(taken.output.split())
    assert run(put(tmp_path / "2", {}), out).exit_code == 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("place", [".", "svar", "inlasningar"])
def test_folder_that_cannot_be_written_is_reported(tmp_path, place):
    out = tmp_path / "ut"
    (out / place).mkdir(parents=True, exist_ok=True)
    (out / place).chmod(0o555)
    result = run(put(tmp_path / "in", GOTLAND), out)
    (out / place).chmod(0o755)

    assert result.exit_code == 1
    assert "gick inte att" in result.output


def test_region_by_two_names_is_one_case_and_the_same_bytes_are_loaded_once(tmp_path):
    content = book(("AAA1",), region="")
    name = "Underlag för TAKning Intygstjänster NTjP PROD-{}.xlsx"
    out = tmp_path / "ut"
    same = {name.format("LiV"): content, name.format("Region Värmland (slutlig)"): content}

    assert run(put(tmp_path / "1", same), out).exit_code == 0
    again = {name.format("KOMPLETTERING 2 Värmlands v3_signed"): content}
    assert run(put(tmp_path / "2", again), out).exit_code == 0
    assert [path.name for path in sorted((out / "inlasningar").iterdir())] == ["0001-PROD"]


def test_units_of_another_known_region_are_reported(tmp_path):
    result = run(put(tmp_path / "in", GOTLAND), tmp_path / "ut")

    assert "anger regionen Region Gotland" in result.output
    assert "232100-0156, som är Region Värmland. Kontrollera vem som har beställt." in result.output


def test_a_place_within_a_region_joins_its_case_and_is_reported(tmp_path):
    name = "Underlag för TAKning Intygstjänster NTjP PROD-{}.xlsx"
    out = tmp_path / "ut"
    run(put(tmp_path / "1", {name.format("Gotland"): book(("AAA1",), region="")}), out)
    result = run(put(tmp_path / "2", {name.format("Gotland Visby"): book(("AAA2",), region="")}), out)

    summary = orjson.loads((out / "sammanstallning.json").read_bytes())
    assert [(one["region"], len(one["arbetsbocker"])) for one in summary["arenden"]] == [
        ("Region Gotland", 2)
    ]
    assert "”Gotland Visby” räknas till Region Gotland och ligger i regionens ärende." in result.output


def test_an_unknown_name_that_begins_as_a_region_is_reported_and_an_own_name_joins_them(tmp_path):
    name = "Underlag för TAKning Intygstjänster NTjP PROD-{}.xlsx"
    out = tmp_path / "ut"
    own = tmp_path / "egna.toml"
    own.write_text('[[region]]\nname = "Region Gotland"\naliases = ["Gotland Fårö"]\n', encoding="utf-8")
    run(put(tmp_path / "1", {name.format("Gotland"): book(("AAA1",), region="")}), out)
    inbox = put(tmp_path / "2", {name.format("Gotland Fårö"): book(("AAA2",), region="")})
    result = run(inbox, out)

    assert "”Gotland Fårö” är ingen känd region och får ett eget ärende. Hör den till Region" in result.output

    inbox = put(tmp_path / "3", {name.format("Gotland Fårö"): book(("AAA3",), region="")})
    assert "”Gotland Fårö”" not in run(inbox, out, "--regioner", str(own)).output
    summary = orjson.loads((out / "sammanstallning.json").read_bytes())
    assert [(one["region"], len(one["arbetsbocker"])) for one in summary["arenden"]] == [
        ("Region Gotland", 2),
        ("Gotland Fårö", 1),
    ]
