"""Files on their way in and out: names without a path, types that browsers know, a package as one file."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final, NamedTuple
from urllib.parse import quote

from flask import Response
from werkzeug.datastructures import FileStorage

from underlag.reading.order_details.order_file_beside import names_workbook
from underlag.text.file_names import ascii_stem
from underlag.web.examination.request import Upload

_LONGEST_NAME: Final = 200
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "toml": "application/toml",
    "xlsx": _XLSX,
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "eml": "message/rfc822",
    "zip": "application/zip",
}
#: Types that a browser shows; others are downloaded.
_SHOWN: Final = {"html", "txt"}


class Served(NamedTuple):
    """How a file is sent: its media type and Content-Disposition."""

    type: str
    disposition: str


def uploaded(storage: FileStorage | None) -> Upload | None:
    """Return a file that was sent with a form; None when none was chosen.

    The name may hold a whole path: only its last part is used.
    """
    if storage is None or not storage.filename:
        return None
    name = _CONTROL.sub("", re.split(r"[/\\]", storage.filename)[-1]).strip()
    return Upload(name[-_LONGEST_NAME:] or "underlag.xlsx", storage.read())


def served(name: str) -> Served:
    """Return how a file is sent; `name` may have letters beyond ASCII (RFC 6266)."""
    ending = name.rpartition(".")[2].lower()
    kind = _TYPES.get(ending, "application/octet-stream")
    if ending in _SHOWN:
        return Served(kind, "inline")
    base = name.rpartition("/")[2]
    plain = f"{ascii_stem(base)}.{ascii_stem(ending)}"
    return Served(kind, f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(base, safe='')}")


def download(name: str, content: bytes) -> Response:
    """Return an answer that a browser saves, or shows where it can."""
    how = served(name)
    response = Response(content, content_type=how.type)
    response.headers["Content-Disposition"] = how.disposition
    return response


def is_order_file(name: str) -> bool:
    """Whether a file that was sent among the workbooks states the order's details."""
    return name.lower().endswith(".toml")


def shared_out(workbooks: Sequence[Upload], order_files: Sequence[Upload]) -> list[Upload | None]:
    """Return the bestallning.toml of each workbook: the one that names it; one that is alone need not."""
    if len(workbooks) == 1 and len(order_files) == 1:
        return [order_files[0]]
    return [
        next((file for file in order_files if names_workbook(file.content, workbook.name)), None)
        for workbook in workbooks
    ]


def zipped(files: Mapping[str, bytes], moment: datetime) -> bytes:
    """Return files as one .zip, with `moment` as their time."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(name, moment.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return stream.getvalue()
