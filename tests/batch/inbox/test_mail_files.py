"""Mails as other programs save them, mails with links instead of attachments, and what Office leaves behind."""

import io
import plistlib
import zipfile
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.batch.books import put
from tests.support.compound import msg
from tests.support.tables import ORDER_SHEET, STANDARD, workbook
from underlag.batch.inbox import Found, Rejected, collect, load
from underlag.batch.inbox.mail import Mailbox, decoded, mailboxes
from underlag.batch.inbox.refusal import NoWorkbookError
from underlag.files.limits import ARCHIVE_FILES, MAIL_FIELD

BOOK = workbook(STANDARD + ORDER_SHEET)
SHARED = "https://region-my.sharepoint.com/:x:/g/personal/anna_test/EXAMPLE?e=abc"


def mail(files=(), text="Hej!", html="", **headers) -> bytes:
    message = EmailMessage()
    for name, value in {"From": "anna.test@example.se", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name in files:
        message.add_attachment(BOOK, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def mbox(*mails: bytes) -> bytes:
    return b"".join(b"From anna.test@example.se Mon Feb  1 08:00:00 2027\n" + one + b"\n" for one in mails)


def emlx(content: bytes) -> bytes:
    return b"%d      \n" % len(content) + content + plistlib.dumps({"flags": 8590195713})


def collected(tmp_path, files: dict[str, bytes]) -> tuple[list[Found], dict[str, Rejected]]:
    seen = list(collect([put(tmp_path / "in", files)]))
    found = [one for one in seen if isinstance(one, Found)]
    return found, {one.origin: one for one in seen if isinstance(one, Rejected)}


def test_mailbox_is_opened_mail_by_mail(tmp_path):
    content = mbox(mail(["a.xlsx"], Subject="Ett CS123456"), mail(), mail(["b.xlsx"], Subject="Två"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Inkorg", content)
    found, rejected = collected(
        tmp_path, {"i.mbox": content, "utan-ändelse": content, "z.zip": packed.getvalue()}
    )

    for box in ("i.mbox", "utan-ändelse", "z.zip › Inkorg"):
        own = [one for one in found if one.origin.startswith(f"{box} › ")]
        assert [one.origin for one in own] == [f"{box} › mejl 1.eml › a.xlsx", f"{box} › mejl 3.eml › b.xlsx"]
        assert [one.mail.ticket for one in own] == ["CS123456", ""]
        assert all(load(one) == BOOK for one in own)
        assert rejected[f"{box} › mejl 2.eml"].reason == str(NoWorkbookError())


@pytest.mark.parametrize("content", [b"", b"From \n", b"\n\n"])
def test_mailbox_without_mails_is_reported(tmp_path, content):
    _, rejected = collected(tmp_path, {"i.mbox": content})

    assert not rejected["i.mbox" if not content.startswith(b"From") else "i.mbox › mejl 1.eml"].foreign


def test_mailbox_of_more_mails_than_a_person_has_is_refused(tmp_path):
    _, rejected = collected(tmp_path, {"i.mbox": mbox(mail()) + b"From \n" * (ARCHIVE_FILES.value + 1)})

    assert f"fler än {ARCHIVE_FILES.value} mejl" in rejected["i.mbox"].reason


@pytest.mark.parametrize("name", ["mejl.emlx", "mejl.partial.emlx", "mejl"])
def test_mail_of_apple_mail_is_opened(tmp_path, name):
    found, _ = collected(tmp_path, {name: emlx(mail(["a.xlsx"], Subject="CS123456"))})

    assert [(one.origin, one.mail.ticket) for one in found] == [(f"{name} › a.xlsx", "CS123456")]
    assert load(found[0]) == BOOK


@pytest.mark.parametrize("content", [b"", b"hej", b"99999999999999999999 \nFrom: a@example.se\n\n"])
def test_damaged_mail_of_apple_mail_is_reported(tmp_path, content):
    _, rejected = collected(tmp_path, {"mejl.emlx": content})

    assert rejected["mejl.emlx"].reason == "är ett skadat mejl"


@pytest.mark.parametrize(
    ("text", "html", "link"),
    [
        (f"Filen finns här: {SHARED}.", "", SHARED),
        ("Se länken", f'<a href="{SHARED}&amp;x=1">underlaget</a>', f"{SHARED}&x=1"),
        ("https://1drv.ms/x/s!AbC", "", "https://1drv.ms/x/s!AbC"),
        ("<https://www.dropbox.com/scl/fi/abc/u.xlsx?dl=0>", "", "https://www.dropbox.com/scl/fi/abc/u.xlsx?dl=0"),
        ("Hämta på (https://we.tl/t-abc)", "", "https://we.tl/t-abc"),
        ("https://filer.region.example.se/s/AbCdEfGh12", "", "https://filer.region.example.se/s/AbCdEfGh12"),
        ("https://region.example.se/dok/Underlag%20PROD.XLSX", "", "https://region.example.se/dok/Underlag%20PROD.XLSX"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwe.tl%2Ft-abc&data=05",
            "",
            "https://we.tl/t-abc",
        ),
    ],
)  # fmt: skip
def test_mail_with_only_a_link_to_a_shared_file_is_listed_with_the_link(tmp_path, text, html, link):
    _, rejected = collected(
        tmp_path, {"m.eml": mail(text=text, html=html), "x.mbox": mbox(mail(text=text, html=html))}
    )

    for origin in ("m.eml", "x.mbox › mejl 1.eml"):
        assert f"bara en länk till en fildelning ({link})" in rejected[origin].reason
        assert rejected[origin].mail.sender == "anna.test@example.se"
        assert not rejected[origin].foreign


@pytest.mark.parametrize(
    "text",
    [
        "Läs mer på https://www.region.example.se/om-oss.",
        "https://notdropbox.com/a https://sharepoint.com.example.se/x",
        "http://[trasig sharepoint.com",
        "Med vänlig hälsning https://www.inera.se/s/om",
    ],
)
def test_mail_with_other_links_is_a_mail_without_attachments(tmp_path, text):
    _, rejected = collected(tmp_path, {"m.eml": mail(text=text)})

    assert rejected["m.eml"].reason == str(NoWorkbookError())


def test_link_beside_a_workbook_is_no_matter_and_beside_a_picture_is(tmp_path):
    message = EmailMessage()
    message["From"] = "anna.test@example.se"
    message.set_content(SHARED)
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logga.png")
    found, rejected = collected(
        tmp_path, {"a.eml": mail(["a.xlsx"], text=SHARED), "b.eml": message.as_bytes()}
    )

    assert [one.origin for one in found] == ["a.eml › a.xlsx"]
    assert set(rejected) == {"b.eml", "b.eml › logga.png"}
    assert SHARED in rejected["b.eml"].reason


def test_link_in_a_mail_of_outlook_is_listed(tmp_path):
    _, rejected = collected(
        tmp_path, {"m.msg": msg({}, sender="anna.test@example.se", texts={0x1000: SHARED})}
    )

    assert SHARED in rejected["m.msg"].reason
    assert rejected["m.msg"].mail.sender == "anna.test@example.se"


@pytest.mark.parametrize("name", ["u.xltx", "U.XLTM", "u.xlt"])
@pytest.mark.parametrize("content", [BOOK, b"trasig"])
def test_workbook_saved_as_a_template_is_a_workbook(tmp_path, name, content):
    found, rejected = collected(tmp_path, {name: content})

    assert [one.name for one in found] == [name]
    assert rejected == {}


@pytest.mark.parametrize(
    ("name", "content", "reason", "foreign"),
    [
        ("~$u.xlsx", b"\x05anna", "öppen i Excel", True),
        (".~lock.u.xlsx#", b",anna", "öppen i LibreOffice", True),
        ("._u.xlsx", b"x", "systemfil från macOS", True),
        ("~WRL0001.tmp", b"x", "tillfällig fil från Office", True),
        ("A1B2C3.tmp", BOOK, "tillfällig fil från Office med en arbetsbok i", False),
        ("u.xlsx.crdownload", BOOK[:99], "nedladdning som inte är klar", False),
    ],
)
def test_what_office_leaves_behind_is_named_as_such(tmp_path, name, content, reason, foreign):
    found, rejected = collected(tmp_path, {name: content})

    assert found == []
    assert reason in rejected[name].reason
    assert rejected[name].foreign is foreign


def test_headers_of_a_mail_are_those_that_a_reply_needs(tmp_path):
    content = mail(
        ["a.xlsx"],
        From='"Test, Åsa" <asa.test@example.se>',
        Reply_To="funktion@example.se",
        To="kundservice@inera.se, Bo <bo@example.se>",
        Cc="grupp: c@example.se, C@example.se;",
        Subject="SV: Underlag [CS123456]",
        Message_ID="<b@example.se>",
        References="<a@example.se> <a2@example.se>",
        In_Reply_To="<a2@example.se>",
        Date="Mon, 01 Feb 2027 08:00:00 +0100",
        Delivered_To="kundservice@inera.se",
    )
    (found,), _ = collected(tmp_path, {"m.eml": content})
    got = found.mail

    assert got.sender == "asa.test@example.se"
    assert got.reply_to == (Mailbox("funktion@example.se"),)
    assert got.to == (Mailbox("kundservice@inera.se"), Mailbox("bo@example.se", "Bo"))
    assert got.cc == (Mailbox("c@example.se"),)
    assert (got.ticket, got.sent) == ("CS123456", "2027-02-01T07:00:00Z")
    assert got.chain == ("<a@example.se>", "<a2@example.se>", "<b@example.se>")
    assert got.delivered_to == ("kundservice@inera.se",)


@given(st.text(alphabet=st.sampled_from('=?utf-8qb_"<>@,;: ()\\\r\nå\udcffa1.')))
def test_any_header_is_read_without_a_failure_and_on_one_line(text):
    boxes = mailboxes(text)

    assert "\n" not in decoded(text) + "".join(box.name + box.address for box in boxes)
    assert all("@" in box.address for box in boxes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=?utf-8?q?=C3=85sa?= =?utf-8?q?_Test=2C_A?= <a@example.se>", [("a@example.se", "Åsa Test, A")]),
        (
            "=?utf-8?Q?Anna_via_kund@example.se?= <a@example.se>",
            [("a@example.se", "Anna via kund@example.se")],
        ),
        ("=?okänd?q?x?= <a@example.se>", [("a@example.se", "x")]),
        ('"Test, Anna" <a@example.se>; b@example.se', [("a@example.se", "Test, Anna"), ("b@example.se", "")]),
        ("undisclosed-recipients:;", []),
        ("/O=EXCHANGE/CN=ANNA", []),
    ],
)
def test_addresses_are_read_as_mail_programs_write_them(text, expected):
    assert list(mailboxes(text)) == expected


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("SV: =?utf-8?B?w6TDtsOl?= =?x-9?Q?_Rud=FF?=", "SV: äöå Rud�"),
        ("=?utf-8?Q?V=E5rdcentralen_Rud?= CS123456", "V�rdcentralen Rud CS123456"),
        ("=?iso-8859-1?Q?V=E5rd?= =?iso-8859-1?Q?centralen?=", "Vårdcentralen"),
        ("=?utf-8?B?w6?=", "�"),
    ],
)
def test_a_subject_in_a_wrong_or_unknown_encoding_is_read_as_far_as_it_goes(subject, shown):
    assert decoded(subject) == shown


@pytest.mark.parametrize(
    ("references", "in_reply_to", "chain"),
    [
        ("", "<p@example.se>", ("<p@example.se>", "<m@example.se>")),
        ("", "<p@example.se> <q@example.se>", ("<m@example.se>",)),
        ("<r@example.se>", "<p@example.se>", ("<r@example.se>", "<m@example.se>")),
        ("inget id", "inget heller", ("<m@example.se>",)),
    ],
)
def test_references_of_a_reply_are_those_of_rfc_5322(tmp_path, references, in_reply_to, chain):
    headers = {"References": references, "In-Reply-To": in_reply_to, "Message-ID": "<m@example.se>"}
    content = mail(["a.xlsx"], **{name: value for name, value in headers.items() if value})
    (found,), _ = collected(tmp_path, {"m.eml": content})

    assert found.mail.chain == chain


@pytest.mark.parametrize("field", ["From", "Reply-To", "To", "Cc", "Subject", "References", "Delivered-To"])
def test_header_beyond_the_limit_counts_as_absent_and_costs_no_workbook(tmp_path, field):
    long = ", ".join(f"<a{number}@example.se>" for number in range(MAIL_FIELD.value))
    content = f"{field}: {long}\r\n".encode() + mail(["a.xlsx"], From="b@example.se").replace(
        b"From: b@example.se\n", b"" if field == "From" else b"From: b@example.se\n"
    )
    (found,), _ = collected(tmp_path, {"m.eml": content})

    assert load(found) == BOOK
    assert sum(map(len, map(str, found.mail))) < MAIL_FIELD.value


def test_outlooks_mail_has_recipients_and_internet_headers(tmp_path):
    headers = (
        "From: Anna <anna.test@example.se>\r\nReply-To: svar@example.se\r\nTo: kundservice@inera.se\r\n"
        "Cc: bo@example.se\r\nMessage-ID: <m@example.se>\r\nReferences: <a@example.se>\r\n"
    )
    files = {"a.xlsx": BOOK}
    (by_headers,), _ = collected(tmp_path / "1", {"m.msg": msg(files, texts={0x007D: headers})})
    inside = msg(
        files, smtp="anna.test@example.se", recipients=[(1, "kundservice@inera.se"), (2, "bo@example.se")]
    )
    (by_properties,), _ = collected(tmp_path / "2", {"m.msg": inside})

    assert by_headers.mail.reply_to == (Mailbox("svar@example.se"),)
    assert by_headers.mail.chain == ("<a@example.se>", "<m@example.se>")
    for found in (by_headers, by_properties):
        assert [box.address for box in found.mail.to] == ["kundservice@inera.se"]
        assert [box.address for box in found.mail.cc] == ["bo@example.se"]
        assert found.mail.sender == "anna.test@example.se"
