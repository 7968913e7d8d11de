"""The catalogue as Markdown: docs/felkoder.md, which `python -m underlag.renew` writes."""

import re
from typing import Final

from underlag.findings.catalogue import CATEGORIES, Kind, catalogue

_CATEGORY_TITLES: Final = {
    "FIL": "Filen",
    "FLI": "Flikar, rubriker och kolumner",
    "CEL": "Cellen",
    "HSA": "HSA-ID",
    "URL": "Anropsadresser",
    "KTR": "Tjänstekontrakt",
    "ADR": "Logiska adressater och namn",
    "KOM": "Konsumenter och producenter",
    "BST": "Beställningens uppgifter",
    "TAK": "Jämförelse med TAK",
}

_HEAD: Final = """\
# Felkoder

<!-- Skrivs av programmet ur katalogen i underlag/findings/texts: python -m underlag.renew -->

Allt som `underlag` anmärker på har en kod: tre bokstäver för vad det gäller och tre siffror. Samma text
visas av `underlag felkoder KOD`.

- **fel** stoppar beställningen. Gäller felet en rad kan raden lämnas utanför med `--hoppa-over-fel`;
  gäller det hela beställningen måste det rättas.
- **varning** är något att titta på. Beställningen går att göra.
- **info** talar om vad som har snyggats till eller tolkats. Ingenting ändras utan att det sägs.

Ord inom ‹ › ersätts med det som gäller i det enskilda fallet.
"""


def as_markdown() -> str:
    """Return the whole catalogue as Markdown: each kind's message, reason and advice."""
    kinds = catalogue().values()
    parts = [_HEAD]
    for category in CATEGORIES:
        of_category = [kind for kind in kinds if kind.category == category]
        if of_category:
            parts.append(f"## {category}: {_CATEGORY_TITLES[category]}\n")
            parts += map(_section, of_category)
    return "\n".join(parts)


def shown(template: str) -> str:
    """Return a text of the catalogue with readable placeholders: {varde} becomes ‹varde›."""
    return re.sub(r"\{(\w+)\}", lambda gap: f"‹{_GAPS.get(gap[1], gap[1])}›", template)


#: Readable names of placeholders whose own names are not plain Swedish.
_GAPS: Final = {
    "varde": "värdet",
    "flik": "fliken",
    "cell": "cellen",
    "kalla": "källan",
    "annat": "det andra",
    "annan": "den andra",
    "annan_flik": "den andra fliken",
    "annan_cell": "den andra cellen",
    "annan_plats": "den andra platsen",
    "plats": "platsen",
    "ratt": "det rätta",
    "miljo": "miljön",
    "miljoer": "profilens miljöer",
    "hsaid": "HSA-ID",
    "tillatna": "flikens kontrakt",
    "vard": "värdnamnet",
    "skal": "skälet",
    "filnamn": "filnamnet",
    "hoj": "hur gränserna höjs",
}


def _section(kind: Kind) -> str:
    """Return the section of one kind."""
    scope = " (hela beställningen)" if kind.blocks else ""
    return "\n".join(
        (
            f"### {kind.code} {kind.title}\n",
            f"**{kind.severity.value}**{scope}\n",
            f"{shown(kind.message)}\n",
            f"*Varför:* {kind.why}\n",
            f"*Gör så här:* {shown(kind.mend)}\n",
        )
    )
