"""The parts of a zip package, unpacked under limits: what the directory claims is never believed.

Findings: FIL002, FIL003, FIL005.
"""

import io
import struct
import zipfile
import zlib
from typing import Final

from underlag.reading.formats.limits import MAX_RATIO, MAX_UNPACKED, MIN_BOMB
from underlag.reading.formats.refusal import UnreadableError

_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_ENCRYPTED: Final = 0x1
#: XML in UTF-16, which calamine takes for an empty sheet.
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
#: Parts that hold no cells, and that no reader of cells unpacks.
_MEDIA: Final = (".png", ".jpeg", ".jpg", ".gif", ".emf", ".wmf", ".tiff", ".bmp", ".svg", ".ttf")


class Package:
    """A zip package; parts are unpacked when asked for, each once and only as far as the limits go.

    Args:
        content: the bytes of the file.

    Raises:
        UnreadableError: it is damaged, protected by a password, or larger than the limits.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                infos = archive.infolist()
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            EOFError,
            struct.error,
            NotImplementedError,
        ) as error:
            raise UnreadableError("FIL002") from error
        self._infos = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise UnreadableError("FIL003")
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise UnreadableError("FIL005", gräns=MAX_UNPACKED // 1_000_000)

    @property
    def names(self) -> set[str]:
        """The parts' names in lower case, with slashes."""
        return set(self._infos)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def part(self, name: str) -> bytes:
        """Return a part's bytes; b'' where there is no such part.

        Raises:
            UnreadableError: the part is damaged, larger than the directory claims, or XML in an encoding
                that readers of cells do not know.
        """
        info = self._infos.get(name.lower())
        if info is None:
            return b""
        if info.file_size > MIN_BOMB and info.file_size > MAX_RATIO * info.compress_size:
            raise UnreadableError("FIL005", gräns=MAX_UNPACKED // 1_000_000)
        content = self._unpack(info)
        if content.startswith(_WIDE) and name.lower().endswith((".xml", ".rels")):
            raise UnreadableError("FIL002")
        return content

    def with_parts(self, parts: dict[str, bytes]) -> bytes:
        """Return the package with some parts replaced, for a reader of cells.

        Args:
            parts: the new bytes by the part's name.
        """
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, info in self._infos.items():
                archive.writestr(info.filename, parts[name] if name in parts else self.part(name))
        return stream.getvalue()

    def verify_rest(self, read: set[str]) -> None:
        """Unpack every part that another reader may unpack and that is not among `read`, and forget it.

        Raises:
            UnreadableError: as for `part`.
        """
        for name in self._infos:
            if name not in read and not name.endswith((*_MEDIA, "/")):
                self.part(name)

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        try:
            magic, name_length, extra_length = _LOCAL_HEADER.unpack_from(self._content, info.header_offset)
        except struct.error as error:
            raise UnreadableError("FIL002") from error
        start = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        packed = memoryview(self._content)[start : start + info.compress_size]
        if magic != b"PK\x03\x04" or len(packed) != info.compress_size:
            raise UnreadableError("FIL002")
        if info.compress_type == zipfile.ZIP_STORED:
            content, complete = bytes(packed), True
        elif info.compress_type == zipfile.ZIP_DEFLATED:
            engine = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                content = engine.decompress(packed, info.file_size + 1)
            except zlib.error as error:
                raise UnreadableError("FIL002") from error
            complete = engine.eof or not info.file_size
        else:
            raise UnreadableError("FIL002")
        if len(content) > info.file_size or not complete:
            raise UnreadableError("FIL005", gräns=MAX_UNPACKED // 1_000_000)
        if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise UnreadableError("FIL002")
        return content
