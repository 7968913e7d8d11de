"""Extracts an export's JSON from a file: .zip and .gz are recognised by content, not by name.

Findings: TAK001, TAK002, TAK006.
"""

import gzip
import io
import zipfile
import zlib
from typing import Final

from underlag.files.limits import ARCHIVE_FILES
from underlag.tak.holdings.export.trouble import Unusable

#: Maximum nesting of compressed files (takdump.json.gz in a .zip).
_MAX_LAYERS: Final = 3
#: The highest compression ratio of deflate.
_DEFLATE_RATIO: Final = 1032

_ZIP: Final = b"PK"
_ENTRY: Final = b"PK\x01\x02"
_GZIP: Final = b"\x1f\x8b"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_BOM: Final = b"\xef\xbb\xbf"


def unpack(content: bytes, name: str, limit: int) -> tuple[bytes, list[str]]:
    """Return the text of an export as UTF-8, and the file's names, the innermost first.

    Raises:
        Unusable: no compressed file, a damaged one, or more than `limit` bytes.
    """
    names = [name]
    for _ in range(_MAX_LAYERS):
        if content.startswith(_GZIP):
            content = _from_gzip(content, limit)
        elif content.startswith(_ZIP):
            inner, content = _from_zip(content, limit)
            names.insert(0, inner)
        else:
            break
    if len(content) > limit:
        raise Unusable("TAK006")
    return _as_utf8(content), names


def _from_gzip(content: bytes, limit: int) -> bytes:
    """Return the content of a gzip file, up to one byte beyond the limit."""
    # The end states the size, modulo 4 GB, so most oversized files are rejected without decompression.
    if limit < int.from_bytes(content[-4:], "little") < len(content) * _DEFLATE_RATIO:
        raise Unusable("TAK006")
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            unpacked = packed.read(limit + 1)
    except EOFError as error:
        raise Unusable("TAK002", "gzip-filen slutar mitt i") from error
    except (OSError, zlib.error) as error:
        raise Unusable("TAK002", "gzip-filen är skadad") from error
    return unpacked


def _from_zip(content: bytes, limit: int) -> tuple[str, bytes]:
    """Return the name and content of the only export in a zip file."""
    if content.count(_ENTRY) > ARCHIVE_FILES.value:
        raise Unusable("TAK001", f"zip-filen innehåller fler än {ARCHIVE_FILES.value} filer")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            member = _export_in(archive)
            if member.file_size > limit:
                raise Unusable("TAK006")
            if member.flag_bits & 1:
                raise Unusable("TAK001", "zip-filen är låst med lösenord")
            with archive.open(member) as packed:
                return member.filename, packed.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise Unusable("TAK002", "zip-filen är skadad eller avklippt") from error
    except (NotImplementedError, RuntimeError, ValueError, LookupError) as error:
        raise Unusable("TAK001", "zip-filen är packad på ett sätt som inte går att läsa") from error


def _export_in(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the only member of an archive that can be an export."""
    members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
    if any(m.filename in ("[Content_Types].xml", "mimetype") for m in members):
        raise Unusable("TAK001", "den är en arbetsbok eller ett dokument")
    if len(members) > 1:
        members = [m for m in members if m.filename.lower().endswith((".json", ".gz", ".gzip", ".zip"))]
    if len(members) > 1:
        listed = ", ".join(m.filename for m in members[:5])
        raise Unusable(
            "TAK001", f"zip-filen innehåller flera filer ({listed}). Packa upp den och ange en av dem"
        )
    if not members:
        raise Unusable("TAK001", "zip-filen innehåller ingen JSON-fil")
    return members[0]


def _as_utf8(content: bytes) -> bytes:
    """Drop a byte-order mark; decode UTF-16, which PowerShell's `>` writes."""
    if content.startswith(_OLE):
        raise Unusable("TAK001", "den är en arbetsbok eller ett dokument")
    if content.startswith(_UTF16):
        try:
            return content.decode("utf-16").encode()
        except UnicodeError as error:
            raise Unusable("TAK002", "texten (UTF-16) slutar mitt i ett tecken") from error
    return content.removeprefix(_BOM)
