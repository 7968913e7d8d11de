"""The group of commands; each is imported when it is called."""

import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from underlag.cli.shared.output import say
from underlag.gc_pause import garbage_collection_paused
from underlag.text.printable import printable


class LazyGroup(click.Group):
    """A group that imports a command when it is called, so that --help is fast.

    Each command `name` is the object `command` of the module underlag.cli.commands.name (hyphens as
    underscores).
    """

    def __init__(self, *args: Any, summaries: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Return the commands in the order of the summaries."""
        return list(self._summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import and return a command, None when there is none of that name."""
        if cmd_name not in self._summaries:
            return None
        with garbage_collection_paused():
            module = import_module(f"underlag.cli.commands.{cmd_name.replace('-', '_')}")
        found: click.Command = module.command
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; make its error message printable, as it may quote a file's control characters."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            lines = error.message.split("\n")
            vars(error)["message"] = "\n".join(map(printable, lines))  # click declares it final
            raise
        finally:
            _warn_of_damaged_profiles()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """Write the list of commands from the summaries, without importing them."""
        with formatter.section("Kommandon"):
            formatter.write_dl(list(self._summaries.items()))


def _warn_of_damaged_profiles() -> None:
    """Name the profile files that were skipped, if the command has loaded profiles."""
    if "underlag.profiles" not in sys.modules:
        return
    from underlag.profiles import ProfileError, damaged_profiles  # noqa: PLC0415 - loaded already, see above

    with suppress(ProfileError):  # the command itself reports that the folder cannot be read
        for sentence in damaged_profiles():
            say(f"Varning: {sentence} Profilen används inte.")
