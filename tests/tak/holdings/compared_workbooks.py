"""Workbooks compared with a TAK."""

from datetime import date

from tests.tak.holdings.exports import (
    UNIT,
    UNIT2,
    as_bytes,
    blob,
    checked,
)
from underlag.tak.compare.compare import compare
from underlag.tak.holdings.export import read_catalogue

NEW_UNIT = ("SE162321000156-4HVX", "Vårdcentralen Gripen")
CONNECTED = (UNIT, "Tolkcentralen Värmland")
ELSEWHERE = (UNIT2, "Vårdcentralen Rud")


def catalogue(tak, kind=blob, name="takdump_ntjp_prod.json", day=date(2027, 2, 1)):
    """Return the catalogue that a TAK's export holds."""
    found = read_catalogue(as_bytes(kind(tak)), day=day, name=name).catalogue
    assert found is not None
    return found


def codes(comparison):
    """Return the codes of a comparison's findings."""
    return [f.code for f in comparison.findings]


def one(tak, *flows, kind=blob, **options):
    """Compare, and return the only row with the codes of all findings."""
    comparison = compare(checked(*flows, **options), catalogue(tak, kind))
    assert len(comparison.rows) == 1
    return comparison.rows[0], codes(comparison)
