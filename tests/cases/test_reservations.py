"""Texts that limit, postpone, extend or withdraw an order, and references to a sheet that say more, each with its verdict.

` ; ` parts cells and ` // ` rows.
"""

import pytest

from tests.cases.test_texts import judge, lines, placed
from tests.checks.examine import altered, examine
from tests.support.case_tables import case_rows
from tests.support.tables import ORDER_SHEET, STANDARD

#: Verdict, place, text and what must be quoted. The units are Vårdcentralen Rud (row 3), Vårdcentralen Gripen (row 4)
#: and Tolkcentralen Värmland (row 2).
TEXTS = """
| se    | below   | Rud tas senare | Rud |
| se    | below   | Vårdcentralen Rud tas senare i vår | Rud |
| se    | below   | Rad 3 tas senare | Rad 3 |
| se    | below   | Rad 3 och 4 tas i nästa omgång | Rad 3 |
| se    | below   | Enheterna 3 och 4 kommer i nästa beställning | nästa |
| se    | below   | Alla enheter i Rud kommer efter sommaren | sommaren |
| se    | below   | Resten kommer senare i år | senare |
| se    | below   | Vi vill att Rud kopplas på ett annat sätt | Rud |
| se    | below   | Röda = nästa omgång | Röda |
| se    | below   | Röd: etapp 2 | etapp 2 |
| se    | below   | Gulmarkerade tas senare | Gul |
| se    | below   | De gula är klara | gula |
| se    | below   | Grönmarkerade är klara | Grön |
| se    | below   | Gäller from 1 april | april |
| se    | below   | Öppnar först 2/3 | 2/3 |
| ren   | below   | Gäller from 1 februari |  |
| ren   | below   | Godkänd av Eva den 1 april |  |
| se    | below   | fler kommer | fler |
| se    | below   | (1 av 2) | 1 av 2 |
| se    | below   | Del 2/3 | 2/3 |
| ren   | below   | Sida 1 av 2 |  |
| ren   | below   | (1 av 1) |  |
| se    | below   | Listan är från i våras | våras |
| ren   | below   | Anslutningen testades i våras |  |
| se    | below   | Gamla adressen används tills vidare | Gamla |
| ren   | below   | Grön färg används för nya enheter |  |
| se    | below   | Bo bekräftar | Bo |
| ren   | below   | Vi bekräftar att listan stämmer |  |
| stopp | order   | Inväntar besked | besked |
| se    | below   | Färgförklaring: röd = utgår | röd |
| se    | above   | Röd text = gamla uppgifter | gamla |
| se    | below   | ListCertificatesForCareWithQA v3 ska också med | också |
| se    | below   | Dessutom tillkommer två enheter från Arvika | tillkommer |
| se    | above   | Endast Rud och Gripen | Endast |
| se    | above   | OBS endast Rud i detta steg | detta steg |
| se    | above   | Alla utom Gripen | utom |
| se    | above   | Gripen väntar till hösten | hösten |
| se    | above   | SE162321000156-4HVX exkluderas | 4HVX |
| se    | order   | Gripen väntar till hösten | hösten |
| se    | order   | OBS ; Gripen tas i nästa omgång | Gripen |
| se    | order   | Övrig information ; Allt utom Gripen | utom |
| se    | order   | Övrig information ; SE162321000156-4HVX exkluderas | 4HVX |
| se    | order   | Övrig information ; Även SE162321000156-6A0X ska med | 6A0X |
| se    | order   | Övrig information ; Konsument ska vara SE162321000156-9999 | 9999 |
| se    | order   | Övrig information ; Det här är ett utkast | utkast |
| se    | order   | Övrig information ; Vårdcentralen Rud läggs ned i maj | Rud |
| se    | order   | Övrig information ; Not all units should be included | all |
| stopp | order   | Övrig information ; Beställningen är återkallad. Ny kommer. | återkallad |
| stopp | order   | Beställningen utgår | utgår |
| stopp | above   | Beställningen dras tillbaka | tillbaka |
| se    | order   | Inte godkänd ännu | godkänd |
| ren   | order   | Övrig information ; Vårdcentralen Rud har nya lokaler |  |
| ren   | order   | Övrig information ; Ring Eva om något är oklart |  |
| ren   | order   | Övrig information ; Hör ihop med beställning TSK-11111 |  |
| ren   | above   | Underlag för Vårdcentralen Rud |  |
| ren   | above   | Endast gula fält fylls i |  |
| ren   | above   | Alla fält utom telefon är obligatoriska |  |
| ren   | above   | Namn ska också anges |  |
| ren   | above   | Beställningen handläggs senast tio arbetsdagar senare |  |
| ren   | above   | Ange bara en miljö per beställning |  |
| ren   | above   | Gult = obligatoriskt, grönt = valfritt |  |
| ren   | above   | Gul: fylls i av regionen |  |
| ren   | below   | Gulmarkerade = nya sedan sist |  |
| ren   | below   | Kontakta Eva på Vårdcentralen Rud vid frågor |  |
| ren   | below   | Rud den 20 november 2026 Eva Exempelsson |  |
| ren   | below   | Listan är hämtad ur HSA-katalogen i november |  |
"""


@pytest.mark.parametrize("row", case_rows(TEXTS), ids=" ".join)
def test_text_that_changes_the_order_gets_its_verdict(row, tmp_path):
    expected, place, text, quoted = row
    judge(altered(*placed(place, text)), expected, quoted, tmp_path)


#: Verdict, the name of a further sheet, its rows and what must be quoted.
SHEETS = """
| se  | Att göra | Rud och Gripen väntar till hösten | hösten |
| se  | Noteringar | Gripen tas med först i mars | Gripen |
| se  | Färger | Röd ; nästa omgång | nästa |
| ren | Att göra | Rud och Gripen är testade i QA |  |
| se  | Ändringshistorik | 2026-10-01 ; Rud tillagd // 2026-11-01 ; Rud borttagen | Rud borttagen |
"""


@pytest.mark.parametrize("row", case_rows(SHEETS), ids=" ".join)
def test_text_on_a_further_sheet_gets_its_verdict(row, tmp_path):
    expected, name, text, quoted = row
    judge(f"{STANDARD}{ORDER_SHEET}\n## {name}\n{lines(text)}\n", expected, quoted, tmp_path)


#: Verdict, the only cell for an addressee on the third sheet, and what must be quoted.
REFERENCES = """
| ren   | Samma som flik 2 |  |
| ren   | Samma som fliken Webcert -> Vårdsystem |  |
| ren   | Samma som flik 2 (Webcert -> Vårdsystem) |  |
| ren   | Se flik 2. |  |
| ren   | Alla enheter |  |
| ren   | Samma adressater och namn som på flik 2 |  |
| stopp | Samma som flik 2 utom Gripen | utom Gripen |
| stopp | Samma som flik 2, förutom Gripen | förutom Gripen |
| stopp | Samma som flik 2 men inte Gripen | men inte Gripen |
| stopp | Se flik 2, dock ej Gripen | dock ej Gripen |
| stopp | Samma som flik 2 samt SE162321000156-6A0X | 6A0X |
| stopp | Samma som flik 2 och SE162321000156-6A0X VC Nord | 6A0X |
| stopp | Samma som flik 2 (ej Gripen) | ej Gripen |
| stopp | Alla enheter utom Gripen | utom Gripen |
| stopp | Samma som flik 2 - Gripen tas senare | Gripen tas senare |
| stopp | Samma enheter som ovan, plus VC Nord | plus VC Nord |
"""


def third_sheet(*, addressee="", below=""):
    """Return the edits that leave the third sheet without units of its own."""
    units = "|  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |\n|  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"
    first = "SE162321000156-4HVT | Tolkcentralen Värmland |"
    return [(3, units, below or "||"), (3, first, f"{addressee} |  |")]


@pytest.mark.parametrize("row", case_rows(REFERENCES), ids=" ".join)
def test_reference_to_a_sheet_gets_its_verdict(row, tmp_path):
    expected, text, quoted = row
    judge(altered(*third_sheet(addressee=text)), expected, quoted, tmp_path)


def test_only_a_reference_that_says_more_is_an_error():
    def found(text):
        checked = examine(altered(*third_sheet(addressee=text)))
        return [(one.code, one.cell) for one in checked.findings if one.code == "FLI060"]

    assert found("Samma som flik 2 utom Gripen") == [("FLI060", "E2")]
    assert found("Samma som flik 2") == []


@pytest.mark.parametrize("text", ["Alla utom Rud och Gripen", "Samma enheter utom Gripen tas med här"])
def test_text_on_a_sheet_without_units_is_asked_about(text, tmp_path):
    judge(altered(*third_sheet(below=f"||\n| {text} |")), "se", "utom", tmp_path)
