"""Properties that tak-web does not know, with the likely intended name."""

from functools import lru_cache
from typing import Any, Final

from underlag.characters.likeness import MISSPELT, nearest
from underlag.tak.judge.verdict import Remark, remark

#: After this many remarks, stop suggesting names: they are no misspellings, and matching takes time.
_MISSPELT: Final = 2_000
_NO_ADVICE: Final = " Ta bort den."


def known_only(found: dict[str, Any], where: str, known: tuple[str, ...], remarks: list[Remark]) -> None:
    """Remark on every property that is not among the known ones."""
    for name in found:
        if name not in known:
            advice = _advice(name, known) if len(remarks) < _MISSPELT else _NO_ADVICE
            place = f"{where}.{name}" if where else name
            remarks.append(remark("okand-egenskap", place, name, forslag=advice))


@lru_cache(maxsize=1000)
def _advice(name: str, known: tuple[str, ...]) -> str:
    """Return Swedish advice: the likely name, or to remove the property."""
    meant = nearest(name, known, at_least=MISSPELT)
    return f" Den ska heta {meant}." if meant else _NO_ADVICE
