"""The guide to one order: the entries in the web form, as a page with copy buttons and as plain text."""

import textwrap
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from underlag.checked import Checked
from underlag.documents.guide.form_steps import form_of
from underlag.documents.guide.order_form import ORDER_TOOL
from underlag.documents.templates import environment
from underlag.orders.order import Addressee, Order
from underlag.profiles.profile import Profile
from underlag.text.file_names import shown_name
from underlag.text.numbers import counted

if TYPE_CHECKING:
    from markupsafe import Markup

_WIDTH: Final = 78
#: Pieces of guides that are kept.
_PIECES: Final = 256


class Guide:
    """The guide to an order.

    Args:
        order: the order.
        orders: all orders of the workbook, for links from one guide to the next.
        checked: the workbook of the orders.
        profile: the workbook's profile.
        mailed: whether the package has a draft of a mail to customer service.
    """

    def __init__(
        self,
        order: Order,
        orders: Sequence[Order],
        checked: Checked,
        profile: Profile,
        *,
        mailed: bool = True,
    ) -> None:
        self._values = {
            "order": order,
            "orders": orders,
            "form": form_of(order, profile, mailed=mailed),
            "region": checked.underlag.region,
            "workbook": shown_name(checked.underlag.source.name),
            "now": checked.options.now,
            "counted": counted,
            "order_tool": ORDER_TOOL,
        }

    def html(self) -> bytes:
        """Return the guide as a self-contained page."""
        template = environment().get_template("bestallning.html")
        pieces = {"step_page": _step_page, "part_page": _part_page}
        return template.render(self._values, **pieces, for_each=for_each).encode("utf-8")

    def text(self) -> bytes:
        """Return the guide as text for Notepad: UTF-8 with byte-order mark, CRLF.

        Lines have at most 78 characters; a longer value (a URL) is not broken.
        """
        template = environment().get_template("bestallning.txt")
        pieces = {"step_text": _step_text, "part_text": _part_text}
        text = template.render(self._values, **pieces, **_LAYOUT, numbered=numbered)
        return "\r\n".join(text.splitlines()).encode("utf-8-sig") + b"\r\n"


@lru_cache(maxsize=8)  # the orders of a workbook have mostly the same addressees, each order in two tables
def for_each(addressees: tuple[Addressee, ...], row: str, row_without_name: str) -> "Markup":
    """Return a row of a page for each addressee: a table may have hundreds.

    Args:
        addressees: the addressees, in their order.
        row: the row of one, with {number}, {hsa_id} and {name} for its values, which are escaped.
        row_without_name: the row of one that has no name.
    """
    from markupsafe import Markup, escape  # noqa: PLC0415 - as Jinja2 itself: only documents need it

    texts = "".join(chain.from_iterable(addressees))
    as_html = str if escape(texts) == texts else escape  # there is hardly ever anything to escape
    rows = [
        str.format(
            row if name else row_without_name,
            number=number,
            hsa_id=str(as_html(hsa_id)),
            name=str(as_html(name)),
        )
        for number, (hsa_id, name) in enumerate(addressees, 1)
    ]
    return Markup("".join(rows))  # noqa: S704 - the template's own rows, with escaped values


@lru_cache(maxsize=8)
def numbered(addressees: tuple[Addressee, ...]) -> str:
    """Return a line for each addressee."""
    return "\n".join(
        f"  {number:5d}  {hsa_id:<31}  {name}" for number, (hsa_id, name) in enumerate(addressees, 1)
    )


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


#: What templates of text lay out lines with.
_LAYOUT: Final = {"folded": folded, "labelled": labelled}


def _macro(template: str, name: str) -> Callable[..., str]:
    """Return a macro of a template, whose last results are kept: most guides have most pieces in common."""

    @lru_cache(maxsize=_PIECES)
    def made(*values: object) -> str:
        module = environment().get_template(template, globals=_LAYOUT).module
        piece: str = getattr(module, name)(*values)
        return piece

    return made


_step_page, _part_page = _macro("_vagledning.html", "step"), _macro("_vagledning.html", "part")
_step_text, _part_text = _macro("_vagledning.txt", "step"), _macro("_vagledning.txt", "part")
