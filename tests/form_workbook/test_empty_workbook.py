import hashlib
import subprocess
import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

import underlag
from underlag.findings import Severity, kind
from underlag.form_workbook import UnusableRegionError, empty_workbook, file_name
from underlag.options import STOCKHOLM, Options
from underlag.profiles import profiles, standard_profile

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2027, 1, 4, 9, 0, tzinfo=STOCKHOLM)
CASES = [(profile, spec) for profile in profiles().values() for spec in profile.environments]
IDS = [f"{profile.key}-{spec.key}" for profile, spec in CASES]

PERSONS = {
    "Datum": "2027-03-01",
    "Ärendenummer": "TSK-12518",
    "Beställare, namn": "Tove Exempelsson",
    "Beställare, e-post": "tove@region.example.se",
    "Beställare, telefon": "070-174 06 05",
    "Huvudansvarig, namn": "Hugo Provsson",
    "Huvudansvarig, e-post": "hugo@region.example.se",
    "Huvudansvarig, telefon": "070-174 06 06",
    "Teknisk kontaktperson, namn": "Tekla Fiktivsson",
    "Teknisk kontaktperson, e-post": "tekla@region.example.se",
    "Teknisk kontaktperson, telefon": "070-174 06 07",
    "Teknisk support, e-post": "support@region.example.se",
    "Teknisk support, telefon": "08-465 004 00",
}
UNITS = [
    ("SE162321000156-4HVT", "Tolkcentralen Värmland"),
    ("SE162321000156-4HVV", "Vårdcentralen Rud"),
    ("SE162321000156-4HVX", "Vårdcentralen Gripen"),
]
URL = "https://tph2.liv.sjunet.org:50001/FormStatusUpdate/3_0/rivtabp21"


def columns(profile, environment, sheet):
    """The columns of a sheet in the empty workbook, without optional ones whose value is fixed."""
    fixed = {
        one.role for flow in profile.flows for one in flow.fixed if one.environment in ("*", environment.key)
    }
    known = {*fixed, *(f"{role}_name" for role in fixed), "contract", "rivta_profile"}
    return [column for column in sheet.columns if column.in_form or column.role not in known]


def made(profile, environment) -> bytes:
    return empty_workbook(profile, environment, "LiV", NOW)


def header_cells(sheet, titles):
    """The cell of each header by its title, in the row that has them all."""
    for row in sheet.iter_rows():
        found = {cell.value: cell for cell in row if cell.value in titles}
        if len(found) == len(titles):
            return found
    raise AssertionError(f"{sheet.title} has no row with {titles}")


def fill(book, name, rows):
    """Write rows (a dict per row, by header) below the headers; omitted cells keep their content."""
    sheet = book[name]
    for at, row in enumerate(rows, 1):
        headers = header_cells(sheet, set(row))
        for title, value in row.items():
            headers[title].offset(at).value = value


def fill_form(book, values):
    sheet = book["Beställning"]
    labels = {row[0].value: row[1] for row in sheet.iter_rows(min_col=1, max_col=2)}
    for label, value in values.items():
        labels[label].value = value


def saved(book) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def checked(content, name):
    options = Options(now=NOW)
    return underlag.check(underlag.read(content, options, name=name), options)


def weighty(result):
    return [(f.code, f.sheet, f.cell, f.message) for f in result.findings if f.severity is not Severity.INFO]


@pytest.mark.parametrize(("profile", "environment"), CASES, ids=IDS)
def test_every_sheet_and_column_is_found_again(profile, environment):
    reading = underlag.read(made(profile, environment), name=file_name(profile, environment, "LiV"))

    assert reading.underlag.profile == profile
    assert (reading.underlag.environment, reading.underlag.region) == (environment.key, "LiV")
    for flow in reading.underlag.flows:
        needed = [sheet for key in flow.spec.sheets if (sheet := profile.sheet(key)).required]
        expected = {column.role for sheet in needed for column in columns(profile, environment, sheet)}
        assert set(flow.columns) == expected
    # Only the values to fill in are missing.
    assert {f.code for f in reading.findings if f.severity is not Severity.INFO} == {"FLI006"}
    assert not [f.code for f in reading.findings if f.severity is Severity.INFO]


@pytest.mark.parametrize(("profile", "environment"), CASES, ids=IDS)
def test_headers_and_fixed_values_are_those_of_the_profile(profile, environment):
    book = load_workbook(BytesIO(made(profile, environment)))

    assert book.sheetnames == ["Beställning", *(sheet.title for sheet in profile.sheets)]
    for spec in profile.sheets:
        header_cells(book[spec.title], {column.title for column in columns(profile, environment, spec)})
    for flow in profile.flows:
        for fixed in flow.fixed:
            sheet = profile.sheet(flow.sheets[0])
            column = sheet.column(fixed.role)
            if column not in columns(profile, environment, sheet):
                continue
            below = header_cells(book[sheet.title], {column.title})[column.title].offset(1).value
            assert below == (fixed.value if fixed.environment in ("*", environment.key) else None)


def test_required_contracts_have_rows_and_optional_ones_are_mentioned():
    profile = standard_profile()
    book = load_workbook(BytesIO(made(profile, profile.environments[0])))

    sheet = book["Vårdsystem -> Webcert"]
    contract = header_cells(sheet, {"Tjänstekontrakt"})["Tjänstekontrakt"]
    texts = [row[0] for row in sheet.iter_rows(max_row=contract.row, max_col=1, values_only=True) if row[0]]
    assert [contract.offset(1).value, contract.offset(2).value] == ["CreateDraftCertificate v3", None]
    assert any("ListCertificatesForCareWithQA v3" in text for text in texts)


def test_a_profile_of_which_every_contract_is_optional_lists_them_all():
    profile = profiles()["bulktakning"]
    book = load_workbook(BytesIO(made(profile, profile.environments[0])))

    contract = header_cells(book["Tjänstekontrakt"], {"Tjänstekontrakt", "URL"})["Tjänstekontrakt"]
    assert [contract.offset(at).value for at in (1, 2, 3, 4)] == [
        *(spec.title for spec in profile.contracts),
        None,
    ]


def test_cells_are_text_and_have_help():
    profile = standard_profile()
    book = load_workbook(BytesIO(made(profile, profile.environments[0])))

    for spec in profile.sheets:
        sheet = book[spec.title]
        headers = header_cells(
            sheet, {column.title for column in columns(profile, profile.environments[0], spec)}
        )
        for column in columns(profile, profile.environments[0], spec):
            cell = headers[column.title].offset(5)
            (dimension,) = [d for d in sheet.column_dimensions.values() if d.min <= cell.column <= d.max]
            assert dimension.number_format == "@"
            (rule,) = [v for v in sheet.data_validations.dataValidation if cell.coordinate in v.sqref]
            assert rule.prompt
            assert rule.promptTitle
            assert (rule.type == "list") == (column.role in {"contract", "rivta_profile", "action"})
        first = headers[spec.columns[0].title]
        assert sheet.freeze_panes == f"A{first.row + 1}"
        assert sheet.print_title_rows == f"${first.row}:${first.row}"


def test_help_agrees_with_reading_and_findings():
    profile = standard_profile()
    book = load_workbook(BytesIO(made(profile, profile.environments[0])))
    prompts = {
        rule.promptTitle: rule.prompt for sheet in book for rule in sheet.data_validations.dataValidation
    }
    named = " ".join(prompts["Konsument (namn)"].split())

    assert all(
        "Gäller bara den egna raden" in rule.prompt
        for sheet in book
        if sheet.title != "Beställning"
        for rule in sheet.data_validations.dataValidation
        if rule.promptTitle == "Åtgärd"
    )
    for words in ("så som det heter i TAK", "Är det nytt där: så som det står i HSA-katalogen"):
        assert words in named
        assert words in kind("KOM011").mend
    assert not any(prompt.endswith("…") for prompt in prompts.values())


def test_lists_offer_values_that_reading_accepts():
    profile = standard_profile()
    book = load_workbook(BytesIO(made(profile, profile.environments[0])))
    lists = {
        rule.promptTitle: rule.formula1.strip('"').split(",")
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list" and sheet.title in ("Beställning", "Vårdsystem -> Webcert")
    }

    assert lists == {
        "Miljö": ["PROD", "QA", "TEST", "SLL-PROD", "SLL-QA"],
        "Åtgärd": ["Lägg till", "Ta bort"],
        "Tjänstekontrakt": ["CreateDraftCertificate v3", "ListCertificatesForCareWithQA v3"],
    }


def test_a_filled_in_workbook_is_right_at_once():
    profile = standard_profile()
    environment = profile.environment("PROD")
    book = load_workbook(BytesIO(made(profile, environment)))
    fill_form(book, PERSONS)
    fill(
        book,
        "Vårdsystem -> Webcert",
        [
            {"Konsument (HSAID)": "SE162321000156-4H4F", "Konsument (namn)": "Region Värmland -- Journal"},
            {"Tjänstekontrakt": "ListCertificatesForCareWithQA v3"},
        ],
    )
    first = {
        "Tjänsteproducent (HSAID)": "SE162321000156-B3K",
        "Tjänsteproducent (namn)": "Region Värmland -- Proxy",
        "Anropsadress (URL)": URL,
    }
    units = [{"Logisk adressat (HSAID)": hsa_id, "Namn": name} for hsa_id, name in UNITS]
    fill(book, "Webcert -> Vårdsystem", [first | units[0], *units[1:]])

    result = checked(saved(book), file_name(profile, environment, "LiV"))

    assert weighty(result) == []
    orders = underlag.make_orders(result)
    assert [(o.kind, [c.title for c in o.contracts], len(o.addressees)) for o in orders] == [
        ("consumer", ["CreateDraftCertificate v3", "ListCertificatesForCareWithQA v3"], 1),
        ("producer", ["CertificateStatusUpdateForCare v3"], 3),
        ("producer", ["SendMessageToCare v2"], 3),
    ]


def test_a_filled_in_workbook_of_the_other_profile_is_right_at_once():
    profile = profiles()["bulktakning"]
    environment = profile.environment("PROD")
    book = load_workbook(BytesIO(made(profile, environment)))
    fill_form(book, PERSONS)
    fill(
        book,
        "Konsumenter",
        [
            {
                "Tjänstekonsument": "SE162321000156-4H4F",
                "Namn för Tjänstekonsument": "Region Värmland -- Remiss",
            }
        ],
    )
    fill(
        book,
        "Tjänstekontrakt",
        [{"URL": f"https://tph2.liv.sjunet.org:50001/remiss/{part}"} for part in ("fraga", "kvitto", "svar")],
    )
    fill(
        book,
        "Tjänsteproducent",
        [
            {
                "Tjänsteproducent": "SE162321000156-B3K",
                "Namn för Tjänsteproducent": "Region Värmland -- Proxy",
            }
        ],
    )
    fill(book, "Logiska adresser", [{"Logisk adress": hsa_id, "Namn": name} for hsa_id, name in UNITS])

    result = checked(saved(book), file_name(profile, environment, "LiV"))

    assert weighty(result) == []
    assert {c.name for order in underlag.make_orders(result) for c in order.contracts} == {
        spec.name for spec in profile.contracts
    }


def test_same_input_gives_the_same_bytes():
    profile = standard_profile()
    environment = profile.environments[0]

    assert made(profile, environment) == made(profile, environment)
    assert made(profile, environment) != empty_workbook(profile, environment, "RJH", NOW)


def test_contracts_too_many_for_a_short_list_are_offered_from_a_hidden_sheet():
    profile = standard_profile()
    flow = profile.flows[0]
    spec = profile.contracts[0]
    names = [f"CreateDraftCertificateForAnEvenLongerPurpose{at}" for at in range(12)]
    contracts = tuple(
        spec._replace(name=name, namespace=spec.namespace.replace("CreateDraftCertificate", name))
        for name in names
    )
    stated = tuple(flow.contracts[0]._replace(title=c.title) for c in contracts)
    larger = profile._replace(
        contracts=(*profile.contracts, *contracts),
        flows=(flow._replace(contracts=stated), *profile.flows[1:]),
    )

    book = load_workbook(BytesIO(made(larger, larger.environments[0])))

    lists = book["Listor"]
    assert lists.sheet_state == "hidden"
    assert [row[0] for row in lists.iter_rows(values_only=True)] == [c.title for c in contracts]
    rules = book["Vårdsystem -> Webcert"].data_validations.dataValidation
    assert "Listor!$A$1:$A$12" in {rule.formula1.lstrip("=") for rule in rules if rule.formula1}


@pytest.mark.parametrize("region", ["LiV", "Region Värmland", "RJH", "Å-län", "R&D enhet", "7H"])
def test_file_name_states_environment_and_region(region):
    profile = standard_profile()
    for environment in profile.environments:
        assert file_name(profile, environment, region).endswith(f" NTjP {environment.key}-{region}.xlsx")


@pytest.mark.parametrize(
    "region",
    [
        "",
        "a/b",
        "..",
        "a\\b",
        "C:",
        "x" * 41,
        "PROD",
        "Värmland kopia",
        "LiV v2",
        "[LT]",
        "a\nb",
        "-",
        "VGR+",
    ],
)
def test_regions_that_no_file_name_can_state_are_refused(region):
    profile = standard_profile()

    with pytest.raises(UnusableRegionError):
        file_name(profile, profile.environments[0], region)


def test_bytes_do_not_depend_on_what_else_is_installed():
    code = (
        "import hashlib, sys; sys.modules.update(dict.fromkeys(['lxml', 'numpy']));"
        "from tests.form_workbook.test_empty_workbook import made, standard_profile;"
        "profile = standard_profile(); content = made(profile, profile.environments[0]);"
        "print(hashlib.sha256(content).hexdigest())"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT, encoding="utf-8"
    )

    profile = standard_profile()

    assert process.stdout.strip() == hashlib.sha256(made(profile, profile.environments[0])).hexdigest()


def test_texts_that_look_like_formulas_stay_texts():
    profile = standard_profile()
    first, *others = profile.sheets
    column, *rest = first.columns
    renamed = first._replace(columns=(column._replace(title="=1+1\x07"), *rest))
    profile = profile._replace(sheets=(renamed, *others))

    book = load_workbook(BytesIO(made(profile, profile.environments[0])))

    assert header_cells(book[first.title], {"=1+1"})["=1+1"].data_type == "s"
