"""`underlag register`: the register and its ledger."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from underlag.cli.shared.swedish import HELP_NAMES
from underlag.text.lists import listed

#: Each command below with its module and line in --help.
_COMMANDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "visa": ("show_packages", "command", "Visa vilka paket som gjordes av vilka arbetsböcker."),
    "sok": ("ask", "search_command", "Visa vem som har beställt en enhet, eller ett ärende eller en region."),
    "handelser": ("ask", "events_command", "Visa allt som har hänt."),
    "exportera": ("ask", "export_command", "Skriv hela registret som en Excelbok eller CSV-fil."),
    "inlast": ("note", "loaded_command", "Notera att en inläsning är inläst i TAK."),
    "angra": (
        "note",
        "take_back_command",
        "Visa hur en inläsning tas tillbaka, och notera det. Med --visa: visa bara.",
    ),
    "svarat": ("note", "replied_command", "Notera att regionen har fått svar i ett ärende."),
    "stang": ("note", "close_command", "Stäng ett ärende."),
    "flytta": ("note", "move_command", "Flytta en arbetsbok till ett annat ärende."),
    "oppna": ("note", "reopen_command", "Öppna ett stängt ärende igen."),
}


class _Register(click.Group):
    """A group that takes a folder without a command for `visa`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `visa` before arguments that name no command.

        Raises:
            click.UsageError: the first is neither a command nor a place.
        """
        if args and args[0] not in {*_COMMANDS, "-h", "--help"}:
            if not args[0].startswith("-") and not Path(args[0]).exists():
                raise click.UsageError(
                    f"{args[0]} är varken ett kommando eller en fil eller katalog som finns. Kommandona är "
                    f"{listed(list(_COMMANDS))}. Ett namn med mellanslag ska stå inom citattecken.",
                    ctx,
                )
            args = ["visa", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Return the commands in the order of the list."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import and return a command, None when there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        found: click.Command = getattr(import_module(f"underlag.cli.register.{module}"), name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """Write the list of commands without importing them."""
        with formatter.section("Kommandon"):
            formatter.write_dl([(name, text) for name, (_, _, text) in _COMMANDS.items()])


@click.group(
    "register",
    cls=_Register,
    context_settings=dict(HELP_NAMES),
    options_metavar="[FLAGGOR]",
    subcommand_metavar="[KOMMANDO] KATALOG|FIL [ARGUMENT]...",
)
def command() -> None:
    """Visa och sök i registret över vad kundservice har tagit emot, beställt och läst in.

    \b
    Exempel:
      underlag register klart
      underlag register sok klart SE2321000016-1003
      underlag register inlast klart 0007
    """
