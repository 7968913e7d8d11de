"""Notes in names of units, each with its verdict; what belongs to a name is none."""

import pytest

from tests.cases.test_texts import placed
from tests.checks.examine import altered, answered, examine, mentions, only, verdict

NOTES = """
inte än
do not include
på is
pausad tills vidare
tas i nästa omgång
slopas
under utredning
invänta beslut
hoppa över
endast CreateDraft
CreateDraft
bara SendMessageToCare
redan TAKad
ska till Cosmic 2
dubbelkolla
ring Anna först
kör sist
oklart
HSA-id byts 1/3
byter namn
behöver inte
finns redan
släcks ned
returnerad
sammanslagen
gamla adressen
not yet
from next year
ej från 1/3
endast från 2027
inte till Cosmic
ej barn förrän avtalet är klart
augusti
2027-09-01
kommer
väntar
Nästa Omgång
nästa hälsa
kör TakeCare
utan Cosmic
utan avtal
utkast
sept
ok Eva
etapp 2
del 1
steg 2
NYTT ID
""".strip().split("\n")
#: Notes that only their words part from the name.
UNSIGNED = """
kör TakeCare
utan Cosmic
utan avtal
utkast
ok Eva
etapp 2
våg 2
del 1
NYTT ID
nytt HSA-ID
ej ansluten
ej än
inte
ej Cosmic
saknar avtal
vänta
VÄNTA
väntar på besked
kolla med Eva
kanske
preliminär
prel
TBD
oklart
QA
snart
eller Ängen
kvar till maj
= Ängen
-> Ängen
demo
kopia
""".strip().split("\n")
#: What belongs to a name.
NAMES = """
Läkare utan Gränser
Öppen mottagning utan remiss
Avd 5 (utan akutintag)
Operationskliniken (OK)
Hälsan, del B
Rud Etappen 2
Mottagningen (Sep)
Rehab (Region Värmland)
Vårdcentralen Byn (tidigare BVC Ängen)
Vårdcentralen Byn (f.d. Åsen)
Vårdcentralen Byn (tidigare Åsens vårdcentral)
Familjecentral (BVC)
Mottagning 2 (psykiatri)
Vårdcentralen Rud - jourmottagning
Vårdcentralen Rud, Karlstad
Rehab (barn och unga)
Vårdcentralen Rud (Våxnäs)
Hemsjukvård (kväll och natt)
Capio Vårdcentral (Gävle, Söder)
Barnmorskemottagningen - Säffle/Åmål
Vårdcentralen Rud (Mars)
Rehab Rud, Våren
Äldreboende Rud - Hösten
Psykiatri: öppenvård vuxna
Ungdomsmottagningen (14-25 år)
Vårdcentralen Rud (avd 1 och 2)
Vårdcentralen Rud (privat)
Vårdcentralen Rud (Värmland)
Demensmottagningen
Mottagningen Gamla Kopian
TioHundra, Norrtälje
Majorna - Linnéstaden
Vårdcentralen Testebo (Vårgårda)
HIV- och hepatitmottagningen (Infektion)
Vårdcentralen Brommaplan (avd 2021)
Ortopeden, avd 2031
Hjärtmottagningen (hus 2021, plan 3)
Vårdcentralen City (hus 12/14)
Avd 34 – Medicin
BUP Öppenvård (0–17 år)
Mottagning sommaröppen
Badhälsan (juni-augusti)
Vaccinationsmottagning (höst och vinter)
Ungdomsmottagningen (drop-in)
Kirurgkliniken (endast remiss)
Smärtkliniken - endast efter remiss
Distriktssköterskemottagning (endast kväll)
Gynmottagningen (ej akut)
Gynmottagningen (ej barn under 18 år)
Syncentralen Rud (bara vuxna)
Primärvårdsrehab Rud (exkl. barn)
Beroendecentrum (24/7)
Vårdcentralen Rud (Gamla stan)
Hudkliniken (Beslutsgatan 2)
Kry - Nästa Hälsa
Gynmottagningen ej akut
Vaccinationsmottagningen ej barn
Närakuten inte bara för äldre
Internmedicin Väntorp
Kollaskolans elevhälsa
Prelatens vårdcentral
Preliminärenheten
Mottagning Saknaren
""".strip().split("\n")


def checked(name):
    return examine(altered(*placed("name", name)))


@pytest.mark.parametrize("name", ["Vårdcentralen Rud ({})", "Vårdcentralen Rud - {}", "Rud, {}"])
@pytest.mark.parametrize("note", NOTES)
def test_note_in_a_name_is_asked_about(note, name):
    found = checked(name.format(note))

    assert verdict(found) == "se"
    assert mentions(found, note)


@pytest.mark.parametrize("note", UNSIGNED)
def test_note_that_no_sign_parts_from_a_name_is_asked_about(note):
    found = checked(f"Vårdcentralen Rud {note}")

    assert verdict(found) == "se"
    assert mentions(found, note)


@pytest.mark.parametrize(
    "name", ["x Vårdcentralen Rud", "Namn kommer", "Okänd", "ska heta Vårdcentralen Rud", "Dummy Vårdcentral"]
)
def test_name_that_is_not_settled_is_asked_about(name):
    assert "ADR034" in {found.code for found in checked(name).findings}


@pytest.mark.parametrize("name", NAMES)
def test_what_belongs_to_a_name_is_no_note(name):
    found = checked(name)

    assert verdict(found) == "ren", [(f.code, f.message) for f in found.findings]


@pytest.mark.parametrize(
    "name",
    [
        "Rehab (Dalarna)",
        "Rehab (Norge)",
        "Rehab (Region Dalarna)",
        "Rehab (tidigare Vårdcentralen Gripen)",
        "Rehab f.d. Gripen",
    ],
)
def test_another_region_or_the_name_of_another_unit_is_asked_about(name):
    assert "ADR034" in {found.code for found in checked(name).findings}


def test_printed_lines_answer_a_note_in_a_name(tmp_path):
    text = altered(*placed("name", "Vårdcentralen Rud (på is)"))

    assert answered(text, examine(text), tmp_path) == []


@pytest.mark.parametrize(("answer", "ordered"), [("bortse", 3), ("utan", 2)])
def test_answers_decide_whether_a_unit_with_a_note_is_ordered(answer, ordered, tmp_path):
    name = "Vårdcentralen Rud (på is)"
    keys = (f"Webcert -> Vårdsystem!G3: {name}", f"Intygstjänsten -> Webcert!F3: {name}")
    path = tmp_path / "svar.toml"
    lines = [f'"{key}" = "{answer}"' for key in keys]
    path.write_text("\n".join(["[beslut]", *lines]), encoding="utf-8")

    found = examine(altered(*placed("name", name)), order_file=path)

    assert "ADR034" not in {f.code for f in found.findings}
    assert {key: len(rows.entries) for key, rows in found.rows.items() if key != "vardsystem-webcert"} == {
        "webcert-vardsystem": ordered,
        "intygstjansten-webcert": ordered,
    }


def test_an_answer_about_a_name_lapses_when_the_name_changes(tmp_path):
    path = tmp_path / "svar.toml"
    path.write_text(
        '[beslut]\n"Webcert -> Vårdsystem!G3: Vårdcentralen Rud (på is)" = "bortse"\n', encoding="utf-8"
    )

    found = examine(altered((2, "Vårdcentralen Rud", "Vårdcentralen Rud (väntar)")), order_file=path)

    assert only(found, "ADR034").cell == "G3"
    assert "FLI051" in {f.code for f in found.findings}


def test_a_note_on_a_row_that_is_left_out_is_not_asked_about():
    edits = [
        *placed("name", "Vårdcentralen Rud (på is)"),
        (2, "| Logisk adressat (HSAID) | Namn |", "| Logisk adressat (HSAID) | Namn | Ska TAKas |"),
    ]
    text = altered(*edits).replace("Rud (på is) |", "Rud (på is) | Nej |", 1)

    assert ("ADR034", "Webcert -> Vårdsystem") not in {(f.code, f.sheet) for f in examine(text).findings}
