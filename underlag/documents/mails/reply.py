"""The draft of the reply to a region: for each workbook what to correct, and what became of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final, NamedTuple
from zipfile import ZipFile, is_zipfile

from underlag.characters.cleaning import shown
from underlag.documents.lists.addressees import addressees_csv
from underlag.documents.mails.eml import Attachment, Draft, Headers, as_eml
from underlag.documents.mails.progress import ACTIONS, Progress, SumRow, Unread
from underlag.documents.mails.reply_lead import Arrival, lead
from underlag.documents.mails.reply_steps import steps
from underlag.documents.mails.review import Outcome, Review
from underlag.documents.package_names import LIST_FILES
from underlag.documents.templates import environment
from underlag.orders.order import Addressee
from underlag.privacy.identity import shown_identity, without_private
from underlag.privacy.masking import private_among
from underlag.text.numbers import counted, number
from underlag.values.contact import Mailbox

#: Addressees of a workbook that the mail itself lists; more are in a file of their own.
MOST_LISTED: Final = 50

#: The counts in the sums besides the rows that were read, and whether a column of zeros is shown.
_COLUMNS: Final = (
    ("ordered", "Går vidare", True),
    ("known", "Redan beställda", False),
    ("waiting", "Väntar", False),
    ("left_out", "Utelämnade", False),
    ("returned", "Utelämnade tills vidare", False),
)


@dataclass(slots=True, frozen=True)
class Answered:
    """A workbook that a reply is about.

    Attributes:
        review: the result of checking it.
        progress: what became of its rows.
        arrival: whether this is the first reply about it, and if not, when it came.
        annotated: extension and content of the annotated workbook, if there is one.
    """

    review: Review
    progress: Progress
    arrival: Arrival
    annotated: tuple[str, bytes] | None = None


class AddresseeList(NamedTuple):
    """The addressees to add, or to remove: listed here, or in the attached `file`."""

    title: str
    addressees: Sequence[Addressee]
    file: str


@dataclass(slots=True, frozen=True)
class Section:
    """The part of a reply about one workbook, as the templates take it."""

    file: str
    lead: str
    review: Review
    progress: Progress
    columns: list[str]
    sums: list[tuple[str, list[str]]]
    lists: list[AddresseeList]
    errors_title: str
    steps: list[str]


def reply_mail(
    headers: Headers, answered: Sequence[Answered], unread: Sequence[Unread], now: datetime
) -> bytes:
    """Return the draft as an .eml file, the same bytes for the same input.

    Args:
        headers: the headers. A reply that answers no mail goes to the orderer whom its workbook names.
        answered: the workbooks, in their order.
        unread: what else came in the mail and could not be read.
        now: the date of the mail.
    """
    attachments = _Attachments()
    sections = [_section(one, attachments, alone=len(answered) == 1) for one in answered]
    signed = next((one.review.signed for one in answered if one.review.signed), "")
    context = {
        "sections": sections,
        "unread": [Unread(shown(one.name), one.reason) for one in unread],
        "attached": attachments.described,
        "signed": signed,
    }
    templates = environment()
    return as_eml(
        Draft(
            to=headers.to or _orderer(answered),
            cc=headers.cc,
            subject=headers.subject or without_private(_own_subject(answered)),
            in_reply_to=headers.in_reply_to,
            references=headers.references,
            moment=now,
            text=without_private(templates.get_template("svar.txt").render(context)),
            html=without_private(templates.get_template("svar.html").render(context)),
            attachments=attachments.files,
        )
    )


class _Attachments:
    """The attachments of a mail, each with a name of its own and its purpose."""

    def __init__(self) -> None:
        self.files: list[Attachment] = []
        self.described: list[tuple[str, str]] = []
        self._names: set[str] = set()

    def add(self, stem: str, ending: str, content: bytes, purpose: str) -> str:
        """Attach a file and return its name."""
        name, count = f"{stem}.{ending}", 1
        while name.casefold() in self._names:
            count += 1
            name = f"{stem}-{count}.{ending}"
        self._names.add(name.casefold())
        self.files.append(Attachment(name, ending, content))
        self.described.append((name, purpose))
        return name


def _section(one: Answered, attachments: _Attachments, *, alone: bool) -> Section:
    review, progress = one.review, one.progress
    annotated, withheld = _attach_annotated(one, attachments)
    total = progress.total
    columns = [key for key, _, always in _COLUMNS if always or getattr(total, key)]
    shows_sums = bool(progress.sums) and total.ordered < total.read
    return Section(
        review.file,
        lead(review, progress, one.arrival, alone=alone),
        review,
        progress,
        [title for key, title, _ in _COLUMNS if key in columns],
        [_sum(row, columns) for row in (*progress.sums, total)] if shows_sums else [],
        _lists(progress.addressees, attachments),
        "Det här behöver ni svara på" if review.is_held_by_mail else "Fel som måste rättas",
        steps(review, annotated, withheld=withheld, waits=progress.asks, confirms=progress.confirms),
    )


def _attach_annotated(one: Answered, attachments: _Attachments) -> tuple[str, bool]:
    """Attach the annotated workbook; return its name, and whether it is withheld instead.

    Of a file that could not be read there is nothing to show but the finding, which the mail has.
    It is withheld if it contains a personal identity number: the region's own workbook does, a list of
    findings quotes none.
    """
    if one.annotated is None or one.review.unread:
        return "", False
    ending, content = one.annotated
    is_marked = _is_marked(content)
    if is_marked and one.review.private:
        return "", True
    marked = "cellerna märkta och " if one.review.marks_cells else ""
    purpose = (
        f"er arbetsbok med {marked}allt som vi har hittat på första fliken"
        if is_marked
        else "en arbetsbok med allt som vi har hittat, på första fliken"
    )
    return attachments.add(one.review.annotated, ending, content, purpose), False


def _is_marked(content: bytes) -> bool:
    """Whether a workbook is the region's own with marked cells: a mere list has a single sheet."""
    stream = BytesIO(content)
    if not is_zipfile(stream):
        return False
    with ZipFile(stream) as package:
        parts = package.namelist()
    return sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in parts) > 1


def _sum(row: SumRow, columns: Sequence[str]) -> tuple[str, list[str]]:
    return row.title, [number(row.read), *(number(getattr(row, key)) for key in columns)]


def _lists(addressees: Mapping[str, Sequence[Addressee]], attachments: _Attachments) -> list[AddresseeList]:
    """Return the lists of addressees by action; those that are too long for the mail are attached."""
    found = []
    in_mail = sum(map(len, addressees.values())) <= MOST_LISTED
    for action, words in ACTIONS.items():
        units = list(addressees.get(action, ()))
        if not units:
            continue
        if private_among([name for _, name in units]):
            units = [Addressee(hsa_id, without_private(name)) for hsa_id, name in units]
        title = f"{counted(len(units), 'logisk adressat', 'logiska adressater')} {words}"
        if in_mail:
            listed = [Addressee(shown_identity(hsa_id), shown(name)) for hsa_id, name in units]
            found.append(AddresseeList(title, listed, ""))
            continue
        stem, _, ending = (
            LIST_FILES["remove" if action == "remove" else "add"].rpartition("/")[2].rpartition(".")
        )
        purpose = "de logiska adressaterna, HSA-ID;Namn utan rubriker"
        found.append(AddresseeList(title, [], attachments.add(stem, ending, addressees_csv(units), purpose)))
    return found


def _orderer(answered: Sequence[Answered]) -> tuple[Mailbox, ...]:
    return tuple(Mailbox(one.review.orderer) for one in answered[:1] if one.review.orderer)


def _own_subject(answered: Sequence[Answered]) -> str:
    """Return the subject of a reply that answers no mail: what it is about, and how it went."""
    one = answered[0]
    total = one.progress.total
    if one.review.outcome is Outcome.RETURNED:
        ending = "behöver rättas"
    elif one.review.outcome is Outcome.PARTLY:
        ending = "delvis godkänt, resten behöver rättas"
    elif one.review.outcome is Outcome.WAITING or total.waiting:
        ending = "mottaget"
    else:
        ending = "kvittens"
    return f"{one.review.subject or one.review.file}: {ending}"
