"""The draft of the mail to customer service, with the workbook and the lists attached.

Outlook opens an .eml with `X-Unsent: 1` as a draft to look through and send.
"""

import re
from binascii import b2a_base64
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from underlag.checks import Checked
from underlag.orders.model import Order
from underlag.profiles.model import Profile
from underlag.values.contact import is_email
from underlag.writing.names import shown_name
from underlag.writing.swedish import counted
from underlag.writing.templates import environment

if TYPE_CHECKING:
    from email.headerregistry import Address
    from email.message import EmailMessage

#: Stands for an attachment, as the whole body of its part; no other line of a mail can look so, for
#: quoted-printable writes '=' as '=3D'.
_PLACE: Final = "=_bilaga_="
_LINE: Final = 76

#: Media types by ending; what is attached is one of these or plain bytes.
_TYPES: Final = {
    "csv": ("text", "csv"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "xlsm": ("application", "vnd.ms-excel.sheet.macroEnabled.12"),
    "xls": ("application", "vnd.ms-excel"),
    "xlsb": ("application", "vnd.ms-excel.sheet.binary.macroEnabled.12"),
    "ods": ("application", "vnd.oasis.opendocument.spreadsheet"),
}


def mail_draft(
    checked: Checked, orders: Sequence[Order], profile: Profile, lists: Mapping[str, bytes]
) -> bytes:
    """Return the draft as an .eml file, the same bytes for the same input.

    Args:
        checked: where the orders come from; its workbook is attached unchanged.
        orders: what is ordered.
        profile: tells to whom it goes.
        lists: the addressee lists by file name, attached in this order.
    """
    # Imported here: it takes its time, and only a package has mail.
    from email.message import EmailMessage  # noqa: PLC0415
    from email.policy import SMTP  # noqa: PLC0415

    underlag = checked.underlag
    context = {
        "orders": orders,
        "producers": [order for order in orders if order.kind == "producer"],
        "bulk": any(order.bulk and order.kind == "producer" for order in orders),
        "environment": orders[0].environment,
        "region": underlag.region,
        "details": underlag.details,
        "profile": profile,
        "workbook": shown_name(underlag.source.name),
        "lists": lists,
        "counted": counted,
        "left_out": len(checked.left_out),
    }
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if sender := _sender(checked):
        message["From"] = sender
    message["To"] = profile.mail_to
    message["Subject"] = _subject(checked, orders, profile)
    message["Date"] = checked.options.now
    templates = environment()
    message.set_content(templates.get_template("mejl.txt").render(context), cte="quoted-printable")
    html = templates.get_template("mejl.html").render(context)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    _attach(message, _plain_line(shown_name(underlag.source.name)), underlag.source.format)
    for name in lists:
        _attach(message, name, name.rpartition(".")[2])
    _set_boundaries(message)
    return _with_contents(message.as_bytes(), (underlag.source.content, *lists.values()))


def _attach(message: "EmailMessage", name: str, ending: str) -> None:
    main, sub = _TYPES.get(ending, ("application", "octet-stream"))
    message.add_attachment(b"", maintype=main, subtype=sub, filename=name, cte="base64")
    # The library takes a body apart line by line, four times over; a place holder is filled in afterwards.
    list(message.iter_attachments())[-1].set_payload(f"{_PLACE}\n")


def _with_contents(message: bytes, contents: Iterable[bytes]) -> bytes:
    """Put the attachments, as base64 in lines of 76, where their place holders stand."""
    pieces = iter(message.split(f"\r\n\r\n{_PLACE}\r\n".encode()))
    filled = [next(pieces)]
    for content, after in zip(contents, pieces, strict=True):
        encoded = b2a_base64(content, newline=False)
        lines = [encoded[i : i + _LINE] for i in range(0, len(encoded), _LINE)]
        filled += (b"\r\n\r\n", b"\r\n".join(lines), b"\r\n", after)
    return b"".join(filled)


def _set_boundaries(message: "EmailMessage") -> None:
    """Replace the random boundaries."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts, 1):
        part.set_boundary(f"=_underlag_{number}")


def _sender(checked: Checked) -> "Address | None":
    from email.headerregistry import Address  # noqa: PLC0415 - only a package has mail

    orderer = checked.underlag.details.orderer
    email = orderer.email.text if orderer.email else ""
    if not (email.isascii() and is_email(email)):
        return None
    return Address(_plain_line(orderer.name.text) if orderer.name else "", addr_spec=email)


def _subject(checked: Checked, orders: Sequence[Order], profile: Profile) -> str:
    case_number = checked.underlag.details.case_number
    parts = (
        f"Underlag för TAKning {profile.title}",
        orders[0].environment.form_title,
        checked.underlag.region,
        case_number.text if case_number else "",
    )
    return _plain_line(", ".join(part for part in parts if part))


def _plain_line(text: str) -> str:
    """Return a text without what would end a header's line."""
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", text).strip()
