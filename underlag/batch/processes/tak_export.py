"""The TAK export beside the workbooks of a batch: each process reads it once for each day of change."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from underlag.batch.records.workbooks import Settings
from underlag.orders.order import Order
from underlag.tak.compare.compared import Compared, compare_with_tak, day_to_read
from underlag.tak.compare.overall_findings import is_other_platform
from underlag.tak.holdings.export import read_catalogue
from underlag.tak.orders.files import carried_out_on

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.tak.holdings.catalogue import Catalogue, CatalogueReading


def compare_with_export(checked: "Checked", export: Path | None) -> Compared:
    """Compare a workbook with the export; without one, a removal gets its warning instead.

    Raises:
        OSError: the export cannot be opened at all.
    """
    return compare_with_tak(checked, _read(export, day_to_read(checked)) if export else None)


def catalogue_for(order: Order, settings: Settings) -> "Catalogue | None":
    """Return what the export says of the order's environment, None where it says nothing.

    Raises:
        OSError: the export cannot be opened at all.
    """
    if settings.export is None:
        return None
    now = settings.options.now.date()
    catalogue = _read(settings.export, max(carried_out_on(order, settings.options), now)).catalogue
    if catalogue is None or is_other_platform(catalogue, order.environment.platform):
        return None
    return catalogue


@lru_cache(maxsize=2)
def _read(export: Path, day: date) -> "CatalogueReading":
    return read_catalogue(export, day=day)
