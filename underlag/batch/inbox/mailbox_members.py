"""Mails as other mail programs save them: mailboxes (.mbox), and .emlx of Apple Mail."""

import re
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from underlag.batch.inbox.mail_members import eml_members
from underlag.batch.inbox.members import Members
from underlag.batch.inbox.refusal import UnusableError
from underlag.files.limits import ARCHIVE_FILES, how_to_raise

#: The first line of an .emlx: how many bytes the mail has. After these is a property list about the mail.
_LENGTH: Final = re.compile(rb"\s*([0-9]{1,10})[ \t]*\r?\n")


def mbox_members(content: bytes) -> Members:
    """Open a mailbox: each mail in it counts as a saved mail.

    Raises:
        UnusableError: it holds no mails, or too many.
    """
    if content.count(b"\nFrom ") > ARCHIVE_FILES.value:
        raise UnusableError(f"innehåller fler än {ARCHIVE_FILES.value} mejl. {how_to_raise()[:-1]}")
    mails = _mails(content)
    if not mails:
        raise UnusableError("är en tom eller skadad mejllåda")
    return Members([f"mejl {number}.eml" for number in range(1, len(mails) + 1)], mails.__getitem__)


@lru_cache(maxsize=1)  # the workbooks of a mailbox are loaded one at a time
def _mails(content: bytes) -> list[bytes]:
    from mailbox import mbox  # noqa: PLC0415 - only mailboxes need it

    with TemporaryDirectory() as folder:
        path = Path(folder) / "mbox"
        path.write_bytes(content)
        box = mbox(path, create=False)
        try:
            return [box.get_bytes(key) for key in box.iterkeys()]
        finally:
            box.close()


def emlx_members(content: bytes) -> Members:
    """Open a mail of Apple Mail.

    Raises:
        UnusableError: it is damaged.
    """
    found = _LENGTH.match(content)
    if found is None:
        raise UnusableError("är ett skadat mejl")
    return eml_members(content[found.end() : found.end() + int(found[1])])


def without_length(content: bytes) -> bytes:
    """Return the bytes after the first line of an .emlx, b'' for anything else."""
    found = _LENGTH.match(content)
    return content[found.end() :] if found else b""
