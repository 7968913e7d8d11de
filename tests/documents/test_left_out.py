import csv
from email import message_from_bytes, policy
from io import StringIO

from tests.checks.examine import altered, column, examine
from tests.documents.examples import entry, some_finding
from underlag.checked import LeftOut
from underlag.documents.lists.left_out import HEADER, left_out_csv
from underlag.documents.mails.to_customer_service import mail_draft
from underlag.documents.report.verdict import verdict
from underlag.orders.build import make_orders


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


def test_a_unit_in_a_cell_with_a_faulty_one_is_not_faulty_itself():
    text = altered(
        (2, "SE162321000156-4HVV | Vårdcentralen Rud", "SE162321000165-4HVV, SE162321000156-4HVW | A, B"),
        (3, "SE162321000156-4HVV | Vårdcentralen Rud", "SE162321000156-4HVW | B"),
    )

    checked = examine(text, skip_faulty=True)

    said = {(line[2], line[8].startswith("Står i samma cell")) for line in rows(*checked.left_out)[1:]}
    assert said >= {("SE162321000165-4HVV", False), ("SE162321000156-4HVW", True)}


def test_a_row_of_several_units_counts_once_and_so_does_the_row_of_its_unit_on_the_other_sheet():
    text = altered(
        (2, "SE162321000156-4HVV | Vårdcentralen Rud", "SE162321000165-4HVV, SE162321000156-4HVW | A, B"),
        (3, "SE162321000156-4HVV | Vårdcentralen Rud", "SE162321000156-4HVW | B"),
    )

    checked = examine(text, skip_faulty=True)

    assert [line[:3] for line in rows(*checked.left_out)[1:]] == [
        ["Webcert -> Vårdsystem", "3", "SE162321000165-4HVV"],
        ["Webcert -> Vårdsystem", "3", "SE162321000156-4HVW"],
        ["Intygstjänsten -> Webcert", "3", "SE162321000156-4HVW"],
    ]
    assert checked.rows_left_out == 2


def test_one_row_left_out_is_spoken_of_as_one():
    gripen = "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |\n"
    lone = gripen.replace("SE162321000156-4HVX", "SE162321000165-4HVY").replace("Gripen", "Ek")

    checked = examine(altered((2, gripen, gripen + lone)), skip_faulty=True)

    assert checked.rows_left_out == 1
    assert verdict(checked).detail == (
        "1\xa0felaktig rad är bortvald och beställs inte (HSA003 Fel kontrollsiffra). "
        "Rätta den och beställ den för sig."
    )


def test_the_rows_of_a_unit_that_one_sheet_loses_are_spoken_of_as_two():
    checked = examine(altered((2, "SE162321000156-4HVV", "SE162321000165-4HVV")), skip_faulty=True)

    assert verdict(checked).detail == (
        "2\xa0rader är bortvalda och beställs inte (HSA003 Fel kontrollsiffra, "
        "ADR010 Enheten beställs inte, för den saknas i den andra riktningen). "
        "Vid fynden står vad som krävs för att de ska beställas."
    )


def test_a_column_that_leaves_rows_out_is_quoted_by_each_rows_cell():
    marked = examine(altered(*column("Ska TAKas", "Nej", "Ja", "Nej")))

    lines = [line for line in rows(*marked.left_out)[1:] if line[0] == "Webcert -> Vårdsystem"]

    assert [(line[1], line[6]) for line in lines] == [("2", "H2"), ("4", "H4")]


def decided(tmp_path, **options):
    """Return a workbook with a unit that a decision leaves out on both sheets."""
    name = "Vårdcentralen Rud (på is)"
    path = tmp_path / "svar.toml"
    path.write_text(
        f'[beslut]\n"Webcert -> Vårdsystem!G3: {name}" = "utan"\n"Intygstjänsten -> Webcert!F3: {name}" = "utan"\n',
        encoding="utf-8",
    )
    text = altered(*((sheet, "Vårdcentralen Rud", name) for sheet in (2, 3)))
    return examine(text, order_file=path, **options)


def test_rows_left_out_by_decision_stand_in_the_verdict(tmp_path):
    checked = decided(tmp_path)

    assert (checked.rows_left_out, checked.rows_decided, checked.rows_not_needed) == (0, 2, 0)
    assert verdict(checked)[:3] == (
        "Kan beställas utom 2\xa0rader",
        "Inga fel. 2\xa0rader är bortvalda enligt beslut (FLI049). De beställs inte.",
        "varning",
    )


def test_rows_left_out_by_decision_stand_in_the_mail_to_customer_service(tmp_path):
    checked = decided(tmp_path)

    data = mail_draft(checked, make_orders(checked), checked.underlag.profile, {})
    mail = message_from_bytes(data, policy=policy.default).get_body(("plain",)).get_content()

    assert "2\xa0rader i underlaget är inte med i beställningarna, enligt beslut." in " ".join(
        mail.split(" ")
    )
