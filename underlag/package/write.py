"""Makes and writes a whole package, as one function."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from underlag.checked import Checked
from underlag.documents.package_names import FileEntry
from underlag.files.time_limit import TooLongError
from underlag.orders.order import Order
from underlag.package.files import described, make_files
from underlag.package.folder import PackageError, PackageExists, fill_folder, write_folder
from underlag.package.makers import PackageContext

if TYPE_CHECKING:
    from underlag.tak.compare.comparison import Comparison
    from underlag.tak.holdings.catalogue import Catalogue

__all__ = [
    "Package",
    "PackageError",
    "PackageExists",
    "make_files",
    "package_context",
    "stage_package",
    "write_package",
]


class Package(NamedTuple):
    """A written package: its folder, and its files sorted by name."""

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
) -> Package:
    """Write the package of a workbook into a folder, atomically.

    Args:
        checked: the checked workbook. When errors block, only the report and the annotated workbook are made.
        orders: the result of `make_orders`.
        folder: the target; created if it does not exist.
        overwrite: replace an earlier package in the folder; the user's other files there stay.
        catalogue: the content of the TAK, so that the undo can restore it.
        comparison: the changes in the TAK, for the report.

    Raises:
        PackageExists: the folder is not empty, and `overwrite` is not set.
        PackageError: the operating system reports an error, or making the files takes too long.
    """
    folder = Path(folder)
    context = package_context(checked, orders, catalogue, comparison)
    try:
        with closing(make_files(context)) as files:
            write_folder(folder, files, overwrite=overwrite)
    except TooLongError as error:
        raise PackageError(str(error)) from error
    return Package(folder, tuple(sorted(context.made)))


def stage_package(
    checked: Checked,
    orders: Sequence[Order],
    folder: Path,
    *,
    catalogue: "Catalogue | None" = None,
    comparison: "Comparison | None" = None,
) -> Package:
    """Write customer service's own package into a new folder, for a caller that puts it in its place.

    It has no draft of a mail to customer service, and its annotated workbook, which is sent to the
    region, omits faults of the TAK itself. The arguments are those of `write_package`; see `fill_folder`
    for what the caller must see to.

    Raises:
        PackageError: the operating system reports an error.
        TooLongError: making the files takes too long.
    """
    context = package_context(checked, orders, catalogue, comparison, mailed=False)
    with closing(make_files(context)) as files:
        fill_folder(folder, files)
    return Package(folder, tuple(sorted(context.made)))


def package_context(
    checked: Checked,
    orders: Sequence[Order],
    catalogue: "Catalogue | None",
    comparison: "Comparison | None",
    *,
    mailed: bool = True,
) -> PackageContext:
    """Return what `make_files` makes a package from; afterwards it knows what was made.

    Args:
        checked: the checked workbook.
        orders: the result of `make_orders`.
        catalogue: the content of the TAK, so that the undo can restore it.
        comparison: the changes in the TAK, for the report.
        mailed: whether the region mails the package to customer service; False for customer service's own.
    """
    return PackageContext(checked, orders, catalogue, comparison, mailed, described)
