"""Questions to a TAK-API on this machine."""

from tests.tak.holdings.exports import (
    DAY,
    NOW,
    STATUS,
    UNIT,
    UNIT2,
    checked,
    consumer_rows,
    producer_rows,
)
from tests.tak.holdings.tak_api_server import serving
from underlag.tak.compare.compare import question_of
from underlag.tak.holdings.api import Access, catalogue_from_api

NEW = ("SE162321000156-4HVX", "Vårdcentralen Gripen")
WORKBOOK = checked(
    consumer_rows(), producer_rows(NEW, (UNIT, "Tolkcentralen Värmland"), (UNIT2, "Vårdcentralen Rud"))
)


KEY = STATUS.lower()


def ask(
    api,
    *,
    workbook=WORKBOOK,
    user="tove",
    password="hemligt",  # noqa: S107 - of nothing but the server
    cache=None,
    now=NOW,
    timeout=300.0,
    patience=600.0,
):
    """Return what a served API answers about a workbook."""
    with serving(api) as url:
        access = Access(url, user, password, timeout, patience)
        return catalogue_from_api(access, question_of(workbook), day=DAY, now=now, cache=cache)


def codes(reading):
    """Return the codes of a reading's findings."""
    return [f.code for f in reading.findings]
