"""The samples can be reproduced, and give exactly the expected findings."""

import json
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from underlag.checks import check
from underlag.findings import Severity
from underlag.options import STOCKHOLM, Options
from underlag.reading import read

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
STEM = "Underlag-for-TAKning-Intygstjanster-NTJP"
RIGHT = SAMPLES / f"{STEM}-PROD-LiV.xlsx"
FAULTY = SAMPLES / "med-fel" / f"{STEM}-PROD-LiV.xlsx"
LARGE = SAMPLES / f"{STEM}-PROD-Storregionen.xlsx"
QA = SAMPLES / "qa" / f"{STEM}-QA-LiV.xlsx"
MADE = {".xlsx", ".json", ".toml"}

#: A day before the samples' dates, by less than a year.
OPTIONS = Options(now=datetime(2026, 11, 23, 12, tzinfo=STOCKHOLM))


def checked(path):
    return check(read(path, OPTIONS), OPTIONS)


def content(path):
    """Return a file's content; of a workbook its parts, because compression differs between versions of zlib."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return path.read_bytes()


def made(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in MADE}


def test_the_script_makes_the_same_files_again(tmp_path):
    subprocess.run(
        [sys.executable, SAMPLES / "make_samples.py", "--ut", tmp_path], check=True, capture_output=True
    )

    assert made(tmp_path) == made(SAMPLES)
    for name in made(tmp_path):
        assert content(tmp_path / name) == content(SAMPLES / name), name


@pytest.mark.parametrize(
    ("path", "environment", "region", "units"),
    [(RIGHT, "PROD", "LiV", 12), (QA, "QA", "LiV", 3), (LARGE, "PROD", "Storregionen", 2000)],
    ids=["right", "qa", "large"],
)
def test_a_right_sample_has_no_errors_and_no_warnings(path, environment, region, units):
    found = checked(path)

    assert [f for f in found.findings if f.severity is not Severity.INFO] == []
    assert (found.underlag.environment, found.underlag.region) == (environment, region)
    assert {key: len(entries) for key, entries in found.entries.items()} == {
        "vardsystem-webcert": 2,
        "webcert-vardsystem": units,
        "intygstjansten-webcert": units,
    }


@pytest.mark.parametrize("path", [RIGHT, QA, LARGE], ids=["right", "qa", "large"])
def test_a_right_sample_leaves_no_gap_in_the_order(path):
    details = checked(path).underlag.details

    assert all((details.environment, details.region, details.date, details.case_number, details.remark))
    for person in (details.orderer, details.main_contact, details.technical_contact):
        assert all((person.name, person.email, person.phone))
    assert all((details.orderer.hsa_id, details.orderer.role, details.support.email, details.support.phone))


def test_the_faulty_sample_gives_each_expected_finding_and_nothing_else():
    expected = json.loads((SAMPLES / "med-fel.facit.json").read_text(encoding="utf-8"))

    found = Counter((f.code, f.sheet, f.cell, f.value) for f in checked(FAULTY).findings)

    assert found == Counter((f["kod"], f["flik"], f["cell"], f["varde"]) for f in expected)


def test_the_personal_number_of_the_faulty_sample_is_repeated_nowhere():
    told = " ".join(f"{f.value} {f.message} {f.suggestion}" for f in checked(FAULTY).findings)

    assert "19121212" not in told


@pytest.mark.parametrize(
    ("mistake", "code", "count"),
    [
        ("kontrollsiffra", "HSA003", 100),
        ("bokstav-i-numret", "HSA006", 100),
        ("kyrillisk-bokstav", "HSA006", 100),
        ("utan-bindestreck", "HSA002", 100),
        ("punkt", "HSA004", 100),
        ("for-langt", "HSA005", 100),
        ("personnummer", "HSA007", 100),
        ("saknas", "HSA001", 100),
        # One for each column of each sheet: tidied alike in every row.
        ("sma-bokstaver", "CEL018", 2),
        ("tankstreck", "CEL018", 2),
        ("hart-mellanslag", "CEL018", 2),
        ("utan-namn", "ADR004", 100),
        ("formel", "ADR007", 100),
        ("dubbla-mellanslag", "CEL018", 2),
        ("dubblett", "ADR002", 92),  # of sixteen units that share an id, the first is right
    ],
)
def test_a_large_workbook_can_have_a_mistake_in_every_row(tmp_path, mistake, code, count):
    path = tmp_path / f"{STEM}-PROD-LiV-50.xlsx"
    command = [
        sys.executable,
        SAMPLES / "make_large.py",
        "--enheter",
        "50",
        "--med-fel",
        mistake,
        "--ut",
        path,
    ]
    subprocess.run(command, check=True, capture_output=True)
    told = Counter(f.code for f in checked(path).findings if f.column and f.code != "BST015")

    assert told == {code: count}


@pytest.fixture(scope="module")
def export():
    return json.loads((SAMPLES / "takdump_ntjp_prod.json").read_text(encoding="ascii"))


def test_the_export_has_the_lists_of_a_tak(export):
    assert set(export) == {
        *("formatVersion", "version", "tidpunkt", "tidpunkt_version", "utforare", "kommentar", "data"),
    }
    assert set(export["data"]) == {
        *("rivtaprofil", "tjanstekontrakt", "logiskadress", "tjanstekomponent", "anropsadress"),
        *("anropsbehorighet", "vagval", "filter", "filtercategorization"),
    }


def test_no_relation_of_the_export_dangles(export):
    kinds = {"tjanstekonsument": "tjanstekomponent", "logiskAdress": "logiskadress"}
    ids = {kind: [row["id"] for row in rows] for kind, rows in export["data"].items()}

    assert all(len(set(numbers)) == len(numbers) for numbers in ids.values())
    for rows in export["data"].values():
        for row in rows:
            for kind, number in row.get("relationships", {}).items():
                assert number in ids[kinds.get(kind, kind)]
