"""Whether the files of a workbook may be mailed: not if they contain a personal identity number."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from underlag.orders.order import Addressee
from underlag.privacy.masking import MASK, is_private

if TYPE_CHECKING:
    from underlag.checked import Checked

#: The findings that report such a number without quoting it.
TELLING: Final = frozenset(("HSA007", "ADR013", "BST031"))


def holds_private(checked: "Checked") -> bool:
    """Whether the findings report a personal identity number in the workbook.

    Any of them may quote the value of such a cell, with the number masked.
    """
    return any(
        found.code in TELLING or any(MASK in text for text in (found.value, found.message, found.suggestion))
        for found in checked.findings
    )


def names_private(addressees: Iterable[Addressee]) -> bool:
    """Whether a list of addressees has a personal identity number in a name, which is only a warning."""
    return any(is_private(addressee.name) for addressee in addressees)
