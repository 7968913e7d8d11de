"""The content of the reply to the region, for its text and its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from underlag.characters.cleaning import shown
from underlag.documents.lists.addressees import listed
from underlag.documents.mails.reply_findings import KindView, kind_views
from underlag.documents.mails.reply_outcome import Outcome, outcome
from underlag.documents.mails.reply_steps import steps
from underlag.documents.report.orders import SumRow, left_out_view
from underlag.findings import Severity
from underlag.orders.order import Addressee, Order
from underlag.privacy.identity import shown_identity, without_private
from underlag.text.file_names import shown_name
from underlag.text.numbers import counted

if TYPE_CHECKING:
    from underlag.checked import Checked, LeftOut

#: Addressees and returned rows that the mail itself lists; more are in a file of their own.
MOST_LISTED: Final = 50

_ACTIONS: Final = {"add": "läggs till", "remove": "tas bort"}


class OrderLine(NamedTuple):
    """An order in a line: '2 av 3', its system, its contracts and the number of addressees."""

    ordinal: str
    component: str
    contracts: str
    addressees: str


@dataclass(slots=True, frozen=True)
class AddresseeList:
    """The addressees to add, or to remove.

    Attributes:
        title: e.g. '12 logiska adressater läggs till'.
        addressees: all of them, or none when they are too many for the mail.
        file: the attached file that then lists them, '' otherwise.
    """

    title: str
    addressees: list[Addressee]
    file: str


@dataclass(slots=True, frozen=True)
class ReplyView:
    """The parts of the reply; empty ones are omitted.

    Attributes:
        outcome: the outcome of the workbook.
        lead: the sentences that state it.
        orders: the orders.
        lists: the addressees of the orders.
        sums, total: for each direction of traffic the rows read, ordered and returned.
        returned: the returned rows, and a note if there are more.
        errors, warnings: the findings.
        steps: the region's next steps.
        sender: the person who answers.
    """

    outcome: Outcome
    lead: str
    orders: list[OrderLine]
    lists: list[AddresseeList]
    sums: list[SumRow]
    total: SumRow | None
    returned: list[str]
    returned_rest: str
    errors: list[KindView]
    warnings: list[KindView]
    steps: list[str]
    sender: str


def reply_view(
    checked: "Checked", orders: Sequence[Order], annotated: str, lists: Mapping[str, str], *, withheld: bool
) -> ReplyView:
    """Return the content of the reply.

    Args:
        checked: the checked workbook.
        orders: its orders.
        annotated: the name of the attached annotated workbook, '' if there is none.
        lists: the names of the attached lists of addressees, by action.
        withheld: whether the annotated workbook is left out because it contains a personal identity number.
    """
    profile = checked.underlag.profile
    left_out = left_out_view(checked)
    rest = len(checked.left_out) - MOST_LISTED
    return ReplyView(
        outcome=outcome(checked),
        lead=_lead(checked, orders),
        orders=[_order_line(order) for order in orders],
        lists=[_addressee_list(orders, action, lists.get(action, "")) for action in actions(orders)],
        sums=left_out.sums if left_out else [],
        total=left_out.total if left_out else None,
        returned=[_returned(row) for row in checked.left_out[:MOST_LISTED]],
        returned_rest=f"… och {counted(rest, 'rad', 'rader')} till" if rest > 0 else "",
        errors=kind_views(checked.findings, Severity.ERROR),
        warnings=kind_views(checked.findings, Severity.WARNING),
        steps=steps(checked, annotated, withheld=withheld),
        sender=profile.mail_to if profile else "",
    )


def actions(orders: Sequence[Order]) -> list[str]:
    """Return the actions of the orders: 'add', 'remove' or both."""
    return [action for action in _ACTIONS if listed(orders, action)]


def _lead(checked: "Checked", orders: Sequence[Order]) -> str:
    """Return the first sentences: thanks, and the outcome."""
    thanks = f"Tack för underlaget {shown(shown_name(checked.underlag.source.name))}. Vi har granskat det"
    errors = counted(checked.count(Severity.ERROR), "fel", "fel")
    match outcome(checked):
        case Outcome.RETURNED:
            return f"{thanks} och hittat {errors}. Inget går vidare till inläsning förrän det är rättat."
        case Outcome.WAITING:
            return (
                f"{thanks} utan att hitta fel. Vi behöver ordna något i TAK innan det kan läsas in, och hör "
                "av oss när det är gjort."
            )
        case Outcome.PARTLY:
            back = counted(checked.rows_left_out, "rad", "rader")
            return (
                f"{thanks} och hittat {errors}. De rätta raderna går vidare till inläsning{_target(orders)}. "
                f"{back} kommer tillbaka till er för rättning."
            )
    if not orders:
        return f"{thanks} utan att hitta fel, men ingen rad är kvar att beställa."
    return f"{thanks} utan att hitta fel, och det går vidare till inläsning{_target(orders)}."


def _target(orders: Sequence[Order]) -> str:
    """Return the platform and day of the orders as a phrase."""
    if not orders:
        return ""
    day = orders[0].day
    when = f" med {day.isoformat()} som datum för ändringen" if day else ""
    return f" i {orders[0].environment.form_title}{when}"


def _order_line(order: Order) -> OrderLine:
    """Return an order as a line."""
    role = "Tjänstekonsument" if order.kind == "consumer" else "Tjänsteproducent"
    name = f" ({shown(order.component.name)})" if order.component.name else ""
    count = counted(len(order.addressees), "logisk adressat", "logiska adressater")
    return OrderLine(
        order.ordinal,
        f"{role} {order.component.hsa_id}{name}",
        ", ".join(contract.title for contract in order.contracts),
        f"{count} {_ACTIONS[order.action]}",
    )


def _addressee_list(orders: Sequence[Order], action: str, file: str) -> AddresseeList:
    addressees = listed(orders, action)
    count = counted(len(addressees), "logisk adressat", "logiska adressater")
    shown_here = [] if file else [Addressee(hsa_id, shown(name)) for hsa_id, name in addressees]
    return AddresseeList(f"{count} {_ACTIONS[action]}", shown_here, file)


def _returned(row: "LeftOut") -> str:
    """Return a returned row as a line: its place, unit and codes."""
    entry = row.entry
    unit = shown_identity(entry.addressee.text) if entry.addressee and entry.addressee.text else ""
    name = shown(without_private(entry.addressee_name.text)) if entry.addressee_name else ""
    codes = ", ".join(dict.fromkeys(reason.code for reason in row.reasons))
    about = " ".join(part for part in (unit, name) if part)
    return f"{shown(entry.sheet)}, rad {entry.row}: {f'{about} ' if about else ''}({codes})"
