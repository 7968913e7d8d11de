"""Columns beside the order's parts as people add them, each with the verdict that it gets."""

import pytest

from tests.checks.examine import altered, column, examine, mentions, verdict

#: Verdict, header, the cells of three units, and what must be quoted.
COLUMNS = """
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
| se    | Öppnar                       |              | maj 2027     |              | maj |
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
| se    | Kommentar                    |              | Kontaktperson Eva |              | Eva |
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
| se    | Kontrollerad                 | x            | x            | x            | x |
| se    | Klart                        | x            |              | x            | x |
| se    | GLN                          | 7300009000011 | 7300009000028 | 7300009000035 | |
| ren   | HSA-id                       | SE162321000156-4HVT | SE162321000156-4HVV | SE162321000156-4HVX | |
| stopp | HSA-id                       | SE162321000156-4HVT | SE162321000156-4HVV | SE162321000156-4HVA | 4HVA |
| se    | Kortnamn                     | TOLK         | RUD          | GRIP         | TOLK |
| se    | Mottagning                   | A            | B            | C            | |
| ren   | Systemnamn                   | Cosmic       | Cosmic       | Cosmic       | |
| stopp | OBS                          |              | Vänta        |              | Vänta |
| stopp | OBS                          |              | Väntar på HSA |              | Väntar |
| se    | OBS                          |              | ska läggas ner i vår |              | läggas ner |
| se    | OBS                          |              | byter namn 1/4 |              | byter namn |
| se    | OBS                          |              | Tveksam      |              | Tveksam |
| se    | Nya enheter                  | x            |              | x            | x |
"""


def rows(table):
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table.strip().split("\n")]


@pytest.mark.parametrize("row", rows(COLUMNS), ids="|".join)
def test_column(row):
    expected, header, *cells, quoted = row
    checked = examine(altered(*column(header, *cells)))

    assert verdict(checked) == expected, [(f.code, f.cell, f.message) for f in checked.findings]
    assert mentions(checked, quoted), [(f.code, f.cell, f.message) for f in checked.findings]
