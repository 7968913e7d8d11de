"""Replies to checked workbooks, and what a mail program shows of them."""

import email
import email.policy
from html.parser import HTMLParser

from tests.checks.examine import NOW, altered
from underlag.documents.annotated_workbook import annotated_workbook
from underlag.documents.lists.addressees import listed
from underlag.documents.mails.eml import Headers
from underlag.documents.mails.progress import Progress, SumRow
from underlag.documents.mails.reply import Answered, reply_mail
from underlag.documents.mails.reply_lead import Arrival
from underlag.documents.mails.review import review
from underlag.orders.build import make_orders
from underlag.orders.order import Addressee

WRONG = "SE162321000165-4HVV"
FAULTY = altered((2, "SE162321000156-4HVV", WRONG), (3, "SE162321000156-4HVV", WRONG))
NO_HEADERS = Headers()


def some_units(count):
    """Return units as addressees."""
    return tuple(Addressee(f"SE162321000156-{number:04X}", f"Enhet {number}") for number in range(count))


def going(checked):
    """Return the progress of a workbook all of whose rows that may be ordered go on."""
    rows = checked.entries.items()
    sums = [
        SumRow(
            flow.spec.title,
            len(flow.entries),
            ordered := 0 if checked.blocked else sum(len(e) for key, e in rows if key == flow.spec.key),
            returned=len(flow.entries) - ordered,
        )
        for flow in checked.underlag.flows
    ]
    total = Progress(tuple(sums)).total
    orders = [] if checked.blocked else make_orders(checked)
    return Progress(
        tuple(sums),
        addressees={"add": tuple(listed(orders, "add"))},
        is_complete=total.read == total.ordered > 0,
    )


def reply(checked, progress=None, *, annotated=True, headers=NO_HEADERS, unread=()):
    file = annotated_workbook(checked) if annotated else None
    answered = Answered(review(checked), progress or going(checked), Arrival(), file)
    return reply_mail(headers, [answered], unread, NOW)


def parsed(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def text(data):
    return parsed(data).get_body(("plain",)).get_content().replace("\r\n", "\n")


class Words(HTMLParser):
    """The visible words of the page, and the tags that are open at its end."""

    def __init__(self):
        super().__init__()
        self.words, self.open = [], []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - the parser calls it so
        if tag not in {"br", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "title" not in self.open:
            self.words += data.split()


def page(data):
    words = Words()
    words.feed(parsed(data).get_body(("html",)).get_content())
    assert not words.open
    return " ".join(words.words)
