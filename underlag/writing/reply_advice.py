"""Advice worded for the person at the region: no options of commands, no steps of customer service."""

from dataclasses import replace
from typing import Final

from underlag.findings import Finding

_STATE: Final = "i fliken Beställning och skicka in arbetsboken igen, eller svara på det här mejlet med"
_REMOVE_NUMBER: Final = (
    "Skicka in arbetsboken igen. Radera också mejlet som ni skickade den i, och äldre versioner av filen."
)
_REPLACE_ROUTE: Final = (
    "Kontrollera med den som äger vägvalet. Ska det bytas: svara på det här mejlet och bekräfta det. Annars: "
    "ta bort raden ur underlaget."
)
_OURS: Final = "Det här ordnar kundservice. Ni behöver inte göra något."

#: By code, where the catalogue's advice is for whoever runs the program.
_ADVICE: Final = {
    "HSA007": f"Ta bort numret ur arbetsboken och skriv in HSA-ID:t. {_REMOVE_NUMBER}",
    "ADR013": f"Ta bort numret ur namnet. {_REMOVE_NUMBER}",
    "BST031": f"Ta bort numret. {_REMOVE_NUMBER}",
    "BST001": "Skriv PROD eller QA vid Miljö i fliken Beställning, eller svara på det här mejlet med miljön.",
    "BST007": f"Skriv datumet {_STATE} det.",
    "BST009": f"Skriv numret {_STATE} det.",
    "BST013": f"Skriv uppgifterna {_STATE} dem.",
    "BST020": "Rätta felen i arbetsboken och skicka in den igen.",
    "BST030": "Kontrollera vilken miljö som menas. Ta bort ordet ur filnamnet, eller svara på det här mejlet "
    "med miljön.",
    "HSA034": _OURS,
    "HSA035": _OURS,
    "TAK012": _REPLACE_ROUTE,
    "TAK013": "Kontrollera vilken anropsadress och RIV-TA-profil som är rätt. Ska vägvalet bytas: svara på "
    "det här mejlet och bekräfta det. Annars: ta bort raden ur underlaget.",
    "TAK017": _REPLACE_ROUTE,
    "TAK026": _REPLACE_ROUTE,
    "TAK027": "Ska vägvalet bytas: svara på det här mejlet och bekräfta det. Annars: ta bort enheten ur båda "
    "flikarna.",
    "TAK041": _OURS,
    "TAK042": _OURS,
    "TAK043": _OURS,
    "TAK045": _OURS,
    "TAK051": _OURS,
}
#: What the messages of TAK012 and TAK013 end with, for whoever runs the program and for the region.
_OPTION: Final = "Raden beställs inte utan --ersatt-vagval."
_CONFIRMED: Final = "Raden beställs inte utan att ni bekräftar det."


def for_region(found: Finding) -> Finding:
    """Return a finding as the region is told of it."""
    advice = _ADVICE.get(found.code)
    if advice is None:
        return found
    return replace(found, suggestion=advice, message=found.message.replace(_OPTION, _CONFIRMED))
