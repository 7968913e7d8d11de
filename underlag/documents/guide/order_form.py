"""The order form as data: steps, boxes to fill in, and the final summary."""

from typing import Final, NamedTuple

from underlag.orders.order import Addressee, Party

#: The login page for placing orders. Source: Inera's wiki, "En introduktion till Beställningsstödet".
ORDER_TOOL: Final = "https://bestallningsstod.tjansteplattform.se"
#: What the form calls the name of a component.
SYSTEM_NAME: Final = "Namn på system"
#: Addressees of a bulk order that a guide lists: enough to recognise the list; the CSV has all.
SHOWN_OF_BULK: Final = 50


class Item(NamedTuple):
    """One box of the form. An empty `value` is a gap when `needed`, else an optional box left empty."""

    label: str
    value: str
    needed: bool = True
    note: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether the user must fill this in because it is not stated anywhere."""
        return self.needed and not self.value


class Group(NamedTuple):
    """Boxes that the form shows together; `title` is '' for those directly under the step's heading."""

    title: str
    items: tuple[Item, ...]
    note: str = ""


class Step(NamedTuple):
    """One step of the form.

    Attributes:
        title: the step's heading.
        lead: the instruction.
        groups: the values to enter.
        addressees: whether the order's addressees are entered here.
        text: a longer text to enter.
        text_gap: the detail to fill in within that text, '' when it is complete.
    """

    title: str
    lead: str
    groups: tuple[Group, ...] = ()
    addressees: bool = False
    text: str = ""
    text_gap: str = ""

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """The gaps: heading and label, which together make sense anywhere: Beställare, E-post."""
        boxes = tuple(
            (group.title or self.title, item.label.rstrip("*"))
            for group in self.groups
            for item in group.items
            if item.is_gap
        )
        return (*boxes, (self.title, self.text_gap)) if self.text_gap else boxes


class SummaryPart(NamedTuple):
    """A heading of the form's summary and its lines; with `addressees`, the order's addressees follow."""

    title: str
    lines: tuple[str, ...]
    addressees: bool = False


class Form(NamedTuple):
    """One order as entered in the form.

    Attributes:
        title: the form to choose.
        summary_title: the heading of its last page.
        steps: in the form's order, without the summary.
        summary: the expected content of "Sammanställning för bekräftelse".
        shown: the addressees that a guide lists: all, or the first of a bulk order.
        list_file: the file of the package with all addressees of a bulk order, '' when `shown` has them all.
    """

    title: str
    summary_title: str
    steps: tuple[Step, ...]
    summary: tuple[SummaryPart, ...]
    shown: tuple[Addressee, ...]
    list_file: str

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """All gaps, in the form's order."""
        return tuple(gap for step in self.steps for gap in step.gaps)

    @property
    def gaps_by_group(self) -> dict[str, list[str]]:
        """The gaps, by heading."""
        groups: dict[str, list[str]] = {}
        for title, label in self.gaps:
            groups.setdefault(title, []).append(label)
        return groups


def party_text(party: Party | Addressee) -> str:
    """Return name and HSA-ID as in the form's summary: 'Inera - Webcert (5565594230-WEBCERT)'."""
    return f"{party.name} ({party.hsa_id})" if party.name else party.hsa_id
