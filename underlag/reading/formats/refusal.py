"""Why a file cannot be read."""

from typing import Any


class UnreadableError(Exception):
    """A file that gives no cells: the code of the catalogue that says why, and what its message asks for."""

    def __init__(self, code: str, *, sheet: str = "", **texts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.sheet = sheet
        self.texts = texts
