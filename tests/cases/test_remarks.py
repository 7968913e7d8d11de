"""Sentences that people write around the tables and among the details, each asked about wherever it is, or nowhere."""

import pytest

from tests.cases.test_texts import judge, lines, placed
from tests.checks.examine import altered, answered, examine, mentions, verdict
from tests.support.tables import ORDER_SHEET, STANDARD

#: The last detail, after which comments are added.
LAST = "| Teknisk support telefon    | 08-465 004 00       |"
#: Sentences that may mean another order, and what must be quoted.
ASKED = [
    "Avvakta",
    "Pausad",
    "Ogiltig",
    "Cancelled",
    "Invänta vårt klartecken",
    "Kör inte detta förrän vi hört av oss",
    "Hör av er innan ni lägger in",
    "Gripen strykes",
    "Ej Gripen",
    "Exkludera Gripen",
    "Rud är privat och sköter sin anslutning själv",
    "Behåll gamla adressen för Rud",
    "RIVTABP20 för Rud",
    "Vi använder RIVTA BP 2.1 och 2.0",
    "Rud använder adress 2",
    "Rud har egen adress",
    "Inget får ändras för Rud",
    "Fel adress, ska vara tph3",
    "Datumet är ej bekräftat",
    "Testas först i QA",
    "Nya mottagningen ska läggas till också",
    "Se bilaga för resten av enheterna",
    "Måste ske kl 02-04",
    "Gamla kopplingen avvecklas samtidigt",
    "Från 1/12 byter vi adress till https://tph3.liv.sjunet.org/x/rivtabp21",
    "Rad 3 är dubblett",
    "Producenten ska bytas till SE162321000156-6A0X",
    "Två omgångar",
    "Only the first three units",
    "Pending approval",
    "Håll inne med detta",
    "Lägg den här på hög så länge",
    "De tre nedersta är på prov",
    "Om Gripen inte är klar, vänta",
    "Vid införandet ska Gripen vänta",
    "När Gripen är klar kan ni köra",
    "Hur gör vi med Gripen?",
    "Ring vardagar 8-16. Gripen tas senare.",
    "Alla obligatoriska fält är ifyllda. Gripen ska inte anslutas.",
    "Mallen är ifylld. Rad 3 ska bort.",
    "Vid frågor ring Exempla, Gripen ska inte med",
    "Gripen: QA",
    "Gripen (QA)",
    "Gripen ligger i Norge",
    "Gripen tillhör Region Örebro",
    "Gripen tillhör Dalarna",
    "Kursiverat gäller Region Dalarna",
    "Port 50002",
    "Porten är 8443",
    "Det här är bara ett test av mallen",
    "Vi testar bara blanketten, fyll inte på i TAK",
    "Skicka tillbaka denna till mig när ni har tittat",
    "Retur till avsändaren",
    "Arket är ifyllt på prov",
    "Inga ändringar får slå igenom dagtid",
    "Ska köras i två steg",
]
#: Sentences that mean nothing else than what is ordered.
HARMLESS = [
    "Tack på förhand!",
    "Ni får gärna ringa om något är oklart",
    "Säg till om något saknas",
    "Alla enheter är kontrollerade",
    "Inget ska tas bort",
    "Inga enheter ska tas bort.",
    "Inga synpunkter",
    "Brandväggsöppning är beställd",
    "Anslutningen är testad i QA. Ring före genomförandet.",
    "QA-test utförd utan anmärkning",
    "Förstudien blev klar i september",
    "Testat i QA sedan oktober",
    "Journalsystemet heter Cosmic",
    "Utgåva 3",
    "Semesterersättare: Anna, 070-174 06 11",
    "Uppgifterna är hämtade ur HSA-katalogen",
    "Underlag för Vårdcentralen Rud",
    "Rud och Gripen är testade i QA",
    "Please contact Eva if you have questions",
    "Meddela oss när ni är klara",
    "Hör gärna av er när ni har läst in listan",
    "Gripen ligger i Karlstad",
    "Gripen tillhör Region Värmland",
    "Samma mall som Region Dalarna har",
    "Anslutningen är testad med port 50001",
    "Vi har testat mallen",
    "Vi har själva kontrollerat listan mot HSA",
    "Bo har semester vecka 52, då svarar Eva",
    "Öppet mellan 8 och 17, stängt för lunch",
    "Gripen har expedition på plan 2",
    "Om ni bara vill testa mallen, välj QA",
    "Vi har provat anslutningen i QA med gott resultat",
    "Certifikaten är förnyade i oktober",
]


def places(text):
    """Return a workbook for each place where the text may be."""
    return {
        "remark": altered(*placed("order", f"Övrig information ; {text}")),
        "comment": altered((4, LAST, f"{LAST}\n! note B3 {text}")),
        "below": altered(*placed("below", text)),
        "above": altered(*placed("above", text)),
        "sheet": f"{STANDARD}{ORDER_SHEET}\n## Noteringar\n{lines(text)}\n",
    }


@pytest.mark.parametrize("text", ASKED)
def test_sentence_that_may_mean_another_order_is_asked_about_everywhere(text, tmp_path):
    for place, workbook in places(text).items():
        checked = examine(workbook)
        folder = tmp_path / place
        folder.mkdir()
        assert verdict(checked) in {"se", "stopp"}, place
        assert mentions(checked, text.split()[0]), place
        assert answered(workbook, checked, folder) == []


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_sentence_is_nowhere_asked_about(text, tmp_path):
    for place, workbook in places(text).items():
        folder = tmp_path / place
        folder.mkdir()
        judge(workbook, "ren", "", folder)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("se", "Vilande"),
        ("ren", "Aktiv // Vilande // Avslutad"),
        ("ren", "Vårdcentralen Rud // Vårdcentralen Gripen"),
        ("se", "Ska Gripen med?"),
        ("se", "Se https://portalen.example.se/lista för enheterna"),
        ("ren", "Läs mer på https://www.inera.se/intygstjanster"),
    ],
)
def test_text_on_a_further_sheet(expected, text, tmp_path):
    workbook = f"{STANDARD}{ORDER_SHEET}\n## Noteringar\n{lines(text)}\n"
    judge(workbook, expected, text.split()[0] if expected == "se" else "", tmp_path)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("se", "Vårdcentralen Nybyn!"),
        ("se", "Vårdcentralen Norra i Karlstad som öppnar den nya mottagningen nu"),
        ("se", "Samt: Vårdcentralen Nybyn"),
        ("se", "Nybyns vårdcentral: HSA-ID kommer"),
        ("ren", "Listan omfattar alla våra vårdcentraler och mottagningar i länet."),
        ("ren", "Kontakt: Anna Ek, Vårdcentralen Norra"),
        ("ren", "Exempel: Vårdcentralen Solsidan"),
        ("ren", "Lokal förvaltning: Team Intyg"),
        ("ren", "Upprättad av Anna Ek, Hälso- och sjukvården, Region Värmland!"),
    ],
)
def test_unit_that_is_not_ordered_is_asked_about_below_the_rows(expected, text, tmp_path):
    judge(altered(*placed("below", text)), expected, text.split()[0] if expected == "se" else "", tmp_path)
