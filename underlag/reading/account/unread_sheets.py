"""Judges sheets that are not read: values that nothing orders, and texts that deny the order.

Findings: FLI010, FLI039, FLI041.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from underlag.account import NEUTRAL, Kind, SheetAccount
from underlag.findings import Finding, finding
from underlag.lazy_pattern import has_digit
from underlag.profiles.profile import EnvironmentSpec, Profile
from underlag.profiles.words import Answer, words
from underlag.reading.account.context import Context, Ledger, place_of, places
from underlag.reading.account.marks import judge_outer_notes
from underlag.reading.account.statements import judge_answer, outside_rows
from underlag.reading.account.texts import judge_outside, texts_of
from underlag.reading.cells.dates import day_of
from underlag.reading.cells.header_names import compact_sheet
from underlag.reading.cells.identifiers import ids_within, is_value_in_any_case
from underlag.reading.formats.grid import Sheet
from underlag.reading.order_details.statements import meaning as detail_of
from underlag.reading.remarks.units import MentionedUnits, NamedUnits
from underlag.reading.tables.header_roles import HeaderNames
from underlag.reading.tables.headers import find_headers
from underlag.reading.tables.odd_rows import is_example
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.review_notes import is_review_sheet
from underlag.workbook import Field, Flow

#: A text of fewer words may add an id to the order: 'SE…-… ska också med'.
_SHORT_TEXT: Final = 6
#: The words of a finding for values that nothing orders.
_NOT_READ: Final = "HSA-ID eller anropsadresser som inte finns på flikarna som läses"
#: Minimum headers that make a sheet similar to one of the profile's.
_FEWEST_HEADERS: Final = 3
#: Maximum rows among which details of an order are looked for, and the cells of one: label and value.
_MOST_DETAIL_ROWS: Final = 200
_PAIR: Final = 2
#: Digits of a year in the name of a sheet.
_DIGITS_OF_YEAR: Final = 4
#: Maximum values that are quoted.
_QUOTED: Final = 3


def judge_unread_sheet(
    sheet: Sheet,
    flows: Sequence[Flow],
    units: MentionedUnits,
    context: Context,
    elsewhere: Collection[str] = (),
) -> Ledger:
    """Judge a sheet that the profile does not have.

    Args:
        sheet: the sheet.
        flows: the flows that were read from the workbook.
        units: the units of all flows.
        context: the order and the run.
        elsewhere: texts that other sheets ask about; a copy of such a sheet does not ask again.
    """
    ledger = Ledger(SheetAccount(sheet.name, ""), context.decisions)
    if is_own(sheet):
        return ledger
    values = _values(sheet)
    read = _read_values(flows)
    new = [value for key, value in values.items() if key not in read]
    is_like = _is_like_a_flow(sheet, context.profile)
    is_lookup = not is_like and any(units <= values.keys() for units in _addressees(flows))
    others = () if is_like or is_lookup else _environments_of(new, values.values(), sheet, context)
    denies = words().denials.in_rows(sheet.name) is not None
    named = list(_named_units(sheet, flows)) if denies else []
    ordered = list(values.values()) or named
    against = denies and bool(ordered)
    asked, content = _left_out(sheet, values.keys(), flows)
    if new and not is_lookup and not others:
        asked, content = new, f"{len(new)} {_NOT_READ}"
    elif against:
        asked, content = ordered, f"{len(ordered)} uppgifter som beställs"
    if asked:
        _ask(sheet, asked, ledger, content, against=against)
    else:
        _enter_neutral(sheet, new, others, ledger)
    texts = (text for text in texts_of(sheet, range(1, len(sheet.rows) + 1)) if text.text not in elsewhere)
    if words().is_guide(sheet.name):
        texts = (text for text in texts if len(text.text.split()) < _SHORT_TEXT)
    if words().is_log(sheet.name):
        last = max((row for row, cells in enumerate(sheet.rows, start=1) if any(cells)), default=0)
        texts = (at for at in texts if at.row == last or not words().remarks.is_plain_in_log(at.text))
    judge_outside(texts, ledger, units)
    if not words().is_guide(sheet.name):
        _judge_details(sheet, context, ledger)
    if flows and not is_like:
        _judge_other_days(sheet, read, flows, context, ledger)
    if read.intersection(values):
        _judge_ordered_rows(sheet, read, ledger)
    judge_outer_notes(sheet, context, ledger, units)
    return ledger


def _enter_neutral(sheet: Sheet, new: Sequence[Field], others: Sequence[str], ledger: Ledger) -> None:
    """Enter a sheet that needs no attention, with a finding if it has ids that are not ordered."""
    at = Field(sheet.name, sheet.name, 1, 0)
    ledger.add(Kind.SHEET, at, meaning=NEUTRAL)
    if new:
        which = f"Fliken ”{sheet.name}”"
        more = f"{len(new)} HSA-ID eller anropsadresser till"
        content = f"Den har alla enheter på en flik som läses, och {more}"
        if others:
            content = f"De HSA-ID och anropsadresser som bara finns där gäller {listed(others)}"
        ledger.findings.append(finding("FLI010", sheet=sheet.name, flikar=which, innehåll=content))


def units_of_flows(flows: Sequence[Flow], context: Context) -> MentionedUnits:
    """Return the units of a workbook, to find in texts.

    Args:
        flows: the flows with the units.
        context: the order and the run.
    """

    def read() -> NamedUnits:
        names = [flow.entries.texts("addressee_name") for flow in flows]
        ids = set().union(*(flow.entries.texts("addressee") for flow in flows))
        systems = ("consumer_name", "producer_name")
        titles = [flow.sheet for flow in flows]
        titles += (text for flow in flows for role in systems for text in set(flow.entries.texts(role)))
        roles = ("consumer", "producer", "url")
        values = {text for flow in flows for role in roles for text in set(flow.entries.texts(role))}
        sheets = len(context.profile.sheets)
        return NamedUnits(names, ids, values=values - {""}, titles=titles, sheets=sheets)

    return MentionedUnits(read, context.region, context.day)


def is_own(sheet: Sheet) -> bool:
    """Whether a sheet is a list that an earlier review or correction added to the workbook."""
    first = next((str(cell) for row in sheet.rows for cell in row if cell != ""), "")
    return is_review_sheet(sheet.name, first)


def about_neutral_sheets(ledgers: Iterable[Ledger]) -> list[Finding]:
    """Report in one finding the sheets that are not read and need no attention.

    Args:
        ledgers: the ledgers of all sheets.
    """
    names = [
        item.at.sheet
        for ledger in ledgers
        for item in ledger.account.items
        if item.kind is Kind.SHEET and item.meaning == NEUTRAL
        if not any(found.code == "FLI010" for found in ledger.findings)
    ]
    if not names:
        return []
    named = listed([f"”{name}”" for name in names], most=MOST_NAMED)
    several = len(names) > 1
    content = "inget HSA-ID och ingen anropsadress som saknas på flikarna som läses"
    return [
        finding(
            "FLI010",
            sheet=names[0],
            flikar=f"Flikarna {named}" if several else f"Fliken {named}",
            innehåll=f"{'De' if several else 'Den'} innehåller {content}",
        )
    ]


def _named_units(sheet: Sheet, flows: Iterable[Flow]) -> Iterator[Field]:
    """Yield the cells with the name of a unit that is read."""
    names = {text.casefold() for flow in flows for text in set(flow.entries.texts("addressee_name"))} - {""}
    for row, cells in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(cells, start=1):
            if isinstance(cell, str) and cell.strip().casefold() in names:
                yield Field(cell.strip(), sheet.name, row, column)


def _judge_ordered_rows(sheet: Sheet, read: AbstractSet[str], ledger: Ledger) -> None:
    """Ask about rows with an id that is read and a text that denies it: 'SE…-4HVV borttagen'.

    A plain no does not count: it may be the answer to any question.
    """
    against: list[Field] = []
    for row, cells in enumerate(sheet.rows, start=1):
        texts = [
            (column, cell) for column, cell in enumerate(cells, start=1) if isinstance(cell, str) and cell
        ]
        if not any(_compared(value) in read for _, text in texts for value in _values_of(text)):
            continue
        against += (
            Field(text.strip(), sheet.name, row, column)
            for column, text in texts
            if words().answer(text) is not Answer.NO and words().denials.in_rows(text) is not None
        )
    _ask_about_cells(against, ledger)


def _judge_other_days(
    sheet: Sheet, read: AbstractSet[str], flows: Sequence[Flow], context: Context, ledger: Ledger
) -> None:
    """Ask about days to come other than the order's, in rows with the id or name of an ordered unit."""
    against: list[Field] = []
    if context.day is None:
        return
    names = {text.casefold() for flow in flows for text in set(flow.entries.texts("addressee_name"))} - {""}
    for cells in outside_rows(sheet, range(1, len(sheet.rows) + 1)):
        dates = [cell for cell in cells if has_digit(cell.text)]
        days = [cell for cell in dates if (day_of(cell.text) or context.day) != context.day]
        if days and any(cell.text.casefold() in names or _compared(cell.text) in read for cell in cells):
            against += (cell for cell in days if (day_of(cell.text) or context.today) > context.today)
    _ask_about_cells(against, ledger)


def _ask_about_cells(against: Sequence[Field], ledger: Ledger) -> None:
    """Ask one question about cells of a sheet that is not read."""
    if against:
        item = ledger.add(Kind.TEXT, against[0], place=place_of(against))
        if not item.decided:
            related = tuple(cell.position for cell in against[1:])
            found = finding("FLI039", against[0], celler=places(against), rader="", related=related)
            ledger.ask(item, found)


def _judge_details(sheet: Sheet, context: Context, ledger: Ledger) -> None:
    """Ask about another date or environment than the order's, on a sheet that may be filled in instead."""
    for cells in outside_rows(sheet, range(1, min(len(sheet.rows), _MOST_DETAIL_ROWS) + 1)):
        if len(cells) == _PAIR and detail_of(cells[0].text) in ("date", "environment"):
            judge_answer(cells[0], cells[1], context, ledger)


def _left_out(sheet: Sheet, values: AbstractSet[str], flows: Iterable[Flow]) -> tuple[list[Field], str]:
    """Return the units that a copy of a sheet, such as 'Flik (2)', lacks, and how the finding begins.

    A sheet named for a year, 'Flik 2025', is an earlier order and may have fewer.
    """
    if sum(map(str.isdigit, sheet.name)) >= _DIGITS_OF_YEAR:
        return [], ""
    for flow in flows:
        if compact_sheet(flow.sheet) in compact_sheet(sheet.name):
            units = {_compared(at.text): at for at in flow.entries.cells("addressee").distinct() if at.text}
            lacking = [at for key, at in units.items() if key not in values]
            if 0 < len(lacking) < len(units):
                has = len(units) - len(lacking)
                return lacking, f"{has} av de {len(units)} enheterna på fliken ”{flow.sheet}”. Där saknas"
    return [], ""


def _ask(sheet: Sheet, values: Sequence[Field], ledger: Ledger, content: str, *, against: bool) -> None:
    named = listed([f"{value.text} ({value.cell})" for value in values[:_QUOTED]])
    more = len(values) - _QUOTED
    quote = f"{named} och {more} till" if more > 0 else named
    item = ledger.add(Kind.SHEET, Field(f"{len(values)} värden: {quote}", sheet.name, 1, 0), place="fliken")
    if not item.decided:
        how = " Fliken heter som om det inte ska beställas, eller ska bort." if against else ""
        ledger.ask(
            item,
            finding(
                "FLI041",
                sheet=sheet.name,
                value=values[0].text,
                innehåll=content,
                exempel=quote,
                namn=how,
            ),
        )


def _values(sheet: Sheet) -> dict[str, Field]:
    """Return the distinct ids and addresses that fill a whole cell, by their comparison keys."""
    found: dict[str, Field] = {}
    for row, cells in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(cells, start=1):
            for text in _values_of(cell) if isinstance(cell, str) else ():
                found.setdefault(_compared(text), Field(text, sheet.name, row, column))
    return found


def _values_of(text: str) -> Iterator[str]:
    """Yield the ids and addresses of a cell: each line that is one, or within a text of few words."""
    for line in map(str.strip, text.splitlines()):
        if is_value_in_any_case(line):
            yield line
        elif len(line.split()) < _SHORT_TEXT and not is_example("addressee", line):
            yield from ids_within(line)


def _compared(text: str) -> str:
    return text.casefold().rstrip("/") if "://" in text else text.upper()


def _read_values(flows: Iterable[Flow]) -> set[str]:
    found: set[str] = set()
    for flow in flows:
        for role in ("addressee", "consumer", "producer", "url"):
            found.update(map(_compared, set(flow.entries.texts(role))))
    return found - {""}


def _environments_of(
    new: Sequence[Field], values: Iterable[Field], sheet: Sheet, context: Context
) -> Sequence[str]:
    """Return the environments of values, if none is the order's and other values are.

    A list of the addresses of all environments names each value's in its row or at the top of its column.
    """
    own = context.profile.environment(context.environment) if context.environment else None
    if own is None or not new:
        return ()

    def named(value: Field) -> list[EnvironmentSpec]:
        row, top = sheet.rows[value.row - 1], sheet.rows[0]
        beside = [*row, *top[value.column - 1 : value.column]]
        texts = (cell.strip() for cell in beside if isinstance(cell, str))
        return [spec for text in texts if text and (spec := context.profile.environment(text))]

    found = [named(value) for value in new]
    if any(len(specs) != 1 or specs[0] == own for specs in found):
        return ()
    if not any(own in named(value) for value in values):
        return ()
    return list(dict.fromkeys(specs[0].form_title for specs in found))


def _addressees(flows: Iterable[Flow]) -> Iterator[set[str]]:
    """Yield the addressees of each flow that has several."""
    for flow in flows:
        units = set(map(_compared, set(flow.entries.texts("addressee")))) - {""}
        if len(units) > 1:
            yield units


def _is_like_a_flow(sheet: Sheet, profile: Profile) -> bool:
    """Whether a sheet's name or headers are similar to those of a sheet of the profile."""
    name = compact_sheet(sheet.name)
    for spec in profile.sheets:
        if any(compact_sheet(known) in name for known in (spec.title, *spec.aliases)):
            return True
        headers = find_headers(sheet, HeaderNames(spec))
        if headers and "addressee" in headers.columns and len(headers.columns) >= _FEWEST_HEADERS:
            return True
    return False
