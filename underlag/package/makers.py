"""Makers of a package's files: a function for each kind of file, called with the package's context.

Modules that make documents are imported inside the functions: each is needed only for some workbooks, and
checking a workbook must not wait for templates.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from underlag.checked import for_region
from underlag.documents.package_names import (
    INDEX,
    LEFT_OUT,
    LIST_FILES,
    LIST_WORKBOOK,
    MAIL,
    REPORT,
    FileEntry,
    Files,
)
from underlag.files.workbook_names import ANNOTATED_PREFIX
from underlag.reading.order_details.order_file import NAME as ORDER_FILE

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.orders.order import Order
    from underlag.profiles.profile import Profile
    from underlag.tak.compare.comparison import Comparison
    from underlag.tak.holdings.catalogue import Catalogue
    from underlag.tak.orders.files import TakNotes

Made = Iterator[tuple[str, bytes]]


@dataclass(eq=False, repr=False)
class PackageContext:
    """The input of the makers.

    Attributes:
        checked: the checked workbook.
        ordered: its orders, empty when errors block.
        catalogue: the content of the TAK, if known.
        comparison: the changes in the TAK, if known.
        mailed: whether the region mails the package to customer service; False for customer service's own.
        describe: returns the list of the files for the report page.
        made: the files made so far.
        notes: for each order's number the report's notes on its TAK files.
    """

    checked: "Checked"
    ordered: "Sequence[Order]"
    catalogue: "Catalogue | None"
    comparison: "Comparison | None"
    mailed: bool
    describe: Callable[[Iterable[FileEntry]], Files]
    made: list[FileEntry] = field(default_factory=list)
    notes: "dict[int, TakNotes]" = field(default_factory=dict)

    @property
    def orders(self) -> "Sequence[Order]":
        """The orders, none when errors block."""
        return () if self.checked.blocked else self.ordered

    @property
    def profile(self) -> "Profile":
        """The profile of the orders.

        Raises:
            ValueError: it is unknown, and there are orders.
        """
        if self.checked.underlag.profile is None:
            raise ValueError("Utan anslutningsprofil finns inget att beställa.")
        return self.checked.underlag.profile

    @cached_property
    def lists(self) -> dict[str, bytes]:
        """The lists of logical addressees by name."""
        if not self.orders:
            return {}
        from underlag.documents.lists.addressees import (  # noqa: PLC0415
            addressees_csv,
            addressees_workbook,
            listed,
        )

        lists = {
            name: addressees_csv(addressees)
            for action, name in LIST_FILES.items()
            if (addressees := listed(self.orders, action))
        }
        if lists:
            lists[LIST_WORKBOOK] = addressees_workbook(self.orders, self.checked.options.now)
        return lists

    @cached_property
    def order_file(self) -> bytes:
        """The bestallning.toml of the orders; empty without one, or with a personal identity number."""
        underlag = self.checked.underlag
        content = underlag.details.order_file_content
        if not self.orders or not content:
            return b""
        from underlag.documents.mails.private_files import holds_private  # noqa: PLC0415
        from underlag.documents.order_file import naming  # noqa: PLC0415

        return b"" if holds_private(self.checked) else naming(content, underlag.source.name)

    @cached_property
    def for_reader(self) -> "Checked":
        """The workbook with the findings that concern the region."""
        return self.checked if self.mailed else for_region(self.checked)

    @cached_property
    def annotated(self) -> tuple[str, bytes] | None:
        """Extension and content of the annotated workbook, if there is one."""
        from underlag.documents.annotated_workbook import annotated_workbook  # noqa: PLC0415

        return annotated_workbook(self.for_reader)


def guides(context: PackageContext) -> Made:
    """Make the guide to each order, as a page and as text."""
    from underlag.documents.guide.guide import Guide  # noqa: PLC0415

    orders = context.orders
    for order in orders:
        guide = Guide(order, orders, context.checked, context.profile, mailed=context.mailed)
        yield f"{order.file_stem}.html", guide.html()
        yield f"{order.file_stem}.txt", guide.text()


def tak_orders(context: PackageContext) -> Made:
    """Make each order in TAK's own format and its undo, and note what the reports say about them."""
    from underlag.tak.orders.files import tak_files  # noqa: PLC0415

    options = context.checked.options
    for order in context.orders:
        files, notes = tak_files(order, options, context.catalogue, all_orders=context.orders)
        context.notes[order.number] = notes
        for name, content in files.items():
            yield f"tak/{name}", content
        del files  # before the next order's are made


def addressee_lists(context: PackageContext) -> Made:
    """Make the lists of logical addressees for customer service."""
    yield from context.lists.items()


def order_file(context: PackageContext) -> Made:
    """Make the copy of the bestallning.toml that the orders follow, if there is one."""
    if context.order_file:
        yield ORDER_FILE, context.order_file


def mail(context: PackageContext) -> Made:
    """Make the draft of the mail to customer service, if the package is the region's own."""
    if not context.orders or not context.mailed:
        return
    from underlag.documents.mails.to_customer_service import mail_draft  # noqa: PLC0415

    attached = {ORDER_FILE: context.order_file} if context.order_file else {}
    attached |= {name.rpartition("/")[2]: content for name, content in context.lists.items()}
    yield MAIL, mail_draft(context.checked, context.orders, context.profile, attached)


def left_out_rows(context: PackageContext) -> Made:
    """Make the list of the rows that are not ordered."""
    if not context.checked.left_out:
        return
    from underlag.documents.lists.left_out import left_out_csv  # noqa: PLC0415

    yield LEFT_OUT, left_out_csv(context.checked.left_out)


def annotated(context: PackageContext) -> Made:
    """Make the annotated workbook, if there is anything to mark."""
    if context.annotated is None:
        return
    from underlag.text.file_names import ascii_stem  # noqa: PLC0415

    ending, content = context.annotated
    yield f"{ANNOTATED_PREFIX}{ascii_stem(context.checked.underlag.source.name)}.{ending}", content


def report(context: PackageContext) -> Made:
    """Make the report page, after all other files but the index."""
    from underlag.documents.report.page import render_report  # noqa: PLC0415

    files = context.describe(context.made)
    yield (
        REPORT,
        render_report(
            context.checked, context.ordered, files, comparison=context.comparison, notes=context.notes
        ),
    )


def index(context: PackageContext) -> Made:
    """Make the report for programs, which lists all other files."""
    from underlag.documents.report.json_document import report_json  # noqa: PLC0415

    yield INDEX, report_json(context.checked, context.ordered, sorted(context.made), context.notes)
