"""Finds workbooks in what customer service receives: folders, zip files, saved mails and mailboxes."""

from underlag.batch.inbox.collect import Found, Rejected, collect, load
from underlag.batch.inbox.refusal import UnusableError

__all__ = ["Found", "Rejected", "UnusableError", "collect", "load"]
