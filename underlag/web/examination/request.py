"""The files that a person uploads, with what was chosen, corrected and answered about them."""

from collections.abc import Mapping
from dataclasses import dataclass

from underlag.documents.corrected_workbook.corrections import Correction
from underlag.documents.order_file import order_file
from underlag.web.examination.answering import Given
from underlag.web.examination.form import Choices


@dataclass(slots=True, frozen=True)
class Upload:
    """A file that a person chose: its name without folder, and its bytes."""

    name: str
    content: bytes


@dataclass(slots=True, frozen=True)
class Request:
    """Uploaded files, and the choices, corrections and answers about them.

    Attributes:
        workbook: the workbook as it was sent.
        choices: the choices.
        order_file: a bestallning.toml.
        tak: an export of the TAK to compare with.
        hsa_list: a list from the HSA catalogue.
        corrections: texts to write into cells of the workbook.
        answers: the answers to questions that were given on the page.
        details: the order's details that were filled in on the page, by their keys.
        details_in_workbook: whether those are written into the workbook's sheet for them.
        token: the key in the page's forms.
        batch: the address of the list of the workbooks that were sent together, '' for one alone.
    """

    workbook: Upload
    choices: Choices
    order_file: Upload | None = None
    tak: Upload | None = None
    hsa_list: Upload | None = None
    corrections: tuple[Correction, ...] = ()
    answers: tuple[Given, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    details_in_workbook: bool = False
    token: str = ""
    batch: str = ""

    def used_order_file(self) -> bytes:
        """Return the bestallning.toml that the workbook is examined with; b'' for none.

        It states what the one that was sent states, the answers, and the details that are not written into
        the workbook.

        Raises:
            TomlError: there is something to add, and the one that was sent cannot be parsed.
        """
        details = {} if self.details_in_workbook else dict(self.details)
        if details or self.answers:
            return self.order_file_with(details)
        return self.order_file.content if self.order_file else b""

    def order_file_with(self, details: Mapping[str, str]) -> bytes:
        """Return a bestallning.toml with these details, the answers, and what the one that was sent states.

        Raises:
            TomlError: the one that was sent cannot be parsed.
        """
        before = self.order_file.content if self.order_file else b""
        return order_file(details, [given.answer for given in self.answers], before)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        files = (self.workbook, self.order_file, self.tak, self.hsa_list)
        return sum(len(file.content) for file in files if file is not None)
