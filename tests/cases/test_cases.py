"""Filled-in workbooks as people make them, each with the verdict that it must get."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from tests.checks.examine import mentions, verdict
from underlag import check, make_orders, read
from underlag.options import STOCKHOLM, Options

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=STOCKHOLM)
#: What a verdict of the table allows.
ALLOWED = {"ren": {"ren"}, "se": {"se", "stopp"}, "stopp": {"stopp"}}

with (HERE / "cases.tsv").open(encoding="utf-8", newline="") as table:
    CASES = {row["file"]: row for row in csv.DictReader(table, delimiter="\t")}


def examined(file, **asked):
    options = Options(now=NOW, **asked)
    return check(read(HERE / file, options), options)


def told(checked):
    return [(f.code, f.cell, f.message) for f in checked.findings]


def case(start):
    (file,) = (file for file in CASES if file.startswith(start))
    return file


def test_every_workbook_has_its_row():
    there = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*.xlsx")}

    assert there == CASES.keys()


@pytest.mark.parametrize("file", CASES)
def test_verdict(file):
    checked = examined(file)

    assert verdict(checked) in ALLOWED[CASES[file]["verdict"]], told(checked)
    assert mentions(checked, CASES[file]["mentions"]), told(checked)


@pytest.mark.parametrize("start", ["field/22b", "field/22e"])
def test_a_unit_with_a_faulty_row_is_in_neither_direction(start):
    checked = examined(case(start), skip_faulty=True)

    assert not checked.blocked
    units = [
        {entry.addressee.text for entry in entries}
        for key, entries in checked.entries.items()
        if key != "vardsystem-webcert"
    ]
    lost = {left.entry.addressee.text for left in checked.left_out if left.entry.addressee}
    assert units[0] == units[1] != set()
    assert lost
    assert not lost & units[0]
    assert len({left.entry.sheet for left in checked.left_out}) == 2


def test_spellings_of_one_address_make_one_order():
    orders = make_orders(examined(case("field/15-")))

    assert [order.kind for order in orders] == ["consumer", "producer", "producer"]


def test_schemes_are_ordered_in_lower_case():
    orders = make_orders(examined(case("field/30-")))
    urls = [address.url for order in orders for address in order.addresses]

    assert urls
    assert all(url.startswith("https://") for url in urls)


@pytest.mark.parametrize("file", [file for file in CASES if CASES[file]["verdict"] != "se"])
def test_right_workbooks_are_ordered_and_faulty_ones_are_not(file):
    checked = examined(file)

    if CASES[file]["verdict"] == "ren":
        assert make_orders(checked)
    else:
        assert checked.blocked
        assert not any(checked.entries.values())
