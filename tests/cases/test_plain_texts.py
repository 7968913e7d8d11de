"""Texts that say nothing against an order, each with near ones that do."""

import pytest

from tests.checks.examine import LAST, altered, below, between, column, examine, verdict
from tests.support.case_tables import case_rows
from tests.support.tables import ORDER_SHEET, STANDARD

FULL = STANDARD + ORDER_SHEET

#: Verdict, and a comment on the name of the last unit.
COMMENTS = case_rows(
    """
    ren | Samma proxy som i dag
    ren | Heter så i HSA sedan mars
    ren | Privat vårdgivare, samma system
    ren | Karin Ek: Fast värde, ska inte ändras
    ren | Ligger i samma hus /ÅS
    ren | Adressen är verifierad
    se  | Adressen är verifierad, inte namnet
    se  | Adressen ska verifieras
    ren | Bytte namn 2025. Verksamhetschef Karin Ek
    ren | Enligt bladen 2 och 3
    se  | Bytte namn
    se  | Samma proxy som i dag, tills vidare
    se  | Samma proxy som i dag?
    se  | Samma som Rud
    se  | Privat vårdgivare, egen beställning
    se  | Ska inte ändras
    se  | Karin Ek: ska inte med
    se  | Verksamhetschef avvaktar
    se  | Ligger i samma hus, etapp två
    se  | Hette tidigare Rud, nytt id
    se  | f.d. ansluten
    se  | Hör till Region Dalarna
    se  | Finns
    se  | ok
    se  | Samma id
    se  | Samma HSA-id som övriga
    se  | Privat utförare från 2028
    se  | Id från 2019
    se  | Producent
    se  | Chef okänd
    se  | Flik 7
    ren | Samma proxy som övriga
    ren | HSA-id stämmer
    """
)
#: Verdict, and the cells of a column of remarks.
COLUMNS = case_rows(
    """
    ren | Kommentar | Ingen påverkan på andra enheter | Bytte namn 2025 | Har privat utförare
    ren | Anmärkning | f.d. Skäggetorp | Privat regi | Privat regi
    ren | Status i HSA | Aktiv | Aktiv | Aktiv
    ren | Avtal t.o.m. | tillsvidare | tillsvidare | 2099-12-31
    ren | Öppnade | 2012 | 1998 | 2019
    ren | Intygstyp | Alla | Alla | Alla
    ren | Tel. expedition | 0470-58 00 10 | 0470-58 00 20 | 0470-58 00 30
    ren | Organisatorisk tillhörighet | Primärvård | Medicin | Primärvård
    ren | Antal intyg/år | 400 | 20 | 400
    ren | Karta finns här | https://www.example.se/1 | https://www.example.se/2 | https://www.example.se/3
    ren | LDAP | ou=Byn,o=Region Värmland,c=SE | ou=Rud,o=Region Värmland,c=SE | ou=Gripen,o=Region Värmland,c=SE
    ren | Nås på | 0470-58 00 10 | eva@region.example.se | 0470-58 00 30
    se  | Expedition öppnas snart | Ja | Inom kort | Ja
    ren | Nytt namn i HSA? | Nej | Nej | Nej
    ren | Kommentarer | Huvudmottagning | Filial | Helgjour
    ren | Öppet | 8–17 | 8–16.30 | 8–17
    se  | Nytt namn i HSA? | Nej | Ja | Nej
    se  | Nytt i Webcert? | Nej | Nej | Nej
    se  | Kommentarer | Huvudmottagning | Filial, sen | Helgjour
    se  | Öppet | 8–17 | stängs | 8–17
    se  | Öppet från | 8–17 | 2028 | 8–17
    se  | Tel. expedition | 0470-58 00 10 | avvakta | 0470-58 00 30
    se  | Område etapp | 1 | 2 | 1
    se  | Placering | Byn 1 | Flyttar i maj | Byn 3
    se  | Lokaler | Byn 1 | Nya 2028-01-01 | Byn 3
    se  | Uppdrag | Primärvård | x | Primärvård
    se  | Uppdrag | Primärvård | Nytt från 2028 | Primärvård
    ren | Placering | Byn 1 | Lasarettet plan 2 | Byn 3
    se  | Uppdrag | Vårdval | utgår | Vårdval
    se  | Antal i etapp 1 | 4 | 0 | 4
    se  | Karta finns här | https://www.example.se/1 | https://tp.liv.example.se/vp/x | https://www.example.se/3
    se  | Nås på senare | 0470-58 00 10 | 0470-58 00 20 | 0470-58 00 30
    se  | Kommentar | Ingen påverkan på andra enheter | ok | Har privat utförare
    se  | Kommentar | Ny enhet från årsskiftet | Bytte namn 2025 | Har privat utförare
    se  | Kommentar | Har privat utförare, inväntar avtal | Privat regi | Privat regi
    se  | Anmärkning | f.d. Skäggetorp, etapp 2 | Privat regi | Privat regi
    se  | Anmärkning | f.d. Skäggetorp, ansluts sen | Privat regi | Privat regi
    se  | Status i HSA | Aktiv | Inaktiv | Aktiv
    se  | Status i HSA | Aktiv | Vilande | Aktiv
    se  | Avtal t.o.m. | tillsvidare | 2027-01-31 | tillsvidare
    se  | Avtal t.o.m. | tillsvidare | uppsagt | tillsvidare
    se  | Öppnade | 2012 | 2029 | 2019
    se  | Intygstyp | Alla | FK7263 | Alla
    se  | Kortnamn | TOLK | avvakta | GRIP
    se  | Kommentar | Enligt flik 2 | Enligt flik 7 | Enligt flik 2
    ren | Kommentar | Enligt flik 2 | Enligt flik 3 | Enligt flik 2
    se  | Kommentar | Privat | Filial till Dalarna | Privat
    se  | Kommentar | Privat | Ligger i Norge | Privat
    ren | Kommentar | Privat | Ligger i hus | Privat
    se  | Region | Värmland | Dalarna | Värmland
    ren | Region | Värmland | Värmland | Värmland
    se  | Vårdgivare | Region Värmland | Region Dalarna | Region Värmland
    ren | Ort | Karlstad | Dalarna | Sunne
    se  | Journalsystem |  | TakeCare | TakeCare
    ren | Journalsystem | Cosmic |  | Cosmic
    ren | Ny |  | x | x
    """
)
#: Verdict, and the remark on the order.
REMARKS = case_rows(
    """
    ren | Se flik 2 och 3 för enheter
    ren | Samma enheter som på flik 2
    ren | Ja, alla på flik 2 och 3. Meddela gärna när det är klart.
    ren | Enligt överenskommelse med Inera
    ren | Kontrollräknat mot flik 2: lika antal
    se  | Vi har bara ett journalsystem klart
    se  | Kontrollräknat mot flik 4
    ren | Ingen påverkan på andra enheter
    ren | Testad och godkänd i QA v.45
    ren | Ring gärna Karin innan start
    ren | Beslut om anslutning fattades den 12 november
    se  | Anslutningen görs den 12 november
    se  | Det är beslutat att anslutningen görs den 12 maj
    se  | Anslutningen är beslutad till den 12 november 2027
    se  | Se flik 4 för enheter
    se  | Se flik 2 för enheter, flik 3 senare
    se  | Samma enheter som på flik 2 utom Rud
    se  | Alla på flik 2 och hälften på flik 3
    se  | Se rad 4 för enheter
    se  | Enligt överenskommelse med Inera avvaktar vi
    se  | Enligt överenskommelse med Rud
    se  | Ingen påverkan på andra enheter än Rud
    se  | Testas i QA v.45
    se  | Genomförs v.45
    ren | Vi byter journalsystem till Cosmic i vår region
    se  | Vi byter journalsystem till Cosmic i vår
    se  | Rud byter journalsystem till Cosmic
    se  | Vi byter journalsystem till Cosmic efter sommaren
    se  | Ring Karin innan ni beställer
    se  | Ring gärna Karin innan start, hon vet vilka som ska med
    se  | Testad i QA v 45, ok för 3 enheter
    se  | Enligt överenskommelse med Inera tas de mindre i en andra vända
    se  | Ta en enhet så att vi kan verifiera
    se  | Testerna i QA misslyckades
    ren | Testerna i QA lyckades
    se  | Certifikatet beställs i veckan
    ren | Certifikatet är installerat
    se  | Totalt 14 enheter
    ren | Totalt 3 enheter
    se  | Fem enheter
    se  | Starta uppifrån, en i taget
    se  | Eva måste skriva på
    ren | Eva har skrivit på
    se  | Samma proxy som Dalarna
    ren | Samma proxy som Värmland
    se  | Upphandlingen är överklagad
    """
)
#: Verdict, and a heading in the first column above the last unit.
SECTIONS = case_rows(
    """
    ren | Primärvård
    ren | SJUKHUS:
    ren | Vårdcentraler
    ren | Område Norr
    ren | Södra länsdelen:
    se  | Område 2
    se  | Område Norr senare
    se  | Norr
    se  | Primärvård etapp 2
    se  | Sjukhus (senare)
    se  | Psykiatri?
    se  | Privata vårdgivare
    """
)


def is_asked(checked):
    return verdict(checked) != "ren"


@pytest.mark.parametrize(("expected", "comment"), COMMENTS)
def test_a_comment_of_plain_words_is_no_question(expected, comment):
    checked = examine(altered((2, LAST, f"{LAST}\n! note G4 {comment}")))

    assert is_asked(checked) == (expected == "se"), [f.message for f in checked.findings]


@pytest.mark.parametrize(("expected", "header", "first", "second", "third"), COLUMNS)
def test_a_column_of_plain_words_is_no_question(expected, header, first, second, third):
    checked = examine(altered(*column(header, first, second, third)))

    assert is_asked(checked) == (expected == "se"), [f.message for f in checked.findings]


@pytest.mark.parametrize(("expected", "remark"), REMARKS)
def test_a_remark_of_plain_words_is_no_question(expected, remark):
    checked = examine(FULL + f"| Övrig information | {remark} |\n")

    assert is_asked(checked) == (expected == "se"), [f.message for f in checked.findings]


@pytest.mark.parametrize(("expected", "heading"), SECTIONS)
def test_a_heading_of_a_kind_of_units_is_no_question(expected, heading):
    checked = examine(altered(*between(f"| {heading} |")))

    assert is_asked(checked) == (expected == "se"), [f.message for f in checked.findings]


def test_a_kind_of_units_where_names_are_may_be_a_unit():
    assert is_asked(examine(altered(*between("|  |  |  |  |  |  | Sjukhus |"))))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("ren", "Samma enheter som på flik 2."),
        ("ren", "Version 1.0 |\n| 2026-11-19"),
        ("se", "Fler enheter finns på flik 5."),
        ("ren", "Region Värmland |\n| Tel 054-61 50 00"),
        ("se", "Avslutas |\n| 2026-11-19"),
    ],
)
def test_a_text_below_the_units_may_refer_to_sheets_of_the_order(expected, text):
    assert is_asked(examine(altered(*below(f"||\n| {text} |")))) == (expected == "se")


@pytest.mark.parametrize(
    ("expected", "title", "entries"),
    [
        ("ren", "Ändringslogg", ("Första utkast", "Granskad av förvaltningen")),
        ("ren", "Versionshistorik", ("Utkast för granskning", "Fastställd")),
        ("se", "Ändringslogg", ("Skapad", "Första utkast")),
        ("se", "Ändringslogg", ("Utkast, avvakta", "Granskad av förvaltningen")),
        ("se", "Status", ("Första utkast", "Granskad av förvaltningen")),
    ],
)
def test_a_draft_in_a_log_of_changes_is_past_where_a_later_entry_follows(expected, title, entries):
    lines = "\n".join(f"| 0.{number} | {entry} |" for number, entry in enumerate(entries, start=1))
    checked = examine(f"{FULL}\n## {title}\n| Version | Ändring |\n{lines}\n")

    assert is_asked(checked) == (expected == "se"), [f.message for f in checked.findings]


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("ren", "Underlag för TAKning Intygstjänster NTjP PROD-SLL.xlsx"),
        ("se", "Underlag för TAKning Intygstjänster PROD-SLL.xlsx"),
        ("se", "Underlag för TAKning Intygstjänster NTjP PROD-SLL PROD.xlsx"),
        ("se", "Underlag för TAKning Intygstjänster SLL PROD-LiV.xlsx"),
    ],
)
def test_the_short_name_of_a_region_in_the_name_of_the_file_is_no_platform(expected, name):
    text = FULL.replace("| LiV", "| SLL")
    found = [f.code for f in examine(text, name=name).findings if f.code in {"FLI056", "BST002", "BST003"}]

    assert bool(found) == (expected == "se")


@pytest.mark.parametrize(
    ("expected", "name"), [("ren", "Gripa Gripsson"), ("ren", "Eva Gripen"), ("se", "Gripen avvaktar")]
)
def test_a_person_may_have_the_name_of_a_unit(expected, name):
    checked = examine(FULL.replace("Tekla Fiktivsson", name))

    assert is_asked(checked) == (expected == "se"), [f.message for f in checked.findings]


def test_a_unit_with_a_stroke_in_its_name_is_merely_repeated_on_another_sheet():
    name = "SU/Gripen Ortopedi mott 3"
    text = FULL.replace("Vårdcentralen Gripen", name)
    listed = f"\n## Enhetslista\n| HSA-ID | Namn |\n| SE162321000156-4HVX | {name} |\n"

    assert not is_asked(examine(text + listed))
    assert is_asked(examine(text + listed.replace("mott 3", "mott 3 nästa vecka")))


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("ren", "VC Kolla"),
        ("ren", "Vårdcentralen Kolla"),
        ("se", "VC Rud Kolla"),
        ("se", "VC Rud kolla"),
        ("se", "VC kolla"),
    ],
)
def test_a_place_may_be_called_as_a_note(expected, name):
    checked = examine(FULL.replace("Vårdcentralen Rud", name))

    assert is_asked(checked) == (expected == "se"), [f.message for f in checked.findings]
