"""Texts in the records of an .xls: in BIFF8 of one or two bytes a character, whatever the code page says."""

import struct
from collections.abc import Collection
from typing import NamedTuple

from underlag.reading.formats.biff.values import strikes
from underlag.reading.formats.refusal import damaged

_WIDE, _PHONETIC, _RICH = 0x01, 0x04, 0x08


class Cursor:
    """A place in a record and those that continue it.

    Args:
        stream: the stream.
        blocks: where each record's bytes begin and end; none is empty.
    """

    def __init__(self, stream: bytes, blocks: list[tuple[int, int]]) -> None:
        self._stream = stream
        self._blocks = blocks
        self._block = 0
        self._at, self._end = blocks[0]

    def take(self, count: int) -> bytes:
        """Return the next bytes."""
        found = b""
        while count:
            self._next_block()
            piece = self._stream[self._at : min(self._at + count, self._end)]
            self._at += len(piece)
            count -= len(piece)
            found += piece
        return found

    def skip(self, count: int) -> bool:
        """Pass bytes by; return whether any follow."""
        while count or self._at == self._end:
            step = min(count, self._end - self._at)
            self._at += step
            count -= step
            if self._at == self._end:
                if self._block + 1 == len(self._blocks):
                    return False
                self._next_block()
        return True

    def holds(self, count: int) -> bool:
        """Whether this many bytes follow."""
        here = self._end - self._at
        return count <= here + sum(end - start for start, end in self._blocks[self._block + 1 :])

    def characters(self, count: int, *, wide: bool) -> str:
        """Return the next characters; a record that continues them begins with their width."""
        found: list[str] = []
        while count:
            if self._at == self._end:
                self._next_block()
                wide = bool(self.take(1)[0] & _WIDE)
            here = min(count, (self._end - self._at) // (1 + wide))
            if not here:
                raise damaged("Workbook", "en text är avklippt")
            raw = self._stream[self._at : self._at + here * (1 + wide)]
            found.append(raw.decode("utf-16-le", "surrogatepass") if wide else raw.decode("latin-1"))
            self._at += len(raw)
            count -= here
        # A pair of surrogates may be parted by the end of a record.
        return "".join(found).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _next_block(self) -> None:
        while self._at >= self._end:
            self._block += 1
            if self._block >= len(self._blocks):
                raise damaged("Workbook", "en text är avklippt")
            self._at, self._end = self._blocks[self._block]


class WideText(NamedTuple):
    """A text of BIFF8, and the bytes of its runs of fonts and of phonetics that follow it."""

    text: str
    runs: int
    phonetics: int


def wide_text(cursor: Cursor, length: int) -> WideText:
    """Return a text of BIFF8 ([MS-XLS] 2.5.293) from its flags on."""
    flags = cursor.take(1)[0]
    runs = struct.unpack("<H", cursor.take(2))[0] if flags & _RICH else 0
    phonetics = struct.unpack("<I", cursor.take(4))[0] if flags & _PHONETIC else 0
    return WideText(cursor.characters(length, wide=bool(flags & _WIDE)), 4 * runs, phonetics)


class SharedTexts(NamedTuple):
    """The texts of the record SST, and the numbers of those with a run that is struck through."""

    texts: list[str]
    struck: set[int]


def shared_texts(cursor: Cursor, struck_fonts: Collection[int]) -> SharedTexts:
    """Return the texts of the record SST ([MS-XLS] 2.4.265); it may promise more than there are."""
    _, count = struct.unpack("<II", cursor.take(8))
    found = SharedTexts([], set())
    rest = 0
    while len(found.texts) < count and cursor.skip(rest):
        text, runs, rest = wide_text(cursor, struct.unpack("<H", cursor.take(2))[0])
        if runs and struck_fonts and cursor.holds(runs):
            if strikes(struct.iter_unpack("<HH", cursor.take(runs)), len(text), struck_fonts):
                found.struck.add(len(found.texts))
        else:
            rest += runs
        found.texts.append(text)
    return found


def label_is_struck(stream: bytes, at: int, struck_fonts: Collection[int], *, wide: bool) -> bool:
    """Whether a run of the text of a record RString ([MS-XLS] 2.4.235) is struck through.

    Args:
        stream: the workbook's stream.
        at: where the text's length is.
        struck_fonts: the numbers of the fonts that strike through.
        wide: whether the stream is BIFF8; the runs of older ones have one byte where it has two.
    """
    length = struct.unpack_from("<H", stream, at)[0]
    if wide:
        runs = at + 3 + length * (1 + (stream[at + 2] & _WIDE))
        count, form = struct.unpack_from("<H", stream, runs)[0], struct.Struct("<HH")
    else:
        runs = at + 2 + length
        count, form = stream[runs], struct.Struct("<BB")
    start = runs + form.size // 2
    return strikes(form.iter_unpack(stream[start : start + count * form.size]), length, struck_fonts)
