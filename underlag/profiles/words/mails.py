"""Judges by the meaning of its words what a sentence of a mail is about."""

from collections.abc import Iterable, Mapping

from underlag.profiles.words.stems import Stems, words_of


class Mails:
    """Recognises sentences of mails that concern an order, and those that do not.

    Args:
        raw: the table `mails` of words.toml: by meaning, stems of words and phrases.
    """

    def __init__(self, raw: Mapping[str, Iterable[str]]) -> None:
        self._harmless = Stems(raw["harmless"])
        self._nothing = Stems(raw["nothing"])
        self._asks = Stems(raw["asks"])
        self._removes = Stems(raw["removes"])
        self._in_passing = Stems(raw["in_passing"])
        self._acts = Stems(raw["acts"])

    def without_harmless(self, sentence: str) -> str:
        """Return the words of a sentence without phrases that postpone nothing: 'Ni behöver inte vänta'."""
        return " ".join(self._harmless.without(words_of(sentence)))

    def concerns_mail(self, sentence: str) -> bool:
        """Whether a sentence is a disclaimer, a greeting, or about the mail or its sender."""
        return self._nothing.within(words_of(sentence))

    def may_change_order(self, sentence: str) -> bool:
        """Whether a sentence has a phrase that in mails limits or corrects the order: 'Fel fil'."""
        return self._asks.within(words_of(sentence))

    def without_passing(self, sentence: str) -> str:
        """Return the words of a sentence without those of time, unless it is about what is done."""
        words = words_of(sentence)
        return " ".join(words if self._acts.within(words) else self._in_passing.without(words))

    def removes_units(self, sentence: str) -> bool:
        """Whether a sentence says that units are removed, as an order to remove does."""
        return self._removes.within(words_of(sentence))
