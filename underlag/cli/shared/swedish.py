"""Swedish for the command line: click's own messages come from texts/, by way of its gettext domain."""

import gettext
import os
from collections.abc import Callable, Mapping
from importlib import resources
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
