"""Checks a workbook for a command: alone, or with a comparison with the TAK that the user named."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from underlag.cli.shared.common import check_file
from underlag.cli.shared.tak_source import TakSource, read_tak
from underlag.options import Options

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.reference import Reference
    from underlag.tak.compare.compared import Compared


@contextmanager
def documents_in_time(*results: "Checked") -> Iterator[None]:
    """Limit how long making orders and documents about checked workbooks may take.

    Raises:
        click.ClickException: it takes too long.
    """
    from underlag.files.time_limit import TooLongError, limited_making  # noqa: PLC0415 - not for --help

    try:
        with limited_making(*(len(checked.underlag.source.content) for checked in results)):
            yield
    except TooLongError as error:
        raise click.ClickException(str(error)) from error


def check_with_tak(
    path: Path, options: Options, source: TakSource, reference: "Reference | None" = None
) -> "Compared":
    """Check a workbook, and compare it with the TAK that the user named, if any.

    Raises:
        click.UsageError: an option needs a TAK to compare with, but none was named.
        click.ClickException: the workbook or the export cannot be opened at all.
    """
    from underlag.tak.compare.compared import compare_with_tak  # noqa: PLC0415 - `underlag --help` must not pay for it

    if (options.only_new or options.replace_routes) and not source:
        raise click.UsageError(
            "--bara-nytt och --ersatt-vagval kräver --tak eller --tak-api att jämföra med."
        )
    checked = check_file(path, options, reference)
    return compare_with_tak(checked, read_tak(source, checked) if source else None)
