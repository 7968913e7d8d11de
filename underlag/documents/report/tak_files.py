"""The TAK files of a package, in a section of their own: customer service loads them, a region does not.

Notes that apply to all files are stated once.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from underlag.documents.package_names import Files
from underlag.documents.report.files import tak_links
from underlag.text.lists import listed

if TYPE_CHECKING:
    from underlag.orders.order import Order
    from underlag.tak.orders.files import ShownOrder, TakNotes


class TakFilesView(NamedTuple):
    """The section on the page.

    Attributes:
        notes: sentences about the files; one that does not apply to all orders names those it concerns.
        links: text and address of each file.
        shown: the files laid out for display.
    """

    notes: list[str]
    links: list[tuple[str, str]]
    shown: list["ShownOrder"]


def tak_files_view(
    orders: Sequence["Order"], files: Files, notes: Mapping[int, "TakNotes"]
) -> TakFilesView | None:
    """Return the section; None for a package without TAK files.

    Args:
        orders: the orders.
        files: the files of the package.
        notes: by the order's number, the notes on its TAK files.
    """
    links = [link for order in orders for link in tak_links(order, files)]
    about: dict[str, list[int]] = {}
    for order in orders:
        for sentence in notes[order.number].sentences if order.number in notes else ():
            about.setdefault(sentence, []).append(order.number)
    shown = [one for order in orders if order.number in notes for one in notes[order.number].shown]
    if not links and not about and not shown:
        return None
    return TakFilesView([_note(text, numbers, len(orders)) for text, numbers in about.items()], links, shown)


def _note(text: str, numbers: Sequence[int], total: int) -> str:
    return text if len(numbers) == total else f"Beställning {listed([str(one) for one in numbers])}: {text}"
