"""The TAK exports beside the workbooks of a batch: each process reads one once for each day of change."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from underlag.batch.records.workbooks import Settings
from underlag.orders.order import Order
from underlag.tak.compare.compared import Compared, compare_with_tak, day_to_read
from underlag.tak.holdings.export import read_catalogue
from underlag.tak.orders.files import carried_out_on

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.tak.holdings.catalogue import Catalogue, CatalogueReading


def compare_with_export(checked: "Checked", exports: Mapping[str, Path]) -> Compared:
    """Compare a workbook with the export of its platform; without one, a removal gets its warning instead.

    Raises:
        OSError: the export cannot be opened at all.
    """
    environment = checked.underlag.environment_spec
    export = _export_of(environment.platform if environment else "", exports)
    return compare_with_tak(checked, _read(export, day_to_read(checked)) if export else None)


def _export_of(platform: str, exports: Mapping[str, Path]) -> Path | None:
    """Return the export of a platform, or one that does not tell its own."""
    return exports.get(platform.upper(), exports.get(""))


def catalogue_for(order: Order, settings: Settings) -> "Catalogue | None":
    """Return what the export of the order's platform holds, None where there is none.

    Raises:
        OSError: the export cannot be opened at all.
    """
    export = _export_of(order.environment.platform, settings.exports)
    if export is None:
        return None
    now = settings.options.now.date()
    return _read(export, max(carried_out_on(order, settings.options), now)).catalogue


@lru_cache(maxsize=2)
def _read(export: Path, day: date) -> "CatalogueReading":
    return read_catalogue(export, day=day)
