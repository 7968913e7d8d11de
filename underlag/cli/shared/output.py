"""Writes a command's result to standard output or a file, without overwriting anything unintentionally."""

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from underlag.cli.shared.option_group import F, option_group
from underlag.text.printable import printable
from underlag.text.system_errors import why


class OutputPath(click.Path):
    """The name of a file, or with `folder` of a folder, to write: any text but an empty one."""

    def __init__(self, *, folder: bool = False) -> None:
        super().__init__(file_okay=not folder, dir_okay=folder, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; an empty text would mean the current folder."""
        if value == "":
            self.fail("Namnet är tomt.", param, ctx)
        return super().convert(value, param, ctx)


#: The options for writing a result to a file; see `refuse_output` and `deliver`.
output_options = option_group(
    click.option("--ut", type=OutputPath(), metavar="FIL", help="Skriv resultatet till en fil."),
    click.option("--skriv-over", is_flag=True, help="Ersätt filen, om den redan finns (gäller med --ut)."),
)


_FORMS = {
    "text": "text för läsning här",
    "json": "json för program",
    "csv": "csv för Excel",
    "html": "html som en sida att öppna i webbläsaren",
}


def format_option(*forms: str) -> Callable[[F], F]:
    """Return the option that chooses the result's form, passed on as `form`; the first is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help=", ".join(_FORMS[form] for form in forms) + ".",
    )


def refuse_output(ut: Path | None, skriv_over: bool, *sources: Path | None) -> None:
    """Refuse to overwrite anything unintentionally, before any work is done.

    Args:
        ut: the file to write, None for standard output.
        skriv_over: whether an existing file may be replaced.
        sources: files that the result is made from; they are never replaced.

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
    """Write a result to the file, or to standard output without one."""
    if ut is None:
        print_bytes(data)
        return
    write_whole(ut, data)
    say(f"Skrev {ut}.")


class Painted(str):
    """A text that is safe for the terminal, including control codes for colours; see `paint`."""

    __slots__ = ()


def paint(text: str, colour: str | None = None, *, bold: bool | None = None) -> Painted:
    """Return a text in a colour, if colours are enabled, and without any other control character."""
    plain = printable(text)
    return Painted(click.style(plain, fg=colour, bold=bold) if wants_colour() else plain)


def show(*parts: str) -> None:
    """Write a line to standard output; control characters in it are shown by their numbers.

    Args:
        parts: written without separators; `Painted` ones keep their colours.
    """
    _echo(parts, err=False)


def show_lines(lines: Iterable[str]) -> None:
    """Write several lines like `show`."""
    for line in lines:
        show(line)


def say(*parts: str) -> None:
    """Write a line to standard error like `show`: for the user, never part of a result."""
    _echo(parts, err=True)


def _echo(parts: tuple[str, ...], *, err: bool) -> None:
    line = "".join(part if isinstance(part, Painted) else printable(part) for part in parts)
    click.echo(line, err=err, color=True if not err and wants_colour() else None)


def wants_colour() -> bool:
    """Whether standard output is a terminal with colours enabled (NO_COLOR, https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_bytes(data: bytes) -> None:
    """Write a result in UTF-8 to standard output, unchanged unless that is a terminal (see `show`)."""
    if sys.stdout.isatty():
        show_lines(data.decode("utf-8", "replace").removesuffix("\n").split("\n"))
    else:
        sys.stdout.buffer.write(data)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file atomically; create its folder if necessary.

    Raises:
        click.ClickException: the operating system reports an error.
    """
    from underlag.package.work_folder import sweep, unique_name  # noqa: PLC0415 - `underlag --help` must not pay for it

    temporary = path.with_name(unique_name())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        hint = " Är filen öppen i ett annat program?" if isinstance(error, PermissionError) else ""
        raise click.ClickException(f"{path} gick inte att skriva: {why(error)}.{hint}") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
