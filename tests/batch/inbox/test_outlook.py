"""Workbooks are extracted from mails that Outlook saved."""

import io
import zipfile

import olefile
import pytest

from tests.support.compound import msg, msg_within
from tests.support.tables import STANDARD, workbook
from underlag.batch.inbox import Found, Rejected, collect, load
from underlag.batch.inbox.refusal import NoWorkbookError

BOOK = workbook(STANDARD)
TESTSSON = "test.testsson@example.se"


def found_in(tmp_path, content: bytes, name: str = "mejl.msg") -> tuple[list[Found], list[Rejected]]:
    (tmp_path / name).write_bytes(content)
    both = list(collect([tmp_path]))
    return [f for f in both if isinstance(f, Found)], [r for r in both if isinstance(r, Rejected)]


def test_the_mails_of_these_tests_are_whole_compound_files():
    with olefile.OleFileIO(io.BytesIO(msg({"a.xlsx": BOOK})), raise_defects=olefile.DEFECT_INCORRECT) as ole:
        assert ole.openstream("__attach_version1.0_#00000000/__substg1.0_37010102").read() == BOOK


def test_workbook_in_a_mail_is_found_and_loaded_unchanged(tmp_path):
    found, rejected = found_in(tmp_path, msg({"Underlag åäö.xlsx": BOOK, "två.xls": b"litet"}))

    assert [f.origin for f in found] == ["mejl.msg › Underlag åäö.xlsx", "mejl.msg › två.xls"]
    assert [load(f) for f in found] == [BOOK, b"litet"]
    assert rejected == []


def test_zip_file_in_a_mail_is_opened(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mapp/Underlag.xlsx", BOOK)

    found, _ = found_in(tmp_path, msg({"alla.zip": packed.getvalue()}, sender=TESTSSON))

    assert [f.name for f in found] == ["Underlag.xlsx"]
    assert found[0].sender == TESTSSON
    assert load(found[0]) == BOOK


@pytest.mark.parametrize(
    ("sender", "smtp", "expected"),
    [
        (TESTSSON, "", TESTSSON),
        ("/O=EXEMPEL/OU=EXCHANGE/CN=RECIPIENTS/CN=TEST", TESTSSON, TESTSSON),
        ("/O=EXEMPEL/OU=EXCHANGE/CN=RECIPIENTS/CN=TEST", "", ""),
        ("", "", ""),
    ],
)
def test_the_sender_of_a_mail_is_a_usable_address(tmp_path, sender, smtp, expected):
    found, _ = found_in(tmp_path, msg({"a.xlsx": BOOK}, sender=sender, smtp=smtp))

    assert [f.sender for f in found] == [expected]


def test_attachment_that_is_no_file_is_reported_and_the_others_are_found(tmp_path):
    found, rejected = found_in(tmp_path, msg({"länk.xlsx": None, "inre": {}, "a.xlsx": BOOK}))

    assert [f.name for f in found] == ["a.xlsx"]
    assert ["länk i mejlet" in rejected[0].reason, "spara bilagan" in rejected[1].reason] == [True, True]


def test_mail_forwarded_in_a_mail_is_opened_and_its_own_sender_counts(tmp_path):
    inner = msg_within({"a.xlsx": BOOK, "två.zip": b"PK"}, sender=TESTSSON)
    silent = msg_within({"b.xlsx": BOOK, "VB: Underlag.xlsx": inner})

    content = msg({"VB: Underlag": silent, "c.xlsx": BOOK}, sender="kundservice@example.se")
    found, rejected = found_in(tmp_path, content)

    assert [(f.origin, f.name, f.sender) for f in found] == [
        ("mejl.msg › VB: Underlag/b.xlsx", "b.xlsx", "kundservice@example.se"),
        ("mejl.msg › VB: Underlag/VB: Underlag.xlsx/a.xlsx", "a.xlsx", TESTSSON),
        ("mejl.msg › c.xlsx", "c.xlsx", "kundservice@example.se"),
    ]
    assert [load(f) for f in found] == [BOOK] * 3
    assert [r.origin for r in rejected] == ["mejl.msg › VB: Underlag/VB: Underlag.xlsx/två.zip"]


def test_mails_within_mails_beyond_the_limit_or_with_nothing_in_them_are_reported(tmp_path):
    inner = msg_within({"a.xlsx": BOOK})
    for _ in range(5):
        inner = msg_within({"VB": inner})

    found, rejected = found_in(tmp_path, msg({"VB": inner, "tomt": msg_within({})}))

    assert found == []
    assert [(r.origin, r.reason) for r in rejected] == [
        ("mejl.msg › VB/VB/VB/VB/VB", "ligger för djupt: packa upp den och kör igen"),
        ("mejl.msg › tomt", str(NoWorkbookError())),
    ]


def test_mail_without_attachments_is_reported(tmp_path):
    found, rejected = found_in(tmp_path, msg({}))

    assert found == []
    assert [r.reason for r in rejected] == [str(NoWorkbookError())]


def test_mail_is_known_without_its_ending(tmp_path):
    found, _ = found_in(tmp_path, msg({"a.xlsx": BOOK}), name="mejl")

    assert [f.name for f in found] == ["a.xlsx"]


@pytest.mark.parametrize("kept", [600, 1500, 3000])
def test_cut_mail_is_reported_as_damaged(tmp_path, kept):
    found, rejected = found_in(tmp_path, msg({"a.xlsx": BOOK})[:kept])

    assert found == []
    assert "skadat" in rejected[0].reason


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ("From: a@example.se\r\nAuto-Submitted: auto-replied\r\nX-Other: 1\r\n", True),
        ("From: a@example.se\r\nauto-submitted: Auto-Replied; type=x\r\n", True),
        ("From: a@example.se\r\nAuto-Submitted: no\r\n", False),
        ("From: a@example.se\r\nX-Auto-Submitted: auto-replied\r\n", False),
        ("", False),
    ],
)
def test_automatic_reply_is_known_by_its_internet_headers(tmp_path, headers, automatic):
    found, (one,) = found_in(tmp_path, msg({}, sender=TESTSSON, texts={0x007D: headers}))

    assert found == []
    assert ("automatiskt svar" in one.reason, one.foreign) == (automatic, automatic)
