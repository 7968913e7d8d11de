"""Texts beside the tables, names of units and further sheets as people write them, each with its verdict.

` ; ` parts cells and ` // ` rows.
"""

import pytest

from tests.checks.examine import LAST, altered, answered, below, between, examine, mentions, verdict
from tests.support.case_tables import case_rows
from tests.support.tables import ORDER_SHEET, STANDARD

#: Verdict, place, text and what must be quoted. Places: above the headers, between the rows and below them, among the
#: order's details, and the name of a unit.
TEXTS = """
| ren   | above   | Vänta med att fylla i flik 3 |  |
| se    | below   | Även SE162321000156-6A0Y bör med | 6A0Y |
| se    | above   | Beställningen ska pausas | Beställningen |
| se    | order   | Övrigt ; Beställningen ska pausas | Beställningen |
| se    | above   | Beställ tidigast 2027-05-01 | Beställ |
| se    | order   | Övrigt ; Beställ tidigast 2027-05-01 | Beställ |
| se    | above   | Får beställas först efter 2027-05-01 | Får |
| se    | order   | Övrigt ; Får beställas först efter 2027-05-01 | Får |
| stopp | above   | Skicka inte in detta ännu | Skicka |
| stopp | order   | Övrigt ; Skicka inte in detta ännu | Skicka |
| stopp | above   | Ej komplett | Ej |
| stopp | order   | Övrigt ; Ej komplett | Ej |
| stopp | above   | ska makuleras | ska |
| stopp | order   | Övrigt ; ska makuleras | ska |
| stopp | above   | Ersätts av nytt underlag | Ersätts |
| stopp | order   | Övrigt ; Ersätts av nytt underlag | Ersätts |
| se    | above   | Detta är QA | Detta |
| se    | order   | Övrigt ; Detta är QA | Detta |
| se    | above   | Ta bort Rud ur TAK | Ta |
| se    | order   | Övrigt ; Ta bort Rud ur TAK | Ta |
| se    | above   | Vårdcentralen Rud utgår | Vårdcentralen |
| se    | order   | Övrigt ; Vårdcentralen Rud utgår | Vårdcentralen |
| se    | above   | Rud är nedlagd | Rud |
| se    | order   | Övrigt ; Rud är nedlagd | Rud |
| se    | above   | SE162321000156-4HVV utgår | SE162321000156-4HVV |
| se    | order   | Övrigt ; SE162321000156-4HVV utgår | SE162321000156-4HVV |
| se    | below   | Får beställas först efter 2027-05-01 | Får |
| ren   | above   | Tjänsten används av enheter i Rud och Gripen |  |
| ren   | above   | Nya enheter som inte är klara tas i nästa underlag |  |
| ren   | below   | Tack! |  |
| ren   | below   | Underlaget är komplett |  |
| ren   | below   | Klart! |  |
| ren   | above   | Skicka inte in tomma flikar |  |
| ren   | above   | Beställ tidigast 2027-03-01 |  |
| se    | below   | 1) öppnar 1 september | öppnar |
| se    | below   | ¹ byter namn 1/4 | byter |
| se    | below   | 2) öppnas först i höst | höst |
| ren   | below   | 1) Namn enligt HSA-katalogen |  |
| ren   | below   | 2) Telefontid 08-16 |  |
| ren   | order   | Övrig information ; - |  |
| ren   | order   | Övrig information ; Ingen |  |
| se    | order   | Övrig information ; XXXX | XXXX |
| ren   | order   | Övrig information ; Tack på förhand! |  |
| se    | order   | Övrig information ; Ändringen ska göras före kl 12 | kl 12 |
| ren   | order   | Övrig information ; Bekräfta gärna när det är klart |  |
| ren   | order   | Diarienummer ; 2026/1234 |  |
| ren   | order   | Version ; 1.2 |  |
| se    | below   | Antal enheter: 12 | 12 |
| ren   | below   | Antal enheter: 3 |  |
| se    | below   | Totalt ; {number 12} | 12 |
| se    | below   |  ;  ;  ;  ; Summa ; {number 5} | 5 |
| ren   | below   |  ;  ;  ;  ; Summa ; {number 3} |  |
| ren   | below   | Summa: 3 st |  |
| se    | below   | 12 enheter | 12 |
| se    | above   | Önskat datum: ; 2027-05-01 | 2027-05-01 |
| se    | above   | Önskat datum: 2027-05-01 | 2027-05-01 |
| se    | above   | Önskat datum ; {date 2027-05-01} | 2027-05-01 |
| se    | above   | Datum för ändring ; maj 2027 | maj 2027 |
| se    | above   | Önskat genomförandedatum ; 2026-12-01 | 2026-12-01 |
| se    | above   | Startdatum ; 2027-02-10 | 2027-02-10 |
| ren   | above   | Önskat datum ; 2027-03-01 |  |
| ren   | above   | Önskat datum ; mars 2027 |  |
| ren   | above   | Datum ; 2026-12-24 |  |
| se    | above   | Datum ; 2027-06-24 | 2027-06-24 |
| ren   | above   | Startdatum ; 2019-01-01 |  |
| ren   | above   | Ändringsdatum ; 2027-03-01 |  |
| se    | above   | Ta bort ; ja | Ta bort |
| se    | above   | Ta bort: x | Ta bort |
| ren   | above   | Ta bort ; nej |  |
| se    | above   | Åtgärd: Ta bort | Åtgärd |
| se    | above   | Ska TAKas: nej | Ska TAKas |
| se    | above   | Endast för test, byts före produktion | test |
| ren   | above   | Testas före produktion av leverantören |  |
| se    | order   | Ska TAKas ; Nej | Nej |
| ren   | order   | Projektkod ; 4711 |  |
| se    | order   | Önskemål ; körs nattetid | nattetid |
| se    | above   | Antal enheter: 12 | 12 |
| ren   | above   | Antal enheter: 3 |  |
| se    | above   | Antal enheter ; {number 12} | 12 |
| ren   | above   | Antal enheter ; {number 3} |  |
| se    | order   | Antal enheter ; 12 | 12 |
| se    | order   | Antal enheter ; 4 | 4 |
| se    | above   | Underlag för TAKning, 15 enheter | 15 |
| se    | above   | Underlag för TAKning (15 vårdenheter) | 15 |
| ren   | above   | Underlag för TAKning – 3 enheter |  |
| ren   | order   | Antal enheter ; 3 |  |
| ren   | below   | Totalt antal anställda: 412 |  |
| se    | below   | Totalt 4 vårdenheter | 4 |
| se    | above   | Beställningen omfattar fyra enheter. | fyra |
| ren   | above   | Beställningen omfattar tre enheter. |  |
| se    | above   | Underlaget gäller 14 vårdenheter. | 14 |
| se    | order   | Kommentar ; Gäller både QA och PROD | QA |
| se    | above   | Gäller både QA och PROD | QA |
| se    | above   | Beställning i QA först, PROD senare | QA |
| ren   | above   | Underlag PROD |  |
| ren   | above   | Underlag NTjP PROD |  |
| se    | above   | Underlag SLL PROD | SLL PROD |
| se    | above   | Underlag för TAKning QA | QA |
| ren   | above   | Kopia av underlaget för QA, testat där i november. |  |
| se    | name    | TEST Vårdcentralen Rud | TEST |
| se    | name    | Testenhet Rud | Test |
| se    | name    | Vårdcentralen Rud* | Rud* |
| se    | name    | Vårdcentralen Rud ¹⁾ | ¹⁾ |
| se    | name    | Vårdcentralen Rud 1) | 1) |
| ren   | name    | Vårdcentralen Rud 1 |  |
| ren   | name    | Vårdcentralen Rud (avd 1) |  |
| se    | name    | Vårdcentralen Rud (test) | Test |
| se    | name    | Test | Test |
| se    | name    | Exempelvårdcentralen Rud | Exempel |
| se    | name    | Fiktiva mottagningen | Fiktiv |
| ren   | name    | Vårdcentralen Exemplaret |  |
| ren   | name    | Testebo vårdcentral |  |
| ren   | name    | Vårdcentralen Protestanten |  |
| ren   | name    | Hörseltest och syn Rud |  |
| se    | name    | Vårdcentralen Rud - stängd | stäng |
| se    | name    | Vårdcentralen Rud (flyttar till Arvika) | flytt |
| se    | name    | Vårdcentralen Rud UTGÅR | utg |
| se    | name    | Vårdcentralen Rud? | ? |
| se    | name    | Vårdcentralen Rud (ej beslutat) | ej |
| ren   | name    | Vårdcentralen Rud (BVC) |  |
| ren   | name    | Avslutningshemmet Rud |  |
| ren   | name    | Stängselgatans vårdcentral |  |
| se    | name    | Vårdcentralen Rud dubblett | dubblett |
| se    | name    | Vårdcentralen Rud (gamla) | gamla |
| stopp | between | Dessa ska bort: | Dessa ska bort |
| stopp | between | BESTÄLL INTE NEDANSTÅENDE | INTE |
| stopp | between | Not to be included | Not to be |
| stopp | between | Do not order: | Do not order |
| stopp | between | Ej aktuella längre | Ej aktuella |
| stopp | between | Vilande | Vilande |
| stopp | between | Ska utgå | Ska utgå |
| se    | between | Startar 2027-09-01: | 2027-09-01 |
| se    | between | Från och med 2027-09-01 | 2027-09-01 |
| se    | between | Hösten 2027 | hösten |
| se    | between | QA | QA |
| stopp | between | Stängs 2026-12-31 | 2026-12-31 |
| stopp | between | Nedlagda sedan 2026-10-01 | 2026-10-01 |
| ren   | between | Fortsättning |  |
| ren   | between | Sida 2 |  |
| ren   | between | -------- |  |
| se    | between | Privata vårdgivare | Privata |
| se    | below   | SE162321000156-4HVV ska inte vara med | 4HVV |
| se    | below   | Vi väntar med Gripen tills vidare | väntar |
| se    | below   | Gripen ska inet med | inet |
| se    | below   | Gula rader ska inte med | gula |
| se    | below   | Röda rader = ta bort | Röda |
| se    | below   | Överstrukna enheter beställs inte | Överstrukna |
| se    | above   | Enheter med röd text beställs inte. | röd |
| se    | above   | Gulmarkerade rader är inte klara. | gulmarkerade |
| se    | above   | Gulmarkerade = väntar på avtal | gulmarkerade |
| stopp | order   | Väntar på beslut från nämnden | väntar |
| stopp | order   | 1) Ansluts först när avtalet är klart | avtalet |
| stopp | below   | 1) Ansluts först när avtalet är klart | avtalet |
| ren   | order   | Beställningen läses in först när alla uppgifter är ifyllda |  |
| se    | above   | Grå rader ska ej med | Grå |
| ren   | above   | Gula fält är obligatoriska. |  |
| ren   | above   | Grå celler fylls inte i. |  |
| ren   | above   | Fyll inte i gråmarkerade kolumner. |  |
| ren   | below   | Denna mall ska inte användas för QA. |  |
| ren   | above   | Observera att ändringar ej får göras i kolumnrubrikerna. |  |
| ren   | above   | Om enheten ska tas bort, skriv Ta bort i kolumnen Åtgärd. // Enheter som ska avslutas anges med Ta bort. |  |
| ren   | above   | Beställningen gäller inte förrän den är bekräftad av Inera. |  |
| ren   | above   | OBS! Lägg inte till egna kolumner. |  |
| ren   | above   | Ta inte bort denna rad! |  |
| ren   | above   | Läs detta innan du beställer. Beställ inte utan beslut från objektägaren. |  |
| se    | above   | UTKAST | UTKAST |
| se    | above   | Utkast - ska granskas av Eva innan det skickas | Utkast |
| se    | above   | Arbetsmaterial | arbetsmaterial |
| se    | above   | PRELIMINÄR | Preliminär |
| se    | above   | DRAFT - do not order | draft |
| se    | above   | Makulerad, ersatt av version 2 | Makulerad |
| stopp | order   | Kommentar ; Vänta med beställningen tills Eva hört av sig | Vänta |
| se    | order   | Övrig information ; Rud ska inte vara med | Rud |
| se    | order   | Status ; Stoppad | stopp |
| se    | order   | Klart att beställa ; Nej | Nej |
| ren   | order   | Klart att beställa ; Ja |  |
| se    | order   | Godkänd av systemägare ; Nej | Nej |
| ren   | order   | Förvaltning ; Hälso- och sjukvård |  |
| se    | above   | Ska TAKas ; Nej | Nej |
| ren   | above   | Ska TAKas ; Ja |  |
| se    | above   | Klart ; Nej | Nej |
| stopp | below   | Ta bort Rud ur beställningen! | Ta bort |
| se    | below   | OBS! Rud stängs i mars. | Rud |
| stopp | between | OBS! Ska ej beställas | Ska ej |
| ren   | below   | Utskriven 2026-11-20 |  |
| ren   | below   | © Region Värmland |  |
| ren   | below   | Sida 1 av 3 |  |
| ren   | below   | Källa: HSA-katalogen 2026-11-01 |  |
| ren   | below   | Kontakt: Eva Exempelsson, eva@region.example.se, 070-174 06 10 |  |
| ren   | below   | Mall version 2.1, gäller från 2026-01-01 |  |
| ren   | below   | * = obligatoriskt fält |  |
| ren   | below   | *) Enligt HSA-katalogen |  |
| ren   | below   |  ;  ;  ;  ; Totalt ; {formula SUBTOTAL(3,F2:F4) => 3} |  |
| se    | below   | Summa ;  ;  ;  ;  ; {formula COUNTA(F2:F9) => 7} | 7 |
| se    | below   |  ;  ;  ;  ;  ;  ;  ;  ; SE162321000156-6A0X | 6A0X |
| se    | below   | Även SE162321000156-6A0X ska med | 6A0X |
| se    | below   | *) Rud avslutas till sommaren | Rud |
| se    | below   | 1) Enheten stänger 2027-06-30 | stäng |
| stopp | below   | Ovanstående enheter ska inte beställas förrän mars | Ovanstående |
| se    | below   | Eva väntar på svar från Gripen | väntar |
| se    | above   | Miljö: ; QA | QA |
| se    | above   | Miljö: QA | QA |
| ren   | above   | Miljö: PROD |  |
| ren   | above   | Miljö: ; PROD // Region: ; Värmland // Datum: ; 2027-03-01 // Kontakt: ; Eva |  |
| se    | above   | Gäller från 2027-06-01 | 2027-06-01 |
| ren   | above   | Gäller från 2027-01-01 |  |
| se    | above   | Giltig t.o.m. ; 2026-06-01 | 2026-06-01 |
| ren   | above   | Giltig t.o.m. 2028-06-01 |  |
| ren   | above   | Önskat datum: 2027-03-01 |  |
| ren   | above   | Kolumn A: Ange producentens HSA-ID. Får inte lämnas tom. // En enhet som ska avslutas tas bort genom att skriva Ta bort i kolumnen Åtgärd. // Enheter som har upphört ska inte finnas med i underlaget. |  |
| ren   | above   | Skicka underlaget till kundservice@inera.se när det är klart. // Vänta på bekräftelse innan ni börjar använda tjänsten. // Obs! En miljö per arbetsbok: QA eller PROD. |  |
| ren   | above   | Om ni ska ansluta fler än 20 enheter laddas de in av kundservice. // Ändra inte rubrikerna! |  |
| se    | name    | (Vårdcentralen Rud) | Rud |
| se    | name    | Vårdcentralen Rud ✗ | ✗ |
"""

#: Verdict, a further sheet's name, its rows, and what must be quoted.
SHEETS = """
| se    | Ändringslogg | 2026-11-02 ; Tagit bort Vårdcentralen Kil och lagt till Vårdcentralen Rud | Tagit bort |
| ren   | Ändringslogg | 2026-11-02 ; Lagt till Vårdcentralen Rud |  |
| ren   | Ändringslogg | 1.1 ; Tagit bort kolumnen Region och lagt till Namn |  |
| ren   | Ändringslogg | 1.2 ; Tagit bort exempelraden |  |
| se    | Versionshistorik | 1.2 ; Rud borttagen | Rud |
| ren   | Versionshistorik | 1.2 ; Kolumn B borttagen |  |
| ren   | Versionshistorik | 1.2 ; Rud tillagd |  |
| se    | UTGÅR | SE162321000156-4HVV ; Vårdcentralen Rud | UTGÅR |
| se    | Utgår | SE162321000156-6A0X ; VC Nord | 6A0X |
| se    | Ska tas bort | Vårdcentralen Rud ; SE162321000156-4HVV | 4HVV |
| se    | Tas bort | Vårdcentralen Rud // Vårdcentralen Gripen | Rud |
| se    | Ej med | Vårdcentralen Rud | Rud |
| se    | Tidplan | Enhet ; Driftstart // Vårdcentralen Rud ; 2028-03-01 // Vårdcentralen Gripen ; 2027-03-01 | 2028-03-01 |
| se    | Tidplan | HSA-ID ; Driftstart // SE162321000156-4HVV ; {date 2028-03-01} | 2028-03-01 |
| ren   | Tidplan | Enhet ; Driftstart // Vårdcentralen Rud ; 2027-03-01 // Vårdcentralen Ed ; 2028-03-01 |  |
| ren   | Tidplan | Enhet ; Öppnade // Vårdcentralen Rud ; 2019-03-01 |  |
| se    | Namnbyten | HSA-ID ; Namn ; Nytt namn // SE162321000156-4HVV ; Vårdcentralen Rud ; Vårdcentralen Ny | Nytt namn |
| se    | Logg | 2026-12-01 ; SE162321000156-4HVV borttagen | borttagen |
| ren   | Pivot | Radetiketter ; Antal av Namn // CertificateStatusUpdateForCare v3 ; {number 3} // Totalsumma ; {number 3} |  |
| ren   | Kontakter | Namn ; E-post ; Telefon // Eva Exempelsson ; eva@region.example.se ; 070-174 06 09 // Support ; support@region.example.se ; 08-465 004 01 |  |
| ren   | Listor | Ja ; Lägg till ; PROD // Nej ; Ta bort ; QA //  ;  ; TEST |  |
| ren   | Valideringslista | Åtgärd ; Miljö // Lägg till ; PROD // Ta bort ; QA |  |
| ren   | Instruktion | Så här fyller du i underlaget // 1. Ange konsumentens HSA-ID. // 2. Enheter som inte ska anslutas ska inte tas med i listan. // 3. Ska en enhet tas bort skrivs Ta bort i kolumnen Åtgärd. // 4. Vänta med att skicka in underlaget tills alla fält är ifyllda. // 5. Beställ inte samma enhet två gånger. |  |
| ren   | Guide | Exempel: SE2321000016-XXXX // Adressen skrivs https://exempel.se/tjanst // Se https://www.inera.se/tak för mer information |  |
| se    | Ändringshistorik | Version ; Datum ; Vad ; Vem // 0.9 ; 2026-10-01 ; Utkast ; EE // 1.0 ; 2026-11-01 ; Tog bort Arvika vårdcentral ; EE |  |
| ren   | Om | Mall version 3.2 // Upphör att gälla när ny version publiceras. // Får inte spridas utanför regionen. |  |
| stopp | Att göra | Beställ inte innan brandväggen är öppnad | beställ |
| stopp | Anteckningar | Vi väntar med Rud | väntar |
| se    | Frågor | Ska Rud verkligen med? Nej, Rud ska inte med. | Rud |
| se    | Fler enheter | HSA-ID ; Namn // SE162321000156-6A0X ; VC Nord | 6A0X |
| se    | Etapp 2 | HSA-ID ; Namn // SE162321000156-6A0X ; VC Nord | 6A0X |
| se    | Sheet4 | {formula A1&B1 => SE162321000156-6A0X} ; VC Nord | 6A0X |
| ren   | Kopia | SE162321000156-4HVT ; Tolkcentralen Värmland // SE162321000156-4HVV ; Vårdcentralen Rud |  |
| ren   | Teckenförklaring | Gul ; obligatorisk // Grå ; fylls inte i |  |
| stopp | Teckenförklaring | Gul ; ska inte med // Grön ; klar | ska |
| se    | TEST | Tjänsteproducent (HSAID) ; Anropsadress (URL) ; Logisk adressat (HSAID) ; Namn // SE162321000156-B3K ; https://test.example.se/rivtabp21 ; SE162321000156-6A0X ; VC Nord | 6A0X |
| ren   | Blad3 |  |  |
| ren   | Diagram | {number 1} ; {number 2} |  |
| ren   | Org | Region Värmland ; 2321000156 // Inera AB ; 5565594230 |  |
| ren   | Certifikat | Funktionscertifikat ; SITHS e-id Function CA v1 // Giltigt t.o.m. ; 2028-01-01 // Serienummer ; 4f:22 |  |
| ren   | Brandvägg | Öppning mot ; 82.136.183.151 ; 443 // esb.ntjp.se ; 443 |  |
| ren   | Checklista | Brandvägg öppnad ; Ja // Certifikat installerat ; Ja // Testat i QA ; Ja |  |
"""
FIRST = "| Tjänsteproducent (HSAID)"
#: Marks and merged cells: verdict, what must be quoted, the edits.
MARKS = [
    ("stopp", "Nej", [(2, LAST, f"{LAST}\n! note F3 Nej")]),
    ("ren", "", [(2, LAST, f"{LAST}\n! note F1 Ange HSA-ID")]),
    ("se", "inte", [(2, LAST, f"{LAST}\n! note F1 Gripen ska inte med")]),
    ("stopp", "Ska inte med", [(2, LAST, f"{LAST}\n! note G4 Ska inte med!")]),
    ("se", "rad 3", [(2, LAST, f"{LAST}\n! strike-part G3")]),
    ("se", "byter namn", [(2, LAST, f"{LAST}\n! note G3 Enheten byter namn i maj")]),
    ("stopp", "Avslutas", [(2, LAST, f"{LAST}\n! note F3 Avslutas 2026-12-31")]),
    ("ren", "", [(2, LAST, f"{LAST}\n! note A1 Ange producentens HSA-ID. Ska inte lämnas tomt.")]),
    ("stopp", "Ska bort", [(2, LAST, f"| Ska bort |\n{LAST}\n! merge A4:G4")]),
    ("ren", "", [(2, LAST, f"{LAST}\n! hide columns A B")]),
]


def lines(text):
    return "\n".join(f"| {row.replace(' ; ', ' | ').removeprefix(';')} |" for row in text.split(" // "))


def placed(place, text):
    """Return the edits that put a text somewhere."""
    if place == "name":
        return [(sheet, "Vårdcentralen Rud", text) for sheet in (2, 3)]
    if place == "above":
        return [(2, FIRST, f"{lines(text)}\n||\n{FIRST}")]
    if place == "order":
        return [(4, "| Region ", f"{lines(text)}\n| Region ")]
    return below(f"||\n{lines(text)}") if place == "below" else between(lines(text))


def judge(text, expected, quoted, tmp_path):
    """Check a workbook, and that the lines it prints answer what it asks."""
    checked = examine(text)
    found = [(f.code, f.cell, f.message) for f in checked.findings]
    assert verdict(checked) == expected, found
    assert mentions(checked, quoted), found
    assert answered(text, checked, tmp_path) == []


@pytest.mark.parametrize("row", case_rows(TEXTS), ids=" ".join)
def test_text_gets_its_verdict(row, tmp_path):
    expected, place, text, quoted = row
    judge(altered(*placed(place, text)), expected, quoted, tmp_path)


@pytest.mark.parametrize("row", case_rows(SHEETS), ids=" ".join)
def test_text_on_an_unread_sheet_gets_its_verdict(row, tmp_path):
    expected, name, text, quoted = row
    judge(f"{STANDARD}{ORDER_SHEET}\n## {name}\n{lines(text)}\n", expected, quoted, tmp_path)


@pytest.mark.parametrize(("expected", "quoted", "edits"), MARKS)
def test_note_or_layout_gets_its_verdict(expected, quoted, edits, tmp_path):
    judge(altered(*edits), expected, quoted, tmp_path)


@pytest.mark.parametrize(
    ("header", "text", "code"), [("Kommentar", "utgår", "FLI037"), ("Ska med", "Nej", "FLI042")]
)
def test_a_merged_cell_counts_for_every_row_that_it_covers(header, text, code):
    head = "| Logisk adressat (HSAID) | Namn |"
    rud = "| Vårdcentralen Rud |"
    edits = [
        (2, head, f"{head} {header} |"),
        (2, rud, f"{rud} {text} |"),
        (2, LAST, f"{LAST}\n! merge H3:H4"),
    ]
    (found,) = [f for f in examine(altered(*edits)).findings if f.code == code]

    assert {row for _, row, _ in found.related} | {found.row} >= {3, 4}


@pytest.mark.parametrize(
    ("expected", "text", "quoted"),
    [
        ("se", "Gulmarkerade = väntar på avtal", "väntar"),
        ("stopp", "Beställ inte raderna med gult", "gult"),
        ("ren", "Gulmarkerade = nya sedan sist", ""),
        ("ren", "Ska ej TAKas", ""),
        ("ren", "Ska enheten tas bort?", ""),
    ],
)
def test_text_in_the_header_row_above_an_empty_column(expected, text, quoted, tmp_path):
    head = "| Logisk adressat (HSAID) | Namn |"
    judge(altered((2, head, f"{head}  | {text} |")), expected, quoted, tmp_path)


def test_a_star_at_a_name_and_its_footnote():
    edits = [(sheet, "Vårdcentralen Rud", "Vårdcentralen Rud*") for sheet in (2, 3)]
    checked = examine(altered(*edits, *below("||\n| * stängs 2027-06-30 |")))

    assert verdict(checked) == "se"
    assert mentions(checked, "stängs")
