"""Changes bytes at random, reproducibly by seed; in packages, within their parts."""

import io
import random
import struct
import warnings
import zipfile

#: Bytes that break parsers more often than random ones.
_INTERESTING = (
    b"\x00", b"\xff", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"-1", b"0", b"99999999999999999999",
    b"1e999", b"<", b">", b"&#0;", b"&#x1F600;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"]]>", b"'", b'"', b"{", b"[", b"}", b"]", b",",
    b"\r", b"\n", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"../", b"_x0000_", b"XFD1048576", b"=?utf-8?q?", b"; a*0*=", b"(",
)  # fmt: skip


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Return the bytes, changed in a few places; of a zip package mostly within one of its parts."""
    if content.startswith(b"PK") and rng.random() < 0.9:
        return _package(content, rng)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        content = _change(content, rng)
    return content


def _package(content: bytes, rng: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, struct.error, ValueError, OSError):
        return _change(content, rng)
    at = rng.randrange(len(parts))
    name, part = parts[at]
    match rng.randrange(12):
        case 0:
            parts.pop(at)
        case 1:
            parts.append((name.swapcase(), part))
        case 2:
            parts[at] = (_change(name.encode(), rng).decode("latin-1"), part)
        case 3:
            parts[at] = (name, parts[rng.randrange(len(parts))][1])
        case _:
            for _ in range(rng.choice((1, 2, 8))):
                part = _change(part, rng)
            parts[at] = (name, part)
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name twice is one of the things to try
        for each, data in parts:
            archive.writestr(zipfile.ZipInfo(each.split("\0")[0] or "x"), data)
    return stream.getvalue()


def _change(content: bytes, rng: random.Random) -> bytes:
    if not content:
        return rng.choice(_INTERESTING)
    at = rng.randrange(len(content))
    length = min(rng.choice((1, 1, 2, 4, 16, 64, 256)), len(content) - at)
    match rng.randrange(8):
        case 0:
            new = rng.randbytes(length)
        case 1:
            new = b""
        case 2:
            new = content[at : at + length] * rng.choice((2, 3, 50, 1000))
        case 3:
            start = rng.randrange(len(content))
            new = content[start : start + length]
        case 4:
            new = bytes([content[at] ^ (1 << rng.randrange(8))])
            length = 1
        case 5:
            return content[:at]
        case 6:
            new = content[at : at + length] + rng.choice(_INTERESTING)
        case _:
            new = rng.choice(_INTERESTING)
    return content[:at] + new + content[at + length :]
