"""The draft of the reply to the region: the returned rows and why, or a receipt for the orders."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile, is_zipfile

from underlag.documents.lists.addressees import addressees_csv, listed
from underlag.documents.mails.eml import Attachment, Draft, as_eml, is_plain_address
from underlag.documents.mails.private_files import holds_private
from underlag.documents.mails.reply_outcome import Outcome
from underlag.documents.mails.reply_view import MOST_LISTED, actions, reply_view
from underlag.documents.mails.to_customer_service import subject
from underlag.documents.package_names import LIST_FILES
from underlag.documents.templates import environment
from underlag.orders.order import Addressee, Order
from underlag.privacy.identity import without_private
from underlag.text.file_names import ascii_stem, shown_name

if TYPE_CHECKING:
    from underlag.checked import Checked

#: The end of the subject.
_ENDINGS: Final = {
    Outcome.RETURNED: "behöver rättas",
    Outcome.PARTLY: "delvis godkänt, resten behöver rättas",
    Outcome.ORDERED: "kvittens",
    Outcome.WAITING: "mottaget",
}


def reply_mail(
    checked: "Checked",
    orders: Sequence[Order],
    *,
    annotated: tuple[str, bytes] | None,
    recipient: str = "",
    now: datetime,
) -> bytes:
    """Return the draft as an .eml file, the same bytes for the same input.

    Args:
        checked: the checked workbook.
        orders: its orders; empty when errors block.
        annotated: extension and bytes of the annotated workbook, as from `annotated_workbook`, to attach
            unless it contains a personal identity number.
        recipient: the address that sent the workbook. The orderer's own address, if the workbook states one,
            takes precedence; without either the draft has no address.
        now: the date of the mail.
    """
    annotated_file = _annotated_file(checked, annotated)
    # A list of findings quotes no such number; the region's own workbook still contains it.
    withheld = any(map(_is_marked, annotated_file)) and holds_private(checked)
    if withheld:
        annotated_file = []
    lists = _long_lists(orders)
    attached = [*annotated_file, *lists.values()]
    marked = any(map(_is_marked, annotated_file))
    view = reply_view(
        checked,
        orders,
        annotated_file[0].name if annotated_file else "",
        {action: each.name for action, each in lists.items()},
        withheld=withheld,
    )
    described = [(each.name, _purpose(each, marked=marked)) for each in attached]
    context = {"view": view, "attached": described}
    templates = environment()
    return as_eml(
        Draft(
            to=_address(checked, recipient),
            subject=without_private(f"{_subject(checked)}: {_ENDINGS[view.outcome]}"),
            moment=now,
            text=without_private(templates.get_template("svar.txt").render(context)),
            html=without_private(templates.get_template("svar.html").render(context)),
            attachments=attached,
        )
    )


def _annotated_file(checked: "Checked", annotated: tuple[str, bytes] | None) -> list[Attachment]:
    if annotated is None:
        return []
    ending, content = annotated
    stem = ascii_stem(without_private(shown_name(checked.underlag.source.name)))
    return [Attachment(f"granskad-{stem}.{ending}", ending, content)]


def _long_lists(orders: Sequence[Order]) -> dict[str, Attachment]:
    """Return the lists of addressees by action that are too long for the mail itself."""
    lists = {action: listed(orders, action) for action in actions(orders)}
    if sum(map(len, lists.values())) <= MOST_LISTED:
        return {}
    return {
        action: Attachment(
            LIST_FILES[action].rpartition("/")[2],
            "csv",
            addressees_csv(Addressee(hsa_id, without_private(name)) for hsa_id, name in addressees),
        )
        for action, addressees in lists.items()
    }


def _is_marked(attachment: Attachment) -> bool:
    """Whether a workbook is the region's own with marked cells: a mere list has a single sheet."""
    stream = BytesIO(attachment.content)
    if not is_zipfile(stream):
        return False
    with ZipFile(stream) as package:
        parts = package.namelist()
    return sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in parts) > 1


def _purpose(attachment: Attachment, *, marked: bool) -> str:
    if attachment.ending == "csv":
        return "de logiska adressaterna, HSA-ID;Namn utan rubriker"
    if marked:
        return "er arbetsbok med cellerna märkta och allt som vi har hittat på första fliken"
    return "en arbetsbok med allt som vi har hittat, på första fliken"


def _address(checked: "Checked", recipient: str) -> str:
    email = checked.underlag.details.orderer.email
    if email and is_plain_address(email.text):
        return email.text
    return recipient


def _subject(checked: "Checked") -> str:
    underlag = checked.underlag
    profile = underlag.profile
    spec = underlag.environment_spec
    return subject(checked, profile, spec.form_title if spec else underlag.environment)
