"""What customer service receives: folders, zip files and saved mails, and the workbooks in them."""

from underlag.inbox.collect import Found, Rejected, collect, load
from underlag.inbox.containers import UnusableError

__all__ = ["Found", "Rejected", "UnusableError", "collect", "load"]
