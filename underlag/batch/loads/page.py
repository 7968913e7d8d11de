"""sida.html of a load, and rader.csv: from which case, workbook and cell each of its rows comes."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from typing import Final, NamedTuple

from underlag.batch.loads.row_table import LoadRow, LoadRows
from underlag.characters.cleaning import shown
from underlag.documents.lists.left_out import harmless
from underlag.documents.package_names import FileEntry
from underlag.documents.templates import environment
from underlag.privacy.identity import shown_identity, shown_text
from underlag.tak.orders.load_time import load_time
from underlag.text.moments import when
from underlag.text.numbers import counted, number

#: So many rows are on the page; all are in rader.csv.
MOST_ROWS: Final = 5_000
#: The names of TAK orders start so.
ORDERS: Final = "tak/bestallning-"
#: What an action is called.
ACTIONS: Final = {"add": "Lägg till", "remove": "Ta bort"}

_TITLES: Final = (
    "HSA-ID", "Namn", "Tjänstekontrakt", "Åtgärd", "System", "Anropsadress", "Konsument", "Datum", "Ärende",
    "Region",
    "Ärendenummer", "Arbetsbok", "Fil", "Flik", "Cell",
)  # fmt: skip


class RowView(NamedTuple):
    """A row and where it comes from."""

    unit: str
    name: str
    contract: str
    action: str
    component: str
    url: str
    consumer: str
    day: str
    case: str
    region: str
    case_number: str
    book: str
    origin: str
    sheet: str
    cell: str


def load_html(
    load: int, environment_key: str, found: LoadRows, made_at: datetime, files: Sequence[FileEntry]
) -> bytes:
    """Return the page as UTF-8; it asks for nothing from outside.

    Args:
        load: the load's number.
        environment_key: its environment.
        found: its rows.
        made_at: when it was made.
        files: its files; the TAK orders in the order in which to load them, then their undo.
    """
    rest = len(found.rows) - MOST_ROWS
    orders = [file for file in files if file.name.startswith(ORDERS)]
    cases = {(source.case, source.region) for source in found.books}
    page = (
        environment()
        .get_template("inlasning.html")
        .render(
            number=f"{load:04d}",
            environment=environment_key,
            made=when(made_at),
            rows=list(_views(found, found.rows[:MOST_ROWS])),
            rest=counted(rest, "rad till", "rader till") if rest > 0 else "",
            count=number(len(found.rows)),
            units=number(len({row.unit for row in found.rows})),
            cases=[f"{case} ({shown(region) or 'okänd region'})" for case, region in sorted(cases)],
            orders=[file.name for file in orders],
            undos=[file.name for file in files if file.name.startswith("tak/aterstall-")],
            time=load_time(file.size for file in orders).sentence,
        )
    )
    return page.encode("utf-8", "replace")


def rows_csv(found: LoadRows) -> bytes:
    """Return all rows as a Swedish Excel reads them: semicolon, UTF-8 with byte-order mark."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(_TITLES)
    writer.writerows(_views(found, found.rows, harmless))
    return stream.getvalue().encode("utf-8-sig", "replace")


def _views(
    found: LoadRows, rows: Iterable[LoadRow], safe: Callable[[str], str] = lambda text: text
) -> Iterator[RowView]:
    """Yield rows as people read them; `safe` is applied to each text, once for all rows that share it."""

    def texts(*values: str) -> tuple[str, ...]:
        return tuple(map(safe, values))

    units = [texts(shown_identity(unit.hsa_id), shown_text(unit.name)) for unit in found.units]
    contracts = [texts(contract) for contract in found.contracts]
    heads = [
        texts(ACTIONS[head.action], head.component, head.url, head.consumer, head.day) for head in found.heads
    ]
    books = [
        texts(
            str(book.case),
            shown_text(book.region),
            shown_text(book.case_number),
            str(book.number),
            shown_text(book.origin),
        )
        for book in found.books
    ]
    sheets = [texts(shown_text(sheet)) for sheet in found.sheets]
    for row in rows:
        yield RowView._make(
            (
                *units[row.unit],
                *contracts[row.contract],
                *heads[row.head],
                *books[row.book],
                *sheets[row.sheet],
                safe(row.cell),
            )
        )
