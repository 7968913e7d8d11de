"""Reading as one function: file -> grid of cells -> tables -> Underlag, findings beside."""

from dataclasses import dataclass
from pathlib import Path

from underlag.findings import Finding
from underlag.model import Underlag
from underlag.options import Options


@dataclass(slots=True)
class Reading:
    """What was read, and what reading found. With a file that cannot be read the Underlag is empty and a FIL finding says why."""

    underlag: Underlag
    findings: list[Finding]


def read(source: Path | bytes, options: Options | None = None, *, name: str = "") -> Reading:
    """Read a filled-in workbook.

    Args:
        source: the file, or its bytes.
        options: what the caller asks for; environment, profile, date, case number and order file are used here.
        name: file name, where `source` is bytes.

    Never raises for bad content: that becomes findings.

    Raises:
        OSError: the file cannot be opened at all (missing, no permission).
    """
    raise NotImplementedError
