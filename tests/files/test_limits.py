"""Overwhelming files are rejected with a sentence that names the limit; time and memory are bounded."""

import gzip
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import date

import pytest

import underlag
from tests.reading.hostile.parts import with_rows
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.batch.inbox import containers, eml
from underlag.batch.inbox.containers import Kind, members
from underlag.batch.inbox.refusal import UnusableError
from underlag.files.limits import EXPORT, FINDINGS, TOML, Limit, how_to_raise
from underlag.files.toml import TomlError, parse_toml
from underlag.options import Options
from underlag.reference import Reference, read_reference
from underlag.tak.holdings.export import read, read_catalogue, unpack
from underlag.tak.judge import judge
from underlag.tak.judge.verdict import MOST_OF_A_RULE

ATTACHED = b'Content-Type: application/octet-stream; name="a.xlsx"\n\nx'
WORD = b"=?utf-8?q?a?= "


def mail(header=b"", body=ATTACHED):
    return b"MIME-Version: 1.0\n" + header + body


def opened(content):
    return members(Kind.EML, content)


def refused(content, kind=Kind.EML):
    with pytest.raises(UnusableError) as why:
        members(kind, content)
    return str(why.value)


def test_in_a_browser_no_limit_is_said_to_be_raised(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")

    assert "UNDERLAG_GRANSER" not in how_to_raise()
    assert "någon som har programmet underlag" in how_to_raise()


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="9"><c r="GJK9"><v>1</v></c></row>',
        b'<row r="9"><c r="A9" t="str"><v>' + b"x" * 1_000_001 + b"</v></c></row>",
        b"".join(b'<row r="%d"><c r="F%d"><v>1</v></c></row>' % (n, n) for n in range(9, 200_109)),
    ],
    ids=["columns", "text", "cells of a small file"],
)
def test_the_sentence_about_a_limit_holds_when_it_is_followed(tmp_path, row):
    path = tmp_path / NAME
    path.write_bytes(with_rows(row))

    def suggested(**environment):
        code = (
            "import sys, underlag; found = underlag.read(sys.argv[1]).findings; "
            "print(*(one.suggestion for one in found if one.code in ('FIL006', 'FIL015')))"
        )
        return subprocess.run(
            [sys.executable, "-c", code, path],
            env={**os.environ, **environment, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout

    name, _, value = re.search(r"skriv set (\w+)(=)(\d+) i kommandofönstret", suggested()).groups()

    assert name == "UNDERLAG_GRANSER"
    assert suggested(UNDERLAG_GRANSER=value) == "\n"


def test_a_variable_raises_the_limits(monkeypatch):
    assert EXPORT.value == 400
    assert "skriv set UNDERLAG_GRANSER=2 i kommandofönstret" in how_to_raise()
    monkeypatch.setenv("UNDERLAG_GRANSER", "3")
    assert EXPORT.value == 1200
    assert "$env:UNDERLAG_GRANSER=6," in how_to_raise()
    assert "Då är alla gränser 11 gånger" in how_to_raise(excess=3.5)
    assert "dela upp den" in how_to_raise(excess=40)
    for written in ("3 ", '"3"'):  # as `set` keeps them before && and with quotes
        monkeypatch.setenv("UNDERLAG_GRANSER", written)
        assert EXPORT.value == 1200
    for nonsense in ("-1", "mycket", "9" * 20, ""):
        monkeypatch.setenv("UNDERLAG_GRANSER", nonsense)
        assert EXPORT.value == 400


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("arende = 0x" + "f" * 50_000, "tal är för långt"),
        ("arende = " + "9" * 50_000, "tal är för långt"),
        ("arende = 9223372036854775808", "tal är för långt"),
        ("a = " + "[" * 5_000, "för djupt"),
        ("a = " + "{a=" * 5_000, "för djupt"),
        ("a" + ".a" * 21 + " = 1", "fler än 20 led"),
        ("[" + "a. " * 30_000 + "a]", "fler än 20 led"),
        ('"a"' + ' . "a"' * 10_000 + " = 1", "fler än 20 led"),
        ("a = {" + "a" + ".a" * 30_000 + " = 1}", "fler än 20 led"),
        ("#" * 100_001, "större än 100 kB. Är filen rätt och ändå så stor: skriv set UNDERLAG_GRANSER"),
        ("a = ", "filens slut"),
    ],
)
def test_toml_made_to_overwhelm_is_refused(text, why):
    with pytest.raises(TomlError, match=why):
        parse_toml(text.encode())


def test_toml_of_people_is_read():
    text = (
        '# 1.2.3\nmiljo = "PROD"\narende = 12518\n[a.b.c]\nurl = "'
        + "a." * 40
        + 'se"\n"å ä" = 9223372036854775807'
    )

    assert parse_toml(b"\xef\xbb\xbf" + text.encode())["arende"] == 12518
    assert len(text) < TOML.value * 1000


def test_a_mail_whose_sender_is_endless_is_opened_without_one():
    found = opened(mail(b"From: " + WORD * 10_000 + b"<a@example.se>\n"))

    assert (found.names, [one.sender for one in found.mails]) == (["a.xlsx"], [""])
    (short,) = opened(mail(b"From: " + WORD * 100 + b"<a@example.se>\n")).mails
    assert short.sender == "a@example.se"


def test_a_mail_with_endless_irrelevant_fields_is_opened():
    found = opened(
        mail(
            b"Subject: "
            + WORD * 20_000
            + b"\nX-A: "
            + WORD * 20_000
            + b"\nMIME-Version: "
            + b"(" * 50_000
            + b"\n"
        )
    )

    assert found.names == ["a.xlsx"]


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Type: application/octet-stream"
        + b"".join(b"; p%d=a" % n for n in range(20_000))
        + b"\n\nx",
        b"Content-Disposition: attachment"
        + b"".join(b"; filename*%d=a" % n for n in range(20_000))
        + b"\n\nx",
    ],
)
def test_a_part_with_endless_parameters_is_refused(body):
    assert "längre än 4000 tecken. Är filen rätt och ändå så stor: skriv set UNDERLAG_GRANSER" in refused(
        mail(body=body)
    )


@pytest.mark.parametrize(
    "content",
    [
        mail(b'Content-Type: multipart/mixed; boundary="b"\n\n', (b"--b\n" + ATTACHED + b"\n") * 3_001),
        mail(
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(300))
        ),
        mail(b"".join(b"X-%d: a\n" % n for n in range(31_000))),
    ],
)
def test_a_mail_of_too_many_parts_is_refused(content):
    assert "för många delar. Är filen rätt och ändå så stor: skriv set UNDERLAG_GRANSER" in refused(content)


def test_a_mail_of_endless_lines_is_refused(monkeypatch):
    monkeypatch.setattr(eml, "MAIL_LINES", Limit(50))

    assert "fler än 50 rader. Är filen rätt och ändå så stor: skriv set UNDERLAG_GRANSER" in refused(
        mail(body=b"=\n" * 60)
    )
    assert eml.message_of(mail(body=b"=\n" * 30))


def test_a_zip_file_with_endless_entries_is_refused(monkeypatch):
    for module in (containers, unpack):
        monkeypatch.setattr(module, "ARCHIVE_FILES", Limit(5))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(6):
            archive.writestr(str(number), b"")

    assert "fler än 5 filer. Är filen rätt" in refused(stream.getvalue(), Kind.ZIP)
    assert "fler än 5 filer" in export(stream.getvalue()).findings[0].message


def export(content):
    return read_catalogue(content, day=date(2027, 2, 1), name="export")


def test_an_export_is_refused_by_the_size_that_its_package_states(monkeypatch):
    monkeypatch.setattr(read, "EXPORT", Limit(1))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export.json", b"{" + b" " * 1_000_001)
    for content in (stream.getvalue(), gzip.compress(b"{" + b" " * 1_000_001), b"{" + b" " * 1_000_001):
        (found,) = export(content).findings
        assert found.code == "TAK006"
        assert "större än 1 MB uppackad och läses inte. Är filen rätt" in found.message


def test_an_export_of_nothing_but_small_values_is_refused():
    (found,) = export(b'{"data": [' + b"[]," * 2_100_000 + b"0]}").findings

    assert "ovanligt många och små värden" in found.message


@pytest.mark.parametrize(
    "text", ["HSA-ID;Namn" + ";" * 5_000_000, ";" * 30_000_000, "HSA-ID;Namn\n" * 900 + '"\n";' * 6_000]
)
def test_a_list_with_endless_columns_is_refused(tmp_path, text):
    path = tmp_path / "lista.csv"
    path.write_text(text, encoding="utf-8")
    found = read_reference(path)

    assert not isinstance(found, Reference)
    assert "fler än 5000 kolumner" in found[0].message


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n"])
def test_a_list_with_endless_lines_is_refused(tmp_path, monkeypatch, ending):
    monkeypatch.setattr("underlag.reference.text_table.LIST_LINES", Limit(1_000))
    path = tmp_path / "lista.csv"
    path.write_bytes(("HSA-ID;Namn" + ending * 1_000).encode())
    assert isinstance(read_reference(path), list)  # read, though it has no units
    assert "fler än" not in read_reference(path)[0].message

    path.write_bytes(("HSA-ID;Namn" + ending * 1_001).encode())
    (found,) = read_reference(path)
    assert "fler än 1 000 rader" in found.message.replace("\xa0", " ")
    assert how_to_raise() in found.message


def test_a_number_without_end_in_an_order_is_quoted_in_part():
    verdict = judge('{"version": ' + "1" * 100_000 + "}")

    assert [one.rule for one in verdict.remarks] == ["inte-json"]
    assert len(verdict.remarks[0].message) < 500


def test_an_order_that_is_too_large_to_judge_is_reported(monkeypatch):
    monkeypatch.setattr(sys.modules[judge.__module__], "TAK_ITEMS", Limit(3))
    order = {"inkludera": {"logiskadresser": [{}] * 4}}
    assert [r.rule for r in judge(json.dumps(order)).remarks][-1] == "granskas-inte-poster"
    monkeypatch.setattr(sys.modules[judge.__module__], "TAK_ORDER", Limit(1))
    (remark,) = judge(" " * 1_000_001).remarks

    assert remark.rule == "granskas-inte-stor"
    assert "Högst 1 MB granskas" in remark.message


def test_advice_on_unknown_properties_ends_after_a_number(monkeypatch):
    monkeypatch.setattr("underlag.tak.judge.unknown._MISSPELT", 2)
    remarks = judge(json.dumps({f"plattfor{n}": 1 for n in range(4)})).remarks
    unknown = [one for one in remarks if one.rule == "okand-egenskap"]

    assert len(unknown) == 4
    assert ["Den ska heta" in one.message for one in unknown].count(True) <= 2


def test_remarks_of_one_kind_are_counted_beyond_a_number():
    verdict = judge(json.dumps({f"a{n}": 1 for n in range(MOST_OF_A_RULE + 7)}))

    assert sum(r.rule == "okand-egenskap" for r in verdict.remarks) == MOST_OF_A_RULE
    assert [r.message[:45] for r in verdict.remarks if r.rule == "utelamnade"] == [
        "7 anmärkningar till av slaget okand-egenskap "
    ]


def with_units(cells, units=2):
    """Return the standard workbook with rows of these cells more on its second sheet."""
    row = f"|  |  |  |  |  | {cells} |\n"
    rows = "".join(row.replace("#", str(number)) for number in range(units))
    return workbook(STANDARD.replace("\n## Intygst", rows + "\n## Intygst") + ORDER_SHEET)


def found_in(content, monkeypatch, most):
    for name, step in (("reading.cells.crowd", "_STEP"), ("checks.applying", "_BATCH")):
        monkeypatch.setattr(f"underlag.{name}.FINDINGS", Limit(most))
        monkeypatch.setattr(f"underlag.{name}.{step}", 1)
    options = Options(environment="PROD", skip_faulty=True)
    return underlag.check(underlag.read(content, options, name=NAME), options)


@pytest.mark.parametrize(("cells", "kind"), [("{number 12#} | Namn #", "CEL003"), ("XX# | Namn #", "HSA002")])
def test_a_crowd_of_findings_of_one_kind_on_a_sheet_ends_the_review_and_blocks(monkeypatch, cells, kind):
    checked = found_in(with_units(cells, 5), monkeypatch, 4)
    (refused,) = (one for one in checked.findings if one.code == "FIL022")

    assert checked.blocked
    assert "fler än 4 fynd" in refused.message
    assert refused.message.isprintable()
    assert kind in refused.message
    assert "UNDERLAG_GRANSER" in refused.suggestion


@pytest.mark.parametrize("cells", ["{number 12#} | Namn #", "XX# | Namn #"])
def test_as_many_findings_as_the_limit_are_all_kept(monkeypatch, cells):
    checked = found_in(with_units(cells, 4), monkeypatch, 4)
    numbers = Counter(one.code for one in checked.findings)

    assert "FIL022" not in numbers
    assert 4 in numbers.values()


def test_the_limit_of_findings_is_above_a_mistake_in_each_row_of_a_large_workbook():
    assert FINDINGS.value >= 110_000


def with_producers(count):
    rows = "".join(
        f"| SE162321000156-B{number}P{number}K | Proxy | https://tph{number}.liv.sjunet.org/rivtabp21 | SE5565594230-B8N "
        f"| CertificateStatusUpdateForCare v3 | SE162321000156-4HVV | Vårdcentralen Rud |\n"
        for number in range(count - 1)
    )
    return workbook(STANDARD.replace("\n## Intygst", rows + "\n## Intygst") + ORDER_SHEET)


@pytest.mark.parametrize(("producers", "found"), [(3, []), (4, ["KOM013"])])
def test_more_systems_than_the_limit_of_orders_block(monkeypatch, producers, found):
    monkeypatch.setattr("underlag.checks.rules.components.SYSTEMS", Limit(3))
    options = Options(environment="PROD", skip_faulty=True)
    checked = underlag.check(underlag.read(with_producers(producers), options, name=NAME), options)
    many = [one for one in checked.findings if one.code == "KOM013"]

    assert [one.code for one in many] == found
    assert checked.blocked >= bool(found)
    assert all("4 olika producenter" in one.message for one in many)
    assert all("skriv set UNDERLAG_GRANSER=2 i" in one.suggestion for one in many)
