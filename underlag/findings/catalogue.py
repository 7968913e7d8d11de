"""The catalogue of finding kinds: catalogue.toml beside this module, read once."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources


class Severity(StrEnum):
    """How much a finding weighs: only an error blocks the orders."""

    ERROR = "fel"
    WARNING = "varning"
    INFO = "info"


class Scope(StrEnum):
    """What an error spoils: its row, which can be left out, or the whole order."""

    ROW = "rad"
    WHOLE = "helhet"


@dataclass(slots=True, frozen=True)
class Kind:
    """One kind of finding. All texts are Swedish, for a person without programming habits.

    `message` is a str.format template; `why` says why it matters; `mend` what to do in Excel.
    """

    code: str
    severity: Severity
    scope: Scope
    title: str
    message: str
    why: str
    mend: str

    @property
    def category(self) -> str:
        """The first three letters of the code."""
        return self.code[:3]

    @property
    def plain_message(self) -> bool:
        """Whether the message needs no filling in."""
        return "{" not in self.message


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Kind]:
    """Return every kind of finding by its code, in the catalogue's order."""
    text = (resources.files("underlag.findings") / "catalogue.toml").read_text(encoding="utf-8")
    return {
        code: Kind(
            code=code,
            severity=Severity(entry["severity"]),
            scope=Scope(entry.get("scope", "rad")),
            title=entry["title"],
            message=entry["message"],
            why=entry["why"],
            mend=entry["mend"],
        )
        for code, entry in tomllib.loads(text).items()
    }


def kind(code: str) -> Kind:
    """Return the kind with this code.

    Raises:
        KeyError: there is none.
    """
    return catalogue()[code]
