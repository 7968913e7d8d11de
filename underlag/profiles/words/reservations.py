"""How a text outside the rows changes an order: it withdraws, limits, postpones or extends it."""

from collections.abc import Iterable, Mapping
from typing import Literal

from underlag.profiles.words.phrases import Phrases, folded
from underlag.profiles.words.remembered import remembered_method

#: A longer text is not searched.
_LONGEST = 2_000


class Reservations:
    """Recognises texts that change what is ordered.

    Args:
        raw: the table `reservations` of words.toml.
        filling_in: phrases of texts that explain how to fill in the workbook.
    """

    def __init__(self, raw: Mapping[str, Iterable[str]], filling_in: Iterable[str]) -> None:
        self._withdraws = Phrases(raw["withdraws"])
        self._changes = Phrases(raw["changes"])
        self._explains = Phrases([*filling_in, *raw["explains"]])
        self._still = Phrases(raw["still"])
        self._instructs = Phrases(raw["instructs"])
        self._of_footnotes = Phrases(raw["of_footnotes"])
        self._of_headers = Phrases(raw["of_headers"])
        self._signs = Phrases(raw["signs"])

    @remembered_method
    def weight_of(self, text: str) -> Literal["", "inside", "withdraws"]:
        """Return what a text does to an order, whatever its units: 'Alla utom …', '… är återkallad'."""
        plain = folded(text)
        if len(text) > _LONGEST or self.explains(text) or self._instructs.begin(plain):
            return ""
        if self._withdraws.within(plain):
            return "withdraws"
        return "inside" if self._changes.within(plain) else ""

    @remembered_method
    def instructs(self, sentence: str) -> bool:
        """Whether a sentence begins as an instruction does: 'Om enheten …'."""
        return self._instructs.begin(folded(sentence))

    @remembered_method
    def changes_noted(self, footnote: str) -> bool:
        """Whether a footnote says that the units with its mark open, move or change: '1) öppnar i maj'."""
        return len(footnote) <= _LONGEST and self._of_footnotes.within(folded(footnote))

    @remembered_method
    def explains(self, text: str) -> bool:
        """Whether a text explains how to fill in the workbook."""
        plain = folded(text)
        return self._explains.within(plain) and not self._still.within(plain)

    @remembered_method
    def doubts_column(self, header: str) -> bool:
        """Whether a header says that the cells below are not right or not ready: 'Namn (ändras 1/4)'."""
        return self._of_headers.within(folded(header))

    @remembered_method
    def explains_signs(self, text: str) -> bool:
        """Whether a legend of colours says how to fill in, or nothing of the order: 'Gula = nya'."""
        return self._signs.within(folded(text))
