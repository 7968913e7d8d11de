"""Workbooks are found wherever people put them, and what is none is told."""

import email
import io
import zipfile
from email import policy
from email.message import EmailMessage

import pytest

from tests.support.tables import STANDARD, workbook
from underlag.inbox import Found, Rejected, collect, load

BOOK = workbook(STANDARD)


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def mail(files: dict[str, bytes], sender: str = "Test Testsson <test.testsson@example.se>") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "kundservice@example.se", "Underlag"
    message.set_content("Hej!")
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def found_in(tmp_path, files: dict[str, bytes]) -> tuple[list[Found], list[Rejected]]:
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    both = list(collect([tmp_path]))
    return [f for f in both if isinstance(f, Found)], [r for r in both if isinstance(r, Rejected)]


def test_folder_is_searched_in_a_fixed_order(tmp_path):
    found, rejected = found_in(tmp_path, {"b.xlsx": BOOK, "a.xlsx": BOOK, "sub/c.xlsx": BOOK})

    assert [f.origin for f in found] == ["a.xlsx", "b.xlsx", "sub/c.xlsx"]
    assert rejected == []


@pytest.mark.parametrize(
    ("name", "content", "inner"),
    [
        ("bilagor.zip", zipped({"Underlag.xlsx": BOOK}), "Underlag.xlsx"),
        ("mejl.eml", mail({"Underlag åäö.xlsx": BOOK}), "Underlag åäö.xlsx"),
        ("mejl.eml", mail({"alla.zip": zipped({"mapp/Underlag.xlsx": BOOK})}), "Underlag.xlsx"),
        ("två.zip", zipped({"en.zip": zipped({"Underlag.xlsx": BOOK})}), "Underlag.xlsx"),
        ("utan ändelse", BOOK, "utan ändelse"),
    ],
)
def test_workbook_within_is_found_and_loaded_unchanged(tmp_path, name, content, inner):
    found, rejected = found_in(tmp_path, {name: content})

    assert [f.name for f in found] == [inner]
    assert load(found[0]) == BOOK
    assert rejected == []


def test_mail_forwarded_as_an_attachment_is_opened_once(tmp_path):
    outer = EmailMessage()
    outer["From"] = "kundservice@example.se"
    outer.set_content("Se bifogat")
    outer.add_attachment(email.message_from_bytes(mail({"a.xlsx": BOOK}), policy=policy.default))

    found, rejected = found_in(tmp_path, {"m.eml": outer.as_bytes()})

    assert [f.name for f in found] == ["a.xlsx"]
    assert found[0].sender == "test.testsson@example.se"
    assert load(found[0]) == BOOK
    assert rejected == []


def test_mail_tells_its_sender(tmp_path):
    found, _ = found_in(tmp_path, {"m.eml": mail({"a.xlsx": BOOK}), "n.xlsx": BOOK})

    assert [f.sender for f in found] == ["test.testsson@example.se", ""]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("m.eml", mail({}), "utan bilagor"),
        ("tre.zip", zipped({"två.zip": zipped({"en.zip": zipped({"a.xlsx": BOOK})})}), "för djupt"),
        ("trasig.zip", b"PK\x03\x04 trasig", "skadad"),
        ("tom.zip", zipped({}), "tom zip"),
        ("läs mig.txt", b"hej", "varken en arbetsbok"),
        ("brev.docx", zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "varken en arbetsbok"),
        ("~$Underlag.xlsx", b"\x05user", "låsfil"),
        ("m.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "skadat"),
    ],
)
def test_what_is_no_workbook_is_told_with_the_reason(tmp_path, name, content, reason):
    found, rejected = found_in(tmp_path, {name: content, "rätt.xlsx": BOOK})

    assert [f.name for f in found] == ["rätt.xlsx"]
    assert len(rejected) == 1
    assert rejected[0].origin.startswith(name)
    assert reason in rejected[0].reason


def test_damaged_workbook_is_still_a_workbook_so_that_the_region_hears_of_it(tmp_path):
    found, _ = found_in(tmp_path, {"trasig.xlsx": b"PK\x03\x04 trasig", "skräp.xls": b"skrot"})

    assert [f.name for f in found] == ["skräp.xls", "trasig.xlsx"]


def test_one_bad_member_does_not_hide_the_others(tmp_path):
    content = bytearray(zipped({"a.xlsx": b"A" * 100, "b.xlsx": BOOK}))
    content[content.index(b"AAAA") + 3] = ord("B")

    found, rejected = found_in(tmp_path, {"x.zip": bytes(content)})

    assert [f.name for f in found] == ["b.xlsx"]
    assert [r.origin for r in rejected] == ["x.zip › a.xlsx"]


def test_names_in_containers_are_shown_and_never_followed(tmp_path):
    found, _ = found_in(tmp_path, {"x.zip": zipped({"../../ut.xlsx": BOOK, "C:\\Windows\\y.xlsx": BOOK})})

    assert [f.name for f in found] == ["ut.xlsx", "y.xlsx"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["x.zip"]


def test_output_folder_is_not_entered(tmp_path):
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "granskad.xlsx").write_bytes(BOOK)
    (tmp_path / "a.xlsx").write_bytes(BOOK)

    found = list(collect([tmp_path], leave_out=[tmp_path / "ut"]))

    assert [f.origin for f in found] == ["a.xlsx"]
