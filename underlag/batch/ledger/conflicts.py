"""Everything that waits for a person, as conflicts: addressees that the same workbooks disagree about."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, NamedTuple

from underlag.batch.ledger.row_places import rows_where
from underlag.batch.ledger.unit_rows import Reason
from underlag.batch.records.ledger import Conflict, RowPlace
from underlag.text.lists import listed

#: The kinds of conflicts with their texts, the most serious first.
_SAY: Final = {
    Reason.PRODUCER.value: "Arbetsböcker i olika ärenden anger olika producenter för samma adressat",
    Reason.REGIONS.value: "Samma adressat finns i arbetsböcker från olika regioner",
    Reason.ROUTES.value: "Arbetsböcker i olika ärenden säger emot varandra",
    Reason.VERSIONS.value: (
        "Arbetsböcker i samma ärende säger emot varandra, och det går inte att se vilken som är nyast"
    ),
    Reason.FAULTY_NEWER.value: "En nyare arbetsbok gäller samma adressater men har fel på de raderna",
}
_KINDS: Final = tuple(_SAY)


class _Row(NamedTuple):
    number: int
    environment: str
    region: str
    reason: str
    other: int
    action: str
    component: str
    place: RowPlace


def waiting(database: sqlite3.Connection) -> list[Conflict]:
    """Return the conflicts of all that waits, oldest rows first."""
    rows = [_row(place, more) for place, more in rows_where(database, "rows.state = 'väntar'", more=_MORE)]
    others = _others(database, {row.other for row in rows} - {row.number for row in rows})
    known = others | {row.number: row for row in rows}
    units: defaultdict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        units[row.environment, row.place.unit].append(row)
    grouped: defaultdict[tuple[object, ...], list[list[_Row]]] = defaultdict(list)
    for (environment, _), own in units.items():
        every = {row.number: row for row in own}
        every |= {row.other: known[row.other] for row in own if row.other in known}
        together = [every[number] for number in sorted(every)]
        grouped[environment, _signature(together)].append(together)
    return [_conflict(each) for each in grouped.values()]


_MORE: Final = (
    "rows.number, cases.environment, cases.region, rows.reason, rows.other, heads.action, heads.component"
)


def _row(place: RowPlace, more: tuple[Any, ...]) -> _Row:
    return _Row._make((*more, place))


def _others(database: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, _Row]:
    found = {}
    for number in sorted(numbers):
        for place, more in rows_where(database, "rows.number = ?", (number,), _MORE):
            found[number] = _row(place, more)
    return found


def _signature(rows: Sequence[_Row]) -> tuple[object, ...]:
    """Return the key by which conflicts of several addressees are reported together."""
    return tuple(
        (row.reason, row.place.contract, row.place.book, row.place.asks, row.place.load) for row in rows
    )


def _conflict(units: list[list[_Row]]) -> Conflict:
    rows = units[0]
    kind = next((one for one in _KINDS if any(row.reason == one for row in rows)), Reason.ROUTES.value)
    apart = _apart(rows, [kind])
    books = {row.place.book: row.place.origin for row in rows}
    addressees = tuple(each[0].place.unit for each in units)
    choices = tuple(f"--valj {book}" for book in sorted(books))
    return Conflict(
        kind,
        rows[0].environment,
        tuple(dict.fromkeys(row.place.contract for row in apart)),
        addressees,
        tuple(sorted(books.items())),
        tuple(row.place for each in units for row in each),
        _message(kind, _explained(rows, kind), len(addressees), choices),
        choices,
    )


def _apart(rows: Sequence[_Row], kinds: Collection[str]) -> list[_Row]:
    """Return the rows that contradict each other, of the kinds of conflicts."""
    partners = {row.other for row in rows if row.reason in kinds}
    return [row for row in rows if row.reason in kinds or row.number in partners]


def _explained(rows: Sequence[_Row], kind: str) -> str:
    """Return by contract what each workbook that can be chosen says.

    Of a workbook that only waits with the others, one row is named.
    """
    shown_rows = _apart(rows, _KINDS)
    named = {row.place.book for row in shown_rows}
    for row in rows:
        if row.place.book not in named:
            named.add(row.place.book)
            shown_rows.append(row)
    by_contract: defaultdict[str, defaultdict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    introduced: set[int] = set()
    for row in shown_rows:
        book = row.place.book
        whose = f"arbetsbok {book}" if book in introduced else _introduced(row)
        by_contract[row.place.contract][_asks(row, kind)].setdefault(book, whose)
        introduced.add(book)
    parts = []
    for contract, asked in by_contract.items():
        views = [f"{listed(list(who.values()))} {asks}" for asks, who in asked.items()]
        parts.append(f"för {contract} anger {listed(views)}")
    return "; ".join(parts)


def _message(kind: str, explained: str, count: int, choices: Sequence[str]) -> str:
    waits = "1 adressat väntar" if count == 1 else f"{count} adressater väntar"
    follows = (
        f"{waits}, i alla sina tjänstekontrakt, tills det är avgjort. Fråga vad som gäller och kör igen med "
        f"{' eller '.join(choices)}"
    )
    if kind == Reason.FAULTY_NEWER.value:
        follows = (
            f"{waits} på en rättad arbetsbok. Ska den äldre gälla ändå, kör igen med "
            f"{' eller '.join(choices)}"
        )
    return f"{_SAY[kind]}: {explained}. {follows}."


def _asks(row: _Row, kind: str) -> str:
    is_route = kind == Reason.PRODUCER.value and row.action == "add"
    return f"vägval till {row.component}" if is_route else row.place.asks


def _introduced(row: _Row) -> str:
    region = f", {row.region}" if row.region else ""
    load = f", inläsning {row.place.load:04d}" if row.place.load > 0 else ""
    return f"arbetsbok {row.place.book} ({row.place.origin}{region}{load})"
