"""Zip packages of workbooks, made and changed part by part."""

import io
import zipfile
from typing import Any


def zip_package(parts: dict[str, bytes]) -> bytes:
    """Return a zip package with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return stream.getvalue()


def change_part(package: bytes, part: str, change: Any) -> bytes:
    """Return a zip package with one part changed by a function from bytes to bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, change(content) if info.filename == part else content)
    return stream.getvalue()
