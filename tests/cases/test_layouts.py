"""Workbooks laid out quite otherwise, each brought to right orders by bestallning.toml alone."""

import pytest
from click.testing import CliRunner

from tests.checks.examine import examine, verdict
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag import make_orders
from underlag.cli.main import cli
from underlag.documents.account import answer_lines
from underlag.findings import Severity

URL = "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21"
WEBCERT_URL = "https://webcert.ntjp.intygstjanster.se/services/send-message-to-care/v2.0"
SHEETS = '"Vårdsystem -> Webcert", "Webcert -> Vårdsystem", "Intygstjänsten -> Webcert"'

#: Labels with their values beside them, on sheets with numbers for names; what the labels say is no word of the profile.
FORM = f"""
## 1
| Anslutning till Webcert |
||
| Journalsystemets id: | SE162321000156-4H4F |
| Journalsystemet heter: | Landstinget i Värmland -- Cosmic |
| Anropar: | CreateDraftCertificate |
|  | ListCertificatesForCareWithQA |
| I version: | 3 |

## 2
| Svar skickas till: | SE162321000156-B3K |
| Svarande system heter: | Landstinget i Värmland -- Proxy |
| På webbadress: | {URL} |
| Anropar: | CertificateStatusUpdateForCare v3 |
| Kontaktperson: | Eva Exempelsson |
| För enheterna: | SE162321000156-4HVT |
|  | SE162321000156-4HVV |
|  | SE162321000156-4HVX |
| Enheterna heter: | Tolkcentralen Värmland |
|  | Vårdcentralen Rud |
|  | Vårdcentralen Gripen |

## 3
| Anropar: | SendMessageToCare v2 |
| Svarar: | SE5565594230-B8N |
"""
FORM_ANSWERS = """
[flikar]
"1" = "Vårdsystem -> Webcert"
"2" = "Webcert -> Vårdsystem"
"3" = "Intygstjänsten -> Webcert"

[kolumner]
"Journalsystemets id:" = "konsument"
"Journalsystemet heter:" = "konsumentens namn"
"Anropar:" = "tjänstekontrakt"
"I version:" = "version"
"Svar skickas till:" = "producent"
"Svarande system heter:" = "producentens namn"
"På webbadress:" = "anropsadress"
"För enheterna:" = "logisk adressat"
"Enheterna heter:" = "adressatens namn"
"Svarar:" = "producent"
"""

#: Each unit in a column of its own, with headers in English.
TRANSPOSED = f"""
## System
| Caller | SE162321000156-4H4F |  |
| Caller name | Landstinget i Värmland -- Cosmic |  |
| Service | CreateDraftCertificate v3 | ListCertificatesForCareWithQA v3 |

## Units
| Listener | SE162321000156-B3K |  |  |
| Listener name | Landstinget i Värmland -- Proxy |  |  |
| Endpoint address | {URL} |  |  |
| Unit | SE162321000156-4HVT | SE162321000156-4HVV | SE162321000156-4HVX |
| Unit name | Tolkcentralen Värmland | Vårdcentralen Rud | Vårdcentralen Gripen |

## Messages
| Unit | SE162321000156-4HVT | SE162321000156-4HVV | SE162321000156-4HVX |
| Unit name | Tolkcentralen Värmland | Vårdcentralen Rud | Vårdcentralen Gripen |
"""
TRANSPOSED_ANSWERS = """
[flikar]
"System" = "Vårdsystem -> Webcert"
"Units" = "Webcert -> Vårdsystem"
"Messages" = "Intygstjänsten -> Webcert"

[kolumner]
"Caller" = "konsument"
"Caller name" = "konsumentens namn"
"Service" = "tjänstekontrakt"
"Listener" = "producent"
"Listener name" = "producentens namn"
"Endpoint address" = "anropsadress"
"Unit" = "logisk adressat"
"Unit name" = "adressatens namn"
"""

#: All directions in one table, told apart by the contract, which is written once for several rows.
ONE_TABLE = f"""
## TAKning 2027
| Beställning av anslutning |
||
| Anropare | Anropare klartext | Svarar | Svarar klartext | Svarsadress | Tjänst | Mottagare HSA | Klartext |
| SE162321000156-4H4F | Landstinget i Värmland -- Cosmic |  |  |  | CreateDraftCertificate v3\\nListCertificatesForCareWithQA v3 | 5565594230-WEBCERT | Inera - Webcert |
| SE5565594230-B8N |  | SE162321000156-B3K | Landstinget i Värmland -- Proxy | {URL} | CertificateStatusUpdateForCare v3 | SE162321000156-4HVT | Tolkcentralen Värmland |
| SE5565594230-B8N |  | SE162321000156-B3K |  | {URL} | CertificateStatusUpdateForCare v3 | SE162321000156-4HVV | Vårdcentralen Rud |
| SE5565594230-B8N |  | SE162321000156-B3K |  | {URL} | CertificateStatusUpdateForCare v3 | SE162321000156-4HVX | Vårdcentralen Gripen |
| SE5565594230-B31 |  | SE5565594230-B8N |  | {WEBCERT_URL} | SendMessageToCare v2 | SE162321000156-4HVT | Tolkcentralen Värmland |
|  |  |  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |
|  |  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |
"""
ONE_TABLE_ANSWERS = f"""
[flikar]
"TAKning 2027" = [{SHEETS}]

[kolumner]
"Anropare" = "konsument"
"Anropare klartext" = "konsumentens namn"
"Svarar" = "producent"
"Svarar klartext" = "producentens namn"
"Svarsadress" = "anropsadress"
"Tjänst" = "tjänstekontrakt"
"Mottagare HSA" = "logisk adressat"
"Klartext" = "adressatens namn"
"""

#: A table below another on one sheet, each under the title of its direction.
SECTIONS = f"""
## Blad1
| Underlag |
||
| Vårdsystem till Webcert |
| Konsument | Konsument (namn) | Kontrakt |
| SE162321000156-4H4F | Landstinget i Värmland -- Cosmic | CreateDraftCertificate v3 |
|  |  | ListCertificatesForCareWithQA v3 |
||
| Webcert till vårdsystem |
| Producent | Producent (namn) | Anropsadress | Konsument | Kontrakt | Enhet (HSAID) | Namn |
| SE162321000156-B3K | Landstinget i Värmland -- Proxy | {URL} | SE5565594230-B8N | CertificateStatusUpdateForCare v3 | SE162321000156-4HVT | Tolkcentralen Värmland |
|  |  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |
|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |
||
| Intygstjänsten till Webcert |
| Producent | Anropsadress | Konsument | Kontrakt | Enhet (HSAID) | Namn |
| SE5565594230-B8N | {WEBCERT_URL} | SE5565594230-B31 | SendMessageToCare v2 | SE162321000156-4HVT | Tolkcentralen Värmland |
|  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |
|  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |
"""
SECTIONS_ANSWERS = f'[flikar]\n"Blad1" = [{SHEETS}]\n'

LAYOUTS = {
    "labels": (FORM, FORM_ANSWERS),
    "transposed": (TRANSPOSED, TRANSPOSED_ANSWERS),
    "one table": (ONE_TABLE, ONE_TABLE_ANSWERS),
    "sections": (SECTIONS, SECTIONS_ANSWERS),
}
#: A name that says nothing, and the name that the guide asks for.
NAMES = ("Anslutning Webcert.xlsx", NAME)


def told(checked):
    """Return errors and warnings."""
    return [(f.code, f.sheet, f.cell) for f in checked.findings if f.severity is not Severity.INFO]


def placed(checked):
    """Return of each order its component, its addresses and contracts, and its addressees and consumers."""
    return [
        (
            order.kind,
            order.component.hsa_id,
            [address.url for address in order.addresses],
            sorted(contract.title for contract in order.contracts),
            sorted(addressee.hsa_id for addressee in order.addressees),
        )
        for order in make_orders(checked)
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("text", "answers"), LAYOUTS.values(), ids=LAYOUTS)
def test_any_layout_gives_the_same_orders_with_answers(tmp_path, text, answers, name):
    path = tmp_path / "svar.toml"
    path.write_text(answers, encoding="utf-8")
    before = examine(text + ORDER_SHEET, name=name)
    checked = examine(text + ORDER_SHEET, name=name, order_file=path)

    assert before.blocked
    assert told(checked) == []
    assert placed(checked) == placed(examine(STANDARD + ORDER_SHEET))


@pytest.mark.parametrize(("text", "answers"), LAYOUTS.values(), ids=LAYOUTS)
def test_the_sheets_are_proposed_by_what_they_hold(text, answers):
    lines = answer_lines(examine(text + ORDER_SHEET).account)
    proposed = [line for line in lines if "->" in line and not line.startswith("#")]

    assert proposed
    assert all(line in answers for line in proposed)


def test_columns_of_a_sheet_that_is_not_read_are_listed(tmp_path):
    path = tmp_path / "Anslutning.xlsx"
    path.write_bytes(workbook(ONE_TABLE + ORDER_SHEET))
    result = CliRunner().invoke(cli, ["kolumner", str(path), "--tidpunkt", "2027-01-15T10:00"])

    assert result.exit_code == 1
    assert "TAKning 2027: läses inte" in result.output
    assert "kolumn E ”Svarsadress”: inte förstådd" in result.output
    assert "FLI001 Fliken ”Webcert -> Vårdsystem” saknas." in result.output
    assert f'"TAKning 2027" = [{SHEETS}]' in result.output


def test_columns_may_be_answered_before_their_sheet_is(tmp_path):
    path = tmp_path / "svar.toml"
    path.write_text("".join(ONE_TABLE_ANSWERS.partition("[kolumner]")[1:]), encoding="utf-8")
    checked = examine(ONE_TABLE + ORDER_SHEET, order_file=path)

    assert "FIL017" not in {f.code for f in checked.findings}
    assert any(item.decided and item.meaning == "url" for _, item in checked.account.items())


def test_a_file_that_is_no_workbook_is_reported(tmp_path):
    path = tmp_path / "Anslutning.xlsx"
    path.write_bytes(b"text")
    result = CliRunner().invoke(cli, ["kolumner", str(path)])

    assert result.exit_code == 1
    assert "FIL" in result.output


def test_two_sheets_that_fit_equally_well_are_told_apart_by_an_answer(tmp_path):
    text = f"{STANDARD}{ORDER_SHEET}\n## Webcert->vårdsystem\n| Anteckningar | Gamla |\n"
    before = examine(text)
    lines = answer_lines(before.account)
    answers = tmp_path / "svar.toml"
    answers.write_text("\n".join(lines), encoding="utf-8")

    assert [found.code for found in before.findings if found.code == "FLI002"] == ["FLI002"]
    assert '"Webcert -> Vårdsystem" = "Webcert -> Vårdsystem"' in lines
    assert told(examine(text, order_file=answers)) == []


# --- What labels beside a form's own say ---------------------------------------------------------------------------

UNITS = f"""
## Webcert -> Vårdsystem
| Tjänsteproducent (HSAID) | SE162321000156-B3K |
| Tjänsteproducent (namn) | Landstinget i Värmland -- Proxy |
| Anropsadress (URL) | {URL} |
| Vårdenhet (HSAID) | SE162321000156-4HVT | SE162321000156-4HVV | SE162321000156-4HVX |
| Vårdenhetens namn | Tolkcentralen Värmland | Vårdcentralen Rud | Vårdcentralen Gripen |
"""
LABELS = [
    ("ren", "| Kontaktperson | Eva Exempelsson |", 3),
    ("ren", "| Ska TAKas | Ja |", 3),
    ("ren", "| Version | 3 |", 3),
    ("se", "| Ska TAKas | Ja | Nej | Ja |", 2),
    ("stopp", "| Beställs | x |  | x |", 0),
    ("stopp", "| Kommentar |  | utgår |  |", 0),
    ("stopp", "| Version | 2 |", 0),
    ("stopp", "| Miljö | QA |", 0),
    ("stopp", "| Slutdatum | 2026-06-30 |", 0),
    ("se", "| Noterat | nytt |", 3),
    ("ren", "| Ta bort | Nej |", 3),
    ("se", "| Ta bort | Kanske |", 3),
    ("ren", "| Typ av ändring | Ny |", 3),
]


@pytest.mark.parametrize(("expected", "line", "ordered"), LABELS)
def test_labels_that_are_not_the_profiles_are_judged(tmp_path, expected, line, ordered):
    parts = STANDARD.split("## ")
    contract = "| Tjänstekontrakt | CertificateStatusUpdateForCare |\n"
    text = f"## {parts[1]}{UNITS}{contract}{line}\n## {parts[3]}{ORDER_SHEET}"
    checked = examine(text)
    answers = tmp_path / "svar.toml"
    answers.write_text("\n".join(answer_lines(checked.account)), encoding="utf-8")

    assert verdict(checked) == expected, [(f.code, f.message) for f in checked.findings]
    assert len(checked.entries.get("webcert-vardsystem", ())) == ordered
    if expected != "ren" and "| Version" not in line:
        assert told(examine(text, order_file=answers)) == []


@pytest.mark.parametrize(
    ("line", "quoted", "removed"),
    [
        ("| Ta bort |  | x |  |", "x (C6)", ["4HVV"]),
        ("| Ta bort: | x |", "x (B6)", ["4HVT", "4HVV", "4HVX"]),
        ("| Ska tas bort? | Ja |", "Ja (B6)", ["4HVT", "4HVV", "4HVX"]),
        ("| Typ av ändring | Ny |  | Borttag |", "Borttag (D6)", ["4HVX"]),
    ],
)
def test_what_a_label_of_a_form_removes_is_removed_and_quoted(tmp_path, line, quoted, removed):
    parts = STANDARD.split("## ")
    checked = examine(f"## {parts[1]}{UNITS}{line}\n## {parts[3]}{ORDER_SHEET}")
    (found,) = [f for f in checked.findings if f.code == "FLI043"]
    path = tmp_path / "svar.toml"
    path.write_text("\n".join(answer_lines(checked.account)), encoding="utf-8")
    again = examine(f"## {parts[1]}{UNITS}{line}\n## {parts[3]}{ORDER_SHEET}", order_file=path)

    assert quoted in found.message
    for one in (checked, again):
        entries = one.entries["webcert-vardsystem"]
        assert [
            e.addressee.text[-4:] for e in entries if e.action and "bort" in e.action.text.casefold()
        ] == removed
    assert "FLI043" not in {f.code for f in again.findings}


def test_a_unit_of_a_form_with_a_column_for_each_is_left_out_alone(tmp_path):
    parts = STANDARD.split("## ")
    text = f"## {parts[1]}{UNITS}| Kommentar |  | utgår |  |\n## {parts[3]}{ORDER_SHEET}"
    path = tmp_path / "svar.toml"
    path.write_text('[beslut]\n"Webcert -> Vårdsystem!C6: utgår" = "utan"\n', encoding="utf-8")
    left = examine(text, order_file=path)
    path.write_text('[beslut]\n"Webcert -> Vårdsystem!C6: utgår" = "ta bort"\n', encoding="utf-8")
    removed = examine(text, order_file=path).entries["webcert-vardsystem"]

    assert [e.addressee.text[-4:] for e in left.entries["webcert-vardsystem"]] == ["4HVT", "4HVX"]
    assert [e.addressee.text[-4:] for e in removed if e.action and e.action.text] == ["4HVV"]


@pytest.mark.parametrize("mark", ["note C4 Ska inte med!", "strike C4", "hide rows 4"])
def test_marks_on_the_values_of_a_form_are_seen(mark):
    parts = STANDARD.split("## ")
    text = f"## {parts[1]}{UNITS}! {mark}\n## {parts[3]}{ORDER_SHEET}"

    assert verdict(examine(text)) != "ren"


def test_headers_of_all_directions_may_be_answered_on_a_shared_sheet(tmp_path):
    text = ONE_TABLE.replace("| Klartext |", "| Klartext | Noterat |", 1).replace("Rud |", "Rud | nytt |")
    path = tmp_path / "svar.toml"
    path.write_text(ONE_TABLE_ANSWERS, encoding="utf-8")
    checked = examine(text + ORDER_SHEET, order_file=path)
    assert {code for code, *_ in ((f.code, f.cell) for f in checked.findings if f.code == "FLI036")} == {
        "FLI036"
    }
    path.write_text(ONE_TABLE_ANSWERS + '"Noterat" = "bortse"\n', encoding="utf-8")

    assert told(examine(text + ORDER_SHEET, order_file=path)) == []


#: The units of one direction on two sheets.
SPLIT = "\n".join(
    [
        *STANDARD.partition("## Webcert -> ")[0].splitlines(),
        "## Enheter 1",
        *(UNITS_OF_ALL := STANDARD.partition("## Webcert -> ")[2].splitlines()[1:])[:3],
        "## Enheter 2",
        UNITS_OF_ALL[0],
        UNITS_OF_ALL[1].replace("4HVT", "4HVX").replace("Tolkcentralen Värmland", "Vårdcentralen Gripen"),
        "## Intygstjänsten" + STANDARD.partition("## Intygstjänsten")[2],
    ]
)
SPLIT_ANSWERS = '[flikar]\n"Enheter 1" = "Webcert -> Vårdsystem"\n"Enheter 2" = "Webcert -> Vårdsystem"\n'


def test_two_sheets_may_be_one_of_the_profiles(tmp_path):
    path = tmp_path / "svar.toml"
    path.write_text(SPLIT_ANSWERS, encoding="utf-8")
    before = examine(SPLIT + ORDER_SHEET)
    checked = examine(SPLIT + ORDER_SHEET, order_file=path)

    assert before.blocked
    assert [
        line.removeprefix("# ") for line in answer_lines(before.account) if line.startswith('# "Enh')
    ] == [line for line in SPLIT_ANSWERS.splitlines() if line.startswith('"')]
    assert told(checked) == []
    assert placed(checked) == placed(examine(STANDARD + ORDER_SHEET))
    assert [(row.sheet, row.row) for row in checked.underlag.flows[1].entries] == [
        ("Enheter 1", 2),
        ("Enheter 1", 3),
        ("Enheter 2", 2),
    ]


def test_a_faulty_row_of_the_second_of_two_sheets_is_left_out_everywhere(tmp_path):
    path = tmp_path / "svar.toml"
    path.write_text(SPLIT_ANSWERS, encoding="utf-8")
    faulty = SPLIT.replace(
        "SE162321000156-4HVX | Vårdcentralen Gripen |\n## Int", "X | Vårdcentralen Gripen |\n## Int"
    )
    checked = examine(faulty + ORDER_SHEET, order_file=path, skip_faulty=True)

    assert not checked.blocked
    assert [(left.entry.sheet, left.entry.row) for left in checked.left_out] == [
        ("Enheter 2", 2),
        ("Intygstjänsten -> Webcert", 4),
    ]
    assert {len(addressees) for *_, addressees in placed(checked)[1:]} == {2}


def test_a_note_on_the_second_of_two_sheets_concerns_its_own_rows(tmp_path):
    path = tmp_path / "svar.toml"
    path.write_text(
        SPLIT_ANSWERS + '[beslut]\n"Enheter 2!kommentar F2: Ska inte med!" = "utan"\n', encoding="utf-8"
    )
    text = SPLIT.replace("\n## Intyg", "\n! note F2 Ska inte med!\n## Intyg")
    assert "FLI037" in {
        f.code for f in examine(text + ORDER_SHEET, order_file=_only_sheets(tmp_path)).findings
    }
    checked = examine(text + ORDER_SHEET, order_file=path)

    assert told(checked) == []
    assert [sorted(addressees) for *_, addressees in placed(checked)[1:]] == [
        ["SE162321000156-4HVT", "SE162321000156-4HVV"]
    ] * 2


def _only_sheets(folder):
    path = folder / "flikar.toml"
    path.write_text(SPLIT_ANSWERS, encoding="utf-8")
    return path


def test_sheets_that_share_their_tables_may_be_several(tmp_path):
    """Two sheets, each with all directions for some of the units."""
    path = tmp_path / "svar.toml"
    path.write_text(f'[flikar]\n"Del 1" = [{SHEETS}]\n"Del 2" = [{SHEETS}]\n', encoding="utf-8")
    first, second = SECTIONS.replace("## Blad1", "## Del 1"), SECTIONS.replace("## Blad1", "## Del 2")
    drop = lambda text, *ids: "\n".join(line for line in text.splitlines() if not any(i in line for i in ids))  # noqa: E731 - used here alone
    first = drop(first, "4HVX")
    second = second.replace("4HVT", "4HVX").replace("Tolkcentralen Värmland", "Vårdcentralen Gripen")
    second = drop(second, "4HVV", "|  |  |  |  |  | SE162321000156-4HVX", "|  |  |  |  | SE162321000156-4HVX")
    checked = examine(first + "\n" + second + ORDER_SHEET, order_file=path)

    assert [sorted(addressees) for *_, addressees in placed(checked)[1:]] == [
        ["SE162321000156-4HVT", "SE162321000156-4HVV", "SE162321000156-4HVX"]
    ] * 2
