"""Lists from the HSA catalogue as people save them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.growth import assert_not_quadratic
from tests.support.tables import workbook
from underlag.findings import Finding, kind
from underlag.reference import Reference, read_reference

UNITS = {
    "SE162321000156-4HVT": "Tolkcentralen Värmland",
    "SE162321000156-4HVV": "Vårdcentralen Rud; filial",
    "SE2321000156-10KR": "Psykiatriska öppenvården Åsen",
}
#: The findings on a flawless list.
GOOD = ["HSA032"]


def listed(delimiter=";", head=("HSA-ID", "Namn", "Ort"), before="", line_end="\r\n"):
    def quoted(text):
        return f'"{text}"' if delimiter in text else text

    rows = [head, *((hsa_id, name, "Karlstad") for hsa_id, name in UNITS.items())]
    return before + "".join(delimiter.join(map(quoted, row)) + line_end for row in rows)


def read(tmp_path: Path, content: bytes | str, name="hsa.csv"):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_reference(path)


def good(found):
    assert isinstance(found, Reference), found
    return found


def refused(found):
    assert isinstance(found, list), found
    (one,) = found
    assert kind(one.code).blocks
    return one


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_separator_and_encoding_is_understood(tmp_path, delimiter, encoding):
    content = listed(delimiter).encode(encoding)
    if encoding == "utf-16-be":
        content = b"\xfe\xff" + content
    found = good(read(tmp_path, content))

    assert found.names == UNITS
    assert found.source == "hsa.csv"
    assert [one.code for one in found.findings] == GOOD


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_understood(tmp_path, line_end):
    assert good(read(tmp_path, listed(line_end=line_end))).names == UNITS


@pytest.mark.parametrize(
    "head",
    [
        ("HSA-id", "Enhetsnamn", "Ort"),
        ("hsaIdentity", "name", "Ort"),
        ("Vårdenhetens HSA-ID", "Vårdenhetens namn", "Ort"),
        ("HSA ID (enhet)", "Namn på enheten", "Ort"),
        ("HSA-ID", "Namn", "Enhet"),
        ("hsaIdentity", "ou", "Ort"),
        ("hsaIdentity", "displayName", "Ort"),
        ("hsaIdentity", "ou", "displayName"),
        ("HSA-id", "Namn (ou)", "Ort"),
        ("HSA-id", "Namn", "ou"),
        ("Logisk adressat (HSAID)", "Namn", "Vårdgivarens HSA-ID"),
    ],
)
def test_columns_are_found_by_likeness(tmp_path, head):
    assert good(read(tmp_path, listed(head=head))).names == UNITS


def test_headers_may_be_below_other_rows(tmp_path):
    before = "sep=;\r\nUtdrag ur HSA;2027-01-15\r\n\r\n" + "Anmärkning\r\n" * 20

    assert good(read(tmp_path, listed(before=before))).names == UNITS


def test_columns_may_be_anywhere(tmp_path):
    rows = "\n".join(f"x;{name.replace(';', ',')};;{hsa_id}" for hsa_id, name in UNITS.items())

    assert good(read(tmp_path, f"Ort;Namn;;HSA-ID\n{rows}")).names.keys() == UNITS.keys()


@pytest.mark.parametrize("swapped", [False, True])
def test_our_own_lists_without_headers_are_lists_too(tmp_path, swapped):
    pairs = [(hsa_id, f'"{name}"') for hsa_id, name in UNITS.items()]
    text = "".join(f"{b};{a}\r\n" if swapped else f"{a};{b}\r\n" for a, b in pairs)

    assert good(read(tmp_path, f"\ufeff{text}")).names == UNITS


@pytest.mark.parametrize("kind_of_file", ["xlsx", "xls", "xlsb", "ods"])
def test_any_workbook_is_a_list(tmp_path, kind_of_file):
    rows = "\n".join(f"| {name} | {hsa_id} |" for hsa_id, name in UNITS.items())
    text = (
        f"## Om listan\n| Utdrag ur HSA |\n## Enheter\n| Enheter i regionen |\n||\n| Namn | HSA-ID |\n{rows}"
    )
    found = good(read(tmp_path, workbook(text, format=kind_of_file), "hsa.csv"))

    assert found.names == UNITS
    assert [one.code for one in found.findings] == GOOD


def test_units_of_several_sheets_count_and_hidden_sheets_do_not(tmp_path):
    sheets = [f"## {hsa_id[-4:]}\n| HSA-ID | Namn |\n| {hsa_id} | {name} |" for hsa_id, name in UNITS.items()]
    sheets[1] += "\n! hidden"
    found = good(read(tmp_path, workbook("\n".join(sheets))))

    assert list(found.names) == ["SE162321000156-4HVT", "SE2321000156-10KR"]


def test_ids_are_tidied_as_in_a_workbook(tmp_path):
    found = good(read(tmp_path, "HSA-ID;Namn\n se162321000156–4hvt\u200b ;Tolkcentralen\u00a0 Värmland\n"))

    assert found.names == {"SE162321000156-4HVT": "Tolkcentralen Värmland"}


def test_rows_without_an_id_are_reported(tmp_path):
    text = listed() + ";Summa;3\r\n;;\r\n191212121212;Tolvan;Karlstad\r\nTSTNMT2321000156-1;Test;\r\n"
    found = good(read(tmp_path, text))
    (told,) = [one for one in found.findings if one.code == "HSA037"]

    assert found.names == {**UNITS, "TSTNMT2321000156-1": "Test"}
    assert ": 2, den första är rad 5." in told.message


def test_numbers_and_dates_in_the_columns_are_no_texts(tmp_path):
    text = "## A\n| HSA-ID | Namn |\n| {number 162321000156} | x |\n| SE162321000156-A | {date 2027-03-01} |"
    found = good(read(tmp_path, workbook(text)))

    assert found.names == {"SE162321000156-A": ""}
    assert "HSA037" in {one.code for one in found.findings}


def test_one_id_may_have_several_names(tmp_path):
    text = (
        "HSA-ID;Namn\nSE162321000156-A;\nSE162321000156-A;Ett\nSE162321000156-A;Två\nSE162321000156-A;Ett\n"
    )
    found = good(read(tmp_path, text))
    (told,) = [one for one in found.findings if one.code == "HSA038"]

    assert found.names == {"SE162321000156-A": "Ett"}
    assert found.other_names == {"SE162321000156-A": ("Två",)}
    assert "SE162321000156-A, som heter ”Ett” och ”Två”" in told.message


def test_a_list_without_names_is_reported(tmp_path):
    found = good(read(tmp_path, "HSA-ID;Ort\nSE162321000156-A;Karlstad\n"))

    assert found.names == {"SE162321000156-A": ""}
    assert [one.code for one in found.findings] == [*GOOD, "HSA039"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Det står ingenting i filen."),
        (b"\r\n \r\n", "Det står ingenting i filen."),
        (b"%PDF-1.7\n", "PDF-fil"),
        (b"\n<html><table><tr><td>HSA-ID", "webbsida"),
        (bytes(range(256)) * 20, "varken en textfil"),
        (b"\xff\xfeH\x00S\x00A", "skadad"),
        (b"PK\x03\x04" + b"x" * 100, "skadad"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "skadad"),
        ("HSA-ID;Namn\n" + 'SE162321000156-A;"öppet\n' + "x\n" * 100_000, "citattecken"),
    ],
    ids=["empty", "blank", "pdf", "html", "binary", "cut", "zip", "compound", "quote"],
)
def test_what_is_no_list_is_refused_with_the_reason(tmp_path, content, reason):
    found = refused(read(tmp_path, content))

    assert found.code == "HSA033"
    assert reason in found.message
    assert "hsa.csv" in found.message


def test_too_large_a_text_is_refused(tmp_path):
    path = tmp_path / "hsa.csv"
    with path.open("wb") as file:
        file.write(listed().encode())
        file.truncate(200_000_001)

    assert (
        "större än 200 MB. Är filen rätt och ändå så stor: skriv set UNDERLAG_GRANSER=2"
        in refused(read_reference(path)).message
    )


def test_a_list_without_ids_says_what_it_has(tmp_path):
    found = refused(read(tmp_path, "Kundnummer;Namn;Ort\n1;A;B\n"))

    assert found.code == "HSA034"
    assert "”Kundnummer”, ”Namn” och ”Ort”" in found.message


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ("HSA-ID;Enhetens HSA-ID;Namn", "”HSA-ID” och ”Enhetens HSA-ID”"),
        ("HSA-ID;Enhetsnamn;Visningsnamn", "”Enhetsnamn” och ”Visningsnamn”"),
    ],
)
def test_columns_that_fit_equally_well_are_not_guessed_at(tmp_path, head, named):
    found = refused(read(tmp_path, f"{head}\nSE162321000156-A;b;c\n"))

    assert found.code == "HSA035"
    assert named in found.message


def test_an_empty_list_is_refused(tmp_path):
    assert refused(read(tmp_path, "HSA-ID;Namn\n")).code == "HSA036"


def test_a_missing_file_is_the_callers_matter(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_reference(tmp_path / "saknas.csv")


@given(st.binary(max_size=300) | st.text(alphabet='HSA-ID;,\t"\nNamn12\x00å', max_size=300).map(str.encode))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_content_makes_it_raise(tmp_path, content):
    found = read(tmp_path, content)

    assert isinstance(found, Reference) or all(isinstance(one, Finding) for one in found)


def test_many_names_of_one_id_are_no_quadratic_work(tmp_path):
    def saved(count):
        path = tmp_path / f"{count}.csv"
        path.write_text(
            "HSA-ID;Namn\n" + "".join(f"SE162321000156-4HVT;Enhet {number}\n" for number in range(count)),
            encoding="utf-8",
        )
        return path

    assert_not_quadratic(read_reference, saved, 16_000)
    assert len(read_reference(saved(50)).other_names["SE162321000156-4HVT"]) == 49
