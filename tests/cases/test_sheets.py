"""Sheets and texts beside the tables as people add them, each with the verdict that it gets."""

import pytest

from tests.checks.examine import (
    NOW,
    altered,
    answered,
    below,
    between,
    column,
    examine,
    layout,
    mentions,
    verdict,
)
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag import check, read
from underlag.options import Options

FIRST = "| Tjänsteproducent (HSAID)"
SECOND_UNIT = "|  |  |  |  |  | SE162321000156-4HVV"
LAST_UNIT = "|  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |\n"

#: Verdict, what must be quoted, and a further sheet.
SHEETS = [
    ("stopp", "Rud", "## Noteringar\n| Vårdcentralen Rud ska inte med i denna omgång |"),
    ("stopp", "Gripen", "## Noteringar\n| Vänta med Gripen |"),
    ("se", "Rud", "## Noteringar\n| Ska Rud inte med? |"),
    ("se", "Rud", "## Noteringar\n| Om Rud inte hinner bli klar ska den inte med |"),
    ("se", "", "## Noteringar\n| Två av enheterna ska inte med |"),
    (
        "ren",
        "",
        """## Gamla
| Tjänsteproducent (HSAID) | Anropsadress (URL) | Tjänstekontrakt | Logisk adressat (HSAID) | Namn |
| SE162321000156-B3K | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21 | CertificateStatusUpdateForCare v3 | SE162321000156-4HVT | Tolkcentralen Värmland |""",
    ),
    (
        "se",
        "6A0X",
        """## Gamla
| Tjänsteproducent (HSAID) | Anropsadress (URL) | Tjänstekontrakt | Logisk adressat (HSAID) | Namn |
| SE162321000156-B3K | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21 | CertificateStatusUpdateForCare v3 | SE162321000156-6A0X | Gammal |""",
    ),
    (
        "ren",
        "",
        """## Backup
| Tjänsteproducent (HSAID) | Anropsadress (URL) | Tjänstekontrakt | Logisk adressat (HSAID) | Namn |
| SE162321000156-B3K | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21 | CertificateStatusUpdateForCare v3 | SE162321000156-4HVT | Tolkcentralen Värmland |""",
    ),
    (
        "se",
        "6A0X",
        """## Blad1
| SE162321000156-6A0X |
| SE162321000156-6A1X |""",
    ),
    ("ren", "", """## Blad1"""),
    (
        "ren",
        "",
        """## Blad2
| Anteckningar från mötet |
| Alla enheter är klara |""",
    ),
    (
        "stopp",
        "Rud",
        """## Blad2
| Anteckningar |
| Rud ska inte med i beställningen |""",
    ),
    (
        "se",
        "6A0X",
        """## Nya enheter
| HSA-ID | Namn |
| SE162321000156-6A0X | VC Ny |""",
    ),
    (
        "se",
        "Ej med",
        """## Ej med
| SE162321000156-4HVV | Vårdcentralen Rud |""",
    ),
    (
        "se",
        "4HVV",
        """## Avvecklade enheter
| SE162321000156-4HVV | Vårdcentralen Rud |""",
    ),
    (
        "se",
        "4HVV",
        """## Borttag
| HSA-ID |
| SE162321000156-4HVV |""",
    ),
    (
        "se",
        "6A0X",
        """## Ta bort
| HSA-ID |
| SE162321000156-6A0X |""",
    ),
    (
        "se",
        "6A0X",
        """## Kommentarer
| SE162321000156-6A0X ska också med |""",
    ),
    (
        "se",
        "Rud borttagen",
        """## Versionshistorik
| Version | Datum | Ändring |
| 0.1 | 2026-10-01 | Första utkast |
| 1.0 | 2026-11-01 | Rud borttagen |""",
    ),
    (
        "ren",
        "",
        """## Lathund
| Så här fyller du i |
| Ta bort rader som inte ska användas. |
| Skriv HSA-ID utan mellanslag, t.ex. SE2321000016-XXXX |""",
    ),
    (
        "ren",
        "",
        """## Kontrakt
| CreateDraftCertificate | 3 |
| GetCertificateAdditions | 1 |""",
    ),
    (
        "ren",
        "",
        """## Kontakter
| Namn | Telefon | E-post |
| Eva Exempelsson | 070-174 06 05 | eva@region.example.se |""",
    ),
    (
        "se",
        "6A0X",
        """## Dold
! hidden
| SE162321000156-6A0X | VC Ny |""",
    ),
    (
        "se",
        "qa.example.org",
        """## Webcert -> Vårdsystem QA
| Tjänsteproducent (HSAID) | Anropsadress (URL) | Tjänstekontrakt | Logisk adressat (HSAID) | Namn |
| SE162321000156-B3K | https://qa.example.org/x/rivtabp21 | CertificateStatusUpdateForCare v3 | SE162321000156-4HVT | Tolkcentralen Värmland |""",
    ),
    (
        "ren",
        "",
        """## HSA-lista
| SE162321000156-4HVT | N |
| SE162321000156-4HVV | N |
| SE162321000156-4HVX | N |
| SE162321000156-6A0X | N |""",
    ),
    (
        "se",
        "6a0x",
        """## Mer
| se162321000156-6a0x |""",
    ),
    (
        "se",
        "6A0X",
        """## Mer
| 162321000156-6A0X |""",
    ),
]


#: Verdict, what must be quoted, and a change of the standard workbook.
CHANGES = [
    # Headings and remarks between the rows.
    ("stopp", "Avvecklas", between("| Avvecklas |")),
    ("ren", "", between("| Nya enheter |")),
    ("ren", "", between("| Nya enheter: |")),
    ("ren", "", between("| Tillkommande enheter |")),
    ("stopp", "Borttag", between("| Borttag |")),
    ("stopp", "INTE", between("| Ska INTE med: |")),
    ("se", "Nedlagda", between("| Nedlagda enheter |")),
    ("stopp", "senare", between("| --- senare --- |")),
    ("se", "Etapp 2", between("| Etapp 2 (hösten) |")),
    ("stopp", "Ta bort", between("|  |  |  |  |  | Ta bort: | |")),
    ("stopp", "Ska tas bort", between("|  |  |  |  |  |  | Ska tas bort |")),
    ("se", "Redan", between("|  |  |  |  |  | Redan anslutna | |")),
    ("se", "Primärvård", between("| Primärvård Syd |")),
    # Below the rows.
    ("se", "läggs ner", below("| * enheten läggs ner 31/12 |")),
    ("stopp", "ska inte", below("| * = ska inte beställas |")),
    ("se", "Gripen", below("| Gripen ska inte med! |")),
    ("se", "4HVV", below("||\n| Utgår: SE162321000156-4HVV |")),
    (
        "stopp",
        "tas bort",
        below("||\n| Ska tas bort: |\n|  |  |  |  |  | SE162321000156-6A0X | Vårdcentralen Nord |"),
    ),
    ("ren", "", below("||\n| Upprättad av Eva Exempelsson 2026-12-01 |")),
    ("ren", "", below("||\n| Ifyllt av: Eva Exempelsson |\n| Datum: 2026-11-01 |")),
    ("ren", "", below("||\n| Ifyllt av: | Eva Exempelsson |\n| Datum: | 2026-11-01 |")),
    ("ren", "", below("||\n| Vid frågor ring 08-465 004 00 |")),
    ("ren", "", below("||\n| Summa |  |  |  |  | {number 3} |")),
    ("ren", "", below("||\n| Antal enheter: | {number 3} |")),
    (
        "ren",
        "",
        below(
            "||\n| Obs! Kontrollera att alla HSA-ID finns i HSA-katalogen. |\n| Ta bort rader som inte används. |"
            "\n| Rader som inte ska beställas ska inte fyllas i. |"
        ),
    ),
    # Above the headers.
    (
        "ren",
        "",
        [
            (
                2,
                FIRST,
                f"| Underlag för TAKning |\n| Fyll i alla kolumner. Ta bort exempelraden. |\n||\n{FIRST}",
            )
        ],
    ),
    (
        "ren",
        "",
        [
            (
                2,
                FIRST,
                (
                    "| Om en enhet ska tas bort anges det i kolumnen Åtgärd. |\n| Enheter som redan är anslutna ska inte "
                    f"tas med. |\n{FIRST}"
                ),
            )
        ],
    ),
    ("ren", "", [(2, FIRST, f"| Producent |  |  | Konsument |  | Adressat |  |\n{FIRST}")]),
    # Marks.
    ("stopp", "Stängd", layout("note F3 Stängd")),
    ("se", "Kolla", layout("note F3 Hej! Kolla den här")),
    ("se", "Ny url", layout("note B2 Ny url från mars")),
    ("ren", "", layout("hide columns F")),
    # Units on one sheet alone, twice, with two names.
    ("se", "4HVV", [(3, LAST_UNIT, "")]),
    ("se", "4HVV", [(2, f"|{LAST_UNIT}".replace("||", "|  |"), "")]),
    ("se", "Rud", [(3, "Vårdcentralen Rud", "Vårdcentral Rud Karlstad")]),
    # The same as above.
    ("ren", "", [(2, SECOND_UNIT, '| -"- | -"- | -"- | -"- | -"- | SE162321000156-4HVV')]),
    ("ren", "", [(2, SECOND_UNIT, "| dito |  |  |  | samma | SE162321000156-4HVV")]),
    # Other headers.
    (
        "ren",
        "",
        [(2, "| Logisk adressat (HSAID) | Namn |", "| Logisk adressat (HSA-ID) | Adressatens namn |")],
    ),
    ("ren", "", column("Kommentar", "", "", "")),
]

#: Marks that every format can hold: verdict, what must be quoted, and the change.
MARKS = [
    ("ren", "", []),
    ("se", "rad 3", layout("strike F3 G3")),
    ("se", "rad 3", layout("hide rows 3")),
    ("se", "Nej", column("Ska TAKas", "Ja", "Nej", "Ja")),
    ("stopp", "2026-10-01", column("Slutdatum", "", "{date 2026-10-01}", "")),
]


def judge(checked, expected, quoted):
    found = [(f.code, f.cell, f.message) for f in checked.findings]
    assert verdict(checked) == expected, found
    assert mentions(checked, quoted), found


@pytest.mark.parametrize(("expected", "quoted", "sheet"), SHEETS)
def test_further_sheet_gets_its_verdict(expected, quoted, sheet, tmp_path):
    text = f"{STANDARD}{ORDER_SHEET}{sheet}\n"
    checked = examine(text)
    judge(checked, expected, quoted)
    assert answered(text, checked, tmp_path) == []


@pytest.mark.parametrize(("expected", "quoted", "edits"), CHANGES)
def test_changed_sheet_gets_its_verdict(expected, quoted, edits, tmp_path):
    text = altered(*edits)
    checked = examine(text)
    judge(checked, expected, quoted)
    assert answered(text, checked, tmp_path) == []


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods", "xlsm"])
@pytest.mark.parametrize(("expected", "quoted", "edits"), MARKS)
def test_mark_in_every_format(kind, expected, quoted, edits):
    options = Options(now=NOW)
    reading = read(workbook(altered(*edits), format=kind), options, name=NAME.replace("xlsx", kind))

    judge(check(reading, options), expected, quoted)
