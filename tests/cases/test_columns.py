"""Columns beside the order's parts as people add them, each with the verdict that it gets."""

import pytest

from tests.checks.examine import NOW, altered, answered, column, examine, mentions, verdict
from tests.support.case_tables import case_rows
from tests.support.tables import NAME, workbook
from underlag.checks import check
from underlag.options import Options
from underlag.reading import read

#: Verdict, header, the cells of three units, and what must be quoted.
COLUMNS = """
| ren   | Enhetens e-post | a@region.example.se |  |  | |
| ren   | Adress till enheten | Gatan 1 |  |  | |
| ren   | Kontaktpersonens e-post | e@region.example.se |  |  | |
| ren   | HSA-typ | Vårdenhet | Vårdenhet | Vårdenhet | |
| ren   | Profil | RIVTABP21 | RIVTABP21 | RIVTABP21 | |
| ren   | Slutdatum | - | - | - | |
| ren   | Startdatum | - | 2027-03-01 | - | |
| ren   | Startdatum | mars 2027 | mars 2027 | mars 2027 | |
| ren   | Kommentar | - | - | - | |
| stopp | Profil | RIVTABP20 | RIVTABP20 | RIVTABP20 | RIVTABP20 |
| se    | Enhetens status | Aktiv | Planerad | Aktiv | Planerad |
| ren   | Systemversion                | 2            | 2            | 3            | |
| ren   | Version av journalsystem     | 8.1          | 8.1          | 8.1          | |
| ren   | Version av journalsystemet (Cosmic) | 2     | 2            | 2            | |
| ren   | Mallversion                  | 2            | 2            | 2            | |
| se    | Version Cosmic               | 2            | 2            | 2            | Cosmic |
| se    | Startdatum                   | vår          | 2027-03-01   | snarast      | snarast |
| se    | Version                      | 3            | okänd        | 3            | okänd |
| se    | Status                       | Aktiv        | Avslutad     | Kanske       | Kanske |
| se    | Ska ej TAKas                 | x            |              |              | Ska ej TAKas |
| se    | Ska ej TAKas                 | Ja           | Nej          | Nej          | Ska ej TAKas |
| se    | Ska inte med                 |              | x            |              | x |
| se    | Exkludera                    |              | x            |              | x |
| se    | Undanta                      |              | Ja           |              | Ja |
| se    | Aktiv                        | J            | N            | J            | N |
| se    | Aktiv (J/N)                  | J            | N            | J            | N |
| se    | Aktiv?                       | Ja           | Nej          | Ja           | Nej |
| ren   | Aktiv                        | Ja           | Ja           | Ja           | |
| se    | Inaktiv                      |              | x            |              | x |
| se    | Inaktiv                      | Nej          | Ja           | Nej          | Ja |
| se    | Nedlagd                      |              | x            |              | x |
| se    | Nedlagd                      | Nej          | Ja           | Nej          | Ja |
| ren   | Nedlagd                      | Nej          | Nej          | Nej          | |
| se    | Status                       | Aktiv        | Avslutad     | Aktiv        | Avslutad |
| se    | Status                       | Klar         | Ej klar      | Klar         | Ej klar |
| se    | Status                       | OK           | Pausad       | OK           | Pausad |
| se    | Status                       | Planerad     | Planerad     | Planerad     | Planerad |
| se    | Status                       | Pågående     | Klar         | Klar         | Pågående |
| ren   | Status                       | Godkänd      | Godkänd      | Godkänd      | |
| stopp | Beställs nu?                 | ja           | nej          | ja           | nej |
| se    | Ska anslutas till Webcert    | ja           | nej          | ja           | nej |
| se    | Ansluten                     | Ja           | Nej          | Ja           | Nej |
| se    | Redan TAKad                  | Ja           | Nej          | Nej          | Ja |
| se    | Redan ansluten               | x            |              |              | x |
| ren   | Redan TAKad                  | Nej          | Nej          | Nej          | |
| ren   | Prio                         | 1            | 2            | 3            | |
| stopp | Prio                         | 1            | 1            | Senare       | Senare |
| se    | Etapp                        | 1            | 1            | 2            | 2 |
| se    | Omgång                       | 1            | 1            | 2            | 2 |
| se    | Omgång                       | 1            | 1            | 1            | 1 |
| stopp | Avvecklas                    |              | 2026-10-01   |              | 2026-10-01 |
| stopp | Avvecklad                    |              | 2026-10-01   |              | 2026-10-01 |
| stopp | Stängd                       |              | 2026-10-01   |              | 2026-10-01 |
| stopp | Nedlagd datum                |              | 2026-10-01   |              | 2026-10-01 |
| stopp | Slutdatum i HSA              |              | 2026-10-01   |              | 2026-10-01 |
| stopp | Giltigt t.o.m.               |              | 2026-10-01   |              | 2026-10-01 |
| stopp | Giltig tom                   |              | {date 2026-10-01} |              | 2026-10-01 |
| stopp | Startdatum                   |              | {date 2027-05-01} |              | 2027-05-01 |
| stopp | Öppnar                       |              | 1 maj 2027   |              | maj |
| stopp | Öppnar                       |              | maj 2027     |              | maj |
| se    | Önskat datum                 |              | 2027-05-01   |              | 2027-05-01 |
| se    | Datum                        | 2027-03-01   | 2027-05-01   |              | 2027-05-01 |
| stopp | Gäller fr.o.m                | 2027-03-01   | 2027-05-01   |              | 2027-05-01 |
| se    | Flyttar till                 |              | SE162321000156-6A0X |              | 6A0X |
| se    | Ersätts av                   |              | SE162321000156-6A0X |              | 6A0X |
| se    | Ersätter                     |              | SE162321000156-6A0X |              | 6A0X |
| se    | Nytt HSA-ID                  |              | SE162321000156-6A0X |              | 6A0X |
| se    | Gammalt HSA-ID               |              | SE162321000156-6A0X |              | 6A0X |
| ren   | Vårdgivare HSA-ID            | SE162321000156-0001 | SE162321000156-0001 | SE162321000156-0001 | |
| stopp | Miljö                        | PROD         | TEST         | PROD         | TEST |
| se    | Miljö                        | PROD         | PROD/QA      | PROD         | PROD/QA |
| ren   | Miljö                        | Produktion   | Produktion   | Produktion   | |
| stopp | QA/PROD                      | PROD         | QA           | PROD         | QA |
| se    | Testmiljö                    |              | x            |              | x |
| stopp | Version                      | v3           |              | v2           | v2 |
| stopp | Version                      | v2           | v2           | v2           | v2 |
| ren   | Version                      | 3.0          |              |              | |
| ren   | Kontraktsversion             | V3           | V3           | V3           | |
| stopp | Version av tjänstekontraktet | 2            | 2            | 2            | 2 |
| stopp | Major                        | 2            | 2            | 2            | 2 |
| ren   | RIV-TA                       | rivtabp21    | rivtabp21    | rivtabp21    | |
| stopp | RIVTA-profil                 | rivtabp20    | rivtabp20    | rivtabp20    | rivtabp20 |
| ren   | Namnrymd                     | urn:riv:clinicalprocess:healthcond:certificate:CertificateStatusUpdateForCareResponder:3 |              |              | |
| stopp | Namespace (URN)              | urn:riv:clinicalprocess:healthcond:certificate:SendMessageToCareResponder:2 |              |              | SendMessageToCare |
| se    | Kommentar                    |              | 👍            |              | 👍 |
| se    | Kommentar                    |              | ok           |              | ok |
| ren   | Kommentar                    |              | Kontaktperson Eva |              | |
| ren   | Kommentar                    | Ligger i samma hus som akuten | Reservkontakt |  | |
| se    | Kommentar                    | Ligger i samma hus som akuten | Reserv |  | Reserv |
| se    | Kommentar                    |              | Ligger på is |              | Ligger på is |
| se    | Kommentar                    |              | Samma adress, men byter namn i maj |  | byter namn |
| ren   | Kontrollerad                 | OK 2026-11-19 | OK 2026-11-19 | OK 2026-11-19 | |
| stopp | Kontrollerad                 | OK           | Ska inte med | OK           | Ska inte med |
| ren   | Ansvarig chef                | Eva A        | Eva B        | Eva C        | |
| stopp | Ansvarig chef                | Eva A        | Avvaktar     | Eva C        | Avvaktar |
| se    | Ansvarig chef                | Eva A        | Nils (pausad till hösten) | Eva C | pausad |
| se    | Ansvarig chef                | Eva A        | Eva B, slutar i maj | Eva C | slutar |
| ren   | Ansvarig chef                | Eva A        | Nils Pausén  | Bo Stängsel  | |
| stopp | Kommentar                    |              | NEJ!         |              | NEJ |
| se    | Kommentar                    |              | ❌            |              | ❌ |
| se    |                              |              | x            |              | x |
| se    |                              |              | ?            |              | ? |
| se    | Åtgärd2                      |              | bort         |              | 4HVV |
| se    | Ny/Befintlig                 | Ny           | Befintlig    | Ny           | Befintlig |
| stopp | Ny?                          | Ja           | Nej          | Ja           | Nej |
| stopp | Ändring                      | Ny           | Oförändrad   | Ny           | Oförändrad |
| se    | Åtgärd TAK                   | Lägg till    | Ta bort      | Lägg till    | Ta bort |
| se    | Vad ska göras                | Läggs till   | Tas bort     | Läggs till   | Tas bort |
| se    | Tas bort ur TAK              |              | x            |              | x |
| se    | Ska avslutas                 |              | x            |              | x |
| se    | Avslutas                     |              | x            |              | x |
| se    | Radera                       | Nej          | Ja           | Nej          | Ja |
| stopp | Godkänd                      | Ja           | Nej          | Ja           | Nej |
| ren   | Verksamhetschef              | Eva A        | Eva B        | Eva C        | |
| stopp | Ort                          | Karlstad     | Arvika       | Nedlagd      | Nedlagd |
| se    | Beskrivning                  |              | Vårdcentral, verksamheten upphörde 2025 |              | upphörde |
| se    | Beskrivning                  |              | Flyttad till Arvika |              | Flyttad |
| ren   | Beskrivning                  |              | Vårdcentral med BVC, ej jour |              | |
| ren   | Organisationsnummer          | 2321000156   | 2321000156   | 2321000156   | |
| ren   | System                       | Cosmic       | Cosmic       | Cosmic       | |
| se    | System                       | Cosmic       | Melior       | Cosmic       | Melior |
| ren   | Vårdsystem                   | Cosmic       | Cosmic       | Cosmic       | |
| se    | Antal                        | 1            | 1            | 1            | 1 |
| ren   | Löpnummer                    | 1            | 2            | 3            | |
| se    | Kontrollerad av              | EA           | EA           |              | EA |
| ren   | Kontrollerad                 | x            | x            | x            | |
| ren   | HSA-id kontrollerat          | Ja           | Ja           | Ja           | |
| se    | HSA-id kontrollerat          | Ja           |              | Ja           | Ja |
| se    | HSA-id kontrollerat          | Ja           | Fel id       | Ja           | Fel id |
| stopp | HSA-id kontrollerat          | Ja           | Nej          | Ja           | Nej |
| ren   | Kommentar                    | Testad i QA  | Namn enligt HSA | Kontrollerad /EA | |
| se    | Kommentar                    | Testad i QA  | Testad i QA, startar senare |  | startar senare |
| se    | Kontrollerad                 | x            |              | x            | x |
| stopp | Kontrollerad                 | x            | Nej          | x            | Nej |
| se    | Klart                        | x            |              | x            | x |
| se    | GLN                          | 7300009000011 | 7300009000028 | 7300009000035 | |
| ren   | HSA-id                       | SE162321000156-4HVT | SE162321000156-4HVV | SE162321000156-4HVX | |
| stopp | HSA-id                       | SE162321000156-4HVT | SE162321000156-4HVV | SE162321000156-4HVA | 4HVA |
| ren   | Kortnamn                     | TOLK         | RUD          | GRIP         | |
| se    | Mottagning                   | A            | B            | C            | |
| ren   | Systemnamn                   | Cosmic       | Cosmic       | Cosmic       | |
| stopp | OBS                          |              | Vänta        |              | Vänta |
| stopp | OBS                          |              | Väntar på HSA |              | Väntar |
| se    | OBS                          |              | ska läggas ner i vår |              | läggas ner |
| se    | OBS                          |              | byter namn 1/4 |              | byter namn |
| se    | OBS                          |              | Tveksam      |              | Tveksam |
| se    | Nya enheter                  | x            |              | x            | x |
| stopp | Gäller t.o.m. |  | 31/12-2026 |  | 31/12 |
| stopp | Gäller t.o.m. |  | 31 dec 2026 |  | 31 dec |
| stopp | Gäller t.o.m. |  | 20261231 |  | 2026 |
| stopp | Gäller t.o.m. |  | 31.12.2026 |  | 2026 |
| stopp | Gäller t o m |  | 261231 |  | 261231 |
| stopp | Gäller tom. |  | 2026-12 |  | 2026-12 |
| stopp | Gäller tom |  | dec 2026 |  | dec |
| se    | Gäller tom |  | 2027-06-30 |  | 2027-06-30 |
| ren   | Gäller tom | tills vidare | tills vidare | tills vidare |  |
| ren   | Gäller t.o.m. | 9999-12-31 | 9999-12-31 | 9999-12-31 |  |
| stopp | Sista dag |  | 2026-12-31 |  | 2026 |
| stopp | Avslut |  | 2026-12-31 |  | 2026 |
| stopp | Upphör datum |  | 2026-12-31 |  | 2026 |
| stopp | Stängt sedan |  | 2026-12-31 |  | 2026 |
| se    | Ska med | {bool sant} | {bool falskt} | {bool sant} |  |
| ren   | Ska med | {bool sant} | {bool sant} | {bool sant} |  |
| se    | Klar | ü | û | ü | û |
| se    | Klar | ü | ü | ü |  |
| se    | TAKas | ☑ | ☐ | ☑ | ☐ |
| ren   | TAKas | ☑ | ☑ | ☑ |  |
| se    | TAKas | 1 | 0 | 1 | 0 |
| se    | TAKas | {number 1} | {number 0} | {number 1} | 0 |
| se    | TAKas | X | - | X | - |
| ren   | TAKas | JA | Ja | ja |  |
| stopp | TAKas | Ja |  | Ja | rad 3 |
| stopp | TAKas | Nej |  | Ja | rad 3 |
| stopp | Ska TAKas | x |  | Nej | rad 3 |
| se    | Ska TAKas | Ja | Nej, hanteras av annan | Ja | hanteras |
| se    | Ska TAKas | Ja | Nej - privat | Ja | privat |
| stopp | Ska TAKas | Ja | Ja, men senare | Ja | senare |
| se    | Ska TAKas | Ja | Ja, via regionen | Ja | regionen |
| se    | TAKas | Nej |  |  | Nej |
| se    | TAKas | {formula IF(1,"Ja","Nej") => Ja} | {formula IF(1,"Ja","Nej") => Nej} | {formula IF(1,"Ja","Nej") => Ja} | Nej |
| se    | Active | Yes | No | Yes | No |
| ren   | Active | Yes | Yes | Yes |  |
| se    | Include | Y | N | Y | N |
| ren   | Include | Y | Y | Y |  |
| se    | Exclude |  | x |  | x |
| se    | Remove |  | x |  | x |
| stopp | Comment |  | do not order |  | do not order |
| stopp | Comment |  | closed |  | closed |
| stopp | Comment |  | to be removed |  | to be removed |
| stopp | Comment |  | Not included |  | Not included |
| stopp | Comment |  | skip |  | skip |
| stopp | Comment |  | on hold |  | hold |
| stopp | Kommentar |  | skall inte tas med |  | skall |
| stopp | Kommentar |  | SKA INTE MED!!! |  | SKA |
| stopp | Kommentar |  | (utgår) |  | utgår |
| stopp | Kommentar |  | Utgått. |  | Utgått |
| stopp | Kommentar |  | utg. |  | utg |
| stopp | Kommentar |  | nedl. |  | nedl |
| stopp | Kommentar |  | avsl |  | avsl |
| stopp | Kommentar |  | ej m. |  | ej m |
| stopp | Kommentar |  | ska ejj med |  | ejj |
| stopp | Kommentar |  | Ska inet med |  | inet |
| se    | Kommentar |  | tas bor |  | tas bor |
| stopp | Kommentar |  | ska tas bort!! |  | tas bort |
| stopp | Kommentar |  | TABORT |  | TABORT |
| stopp | Kommentar |  | ta-bort |  | ta-bort |
| stopp | Kommentar |  | t.b. |  | t.b |
| stopp | Kommentar |  | EJ TAK |  | EJ TAK |
| stopp | Kommentar |  | Ej bställas |  | bställas |
| stopp | Kommentar |  | Ska icke beställas |  | icke |
| stopp | Kommentar |  | Inte denna |  | Inte denna |
| stopp | Kommentar |  | hoppa över |  | hoppa |
| stopp | Kommentar |  | Stryk |  | Stryk |
| stopp | Kommentar |  | strykes |  | strykes |
| stopp | Kommentar |  | Gäller ej oss |  | Gäller ej |
| stopp | Kommentar |  | Ej vår enhet |  | Ej vår |
| se    | Kommentar |  | ägs av annan region |  | ägs |
| se    | Kommentar |  | byter huvudman 1/3 |  | byter |
| se    | Kommentar |  | fr o m 1 maj 2027 |  | 1 maj |
| se    | Kommentar |  | från 2027-05-01 |  | 2027-05-01 |
| stopp | Kommentar |  | stängd sedan 2026-10-01 |  | 2026-10-01 |
| se    | Kommentar |  | stänger 30/6 |  | stänger |
| se    | Kommentar | OK | OK | ok? | ok? |
| se    | Kommentar |  | kontrollera med Eva |  | Eva |
| stopp | Kommentar | klar | ej klar än | klar | ej klar |
| stopp | Kommentar |  | avböjer |  | avböjer |
| stopp | Kommentar |  | dubblett |  | dubblett |
| stopp | Kommentar |  | Dubblett, ta bort |  | Dubblett |
| se    | Status |  | Upphör vid årsskiftet |  | årsskiftet |
| se    | Status | Ny | Befintlig | Ny | Befintlig |
| se    | Status | Öppen | Stängd | Öppen | Stängd |
| se    | Status | Grön | Röd | Grön | Röd |
| ren   | Status | Klar | Klar | Klar |  |
| ren   | Status | Aktiv | Aktiv | Aktiv |  |
| se    | Test/skarp | skarp | test | skarp | test |
| stopp | Miljö | Prod | Prod, ej QA | QA | QA |
| ren   | Enhetschef | A B | C D | E F |  |
| ren   | Driftform | Egen regi | Privat | Egen regi |  |
| ren   | Vårdform | Primärvård | Primärvård | Öppenvård |  |
| ren   | Senast ändrad | 2026-10-01 | 2026-10-01 | 2026-10-01 |  |
| ren   | Uppdaterad av | EA | EA | EA |  |
| ren   | Skapad | {date 2026-10-01} | {date 2026-10-01} | {date 2026-10-01} |  |
| ren   | Kontaktperson (namn) | A | B | C |  |
| ren   | Mobil | 070-174 06 08 | 070-174 06 08 | 070-174 06 08 |  |
| ren   | Antal läkare | 3 | 4 | 5 |  |
| ren   | Län | Värmland | Värmland | Värmland |  |
| ren   | Faktureringsadress | Box 1 | Box 1 | Box 2 |  |
| ren   | Avdelning | 1 | 2 | 3 |  |
| ren   | Område | Nord | Syd | Nord |  |
| ren   | Adress | Nedre Bortgatan 1 | Utgårdsvägen 3 | Stängselvägen 2 |  |
| se    | Namn kort | A | B | C |  |
| se    | Enhet (kortnamn) | A | B | C |  |
| ren   | Telefon växel | 010-1 | 010-1 | 010-1 |  |
| ren   | Tjänstekontrakt version | 3 | 3 | 3 |  |
| ren   | RIVTA version | 2.1 | 2.1 | 2.1 |  |
| ren   | Notering |  |  |  |  |
| ren   | # | 1 | 2 | 3 |  |
| ren   | Rad nr | 1 | 2 | 3 |  |
| ren   | Redan ansluten? | Nej | Nej | Nej |  |
| se    | Redan ansluten? | Ja | Nej | Nej | Ja |
| se    | Prio | Hög | Hög | Låg | Låg |
| se    | Våg | 1 | 1 | 2 | 2 |
| stopp | Pilot | Ja | Nej | Nej | Ja |
| stopp | Beslut | Ja | Avvaktar | Ja | Avvaktar |
| stopp | Beslut | JA | NEJ | JA | NEJ |
| stopp | Beslutad | Ja | Nej | Ja | Nej |
| stopp | Bekräftad av VC | Ja | Nej | Ja | Nej |
| se    | Återkallad |  | x |  | x |
| stopp | Behålls | Ja | Nej | Ja | Nej |
| stopp | Behövs | Ja | Nej | Ja | Nej |
| se    | Vill ansluta | Ja | Nej | Ja | Nej |
| se    | Önskar anslutning | Ja | Nej | Ja | Nej |
| se    | Omfattas | Ja | Nej | Ja | Nej |
| se    | Deltar | Ja | Nej | Ja | Nej |
| stopp | Beställning | Ja | Nej | Ja | Nej |
| stopp | Skickas | Ja | Nej | Ja | Nej |
| stopp | Webcert | Ja | Nej | Ja | Nej |
| ren   | Webcert | Ja | Ja | Ja |  |
| se    | Intygstjänsten | x |  | x | x |
| stopp | Använder Webcert | Ja | Nej | Ja | Nej |
| stopp | Typ | Ny | Ny | Borttag | Borttag |
| stopp | Ny enhet | Ja | Nej | Ja | Nej |
| ren   | Ny enhet | Ja | Ja | Ja |  |
| se    | Nytt namn |  | VC Nya Rud |  | Nya Rud |
| se    | Nytt HSA |  | SE162321000156-9X9X |  | 9X9X |
| se    | HSA-ID (nytt) |  | SE162321000156-9X9X |  | 9X9X |
"""


@pytest.mark.parametrize("row", case_rows(COLUMNS), ids="|".join)
def test_column_gets_its_verdict(row, tmp_path):
    expected, header, *cells, quoted = row
    text = altered(*column(header, *cells))
    checked = examine(text)

    assert verdict(checked) == expected, [(f.code, f.cell, f.message) for f in checked.findings]
    assert mentions(checked, quoted), [(f.code, f.cell, f.message) for f in checked.findings]
    assert answered(text, checked, tmp_path) == []


HEAD, FIRST_ROW, SECOND_ROW = (
    "| Konsument (HSAID)   | Konsument (namn)               | Tjänstekontrakt                  | Logisk adressat    | Namn            |",
    "| CreateDraftCertificate v3        | 5565594230-WEBCERT | Inera - Webcert |",
    "| ListCertificatesForCareWithQA v3 | 5565594230-WEBCERT | Inera - Webcert |",
)


@pytest.mark.parametrize(
    ("expected", "header", "first", "second"),
    [
        ("ren", "Obligatoriskt", "Ja", "Nej"),
        ("ren", "Systemversion", "8.1", "8.1"),
        ("ren", "Leverantör", "Cambio", "Cambio"),
        ("se", "Tillval", "", "x"),
        ("se", "Ska TAKas", "Ja", "Nej"),
        ("stopp", "Kommentar", "", "beställs inte"),
        ("stopp", "Version", "3", "2"),
    ],
)
def test_column_beside_the_consumers(expected, header, first, second):
    edits = [
        (1, row, f"{row} {cell} |")
        for row, cell in zip((HEAD, FIRST_ROW, SECOND_ROW), (header, first, second), strict=True)
    ]
    text = altered(*edits)
    checked = examine(text)

    assert verdict(checked) == expected, [(f.code, f.message) for f in checked.findings]


#: What was tried in one format is read in all: header, cells, and what must be quoted.
IN_ALL_FORMATS = [
    ("stopp", "Kommentar", ("", "utgår", ""), "utgår"),
    ("se", "Ska med", ("{bool sant}", "{bool falskt}", "{bool sant}"), ""),
    ("stopp", "Slutdatum", ("", "{date 2026-06-30}", ""), "2026-06-30"),
    ("stopp", "Version", ("{number 2}", "", ""), ""),
    ("ren", "Version", ("{number 3}", "", ""), ""),
    ("se", "Ta bort", ("", "x", ""), "x"),
]


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods"])
@pytest.mark.parametrize(("expected", "header", "cells", "quoted"), IN_ALL_FORMATS)
def test_column_in_other_formats(kind, expected, header, cells, quoted):
    asked = Options(now=NOW)
    checked = check(read(workbook(altered(*column(header, *cells)), format=kind), asked, name=NAME), asked)

    assert verdict(checked) == expected, [(f.code, f.message) for f in checked.findings]
    assert mentions(checked, quoted)
