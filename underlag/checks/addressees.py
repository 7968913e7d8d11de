"""Rows that ask for the same thing, or for two things that exclude each other.

A TAK has one route for each addressee and contract, and an order that holds one of them twice is refused.
Source: skltp/tak, duplicates of a JSON order.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from underlag.checks.contracts import contract_table
from underlag.checks.names import folded_name
from underlag.checks.survey import Survey
from underlag.findings import Finding, finding
from underlag.model import Entry, Field, Flow
from underlag.values.action import parse_action

#: What two rows for one addressee and contract must agree in, and the code if they do not.
_ROUTE: Final = (("producer", "KOM003"), ("url", "KOM004"), ("rivta_profile", "KOM008"))


class _Row(NamedTuple):
    """One row for one contract, and the cell that it is told at."""

    entry: Entry
    contract: str
    at: Field


def check_rows(survey: Survey) -> Iterator[Finding]:
    """Find duplicates, addressees with two routes, and addressees that are both added and removed."""
    for flow in survey.flows:
        first: dict[tuple[str, str, str], _Row] = {}
        # Of addressees with several rows, those that are told apart by their consumers.
        several: dict[tuple[str, str, str], dict[str, _Row]] = {}
        for key, row in _rows(survey, flow):
            known = first.setdefault(key, row)
            if known is row:
                continue
            conflict = _conflict(survey, row, known)
            if conflict is not None:
                yield conflict
                continue
            rows = several.setdefault(key, {_text(survey, known.entry, "consumer"): known})
            same = rows.setdefault(_text(survey, row.entry, "consumer"), row)
            # Addressees of another flow are judged there.
            if same is not row and not flow.same_as and _same_name(row.entry, same.entry):
                yield _finding("ADR001", row, same)


def _rows(survey: Survey, flow: Flow) -> Iterator[tuple[tuple[str, str, str], _Row]]:
    """Yield each row under what it is about: contract, addressee, and in a consumer's order the consumer."""
    table = contract_table(survey.profile, flow.spec)
    titles: dict[str, str] = {}
    unreadable, private = survey.underlag.unreadable, survey.private
    of_consumer = flow.spec.order == "consumer"
    for entry in flow.entries:
        addressee = entry.addressee
        if addressee is None or not addressee.text or addressee.text in private:
            continue
        if unreadable and addressee.position in unreadable:
            continue
        text = entry.contract.text if entry.contract else ""
        title = titles.get(text)
        if title is None:
            spec = table.judge(text).spec
            title = titles[text] = spec.title if spec else ""
        if not title:
            continue
        consumer = entry.consumer.text if of_consumer and entry.consumer else ""
        # A fixed addressee stands in no cell: then it is the consumer that the row is about.
        at = addressee if addressee.column or not entry.consumer else entry.consumer
        yield (title, addressee.text, consumer), _Row(entry, title, at)


def _conflict(survey: Survey, row: _Row, known: _Row) -> Finding | None:
    """Return the first way in which two rows exclude each other, None if they do not."""
    if _action(row.entry) != _action(known.entry):
        return _finding("ADR011", row, known)
    for role, code in _ROUTE:
        mine, theirs = _text(survey, row.entry, role), _text(survey, known.entry, role)
        if mine != theirs and mine and theirs:
            return _finding(code, row, known, producent=mine, adress=mine, profil=mine, annan=theirs)
    return None


def _finding(code: str, row: _Row, other: _Row, **texts: str) -> Finding:
    return finding(
        code,
        row.at,
        kontrakt=row.contract,
        annan_cell=other.at.cell,
        related=(other.at.position,),
        **texts,
    )


def _same_name(left: Entry, right: Entry) -> bool:
    """Whether two rows name their addressee alike; two names are told as such."""
    names = [entry.addressee_name.text for entry in (left, right) if entry.addressee_name]
    return len({folded_name(name) for name in names if name}) <= 1


def _text(survey: Survey, entry: Entry, role: str) -> str:
    value: Field | None = getattr(entry, role)
    if value is None or not survey.is_readable(value):
        return ""
    return value.text.upper() if role == "rivta_profile" else value.text


def _action(entry: Entry) -> str:
    stated = entry.action
    return (parse_action(stated.text) if stated and stated.text else None) or "add"
