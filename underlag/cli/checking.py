"""Checking a workbook as the commands do it: alone, or beside the TAK that the user named."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from underlag.cli.common import check_file
from underlag.cli.tak_source import TakSource, read_tak
from underlag.options import Options

if TYPE_CHECKING:
    from underlag.checks import Checked
    from underlag.reference import Reference
    from underlag.tak.catalogue import Catalogue
    from underlag.tak.compare import Comparison


class CheckedFile(NamedTuple):
    """A checked workbook, and what was read of the TAK beside it, if one was named and could be read."""

    checked: "Checked"
    catalogue: "Catalogue | None" = None
    comparison: "Comparison | None" = None


def check_with_tak(
    path: Path, options: Options, source: TakSource, reference: "Reference | None" = None
) -> CheckedFile:
    """Check a workbook; with a TAK, what may be ordered is what `select` leaves.

    A removal that no TAK is held against gets its warning here.

    Raises:
        click.UsageError: differences are to be selected, but no TAK was named.
        click.ClickException: the workbook or the export cannot be opened at all.
    """
    from underlag.tak.compare import compare_and_select, with_findings  # noqa: PLC0415 - not for --help

    if (options.only_new or options.replace_routes) and not source:
        raise click.UsageError(
            "--bara-nytt och --ersatt-vagval kräver --tak eller --tak-api att jämföra med."
        )
    checked = check_file(path, options, reference)
    if not source:
        from underlag.orders.removal import check_removal  # noqa: PLC0415 - as above

        return CheckedFile(with_findings(checked, list(check_removal(checked))))
    reading = read_tak(source, checked)
    checked = with_findings(checked, reading.findings)
    if reading.catalogue is None:
        return CheckedFile(checked)
    checked, comparison = compare_and_select(checked, reading.catalogue)
    return CheckedFile(checked, reading.catalogue, comparison)
