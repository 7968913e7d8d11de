"""Reads text tables in one call, and extracts what tests assert."""

from typing import Any

from tests.support.tables import NAME, workbook
from underlag.options import Options
from underlag.reading import Reading, read


def read_text(text: str, *, name: str = NAME, format: str = "xlsx", **options: Any) -> Reading:  # noqa: A002 - as workbook()
    """Read a workbook written as text tables; `options` are those of Options."""
    return read(workbook(text, format=format), Options(**options), name=name)


def told(reading: Reading, *codes: str) -> list[tuple[str, str, str]]:
    """Return code, sheet and cell of the findings (with these codes), in a fixed order."""
    return sorted((f.code, f.sheet, f.cell) for f in reading.findings if not codes or f.code in codes)


def rows(reading: Reading, flow: str, *roles: str) -> list[tuple[str, ...]]:
    """Return the texts of some roles for each entry of a flow; '-' for a missing part."""
    found = reading.underlag.flow(flow)
    return [tuple(part.text if (part := getattr(e, role)) else "-" for role in roles) for e in found.entries]


def cells(reading: Reading, flow: str, *roles: str) -> list[tuple[str, ...]]:
    """Return the cells of some roles for each entry of a flow; '-' for a missing part."""
    found = reading.underlag.flow(flow)
    return [tuple(part.cell if (part := getattr(e, role)) else "-" for role in roles) for e in found.entries]
