"""Swedish for the command line: translations in texts/ for click's gettext domain."""

import gettext
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

#: Both names of the help option, for every command.
HELP_NAMES: Mapping[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def speak_swedish() -> None:
    """Make click look up its messages in our catalogue, whatever the machine's language."""
    os.environ["LANGUAGE"] = "sv"
    gettext.bindtextdomain("messages", str(Path(__file__).parents[1] / "texts"))


def command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Create a command as `click.command` does, with the Swedish placeholder for options."""
    return click.command(name, options_metavar="[FLAGGOR]", context_settings=dict(HELP_NAMES), **attributes)
