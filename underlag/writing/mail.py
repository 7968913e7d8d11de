"""The draft of the mail to customer service, with the workbook and the lists attached."""

from collections.abc import Mapping, Sequence

from underlag.checks import Checked
from underlag.orders.model import Order
from underlag.profiles.model import Profile
from underlag.writing.eml import Attachment, Draft, as_eml
from underlag.writing.names import shown_name
from underlag.writing.private_files import holds_private, names_private
from underlag.writing.swedish import counted
from underlag.writing.templates import environment


def mail_draft(
    checked: Checked, orders: Sequence[Order], profile: Profile, lists: Mapping[str, bytes]
) -> bytes:
    """Return the draft as an .eml file, the same bytes for the same input.

    Args:
        checked: where the orders come from; its workbook is attached unchanged, unless the findings tell of a
            personal identity number in it. Then neither it nor a list with such a number is sent.
        orders: what is ordered.
        profile: tells to whom it goes.
        lists: the addressee lists by file name, attached in this order.
    """
    underlag = checked.underlag
    workbook = shown_name(underlag.source.name)
    private = holds_private(checked)
    withheld = private and any(names_private(order.addressees) for order in orders)
    if withheld:
        lists = {}
    context = {
        "orders": orders,
        "producers": [order for order in orders if order.kind == "producer"],
        "bulk": any(order.bulk and order.kind == "producer" for order in orders),
        "environment": orders[0].environment,
        "region": underlag.region,
        "details": underlag.details,
        "profile": profile,
        "workbook": workbook,
        "lists": lists,
        "private": private,
        "withheld": withheld,
        "counted": counted,
        "left_out": checked.rows_left_out,
    }
    orderer = underlag.details.orderer
    templates = environment()
    return as_eml(
        Draft(
            to=profile.mail_to,
            subject=subject(checked, profile, orders[0].environment.form_title),
            moment=checked.options.now,
            text=templates.get_template("mejl.txt").render(context),
            html=templates.get_template("mejl.html").render(context),
            attachments=[
                *([] if private else [Attachment(workbook, underlag.source.format, underlag.source.content)]),
                *(Attachment(name, name.rpartition(".")[2], content) for name, content in lists.items()),
            ],
            sender=orderer.email.text if orderer.email else "",
            sender_name=orderer.name.text if orderer.name else "",
        )
    )


def subject(checked: Checked, profile: Profile | None, platform: str) -> str:
    """Return what a mail is about: service, platform, region and case number, those that are known."""
    case_number = checked.underlag.details.case_number
    title = f" {profile.title}" if profile else ""
    parts = (
        f"Underlag för TAKning{title}",
        platform,
        checked.underlag.region,
        case_number.text if case_number else "",
    )
    return ", ".join(part for part in parts if part)
