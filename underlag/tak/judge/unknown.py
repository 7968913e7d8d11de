"""Properties that tak-web does not know, and what was probably meant."""

import difflib
from typing import Any

from underlag.tak.judge.verdict import Remark, remark


def known_only(found: dict[str, Any], where: str, known: tuple[str, ...], remarks: list[Remark]) -> None:
    """Tell every property that is not among the known ones."""
    remarks.extend(
        remark("okand-egenskap", f"{where}.{name}" if where else name, name, forslag=_advice(name, known))
        for name in found
        if name not in known
    )


def _advice(name: str, known: tuple[str, ...]) -> str:
    folded = {option.casefold(): option for option in known}
    meant = folded.get(name.casefold())
    if meant is None:
        near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.75)
        meant = folded[near[0]] if near else None
    return f" Den ska heta {meant}." if meant else " Ta bort den."
