"""Reads a TAK export, as one function.

Findings: TAK006, TAK010.
"""

from datetime import date
from pathlib import Path

from underlag.files.limits import EXPORT, how_to_raise
from underlag.files.regular import read_regular
from underlag.findings import Finding, finding
from underlag.gc_pause import garbage_collection_paused
from underlag.tak.holdings.catalogue import CatalogueReading
from underlag.tak.holdings.export.document import empty_lists, parse, refuse_dense
from underlag.tak.holdings.export.rows import build
from underlag.tak.holdings.export.trouble import Unusable
from underlag.tak.holdings.export.unpack import unpack


def read_catalogue(source: Path | str | bytes, *, day: date, name: str = "") -> CatalogueReading:
    """Read a TAK export of any kind, plain, in a .zip or in a .gz.

    The kinds: takdump (new and old), PubVersion file of tak-web, export of tak-services, cooperation's file.

    Args:
        source: the file's path, or its bytes.
        day: the day of the change: routes and authorizations that end before it are left out.
        name: the file name when `source` is bytes; takdump_<site>_<environment> states the platform.

    Returns:
        The catalogue; or none, and the finding that says why. It never raises for bad content.

    Raises:
        OSError: the file cannot be opened at all (missing, no permission).
    """
    if isinstance(source, Path | str):
        source = Path(source)
        name = name or source.name
        source = read_regular(source, EXPORT.value * 1_000_000 + 1)
    name = name or "exporten"
    try:
        with garbage_collection_paused():
            return _read(source, day, name)
    except Unusable as trouble:
        if trouble.code == "TAK006":
            return CatalogueReading(None, [_too_large(name)])
        return CatalogueReading(None, [finding(trouble.code, fil=name, orsak=trouble.reason)])


def platform_of(path: Path) -> str:
    """Return the platform of an export in upper case, '' when it does not state one or cannot be used.

    Raises:
        OSError: the file cannot be opened at all (missing, no permission).
    """
    try:
        with garbage_collection_paused():
            limit = EXPORT.value * 1_000_000
            return parse(*unpack(read_regular(path, limit + 1), path.name, limit)).platform.upper()
    except Unusable:
        return ""


def _read(content: bytes, day: date, name: str) -> CatalogueReading:
    """Return the catalogue of an export's bytes."""
    text, names = unpack(content, name, EXPORT.value * 1_000_000)
    # The compressed bytes and the text are large: each is freed before the next form is built.
    del content
    refuse_dense(text)
    document = parse(text, names)
    del text
    findings = [finding("TAK010", fil=name, lista=listed) for listed in empty_lists(document.lists)]
    return CatalogueReading(build(document, source=name, day=day), findings)


def _too_large(name: str) -> Finding:
    return finding("TAK006", fil=name, grans=EXPORT.value, hoj=how_to_raise())
