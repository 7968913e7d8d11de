"""Where a command's result goes: to standard output or a file, and never over what the user did not mean."""

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from underlag.package.work_folder import sweep, unique_name
from underlag.text.system_errors import why

_F = TypeVar("_F", bound=Callable[..., Any])


class OutputPath(click.Path):
    """The name of a file, or with `folder` of a folder, to write: anything but an empty text."""

    def __init__(self, *, folder: bool = False) -> None:
        super().__init__(file_okay=not folder, dir_okay=folder, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; an empty text would mean the folder in which the user stands."""
        if value == "":
            self.fail("Namnet är tomt.", param, ctx)
        return super().convert(value, param, ctx)


_OUTPUT = (
    click.option("--ut", type=OutputPath(), metavar="FIL", help="Skriv resultatet till en fil."),
    click.option("--skriv-over", is_flag=True, help="Ersätt filen, om den redan finns (gäller med --ut)."),
)


def output_options(function: _F) -> _F:
    """Add the options that send a result to a file; see `refuse_output` and `deliver`."""
    return reduce(lambda wrapped, option: option(wrapped), reversed(_OUTPUT), function)


def refuse_output(ut: Path | None, skriv_over: bool, *sources: Path | None) -> None:
    """Refuse to write over what the user did not mean to lose, before any work is done.

    Args:
        ut: the file to write, None for standard output.
        skriv_over: whether an existing file may be replaced.
        sources: files that the result is made from: never replaced.

    Raises:
        click.UsageError: the file exists, or is one of the sources.
    """
    if ut is None or not ut.exists():
        return
    if any(source is not None and source.exists() and ut.samefile(source) for source in sources):
        raise click.UsageError(f"{ut} är en fil som resultatet görs av. Välj ett annat namn efter --ut.")
    if not skriv_over:
        raise click.UsageError(
            f"{ut} finns redan. Välj ett annat namn efter --ut, eller lägg till --skriv-over."
        )


def deliver(data: bytes, ut: Path | None) -> None:
    """Write a result to the file, or to standard output where none was named."""
    if ut is None:
        print_bytes(data)
        return
    write_whole(ut, data)
    say(f"Skrev {ut}.")


def print_bytes(data: bytes) -> None:
    """Write UTF-8 bytes to standard output unchanged, whatever the console's encoding."""
    sys.stdout.buffer.write(data)


def say(text: str) -> None:
    """Write a line to standard error: for the person at the terminal, never part of a result."""
    click.echo(text, err=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; the folder is made if it does not exist.

    Raises:
        click.ClickException: the operating system refuses.
    """
    temporary = path.with_name(unique_name())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        raise click.ClickException(
            f"{path} gick inte att skriva: {why(error)}. Är filen öppen i ett annat program?"
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
