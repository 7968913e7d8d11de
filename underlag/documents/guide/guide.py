"""The guide to one order: the entries in the web form, as a page with copy buttons and as plain text."""

import textwrap
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from underlag.checked import Checked
from underlag.documents.guide.form_steps import form_of
from underlag.documents.guide.order_form import ORDER_TOOL
from underlag.documents.templates import environment
from underlag.orders.order import Order
from underlag.profiles.profile import Profile
from underlag.text.file_names import shown_name
from underlag.text.numbers import counted

_WIDTH = 78


def guide_html(
    order: Order, orders: Sequence[Order], checked: Checked, profile: Profile, *, mailed: bool = True
) -> bytes:
    """Return the guide as a self-contained page.

    Args:
        order: the order.
        orders: all orders of the workbook, for links from one guide to the next.
        checked: the workbook of the orders.
        profile: the workbook's profile.
        mailed: whether the package has a draft of a mail to customer service.
    """
    template = environment().get_template("bestallning.html")
    return template.render(_context(order, orders, checked, profile, mailed=mailed)).encode("utf-8")


def guide_text(
    order: Order, orders: Sequence[Order], checked: Checked, profile: Profile, *, mailed: bool = True
) -> bytes:
    """Return the guide as text for Notepad: UTF-8 with byte-order mark, CRLF.

    The arguments are those of `guide_html`. Lines have at most 78 characters; a longer value (a URL) is not
    broken.
    """
    template = environment().get_template("bestallning.txt")
    text = template.render(
        _context(order, orders, checked, profile, mailed=mailed), folded=folded, labelled=labelled
    )
    return "\r\n".join(text.splitlines()).encode("utf-8-sig") + b"\r\n"


@lru_cache(maxsize=1024)  # the guides of a batch have most of their texts in common
def folded(text: str, indent: str = "") -> str:
    """Return a text with its lines wrapped, each after `indent`; existing line breaks stay."""
    return "\n".join(
        textwrap.fill(
            line,
            _WIDTH,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.splitlines()
    )


def labelled(label: str, value: str) -> str:
    """Return 'label: value' with the values of a step aligned."""
    return f"  {label + ':':<28}{value}"


def _context(
    order: Order, orders: Sequence[Order], checked: Checked, profile: Profile, *, mailed: bool
) -> dict[str, Any]:
    """Return the variables of the templates."""
    return {
        "order": order,
        "orders": orders,
        "form": form_of(order, profile, mailed=mailed),
        "profile": profile,
        "region": checked.underlag.region,
        "workbook": shown_name(checked.underlag.source.name),
        "now": checked.options.now,
        "counted": counted,
        "order_tool": ORDER_TOOL,
    }
