"""The account of a form: its labels with their values, and conditions that other labels state.

Findings: FLI011.
"""

from collections.abc import Iterator

from underlag.account import NEUTRAL, Item, Kind
from underlag.findings import finding
from underlag.profiles.words import folded
from underlag.reading.account.columns import known_meaning
from underlag.reading.account.completed import OF_ACTIONS, OF_CONTRACTS, complete_contracts, take_actions
from underlag.reading.account.conditions import judge_column, settle_values
from underlag.reading.account.context import Context, Ledger
from underlag.reading.account.marks import judge_layout
from underlag.reading.account.rows_of_table import TableRows
from underlag.reading.cells.dates import period_of
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.form_layout import Form, OtherLabel
from underlag.text.lists import MOST_NAMED, listed
from underlag.workbook import Field


def account_of_form(sheet: Sheet, form: Form, context: Context, rows: TableRows, ledger: Ledger) -> None:
    """Add a form's labels to the account, and judge labels that the profile does not have.

    Args:
        sheet: the sheet.
        form: one of its forms.
        context: the order and the run.
        rows: the sheet's rows.
        ledger: collects the items and findings.
    """
    ledger.account.items += labels_read(form.labels, context)
    items = [_other_item(label, context) for label in form.others]
    context.decisions.seen(item.at.text for item in items)
    ledger.account.items += items
    for item in items:
        settle_values(item, rows, ledger)
    rest = {
        id(item): take_actions(item, rows.table.rows, ledger, rows.units_of)
        for item in items
        if item.meaning in OF_ACTIONS and item.values
    }
    for item in items:
        if item.meaning in OF_CONTRACTS and item.unsettled:
            stated = dict.fromkeys(form.entry_rows, next(iter(item.unsettled.values()))[0])
            complete_contracts(item, stated, rows.table.rows, ledger)
        if item.values:
            judge_column(item, rest.get(id(item), ()), context, rows, ledger)
    if neutral := [f"”{item.at.text}”" for item in items if item.meaning == NEUTRAL]:
        ledger.findings.append(finding("FLI011", sheet=sheet.name, kolumner=listed(neutral, most=MOST_NAMED)))
    cells = form.filled_cells
    columns, numbers = {cell.column for cell in cells}, {cell.row for cell in cells}
    judge_layout(sheet, sorted(columns), sorted(numbers), rows, ledger)


def labels_read(labels: dict[str, Field], context: Context) -> Iterator[Item]:
    """Yield an item for each label that was read as a role."""
    for role, at in labels.items():
        chosen = context.decisions.role(at.sheet, " ".join(at.text.split()), at.column)
        context.decisions.seen([at.text])
        yield Item(Kind.COLUMN, at, role, decided=bool(chosen))


def _other_item(label: OtherLabel, context: Context) -> Item:
    values: dict[str, list[Field]] = {}
    for value in label.values:
        values.setdefault(value.text, []).append(value)
    chosen = context.decisions.role(label.at.sheet, label.at.text, 0)
    item = Item(Kind.COLUMN, label.at, chosen, [label.at.row], values=values, decided=bool(chosen))
    if not chosen:
        item.meaning = NEUTRAL if _is_day_of_filling_in(item, context) else known_meaning(item, context)
    return item


def _is_day_of_filling_in(item: Item, context: Context) -> bool:
    """Whether a label 'Datum' has a day no later than the order's."""
    days = [period_of(text) for text in item.values]
    limit = context.day or context.today
    return folded(item.at.text) == "datum" and all(day is not None and day.last <= limit for day in days)
