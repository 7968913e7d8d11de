"""From uploaded files to a package's files: the same steps as the command `bestall`."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import underlag
from underlag.package.work_folder import private_folder
from underlag.package.write import package_files
from underlag.reading.order_details.order_file import NAME as ORDER_FILE_NAME
from underlag.reference import Reference, read_reference
from underlag.tak.compare.compared import compare_with_tak, day_to_read
from underlag.web.form import Choices


@dataclass(slots=True, frozen=True)
class Upload:
    """A file that a person chose: its name without folder, and its bytes."""

    name: str
    content: bytes


@dataclass(slots=True, frozen=True)
class Request:
    """All that a person sent: the workbook, the choices, and the files that are not needed always."""

    workbook: Upload
    choices: Choices
    order_file: Upload | None = None
    tak: Upload | None = None
    hsa_list: Upload | None = None


class UnusableListError(ValueError):
    """The list from the HSA catalogue cannot be used; the message is Swedish and says why and what to do."""


class WorkerDiedError(Exception):
    """The process that examined a workbook ended without a result, e.g. since memory ran out."""


def make_files(request: Request, now: datetime) -> dict[str, bytes]:
    """Return the files of the package by name; of a workbook with errors, those that tell of them.

    Raises:
        UnusableListError: the list from the HSA catalogue cannot be used.
    """
    checked = _check(request, now)
    reading = None
    if request.tak is not None:
        day = day_to_read(checked)
        reading = underlag.read_catalogue(request.tak.content, day=day, name=request.tak.name)
    checked, catalogue, comparison = compare_with_tak(checked, reading)
    orders = [] if checked.blocked else underlag.make_orders(checked)
    return package_files(checked, orders, catalogue=catalogue, comparison=comparison)


def _check(request: Request, now: datetime) -> underlag.Checked:
    # What is read from a file gets one in a folder of its own, which is gone as soon as it has been read.
    with private_folder() as folder:
        path: Path | None = None
        if request.order_file is not None:
            path = folder / ORDER_FILE_NAME
            path.write_bytes(request.order_file.content)
        options = request.choices.options(order_file=path, now=now)
        reading = underlag.read(request.workbook.content, options, name=request.workbook.name)
        reference = _reference(request.hsa_list, folder) if request.hsa_list else None
    return underlag.check(reading, options, reference=reference)


def _reference(hsa_list: Upload, folder: Path) -> Reference:
    path = folder / "hsa-lista"
    path.write_bytes(hsa_list.content)
    read = read_reference(path)
    if isinstance(read, Reference):
        return read
    raise UnusableListError(" ".join(f"{found.message} {found.suggestion}" for found in read))
