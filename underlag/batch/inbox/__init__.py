"""What customer service receives: folders, zip files and saved mails, and the workbooks in them."""

from underlag.batch.inbox.collect import Found, Rejected, collect, load
from underlag.batch.inbox.refusal import UnusableError

__all__ = ["Found", "Rejected", "UnusableError", "collect", "load"]
