"""The parts of a zip package, unpacked when asked for and under limits.

The directory's statements are checked against the bytes. Source: ECMA-376 part 2, Open Packaging Conventions.

Findings: FIL003.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote

from underlag.reading.formats.limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, MIN_BOMB
from underlag.reading.formats.refusal import UnreadableError, damaged, naming, too_large_unpacked, too_much
from underlag.reading.formats.xml_parsing import Attributes, remembered_part, walk

_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 0x1
_DATE_1980: Final = 0x21
#: The signature of a local header and of a directory entry, version, flags (UTF-8 names).
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4s4H2IH")


class Relation(NamedTuple):
    """What a part refers to: the last word of the relationship's type, and the part's name."""

    kind: str
    part: str


class Packed(NamedTuple):
    """A part as it is in the file, with its directory entry."""

    data: memoryview
    method: int
    size: int
    crc: int


class Package:
    """A zip package. A part's name is the same whatever its case and slashes, as in Excel.

    Args:
        content: the bytes of the file.

    Raises:
        UnreadableError: it is damaged, protected by a password, or has too many parts.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._unpacked = 0
        self._relations: dict[str, dict[str, Relation]] = {}
        if (count := content.count(_DIRECTORY_ENTRY)) > MAX_PARTS:
            raise too_much("Delar i filen", count, MAX_PARTS)
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
            raise damaged(problem="zip-filens innehållsförteckning är trasig eller avklippt") from error
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise UnreadableError("FIL003")
        self._infos: dict[str, list[zipfile.ZipInfo]] = {}
        for info in infos:
            self._infos.setdefault(part_key(info.filename), []).append(info)

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._infos

    def part(self, name: str) -> bytes:
        """Return a part's bytes; b'' where there is no such part.

        Raises:
            UnreadableError: the part is damaged, there twice, or larger than the limits.
        """
        info = self._info(name)
        if info is None:
            return b""
        with naming(name):
            return self._unpack(info)

    def packed(self, name: str) -> Packed:
        """Return a part as it is in the file; only for one that `part` has returned."""
        info = self._info(name)
        if info is None:
            raise KeyError(name)
        return Packed(self._raw(info), info.compress_type, info.file_size, info.CRC)

    def relations(self, part: str = "") -> dict[str, Relation]:
        """Return the parts that a part refers to, by the id of the relationship; '' is the package itself.

        Targets outside the package are left out.

        Raises:
            UnreadableError: the list of relationships is damaged.
        """
        if (found := self._relations.get(part)) is None:
            folder, _, name = part.rpartition("/")
            source = f"{folder}/_rels/{name}.rels".lstrip("/")
            with naming(source):
                listed = _relations(self.part(source)).items()
            found = {key: Relation(kind, self._resolved(folder, target)) for key, (kind, target) in listed}
            self._relations[part] = found
        return found

    def outside(self, part: str) -> Mapping[str, str]:
        """Return the pages outside the package that a part refers to, by the id of the relationship."""
        folder, _, name = part.rpartition("/")
        return _targets_outside(self.part(f"{folder}/_rels/{name}.rels".lstrip("/")))

    def _resolved(self, folder: str, target: str) -> str:
        joined = posixpath.normpath(posixpath.join("/" + folder, target.replace("\\", "/")))
        infos = self._infos.get(part_key(joined)) or self._infos.get(part_key(unquote(joined)))
        return infos[0].filename.replace("\\", "/").lstrip("/") if infos else joined.lstrip("/")

    def _info(self, name: str) -> zipfile.ZipInfo | None:
        infos = self._infos.get(part_key(name))
        if not infos:
            return None
        if len({(info.CRC, info.file_size) for info in infos}) > 1:
            raise damaged(name, "den finns två gånger, med olika innehåll")
        return infos[0]

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        packed = self._raw(info)
        self._count(info.file_size, len(packed))
        if info.compress_type == zipfile.ZIP_STORED:
            content, whole = bytes(packed), True
        elif info.compress_type == zipfile.ZIP_DEFLATED:
            engine = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                content = engine.decompress(packed, info.file_size + 1)
            except zlib.error as error:
                raise damaged(problem="den inte går att packa upp") from error
            whole = engine.eof or not info.file_size
        else:
            raise damaged(problem="den är packad på ett sätt som Excel inte använder")
        if len(content) > info.file_size:  # it promises less than it holds
            raise too_large_unpacked(MAX_UNPACKED)
        if not whole:
            raise damaged(problem="den är avklippt")
        if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise damaged(problem="kontrollsumman inte stämmer")
        return content

    def _raw(self, info: zipfile.ZipInfo) -> memoryview:
        try:
            magic, name_length, extra_length = _LOCAL_HEADER.unpack_from(self._content, info.header_offset)
        except struct.error as error:
            raise damaged(problem="den är avklippt") from error
        start = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        packed = memoryview(self._content)[start : start + info.compress_size]
        if magic != b"PK\x03\x04" or len(packed) != info.compress_size:
            raise damaged(problem="den är avklippt")
        return packed

    def _count(self, size: int, packed: int) -> None:
        """Refuse a part, or parts together, that unpack to far more than they take."""
        self._unpacked += size
        bomb = size > MIN_BOMB and size > MAX_RATIO * packed
        total = self._unpacked > MIN_BOMB and self._unpacked > MAX_RATIO * len(self._content)
        if bomb or total:
            raise too_large_unpacked(MIN_BOMB)
        if self._unpacked > MAX_UNPACKED:
            raise too_large_unpacked(MAX_UNPACKED)


@remembered_part
def _relations(xml: bytes) -> Mapping[str, tuple[str, str]]:
    """Return the kind and target of each relationship within the package, by its id."""
    found: dict[str, tuple[str, str]] = {}

    def relation(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = kind, attributes.get("Target", "")

    if xml:
        walk(xml, relation)
    return found


def _targets_outside(xml: bytes) -> Mapping[str, str]:
    found: dict[str, str] = {}

    def relation(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") == "External":
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    if xml:
        walk(xml, relation)
    return found


class PackedZip:
    """A zip file of parts that are packed already, which zipfile cannot write."""

    def __init__(self) -> None:
        self._out = bytearray()
        self._directory: list[bytes] = []

    def add(self, name: str, part: Packed) -> None:
        """Add a part."""
        encoded = name.encode()
        fields = (20, 0, part.method, 0, _DATE_1980, part.crc, len(part.data), part.size, len(encoded), 0)
        self._directory.append(
            _CENTRAL.pack(b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, len(self._out)) + encoded
        )
        self._out += _LOCAL.pack(b"PK\x03\x04", *fields)
        self._out += encoded
        self._out += part.data

    def tobytes(self) -> bytes:
        """Return the file. Nothing can be added after it."""
        start = len(self._out)
        directory = b"".join(self._directory)
        self._out += directory
        count = len(self._directory)
        self._out += _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
        content = bytes(self._out)
        self._out.clear()  # not two of a large file
        return content


def part_key(name: str) -> str:
    """Return the form in which two names of the same part are equal."""
    return name.replace("\\", "/").lstrip("/").casefold()
