"""Reads from a workbook's properties when it was last saved, which dates its versions.

The file's modification time does not: saving an attachment or unpacking a zip file sets it.
"""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any, Final

from underlag import xml_tree

#: The part with the property, and the local name of its element.
#: Sources: ECMA-376 part 2, OpenDocument 1.3 part 2.
_PARTS: Final = {
    "docProps/core.xml": "modified",
    "meta.xml": "date",
}
_LARGEST_PART: Final = 1_000_000


def last_saved(content: bytes) -> str:
    """Return the time in ISO 8601, UTC, to the second; '' if the workbook does not state it."""
    moment = _in_package(content) if content.startswith(b"PK") else _in_compound(content)
    if moment is None:
        return ""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _in_package(content: bytes) -> datetime | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name, tag in _PARTS.items():
                if name in package.namelist() and package.getinfo(name).file_size < _LARGEST_PART:
                    root = xml_tree.parse(package.read(name))
                    text = next((one.text for one in root.iter() if xml_tree.local(one) == tag), None)
                    return datetime.fromisoformat((text or "").strip())
    except Exception:  # noqa: BLE001 - a damaged part fails in many ways, and reading has reported it
        return None
    return None


def _in_compound(content: bytes) -> datetime | None:
    import olefile  # noqa: PLC0415 - only old workbooks need it

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            found: Any = getattr(compound.get_metadata(), "last_saved_time", None)
    except Exception:  # noqa: BLE001 - as above
        return None
    return found if isinstance(found, datetime) else None
