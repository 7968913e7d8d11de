"""Workbooks are extracted from winmail.dat, the only attachment that other mail programs than Outlook show."""

import struct

import pytest

from tests.batch.inbox.test_collect import BOOK, mail
from underlag.batch.inbox import Found, Rejected, collect, load
from underlag.batch.inbox.refusal import NoWorkbookError

START, TITLE, DATA, PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005


def winmail(*attributes: tuple[int, bytes]) -> bytes:
    """Write a container as specified in [MS-OXTNEF] 2.1.3."""
    body = [
        struct.pack("<BII", 2, key, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
        for key, data in attributes
    ]
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(body)


def properties(*encoded: bytes) -> tuple[int, bytes]:
    return PROPERTIES, struct.pack("<I", len(encoded)) + b"".join(encoded)


def variable(sort: int, number: int, data: bytes, name: bytes = b"") -> bytes:
    """Write a property of variable length; from number 8000 on, properties have names."""
    return (
        struct.pack("<HH", sort, number)
        + name
        + struct.pack("<II", 1, len(data))
        + data
        + b"\0" * (-len(data) % 4)
    )


NUMBER = struct.pack("<HHI", 3, 0x3705, 1)
NAME = variable(0x1F, 0x3707, "Underlag för TAKning NTjP PROD-LiV.xlsx\0".encode("utf-16-le"))
NAMED = variable(
    0x1E, 0x8001, b"abc", b"\0" * 16 + struct.pack("<II", 1, 6) + "abc".encode("utf-16-le") + b"\0\0"
)


def found_in(tmp_path, content: bytes) -> tuple[list[Found], list[Rejected]]:
    (tmp_path / "m.eml").write_bytes(mail({"winmail.dat": content}))
    both = list(collect([tmp_path]))
    return [f for f in both if isinstance(f, Found)], [r for r in both if isinstance(r, Rejected)]


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (
            [(TITLE, b"UNDERL~1.XLS\0"), (DATA, BOOK), properties(NUMBER, NAMED, NAME)],
            "Underlag för TAKning NTjP PROD-LiV.xlsx",
        ),
        ([(TITLE, "Åsa.xlsx\0".encode("cp1252")), (DATA, BOOK)], "Åsa.xlsx"),
        ([(DATA, BOOK)], "bilaga"),
    ],
)
def test_workbook_is_found_by_its_long_name_and_loaded_unchanged(tmp_path, parts, name):
    content = winmail((0x00089006, b"\0\0\1\0"), (START, b"\0" * 14), *parts)

    found, rejected = found_in(tmp_path, content)

    assert [(f.origin, f.sender) for f in found] == [
        (f"m.eml › winmail.dat › {name}", "test.testsson@example.se")
    ]
    assert load(found[0]) == BOOK
    assert rejected == []


def test_mail_within_is_opened_and_every_file_of_several_is_found(tmp_path):
    inner = winmail((START, b""), (TITLE, b"b.xlsx\0"), (DATA, BOOK))
    within = properties(variable(0x0D, 0x3701, b"\0" * 16 + inner), variable(0x1E, 0x3707, b"VB: Underlag\0"))

    found, _ = found_in(
        tmp_path, winmail((START, b""), (TITLE, b"a.xlsx\0"), (DATA, BOOK), (START, b""), within)
    )

    assert [f.origin.removeprefix("m.eml › winmail.dat › ") for f in found] == [
        "a.xlsx",
        "VB: Underlag › b.xlsx",
    ]


@pytest.mark.parametrize("kept", range(7, 80, 7))
def test_cut_container_is_reported(tmp_path, kept):
    content = winmail((START, b"\0" * 14), properties(NUMBER, NAME))[:kept]

    found, rejected = found_in(tmp_path, content)

    assert found == []
    assert [r.foreign for r in rejected] == [False]


def test_container_without_attachments_is_reported(tmp_path):
    _, rejected = found_in(tmp_path, winmail((0x00089006, b"\0\0\1\0")))

    assert [(r.reason, r.foreign) for r in rejected] == [
        ("innehåller inga filer", True),
        (str(NoWorkbookError()), False),
    ]
