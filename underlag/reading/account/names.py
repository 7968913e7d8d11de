"""Judges names: a unit that is closed, for tests or not to be ordered, and a system that is an example.

Findings: ADR034.
"""

from collections.abc import Mapping
from typing import Final

from underlag.findings import finding
from underlag.reading.account.conditions import value_of
from underlag.reading.account.context import Context, Ledger
from underlag.reading.account.rows_of_table import TableRows
from underlag.reading.remarks.name_notes import adds_unit
from underlag.reading.remarks.names import regions_among, remarks_among, remarks_among_systems
from underlag.reading.tables.table import Table
from underlag.workbook import Cells, Field

_OWN_ROW: Final = (
    "Ska ”{}” också beställas: skriv den enheten på en egen rad, med sitt eget HSA-ID och namn. En rad "
    "beställer bara enheten med radens HSA-ID. Skriv namnet på den här raden så som det står i HSA-katalogen."
)


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
    # A name that the profile states itself, with a dash maybe, has no remark.
    known = {fixed.name for flow in context.profile.flows for fixed in flow.fixed}
    for role in ("consumer_name", "producer_name"):
        if column := table.rows.parts.get(role):
            names = frozenset(column.unique_texts()) - known
            _ask(column, remarks_among_systems(names, production=production), context, rows, ledger)
    column = table.rows.parts.get("addressee_name")
    if column is None:
        return
    contracts = tuple(contract.name for contract in context.profile.contracts)
    names = frozenset(column.unique_texts()) - known
    remarks = remarks_among(names, contracts, production=production)
    _ask(column, {**regions_among(names, context.region), **remarks}, context, rows, ledger)


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
            advice = _OWN_ROW.format(remarks[text]) if adds_unit(remarks[text]) else None
            found = finding("ADR034", cells[0], ord=remarks[text], suggestion=advice, related=related)
            ledger.ask(item, found)
