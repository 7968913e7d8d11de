"""A checked workbook beside what was read of a TAK, or beside none: what may then be ordered."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from underlag.checks.skipping import with_sound_rows
from underlag.orders.removal import check_removal
from underlag.tak.compare import Comparison, compare, compare_and_select, select, with_findings
from underlag.tak.compare.compare import day_of_change

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.tak.holdings.catalogue import Catalogue, CatalogueReading


class Compared(NamedTuple):
    """A checked workbook, and what the TAK holds beside it, where one was named and could be read."""

    checked: "Checked"
    catalogue: "Catalogue | None" = None
    comparison: Comparison | None = None


def day_to_read(checked: "Checked") -> date:
    """Return the day to read a TAK for: a date of change that has passed says nothing of today."""
    return max(day_of_change(checked), checked.options.now.date())


def compare_sound_rows(checked: "Checked", reading: "CatalogueReading") -> Compared:
    """Compare a workbook with a TAK to show what would change; nothing is to be ordered.

    Faulty rows keep the others from being ordered, not from being compared.

    Args:
        checked: the checked workbook.
        reading: what was read for the rows of `with_sound_rows`.
    """
    found = with_findings(checked, reading.findings)
    if reading.catalogue is None:
        return Compared(found)
    comparison = compare(with_sound_rows(checked), reading.catalogue)
    return Compared(select(found, comparison), reading.catalogue, comparison)


def compare_with_tak(checked: "Checked", reading: "CatalogueReading | None") -> Compared:
    """Hold a workbook against a TAK.

    Args:
        checked: the checked workbook.
        reading: what was read for `day_to_read`; None where no TAK was named, and a removal gets its warning.

    Returns:
        The workbook with the findings that this gives. With a TAK, only what `select` leaves is ordered; of
        one that could not be read the findings say why, and nothing is compared.
    """
    if reading is None:
        return Compared(with_findings(checked, list(check_removal(checked))))
    checked = with_findings(checked, reading.findings)
    if reading.catalogue is None:
        return Compared(checked)
    checked, comparison = compare_and_select(checked, reading.catalogue)
    return Compared(checked, reading.catalogue, comparison)
