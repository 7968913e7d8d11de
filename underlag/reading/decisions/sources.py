"""Collects decisions from the options, bestallning.toml and the region's file.

Findings: those of the files' own contents.
"""

from pathlib import Path

from underlag.characters.likeness import compact
from underlag.options import Options
from underlag.reading.decisions.decisions import Decisions
from underlag.reading.order_details.details import FROM_OPTION
from underlag.reading.order_details.order_file import OrderFile, read_order_file
from underlag.regions.region import region_key


def decided(options: Options, order_file: Path | None, region: str) -> Decisions:
    """Return all decisions: those of options first, then of the order file, then of the region.

    Args:
        options: columns and the folder of decisions are used.
        order_file: bestallning.toml, None if there is none.
        region: the region of the workbook, '' when unknown.
    """
    found = Decisions()
    found.add_columns(options.columns, FROM_OPTION)
    if order_file is not None:
        # Errors of that file are reported when the order's details are read.
        _take(found, order_file, read_order_file(order_file))
    for path in _of_region(options.decisions, region):
        stated = read_order_file(path)
        found.lenient.add(path.name)
        found.findings += stated.findings
        _take(found, path, stated)
    return found


def titles_meant(order_file: Path | None) -> list[str]:
    """Return the titles of the profile's sheets that an order file lists under [flikar]."""
    stated = read_order_file(order_file).sheets.values() if order_file is not None else ()
    return [str(title) for one in stated for title in (one if isinstance(one, list) else [one])]


def _take(found: Decisions, path: Path, stated: OrderFile) -> None:
    found.add_columns(stated.columns.items(), path.name)
    found.add_answers(stated.answers, path.name)
    for name, titles in stated.sheets.items():
        several = titles if isinstance(titles, list) else [titles]
        found.sheets.setdefault(name, (tuple(map(str, several)), path.name))


def _of_region(folder: Path | None, region: str) -> list[Path]:
    """Return the files of a folder that are named for a region, by any of its usual names."""
    if folder is None or not compact(region) or not folder.is_dir():
        return []
    key = region_key(region)
    return [path for path in sorted(folder.glob("*.toml")) if region_key(path.stem) == key]
