"""Details, ids, names, addresses and contracts as people write them, each with the verdict that it gets."""

import pytest

from tests.checks.examine import altered, examine, mentions, verdict
from tests.support.case_tables import case_rows

UNIT, NAME = "SE162321000156-4HVV", "Vårdcentralen Rud"
URL = "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21"
#: The contract of each sheet that is written in another way.
WRITTEN = {"1": "ListCertificatesForCareWithQA v3", "2": "CertificateStatusUpdateForCare v3"}

#: Verdict, what the sheet with the order's details has, what it has instead, and what must be quoted.
DETAILS = r"""
| se | Tekla Fiktivsson | Se föregående | föregående |
| se | Tekla Fiktivsson | Samma som ovan | ovan |
| se | Tekla Fiktivsson | dito | dito |
| se | Tekla Fiktivsson | " | " |
| ren | Tekla Fiktivsson | Servicedesk |  |
| stopp | tekla@region.example.se | tekla region.example.se | tekla |
| ren | tekla@region.example.se | tekla@region.example.se och eva@region.example.se |  |
| ren | tekla@region.example.se | Tekla <tekla@region.example.se>; Eva <eva@region.example.se> |  |
| stopp | tekla@region.example.se | tekla fiktivsson@region.example.se | tekla |
| ren | Tekla Fiktivsson | Tekla Fiktivsson, tekla@region.example.se, 070-174 06 07 |  |
| ren | tekla@region.example.se | Tekla Fiktivsson <tekla@region.example.se> |  |
| ren | tekla@region.example.se | mailto:tekla@region.example.se |  |
| se | tekla@region.example.se | förnamn.efternamn@region.example.se | förnamn |
| ren | tekla@region.example.se | kontakta@region.example.se |  |
| ren | 070-174 06 07 | 070-174 06 07 / 08-465 004 01 |  |
| ren | 070-174 06 07 | 08-465 004 00 (vardagar 8–17) |  |
| ren | 070-174 06 07 | 08-465 004 00, dygnet runt |  |
| ren | 070-174 06 07 | 08-465 004 00 (vardagar), 070-174 06 07 (jour) |  |
| stopp | 070-174 06 07 | 08-46 (vardagar 8–17) | vardagar |
| ren | 070-174 06 07 | Tel: 070-174 06 07 (mobil) |  |
| se | 070-174 06 07 | växeln | växeln |
| se | Tekla Fiktivsson | vakant | vakant |
| se | Tekla Fiktivsson | Ej utsedd | utsedd |
| se | Tekla Fiktivsson | Förnamn Efternamn | Efternamn |
| se | Tekla Fiktivsson | se rad 5 | rad 5 |
| se | Tekla Fiktivsson | Semester, kontakta Eva | Semester |
| se | Tekla Fiktivsson | fylls i av Inera | Inera |
| ren | Tekla Fiktivsson | Ingen-Marie Ring |  |
| ren | Tekla Fiktivsson | Förvaltningsgruppen Cosmic |  |
| ren | tekla@region.example.se | tekla@region.example.se; eva@region.example.se |  |
| se | tekla@region.example.se | saknas | saknas |
| stopp | 070-174 06 07 | vxl | vxl |
| ren | 070-174 06 07 | +46 70 174 06 07 |  |
| ren | 070-174 06 07 | 0046701740607 |  |
| ren | 070-174 06 07 | 08-465 004 00 ankn 12 |  |
| se | Tove Exempelsson | TBD | TBD |
| se | Tove Exempelsson | återkommer | återkommer |
| se | 070-174 06 05 | Meddelas senare | Meddelas |
| ren | TSK-12518 | CS 0123456 |  |
| ren | TSK-12518 | cs-0123456 |  |
| ren | TSK-12518 | TSK12518 |  |
| ren | TSK-12518 | TSK 12518 |  |
| ren | TSK-12518 | tff-1234 |  |
| ren | TSK-12518 | INC0123456 |  |
| ren | TSK-12518 | BS-12345 |  |
| ren | TSK-12518 | BS12345 |  |
| ren | TSK-12518 | TSK-12518 och CS0123456 |  |
| ren | TSK-12518 | TSK-12518, TSK-12519 |  |
| se | TSK-12518 | TSK-12518/12519 |  |
| ren | TSK-12518 | Ärende: TSK-12518 |  |
| se | TSK-12518 | 12518 | 12518 |
| se | TSK-12518 | TSK-XXXXX | XXXXX |
| se | TSK-12518 | kommer | kommer |
| se | TSK-12518 | CSxxxxxxx | xxx |
| se | TSK-12518 | ? | ? |
| se | TSK-12518 | RITM0012345 | RITM |
| ren | TSK-12518 | TSK-12518 (förstudie) |  |
| se | TSK-12518 | #12518 | 12518 |
| se | TSK-12518 | se mejl | se mejl |
| se | TSK-12518 | ej klart | ej klart |
| se | TSK-12518 | SD-12518 | SD-12518 |
| ren | TSK-12518 | Ärende nr: CS0123456 |  |
| ren | TSK-12518 | Ert ärende CS0123456 |  |
| ren | TSK-12518 | TSK-12518 (CS0123456). |  |
| se | TSK-12518 | CS0123456 eller CS0123457 | eller |
| ren | TSK-12518 | TSK–12518 |  |
| ren | LiV | Region Värmland |  |
| ren | LiV | Landstinget i Värmland (numera Region Värmland) |  |
| ren | LiV | Region Värmland, Hälso- och sjukvård |  |
| ren | LiV | Region Värmland - IT-avdelningen |  |
| ren | LiV | Värmland, Torsby sjukhus |  |
| se | LiV | Region Värmland (för Region Örebros räkning) | Örebro |
| se | LiV | Region Värmland (232100-0180) | 0180 |
| ren | LiV | Region Värmland (232100-0156) |  |
| se | LiV | Region Värmland (om nämnden beslutar) | nämnden |
| se | LiV | Värmland/Dalarna | Dalarna |
| se | LiV | Region Värmland c/o Region Dalarna | Dalarna |
| se | LiV | Region Värmland, Gripen | Gripen |
| se | LiV | LiV QA | QA |
| se | LiV | Region Värmland (endast slutenvård) | slutenvård |
| ren | PROD | PROD (NTJP) |  |
| ren | PROD | Produktion (NTJP) |  |
| se | Tekla Fiktivsson | Tekla Fiktivsson (på uppdrag av Region Örebro) | Örebro |
| se | Tekla Fiktivsson | Tekla Fiktivsson, vänta tills hon ringt | vänta |
| ren | Tekla Fiktivsson | Tekla Fiktivsson, Region Värmland |  |
| ren | Tekla Fiktivsson | Tekla Fiktivsson, 070-174 06 07 (säkrast förmiddagar) |  |
| ren | Tekla Fiktivsson | Tekla Fiktivsson, nås säkrast onsdagar |  |
| ren | tekla@region.example.se | tekla@region.example.se (bevakas vardagar) |  |
| se | tekla@region.example.se | tekla@region.example.se (invänta svar) | invänta |
| ren | 070-174 06 07 | 070-174 06 07, efter kl 13 |  |
| ren | 070-174 06 07 | 070-174 06 07 (ej helger) |  |
| se | 070-174 06 07 | 070-174 06 07 (ring innan ni kör) | innan |
| ren | 2027-03-01 | 2027-03-01 |  |
| ren | 2027-03-01 | 2027-03-01 (v 9) |  |
| se | 2027-03-01 | 2027-03-01 förmiddag | förmiddag |
| se | 2027-03-01 | 2027-03-01, kl 13.00 | 13.00 |
| stopp | 2027-03-01 | 2027-03-01 senare | senare |
| ren | 2027-03-01 | måndag 2027-03-01, vecka 9 |  |
| stopp | 2027-03-01 | 2027-03-01, v 10 | vecka 9 |
| se | 2027-03-01 | Ordinarie handläggningstid (tidigast i mars) | tidigast |
| ren | 2027-03-01 | Ordinarie handläggningstid (2 veckor) |  |
| stopp | 2027-03-01 | 1/3 2027 |  |
| ren | 2027-03-01 | 15.02.2027 |  |
| ren | 2027-03-01 | 270215 |  |
| ren | 2027-03-01 | 15 februari 2027 |  |
| stopp | 2027-03-01 | 3/4 2027 | 2027-04-03 |
| stopp | 2027-03-01 | v. 9 2027 | v. 9 |
| stopp | 2027-03-01 | vecka 9 | vecka 9 |
| stopp | 2027-03-01 | snarast | snarast |
| stopp | 2027-03-01 | ASAP | ASAP |
| stopp | 2027-03-01 | mars 2027 | mars 2027 |
| stopp | 2027-03-01 | 2027-02-30 | 2027-02-30 |
| se | 2027-03-01 | 2027-03-06 | 2027-03-06 |
| stopp | 2027-03-01 | 2026-03-02 | 2026-03-02 |
| ren | 2027-03-01 | Ordinarie handläggningstid |  |
| ren | 2027-03-01 | ordinarie |  |
| stopp | 2027-03-01 | så snart som möjligt | snart |
| se  | 2027-03-01 | 2027-03-01 kl 12 | kl 12 |
| stopp | 2027-03-01 | 2027-03-01 eller 2027-03-08 | 2027-03-08 |
| stopp | 2027-03-01 | tidigast 2027-03-01 | tidigast |
| ren | 2027-03-01 | {date 2027-03-01} |  |
| ren | 2027-03-01 | måndag 1 mars 2027 |  |
| ren | 2027-03-01 | 2027/03/01 |  |
| ren | 2027-03-01 | 20270301 |  |
| stopp | 2027-03-01 | {number 46447} | 46447 |
| stopp | 2027-03-01 | efter 1 mars | efter |
| ren | 2027-03-01 | 15/2-2027 |  |
| ren | 2027-03-01 | 15/2-27 |  |
| stopp | 2027-03-01 | 02/03/27 | 2027-02-03 eller 2027-03-02 |
| ren | 2027-03-01 | 02/15/27 |  |
| ren | 2027-03-01 | 27-03-02 |  |
| ren | 2027-03-01 | mån 15/2 2027 |  |
| ren | 2027-03-01 | 2027-02-15 (måndag) |  |
| ren | 2027-03-01 | 2027 02 15 |  |
| stopp | 2027-03-01 | tisdag 2027-02-15 | 2027-02-15 är en måndag |
| ren | 2027-03-01 | onsdag 3/3-2027 |  |
| se | 2027-03-01 | lör 3/4 2027 | lördag |
| ren | 2027-03-01 | Ordinarie handläggning |  |
| ren | 2027-03-01 | Ordinarie handläggningstid (10 dagar) |  |
| ren | PROD | Produktion |  |
| stopp | PROD | TEST | TEST |
| stopp | PROD | PROD och QA | QA |
| se | LiV | Region Dalarna | Dalarna |
"""

#: Verdict, the address of the producer ({URL} is the right one, {REST} without its scheme), and what must be quoted.
ADDRESSES = r"""
| stopp | http://{REST} | http |
| ren | Https://{REST} |  |
| ren | https://TPH2.LIV.SJUNET.ORG:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21 |  |
| se | {URL}?wsdl | wsdl |
| se | {URL}?WSDL | wsdl |
| se | {URL}?singleWsdl | wsdl |
| se | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/svc.wsdl | wsdl |
| se | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService//FormStatusUpdate/3_0/rivtabp21 | // |
| ren | https://tph2.liv.sjunet.org:443/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21 |  |
| ren | {URL}/ |  |
| stopp | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate /3_0/rivtabp21 |  |
| ren | <{URL}> |  |
| se | https://tph2.liv.sjunet.org:80/x/rivtabp21 | :80 |
| ren | https://tph2.liv.sjunet.org:8080/x/rivtabp21 |  |
| se | {URL}?wsdl&x | wsdl |
| ren | https://tph2.liv.sjunet.org/wsdl/rivtabp21 |  |
| ren | https://esb.ntjp.region.example.se/x/rivtabp21 |  |
| ren | "{URL}" |  |
| se | {URL}. | . |
| stopp | {URL}, | , |
| stopp | {REST} | tph2.liv.sjunet.org |
| stopp | https:/{REST} | https:/ |
| stopp | htps://{REST} | htps |
| stopp | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate\\3_0/rivtabp21 |  |
| stopp | https://10.1.2.3:443/x/rivtabp21 | 10.1.2.3 |
| stopp | https://localhost/x/rivtabp21 | localhost |
| se | https://esb.ntjp.sjunet.org/vp/x/rivtabp21 | ntjp |
| se | https://tph2-test.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21 | test |
| stopp | https://u:p@{REST} |  |
| stopp | {URL}\nhttps://tph2.liv.sjunet.org:50002/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21 |  |
| stopp | {URL}#a | # |
| stopp | mailto:a@example.se | mailto |
| stopp | Samma som ovan | Samma |
| stopp | kommer | kommer |
| stopp | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/Frågor/3_0/rivtabp21 | å |
| stopp | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate%20/3_0/rivtabp21 | %20 |
| stopp | https://tph2.liv.sjunet.org:99999/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21 | 99999 |
| ren |  {URL} |  |
"""

#: Verdict, the id of one unit on two sheets, and what must be quoted.
IDS = r"""
| ren | "SE162321000156-4HVV" |  |
| ren | 'SE162321000156-4HVV' |  |
| ren | ”SE162321000156-4HVV” |  |
| ren | se162321000156-4hvv |  |
| ren | SE 162321000156-4HVV |  |
| ren | SE162321000156–4HVV |  |
| stopp | HSA-ID: SE162321000156-4HVV |  |
| stopp | SE162321000156-4HVV Vårdcentralen Rud |  |
| stopp | SE162321000156-4HVV -> SE162321000156-6A0X | -> |
| stopp | SE162321000156-6A0X ersätter SE162321000156-4HVV | ersätter |
| stopp | SE162321000156-4НVV |  |
| stopp | SE16232100O156-4HVV |  |
| stopp | SE162321000156 |  |
| ren | SE2321000156-4HVV |  |
| se | SE162321000156-XXXX | XXXX |
| stopp | TST5565594230-1000 | TST |
| stopp | 19121212-1212 |  |
| stopp | SE162321000156-4HVV; |  |
| stopp | SE162321000156-4HVV (ny) |  |
| stopp | SE162321000156-4HVV* |  |
| stopp | (SE162321000156-4HVV) |  |
| stopp | SE162321000156-4HVV ← SE162321000156-6A0X | ersätter ett annat |
| stopp | SE162321000156-6A0X utgår, SE162321000156-4HVV | ersätter ett annat |
| stopp | SE162321000156-6A0X ersatt av SE162321000156-4HVV | ersätter ett annat |
| se | SE162321000156-6A0X / SE162321000156-4HVV |  |
"""

#: Verdict, the name of one unit on two sheets, and what must be quoted.
NAMES = r"""
| se | Vårdcentralen Rud 😀 |  |
| se | Vårdcentralen Rud (NEDLAGD) | NEDLAGD |
| se | Vårdcentralen Rud avslutas 2026-12-31 | avslutas |
| ren | Vårdcentralen Rud (ny) |  |
| se | Vårdcentralen Rud - STÄNGD | STÄNGD |
| se | Vårdcentralen Rud UTGÅR | UTGÅR |
| se | Vårdcentralen Rud (upphörd 2025) | upphörd |
| ren | Vårdcentralen Rud, f.d. Kil |  |
| se | Vårdcentralen Rud SKA BORT | SKA BORT |
| se | Vårdcentralen Rud (ej med) | ej med |
| se | Vårdcentralen Rud OBS! byter namn | byter namn |
| se | Vårdcentralen Rud ??? | ??? |
| stopp | =Rud |  |
| se | SE162321000156-4HVV |  |
| se | https://a.example.org |  |
| se | kommer | kommer |
| se | Samma | Samma |
| se | Vårdcentralen Gripen | Gripen |
| se | VÅRDCENTRALEN GRIPEN | GRIPEN |
| se | Vårdcentralen Rud (vilande) | vilande |
| se | Vårdcentralen Rud t.o.m. 2027-12-31 | t.o.m. 2027 |
| se | Vårdcentralen Rud (lades ned 2024) | lades ned |
| se | Vårdcentralen Rud (ersatt av Kil) | ersatt av |
| se | Vårdcentralen Rud - gammal | gammal |
| se | Vårdcentralen Rud, öppnar i mars | öppnar |
| ren | Barnmottagningen Rud till och med 6 år |  |
| ren | Ungdomsmottagningen Rud från 16 år |  |
| ren | Gamla stans vårdcentral |  |
| ren | Nedlagdaholms vårdcentral |  |
| ren | Tomelilla vårdcentral |  |
| se | TBD | TBD |
| se | " |  |
"""

#: Verdict, sheet, its contract, and what must be quoted.
CONTRACTS = r"""
| ren | 2 | CertificateStatusUpdateForCare |  |
| stopp | 2 | CertificateStatusUpdateForCare v2 | v2 |
| ren | 2 | CertificateStatusUpdateForCare 3.0 |  |
| ren | 2 | CertificateStatusUpdateForCare 3.1 |  |
| ren | 2 | CertificateStatusUpdateForCare, ver 3 |  |
| ren | 2 | CertificateStatusUpdateForCare V3 |  |
| stopp | 2 | CertificateStatusUpdateForCare v3 rivtabp21 |  |
| ren | 2 | urn:riv:clinicalprocess:healthcond:certificate:CertificateStatusUpdateForCareResponder:3 |  |
| ren | 2 | urn:riv:clinicalprocess:healthcond:certificate:CertificateStatusUpdateForCare:3 |  |
| ren | 2 | clinicalprocess:healthcond:certificate:CertificateStatusUpdateForCare:3 |  |
| ren | 2 | Certificate Status Update For Care v3 |  |
| stopp | 2 | Alla | Alla |
| stopp | 2 | GetCertificateAdditions v1 | GetCertificateAdditions |
| stopp | 2 | SendMessageToCare v2 | SendMessageToCare |
| stopp | 2 | Get Certificate Addition | liknar GetCertificateAdditions |
| stopp | 1 | (ListCertificatesForCareWithQA v3) |  |
| stopp | 1 | ListCertificatesForCareWithQA v3 - ej aktuell | ej aktuell |
| stopp | 1 | ListCertificatesForCareWithQA v3 (utgår) | utgår |
"""


def judge(edits, expected, quoted):
    checked = examine(altered(*edits))

    assert verdict(checked) == expected, [(f.code, f.cell, f.message) for f in checked.findings]
    assert mentions(checked, quoted), [(f.code, f.cell, f.message) for f in checked.findings]


@pytest.mark.parametrize("row", case_rows(DETAILS), ids="|".join)
def test_detail(row):
    expected, old, new, quoted = row
    judge([(4, f"| {old} ", f"| {new} ")], expected, quoted)


@pytest.mark.parametrize("row", case_rows(ADDRESSES), ids="|".join)
def test_address(row):
    expected, new, quoted = row
    judge([(2, URL, new.replace("{URL}", URL).replace("{REST}", URL[8:]))], expected, quoted)


@pytest.mark.parametrize("row", case_rows(IDS), ids="|".join)
def test_id(row):
    expected, new, quoted = row
    judge([(2, UNIT, new), (3, UNIT, new)], expected, quoted)


@pytest.mark.parametrize("row", case_rows(NAMES), ids="|".join)
def test_name(row):
    expected, new, quoted = row
    judge([(2, NAME, new), (3, NAME, new)], expected, quoted)


@pytest.mark.parametrize("row", case_rows(CONTRACTS), ids="|".join)
def test_contract(row):
    expected, sheet, new, quoted = row
    judge([(int(sheet), WRITTEN[sheet], new)], expected, quoted)
