"""The draft of the mail to customer service, as the page offers it."""

import re
from collections.abc import Mapping
from email import message_from_bytes
from email.policy import default
from typing import Final, NamedTuple
from urllib.parse import quote

from underlag.documents.package_names import MAIL
from underlag.text.lists import MOST_NAMED, listed

#: Maximum characters of a mailto address that mail programs on Windows take.
_LONGEST: Final = 1_900
#: The content of an attachment, after the headers of its part: parsing takes ten times the memory of it.
_ATTACHED: Final = re.compile(
    rb"(\nContent-Transfer-Encoding: base64\r?\n(?:[^\r\n]++\r?\n)*+\r?\n)[A-Za-z0-9+/=\r\n]*+"
)


class MailLinks(NamedTuple):
    """The links to a draft: the file, and an address that opens the mail program without attachments.

    Attributes:
        name: the file's name without folder.
        href: its address.
        mailto: recipient, subject and, if short enough, text.
        attached: the names of the attachments in running text.
    """

    name: str
    href: str
    mailto: str
    attached: str


def mail_links(files: Mapping[str, bytes]) -> MailLinks | None:
    """Return the links to the draft among a package's files, None if there is none."""
    if MAIL not in files:
        return None
    message = message_from_bytes(_ATTACHED.sub(rb"\1", files[MAIL]), policy=default)
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    recipient = ",".join(one.addr_spec for one in message["To"].addresses)
    short = f"mailto:{quote(recipient, safe='@')}?subject={quote(str(message['Subject']))}"
    whole = f"{short}&body={quote(text.replace(chr(10), chr(13) + chr(10)))}"
    names = [f"”{part.get_filename()}”" for part in message.iter_attachments()]
    return MailLinks(
        MAIL.rpartition("/")[2],
        MAIL,
        whole if len(whole) <= _LONGEST else short,
        listed(names, most=MOST_NAMED),
    )
