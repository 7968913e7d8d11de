"""Makes sammanstallning.xlsx, the summary to sort and filter. Texts are never written as formulas."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from underlag.batch.summary.page import CONFLICTS, STATES
from underlag.batch.summary.steps import stop_sentence
from underlag.text.moments import when, with_local_times

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_Row = Sequence[str | int]

_BOOKS: Final = (
    ("Arbetsbok", 28),
    ("Låg i", 24),
    ("Tillstånd", 10),
    ("Oförändrad", 12),
    ("Region", 12),
    ("Miljö", 6),
    ("Ärende", 11),
    ("Datum", 11),
    ("Enheter", 8),
    ("Fel", 5),
    ("Varningar", 10),
    ("Beställningar", 14),
    ("Lästa rader", 8),
    ("Inlästa rader", 8),
    ("Klara rader", 8),
    ("Väntande rader", 10),
    ("Utelämnade rader", 12),
    ("Varför utelämnade", 22),
    ("Mapp", 18),
    ("Att veta", 36),
)
_CONFLICTS: Final = (
    ("Slag", 34),
    ("Miljö", 8),
    ("Adressat", 34),
    ("Tjänstekontrakt", 36),
    ("Arbetsbok", 44),
    ("Nummer", 9),
    ("Flik", 28),
    ("Cell", 8),
    ("Anger", 60),
    ("Beskrivning", 80),
)
_REPLACED: Final = (
    ("Miljö", 8),
    ("Adressat", 34),
    ("Tjänstekontrakt", 36),
    ("Skäl", 10),
    ("Arbetsbok", 44),
    ("Flik", 28),
    ("Cell", 8),
    ("Angav", 60),
    ("Gäller: arbetsbok", 44),
    ("Flik", 28),
    ("Cell", 8),
    ("Anger", 60),
)
_CASES: Final = (
    ("Ärende", 8),
    ("Öppnat", 20),
    ("Besvarat", 20),
    ("Region", 26),
    ("Miljö", 8),
    ("Ärendenummer", 20),
    ("Arbetsböcker", 60),
    ("Lästa rader", 12),
    ("Inlästa rader", 13),
    ("Klara rader", 12),
    ("Väntande rader", 15),
    ("Utelämnade rader", 17),
    ("Inläsningar", 16),
    ("Obesvarade mejl", 60),
)
#: What reasons are called where the page and the reply have a phrase for them.
_REASONS: Final = {
    "dubblett": "samma rad i en annan arbetsbok, eller två gånger",
    "samma-rad": "redan beställd av samma arbetsbok",
}
_REJECTED: Final = (("Fil", 70), ("Mejl utan arbetsbok", 20), ("Varför", 90))
_REPLIES: Final = (("Nummer", 9), ("Fil", 44), ("Till", 34), ("Ämne", 60), ("Arbetsböcker", 60))
_LOADS: Final = (
    ("Nummer", 9), ("Miljö", 10), ("Mapp", 34), ("Beställningar", 13), ("Adressater", 12), ("Rader", 9),
    ("Läs inte in förrän det är avgjort", 60),
)  # fmt: skip
#: Height of a line and of the highest row, in points; characters take this part of a column's width at most.
_LINE: Final = 15
_HIGHEST: Final = 409
_FILLED: Final = 0.85
#: Excel's number of the paper, and its margins in inches: wide sheets are to be readable on paper.
_A4: Final = 9
_MARGIN: Final = 0.3
#: Rows of a sheet in Excel.
_MOST_ROWS: Final = 1_048_575


def summary_xlsx(summary: Mapping[str, Any], now: datetime) -> bytes:
    """Return the workbook, with a sheet for each list of the summary.

    Args:
        summary: the object of sammanstallning.json.
        now: timestamp written to the workbook.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - only where a summary is written

    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": "Sammanställning", "created": now.replace(tzinfo=None)})
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        total = book.add_format({"bold": True, "top": 1, "text_wrap": True, "valign": "top"})
        books = [_book(one) for one in summary["arbetsbocker"]]
        sheet = _sheet(book, heading, "Arbetsböcker", _BOOKS, books)
        sums = _total(summary["summa"])
        sheet.set_row(len(books) + 1, _height(sums, [width for _, width in _BOOKS]))
        for column, value in enumerate(sums):
            if isinstance(value, int):
                sheet.write_number(len(books) + 1, column, value, total)
            else:
                sheet.write_string(len(books) + 1, column, value, total)
        sheet.freeze_panes(1, 1)
        conflicts = (row for conflict in summary["konflikter"] for row in _conflict(conflict))
        _sheet(book, heading, "Konflikter", _CONFLICTS, conflicts)
        rejected = (
            (one["ursprung"], "Ja" if one["mejl"] else "", one["skal"]) for one in summary["ej_arbetsbocker"]
        )
        _sheet(book, heading, "Inte arbetsböcker", _REJECTED, rejected)
        _sheet(book, heading, "Ersatta rader", _REPLACED, map(_replaced, summary["ersatta"]))
        _sheet(book, heading, "Svar", _REPLIES, map(_reply, summary["svar"]))
        _sheet(book, heading, "Inläsningar", _LOADS, map(_load, summary["inlasningar"]))
        _sheet(book, heading, "Öppna ärenden", _CASES, map(_case, summary["arenden"]))
    return stream.getvalue()


def _book(one: Mapping[str, Any]) -> _Row:
    return (
        one["fil"],
        one["ursprung"],
        STATES[one["tillstand"]][1],
        "Ja" if one["oforandrad"] else "",
        one["region"],
        one["miljo"],
        one["arende"],
        one["datum"],
        *_numbers(one),
        one["mapp"],
        one["skal"],
    )


def _total(total: Mapping[str, Any]) -> _Row:
    return ("Summa", "", "", "", "", "", "", "", *_numbers(total), "", "")


def _numbers(one: Mapping[str, Any]) -> _Row:
    rows = one["rader"]
    return (
        one["enheter"],
        one["antal"]["fel"],
        one["antal"]["varning"],
        one["bestallningar"],
        *_rows(rows),
        ", ".join(f"{_REASONS.get(reason, reason)}: {count}" for reason, count in rows["skal"].items()),
    )


def _rows(rows: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(rows[key] for key in ("lasta", "inlasta", "klara", "vantar", "utelamnade"))


def _replaced(one: Mapping[str, Any]) -> _Row:
    row, by = one["rad"], one["av"]
    return (
        one["miljo"],
        one["adressat"],
        one["kontrakt"],
        one["skal"],
        *(row[key] for key in ("arbetsbok", "flik", "cell", "anger")),
        *(by[key] for key in ("arbetsbok", "flik", "cell", "anger")),
    )


def _reply(reply: Mapping[str, Any]) -> _Row:
    files = ", ".join(book["fil"] for book in reply["arbetsbocker"])
    return (reply["nummer"], reply["fil"], reply["till"], reply["amne"], files)


def _load(load: Mapping[str, Any]) -> _Row:
    return (
        *(load[key] for key in ("nummer", "miljo", "mapp", "bestallningar", "adressater", "rader")),
        " ".join(map(stop_sentence, load["mejl_emot"])),
    )


def _case(case: Mapping[str, Any]) -> _Row:
    return (
        case["nummer"],
        when(case["oppnat"]),
        when(case["besvarat"]) if case["besvarat"] else "obesvarat",
        case["region"],
        case["miljo"],
        ", ".join(case["arenden"]),
        ", ".join(book["fil"] for book in case["arbetsbocker"]),
        *_rows(case["rader"]),
        ", ".join(f"{number:04d}" for number in case["inlasningar"]),
        with_local_times("; ".join(case["mejl"])),
    )


def _conflict(conflict: Mapping[str, Any]) -> Iterable[_Row]:
    for row in conflict["rader"]:
        yield (
            CONFLICTS[conflict["slag"]],
            conflict["miljo"],
            row["adressat"],
            row["kontrakt"],
            row["arbetsbok"],
            row["nummer"],
            row["flik"],
            row["cell"],
            row["anger"],
            conflict["beskrivning"],
        )


def _sheet(
    book: "Workbook", heading: "Format", name: str, headers: Sequence[tuple[str, int]], rows: Iterable[_Row]
) -> Any:
    sheet = book.add_worksheet(name)
    for column, (title, width) in enumerate(headers):
        sheet.write_string(0, column, title, heading)
        sheet.set_column(column, column, width)
    # Headers are wrapped between their words.
    high = max(len(title.split()) if len(title) > width * _FILLED else 1 for title, width in headers)
    sheet.set_row(0, _LINE * high)
    widths = [width for _, width in headers]
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    last = 0
    for last, row in enumerate(rows, start=1):
        if last > _MOST_ROWS:
            break
        sheet.set_row(last, _height(row, widths))
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(last, column, value, wrapped)
            else:
                sheet.write_string(last, column, value, wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(headers) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(*[_MARGIN] * 4)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    return sheet


def _height(row: _Row, widths: Iterable[int]) -> int:
    """Return the height of a row of wrapped texts: not every program makes room for them by itself."""
    lines = max(_lines(value, width) for value, width in zip(row, widths, strict=True))
    return min(_LINE * lines, _HIGHEST)


def _lines(value: str | int, width: int) -> int:
    return max(1, ceil(len(value) / (width * _FILLED))) if isinstance(value, str) else 1
