"""Order details: from options, bestallning.toml, the sheet "Beställning" and the file name, in that order."""

from datetime import datetime

import pytest

from tests.support.reading import read_text, told
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.findings import Severity
from underlag.options import STOCKHOLM, Options
from underlag.reading import read

SHEET = "Beställning"


def details(text="", *, name=NAME, **options):
    return read_text(STANDARD + text, name=name, **options).underlag.details


@pytest.mark.parametrize(
    ("name", "environment", "region"),
    [
        ("Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx", "PROD", "LiV"),
        ("Underlag för TAKning Intygstjänster NTjP QA-NMT-LiV.xlsx", "QA", "LiV"),
        ("Underlag-for-TAKning-Intygstjanster-NTJP-PROD-LiV.xlsx", "PROD", "LiV"),
        ("Underlag-for-TAKning-Intygstjanster-NTJP-QA-NMT-LiV.xlsm", "QA", "LiV"),
        ("Underlag för TAKning Intygstjänster NTjP PROD-LiV (1).xlsx", "PROD", "LiV"),
        ("Underlag för TAKning Intygstjänster NTjP PROD-LiV - kopia.xlsx", "PROD", "LiV"),
        ("Underlag för TAKning Intygstjänster NTjP PROD-LiV - kopia (2).xlsx", "PROD", "LiV"),
        ("Underlag för TAKning Intygstjänster NTjP PROD-LiV_v2.ods", "PROD", "LiV"),
        ("Underlag för TAKning Intygstjänster NTjP PROD-LiV 2027-03-01.xls", "PROD", "LiV"),
        ("Underlag fo\u0308r TAKning Intygstja\u0308nster NTjP PROD-LiV.xlsx", "PROD", "LiV"),
        ("underlag_prod_Region Skåne.xlsx", "PROD", "Region Skåne"),
        ("Underlag produktion VGR.xlsb", "PROD", "VGR"),
        ("Underlag för TAKning Intygstjänster NTjP PROD-Västra Götaland.xlsx", "PROD", "Västra Götaland"),
        ("Underlag för TAKning Intygstjänster NTjP PROD.xlsx", "PROD", ""),
        ("Underlag för TAKning Intygstjänster NTjP [QA-NMT/PROD]-[LT].xlsx", "", ""),
        ("Underlag.xlsx", "", ""),
        ("", "", ""),
    ],
)
def test_environment_and_region_from_the_file_name(name, environment, region):
    underlag = read_text(STANDARD, name=name).underlag
    assert (underlag.environment, underlag.region) == (environment, region)
    if environment:
        assert (underlag.details.environment.sheet, underlag.details.environment.cell) == ("filnamnet", "")


def test_a_label_with_its_value():
    found = details(ORDER_SHEET)
    assert found.orderer.email == ("tove@region.example.se", SHEET, 6, 2)
    assert found.technical_contact.phone.text == "070-174 06 07"
    assert found.support.name is None
    assert found.case_number.cell == "B4"
    assert found.contradictions == ()


SECTIONS = """
## Beställning
| Miljö: | Produktion |
| Datum för ändring | {date 2027-03-01} |
||
| Beställare |
| Namn | Tove Exempelsson |
| E-post | tove@region.example.se |
| Telefon | {number 701740605} |
| HSA-ID | SE162321000156-TOVE |
| Roll | Förvaltare |
||
| Teknisk support |
| E-post | support@region.example.se | Telefon | 08-465 004 00 |
||
| Övrig information | Driftsätts\\ntillsammans med Cosmic |
"""


def test_a_person_as_a_heading_with_labels_below():
    found = details(SECTIONS)
    assert found.environment == ("PROD", SHEET, 1, 2)
    assert found.date.text == "2027-03-01"
    assert [
        part.text
        for part in (found.orderer.name, found.orderer.phone, found.orderer.hsa_id, found.orderer.role)
    ] == [
        "Tove Exempelsson",
        "701740605",
        "SE162321000156-TOVE",
        "Förvaltare",
    ]
    assert (found.support.email.cell, found.support.phone.cell) == ("B12", "D12")
    assert found.remark.text == "Driftsätts tillsammans med Cosmic"


def test_a_table_with_a_person_in_each_row():
    found = details("""
## Beställning
| Miljö | PROD |
|  | Namn | E-post | Telefon |
| Beställare | Tove Exempelsson | tove@region.example.se | 070-174 06 05 |
| Teknisk support |  | support@region.example.se | 08-465 004 00 |
| Ärendenummer | TSK-12518 |
""")
    assert (found.orderer.name.cell, found.orderer.email.cell, found.orderer.phone.cell) == ("B3", "C3", "D3")
    assert found.support.name is None
    assert found.support.email.text == "support@region.example.se"
    assert found.case_number.text == "TSK-12518"


def test_a_person_with_the_name_next_to_the_heading():
    assert (
        details(
            "## Beställning\n| Huvudansvarig | Hugo Provsson |\n| Tel | 070-174 06 06 |\n"
        ).main_contact.phone.cell
        == "B2"
    )


def test_values_of_the_sheet_are_tidied_and_reported():
    reading = read_text(STANDARD + "## Beställning\n| Ärendenummer | TSK-12518\u00a0 |\n")
    assert reading.underlag.details.case_number.text == "TSK-12518"
    assert told(reading) == [("CEL010", SHEET, "B1")]


@pytest.mark.parametrize(
    ("label", "stated", "meant"),
    [
        ("Ärendenummer", "TSK\u201312518", "TSK-12518"),
        ("Datum", "2027\u201103\u201101", "2027-03-01"),
        ("Beställare telefon", "070\u2013174 06 05", "070-174 06 05"),
        ("Beställare HSA-ID", "se162321000156\u2013ex01", "SE162321000156-EX01"),
    ],
)
def test_a_typographic_dash_in_a_number_is_cleaned_and_reported(label, stated, meant):
    reading = read_text(STANDARD + f"## Beställning\n| {label} | {stated} |\n")
    found = reading.underlag.details
    orderer = found.orderer
    stated = (found.case_number, found.date, orderer.phone, orderer.hsa_id)
    assert [value.text for value in stated if value] == [meant]
    assert told(reading) == [("CEL010", SHEET, "B1")]


def test_a_dash_in_a_text_for_people_stays():
    reading = read_text(STANDARD + "## Beställning\n| Övrig information | Cosmic \u2013 Webcert |\n")
    assert reading.underlag.details.remark.text == "Cosmic \u2013 Webcert"
    assert told(reading) == []


def test_an_unknown_label_is_reported_with_the_nearest_known():
    reading = read_text(
        STANDARD + "## Beställning\n| Ärendenumer | TSK-12518 |\n| Anvisning |\n| Region | LiV | x |\n"
    )
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.cell) == ("FLI019", Severity.WARNING, "A1")
    assert "Ärendenummer" in finding.suggestion


@pytest.mark.parametrize(
    ("label", "advice"),
    [
        ("Teknisk support 2, telefon", "Formuläret tar en teknisk support."),
        ("Teknisk kontaktperson (2), e-post", "Formuläret tar en teknisk kontaktperson."),
        ("Andra huvudansvarig, namn", "Formuläret tar en huvudansvarig."),
        ("Tekniks suport, telefon", "Menas ”Teknisk support, telefon”?"),
        ("Beställarenss", "Menas ”Beställare”?"),
        ("Telefonn", "Menas ”Telefon”?"),
    ],
)
def test_advice_on_an_unknown_label_is_what_to_write(label, advice):
    (finding,) = read_text(f"{STANDARD}## Beställning\n| {label} | 070-174 06 05 |\n").findings
    assert (finding.code, finding.suggestion.partition(" Skriv")[0].partition(" Ska ")[0]) == (
        "FLI019",
        advice,
    )


def test_an_error_value_is_an_error_and_no_detail():
    reading = read_text(STANDARD + "## Beställning\n| Datum | {error #VALUE!} |\n")
    assert told(reading) == [("CEL001", SHEET, "B1")]
    assert reading.underlag.details.date is None
    assert (SHEET, 1, 2) in reading.underlag.unreadable


def test_an_option_precedes_everything():
    found = details(ORDER_SHEET, environment="QA", date="2027-04-01", case_number="TSK-1", remove=True)
    assert (found.environment.text, found.date.text, found.case_number.text) == ("QA", "2027-04-01", "TSK-1")
    assert (found.action.text, found.action.cell) == ("Ta bort", "")
    said = dict(found.contradictions)
    assert [value.text for value in said["environment"]] == ["QA", "PROD", "NTjP PROD"]
    assert [value.text for value in said["date"]] == ["2027-04-01", "2027-03-01"]


def test_the_same_in_other_words_is_no_contradiction():
    found = details(
        "## Beställning\n| Miljö | Produktion |\n| Region | liv |\n| Datum | 2027-03-01 |\n",
        date="20270301",
    )
    assert found.contradictions == ()


def test_an_unknown_environment_is_kept_as_written():
    found = details("## Beställning\n| Miljö | Utbildning |\n", name="x.xlsx")
    assert found.environment.text == "Utbildning"


@pytest.mark.parametrize("word", ["Ta bort", "tas bort", "Borttagning"])
def test_the_action_for_the_whole_order(word):
    assert details(f"## Beställning\n| Åtgärd | {word} |\n").action.text == "Ta bort"


TOML = """
miljo = "QA"
region = "LiV"
datum = 2027-03-01
arende = "TSK-12518"
ovrig_information = "Se förstudien"

[bestallare]
namn = "Tove Exempelsson"
epost = "tove@region.example.se"
telefon = "070-174 06 05"
hsa_id = "SE162321000156-TOVE"
roll = "Förvaltare"

[huvudansvarig]
namn = "Hugo Provsson"

[teknisk_kontaktperson]
telefon = 701740607

[teknisk_support]
epost = "support@region.example.se"
"""


@pytest.mark.parametrize(
    ("toml", "others", "used"),
    [
        ('arende = "TSK-7"', 0, True),
        ('arende = "TSK-7"', 1, False),
        ('arende = "TSK-7"\nregion = "LiV"', 1, True),
        (f'arende = "TSK-7"\narbetsbok = "{NAME}"', 1, True),
        (f'arende = "TSK-7"\narbetsbok = ["annan.xlsx", "{NAME.upper()}"]', 1, True),
        ('arende = "TSK-7"\narbetsbok = "annan.xlsx"', 0, False),
        (f'arende = "TSK-7"\narbetsbok = "{NAME.removesuffix(".xlsx")}"', 1, True),
        ('arende = "TSK-7"\nregion = "Region Värmland"', 1, True),
        ('arende = "TSK-7"\nregion = "värmland"', 1, True),
    ],
)
def test_an_adjacent_order_file_is_used_if_it_names_the_workbook(tmp_path, toml, others, used):
    for number in range(others):
        (tmp_path / f"annan-{number}.xlsx").write_bytes(b"")

    reading = read_beside(tmp_path, toml)

    details = reading.underlag.details
    assert (details.case_number is not None) == used
    assert (details.order_file is not None) == used
    assert ("BST038" in {f.code for f in reading.findings}) != used


@pytest.mark.parametrize(
    ("toml", "word"),
    [
        ('arende = "TSK-7"\nregion = "RVN"', "regionen RVN"),
        ('arende = "TSK-7"\nregion = "LiV"\ndatum = 2027-01-14', "2027-01-14"),
    ],
)
def test_an_adjacent_order_file_of_another_region_or_a_passed_day_is_skipped_with_a_warning(
    tmp_path, toml, word
):
    now = datetime(2027, 1, 15, tzinfo=STOCKHOLM)
    reading = read_beside(tmp_path, toml, now=now)

    (found,) = reading.findings
    assert found.code == "BST037"
    assert word in found.message
    assert reading.underlag.details.case_number is None
    asked = read(tmp_path / NAME, Options(order_file=tmp_path / "bestallning.toml", now=now))
    assert asked.underlag.details.case_number.text == "TSK-7"


def test_a_file_name_that_is_no_text_is_reported(tmp_path):
    assert "FIL013" in {f.code for f in read_beside(tmp_path, "arbetsbok = 7\nregion = 'LiV'").findings}


def read_beside(tmp_path, toml, text=STANDARD, name=NAME, **options):
    path = tmp_path / name
    path.write_bytes(workbook(text))
    (tmp_path / "bestallning.toml").write_text(toml, encoding="utf-8")
    return read(path, Options(**options))


@pytest.mark.parametrize(
    "stem", ["granskad-Underlag-for-TAKning-Intygstjanster-NTjP-PROD-LiV", f"rattad-{NAME[:-5]}"]
)
@pytest.mark.parametrize("toml", ['arende = "TSK-7"', f'arende = "TSK-7"\narbetsbok = "{NAME}"'])
def test_our_own_copies_of_a_workbook_share_its_order_file(tmp_path, stem, toml):
    (tmp_path / f"{stem}.xlsx").write_bytes(workbook(STANDARD))

    assert read_beside(tmp_path, toml).underlag.details.order_file is not None
    assert read(tmp_path / f"{stem}.xlsx").underlag.details.order_file is not None


@pytest.mark.parametrize("region", ["Region Värmland", "Landstinget i Värmland", "liv"])
def test_names_of_one_region_do_not_contradict_each_other(tmp_path, region):
    toml = f'arende = "TSK-7"\nregion = "{region}"'

    assert read_beside(tmp_path, toml).underlag.details.contradictions == ()


def test_an_adjacent_order_file_is_found(tmp_path):
    reading = read_beside(tmp_path, TOML, STANDARD + ORDER_SHEET)
    found = reading.underlag.details
    assert found.environment == ("QA", "bestallning.toml", 0, 0)
    assert found.orderer.role.text == "Förvaltare"
    assert found.technical_contact.phone.text == "701740607"
    assert found.technical_contact.name == ("Tekla Fiktivsson", SHEET, 11, 2)
    assert found.remark.text == "Se förstudien"
    assert dict(found.contradictions)["environment"][0].text == "QA"
    assert told(reading) == []


def test_a_named_order_file_takes_precedence_over_an_adjacent_one(tmp_path):
    asked = tmp_path / "annan.toml"
    asked.write_text('arende = "TSK-7"\n', encoding="utf-8")
    reading = read_beside(tmp_path, TOML, order_file=asked)
    assert reading.underlag.details.case_number == ("TSK-7", "annan.toml", 0, 0)
    assert reading.underlag.details.orderer.is_empty


def test_values_of_the_order_file_are_tidied_and_reported(tmp_path):
    toml = 'arende = "TSK\u201312518"\n[bestallare]\nnamn = " Tove"\nhsa_id = "se162321000156-ex01"\n'
    reading = read_beside(tmp_path, toml)
    details = reading.underlag.details
    assert details.case_number.text == "TSK-12518"
    assert (details.orderer.name.text, details.orderer.hsa_id.text) == ("Tove", "SE162321000156-EX01")
    assert [(f.code, f.value) for f in reading.findings] == [
        ("FIL014", "TSK\u201312518"),
        ("FIL014", " Tove"),
        ("FIL014", "se162321000156-ex01"),
    ]
    assert "”arende” i bestallning.toml" in reading.findings[0].message
    assert "Före: ”TSK‹tankstreck›12518”. Efter: ”TSK-12518”" in reading.findings[0].message


@pytest.mark.parametrize(
    ("toml", "code", "word"),
    [
        ("miljo = PROD\n", "FIL010", "rad 1"),
        ('miljo = "PROD\n', "FIL010", "rad 1"),
        ("[bestallare\n", "FIL010", "rad 1"),
        ('miljö = "PROD"\n', "FIL010", "rad 1"),
        ('mijlo = "PROD"\n', "FIL012", "”mijlo”"),
        ('[bestallare]\nmejl = "a@example.se"\n', "FIL012", "”mejl”"),
        ('[bestalare]\nnamn = "a"\n', "FIL012", "”bestalare”"),
        ("arende = 1.5\n", "FIL013", "”arende”"),
        ('bestallare = "Tove"\n', "FIL012", "”bestallare”"),
        ('[miljo]\nnamn = "a"\n', "FIL013", "”miljo”"),
    ],
)
def test_faults_of_the_order_file_are_reported_in_swedish(tmp_path, toml, code, word):
    (finding,) = read_beside(tmp_path, toml).findings
    assert finding.code == code
    assert word in finding.message
    assert finding.severity is (Severity.ERROR if code == "FIL010" else Severity.WARNING)


@pytest.mark.parametrize(
    ("toml", "advice"),
    [
        ('mijlo = "PROD"\n', "Menas ”miljo”?"),
        ("[kolumer]\n", "Menas ”kolumner”?"),
        (
            '[bestallning]\nmiljo = "QA"\ndatum = 2027-03-01\n',
            "Skriv miljo och datum i början av filen, utan rubriken [bestallning].",
        ),
        (
            '[bestallare]\nnamn = "Tove"\nmiljo = "QA"\n',
            "Flytta raden med miljo till början av filen, före den första rubriken inom hakparentes.",
        ),
        (
            'bestallare = "Tove"\n',
            "Skriv [bestallare] på en egen rad, och uppgifterna på raderna under den: namn, epost, telefon, hsa_id, roll.",
        ),
        (
            '[huvudansvarig]\nskonummer = "43"\n',
            "Nycklar som betyder något: namn, epost, telefon, hsa_id, roll.",
        ),
    ],
)
def test_a_key_that_means_nothing_comes_with_what_to_write(tmp_path, toml, advice):
    (finding,) = read_beside(tmp_path, toml).findings
    assert (finding.code, finding.suggestion) == ("FIL012", advice)


def test_a_missing_or_binary_order_file_is_an_error(tmp_path):
    missing = read(workbook(STANDARD), Options(order_file=tmp_path / "saknas.toml"), name=NAME)
    assert [f.code for f in missing.findings] == ["FIL011"]
    wrong = tmp_path / "fel.toml"
    wrong.write_bytes('region = "Värmland"'.encode("cp1252"))
    assert [f.code for f in read(workbook(STANDARD), Options(order_file=wrong), name=NAME).findings] == [
        "FIL010"
    ]
