"""The catalogue of finding kinds: a TOML file per category in texts/, read once.

A code is the category and three digits. A new code takes the number after the highest that its category ever
had, including removed codes: people keep reports, and a code must mean the same in all of them. The module
that emits a finding lists its code in its docstring, so that a search for the code leads there.
"""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from underlag.files.shipped import shipped_tables

#: The categories of codes, in reading order: from the file to the TAK.
CATEGORIES: Final = ("FIL", "FLI", "CEL", "HSA", "URL", "KTR", "ADR", "KOM", "BST", "TAK")


class Severity(StrEnum):
    """The severity of a finding: only an error blocks the orders."""

    ERROR = "fel"
    WARNING = "varning"
    INFO = "info"


class Scope(StrEnum):
    """What an error affects: its row, which can be left out, or the whole order."""

    ROW = "rad"
    WHOLE = "helhet"


class Kind(NamedTuple):
    """One kind of finding. All texts are Swedish, for readers who do not program.

    `message` and `mend` are str.format templates: what is wrong, and what to do about it, in Excel if
    possible. `why` says why it matters, the same for every finding of the kind. `mend_workbook`, not a
    template, precedes `mend` for readers who have only the workbook and cannot run the program; '' when
    `mend` suits them, too. `of_tak`: the fault is in the TAK or its export, which customer service corrects;
    replies to a region omit it. `decided`: somebody decided so about the workbook.
    """

    code: str
    severity: Severity
    scope: Scope
    title: str
    message: str
    why: str
    mend: str
    mend_workbook: str
    of_tak: bool = False
    decided: bool = False

    @property
    def category(self) -> str:
        """The first three letters of the code."""
        return self.code[:3]

    @property
    def plain_message(self) -> bool:
        """Whether the message has no placeholders."""
        return "{" not in self.message

    @property
    def needs_nothing(self) -> bool:
        """Whether the advice is unconditionally that nothing needs doing."""
        return self.mend.startswith("Inget behöver göras.")

    @property
    def asks_first(self) -> bool:
        """Whether a row left out for it is ordered once somebody confirms that it may change the TAK."""
        return self.category == "TAK" and self.severity is Severity.WARNING

    @property
    def blocks(self) -> bool:
        """Whether such a finding blocks all orders, even when faulty rows are left out."""
        return self.severity is Severity.ERROR and self.scope is Scope.WHOLE


def catalogue() -> dict[str, Kind]:
    """Return every kind of finding by its code, in the order of the catalogue."""
    return {code: one for category in CATEGORIES for code, one in _kinds(category).items()}


@lru_cache(maxsize=1024)  # called for every finding
def kind(code: str) -> Kind:
    """Return the kind with this code; only the file of its category is read.

    Raises:
        KeyError: no kind has this code.
    """
    category = code[:3]
    if category not in CATEGORIES:
        raise KeyError(code)
    return _kinds(category)[code]


def place(code: str) -> tuple[int, int]:
    """Return what sorts codes in the order of the catalogue."""
    category = code[:3]
    return CATEGORIES.index(category), list(_kinds(category)).index(code)


@lru_cache(maxsize=len(CATEGORIES))
def _kinds(category: str) -> dict[str, Kind]:
    """Read the file of a category."""
    file = Path(__file__).parent / "texts" / f"{category.lower()}.toml"
    return {
        code: Kind(
            code=code,
            severity=Severity(entry["severity"]),
            scope=Scope(entry.get("scope", "rad")),
            title=entry["title"],
            message=entry["message"],
            why=entry["why"],
            mend=entry["mend"],
            mend_workbook=entry.get("mend_workbook", ""),
            of_tak=entry.get("of_tak", False),
            decided=entry.get("decided", False),
        )
        for code, entry in shipped_tables(file).items()
    }
