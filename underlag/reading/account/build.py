"""The account of a whole workbook, sheet by sheet.

Findings: FLI011, FLI039.
"""

from collections.abc import Iterator, Sequence

from underlag.account import NEUTRAL, Account, SheetAccount
from underlag.column_letters import column_letters
from underlag.findings import Finding, finding
from underlag.profiles.words import words
from underlag.reading.account.columns import columns_of, notes_among_headers
from underlag.reading.account.completed import OF_ACTIONS, OF_CONTRACTS, complete_contracts, take_actions
from underlag.reading.account.conditions import judge_column, settle_values
from underlag.reading.account.context import Context, Ledger
from underlag.reading.account.counts import judge_count
from underlag.reading.account.forms import account_of_form, labels_read
from underlag.reading.account.marks import judge_layout, judge_notes, odd_fills
from underlag.reading.account.missing_sheets import columns_of_unread, missing_titles, propose_sheets
from underlag.reading.account.names import judge_names
from underlag.reading.account.order_sheet import account_of_order_sheet
from underlag.reading.account.outside_cells import (
    FILES_NAME,
    SHEETS_NAME,
    judge_loose,
    repeats_environment,
)
from underlag.reading.account.rows_of_table import TableRows
from underlag.reading.account.statements import (
    judge_asides,
    judge_statements,
    outside_rows,
)
from underlag.reading.account.texts import judge_outside, judge_references, judge_texts, texts_of
from underlag.reading.account.unread_sheets import (
    about_neutral_sheets,
    is_own,
    judge_unread_sheet,
)
from underlag.reading.cells.cell_text import shown
from underlag.reading.cells.identifiers import opens_other
from underlag.reading.formats.grid import Sheet
from underlag.reading.formats.sheet_facts import LINK_TARGET, MAIL, NAMED_CELLS, LooseText
from underlag.reading.remarks.units import MentionedUnits, NamedUnits
from underlag.reading.tables.sheets import MatchedSheets
from underlag.reading.tables.table import Part, Table
from underlag.text.lists import MOST_NAMED, listed
from underlag.workbook import Field, Flow


def account_of(sheet: Sheet, table: Table, context: Context) -> Ledger:
    """Return the account of a sheet of the profile; complete its rows from its other columns.

    Args:
        sheet: the sheet.
        table: the tables and forms that were read from it.
        context: the order and the run.
    """
    ledger = Ledger(SheetAccount(sheet.name, table.spec.title), context.decisions)
    ledger.account.unresolved = table.unresolved
    rows, counts = TableRows(sheet, table, context), _counts(table)
    if sheet.fills:
        ledger.coloured = odd_fills(sheet, [row for part in table.parts for row in part.rows])
    for part in table.parts:
        _account_of_part(sheet, part, context, rows, ledger)
        _judge_totals(sheet, part, context, counts, ledger)
    for form in table.forms:
        account_of_form(sheet, form, context, rows, ledger)
    if not table.forms:
        headers = {item.at.position for item in ledger.account.items}
        above = {role: at for role, at in table.columns.items() if at.position not in headers}
        ledger.account.items[:0] = labels_read(above, context)
    if table.outside:
        judge_outside(texts_of(sheet, table.outside), ledger, rows.units)
        judge_statements(outside_rows(sheet, table.outside), counts, context, ledger)
    if sheet.notes:
        judge_notes(sheet, context, rows, ledger)
    judge_names(table, context, TableRows(sheet, table, context), ledger)
    judge_references(sheet, table, context, ledger)
    loose = [
        *sheet.loose,
        *_names_of_rows(sheet, table),
        *_other_targets(sheet, table),
        LooseText(SHEETS_NAME, sheet.name),
    ]
    judge_loose(loose, counts, context, ledger, rows.units)
    return ledger


def _names_of_rows(sheet: Sheet, table: Table) -> Iterator[LooseText]:
    """Yield the names that the workbook gives to rows of the table."""
    for name, (top, left, bottom, right) in sheet.named:
        if any(top <= row <= bottom for part in table.parts for row in part.rows):
            cells = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
            yield LooseText(f"{NAMED_CELLS} {cells}", name)


def _other_targets(sheet: Sheet, table: Table) -> Iterator[LooseText]:
    """Yield what the links open whose cells have another id or address in the table, in one text."""
    if not sheet.links:
        return
    rows = {row for part in table.parts for row in part.rows}
    other = [
        Field(target, sheet.name, row, column)
        for (row, column), target in sheet.links.items()
        if row in rows and opens_other(_text_at(sheet, row, column), target)
    ]
    if other:
        yield LooseText(
            f"{LINK_TARGET} i {listed([at.cell for at in other], most=MOST_NAMED)}", other[0].text
        )


def _text_at(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    return shown(cells[column - 1]).strip() if column <= len(cells) else ""


def _counts(table: Table) -> set[int]:
    """Return the numbers of units of a sheet by all ways of counting: rows, ids, and each of its tables."""
    column = table.rows.parts.get("addressee")
    units = set(column.unique_texts() if column else ()) - {""}
    counts = {len(units), len(table.rows.numbers), *(len(part.rows) for part in table.parts)}
    return counts - {0}


def _counts_of(flows: Sequence[Flow]) -> set[int]:
    """Return the numbers of units of a workbook by all ways of counting: rows, ids, those of all sheets."""
    units = [set(flow.entries.texts("addressee")) - {""} for flow in flows]
    counts = {len(flow.entries) for flow in flows} | set(map(len, [*units, set().union(*units)]))
    return counts - {0}


class Accounts:
    """The accounts of a workbook's sheets, in the order in which they are read.

    Args:
        context: the order and the run.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self._ledgers: list[Ledger] = []

    def take(self, sheet: Sheet, table: Table) -> None:
        """Judge a sheet of the profile while its cells are in memory."""
        self._ledgers.append(account_of(sheet, table, self.context))

    def finish(
        self,
        matched: MatchedSheets,
        flows: Sequence[Flow],
        unknown: Sequence[tuple[Field, Field]],
        spared: frozenset[str],
    ) -> tuple[Account, list[Finding]]:
        """Judge the other sheets; return the account and its findings.

        Args:
            matched: which sheets of the workbook are which.
            flows: the flows that were read from them.
            unknown: the unknown labels of the order's sheet, with the values next to them.
            spared: the keys of the sheets that may be missing.
        """
        decisions, profile = self.context.decisions, self.context.profile
        units = _units_of(flows, self.context)
        if matched.order is not None:
            ledger = account_of_order_sheet(matched.order, flows, units, unknown, self.context)
            self._ledgers.append(ledger)
        items = (item for ledger in self._ledgers for item in ledger.account.items)
        asked = {item.at.text for item in items if item.questions or item.decided} if matched.rest else set()
        for sheet in matched.rest:
            ledger = judge_unread_sheet(sheet, flows, units, self.context, asked)
            judge_loose(sheet.loose, (), self.context, ledger, units)
            self._ledgers.append(ledger)
        if self._ledgers:
            judge_loose(self._names(), (), self.context, self._ledgers[0], units)
            mails = [LooseText(MAIL, sentence) for sentence in self.context.mails]
            judge_loose(mails, _counts_of(flows), self.context, self._ledgers[0], units)
        missing = missing_titles(profile, matched, spared)
        unclear = [sheet for sheets in matched.ambiguous.values() for sheet in sheets]
        self._ledgers += (Ledger(SheetAccount(sheet.name, ""), decisions) for sheet in unclear)
        accounts = {ledger.account.sheet: ledger.account for ledger in self._ledgers}
        for sheet in (*matched.rest, *unclear):
            if not is_own(sheet):
                accounts[sheet.name].items[:0] = columns_of_unread(sheet, profile, decisions)
        propose_sheets(profile, missing, (*matched.rest, *unclear), accounts)
        account = Account(
            [ledger.account for ledger in self._ledgers],
            [one for ledger in self._ledgers for one in ledger.exclusions],
            missing,
            matched.unresolved,
        )
        findings = [found for ledger in self._ledgers for found in ledger.findings]
        findings += about_neutral_sheets(self._ledgers)
        return account, [*findings, *decisions.findings, *decisions.applied(), *decisions.unused()]

    def _names(self) -> list[LooseText]:
        """Return the file's name, and its names and properties that do not repeat what is asked about."""
        items = (item for ledger in self._ledgers for item in ledger.account.items)
        asked_about = [item.at.text for item in items if item.questions or item.decided]
        own = (one for one in self.context.names if not repeats_environment(one, asked_about, self.context))
        return [LooseText(FILES_NAME, self.context.file_name), *own]


def _account_of_part(sheet: Sheet, part: Part, context: Context, rows: TableRows, ledger: Ledger) -> None:
    items = list(columns_of(sheet, part, context))
    context.decisions.seen(item.at.text for item in items)
    ledger.account.items += items
    for item in items:
        if item.meaning in part.headers.columns and words().reservations.doubts_column(item.at.text):
            ledger.ask_about(item.at, finding("FLI039", item.at, celler=item.at.cell, rader=""))
    for item in items:
        settle_values(item, rows, ledger)
    # The action of a row comes first: texts about an end agree with a removal.
    rest = {
        id(item): take_actions(item, rows.table.rows, ledger)
        for item in items
        if item.meaning in OF_ACTIONS and item.values
    }
    for item in items:
        if item.meaning in OF_CONTRACTS:
            stated = {cell.row: cell for cells in item.unsettled.values() for cell in cells}
            complete_contracts(item, stated, rows.table.rows, ledger)
    judge_texts(part, context, rows, ledger)
    judge_asides(notes_among_headers(sheet, part, context), context, ledger, rows.units)
    for item in items:
        if item.values:
            judge_column(item, rest.get(id(item), ()), context, rows, ledger)
    if neutral := [item.at for item in items if item.meaning == NEUTRAL]:
        names = [f"”{at.text}”" if at.text else f"kolumn {at.letters} (utan rubrik)" for at in neutral]
        ledger.findings.append(finding("FLI011", sheet=sheet.name, kolumner=listed(names, most=MOST_NAMED)))
    columns = [column + 1 for column in part.headers.columns.values()]
    judge_layout(sheet, columns, part.rows, rows, ledger)


def _judge_totals(sheet: Sheet, part: Part, context: Context, counts: set[int], ledger: Ledger) -> None:
    """Judge statements about the order in rows below the table and in rows with totals."""
    last = max(part.rows, default=0)
    below = [text.at.row for text in part.texts if text.at.row > last]
    judge_statements(outside_rows(sheet, below), counts, context, ledger)
    before = part.headers.row + 1
    for row in part.totals:
        own = sum(before < number < row for number in part.rows)
        (cells,) = outside_rows(sheet, [row])
        judge_count(cells, counts | {own}, ledger)
        before = row


def _units_of(flows: Sequence[Flow], context: Context) -> MentionedUnits:
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
