"""Swedish for the command line: click's own messages come from texts/, by way of its gettext domain."""

import gettext
import os
from collections.abc import Callable, Mapping
from importlib import import_module, resources
from typing import Any

import click

#: Under both names, for every command.
HELP_NAMES: Mapping[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def speak_swedish() -> None:
    """Let click's messages be looked up in our catalogue, whatever language the machine has."""
    os.environ["LANGUAGE"] = "sv"
    gettext.bindtextdomain("messages", str(resources.files("underlag.cli") / "texts"))


def command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command as `click.command` does, with the Swedish placeholder for options."""
    return click.command(name, options_metavar="[FLAGGOR]", context_settings=dict(HELP_NAMES), **attributes)


class LazyGroup(click.Group):
    """A group whose commands are imported when called, so that --help costs nothing.

    Each command `name` is the object `command` of the module underlag.cli.commands.name (hyphens as
    underscores).
    """

    def __init__(self, *args: Any, summaries: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Return the commands in the order in which a user meets them."""
        return list(self._summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import and return a command, None when there is none of that name."""
        if cmd_name not in self._summaries:
            return None
        module = import_module(f"underlag.cli.commands.{cmd_name.replace('-', '_')}")
        found: click.Command = module.command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """Write the list of commands from the summaries, without importing them."""
        with formatter.section("Kommandon"):
            formatter.write_dl(list(self._summaries.items()))
