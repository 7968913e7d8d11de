"""sida.html of a load, and rader.csv: from which case, workbook and cell each of its rows comes."""

import csv
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import Final, NamedTuple, TypeVar

from underlag.batch.loads.json_document import MergedEntry, files_of
from underlag.batch.loads.planned import ORDERS
from underlag.batch.loads.row_table import LoadIndex, LoadRows, Source
from underlag.batch.records.load_texts import not_restored, register_command
from underlag.characters.cleaning import shown
from underlag.documents.lists.left_out import harmless
from underlag.documents.package_names import FileEntry
from underlag.documents.templates import environment
from underlag.privacy.identity import are_shown_as_they_are, shown_identity, shown_text
from underlag.tak.orders.load_time import load_time
from underlag.text.lists import listed
from underlag.text.moments import when
from underlag.text.numbers import counted, number

_Key = TypeVar("_Key")

#: Maximum rows on the page; all are in rader.csv.
MOST_ROWS: Final = 5_000
#: Maximum numbers of orders that are named.
_MOST_NUMBERS: Final = 30
#: What an action is called.
ACTIONS: Final = {"add": "Lägg till", "remove": "Ta bort"}

_TITLES: Final = (
    "HSA-ID", "Namn", "Tjänstekontrakt", "Åtgärd", "System", "Anropsadress", "Konsument", "Datum", "Ärende",
    "Region",
    "Ärendenummer", "Arbetsbok", "Fil", "Flik", "Cell",
)  # fmt: skip


class _Texts(NamedTuple):
    """Texts of the units, contracts, heads, workbooks and sheets of rows, in the order of `_TITLES`."""

    units: Mapping[int, tuple[str, ...]]
    contracts: dict[int, tuple[str, ...]]
    heads: dict[int, tuple[str, ...]]
    books: dict[int, tuple[str, ...]]
    sheets: dict[int, tuple[str, ...]]


class OrdersView(NamedTuple):
    """TAK orders of one day and action: files, day, numbers and cases, and what the orderers write."""

    files: list[str]
    day: str
    action: str
    numbers: str
    cases: list[str]
    quoted: list[tuple[str, str]]


def load_html(  # noqa: PLR0917 - the parts of a load
    load: LoadIndex,
    found: LoadRows,
    orders: Sequence[MergedEntry],
    files: Sequence[FileEntry],
    place: str,
    today: date,
) -> bytes:
    """Return the page as UTF-8; it asks for nothing from outside.

    Args:
        load: the load as a whole.
        found: its rows.
        orders: its merged orders.
        files: its files; the TAK orders in the order in which to load them, then their undo.
        place: the path of the register from the folder of the load.
        today: the day on which it is made, from which orders without a day apply.
    """
    rest = found.count - MOST_ROWS
    tak_orders = [file for file in files if file.name.startswith(ORDERS)]
    page = (
        environment()
        .get_template("inlasning.html")
        .render(
            number=f"{load.number:04d}",
            loaded=register_command("inlast", place, f"{load.number:04d}"),
            undone=register_command("angra", place, f"{load.number:04d}"),
            environment=load.environment,
            made=when(load.made_at),
            not_restored=not_restored(load.not_restored),
            rows=_views(found),
            rest=counted(rest, "rad till", "rader till") if rest > 0 else "",
            count=number(load.rows),
            units=number(load.addressees),
            cases=_cases(found.books.values()),
            orders=[file.name for file in tak_orders],
            groups=_orders(orders, [file.name for file in tak_orders], today),
            undos=[file.name for file in files if file.name.startswith("tak/aterstall-")],
            time=load_time(file.size for file in tak_orders).sentence,
        )
    )
    return page.encode("utf-8", "replace")


def _cases(sources: Iterable[Source]) -> list[str]:
    cases = {(source.case, source.region) for source in sources}
    return [f"{case} ({shown(region) or 'okänd region'})" for case, region in sorted(cases)]


def _orders(entries: Sequence[MergedEntry], names: Sequence[str], today: date) -> list[OrdersView]:
    """Return the TAK orders in the order in which to load them."""
    together: defaultdict[int, list[MergedEntry]] = defaultdict(list)
    for entry in entries:
        together[entry.tak].append(entry)
    views = []
    for tak, some in together.items():
        own = files_of(tak, names)
        sources = {source.number: source for entry in some for source in entry.sources}
        day = some[0].day
        views.append(
            OrdersView(
                own,
                day.isoformat() if day else f"{today}, dagen då filen gjordes: inget datum är angivet",
                ACTIONS["remove" if some[0].removes else "add"],
                listed([str(entry.number) for entry in some], most=_MOST_NUMBERS),
                _cases(sources.values()),
                [
                    (f"{number}: {shown_text(source.origin)}", shown_text(source.quoted))
                    for number, source in sorted(sources.items())
                    if source.quoted
                ],
            )
        )
    return sorted((view for view in views if view.files), key=lambda view: names.index(view.files[0]))


def rows_csv(found: LoadRows) -> Iterator[bytes]:
    """Yield all rows as a Swedish Excel reads them: semicolon, UTF-8 with byte-order mark; part by part."""
    units, contracts, heads, books, sheets = map(_fields, _texts(found, found.units))
    cells = _fields({cell: (cell,) for cell in found.rows.cell})
    yield BOM_UTF8 + _encoded(_csv([_TITLES]))
    rows = zip(*found.rows, strict=True)
    while some := list(islice(rows, MOST_ROWS)):
        yield _encoded(
            f"{units[unit]};{contracts[contract]};{heads[head]};{books[book]};{sheets[sheet]};{cells[cell]}"
            for book, head, contract, unit, sheet, cell in some
        )


def _encoded(lines: Iterable[str]) -> bytes:
    return "\r\n".join([*lines, ""]).encode("utf-8", "replace")


class _Lines(list[str]):
    """What csv writes, line by line."""

    write = list.append


def _csv(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return adjacent fields of lines."""
    lines = _Lines()
    csv.writer(lines, delimiter=";", lineterminator="").writerows(map(harmless, texts) for texts in rows)
    return lines


def _fields(texts: Mapping[_Key, tuple[str, ...]]) -> dict[_Key, str]:
    return dict(zip(texts, _csv(texts.values()), strict=True))


def _views(found: LoadRows) -> Iterator[tuple[str, ...]]:
    """Yield the first rows as people read them, each as the texts that the page has of it."""
    some = {unit: found.units[unit] for unit in islice(found.rows.unit, MOST_ROWS)}
    units, contracts, heads, books, sheets = _texts(found, some)
    for book, head, contract, unit, sheet, cell in islice(zip(*found.rows, strict=True), MOST_ROWS):
        action, component = heads[head][:2]
        case, _, _, number_of_book, origin = books[book]
        yield (
            *units[unit],
            *contracts[contract],
            action,
            component,
            case,
            number_of_book,
            origin,
            *sheets[sheet],
            cell,
        )


def _texts(found: LoadRows, units: Mapping[int, tuple[str, str]]) -> _Texts:
    """Return the texts of rows, prepared once for all of them, but of some units only."""
    return _Texts(
        _units(units),
        {at: (contract,) for at, contract in found.contracts.items()},
        {
            at: (ACTIONS[one.action], one.component, one.url, one.consumer, one.day)
            for at, one in found.heads.items()
        },
        {
            at: (
                str(one.case),
                shown_text(one.region),
                shown_text(one.case_number),
                str(one.number),
                shown_text(one.origin),
            )
            for at, one in found.books.items()
        },
        {at: (shown_text(sheet),) for at, sheet in found.sheets.items()},
    )


def _units(units: Mapping[int, tuple[str, str]]) -> Mapping[int, tuple[str, ...]]:
    if are_shown_as_they_are(list(chain.from_iterable(units.values()))):
        return units
    return {at: (shown_identity(hsa_id), shown_text(name)) for at, (hsa_id, name) in units.items()}
