"""The draft of the mail to customer service, with the workbook and the lists attached."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from underlag.characters.cleaning import shown
from underlag.checked import Checked
from underlag.documents.lists.addressees import ORDERS_SHEET
from underlag.documents.mails.eml import Attachment, Draft, as_eml
from underlag.documents.mails.private_files import holds_private, names_private
from underlag.documents.package_names import LIST_FILES
from underlag.documents.templates import environment
from underlag.files.workbook_names import CORRECTED_PREFIX
from underlag.orders.order import Order
from underlag.privacy.quoting import quoted_text
from underlag.profiles.profile import Profile
from underlag.reading.order_details.order_file import NAME as ORDER_FILE
from underlag.text.file_names import shown_name
from underlag.text.lists import listed
from underlag.text.numbers import counted
from underlag.text.sources import source_text
from underlag.values.contact import Mailbox
from underlag.workbook import text_of

#: Maximum characters of the further information that are quoted.
_LONGEST_REMARK: Final = 1_000
#: The verb for addressees that customer service handles, by the order's action.
_VERBS: Final = {"add": "läsa in", "remove": "ta bort"}


def mail_draft(
    checked: Checked, orders: Sequence[Order], profile: Profile, lists: Mapping[str, bytes]
) -> bytes:
    """Return the draft as an .eml file, the same bytes for the same input.

    Args:
        checked: the workbook of the orders. It is attached unchanged, unless the findings report a personal
            identity number in it: then neither it nor a list with such a number is sent.
        orders: the orders.
        profile: its `mail_to` is the recipient.
        lists: the order file, if there is one, and the addressee lists by file name, attached in this order.
    """
    underlag = checked.underlag
    workbook = shown_name(underlag.source.name)
    private = holds_private(checked)
    withheld = private and any(names_private(order.addressees) for order in orders)
    if withheld:
        lists = {}
    context = {
        **_about_orders(orders),
        **_about_workbook(checked),
        "profile": profile,
        "workbook": workbook,
        "state": "rättat efter granskningen" if workbook.startswith(CORRECTED_PREFIX) else "oförändrat",
        "lists": lists,
        "described": [(name, _purpose(name)) for name in lists],
        "private": private,
        "withheld": withheld,
    }
    orderer = underlag.details.orderer
    templates = environment()
    return as_eml(
        Draft(
            to=[Mailbox(profile.mail_to)],
            subject=subject(checked, profile, orders[0].environment.form_title),
            moment=checked.options.now,
            text=templates.get_template("mejl.txt").render(context),
            html=templates.get_template("mejl.html").render(context),
            attachments=[
                *([] if private else [Attachment(workbook, underlag.source.format, underlag.source.content)]),
                *(Attachment(name, name.rpartition(".")[2], content) for name, content in lists.items()),
            ],
            sender=Mailbox(text_of(orderer.email), text_of(orderer.name)),
        )
    )


def _about_orders(orders: Sequence[Order]) -> dict[str, Any]:
    """Return the template's values about the orders; `asked` is what customer service does for them."""
    asked = {order.action for order in orders if order.bulk and order.kind == "producer"}
    return {
        "orders": orders,
        "producers": [order for order in orders if order.kind == "producer"],
        "asked": listed([verb for action, verb in _VERBS.items() if action in asked]),
        "environment": orders[0].environment,
    }


def _about_workbook(checked: Checked) -> dict[str, Any]:
    """Return the template's values about the workbook; `sources` says where its details come from."""
    details = checked.underlag.details
    return {
        "region": checked.underlag.region,
        "details": details,
        "remark": shown(quoted_text(text_of(details.remark), longest=_LONGEST_REMARK)),
        "sources": {
            "date": _in_brackets(source_text(details.date)),
            "case_number": _in_brackets(source_text(details.case_number)),
            "orderer": _in_brackets(source_text(details.orderer.name)),
        },
        "left_out": _left_out(checked.rows_left_out, checked.rows_decided),
    }


def _in_brackets(source: str) -> str:
    return f" ({source})" if source else ""


def _left_out(rows: int, decided: int) -> str:
    """Return the sentences about rows that are not ordered, for what remains to be done or by decision."""
    sentences = []
    if rows:
        they = "Den" if rows == 1 else "De"
        sentences.append(
            f"{counted(rows, 'rad', 'rader')} i underlaget är inte med i beställningarna, för fel eller "
            f"frågor återstår. {they} beställs för sig när det är klart."
        )
    if decided:
        sentences.append(
            f"{counted(decided, 'rad', 'rader')} i underlaget är inte med i beställningarna, enligt beslut."
        )
    return " ".join(sentences)


def _purpose(name: str) -> str:
    if name == ORDER_FILE:
        return "uppgifter och beslut som beställningarna följer, utöver underlaget"
    if name.endswith(".xlsx"):
        return f"producenternas adressater, en flik per tjänstekontrakt, och sist fliken {ORDERS_SHEET}"
    verb = _VERBS["remove" if LIST_FILES["remove"].endswith(f"/{name}") else "add"]
    return f"adressater att {verb}, HSA-ID;Namn utan rubriker"


def subject(checked: Checked, profile: Profile | None, platform: str) -> str:
    """Return the subject of a mail: service, platform, region and case number, as far as known."""
    case_number = checked.underlag.details.case_number
    title = f" {profile.title}" if profile else ""
    parts = (
        f"Underlag för TAKning{title}",
        platform,
        checked.underlag.region,
        text_of(case_number),
    )
    return ", ".join(part for part in parts if part)
