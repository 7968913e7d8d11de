"""What can be done on the result's page: correct cells, answer questions, fill in details, choose."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from underlag.account import Kind
from underlag.characters.cleaning import visible
from underlag.documents.corrected_workbook.build import EDITABLE
from underlag.findings import Finding, Severity
from underlag.lazy_pattern import LazyPattern
from underlag.privacy.masking import MASK
from underlag.profiles import profiles
from underlag.text.lists import listed
from underlag.web.examination.answering import Answering, Given, render_macro
from underlag.web.examination.details import Details, FormField, form_fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from underlag.checked import Checked
    from underlag.documents.corrected_workbook.change_list import Change
    from underlag.documents.corrected_workbook.corrections import Correction
    from underlag.documents.finding_groups import Group
    from underlag.documents.questions import Questions
    from underlag.profiles import Profile
    from underlag.web.examination.mail import MailLinks
    from underlag.web.examination.request import Request

#: Rows of one kind that can be typed over; when they are mended the next come up.
_MOST_FORMS: Final = 200
_SHOWN_CHANGES: Final = 50
_SHOWN_ANSWERS: Final = 50
#: Where advice says that questions are answered; on the page they have a form.
_IN_ORDER_FILE: Final = LazyPattern(r"(?:”bortse” )?i bestallning\.toml, under \[\w+\]")


class Mending:
    """What the page shows in addition to the report.

    Attributes:
        request: the uploaded files and choices.
        answering: the forms that answer questions.
        changes: the cells that differ from the workbook as it was sent.
        details: the order's details by their keys.
        left: how many corrections could not be made.
        mail: the links to the draft of the mail to customer service, None if there is none.
    """

    def __init__(
        self,
        request: Request,
        checked: Checked,
        suggestions: Sequence[Correction],
        changes: Sequence[Change],
        *,
        details: Details,
        questions: Questions,
        mail: MailLinks | None,
        left: int,
    ) -> None:
        self.mail = mail
        self.request, self.changes, self.details, self.left = request, changes, details, left
        self.answering = Answering(questions, request.token)
        self._checked = checked
        self._suggestions = set(suggestions)

    @property
    def token(self) -> str:
        """The key in forms."""
        return self.request.token

    @property
    def is_editable(self) -> bool:
        """Whether cells of the workbook can be changed."""
        return self._checked.underlag.source.format in EDITABLE

    @property
    def shown_changes(self) -> list[Change]:
        """The changes that the page lists, with what cannot be seen shown by name; the workbook lists all."""
        return [
            change._replace(before=visible(change.before), after=visible(change.after))
            for change in self.changes[:_SHOWN_CHANGES]
        ]

    @property
    def answers(self) -> Sequence[Given]:
        """The answers that were given on the page."""
        return self.request.answers

    @property
    def shown_answers(self) -> Sequence[Given]:
        """The answers that the page lists, the newest first; bestallning.toml has all."""
        return self.request.answers[: -_SHOWN_ANSWERS - 1 : -1]

    @property
    def done_sentence(self) -> str:
        """What was done on the page, e.g. '2 celler är rättade och 1 fråga är besvarad'."""
        corrected, answered = len(self.changes), len(self.answers)
        parts = []
        if corrected or not answered:
            parts.append(f"{corrected} {'cell är rättad' if corrected == 1 else 'celler är rättade'}")
        if answered:
            parts.append(f"{answered} {'fråga är besvarad' if answered == 1 else 'frågor är besvarade'}")
        return f"{listed(parts)}."

    @property
    def suggestions(self) -> int:
        """How many cells have an unambiguous suggestion."""
        return len(self._suggestions) if self.is_editable else 0

    @cached_property
    def has_errors(self) -> bool:
        """Whether some rows could be left out."""
        return self._checked.count(Severity.ERROR) > 0

    @property
    def has_details(self) -> bool:
        """Whether there is a workbook whose details can be filled in."""
        return self._checked.underlag.profile is not None

    @property
    def environments(self) -> dict[str, str]:
        """The environments of all profiles, as the order form names them."""
        return {spec.key: spec.form_title for profile in self.profiles for spec in profile.environments}

    @property
    def profiles(self) -> list[Profile]:
        """The profiles to choose among."""
        return list(profiles().values())

    @property
    def fields(self) -> dict[str, list[FormField]]:
        """The fields of the form for the order's details, under their headings."""
        return form_fields()

    def handles(self, group: Group) -> str:
        """Return the heading of the column of forms for a kind, '' where it has none."""
        asks = any(map(self.answering.question, group.findings))
        if self.mends(group):
            return "Svara eller rätta här" if asks else "Rätta här"
        return "Svara här" if asks else ""

    def advice(self, group: Group) -> str:
        """Return the advice on a kind; what has a form is answered there, not in bestallning.toml."""
        if not any(map(self.answering.question, group.findings)):
            return group.advice
        return _IN_ORDER_FILE.sub("här nedanför", group.advice)

    def mends(self, group: Group) -> bool:
        """Whether cells of this kind can be typed over here."""
        if not self.is_editable or group.severity is Severity.INFO:
            return False
        return any(map(self._is_in_cell, group.findings))

    def mend_group(self, group: Group) -> Markup | str:
        """Return the button for all suggestions of a kind, where there are several."""
        count = sum(self._is_suggested(found) for found in group.findings) if self.mends(group) else 0
        return render_macro("alla_av_slaget", group.kind.code, count, self.token) if count > 1 else ""

    def mend_row(self, found: Finding, place: int) -> Markup | str:
        """Return the form for a finding's cell, and that for the cell that may be the wrong one instead."""
        if not self._is_in_cell(found) or place > _MOST_FORMS:
            return ""
        value = "" if MASK in found.value else found.value
        text = found.correction if self._is_suggested(found) else value
        form = render_macro("cell", found, text, value, self.token)
        other = found.instead
        if other is None or not other.column:
            return form
        return form + render_macro("cell", other, other.text, other.text, self.token, True)

    def _is_in_cell(self, found: Finding) -> bool:
        """Whether a finding is about a cell that can be typed over: a comment on it cannot."""
        return bool(found.column) and (found.position, found.value) not in self._comments

    @cached_property
    def _comments(self) -> set[tuple[tuple[str, int, int], str]]:
        items = (item for _, item in self._checked.account.items() if item.kind is Kind.NOTE)
        return {(found.position, found.value) for item in items for found in item.questions}

    @cached_property
    def _texts(self) -> Counter[tuple[tuple[str, int, int], str | None, str]]:
        return Counter((one.position, one.instead_of, one.text) for one in self._suggestions)

    def _is_suggested(self, found: Finding) -> bool:
        return bool(found.correction) and (found.position, found.value, found.correction) in self._texts
