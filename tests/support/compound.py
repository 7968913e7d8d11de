"""Compound files ([MS-CFB], version 3) and, in them, mails as Outlook saves them ([MS-OXMSG])."""

import struct
from collections.abc import Sequence

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
#: Property types: 32-bit number, text (UTF-16), bytes.
_LONG, _TEXT, _BINARY = 0x0003, 0x001F, 0x0102


def compound_file(tree: dict) -> bytes:
    """Write a compound file; a dict is a storage, bytes are a stream."""
    return _Writer().write(tree)


def msg(
    attachments: dict,
    *,
    sender: str = "",
    smtp: str = "",
    texts: dict[int, str] | None = None,
    recipients: Sequence[tuple[int, str]] = (),
) -> bytes:
    """Write a mail.

    An attachment is bytes, None for a link, or a mail from `msg_within`; `texts` are further properties, and a
    recipient is 1 for To or 2 for Cc, and an address.
    """
    tree = _mail(attachments, {0x0C1F: sender, 0x5D01: smtp, **(texts or {})}, head=32)
    for number, (kind, address) in enumerate(recipients):
        named = {0x39FE: address, 0x3001: address}
        tree[f"__recip_version1.0_#{number:08X}"] = _properties(named, {}, {0x0C15: kind}, head=8)
    tree["__properties_version1.0"] = _counted(
        tree["__properties_version1.0"], len(recipients), len(attachments)
    )
    return compound_file(tree)


def _counted(properties: bytes, recipients: int, attachments: int) -> bytes:
    """Return the properties of a mail with the numbers of its recipients and attachments."""
    head = struct.pack("<8xIIII8x", recipients, attachments, recipients, attachments)
    return head + properties[len(head) :]


def msg_within(attachments: dict, *, sender: str = "") -> dict:
    """Write a mail to be an attachment of another."""
    return _mail(attachments, {0x0C1F: sender}, head=24)


def _mail(attachments: dict, senders: dict, *, head: int) -> dict:
    texts = {0x001A: "IPM.Note", 0x0037: "Underlag", **senders}
    tree = _properties(
        {pid: text for pid, text in texts.items() if text}, {}, {}, head=head, count=len(attachments)
    )
    for number, (name, content) in enumerate(attachments.items()):
        data = {0x3701: content} if isinstance(content, bytes) else {}
        method = {0x3705: 1 if data else (5 if isinstance(content, dict) else 4)}
        # Outlook gives a mail within a title and no file name.
        named = {0x3001 if isinstance(content, dict) else 0x3707: name}
        attachment = _properties(named, data, method, head=8)
        if isinstance(content, dict) and content:
            attachment["__substg1.0_3701000D"] = content
        tree[f"__attach_version1.0_#{number:08X}"] = attachment
    return tree


def _properties(texts: dict, binaries: dict, numbers: dict, *, head: int, count: int = 0) -> dict:
    storage = {}
    entries = [struct.pack("<HHIII", _LONG, pid, 6, value, 0) for pid, value in numbers.items()]
    for pid, text in texts.items():
        data = text.encode("utf-16-le")
        storage[f"__substg1.0_{pid:04X}{_TEXT:04X}"] = data
        entries.append(struct.pack("<HHIII", _TEXT, pid, 6, len(data) + 2, 0))
    for pid, data in binaries.items():
        storage[f"__substg1.0_{pid:04X}{_BINARY:04X}"] = data
        entries.append(struct.pack("<HHIII", _BINARY, pid, 6, len(data), 0))
    start = struct.pack("<8xIIII8x", 0, count, 0, count)[:head]
    storage["__properties_version1.0"] = start + b"".join(entries)
    return storage


class _Writer:
    """A file under construction: sectors after the header, their chains, and the small streams."""

    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.small = b""
        self.small_fat: list[int] = []
        self.entries: list[dict] = []

    def write(self, tree: dict) -> bytes:
        self.entries.append({"name": "Root Entry", "type": 5, "child": _FREE})
        self.entries[0]["child"] = self._storage(tree)
        self.entries[0].update(start=self._chain(self.small), size=len(self.small))
        small_fat = struct.pack(f"<{len(self.small_fat)}I", *self.small_fat)
        small_fat_start = self._chain(small_fat, fill=b"\xff")
        directory = self._chain(b"".join(map(self._entry, self.entries)))
        count = 1
        while count * 128 < len(self.sectors) + count:
            count += 1
        first = len(self.sectors)
        fat = [*self.fat, *[_FAT] * count]
        fat += [_FREE] * (count * 128 - len(fat))
        header = struct.pack(
            "<8s16xHHHHH6xIIIIIIIII109I",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            0,
            count,
            directory,
            0,
            _CUTOFF,
            small_fat_start,
            -(-len(small_fat) // _SECTOR),
            _END,
            0,
            *[first + n if n < count else _FREE for n in range(109)],
        )
        return header + b"".join(self.sectors) + struct.pack(f"<{len(fat)}I", *fat)

    def _storage(self, tree: dict) -> int:
        """Write the content of a storage; return the root of its tree of names."""
        ids = {}
        for name in sorted(tree, key=lambda one: (len(one), one.upper())):
            ids[name] = len(self.entries)
            content = tree[name]
            entry = {"name": name, "type": 2, "child": _FREE, "start": 0, "size": 0}
            self.entries.append(entry)
            if isinstance(content, dict):
                entry.update(type=1, child=self._storage(content))
            else:
                entry.update(start=self._stream(content), size=len(content))
        return self._balance(list(ids.values()))

    def _balance(self, ids: list[int]) -> int:
        if not ids:
            return _FREE
        middle = len(ids) // 2
        self.entries[ids[middle]]["left"] = self._balance(ids[:middle])
        self.entries[ids[middle]]["right"] = self._balance(ids[middle + 1 :])
        return ids[middle]

    def _stream(self, content: bytes) -> int:
        if len(content) >= _CUTOFF:
            return self._chain(content)
        if not content:
            return _END
        start, count = len(self.small_fat), -(-len(content) // _MINI)
        self.small += content.ljust(count * _MINI, b"\0")
        self.small_fat += [*range(start + 1, start + count), _END]
        return start

    def _chain(self, content: bytes, fill: bytes = b"\0") -> int:
        if not content:
            return _END
        start, count = len(self.sectors), -(-len(content) // _SECTOR)
        padded = content.ljust(count * _SECTOR, fill)
        self.sectors += [padded[n * _SECTOR : (n + 1) * _SECTOR] for n in range(count)]
        self.fat += [*range(start + 1, start + count), _END]
        return start

    @staticmethod
    def _entry(entry: dict) -> bytes:
        name = entry["name"].encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII36xIQ",
            name,
            len(name) + 2,
            entry["type"],
            1,
            entry.get("left", _FREE),
            entry.get("right", _FREE),
            entry["child"],
            entry.get("start", 0),
            entry.get("size", 0),
        )
