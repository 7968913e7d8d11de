"""The order form as data: steps, boxes to fill in, and the summary that it ends with."""

from dataclasses import dataclass
from typing import Final

from underlag.orders.order import Addressee, Party

#: Where a person logs in to place orders. Source: Inera's wiki, "En introduktion till Beställningsstödet".
ORDER_TOOL: Final = "https://bestallningsstod.tjansteplattform.se"
#: How many addressees of a bulk order a guide shows: enough to recognise the list; the CSV has them all.
SHOWN_OF_BULK: Final = 50


@dataclass(slots=True, frozen=True)
class Item:
    """One box of the form. An empty `value` is a gap when `needed`, else a box that may stay empty."""

    label: str
    value: str
    needed: bool = True
    note: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether the user must fill this in, because nobody has stated it."""
        return self.needed and not self.value


@dataclass(slots=True, frozen=True)
class Group:
    """Boxes that the form shows together; `title` is '' for those directly under the step's heading."""

    title: str
    items: tuple[Item, ...]


@dataclass(slots=True, frozen=True)
class Step:
    """One step of the form.

    Attributes:
        title: the step's heading.
        lead: what to do.
        groups: what to enter.
        addressees: whether the order's addressees are entered here.
        text: a longer text to enter.
        text_gap: what must be filled in in that text, '' when it is complete.
    """

    title: str
    lead: str
    groups: tuple[Group, ...] = ()
    addressees: bool = False
    text: str = ""
    text_gap: str = ""

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """What is missing: heading and label, to be understood out of its place: Beställare, E-post."""
        boxes = tuple(
            (group.title or self.title, item.label.rstrip("*"))
            for group in self.groups
            for item in group.items
            if item.is_gap
        )
        return (*boxes, (self.title, self.text_gap)) if self.text_gap else boxes


@dataclass(slots=True, frozen=True)
class SummaryPart:
    """A heading of the form's summary and its lines; with `addressees`, the order's addressees follow."""

    title: str
    lines: tuple[str, ...]
    addressees: bool = False


@dataclass(slots=True, frozen=True)
class Form:
    """One order as the form asks for it.

    Attributes:
        title: which form to choose.
        summary_title: the heading of its last page.
        steps: in the form's order, without the summary.
        summary: what "Sammanställning för bekräftelse" is expected to show.
        shown: the addressees that a guide lists: all, or the first of a bulk order.
        list_file: where all addressees of a bulk order stand in the package, '' when `shown` is all of them.
    """

    title: str
    summary_title: str
    steps: tuple[Step, ...]
    summary: tuple[SummaryPart, ...]
    shown: tuple[Addressee, ...]
    list_file: str

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """Everything that is missing, in the form's order."""
        return tuple(gap for step in self.steps for gap in step.gaps)

    @property
    def gaps_by_group(self) -> dict[str, list[str]]:
        """What is missing, under the headings where it belongs."""
        groups: dict[str, list[str]] = {}
        for title, label in self.gaps:
            groups.setdefault(title, []).append(label)
        return groups


def party_text(party: Party | Addressee) -> str:
    """Return name and HSA-ID as the form's summary shows them: 'Inera - Webcert (5565594230-WEBCERT)'."""
    return f"{party.name} ({party.hsa_id})" if party.name else party.hsa_id
