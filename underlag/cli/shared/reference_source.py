"""The option that names a list from the HSA catalogue, and reading that list."""

from typing import TYPE_CHECKING, Any

import click

from underlag.cli.shared.common import InputPath, refusal
from underlag.text.system_errors import why

if TYPE_CHECKING:
    from underlag.reference import Reference

#: The option that names a list; see `take_reference`.
reference_options = click.option(
    "--hsa-lista",
    type=InputPath(),
    metavar="FIL",
    help="Lista ur HSA-katalogen (CSV eller Excel) med HSA-ID och namn: visar om enheterna finns.",
)


def take_reference(asked: dict[str, Any]) -> "Reference | None":
    """Remove the value of `reference_options` from a command's arguments, and read the list if there is one.

    Raises:
        click.ClickException: the list cannot be opened or used.
    """
    path = asked.pop("hsa_lista")
    if path is None:
        return None
    from underlag.reference import Reference, read_reference  # noqa: PLC0415 - only where a list is named

    try:
        read = read_reference(path)
    except OSError as error:
        raise click.ClickException(f"{path} gick inte att öppna: {why(error)}.") from error
    if isinstance(read, Reference):
        return read
    raise refusal(read)
