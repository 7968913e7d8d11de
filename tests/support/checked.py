"""Checked workbooks made without reading a file."""

from collections.abc import Sequence

from underlag.checked import Checked, LeftOut
from underlag.findings import Finding
from underlag.options import Options
from underlag.requests import default_action, resolve_requests
from underlag.workbook import Underlag


def make_checked(
    underlag: Underlag,
    options: Options,
    findings: Sequence[Finding] = (),
    *,
    left_out: Sequence[LeftOut] = (),
    blocked: bool = False,
) -> Checked:
    """Return a checked workbook of which every row is ordered, except those left out."""
    requests = resolve_requests(underlag, default_action(underlag, options))
    skipped = {left.entry for left in left_out}
    rows = {
        key: found.where(entry not in skipped for entry in found.entries) for key, found in requests.items()
    }
    return Checked(
        underlag, options, list(findings), requests, {} if blocked else rows, list(left_out), blocked
    )
