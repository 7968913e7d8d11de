"""The exceptions for containers and members that cannot be opened."""

from typing import Final

NO_WORKBOOK: Final = "är ett mejl utan arbetsbok"
READ_IT: Final = "Läs det: det kan ändra eller återkalla en beställning"


class UnusableError(Exception):
    """A container, or a member of one, cannot be opened; the Swedish text states the reason."""


class NoWorkbookError(UnusableError):
    """A mail brings nothing to open, only its text."""

    def __init__(self) -> None:
        super().__init__(f"{NO_WORKBOOK}. {READ_IT}")
