"""The questions about a workbook on its result's page: forms to answer them, and the given answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup

from underlag.account import Kind
from underlag.documents.account import meaning_title
from underlag.documents.questions import Answer, Question, Questions
from underlag.documents.templates import environment
from underlag.privacy.quoting import quoted_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from underlag.account import Account, Item, SheetAccount
    from underlag.documents.finding_groups import Group
    from underlag.findings import Finding

#: Maximum questions of a workbook that the page has forms for; when they are answered, the next follow.
MOST: Final = 1000


class Given(NamedTuple):
    """An answer that was given on the page, the sheet that it is about and the text of its question."""

    sheet: str
    question: str
    answer: Answer


class ItemRow(NamedTuple):
    """A column, text or mark in the list of columns; `question` is None if there is none."""

    place: str
    text: str
    meaning: str
    question: Question | None
    is_open: bool


class SheetView(NamedTuple):
    """A sheet in the list of columns; `title` is '' for a sheet that is not read."""

    sheet: str
    title: str
    rows: list[ItemRow]


class Answering:
    """Renders the forms with which questions are answered.

    Args:
        asked: the questions.
        token: the key in forms.
    """

    def __init__(self, asked: Iterable[Question], token: str) -> None:
        self._token = token
        self._by_finding = {_mark(found): one for one in asked for found in one.findings}

    def question(self, found: Finding) -> Question | None:
        """Return the question that a finding asks, None if it asks none."""
        return self._by_finding.get(_mark(found))

    def group(self, group: Group) -> Markup:
        """Return the form that answers all questions of a kind in the same way, '' for fewer than two."""
        asked = {one.key: one for found in group.findings if (one := self.question(found))}
        labels = [one.label for one in next(iter(asked.values())).answers] if len(asked) > 1 else []
        shared = [label for label in labels if all(one.answer(label) for one in asked.values())]
        if not shared:
            return Markup("")
        return render_macro("svar_pa_alla", group.kind.code, len(asked), shared, self._token)

    def row(self, found: Finding, *, labelled: bool = False) -> Markup:
        """Return the form for a finding's question, '' if it asks none.

        Args:
            found: the finding.
            labelled: whether the question is shown, if nothing next to the form shows its subject.
        """
        question = self.question(found)
        return render_macro("svar", question, self._token, labelled) if question else Markup("")


def sheet_views(account: Account, questions: Questions) -> list[SheetView]:
    """Return what each sheet was read as, with the question about each column, text and mark."""
    return [
        SheetView(sheet.sheet, sheet.title, [_row(sheet, item, questions) for item in sheet.items[:MOST]])
        for sheet in account.sheets
    ]


def _row(sheet: SheetAccount, item: Item, questions: Questions) -> ItemRow:
    kind = item.kind.value.capitalize()
    place = item.at.letters if item.kind is Kind.COLUMN else item.at.cell
    text = item.at.text.rpartition(" #")[0] if item.marks_rows else item.at.text
    meaning = meaning_title(item)
    would_be = item.kind is Kind.COLUMN and item.meaning and not sheet.title
    return ItemRow(
        f"{kind} {place}".rstrip(),
        quoted_text(text) or "(utan rubrik)",
        f"skulle läsas som {meaning}" if would_be else meaning,
        questions.by_item.get(id(item)),
        item.asked and not item.decided,
    )


def _mark(found: Finding) -> tuple[object, ...]:
    """Return the identity of a finding, also of a copy with a personal identity number masked."""
    return (found.code, *found.position) if found.column else (found.code, found.sheet, found.message)


def render_macro(macro: str, *values: object) -> Markup:
    """Render a macro of the forms that correct cells and answer questions."""
    module = environment().get_template("webb/rattning.html").module
    rendered: Markup = getattr(module, macro)(*values)
    return rendered
