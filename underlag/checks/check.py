"""All checks as one function, and what may be ordered afterwards."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from underlag.findings import Finding, Severity
from underlag.model import Entry, Underlag
from underlag.options import Options

if TYPE_CHECKING:
    from underlag.reading import Reading


@dataclass(slots=True)
class LeftOut:
    """A row that is not ordered, and the errors that are the reason."""

    flow: str
    entry: Entry
    reasons: list[Finding]


@dataclass(slots=True)
class Checked:
    """A checked Underlag.

    Attributes:
        underlag: what was read.
        options: what was asked for.
        findings: all of them, by sheet, row, column and code; those of file and order first.
        entries: per key of flow, the entries that may be ordered: all without errors, none when errors block.
        left_out: with `skip_faulty`, the rows that are not ordered.
        blocked: whether errors keep everything from being ordered.
    """

    underlag: Underlag
    options: Options
    findings: list[Finding]
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    blocked: bool = False

    @property
    def approved(self) -> bool:
        """Whether there is no error at all."""
        return not any(f.severity is Severity.ERROR for f in self.findings)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity."""
        return sum(f.severity is severity for f in self.findings)


def check(reading: "Reading", options: Options | None = None) -> Checked:
    """Check what was read, cell by cell and as a whole."""
    raise NotImplementedError
