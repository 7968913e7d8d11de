"""Judges by the meaning of its words whether a sentence of a free text is about another order."""

from collections.abc import Iterable, Mapping

from underlag.profiles.words.remembered import remembered_method
from underlag.profiles.words.stems import Stems, words_of


class Remarks:
    """Recognises sentences that may mean another order than the workbook's.

    Args:
        raw: the table `remarks` of words.toml: by meaning, stems of words and phrases.
    """

    def __init__(self, raw: Mapping[str, Iterable[str]]) -> None:
        self._harmless = Stems(raw["harmless"])
        self._past = Stems(raw["past"])
        self._later = Stems(raw["later"])
        self._describes = Stems(raw["describes"])
        self._alone = Stems(raw["alone"])
        self._of_rows = Stems(raw["of_rows"])
        self._labels_aside = Stems(raw["labels_aside"])
        apart = {"harmless", "past", "later", "describes", "of_rows", "alone", "labels_aside"}
        self._withdraws_or_postpones = Stems([*raw["withdraw"], *raw["wait"]])
        self._changes = Stems(phrase for key in raw if key not in apart for phrase in raw[key])

    @remembered_method
    def changes_order(self, sentence: str) -> bool:
        """Whether a sentence denies, postpones, limits, changes, corrects or extends something."""
        rest = self._harmless.without(words_of(sentence))
        return self._changes.within(rest) or (self._later.within(rest) and not self._past.within(rest))

    def withdraws_or_postpones(self, sentence: str) -> bool:
        """Whether a sentence has a word that withdraws or postpones something."""
        return self._withdraws_or_postpones.within(words_of(sentence))

    @remembered_method
    def without_harmless(self, text: str) -> str:
        """Return the words of a text without phrases that deny nothing: 'Inget ska tas bort'."""
        return " ".join(self._harmless.without(words_of(text)))

    @remembered_method
    def only_describes(self, sentence: str) -> bool:
        """Whether a sentence about a unit says what it is or what has been done: 'Åsen är testad'."""
        return self._describes.within(words_of(sentence))

    def describes_row(self, text: str) -> bool:
        """Whether a text on a row says only where its unit is, whom to ask or what has been checked."""
        return self._of_rows.begin(words_of(text)) and not self.changes_order(text)

    @remembered_method
    def labels_aside(self, label: str) -> bool:
        """Whether a label of order details is of a kind that no order has: 'Fakturareferens'."""
        return self._labels_aside.within(words_of(label))

    @remembered_method
    def denies_alone(self, text: str) -> bool:
        """Whether a single word denies or postpones the order: 'Avvakta', 'Ogiltig'."""
        words = words_of(text)
        return len(words) == 1 and self._alone.begin(words)
