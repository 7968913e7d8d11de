"""Judges names: a unit that is closed, for tests or not to be ordered, and a system that is an example.

Findings: ADR034.
"""

from collections.abc import Mapping

from underlag.findings import finding
from underlag.reading.account.conditions import value_of
from underlag.reading.account.context import Context, Ledger
from underlag.reading.account.rows_of_table import TableRows
from underlag.reading.remarks.names import examples_among, remarks_among
from underlag.reading.tables.table import Table
from underlag.workbook import Cells, Field


def judge_names(table: Table, context: Context, rows: TableRows, ledger: Ledger) -> None:
    """Ask about the names of units that are added and say more than what the unit is called.

    Args:
        table: the tables and forms that were read from the sheet.
        context: the order and the run.
        rows: the sheet's rows.
        ledger: collects the items, the findings and the rows to leave out.
    """
    environment = context.profile.environment(context.environment)
    production = environment is not None and environment.production
    for role in ("consumer_name", "producer_name") if production else ():
        if column := table.rows.parts.get(role):
            _ask(column, examples_among(frozenset(column.texts)), context, rows, ledger)
    column = table.rows.parts.get("addressee_name")
    if column is None:
        return
    contracts = tuple(contract.name for contract in context.profile.contracts)
    # A name that the profile states itself, with a dash maybe, has no remark.
    known = {fixed.name for flow in context.profile.flows for fixed in flow.fixed}
    remarks = remarks_among(frozenset(column.unique_texts()) - known, contracts, production=production)
    _ask(column, remarks, context, rows, ledger)


def _ask(
    column: Cells, remarks: Mapping[str, str], context: Context, rows: TableRows, ledger: Ledger
) -> None:
    if not remarks:
        return
    left_out = {row for one in ledger.exclusions if not one.columns for row in one.rows}
    named: dict[str, list[Field]] = {}
    for cell in dict.fromkeys(column.with_text(remarks)):
        if cell.row not in left_out and not rows.removes(cell.row, context):
            named.setdefault(cell.text, []).append(cell)
    for text, cells in named.items():
        item = value_of(cells, rows, ledger)
        if not rows.answered(item, ledger):
            related = tuple(cell.position for cell in cells[1:])
            ledger.ask(item, finding("ADR034", cells[0], ord=remarks[text], related=related))
