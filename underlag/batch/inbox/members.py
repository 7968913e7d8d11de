"""The files of a container, whatever kind it is, and what its readers share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from underlag.batch.inbox.mail import Mail
from underlag.batch.inbox.refusal import UnusableError

#: A mail forwarded as an attachment of a forwarded mail, and so on.
MAX_MAIL_DEPTH: Final = 5
NO_ATTACHMENTS: Final = "är ett mejl utan bilagor"
TOO_DEEP: Final = "ligger för djupt: packa upp den och kör igen"


@dataclass(slots=True)
class Members:
    """The files of a container.

    `mails` has for each the mail that it came with; it is None for a zip file.
    `content` gives that of one file, by its place among the names, and raises UnusableError. It is asked for
    one file at a time, so that a zip file with hundreds of workbooks is never unpacked as a whole.
    """

    names: list[str]
    content: Callable[[int], bytes]
    mails: list[Mail] | None = None


@dataclass(slots=True)
class Spent:
    """How many bytes were unpacked so far of one file, with the zip files in it."""

    total: int = 0


def one_of(contents: list[bytes | UnusableError]) -> Callable[[int], bytes]:
    """Return what gives the content of one file, of those that are in memory anyway."""

    def content(index: int) -> bytes:
        found = contents[index]
        if isinstance(found, UnusableError):
            raise found
        return found

    return content
