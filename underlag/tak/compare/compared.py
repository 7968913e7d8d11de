"""A checked workbook after comparison with a TAK, or without one: what may then be ordered."""

from typing import TYPE_CHECKING, NamedTuple

from underlag.checked import Checked, with_findings
from underlag.checks.skipping import with_sound_rows
from underlag.orders.removal import check_removal

if TYPE_CHECKING:
    from underlag.tak.compare.comparison import Comparison
    from underlag.tak.holdings.catalogue import Catalogue, CatalogueReading


class Compared(NamedTuple):
    """A checked workbook, and its comparison with a TAK when one was given and could be read."""

    checked: Checked
    catalogue: "Catalogue | None" = None
    comparison: "Comparison | None" = None


def compare_sound_rows(checked: Checked, reading: "CatalogueReading") -> Compared:
    """Compare a workbook with a TAK to show the changes, without ordering anything.

    Faulty rows keep the others from being ordered, not from being compared.

    Args:
        checked: the checked workbook.
        reading: the TAK, read for the rows of `with_sound_rows`.
    """
    from underlag.tak.compare.compare import compare  # noqa: PLC0415 - most workbooks come without a TAK
    from underlag.tak.compare.select import select  # noqa: PLC0415 - as above

    found = with_findings(checked, reading.findings)
    if reading.catalogue is None:
        return Compared(found)
    comparison = compare(with_sound_rows(checked), reading.catalogue)
    return Compared(select(found, comparison), reading.catalogue, comparison)


def compare_with_tak(checked: Checked, reading: "CatalogueReading | None") -> Compared:
    """Compare a workbook with a TAK.

    Args:
        checked: the checked workbook.
        reading: the TAK, read for `day_to_read`; None without a TAK, which gives a removal its warning.

    Returns:
        The workbook with the resulting findings. With a TAK, only the rows that `select` keeps are ordered;
        when it could not be read, findings say why and nothing is compared.
    """
    if reading is None:
        return Compared(with_findings(checked, list(check_removal(checked))))
    checked = with_findings(checked, reading.findings)
    if reading.catalogue is None:
        return Compared(checked)
    from underlag.tak.compare.compare import compare_and_select  # noqa: PLC0415 - as above

    checked, comparison = compare_and_select(checked, reading.catalogue)
    return Compared(checked, reading.catalogue, comparison)
