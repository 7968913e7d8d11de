"""Finds workbooks in what customer service receives: folders, zip files, saved mails and mailboxes."""

from underlag.batch.inbox.collect import collect
from underlag.batch.inbox.found import Found, Rejected
from underlag.batch.inbox.refusal import UnusableError
from underlag.batch.inbox.walk import load

__all__ = ["Found", "Rejected", "UnusableError", "collect", "load"]
