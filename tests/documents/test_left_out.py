import csv
from io import StringIO

from tests.checks.examine import altered, examine
from tests.documents.examples import entry, some_finding
from underlag.checked import LeftOut
from underlag.documents.lists.left_out import HEADER, left_out_csv
from underlag.documents.report.verdict import verdict


def rows(*left_out) -> list[list[str]]:
    data = left_out_csv(left_out)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_each_reason_has_a_line():
    row = LeftOut(
        "webcert-vardsystem", entry(7), [some_finding(), some_finding("ADR002", cell="D7", value="")]
    )

    assert rows(row)[0] == list(HEADER)
    assert [line[:7] for line in rows(row)[1:]] == [
        [
            "Webcert -> Vårdsystem",
            "7",
            "SE162321000156-00007",
            "Vårdenhet 7",
            "CertificateStatusUpdateForCare v3",
            "HSA003",
            "C7",
        ],
        [
            "Webcert -> Vårdsystem",
            "7",
            "SE162321000156-00007",
            "Vårdenhet 7",
            "CertificateStatusUpdateForCare v3",
            "ADR002",
            "D7",
        ],
    ]


def test_excel_runs_nothing_of_it():
    reason = some_finding(value='=HYPERLINK("http://example.se")')

    assert rows(LeftOut("f", entry(7), [reason]))[1][7] == '\'=HYPERLINK("http://example.se")'


def test_a_unit_beside_a_faulty_one_in_its_cell_is_not_given_its_fault():
    text = altered(
        (2, "SE162321000156-4HVV | Vårdcentralen Rud", "SE162321000165-4HVV, SE162321000156-4HVW | A, B")
    )

    checked = examine(text, skip_faulty=True)

    said = {(line[2], line[8].startswith("Står i samma cell")) for line in rows(*checked.left_out)[1:]}
    assert said >= {("SE162321000165-4HVV", False), ("SE162321000156-4HVW", True)}
    assert checked.rows_left_out == 2  # the third sheet's row of the faulty id is left out, too


def test_one_row_left_out_is_spoken_of_as_one():
    checked = examine(altered((1, "ListCertificatesForCareWithQA v3", "Okänt v9")), skip_faulty=True)

    assert verdict(checked).detail.endswith("Rätta den och beställ den för sig.")
