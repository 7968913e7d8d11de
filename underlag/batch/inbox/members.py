"""The files of a container of any kind, and what the readers of containers share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from underlag.batch.inbox.mail import Mail
from underlag.batch.inbox.refusal import UnusableError

#: Maximum nesting of mails attached to mails.
MAX_MAIL_DEPTH: Final = 5
ONLY_LINK: Final = (
    "har ingen arbetsbok bifogad, bara en länk till en fildelning ({}). Hämta filen där och kör igen"
)
TOO_DEEP: Final = "ligger för djupt: packa upp den och kör igen"


@dataclass(slots=True)
class Members:
    """The files of a container.

    Attributes:
        names: their names.
        content: returns the content of one file, by its place among the names, and raises UnusableError. One
            file at a time is unpacked, so that a zip file with hundreds of workbooks never is as a whole.
        mails: for each file the mail that it came with; None for a container that is no mail.
        mail: the headers of a container that is a mail.
        links: links to shared files in its text.
        remarks: the sentences of its text that speak against what it brings.
        automatic: whether it is a mail that a program answered, as in someone's absence.
        text: what such a mail says itself.
    """

    names: list[str]
    content: Callable[[int], bytes]
    mails: list[Mail] | None = None
    mail: Mail = field(default_factory=Mail)
    links: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    automatic: bool = False
    text: str = ""


@dataclass(slots=True)
class Spent:
    """The number of bytes unpacked so far of one file on disk, including nested zip files."""

    total: int = 0


def one_of(contents: list[bytes | UnusableError]) -> Callable[[int], bytes]:
    """Return a function that returns the content of one of several files in memory."""

    def content(index: int) -> bytes:
        found = contents[index]
        if isinstance(found, UnusableError):
            raise found
        return found

    return content
