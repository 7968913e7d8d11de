"""The account of the sheet "Beställning": unknown labels, and texts that contradict the order.

Findings: FLI011, FLI019, FLI039, FLI061, FLI063.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from underlag.account import NEUTRAL, Item, Kind, SheetAccount
from underlag.characters.likeness import compact
from underlag.findings import finding
from underlag.privacy.quoting import quoted_text
from underlag.profiles.words import IGNORE, words
from underlag.reading.account.context import LONGEST_QUOTE, Context, Ledger, cell_or_note
from underlag.reading.account.counts import judge_count
from underlag.reading.account.marks import notes_of
from underlag.reading.account.outside_cells import judge_loose
from underlag.reading.account.statements import (
    judge_asides,
    judge_statements,
    outside_rows,
)
from underlag.reading.account.texts import denies_below, judge_outside, texts_of, weight_outside
from underlag.reading.cells.dates import period_of
from underlag.reading.cells.identifiers import mentions_value
from underlag.reading.formats.grid import Sheet
from underlag.reading.order_details.statements import (
    DETAILS,
    OF_ROLES,
    known_labels,
    meaning,
    nearest_label,
    part,
    repeated_contact,
)
from underlag.reading.remarks.days import states_other_day
from underlag.reading.remarks.detail_values import (
    OF_ORDER,
    carries_more,
    is_doubted,
    is_plain_value,
    may_mean_other_value,
    repeats_value,
)
from underlag.reading.remarks.environments import names_other_environment
from underlag.reading.remarks.units import MentionedUnits
from underlag.text.lists import MOST_NAMED, listed
from underlag.values.action import plain_action
from underlag.values.placeholder import is_placeholder
from underlag.workbook import Field, Flow

#: Unknown labels may mean these details where they are missing.
_MUST_BE_STATED: Final = ("date", "case_number")
#: Maximum words of a person's or system's name next to a label.
_LONGEST_NAME: Final = 3
#: Number of details from which a column of texts after their values explains the form.
_FEWEST_EXPLAINED: Final = 3


def account_of_order_sheet(
    sheet: Sheet,
    flows: Sequence[Flow],
    mentioned: MentionedUnits,
    unknown: Iterable[tuple[Field, Field]],
    context: Context,
) -> Ledger:
    """Judge texts on the sheet with the order details that contradict the order.

    Args:
        sheet: the sheet.
        flows: the flows read from the other sheets.
        mentioned: the units of all flows, to find in texts.
        unknown: its unknown labels, with the values next to them.
        context: the order and the run.
    """
    ledger = Ledger(SheetAccount(sheet.name, "Beställning"), context.decisions)
    every = list(outside_rows(sheet, range(1, len(sheet.rows) + 1)))
    stated = {meaning(cells[0].text) for cells in every if cells[1:]}
    asides: list[Field] = []
    for label, value in unknown:
        if (
            stated.issuperset(_MUST_BE_STATED)
            and _is_aside(label, value, context)
            and not mentioned.are_meant_by(value.text)
        ):
            asides.append(label)
        else:
            # A text of several words is judged with the others of the sheet.
            is_asked = " " in value.text and bool(weight_outside(value.text, mentioned))
            _judge_label(label, value, context, ledger, is_asked=is_asked)
    _enter_asides(asides, context, ledger)
    of_units = [flow for flow in flows if flow.spec.order == "producer"] or flows
    units = [set(flow.entries.texts("addressee")) - {""} for flow in of_units]
    counts = {*map(len, units), *(len(flow.entries) for flow in of_units), len(set().union(*units))} - {0}
    rows = [cells for cells in every if _counts(cells[0], context)]
    judge_statements(rows, counts, context, ledger, of_details=True)
    values = list(_values(rows))
    for beside in values:
        if beside.key == "remark":
            judge_count([beside.at], counts, ledger)
    judge_outside(_free_texts(sheet, rows, values, mentioned), ledger, mentioned)
    _judge_values(values, context, mentioned, ledger)
    _judge_further(values, context, mentioned, ledger)
    _judge_other_days(rows, values, context, mentioned, ledger)
    _judge_marked(sheet, rows, ledger)
    _judge_notes(sheet, every, context, mentioned, ledger)
    judge_loose(sheet.loose, counts, context, ledger, mentioned)
    return ledger


def _is_aside(label: Field, value: Field, context: Context) -> bool:
    """Whether an unknown label says something that no order has: 'Fakturareferens', '4711'.

    The label is of the kinds that words.toml lists. The value is a code or a name, and nothing that an order
    could have.
    """
    plain = compact(label.text)
    if not words().remarks.labels_aside(label.text) or words().remarks.changes_order(value.text):
        return False
    if nearest_label(label.text) or any(name in plain for name in known_labels()):
        return False
    text = value.text
    parts = text.split()
    return (
        len(parts) <= _LONGEST_NAME
        and all(part[0].isupper() or part[0].isdigit() for part in parts)
        and words().answer(text) is None
        and words().denials.in_rows(text) is None
        and period_of(text) is None
        and context.profile.environment(text) is None
        and plain_action(text) is None
        and not mentions_value(text)
        and "@" not in text
    )


def _enter_asides(labels: Sequence[Field], context: Context, ledger: Ledger) -> None:
    """Enter labels that say nothing about the order, in one finding."""
    context.decisions.seen(label.text for label in labels)
    chosen = [context.decisions.role(label.sheet, label.text, label.column) for label in labels]
    ledger.account.items += (
        Item(Kind.COLUMN, label, role or NEUTRAL, decided=bool(role))
        for label, role in zip(labels, chosen, strict=True)
    )
    if named := [f"”{label.text}”" for label, role in zip(labels, chosen, strict=True) if not role]:
        sheet = labels[0].sheet
        ledger.findings.append(finding("FLI011", sheet=sheet, kolumner=listed(named, most=MOST_NAMED)))


def _judge_label(label: Field, value: Field, context: Context, ledger: Ledger, *, is_asked: bool) -> None:
    """Ask about an unknown label, unless its value is asked about or its meaning was decided."""
    chosen = context.decisions.role(label.sheet, label.text, label.column)
    context.decisions.seen([label.text])
    item = Item(Kind.COLUMN, label, chosen, values={value.text: [value]}, decided=bool(chosen))
    ledger.account.items.append(item)
    if is_asked or chosen == IGNORE or chosen in OF_ROLES:
        return
    item.decided = False
    denial = words().denials.in_rows(value.text)
    if denial is not None and denial.weight == "whole" and words().answer(value.text) is None:
        where = f"{value.cell} (”{label.text}”)"
        ledger.ask(item, finding("FLI039", value, celler=where, rader=""))
        return
    beside = quoted_text(value.text, longest=LONGEST_QUOTE)
    ledger.ask(item, finding("FLI019", label, bredvid=beside, suggestion=_instead_of(label.text)))


def _instead_of(label: str) -> str | None:
    """Return what to do about an unknown label, in Swedish; None where nothing more can be said."""
    if contact := repeated_contact(label):
        return (
            f"Formuläret tar en {contact.lower()}. Ska en till kunna nås: skriv det i Övrig information. "
            "Ta sedan bort raden."
        )
    near = nearest_label(label)
    return f"Menas ”{near}”? Skriv i så fall så." if near else None


class _Beside(NamedTuple):
    """A cell after a known label in its row.

    Attributes:
        key: the label's key, or the part of a contact that it is.
        at: the cell.
        value: the label's value, the first cell after it; None where the cell is that value.
    """

    key: str
    at: Field
    value: Field | None


def _values(rows: Iterable[Sequence[Field]]) -> Iterator[_Beside]:
    """Yield the cells after known labels."""
    for label, *others in rows:
        key = meaning(label.text) or part(label.text)
        value: Field | None = None
        for at in others:
            of_label = meaning(at.text) or part(at.text)
            if key and not of_label:
                yield _Beside(key, at, value)
                value = value or at
            if of_label:
                key, value = of_label, None


def _free_texts(
    sheet: Sheet, rows: Sequence[Sequence[Field]], values: Iterable[_Beside], units: MentionedUnits
) -> Iterator[Field]:
    """Yield the texts to judge as sentences, without placeholders and plain values."""
    judged: set[tuple[str, int, int]] = set()
    for key, at, value in values:
        # The checks judge the action: it has one of a few words, or is an error.
        is_judged = key == "action" or is_placeholder(at.text) or is_plain_value(key, at.text, units)
        if is_judged if value is None else key in OF_ORDER or is_plain_value(key, at.text, units):
            judged.add(at.position)
    for at in texts_of(sheet, [cells[0].row for cells in rows]):
        if at.position not in judged:
            yield at


def _judge_further(
    values: Iterable[_Beside], context: Context, units: MentionedUnits, ledger: Ledger
) -> None:
    """Ask about what stands after a value: one detail has one value, and the rest is read by nobody.

    A column with texts after several values explains the form, where only what changes the order counts.
    """
    every = [(key, at, value) for key, at, value in values if value and key in OF_ORDER]
    further = [
        at
        for key, at, value in every
        if not repeats_value(key, value.text, at.text, context.profile, DETAILS[key])
    ]
    in_column = Counter(at.column for at in further)
    for at in further:
        explains = in_column[at.column] >= _FEWEST_EXPLAINED
        if weight_outside(at.text, units):
            judge_outside([at], ledger, units)
        elif not explains and may_mean_other_value(at.text):
            ledger.ask_about(at, finding("FLI039", at, celler=at.cell, rader=""))


def _judge_values(values: Iterable[_Beside], context: Context, units: MentionedUnits, ledger: Ledger) -> None:
    """Ask about values that name another region or environment, have a condition or may not be right."""
    for key, at, value in values:
        if value and key in OF_ORDER:
            continue
        more = (
            carries_more(key, at.text, units)
            or is_doubted(key, at.text, units, further=value is not None)
            or (key == "region" and names_other_environment(at.text, context.profile, context.environment))
        )
        # Of several words it is judged with the other texts, too.
        if more and not (" " in at.text and weight_outside(at.text, units)):
            ledger.ask_about(at, finding("FLI039", at, celler=at.cell, rader=""))


def _judge_other_days(
    rows: Iterable[Sequence[Field]],
    values: Iterable[_Beside],
    context: Context,
    units: MentionedUnits,
    ledger: Ledger,
) -> None:
    """Ask about texts that say that the order is to be done on another day than its date."""
    if context.day is None:
        return
    further = {at.position for key, at, value in values if value and key in OF_ORDER}
    for cells in rows:
        for at in cells[2:] if meaning(cells[0].text) == "date" else cells:
            if (
                at.position not in further
                and states_other_day(at.text, context.day, context.today)
                and not weight_outside(at.text, units)
            ):
                ledger.ask_about(at, finding("FLI039", at, celler=at.cell, rader=""))


def _judge_marked(sheet: Sheet, rows: Sequence[Sequence[Field]], ledger: Ledger) -> None:
    """Ask about details that are struck through or that nobody sees."""
    marks = {"FLI061": (sheet.struck, Kind.STRUCK), "FLI063": (sheet.unseen, Kind.UNSEEN)}
    for code, (marked, kind) in marks.items():
        for cells in rows if marked else ():
            for at in cells[1:] if meaning(cells[0].text) or part(cells[0].text) else ():
                if (at.row, at.column) in marked:
                    item = ledger.add(kind, at)
                    if not item.decided:
                        ledger.ask(item, finding(code, at))


def _judge_notes(
    sheet: Sheet,
    rows: Iterable[Sequence[Field]],
    context: Context,
    units: MentionedUnits,
    ledger: Ledger,
) -> None:
    """Judge the comments: those on a detail also where they deny it or state another day."""
    labels = {cells[0].row: cells[0].text for cells in rows}
    rest: list[Field] = []
    for at in notes_of(sheet):
        key = meaning(labels.get(at.row, "")) or part(labels.get(at.row, ""))
        denied = bool(key) and denies_below(at.text)
        moved = context.day is not None and states_other_day(
            at.text, context.day, context.today, of_date=key == "date"
        )
        if (denied or moved) and not weight_outside(at.text, units):
            ledger.ask_about(
                at, finding("FLI039", at, celler=cell_or_note(at, Kind.NOTE), rader=""), Kind.NOTE
            )
        else:
            rest.append(at)
    judge_asides(rest, context, ledger, units, Kind.NOTE)


def _counts(label: Field, context: Context) -> bool:
    """Whether a row counts: not if its label, the first of its cells, was decided to be ignored."""
    is_known = bool(meaning(label.text))
    return is_known or context.decisions.role(label.sheet, label.text, label.column) != IGNORE
