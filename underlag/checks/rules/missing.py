"""Required values: a component's HSA-ID, an addressee, an anropsadress.

Findings: HSA001, KOM006, KOM009, URL001.
"""

from collections.abc import Iterator

from underlag.checks.rules.context import ROLE_NAMES, CheckContext
from underlag.findings import Finding, finding
from underlag.workbook import Field, Flow

#: The required roles of each kind of order.
_NEEDED = {
    "consumer": ("consumer", "addressee"),
    "producer": ("producer", "url", "consumer", "addressee"),
}


def check_missing(context: CheckContext) -> Iterator[Finding]:
    """Find empty cells, and columns that a sheet lacks."""
    for flow in context.flows:
        for role in _NEEDED[flow.spec.order]:
            yield from _empty_cells(context, flow, role)
            yield from _absent_column(context, flow, role)


def _empty_cells(context: CheckContext, flow: Flow, role: str) -> Iterator[Finding]:
    """Find the empty cells of a role; one finding for a column that is carried down."""
    if flow.same_as and role == "addressee":
        return  # another flow has the cells and is judged for them
    cells = context.cells(flow, role)
    empty = list(cells.with_text({""})) if "" in cells.texts else []
    if len(empty) == len(cells) and _may_be_absent(context, flow, role):
        empty = _beside_names(flow, role)
    if not empty:
        return
    code = "URL001" if role == "url" else "HSA001"
    if context.carries_down(flow, role):
        # Filling in the first of them fills them all.
        related = tuple(value.position for value in empty[1:])
        yield finding(code, empty[0], roll=ROLE_NAMES[role], related=related)
        return
    for value in empty:
        yield finding(code, value, roll=ROLE_NAMES[role])


def _beside_names(flow: Flow, role: str) -> list[Field]:
    """Return the empty cells of a component whose name is given."""
    if not flow.entries.has(f"{role}_name") or not any(flow.entries.texts(f"{role}_name")):
        return []
    found = {}
    for entry in flow.entries:
        value, name = entry.part(role), entry.part(f"{role}_name")
        if value is not None and value.column and name is not None and name.text and name.column:
            found[value.position] = value
    return list(found.values())


def _absent_column(context: CheckContext, flow: Flow, role: str) -> Iterator[Finding]:
    """Find a role that no row states. Reading has already reported a missing required column."""
    if context.environment is None or any(flow.entries.texts(role)) or _is_unreadable(context, flow, role):
        return
    there = flow.entries.has(role) and any(entry.part(role) is not None for entry in flow.entries)
    if there and not _may_be_absent(context, flow, role):
        return  # each empty cell has its finding
    if role == "consumer" and flow.spec.standing_authorization:
        return
    columns = (context.profile.sheet(key).column(role) for key in flow.spec.sheets)
    if any(column.required for column in columns if column):
        return
    # A route can be ordered without its authorization, which may follow; nothing else can be omitted.
    code = "KOM009" if role == "consumer" and flow.spec.order == "producer" else "KOM006"
    yield finding(
        code,
        sheet=flow.sheet,
        roll=ROLE_NAMES[role],
        miljo=context.environment.key,
        kolumn=context.column_title(flow, role) or ROLE_NAMES[role].capitalize(),
    )


def _may_be_absent(context: CheckContext, flow: Flow, role: str) -> bool:
    """Whether a column may be missing, so that an empty one is fine, too: that of a producer's consumers."""
    if role != "consumer" or flow.spec.order != "producer":
        return False
    columns = (context.profile.sheet(key).column(role) for key in flow.spec.sheets)
    return not any(column.required for column in columns if column) or flow.spec.standing_authorization


def _is_unreadable(context: CheckContext, flow: Flow, role: str) -> bool:
    """Whether any cell of a role has an error of its own, so that the role may be stated."""
    unreadable = context.underlag.unreadable
    return bool(unreadable) and any(value.position in unreadable for value in flow.entries.cells(role))
