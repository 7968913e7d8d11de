"""Workbooks are found wherever people put them, and other files are reported."""

import base64
import email
import io
import os
import sys
import zipfile
from email import policy
from email.message import EmailMessage

import pytest

from tests.support.tables import STANDARD, workbook
from underlag.batch.inbox import Found, Rejected, collect, load
from underlag.reading.formats.limits import MAX_FILE

BOOK = workbook(STANDARD)


def zipped(files: dict[str, bytes], packing: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def damaged(content: bytes) -> bytes:
    """Change the compressed data, but neither the header before it nor the directory after it."""
    return content[:50] + bytes(byte ^ 0x5A for byte in content[50:70]) + content[70:]


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


def test_mail_has_its_sender(tmp_path):
    found, _ = found_in(tmp_path, {"m.eml": mail({"a.xlsx": BOOK}), "n.xlsx": BOOK})

    assert [f.sender for f in found] == ["test.testsson@example.se", ""]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("m.eml", mail({}), "utan arbetsbok"),
        ("tre.zip", zipped({"två.zip": zipped({"en.zip": zipped({"a.xlsx": BOOK})})}), "för djupt"),
        ("trasig.zip", b"PK\x03\x04 trasig", "skadad"),
        ("tom.zip", zipped({}), "inga filer"),
        ("läs mig.txt", b"hej", "varken en arbetsbok"),
        ("brev.docx", zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "varken en arbetsbok"),
        ("~$Underlag.xlsx", b"\x05user", "låsfil"),
        (".~lock.Underlag.xlsx#", b"\x05user", "låsfil"),
        ("lzma.zip", damaged(zipped({"a.xlsx": BOOK}, zipfile.ZIP_LZMA)), "skadad i zip-filen"),
        ("kedja.eml", b"Content-Type: message/rfc822\n\n" * 3000, "skadat mejl"),
        ("m.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "skadat"),
    ],
)
def test_a_file_that_is_no_workbook_is_reported_with_the_reason(tmp_path, name, content, reason):
    found, rejected = found_in(tmp_path, {name: content, "rätt.xlsx": BOOK})

    assert [f.name for f in found] == ["rätt.xlsx"]
    assert len(rejected) == 1
    assert rejected[0].origin.startswith(name)
    assert reason in rejected[0].reason


def test_damaged_workbook_is_still_a_workbook_so_that_the_region_hears_of_it(tmp_path):
    found, _ = found_in(tmp_path, {"trasig.xlsx": b"PK\x03\x04 trasig", "skräp.xls": b"skrot"})

    assert [f.name for f in found] == ["skräp.xls", "trasig.xlsx"]


def test_of_a_workbook_beyond_all_limits_no_more_is_read_than_shows_it(tmp_path):
    with (tmp_path / "a.xlsx").open("wb") as huge:
        huge.truncate(60_000_000)

    found = list(collect([tmp_path]))

    assert [f.name for f in found] == ["a.xlsx"]
    assert len(load(found[0])) == MAX_FILE + 1


def test_zip_files_within_share_what_may_be_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("underlag.batch.inbox.zip_members.MAX_UNPACKED", 3_000_000)
    monkeypatch.setattr("underlag.batch.inbox.zip_members.MAX_FILE", 1_000_000)
    inner = zipped({f"{n}.bin": b"\0" * 900_000 for n in range(3)}, zipfile.ZIP_DEFLATED)
    beside = zipped({"a.xlsx": BOOK})

    found, rejected = found_in(
        tmp_path, {"bomb.zip": zipped({"1.zip": inner, "2.zip": inner, "3.zip": inner}), "rätt.zip": beside}
    )

    assert [f.origin for f in found] == ["rätt.zip › a.xlsx"]
    assert [r.origin for r in rejected if "ryms inte" in r.reason] == [
        "bomb.zip › 2.zip › 1.bin",
        "bomb.zip › 2.zip › 2.bin",
        "bomb.zip › 3.zip",
    ]


def test_one_bad_member_does_not_hide_the_others(tmp_path):
    content = bytearray(zipped({"a.xlsx": b"A" * 100, "b.xlsx": BOOK}))
    content[content.index(b"AAAA") + 3] = ord("B")

    found, rejected = found_in(tmp_path, {"x.zip": bytes(content)})

    assert [f.name for f in found] == ["b.xlsx"]
    assert [r.origin for r in rejected] == ["x.zip › a.xlsx"]


def test_member_without_a_name_is_reported(tmp_path):
    content = bytearray(zipped({"?": BOOK}))
    listed = content.rindex(b"PK\x01\x02")
    content[listed + 28], content[listed + 32] = 0, 1  # its name becomes its comment

    _, rejected = found_in(tmp_path, {"x.zip": bytes(content)})

    assert [(r.origin, r.reason) for r in rejected] == [("x.zip › ", "är skadad i zip-filen")]


def test_names_in_containers_are_shown_and_never_followed(tmp_path):
    found, _ = found_in(tmp_path, {"x.zip": zipped({"../../ut.xlsx": BOOK, "C:\\Windows\\y.xlsx": BOOK})})

    assert [f.name for f in found] == ["ut.xlsx", "y.xlsx"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["x.zip"]


def test_hidden_folder_is_reported_and_a_hidden_file_is_read(tmp_path):
    found, rejected = found_in(tmp_path, {".dold/a.xlsx": BOOK, ".b.xlsx": BOOK, ".DS_Store": b"\0"})

    assert [f.origin for f in found] == [".b.xlsx"]
    assert [(r.origin, r.foreign) for r in rejected] == [(".dold", True)]


def test_output_folder_is_not_entered(tmp_path):
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "granskad.xlsx").write_bytes(BOOK)
    (tmp_path / "a.xlsx").write_bytes(BOOK)

    found = list(collect([tmp_path], leave_out=[tmp_path / "ut"]))

    assert [f.origin for f in found] == ["a.xlsx"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("alla.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "packa upp"),
        ("alla.rar", b"Rar!\x1a\x07\0" + b"\0" * 50, "packa upp"),
        ("alla.tar", b"a.xlsx" + b"\0" * 506, "packa upp"),
        ("winmail.dat", b"\x78\x9f\x3e\x22" + b"\1" * 50, "Outlooks eget format"),
        ("smime.p7m", b"\x30\x82" * 40, "krypterat eller signerat"),
    ],
)
def test_unopened_containers_of_workbooks_count_as_unfinished(tmp_path, name, content, reason):
    _, rejected = found_in(tmp_path, {"mejl.eml": mail({name: content, "bild.png": b"\x89PNG"})})

    assert [(r.origin, r.foreign) for r in rejected] == [
        (f"mejl.eml › {name}", False),
        ("mejl.eml › bild.png", True),
    ]
    assert reason in rejected[0].reason


def mail_of(headers: str, content: bytes) -> bytes:
    """A mail with one attachment, in base64."""
    return (
        b"From: test.testsson@example.se\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        b"--x\nContent-Type: text/plain\n\nHej!\n--x\nContent-Transfer-Encoding: base64\n"
        + f"{headers}\n\n".encode()
        + base64.encodebytes(content)
        + b"--x--\n"
    )


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("headers", "content", "origin"),
    [
        (f"Content-Type: {XLSX}", BOOK, "m.eml › namnlös bilaga"),
        (f"Content-Type: {XLSX}\nContent-Disposition: attachment", BOOK, "m.eml › namnlös bilaga"),
        ("Content-Type: message/rfc822", mail({"a.xlsx": BOOK}), "m.eml › vidarebefordrat mejl.eml › a.xlsx"),
        (
            'Content-Type: message/rfc822; name="VB: Underlag.xlsx"',
            mail({"a.xlsx": BOOK}),
            "m.eml › VB: Underlag.xlsx.eml › a.xlsx",
        ),
    ],
)
def test_attachment_is_found_however_it_is_attached(tmp_path, headers, content, origin):
    found, rejected = found_in(tmp_path, {"m.eml": mail_of(headers, content)})

    assert [f.origin for f in found] == [origin]
    assert load(found[0]) == BOOK
    assert rejected == []


def test_several_places_are_distinguished_by_their_relative_paths(tmp_path):
    put = {"måndag/a.xlsx": BOOK, "tisdag/a.xlsx": BOOK, "b.xlsx": BOOK}
    found_in(tmp_path, put)

    found = list(collect([tmp_path / "måndag", tmp_path / "tisdag", tmp_path / "b.xlsx"]))

    assert [f.origin for f in found] == list(put)


def test_input_named_twice_is_found_once(tmp_path):
    found_in(tmp_path, {"a/b/x.xlsx": BOOK, "a/y.xlsx": BOOK})

    found = list(collect([tmp_path / "a/b", tmp_path / "a", tmp_path / "a/y.xlsx", tmp_path / "a"]))

    assert [f.origin for f in found] == ["b/x.xlsx", "y.xlsx"]


def test_names_that_command_a_terminal_or_are_no_text_are_named(tmp_path):
    (tmp_path / "x.zip").write_bytes(zipped({"r\x1b[31md\n.xlsx": BOOK}))
    if sys.platform == "linux":
        (tmp_path / os.fsdecode(b"\xe5.xlsx")).write_bytes(BOOK)

    found = list(collect([tmp_path]))

    assert all(f.origin.isprintable() and f.name.encode() for f in found)
    assert found[0].origin == "x.zip › r‹styrtecken›[31md‹radbrytningstecken›.xlsx"


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as Unix has them")
def test_links_and_pipes_in_a_folder_are_reported_and_stop_nothing(tmp_path):
    inbox, other = tmp_path / "in", tmp_path / "annan"
    inbox.mkdir()
    other.mkdir()
    (other / "a.xlsx").write_bytes(BOOK)
    (inbox / "fil.xlsx").symlink_to(other / "a.xlsx")
    (inbox / "mapp").symlink_to(other)
    (inbox / "runt.xlsx").symlink_to("runt.xlsx")
    (inbox / "död.xlsx").symlink_to("finns-inte")
    os.mkfifo(inbox / "rör.xlsx")

    both = list(collect([inbox], leave_out=[tmp_path / "ut"]))

    assert [f.origin for f in both if isinstance(f, Found)] == ["fil.xlsx"]
    assert {r.origin: r.reason.partition(":")[0] for r in both if isinstance(r, Rejected)} == {
        "mapp": "är en länk till en annan mapp",
        "runt.xlsx": "gick inte att öppna",
        "död.xlsx": "gick inte att öppna",
        "rör.xlsx": "är ingen vanlig fil",
    }


@pytest.mark.skipif(
    sys.platform == "win32" or getattr(os, "geteuid", lambda: 0)() == 0, reason="root may read everything"
)
def test_folder_that_cannot_be_read_is_reported(tmp_path):
    (tmp_path / "låst").mkdir(mode=0)

    assert [(r.origin, r.reason) for r in collect([tmp_path])] == [
        ("låst", "gick inte att öppna: åtkomst nekas")
    ]
