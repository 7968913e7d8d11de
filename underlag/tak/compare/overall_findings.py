"""Findings about the TAK and the workbook as wholes: platform, age, contracts, components.

Findings: TAK007, TAK008, TAK009, TAK023, TAK024.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from underlag.findings import Finding, finding
from underlag.requests import Request
from underlag.tak.holdings.catalogue import Catalogue
from underlag.workbook import Entry

if TYPE_CHECKING:
    from underlag.checked import Checked

#: A TAK of a national platform changes every week.
_OLD_AFTER_DAYS: Final = 14


def is_other_platform(catalogue: Catalogue, platform: str) -> bool:
    """Whether the TAK states another platform than this; '' is unknown."""
    return bool(catalogue.platform and platform) and catalogue.platform.upper() != platform.upper()


def overall_findings(
    checked: "Checked", catalogue: Catalogue, platform: str, requests: Sequence[tuple[Entry, Request]]
) -> Iterator[Finding]:
    """Yield the findings that concern no single addressee.

    Args:
        checked: the workbook.
        catalogue: the TAK.
        platform: the workbook's, '' when its environment is unknown.
        requests: each entry with its request; empty when nothing is to be compared.
    """
    if is_other_platform(catalogue, platform):
        at = checked.underlag.details.environment
        yield finding("TAK007", at, fil=catalogue.source, finns=catalogue.platform, plattform=platform)
    elif not catalogue.platform:
        yield finding("TAK008", fil=catalogue.source, plattform=platform or "underlagets miljö")
    age = (checked.options.now.date() - catalogue.taken).days
    if age > _OLD_AFTER_DAYS:
        yield finding("TAK009", fil=catalogue.source, datum=catalogue.taken, dagar=age)
    # Thousands of rows share a few requests; the first row of each is enough.
    by_request = {request: entry for entry, request in reversed(requests) if request.action == "add"}
    first = [(entry, request) for request, entry in reversed(by_request.items())]
    yield from _new_contracts(catalogue, platform, first)
    yield from _new_components(catalogue, first)


def _new_contracts(
    catalogue: Catalogue, platform: str, first: Sequence[tuple[Entry, Request]]
) -> Iterator[Finding]:
    """Yield a finding on each contract that the TAK does not have."""
    reported: set[str] = set()
    for entry, request in first:
        if request.namespace not in catalogue.contracts and request.namespace not in reported:
            reported.add(request.namespace)
            title, shown = request.contract.title, catalogue.platform or platform
            yield finding("TAK023", entry.contract, sheet=entry.sheet, kontrakt=title, plattform=shown)


def _new_components(catalogue: Catalogue, first: Sequence[tuple[Entry, Request]]) -> Iterator[Finding]:
    """Yield a finding on each consumer or producer that the TAK does not have."""
    reported: set[str] = set()
    for entry, request in first:
        for key, stated in ((request.consumer, entry.consumer), (request.producer, entry.producer)):
            if key and stated and key not in catalogue.components and key not in reported:
                reported.add(key)
                yield finding("TAK024", stated, komponent=key)
