"""Workbooks laid out quite otherwise, with the answers in bestallning.toml that make them readable."""

from underlag import make_orders
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


def errors_and_warnings(checked):
    """Return code, sheet and cell of the errors and warnings."""
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
