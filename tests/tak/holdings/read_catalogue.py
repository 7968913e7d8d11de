"""Exports, read on their day."""

from tests.tak.holdings.exports import (
    DAY,
    as_bytes,
)
from underlag.tak.holdings.export import read_catalogue

NAME = "takdump_ntjp_prod.json"


def read(content, *, day=DAY, name=NAME):
    return read_catalogue(content if isinstance(content, bytes) else as_bytes(content), day=day, name=name)


def catalogue(content, *, day=DAY, name=NAME):
    found = read(content, day=day, name=name)
    assert found.catalogue is not None, found.findings
    return found.catalogue
