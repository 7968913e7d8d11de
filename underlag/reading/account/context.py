"""What the account of a sheet is judged against, and its results."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from underlag.account import Exclusion, Item, Kind, SheetAccount
from underlag.column_letters import column_letters
from underlag.findings import Finding
from underlag.privacy.quoting import quoted_text
from underlag.profiles.profile import Profile
from underlag.reading.cells.crowd import refuse_crowd
from underlag.reading.decisions.decisions import Decisions
from underlag.reading.decisions.keys import key_of
from underlag.reading.formats.sheet_facts import LooseText
from underlag.text.lists import MOST_NAMED, listed, spans
from underlag.workbook import Field

#: Maximum distinct texts of a column that a finding quotes, and maximum cells of each.
_TEXTS_QUOTED = 8
_CELLS_QUOTED = 3
#: Maximum characters of a text that is quoted among others.
LONGEST_QUOTE: Final = 60


class Context(NamedTuple):
    """The order and the run.

    Attributes:
        profile: the workbook's profile.
        environment: the order's environment, '' when unknown.
        region: the region that orders, under any of its names, '' when unknown.
        day: the date of change, None when unknown.
        today: the day of the run.
        removes: whether rows without an action remove their unit.
        decisions: decisions about the workbook.
        file_name: the workbook's name without its extension.
        names: the names that the workbook defines, and what they say.
        mails: sentences of the mails about the workbook.
    """

    profile: Profile
    environment: str
    day: date | None
    today: date
    removes: bool
    decisions: Decisions
    region: str = ""
    file_name: str = ""
    names: Sequence[LooseText] = ()
    mails: Sequence[str] = ()


class Ledger:
    """Collects the account of one sheet, its findings and the rows to leave out.

    Attributes:
        coloured: the rows that are filled otherwise than most, where that is known.
    """

    def __init__(self, account: SheetAccount, decisions: Decisions) -> None:
        self.account = account
        self.decisions = decisions
        self.coloured: Sequence[int] = ()
        self.findings: list[Finding] = []
        self.exclusions: list[Exclusion] = []

    def add(
        self,
        kind: Kind,
        at: Field,
        rows: Sequence[int] = (),
        *,
        place: str = "",
        meaning: str = "",
        on_sheet: bool = True,
    ) -> Item:
        """Add an item that [beslut] may answer; return it with the answer.

        Args:
            kind: what it is.
            at: its cell and text.
            rows: the rows that it concerns.
            place: the place in its key, if it is in several cells.
            meaning: its interpretation, '' for none.
            on_sheet: whether it is on this sheet, rather than of the workbook as a whole.
        """
        key = key_of(self.account.sheet if on_sheet else "", place or at.cell, at.text)
        decision = self.decisions.answer(key, of_rows=bool(rows))
        item = Item(kind, at, decision or meaning, rows, key, decided=bool(decision))
        self.account.items.append(item)
        return item

    def ask(self, item: Item, found: Finding) -> None:
        """Report that an item is open, or contradicts the order.

        Raises:
            UnreadableError: there are more findings of one kind on the sheet than the limit.
        """
        item.questions.append(found)
        self.findings.append(found)
        refuse_crowd(self.findings)

    def ask_about(self, at: Field, found: Finding, kind: Kind = Kind.TEXT) -> None:
        """Enter a text or comment that concerns no rows, and report it unless it was answered.

        Raises:
            UnreadableError: there are more findings of one kind on the sheet than the limit.
        """
        item = self.add(kind, at, place=place_of_note(at) if kind is Kind.NOTE else "")
        if not item.decided:
            self.ask(item, found)

    def exclude(self, rows: Iterable[int], reason: Finding, columns: frozenset[int] = frozenset()) -> None:
        """Leave rows of the sheet, or the units in some columns of them, out of the order, with a finding."""
        self.findings.append(reason)
        self.exclusions.append(Exclusion(self.account.sheet, frozenset(rows), reason, columns))


def place_of_note(at: Field) -> str:
    """Return what the key of a comment calls its place."""
    return f"kommentar {at.cell}"


def cell_or_note(at: Field, kind: Kind) -> str:
    """Return what a finding calls the place of a text: 'I15', 'kommentaren i I15'."""
    return f"kommentaren i {at.cell}" if kind is Kind.NOTE else at.cell


def quoted(values: Mapping[str, Sequence[Field]]) -> str:
    """Return the distinct texts of a column with their count and first cells: 'Ja 2 (K6, K7), Nej (K8)'."""
    parts = []
    for text, cells in islice(values.items(), _TEXTS_QUOTED):
        places = ", ".join(cell.cell for cell in cells[:_CELLS_QUOTED])
        count = f" {len(cells)}" if len(cells) > 1 else ""
        rest = ", …" if len(cells) > _CELLS_QUOTED else ""
        parts.append(f"{quoted_text(text, longest=LONGEST_QUOTE)}{count} ({places}{rest})")
    others = len(values) - _TEXTS_QUOTED
    return ", ".join(parts) + (f" och {others} andra" if others > 0 else "")


def place_of(cells: Sequence[Field]) -> str:
    """Return the place of cells, mostly of one column: 'K8', 'K8–9', 'K8, K12'."""
    if len({cell.column for cell in cells}) != 1 or len(cells) == 1:
        return ", ".join(cell.cell for cell in cells)
    return f"{column_letters(cells[0].column)}{spans(cell.row for cell in cells)}"


def places(cells: Sequence[Field]) -> str:
    """Return the cells of a finding in running text, a long list cut."""
    return listed([cell.cell for cell in cells], most=MOST_NAMED)
