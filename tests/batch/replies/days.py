"""A day of customer service, and the replies to its mails."""

from datetime import timedelta
from pathlib import Path

from tests.batch.books import NOW, batch, put
from tests.batch.replies.mails import Reply, replies

BO = "bo.test@dalarna.example.se"
#: Another system for the units.
DALARNA = (("SE162321000156-B3K", "SE162321000156-DAL"),)


def day(tmp_path: Path, number: int, files: dict[str, bytes], **asked) -> list[Reply]:
    """Hand in files on a day; return the replies of that day."""
    before = len(replies(tmp_path / "ut"))
    inbox = put(tmp_path / f"dag{number}", files)
    batch(inbox, tmp_path / "ut", now=NOW + timedelta(days=number - 1), **asked)
    return replies(tmp_path / "ut")[before:]
