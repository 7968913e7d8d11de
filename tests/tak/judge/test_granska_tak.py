"""`underlag granska-tak`: the verdict as text and JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.tak.orders.some_orders import OPTIONS, PROXY, STATUS, URL, producer_order, units
from underlag.cli.commands.granska_tak import command
from underlag.tak.judge import judge
from underlag.tak.orders.files import tak_files

EXPORT = Path(__file__).parents[3] / "sample_data" / "takdump_ntjp_prod.json"


@pytest.fixture
def order(tmp_path):
    path = tmp_path / "bestallning-2.json"
    path.write_bytes(tak_files(producer_order(units(5)), OPTIONS).files["bestallning-2.json"])
    return path


def run(*arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)


def test_an_order_that_loads(order):
    result = run(order, "--plattform", "NTJP-PROD")

    assert result.exit_code == 0
    assert result.output.startswith("bestallning-2.json: läses in\n  NTJP-PROD, gäller från 2027-03-01")


def test_numbers_and_odd_values_are_shown_as_in_the_file(tmp_path):
    path = tmp_path / "bestallning.json"
    contract = '{"namnrymd": "urn:x", "beskrivning": "X v3", "majorVersion": 3}'
    odd = '{"namnrymd": "urn:y", "beskrivning": {"a": [1]}, "majorVersion": true}'
    path.write_text(f'{{"plattform": [1.50], "inkludera": {{"tjanstekontrakt": [{contract}, {odd}]}}}}')

    written = run(path).output

    assert "urn:x - X v3 - 3\n" in written
    assert "urn:y - {…} - true\n" in written
    assert "plattform: […]" in written


def test_an_order_for_another_platform(order):
    result = run(order, "--plattform", "NTJP-QA")

    assert result.exit_code == 1
    assert "avvisas: Fel plattform" in result.output
    assert (
        "Beställningen avser plattform NTJP-PROD, men den här instansen av tak-web hanterar NTJP-QA."
        in result.output
    )


def test_the_order_is_laid_out(order):
    result = run(order)

    assert "genomforandeTidpunkt: 2027-03-01T12:00:00+0100" in result.output
    assert (
        f"inkludera.vagval (5 st)\n      SE162321000156-0001 - {STATUS} - {PROXY.hsa_id} - RIVTABP21 - {URL}"
        in result.output
    )
    assert "      … och 2 till" in result.output
    assert "… och" not in run(order, "--alla").output


def test_without_an_export_unknown_facts_about_closed_routes_are_reported(tmp_path):
    files = tak_files(producer_order(units(5)), OPTIONS).files
    undo = tmp_path / "aterstall-2.json"
    undo.write_bytes(files["aterstall-2.json"])
    (tmp_path / "bestallning-2.json").write_bytes(files["bestallning-2.json"])

    result = run(undo)

    assert "Beställningen avslutar 5" in result.output
    assert "Ange --tak EXPORT" in result.output
    assert "anmärkning" not in result.output
    assert "--tak EXPORT" not in run(undo, "--plattform", "NTJP-QA").output
    assert "--tak EXPORT" not in run(undo, "--tak", EXPORT).output
    assert "--tak EXPORT" not in run(tmp_path / "bestallning-2.json").output


def test_where_the_ways_differ_each_is_named(order):
    order.write_bytes(order.read_bytes() + b"\n")
    result = run(order)

    assert result.exit_code == 0
    assert "  Läses in på sidan i tak-web och över REST med json=.\n" in result.output
    assert "  Läses inte in med jsonbestallning.sh.\n" in result.output
    assert json.loads(run(order, "--format", "json").stdout)["vagar"] == {
        "sida": True, "json": True, "skript": False
    }  # fmt: skip


def test_many_remarks_of_a_kind_are_counted_unless_all_are_requested(order):
    content = (
        order.read_text(encoding="utf-8")
        .replace(URL, "http://a.example.se")
        .replace("SE162321000156-000", "se162321000156-000")
    )
    order.write_text(content, encoding="utf-8")
    short, whole = run(order), run(order, "--alla")

    assert "HSA-ID:t skrivs med stora bokstäver (5 st)" in short.output
    assert "… och 2 till" in short.output
    assert "… och" not in whole.output


def test_json_is_the_verdict(order):
    content = order.read_bytes().replace(b'"version":1', b'"version":"1"')
    order.write_bytes(content)
    result = run(order, "--format", "json")
    printed, verdict = json.loads(result.stdout), judge(content)

    assert result.exit_code == 0
    assert printed["lases_in"] is verdict.loads
    assert printed["antal"] == verdict.counts
    assert [r["regel"] for r in printed["anmarkningar"]] == [r.rule for r in verdict.remarks] == ["omtolkad"]


def test_several_files_and_text_that_is_no_order(order, tmp_path):
    other = tmp_path / "bild.png"
    other.write_bytes(b"\x89PNG\r\n")
    result = run(order, other, "--format", "json")

    assert result.exit_code == 1
    assert [found["lases_in"] for found in json.loads(result.stdout)] == [True, False]


def test_against_an_export(order, tmp_path):
    export = tmp_path / "takdump_ntjp_prod.json"
    lists = (
        "rivtaprofil",
        "tjanstekontrakt",
        "logiskadress",
        "tjanstekomponent",
        "anropsadress",
        "anropsbehorighet",
        "vagval",
        "filter",
        "filtercategorization",
    )
    data = {name: [] for name in lists}
    data["rivtaprofil"] = [{"id": 1, "namn": "RIVTABP21", "beskrivning": "", "pubversion": "1"}]
    data["tjanstekontrakt"] = [
        {
            "id": 1,
            "namnrymd": producer_order().contracts[0].namespace,
            "beskrivning": "",
            "majorVersion": 3,
            "minorVersion": 0,
            "pubversion": "1",
        }
    ]
    data["logiskadress"] = [
        {"id": 1, "hsaId": units(1)[0].hsa_id, "beskrivning": "Annat namn", "pubversion": "1"}
    ]
    data["tjanstekomponent"] = [
        {"id": 1, "hsaId": "SE2321000156-ANNAN", "beskrivning": "", "pubversion": "1"}
    ]
    data["anropsadress"] = [
        {
            "id": 1,
            "adress": "https://annan.example.se",
            "pubversion": "1",
            "relationships": {"rivtaprofil": 1, "tjanstekomponent": 1},
        }
    ]
    data["vagval"] = [
        {
            "id": 1,
            "fromTidpunkt": "2014-08-13T00:00:00+0200",
            "tomTidpunkt": "2114-08-13T00:00:00+0200",
            "pubversion": "1",
            "relationships": {"anropsadress": 1, "logiskadress": 1, "tjanstekontrakt": 1},
        }
    ]
    export.write_text(
        json.dumps(
            {
                "plattform": "NTJP-PROD",
                "formatVersion": "1",
                "version": "64",
                "tidpunkt": "2027-01-01T00:00:00+0100",
                "utforare": "x",
                "kommentar": "",
                "data": data,
            }
        ),
        encoding="utf-8",
    )
    result = run(order, "--tak", export)

    assert result.exit_code == 0
    assert "Ersätter ett vägval" in result.output
    assert "SE2321000156-ANNAN" in result.output
    assert "1 Deaktiverad" in result.output


def test_an_export_that_cannot_be_read_is_no_ground_for_a_verdict(order, tmp_path):
    export = tmp_path / "export.json"
    export.write_text("{", encoding="utf-8")
    result = run(order, "--tak", export)

    assert result.exit_code == 1
    assert "TAK0" in result.output
