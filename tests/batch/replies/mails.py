"""Mails with workbooks, and replies as a mail program shows them."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

ANNA = "Anna Test <anna.test@example.se>"


def mail(files: dict[str, bytes], *, sender: str = ANNA, text: str = "Hej!", **headers: str) -> bytes:
    """Write a mail; an underscore in a keyword stands for a hyphen in the header's name."""
    message = EmailMessage()
    asked = {"From": sender, "To": "kundservice@inera.se", "Subject": "Underlag", **headers}
    for name, value in asked.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


class Reply:
    """A reply as a mail program shows it."""

    def __init__(self, path: Path) -> None:
        self.message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        self.text = self.message.get_body(("plain",)).get_content().replace("\xa0", " ").replace("\r\n", "\n")
        self.html = self.message.get_body(("html",)).get_content()
        self.files = [part.get_filename() for part in self.message.iter_attachments()]

    def addresses(self, field: str) -> list[str]:
        """Return the addresses of a field."""
        return [one.addr_spec for one in self.message[field].addresses] if self.message[field] else []


def replies(out: Path) -> list[Reply]:
    """Return all replies of an output folder, in their order."""
    return [Reply(path) for path in sorted(out.glob("svar/*/svar.eml"))]
