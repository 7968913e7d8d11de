"""The register that a command is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from underlag.batch.register.names import REGISTER
from underlag.cli.shared.output import say

if TYPE_CHECKING:
    from underlag.batch.register.store import Register

#: Seconds to wait for a run of kundservice to end.
_WAIT = 60


def register_path(place: Path) -> Path:
    """Return the register's file for a folder of kundservice, or the file itself."""
    return place / REGISTER if place.is_dir() else place


@contextmanager
def opened(place: Path, *, writing: bool = False, ledger: bool = True) -> "Iterator[Register]":
    """Open the register; a register that cannot be used becomes an error message of the command.

    Args:
        place: the folder of kundservice, or the register's file.
        writing: whether something is to be noted; otherwise it is only read.
        ledger: whether it must have a ledger; one of an earlier version has none.
    """
    from underlag.batch.register.store import Register, RegisterError  # noqa: PLC0415 - `--help` must not pay for it

    path = register_path(place)
    if writing and not path.is_file():
        raise click.ClickException(
            f"{path} finns inte. Ange katalogen som kundservice skrev i, eller registrets fil."
        )
    try:
        with Register(path, reading=not writing, wait=_WAIT, waiting=_say_waiting) as register:
            if ledger:
                _require_ledger(register)
            yield register
    except RegisterError as error:
        raise click.ClickException(str(error)) from error


def _say_waiting() -> None:
    say(f"En annan körning använder registret. Väntar i högst {_WAIT} sekunder …")


def _require_ledger(register: "Register") -> None:
    if not register.has_ledger:
        raise click.ClickException(
            f"{register.path} är från en tidigare version av underlag. Kör underlag kundservice en gång, så "
            "tas det över."
        )
