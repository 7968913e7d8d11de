"""The TAK export beside the workbooks of a batch: each process reads it once for each day of change."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from underlag.batch.model import Settings
from underlag.orders.model import Order
from underlag.tak.compare import compare_and_select, with_findings
from underlag.tak.compare.whole import is_other_platform
from underlag.tak.compare.wishes import day_of_change
from underlag.tak.export import read_catalogue
from underlag.tak.files import carried_out_on

if TYPE_CHECKING:
    from underlag.checks import Checked
    from underlag.tak.catalogue import Catalogue, CatalogueReading
    from underlag.tak.compare import Comparison


class Beside(NamedTuple):
    """A checked workbook, and what the TAK holds beside it, if an export was given and could be read."""

    checked: "Checked"
    catalogue: "Catalogue | None" = None
    comparison: "Comparison | None" = None


def beside_tak(checked: "Checked", export: Path | None) -> Beside:
    """Compare a workbook with the export; without one, a removal gets its warning instead.

    Raises:
        OSError: the export cannot be opened at all.
    """
    if export is None:
        from underlag.orders.removal import check_removal  # noqa: PLC0415 - only where there is no export

        return Beside(with_findings(checked, list(check_removal(checked))))
    # A date of change that has passed says nothing about what may be closed today.
    reading = _read(export, max(day_of_change(checked), checked.options.now.date()))
    checked = with_findings(checked, reading.findings)
    if reading.catalogue is None:
        return Beside(checked)
    checked, comparison = compare_and_select(checked, reading.catalogue)
    return Beside(checked, reading.catalogue, comparison)


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
