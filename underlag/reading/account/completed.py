"""Completes rows from other columns: the version and namespace of the contract, and the action.

Findings: FLI043, KTR013.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from underlag.account import Item
from underlag.findings import finding
from underlag.profiles.words import Answer, words
from underlag.reading.account.context import Ledger, places, quoted
from underlag.reading.tables.rows import Rows, no_column
from underlag.values.action import REMOVE, action_title, plain_action
from underlag.values.contract import ContractName, parse_contract, parse_version
from underlag.workbook import Field

#: Roles whose cells complete the contract of their rows.
OF_CONTRACTS: Final = ("version", "namespace")
#: Roles whose cells say what is done with the units of their rows.
OF_ACTIONS: Final = ("action", "removal")

#: Units: the numbers of their rows; and where one row has several, the columns that they are in.
Units = tuple[Sequence[int], frozenset[int]]


def complete_contracts(item: Item, stated: Mapping[int, Field], rows: Rows, ledger: Ledger) -> None:
    """Complete the contracts of rows with a column of versions or namespaces.

    A cell that contradicts its contract is an error. An empty contract becomes that of the namespace.

    Args:
        item: the column.
        stated: its cell for each row; in a form one cell applies to several.
        rows: the sheet's rows; their contracts are replaced.
        ledger: collects the findings.
    """
    made: dict[tuple[Field, str], Field] = {}
    reported: set[tuple[str, str]] = set()

    def completed(contract: Field, row: int) -> Field:
        # A contract written once for many rows has its version on its own row.
        cell = stated.get(row) or stated.get(contract.row)
        if cell is None:
            return contract
        known = made.get((contract, cell.text))
        if known is None:
            known = made[contract, cell.text] = _joined(item.meaning, contract, cell)
            if known is contract and _contradicts(item.meaning, contract, cell):
                pair = contract.cell, cell.cell
                if pair not in reported:
                    reported.add(pair)
                    ledger.ask(
                        item,
                        finding(
                            "KTR013",
                            contract,
                            annan=cell.text,
                            annan_cell=cell.cell,
                            related=(cell.position,),
                        ),
                    )
        return known

    for index, number in enumerate(rows.numbers):
        contracts = rows.parts.get("contract")
        if contracts is None:
            break
        contracts[index] = completed(contracts[index], number)
    for row in rows.loose:
        if "contract" in row:
            own = max((value.row for value in row.values() if value.column), default=0)
            row["contract"] = completed(row["contract"], own)


def _joined(role: str, contract: Field, cell: Field) -> Field:
    """Return a contract completed by its cell; the contract itself if there is nothing to add."""
    named = parse_contract(contract.text)
    if role == "namespace":
        other = parse_contract(cell.text)
        if not contract.text and isinstance(other, ContractName):
            return cell
        if not isinstance(other, ContractName) or not isinstance(named, ContractName):
            return contract
        version = other.major if named.name.casefold() == other.name.casefold() else None
    else:
        version = parse_version(cell.text)
    if isinstance(named, ContractName) and named.major is None and version is not None:
        return contract._replace(text=f"{contract.text} v{version}")
    return contract


def _contradicts(role: str, contract: Field, cell: Field) -> bool:
    named = parse_contract(contract.text)
    if not isinstance(named, ContractName):
        return False
    if role == "version":
        version = parse_version(cell.text)
        return version is not None and named.major is not None and version != named.major
    other = parse_contract(cell.text)
    if not isinstance(other, ContractName):
        return False
    versions = {major for major in (named.major, other.major) if major is not None}
    return named.name.casefold() != other.name.casefold() or len(versions) > 1


def _own_row(cell: Field) -> Units:
    return (cell.row,), frozenset()


def take_actions(
    item: Item, rows: Rows, ledger: Ledger, units_of: Callable[[Field], Units] = _own_row
) -> list[str]:
    """Set the actions of rows from a column of marks ('Ta bort') or of actions under another header.

    The column of actions itself takes precedence.

    Args:
        item: the column, or the label of a form.
        rows: the sheet's rows; they get the actions.
        ledger: gets the finding.
        units_of: gives the units that a cell decides about.

    Returns:
        the texts without a meaning here.
    """
    removing: list[Field] = []
    actions: dict[frozenset[int], dict[int, Field]] = {}
    unknown: list[str] = []
    for text, cells in item.unsettled.items():
        action = _action(item.meaning, text)
        if action is None:
            unknown.append(text)
            continue
        for cell in cells if action else ():
            numbers, columns = units_of(cell)
            actions.setdefault(columns, {}).update(dict.fromkeys(numbers, cell._replace(text=action)))
        removing += cells if action == REMOVE else ()
    for columns, by_row in actions.items():
        set_actions(rows, by_row, item.at.sheet, columns=columns)
    if removing and not item.decided:
        ledger.ask(
            item,
            finding(
                "FLI043",
                removing[0],
                kolumn=item.at.text,
                innehåll=quoted(item.values),
                celler=places(removing),
                related=tuple(cell.position for cell in removing[1:]),
            ),
        )
    return unknown


def _action(role: str, text: str) -> str | None:
    """Return the action of a cell, '' for none, None if the cell says something else."""
    if role == "action":
        action = plain_action(text)
        return action_title(action) if action else None
    answer = words().answer(text)
    denial = words().denials.in_rows(text)
    if answer in {Answer.YES, Answer.MARK} or plain_action(text) == "remove":
        return REMOVE
    if denial is not None and denial.ends and denial.weight != "inside":
        return REMOVE
    return "" if answer is Answer.NO else None


def set_actions(
    rows: Rows,
    actions: dict[int, Field],
    sheet: str,
    *,
    over: bool = False,
    columns: frozenset[int] = frozenset(),
) -> None:
    """Set the actions of rows by number; with `over`, also of rows that state another action.

    With `columns`, only of rows whose addressee is in one of these.
    """
    if not actions:
        return
    given = rows.parts.get("action")
    if given is None:
        given = rows.parts["action"] = no_column(sheet, rows.numbers)
    for index, number in enumerate(rows.numbers):
        action = actions.get(number)
        if columns and rows.parts["addressee"][index].column not in columns:
            continue
        if action is not None and (over or not given[index].text):
            given[index] = action
