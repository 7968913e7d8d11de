"""Notes in names of units, each with its verdict; what belongs to a name is none."""

import pytest

from tests.cases.test_texts import placed
from tests.checks.examine import altered, examine, mentions, verdict

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
augusti
2027-09-01
kommer
väntar
""".strip().split("\n")
#: What belongs to a name.
NAMES = """
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
Psykiatri: öppenvård vuxna
Ungdomsmottagningen (14-25 år)
Vårdcentralen Rud (avd 1 och 2)
Vårdcentralen Rud (privat)
TioHundra, Norrtälje
Majorna - Linnéstaden
Vårdcentralen Testebo (Vårgårda)
HIV- och hepatitmottagningen (Infektion)
""".strip().split("\n")


def checked(name):
    return examine(altered(*placed("name", name)))


@pytest.mark.parametrize("name", ["Vårdcentralen Rud ({})", "Vårdcentralen Rud - {}", "Rud, {}"])
@pytest.mark.parametrize("note", NOTES)
def test_note_in_a_name_is_asked_about(note, name):
    found = checked(name.format(note))

    assert verdict(found) == "se"
    assert mentions(found, note)


@pytest.mark.parametrize("name", NAMES)
def test_what_belongs_to_a_name_is_no_note(name):
    found = checked(name)

    assert verdict(found) == "ren", [(f.code, f.message) for f in found.findings]
