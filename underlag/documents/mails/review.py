"""The result of checking one workbook, as the reply to its region states it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from underlag.characters.cleaning import shown
from underlag.checks.rules.contacts import contact_gaps
from underlag.documents.mails.private_files import TELLING, holds_private
from underlag.documents.mails.reply_findings import CellLine, KindView, kind_views
from underlag.documents.mails.to_customer_service import subject
from underlag.files.workbook_names import ANNOTATED_PREFIX
from underlag.findings import Finding, Severity, kind
from underlag.privacy.identity import shown_identity, without_private
from underlag.privacy.quoting import quoted_text
from underlag.reading.remarks.mail_sentences import weight_in_mail
from underlag.text.file_names import ascii_stem, shown_name
from underlag.text.numbers import counted
from underlag.workbook import text_of

if TYPE_CHECKING:
    from underlag.checked import Checked, LeftOut

#: Returned rows that a mail lists.
MOST_LISTED: Final = 50

#: Maximum characters of a message that are shown.
_LONGEST_MESSAGE: Final = 400

#: Findings about missing details, which have a step of their own; BST032 is about texts in their place.
_MISSING: Final = {
    "BST007": ("date", "datum för ändringen"),
    "BST009": ("case_number", "förstudiens ärendenummer"),
}
_CONTACTS: Final = "BST013"
_TO_COME: Final = "BST032"

#: Findings that a sentence of a mail may have.
_OF_MAILS: Final = ("FLI064", "FLI065")


class Outcome(StrEnum):
    """The outcome of checking a workbook."""

    RETURNED = "tillbaka"
    PARTLY = "delvis"
    APPROVED = "rätt"
    WAITING = "väntar"


@dataclass(slots=True, frozen=True)
class Review:
    """The result of checking a workbook; texts are without personal identity numbers.

    Attributes:
        file: the name of the workbook.
        subject: the subject of a mail about it.
        target: platform and day of its orders as a phrase, '' where it states no platform.
        orderer: the orderer's e-mail address, '' if there is none.
        signed: the address of customer service.
        outcome: the outcome.
        error_count: the number of errors.
        rows_left_out: the number of rows to correct.
        returned: those rows and those to confirm, and in `returned_rest` a note if there are more.
        errors, warnings: the findings.
        missing: required details that are not stated anywhere.
        other_warnings: whether there are warnings about anything else, and not sentences of mails.
        private: whether a personal identity number was entered by mistake.
        annotated: the name of the annotated workbook in a mail.
        unread: whether the file could not be read.
        message: the orderer's further information for those who carry out the orders, '' if there is none.
        mailed: the sentences of mails that are asked about.
        is_held_by_mail: whether all errors are sentences of mails, so that nothing in the workbook is wrong.
        undated: from when orders without a date apply, '' if they have one or nothing is ordered.
        held_by: the sentences of mails that are errors.
        asks_to_wait: whether one of them withdraws or postpones the order.
        marks_cells: whether anything found is about a cell.
    """

    file: str
    subject: str = ""
    target: str = ""
    orderer: str = ""
    signed: str = ""
    outcome: Outcome = Outcome.APPROVED
    error_count: int = 0
    rows_left_out: int = 0
    returned: tuple[str, ...] = ()
    returned_rest: str = ""
    errors: tuple[KindView, ...] = ()
    warnings: tuple[KindView, ...] = ()
    missing: tuple[str, ...] = ()
    other_warnings: bool = False
    private: bool = False
    annotated: str = ""
    unread: bool = False
    message: str = ""
    mailed: tuple[str, ...] = ()
    is_held_by_mail: bool = False
    undated: str = ""
    held_by: tuple[str, ...] = ()
    asks_to_wait: bool = True
    marks_cells: bool = True

    @property
    def quoted(self) -> str:
        """What those who carry out the orders must know beside them: Swedish sentences, or ''."""
        texts = [f"Övrig information: ”{shown(self.message)}”"] if self.message else []
        if self.mailed:
            texts.append(f"Mejlet: {' '.join(f'”{shown(one)}”' for one in self.mailed)}")
        if self.undated:
            texts.append(f"Inget datum: {self.undated}.")
        return " ".join(texts)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Review":
        """Return the review that `as_data` returned, also after it was written as JSON."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        values["outcome"] = Outcome(data["outcome"])
        for name in ("errors", "warnings"):
            values[name] = tuple(
                KindView(**{**kind, "places": [CellLine(*place) for place in kind["places"]]})
                for kind in data[name]
            )
        return cls(**values)

    def as_data(self) -> dict[str, Any]:
        """Return it as data for JSON."""
        return asdict(self)

    def renamed(self, name: str) -> "Review":
        """Return it for the same workbook under another name."""
        name = without_private(shown_name(name))
        return replace(self, file=name, annotated=_annotated(name))


def review(checked: "Checked") -> Review:
    """Return the result of checking a workbook.

    Args:
        checked: the checked workbook, without faults of the TAK itself (see `checked.for_region`).
    """
    underlag = checked.underlag
    profile, spec = underlag.profile, underlag.environment_spec
    name = without_private(shown_name(underlag.source.name))
    covered = {*_MISSING, _CONTACTS, *TELLING}
    back = [row for row in checked.left_out if any(map(_comes_back, row.reasons))]
    rest = len(back) - MOST_LISTED
    platform = spec.form_title if spec else underlag.environment
    return Review(
        file=name,
        subject=without_private(subject(checked, profile, platform)),
        target=_target(checked, platform),
        orderer=text_of(underlag.details.orderer.email),
        signed=profile.mail_to if profile else "",
        outcome=_outcome(checked),
        error_count=checked.count(Severity.ERROR),
        rows_left_out=checked.rows_left_out,
        returned=tuple(_returned(row) for row in back[:MOST_LISTED]),
        returned_rest=f"… och {counted(rest, 'rad', 'rader')} till" if rest > 0 else "",
        errors=tuple(kind_views(checked.findings, Severity.ERROR)),
        warnings=tuple(kind_views(checked.findings, Severity.WARNING)),
        missing=() if checked.nothing_to_order else tuple(_missing(checked)),
        other_warnings=any(
            found.severity is Severity.WARNING
            and found.code not in covered
            and not _is_of_mail(found, checked)
            for found in checked.findings
        ),
        private=holds_private(checked),
        annotated=_annotated(name),
        unread=not underlag.source.format,
        message=quoted_text(text_of(underlag.details.remark), longest=_LONGEST_MESSAGE),
        mailed=tuple(quoted_text(one, longest=_LONGEST_MESSAGE) for one in _mailed(checked)),
        is_held_by_mail=_is_held_by_mail(checked),
        held_by=tuple(quoted_text(one.value, longest=_LONGEST_MESSAGE) for one in _mail_errors(checked)),
        asks_to_wait=any(weight_in_mail(one.value) == "withdraws" for one in _mail_errors(checked)),
        marks_cells=any(found.cell for found in checked.findings),
        undated="" if checked.blocked or checked.nothing_to_order else _undated(checked),
    )


def _missing(checked: "Checked") -> Iterator[str]:
    """Yield the required details that are not stated, or only as a text such as 'se mejl'."""
    codes = {found.code for found in checked.findings}
    details = checked.underlag.details
    to_come = {key for key, _ in details.placeholders} if _TO_COME in codes else ()
    for code, (key, title) in _MISSING.items():
        if code in codes or (key in to_come and not text_of(getattr(details, key))):
            yield title
    if _CONTACTS in codes or to_come:
        yield from contact_gaps(checked.underlag)


def _mailed(checked: "Checked") -> list[str]:
    """Return the sentences of mails that are asked about."""
    return list(dict.fromkeys(found.value for found in checked.findings if _is_of_mail(found, checked)))


def _is_held_by_mail(checked: "Checked") -> bool:
    return 0 < checked.count(Severity.ERROR) == len(_mail_errors(checked))


def _mail_errors(checked: "Checked") -> list[Finding]:
    """Return the errors that are sentences of mails."""
    return [
        found
        for found in checked.findings
        if found.severity is Severity.ERROR and _is_of_mail(found, checked)
    ]


def _is_of_mail(found: Finding, checked: "Checked") -> bool:
    """Whether a finding is a sentence of a mail."""
    return found.code in _OF_MAILS and found.value in checked.options.remarks


def _annotated(name: str) -> str:
    return f"{ANNOTATED_PREFIX}{ascii_stem(name)}"


def _outcome(checked: "Checked") -> Outcome:
    """Return the outcome, given the findings that concern the region.

    A workbook that is blocked without an error of the region's own waits until customer service has corrected
    the TAK.
    """
    if checked.blocked:
        return Outcome.WAITING if checked.approved else Outcome.RETURNED
    return Outcome.APPROVED if checked.approved else Outcome.PARTLY


def _target(checked: "Checked", platform: str) -> str:
    """Return platform and day as a phrase: ' i NTJP PROD med 2027-03-01 som datum för ändringen'."""
    day = checked.underlag.details.day
    when = f" med {day.isoformat()} som datum för ändringen" if day else f" med {_undated(checked)}"
    return f" i {platform}{when}" if platform else ""


def _undated(checked: "Checked") -> str:
    """Return from when orders without a date apply: their TAK files have the day on which they are made."""
    if checked.underlag.details.day:
        return ""
    return f"ordinarie handläggningstid, tidigast {checked.options.now:%Y-%m-%d}"


def _comes_back(reason: Finding) -> bool:
    """Whether a row that is left out for a finding is the region's to correct or to confirm."""
    return reason.severity is Severity.ERROR or kind(reason.code).asks_first


def _returned(row: "LeftOut") -> str:
    """Return a returned row as a line: its place, unit and codes."""
    entry = row.entry
    unit = shown_identity(entry.addressee.text) if entry.addressee and entry.addressee.text else ""
    name = shown(without_private(entry.addressee_name.text)) if entry.addressee_name else ""
    codes = ", ".join(dict.fromkeys(reason.code for reason in row.reasons))
    about = " ".join(part for part in (unit, name) if part)
    return f"{shown(entry.sheet)}, rad {entry.row}: {f'{about} ' if about else ''}({codes})"
