"""Queries the TAK-API instead of reading an export.

Source: skltp-integration/cooperation, api/v2. Its pitfalls: a misspelt filter is ignored and everything is
returned, so objects that state what they refer to are checked; the filter for addressees is spelled
`logicalAdress`; nested objects are omitted unless `include` names them, and URLs are masked without
`include=physicalAddress`; ids change at each load, so a load between two queries is detected and all are
repeated. Rows disappear from the API on their last day, and a second URL of one producer is not shown.

Findings: TAK041, TAK043, TAK044, TAK045.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Final

from underlag.findings import Finding, finding
from underlag.tak.holdings.api_asker import Asker, Point, Row, number_of
from underlag.tak.holdings.api_http import Access, ApiTrouble, Client, api_address
from underlag.tak.holdings.api_snapshot import Snapshot, load, save
from underlag.tak.holdings.catalogue import CatalogueReading
from underlag.tak.holdings.question import Question
from underlag.text.moments import when

__all__ = [
    "Access",
    "ApiTrouble",
    "Question",
    "api_address",
    "catalogue_from_api",
    "platforms_of_api",
    "snapshot_from_api",
]

#: How often the queries are repeated when the API loads its data in between.
_ATTEMPTS: Final = 3


def catalogue_from_api(
    access: Access, question: Question, *, day: date, now: datetime, cache: Path | None = None
) -> CatalogueReading:
    """Query a TAK-API for what a comparison needs.

    Args:
        access: address and login.
        question: platform, contracts, addressees and components.
        day: the day of the change.
        now: the present moment, saved with the answers.
        cache: a file with earlier answers. They are reused while the API shows the same snapshot or, with a
            warning, when it cannot be reached. New answers are saved there.

    Returns:
        A catalogue that covers the question; or none, and the finding that says why. It never raises.
    """
    kept = load(cache)
    if kept is not None and (kept.url, kept.platform) != (access.url, question.platform):
        kept = None
    try:
        snapshot = snapshot_from_api(access, question, now=now, kept=kept)
    except ApiTrouble as trouble:
        if kept is not None and kept.covers(question) and trouble.code == "TAK041":
            return CatalogueReading(kept.catalogue(day), [_from_cache(access.url, kept, trouble)])
        reason, platform = trouble.reason, question.platform
        found = finding(trouble.code, adress=access.url, orsak=reason, finns=reason, plattform=platform)
        return CatalogueReading(None, [found])
    if snapshot is not kept:
        save(snapshot, cache)
    return CatalogueReading(snapshot.catalogue(day))


def snapshot_from_api(
    access: Access, question: Question, *, now: datetime, kept: Snapshot | None = None
) -> Snapshot:
    """Query a TAK-API for what its earlier answers lack.

    Args:
        access: address and login.
        question: platform, contracts, addressees and components.
        now: the present moment, noted in the answers.
        kept: earlier answers from that address about that platform; added to while the API
            shows the same load.

    Returns:
        Answers that cover the question, all from one load of the API; `kept` itself where it covers it.

    Raises:
        ApiTrouble: there is no answer, or none to trust.
    """
    client = Client(access)
    point = _point(client, question.platform)
    for _ in range(_ATTEMPTS):
        if kept is None or kept.taken != point.taken:
            kept = Snapshot.empty(access.url, question.platform, point.taken)
        elif kept.covers(question):
            return kept
        snapshot = Asker(client, point, question, kept).snapshot(now)
        after = _point(client, question.platform)
        if after == point:
            return snapshot
        point = after
    raise ApiTrouble("TAK041", "den läser in nya uppgifter om och om igen")


def platforms_of_api(access: Access) -> dict[str, str]:
    """Return the platforms that a TAK-API shows, in upper case, and when it loaded each from its TAK.

    Raises:
        ApiTrouble: there is no answer, or none to trust.
    """
    rows = Client(access).ask("connectionPoints")
    return {_name(row): str(row.get("snapshotTime", "")) for row in rows}


def _from_cache(url: str, kept: Snapshot, trouble: ApiTrouble) -> Finding:
    saved, taken = when(kept.fetched), when(kept.taken)
    return finding("TAK045", adress=url, orsak=trouble.reason, sparat=saved, taget=taken)


def _point(client: Client, platform: str) -> Point:
    """Return the connection point of a platform; the API must list it exactly once."""
    site, _, environment = platform.partition("-")
    rows = client.ask("connectionPoints", platform=site, environment=environment)
    named = [(_name(row), row) for row in rows]
    found = [row for name, row in named if name == platform.upper()]
    if not found:
        raise ApiTrouble("TAK044", ", ".join(sorted({name for name, _ in named})) or "ingenting")
    if len(found) > 1:
        raise ApiTrouble("TAK043", f"plattformen {platform} finns flera gånger")
    try:
        return Point(
            number_of(found[0], "connectionPoints"), datetime.fromisoformat(found[0]["snapshotTime"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ApiTrouble(
            "TAK043", "plattformen saknar uppgift om när den lästes in (snapshotTime)"
        ) from error


def _name(point: Row) -> str:
    return f"{point.get('platform')}-{point.get('environment')}".upper()
