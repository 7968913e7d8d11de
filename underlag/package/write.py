"""The whole package as one function: every writer called, every file in its place."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from underlag.checked import Checked
from underlag.documents.report.json_document import FileEntry, report_json
from underlag.orders.order import Order
from underlag.package.folder import INDEX, PackageError, PackageExists, write_folder

if TYPE_CHECKING:
    from underlag.tak.compare.comparison import Comparison
    from underlag.tak.holdings.catalogue import Catalogue

__all__ = ["FileEntry", "Package", "PackageError", "PackageExists", "package_files", "write_package"]

_LISTS: Final = "kundservice/"


@dataclass(slots=True, frozen=True)
class Package:
    """A package that was written: its folder, and its files in order of their names."""

    folder: Path
    files: tuple[FileEntry, ...]


def write_package(
    checked: Checked,
    orders: Sequence[Order],
    folder: Path | str,
    *,
    overwrite: bool = False,
    catalogue: "Catalogue | None" = None,
    comparison: "Comparison | None" = None,
    reply_to: str | None = None,
) -> Package:
    """Write the package of a workbook into a folder: whole or not at all.

    Args:
        checked: the checked workbook. When errors block, only the report and the annotated workbook are made.
        orders: what `make_orders` made of it.
        folder: where to; made if it does not exist.
        overwrite: replace an earlier package in the folder; the user's other files there stay.
        catalogue: what the TAK holds, so that the undo can restore it.
        comparison: what would change in the TAK, for the report.
        reply_to: when not None, the package is customer service's own. In place of the mail to them it has a
            draft of the reply to the region, svar.eml; it goes to this address ('' for none) where the
            workbook names no orderer.

    Raises:
        PackageExists: the folder is not empty, and `overwrite` is not set.
        PackageError: the operating system refuses to write.
    """
    folder = Path(folder)
    entries: list[FileEntry] = []
    files = _files(checked, orders, catalogue, comparison, reply_to, entries)
    write_folder(folder, files, overwrite=overwrite)
    return Package(folder, tuple(sorted(entries)))


def package_files(
    checked: Checked,
    orders: Sequence[Order],
    *,
    catalogue: "Catalogue | None" = None,
    comparison: "Comparison | None" = None,
    reply_to: str | None = None,
) -> dict[str, bytes]:
    """Return the content of every file of the package by its name: the same bytes for the same input.

    Takes what `write_package` takes.
    """
    return dict(_files(checked, orders, catalogue, comparison, reply_to, []))


def _files(  # noqa: PLR0917 - what write_package takes, named there
    checked: Checked,
    orders: Sequence[Order],
    catalogue: "Catalogue | None",
    comparison: "Comparison | None",
    reply_to: str | None,
    entries: list[FileEntry],
) -> Iterator[tuple[str, bytes]]:
    """Make one file at a time, so that few of the large ones are held; `entries` tells what was made."""
    # Imported here: whoever only checks workbooks must not wait for templates.
    from underlag.documents.report.page import render_report  # noqa: PLC0415

    notes: dict[int, tuple[str, ...]] = {}
    for name, content in _documents(checked, orders, catalogue, reply_to, notes):
        entries.append(_entry(name, content))
        yield name, content
    sizes = {entry.name: entry.size for entry in entries}
    page = render_report(checked, orders, sizes, comparison=comparison, notes=notes)
    entries.append(_entry("rapport.html", page))
    yield "rapport.html", page
    index = report_json(checked, orders, sorted(entries), notes)
    entries.append(_entry(INDEX, index))
    yield INDEX, index


def _documents(
    checked: Checked,
    orders: Sequence[Order],
    catalogue: "Catalogue | None",
    reply_to: str | None,
    notes: dict[int, tuple[str, ...]],
) -> Iterator[tuple[str, bytes]]:
    """Make everything but the reports; `notes` takes what these say of each order's TAK files."""
    # Imported here: each of these is needed only for some workbooks.
    from underlag.documents.annotated_workbook import annotated_workbook  # noqa: PLC0415
    from underlag.documents.lists.left_out import left_out_csv  # noqa: PLC0415
    from underlag.text.file_names import ascii_stem  # noqa: PLC0415

    if orders and not checked.blocked:
        yield from _order_files(checked, orders, catalogue, notes, mailed=reply_to is None)
    if checked.left_out:
        yield "bortvalda.csv", left_out_csv(checked.left_out)
    annotated = annotated_workbook(checked)
    if annotated:
        ending, content = annotated
        yield f"granskad-{ascii_stem(checked.underlag.source.name)}.{ending}", content
    if reply_to is not None:
        from underlag.documents.mails.reply import reply_mail  # noqa: PLC0415 - as above

        now = checked.options.now
        yield "svar.eml", reply_mail(checked, orders, annotated=annotated, recipient=reply_to, now=now)


def _order_files(
    checked: Checked,
    orders: Sequence[Order],
    catalogue: "Catalogue | None",
    notes: dict[int, tuple[str, ...]],
    *,
    mailed: bool,
) -> Iterator[tuple[str, bytes]]:
    from underlag.documents.guide.guide import guide_html, guide_text  # noqa: PLC0415
    from underlag.documents.guide.order_form import LIST_FILES  # noqa: PLC0415
    from underlag.documents.lists.addressees import addressees_csv, addressees_workbook, listed  # noqa: PLC0415
    from underlag.documents.mails.to_customer_service import mail_draft  # noqa: PLC0415
    from underlag.tak.orders.files import tak_files  # noqa: PLC0415 - see _files

    profile = checked.underlag.profile
    if profile is None:
        raise ValueError("Utan anslutningsprofil finns inget att beställa.")
    for order in orders:
        yield f"{order.file_stem}.html", guide_html(order, orders, checked, profile, mailed=mailed)
        yield f"{order.file_stem}.txt", guide_text(order, orders, checked, profile, mailed=mailed)
        tak, notes[order.number] = tak_files(order, checked.options, catalogue, all_orders=orders)
        while tak:
            name, content = tak.popitem()
            yield f"tak/{name}", content
    lists = {
        name: addressees_csv(addressees)
        for action, name in LIST_FILES.items()
        if (addressees := listed(orders, action))
    }
    if lists:
        lists["kundservice/logiska-adressater.xlsx"] = addressees_workbook(orders, checked.options.now)
    yield from lists.items()
    if not mailed:
        return
    attached = {name.removeprefix(_LISTS): content for name, content in lists.items()}
    yield f"{_LISTS}mejl.eml", mail_draft(checked, orders, profile, attached)


def _entry(name: str, content: bytes) -> FileEntry:
    return FileEntry(name, hashlib.sha256(content).hexdigest(), len(content))
