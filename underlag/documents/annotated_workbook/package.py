"""A workbook file as the parts it consists of; unchanged parts are written back byte for byte.

Source: ECMA-376 part 2, Open Packaging Conventions.
"""

import posixpath
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from underlag.documents.annotated_workbook.xmltext import UnfitError, parse
from underlag.reading.formats.zip_parts import part_key
from underlag.xml_tree import Element, children, name, serialize

_CONTENT_TYPES: Final = "[Content_Types].xml"
_RELATIONSHIPS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_NEW_DATE: Final = (1980, 1, 1, 0, 0, 0)  # fixed: the same input gives the same bytes
_LARGE: Final = 500_000  # from this size, speed matters more than the last per cents of compression
_PART_LIMIT: Final = 1 << 30


@dataclass(slots=True, eq=False, repr=False)
class _Entry:
    """A part as it is in the file: compressed, with the values of its header."""

    name: str
    date: tuple[int, int, int, int, int, int]
    method: int
    size: int
    crc: int
    raw: bytes | memoryview


class Package:
    """The parts of a workbook, by name ('xl/workbook.xml'); names are the same whatever their case.

    Raises:
        UnfitError: the bytes are no package.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, NotImplementedError) as error:
            raise UnfitError(str(error)) from error
        whole = memoryview(content)
        self._entries: dict[str, _Entry] = {}
        for info in self._zip.infolist():
            # The local header repeats name and extra field, with lengths of its own.
            start = info.header_offset
            lengths = whole[start + 26 : start + 30]
            start += 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
            raw = whole[start : start + info.compress_size]
            if len(raw) != info.compress_size or info.flag_bits & 1:
                raise UnfitError(f"{info.filename}: cut off or encrypted")
            self._entries[part_key(info.filename)] = _Entry(
                info.filename, info.date_time, info.compress_type, info.file_size, info.CRC, raw
            )
        self._changed: dict[str, bytes] = {}
        self._types = parse(self.read(_CONTENT_TYPES))
        self._relations: dict[str, Relations] = {}

    def __contains__(self, part: str) -> bool:
        return part_key(part) in self._entries

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return [entry.name for entry in self._entries.values()]

    def read(self, part: str, size: int = -1) -> bytes:
        """Return a part's content, or its first `size` bytes.

        Raises:
            UnfitError: there is no such part, or it is damaged or beyond any reasonable size.
        """
        entry = self._entries.get(part_key(part))
        if entry is None or entry.size > _PART_LIMIT:
            raise UnfitError(f"{part}: missing or too large")
        if (changed := self._changed.get(part_key(part))) is not None:
            return changed if size < 0 else changed[:size]
        try:
            with self._zip.open(entry.name) as file:
                return file.read(size)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
            raise UnfitError(f"{part}: {error}") from error

    def write(self, part: str, data: bytes | Iterable[bytes]) -> None:
        """Add a part or replace it; it may come in pieces, and one from an iterator counts as large."""
        pieces = (data,) if isinstance(data, bytes) else data
        large = not isinstance(pieces, tuple) or sum(map(len, pieces)) > _LARGE
        packer = zlib.compressobj(1 if large else 6, zlib.DEFLATED, -zlib.MAX_WBITS)
        raw, size, crc = [], 0, 0
        for piece in pieces:
            raw.append(packer.compress(piece))
            size += len(piece)
            crc = zlib.crc32(piece, crc)
        raw.append(packer.flush())
        old = self._entries.get(part_key(part))
        name, date = (old.name, old.date) if old else (part, _NEW_DATE)
        self._entries[part_key(part)] = _Entry(name, date, ZIP_DEFLATED, size, crc, b"".join(raw))
        if isinstance(pieces, tuple) and not large:
            self._changed[part_key(part)] = b"".join(pieces)

    def remove(self, part: str) -> None:
        """Take a part out, with its content type and its own relationships."""
        relations = _relations_of(part)
        for key in (part_key(part), part_key(relations)):
            self._entries.pop(key, None)
            self._changed.pop(key, None)
        self._relations.pop(part_key(relations), None)
        for override in self._overrides():
            if part_key(override.get("PartName", "")) == part_key(part):
                self._types.remove(override)

    def free_name(self, pattern: str) -> str:
        """Return the first part name of the pattern ('xl/comments{}.xml') that is not taken."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def relations(self, part: str = "") -> "Relations":
        """Return what a part refers to; '' is the package itself."""
        key = part_key(_relations_of(part))
        if key not in self._relations:
            self._relations[key] = Relations(self, part)
        return self._relations[key]

    def content_type(self, part: str) -> str:
        """Return a part's content type, '' when none is declared."""
        for override in self._overrides():
            if part_key(override.get("PartName", "")) == part_key(part):
                return override.get("ContentType", "")
        extension = part.rpartition(".")[2].lower()
        for default in children(self._types, "Default"):
            if default.get("Extension", "").lower() == extension:
                return default.get("ContentType", "")
        return ""

    def declare(self, part: str, content_type: str) -> None:
        """Say what type a part has."""
        if self.content_type(part) == content_type:
            return
        for override in self._overrides():
            if part_key(override.get("PartName", "")) == part_key(part):
                override.set("ContentType", content_type)
                return
        override = Element(name(self._types, "Override"), PartName=f"/{part}", ContentType=content_type)
        self._types.append(override)

    def tobytes(self) -> bytes:
        """Return the file."""
        for relations in self._relations.values():
            relations.store()
        if not self.content_type(".rels"):
            default = Element(name(self._types, "Default"), Extension="rels", ContentType=_RELATIONSHIPS_TYPE)
            self._types.insert(0, default)
        self.write(_CONTENT_TYPES, serialize(self._types))
        out = BytesIO()
        with ZipFile(out, "w") as target:
            for entry in self._entries.values():
                info = ZipInfo(entry.name, entry.date)
                info.create_system = 0
                info.compress_type = entry.method
                info.compress_size, info.file_size, info.CRC = len(entry.raw), entry.size, entry.crc
                info.header_offset = out.tell()
                # ZipFile compresses whatever it writes; compressed parts are written to its file directly.
                out.write(info.FileHeader(zip64=False))
                out.write(entry.raw)
                target.filelist.append(info)
                target.NameToInfo[info.filename] = info
            target.start_dir = out.tell()
        return out.getvalue()

    def _overrides(self) -> list[Element]:
        return list(children(self._types, "Override"))


class Relations:
    """What one part refers to."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        name = _relations_of(part)
        self._root = (
            parse(package.read(name)) if name in package else Element("Relationships", xmlns=_RELATIONSHIPS)
        )
        self._dirty = False

    def of_type(self, ending: str) -> Iterator[tuple[str, str]]:
        """Yield id and part name of every relationship whose type ends so ('/comments')."""
        for relation in children(self._root, "Relationship"):
            if relation.get("Type", "").endswith(ending) and relation.get("TargetMode") != "External":
                yield relation.get("Id", ""), self._resolved(relation.get("Target", ""))

    def target(self, identity: str) -> str:
        """Return the name of the part with this relationship id, '' when there is none."""
        for relation in self._root:
            if relation.get("Id") == identity and relation.get("TargetMode") != "External":
                return self._resolved(relation.get("Target", ""))
        return ""

    def add(self, kind: str, part: str) -> str:
        """Refer to a part; returns the relationship's id."""
        taken = {relation.get("Id") for relation in self._root}
        number = len(taken) + 1
        while (identity := f"rId{number}") in taken:
            number += 1
        self._root.append(
            Element(name(self._root, "Relationship"), Id=identity, Type=kind, Target=f"/{part}")
        )
        self._dirty = True
        return identity

    def remove(self, identity: str) -> None:
        """Remove the relationship with this id."""
        for relation in list(self._root):
            if relation.get("Id") == identity:
                self._root.remove(relation)
                self._dirty = True

    def store(self) -> None:
        """Write the part that holds the relationships, if they changed."""
        if self._dirty:
            self._package.write(_relations_of(self._part), serialize(self._root))

    def _resolved(self, target: str) -> str:
        base = posixpath.dirname(self._part)
        name = posixpath.normpath(posixpath.join("/", base, target.replace("\\", "/"))).lstrip("/")
        return name if name in self._package else unquote(name)


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
