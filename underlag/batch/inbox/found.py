"""What the inbox finds: workbooks, and everything else with the reason."""

from pathlib import Path
from typing import Final, NamedTuple

from underlag.batch.inbox.mail import Mail

#: Between a container and its member in an origin.
SEPARATOR: Final = " › "


class Found(NamedTuple):
    """A workbook.

    Attributes:
        name: its file name.
        origin: where it was, for a person: 'mejl.eml › Underlag.xlsx'.
        path, inside: the file on disk and the indexes of the members that lead to it, for `load`.
        mail: the mail that it came with, an empty one if it did not.
        sha256: of its bytes.
        order_file: the bestallning.toml that came with it in a mail or zip file, empty without one.
        remarks: the sentences of its mails that may contradict it.
    """

    name: str
    origin: str
    path: Path
    inside: tuple[int, ...] = ()
    mail: Mail = Mail()
    sha256: str = ""
    order_file: bytes = b""
    remarks: tuple[str, ...] = ()

    @property
    def sender(self) -> str:
        """The e-mail address of the mail that it came with, '' if it did not."""
        return self.mail.sender


class Rejected(NamedTuple):
    """Something that is no workbook, or cannot be opened, and why (Swedish, follows after the name).

    Attributes:
        origin: where it was, for a person.
        reason: why.
        foreign: not sent as a workbook or with any inside, e.g. the picture below a mail.
        mail: the mail that it came with, an empty one if it did not.
        is_mail: it is a mail itself.
        is_message: it is a mail that brings nothing to read but its text.
        remarks: the sentences of such a mail that may contradict a workbook.
        text: what such a mail says itself.
    """

    origin: str
    reason: str
    foreign: bool = False
    mail: Mail = Mail()
    is_mail: bool = False
    is_message: bool = False
    remarks: tuple[str, ...] = ()
    text: str = ""

    @property
    def name(self) -> str:
        """Its name, without the way to it."""
        return "Mejlet" if self.is_mail else self.origin.rpartition(SEPARATOR)[2]
