"""Recognises the addressee lists that this program has made, so that none is read as a workbook to order."""

import io
import re
import zipfile
import zlib
from typing import Final

from underlag.documents.lists.addressees import ORDERS_SHEET, TITLE
from underlag.files.workbook_names import ADDRESSEE_LIST

#: A line of the CSV: an HSA-ID and a name.
_LINE: Final = re.compile(rb"(?:\xef\xbb\xbf)?[A-Za-z]{2}[0-9]{10,12}-[0-9A-Za-z]+;[^\r\n]*(?:\r?\n|$)")


def is_addressee_list(name: str, content: bytes) -> bool:
    """Whether a file is an addressee list of a package, by its name and its content.

    Args:
        name: the file name; mail programs may have added a number to it.
        content: the file.
    """
    folded = name.casefold()
    if not folded.startswith(ADDRESSEE_LIST) or not folded.endswith((".csv", ".xlsx")):
        return False
    return _is_list_workbook(content) if folded.endswith(".xlsx") else _LINE.match(content) is not None


def _is_list_workbook(content: bytes) -> bool:
    """Whether a workbook has the title and the last sheet of our list."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [_start(archive, part) for part in ("docProps/core.xml", "xl/workbook.xml")]
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        zlib.error,
    ):
        return False
    return f">{TITLE}<" in parts[0] and f'"{ORDERS_SHEET}"' in parts[1]


def _start(archive: zipfile.ZipFile, part: str) -> str:
    """Return the first bytes of a part as text; those of our lists are far shorter."""
    with archive.open(part) as stream:
        return stream.read(100_000).decode("utf-8", "replace")
