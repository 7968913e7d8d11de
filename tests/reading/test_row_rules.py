"""Each rule about rows without a plain value in their most telling column, by a row that it decides."""

import pytest

from underlag.profiles import find_profile
from underlag.reading.tables.doubtful_rows import ROW_RULES, Cell, DoubtfulRow, rule_for
from underlag.reading.tables.header_roles import HeaderNames

NAMES = HeaderNames(find_profile("intygstjanster").sheet("webcert-vardsystem"))
ID = "SE162321000156-4HVT"


def row(*cells, is_top=False, needs_addressee=True):
    """Return the row with these (role, text) in columns from A."""
    own = [(role, text) for role, text in cells if role]
    filled = [Cell(index, role, text) for index, (role, text) in enumerate(cells)]
    return DoubtfulRow(filled, own, dict(own), is_top, needs_addressee, NAMES)


BY_RULE = {
    "nothing to read": row(),
    "example that was filled in for a unit": row(("addressee", ID), ("addressee_name", "Exempel")),
    "example": row(("addressee", "<<HSA-ID>>"), ("addressee_name", "<<namn>>")),
    "headers once more": row(("addressee", "HSA-ID"), ("addressee_name", "Namn")),
    "explanation of the columns": row(
        ("addressee", "Ange HSA-ID"),
        ("addressee_name", "Enhetens namn"),
        ("url", "Obligatorisk"),
        is_top=True,
    ),
    "total": row(("addressee", "Antal: 3")),
    "values outside the table's columns": row(("", ID)),
    "text outside the table's columns": row(("", "Ny")),
    "remark": row(("addressee", "Alla enheter är med nu.")),
    "footer in several cells": row(("producer", "Version 1.2"), ("producer_name", "2026-11-01")),
    "heading or remark among the units": row(("addressee", "Primärvård")),
}


@pytest.mark.parametrize("rule", ROW_RULES, ids=lambda rule: rule.name)
def test_each_rule_decides_a_row(rule):
    assert rule_for(BY_RULE[rule.name]) is rule


@pytest.mark.parametrize(
    "asked",
    [
        row(("addressee_name", "Vårdcentralen Rud")),
        row(("addressee", "Primärvård"), needs_addressee=False),
        row(("addressee", "Ange HSA-ID"), ("addressee_name", "Obligatorisk"), ("url", "Valfri")),
    ],
)
def test_what_no_rule_decides_is_a_row(asked):
    assert rule_for(asked) is None
