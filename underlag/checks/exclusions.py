"""Rows that the workbook itself, or a decision, excludes: in every sheet that must have the same units."""

from collections.abc import Collection
from dataclasses import replace

from underlag.account import Exclusion
from underlag.checked import LeftOut
from underlag.findings import Finding
from underlag.workbook import Entry, Underlag


def without_excluded(underlag: Underlag, exclusions: Collection[Exclusion]) -> tuple[Underlag, list[LeftOut]]:
    """Return the Underlag without the rows that its account excludes, and those rows with their reasons.

    A unit that one sheet excludes is left out of the flows that must have the same units.

    Args:
        underlag: the Underlag; it is not changed.
        exclusions: the rows that the account excludes.
    """
    if not exclusions or underlag.profile is None:
        return underlag, []
    out: dict[Entry, Finding] = {}
    units: dict[str, dict[str, Finding]] = {}
    for flow in underlag.flows:
        for entry in flow.entries:
            reason = _reason(entry, exclusions)
            if reason is not None:
                out[entry] = reason
        here = {entry.addressee.text for entry in flow.entries if entry.addressee and entry not in out}
        units[flow.spec.key] = {
            entry.addressee.text: out[entry]
            for entry in flow.entries
            if entry.addressee and entry in out and entry.addressee.text not in here
        }
    for rule in underlag.profile.same_addressees:
        gone = {text: found for key in rule.flows for text, found in units.get(key, {}).items()}
        for flow in underlag.flows if gone else ():
            if flow.spec.key in rule.flows:
                out.update(_of_units(flow.entries, gone, out))
    flows = [
        replace(flow, entries=flow.entries.where(entry not in out for entry in flow.entries))
        for flow in underlag.flows
    ]
    rows = [
        LeftOut(flow.spec.key, entry, [out[entry]])
        for flow in underlag.flows
        for entry in flow.entries
        if entry in out
    ]
    return replace(underlag, flows=flows), rows


def _of_units(
    entries: Collection[Entry], gone: dict[str, Finding], out: dict[Entry, Finding]
) -> dict[Entry, Finding]:
    return {
        entry: gone[entry.addressee.text]
        for entry in entries
        if entry.addressee and entry.addressee.text in gone and entry not in out
    }


def _reason(entry: Entry, exclusions: Collection[Exclusion]) -> Finding | None:
    """Return why an entry is left out: its own row, or one of another sheet that it draws on, is excluded."""
    for exclusion in exclusions:
        if exclusion.sheet == entry.sheet:
            if entry.row in exclusion.rows and _in_columns(entry, exclusion.columns):
                return exclusion.reason
        elif any(value.sheet == exclusion.sheet and value.row in exclusion.rows for value in entry.fields()):
            return exclusion.reason
    return None


def _in_columns(entry: Entry, columns: Collection[int]) -> bool:
    return not columns or (entry.addressee is not None and entry.addressee.column in columns)
