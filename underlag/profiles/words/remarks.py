"""Judges by the meaning of its words whether a sentence of a free text is about another order."""

from functools import cached_property
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words.meanings import Meanings
from underlag.profiles.words.remembered import remembered_method
from underlag.profiles.words.stems import Stems, words_of

#: The parts of the table with another meaning than that a sentence changes the order.
_APART: Final = frozenset(
    (
        *("harmless", "past", "later", "describes", "of_rows", "checked", "alone", "labels_aside", "beside"),
        *("scope", "abroad", "reach", "of_region", "of_some", "absent", "away"),
        *("plain", "unclear", "whole", "of_logs"),
    )
)
#: The parts of the table about what is not to be done, or to be otherwise.
_ALTERS: Final = ("deny", "limit", "withdraw", "change")
#: How verbs and participles end that say what has been done: 'förnyades', 'förnyade', 'har förnyats'.
_PAST: Final = ("ades", "ade", "ats")
#: How words about ordering begin: 'f.d. ansluten'.
_ORDERING: Final = ("tak", "anslut", "beställ", "aktiver", "inaktiv", "kopplad")
#: Who writes: 'Karin Ek: …' as Excel begins a comment, '… /KE' as people end one.
_AUTHOR: Final = LazyPattern(r"^[A-ZÅÄÖ][^\W\d_]+(?:[ -][A-ZÅÄÖ][^\W\d_]+){0,3}:\s+")
_SIGNED: Final = LazyPattern(r"\s*(?:/|[-–]\s)\s?(?:[A-ZÅÄÖ]{2,4}|[A-ZÅÄÖ][a-zåäö]+)\.?$")


class Remarks(Meanings):
    """Recognises sentences that may mean another order than the workbook's.

    Args:
        raw: the table `remarks` of words.toml: by meaning, stems of words and phrases.
    """

    @cached_property
    def _withdraws_or_postpones(self) -> Stems:
        return Stems([*self._raw["withdraw"], *self._raw["wait"]])

    @cached_property
    def _changes(self) -> Stems:
        return Stems(phrase for key in self._raw if key not in _APART for phrase in self._raw[key])

    @cached_property
    def _alters(self) -> Stems:
        return Stems(phrase for key in _ALTERS for phrase in self._raw[key])

    def denies_or_alters(self, sentence: str) -> bool:
        """Whether a sentence has a word that denies, limits, withdraws or changes something."""
        return self._alters.within(words_of(sentence))

    def corrects(self, sentence: str) -> bool:
        """Whether a sentence has a word for an error or a doubt."""
        return self._of("correct").within(words_of(sentence))

    @remembered_method
    def changes_order(self, sentence: str) -> bool:
        """Whether a sentence denies, postpones, limits, changes, corrects or extends something."""
        rest = self._of("harmless").without(words_of(sentence))
        if self._changes.within(rest):
            return True
        return self._of("later").within(rest) and not (
            self._of("past").within(rest) or any(word.endswith(_PAST) for word in rest)
        )

    @remembered_method
    def states_done(self, sentence: str) -> bool:
        """Whether a sentence says that something has been done or decided: 'Godkänt av Eva'."""
        return self._of("past").within(words_of(sentence))

    @remembered_method
    def is_trial(self, sentence: str) -> bool:
        """Whether a sentence says that the workbook is a trial, or wants it back."""
        return self._of("trial").within(words_of(sentence))

    @remembered_method
    def states_scope(self, sentence: str) -> bool:
        """Whether a sentence says for whom something is: 'Gäller Dalarna', 'För Region Örebros räkning'."""
        return self._of("scope").within(words_of(sentence))

    def is_about_some(self, sentence: str) -> bool:
        """Whether a sentence counts units or sets some apart: 'Två av enheterna startar i mars'."""
        return self._of("of_some").within(words_of(sentence))

    def names_abroad(self, sentence: str) -> bool:
        """Whether a sentence names another country."""
        return self._of("abroad").within(words_of(sentence))

    def limits_region(self, value: str) -> bool:
        """Whether the name of a region has a condition, or says for whom it orders."""
        return self._of("of_region").within(words_of(value))

    def only_says_when_reached(self, value: str) -> bool:
        """Whether a contact's value says nothing but when and how the contact is reached: 'efter kl 13'."""
        return self.changes_order(value) and not self.changes_order(
            " ".join(self._of("reach").without(words_of(value)))
        )

    def says_absent(self, value: str) -> bool:
        """Whether a text at a contact says that the contact has left, or is away for long: 'sjuk'."""
        return self._of("absent").within(words_of(value))

    def says_away(self, value: str) -> bool:
        """Whether a text at a contact says that the contact is away for a time: 'semester v 46'."""
        return self._of("away").within(words_of(value))

    def withdraws_or_postpones(self, sentence: str) -> bool:
        """Whether a sentence has a word that withdraws or postpones something."""
        return self._withdraws_or_postpones.within(words_of(sentence))

    @remembered_method
    def without_harmless(self, text: str) -> str:
        """Return the words of a text without phrases that deny nothing: 'Inget ska tas bort'."""
        return " ".join(self._of("harmless").without(words_of(text)))

    @remembered_method
    def only_describes(self, sentence: str) -> bool:
        """Whether a sentence about a unit says what it is or what has been done: 'Åsen är testad'."""
        return self._of("describes").within(words_of(sentence))

    def describes_row(self, text: str) -> bool:
        """Whether a text on a row says only where its unit is, whom to ask or what has been checked."""
        begins = self._of("of_rows").begin(words_of(text))
        return self.states_check(text) or (begins and not self.changes_order(text))

    def states_check(self, text: str) -> bool:
        """Whether a text on a row says only what has been checked: 'Kontrollerad /EA'."""
        return self._of("checked").begin(words_of(text)) and not self.changes_order(text)

    @cached_property
    def _of_plain(self) -> Stems:
        return Stems([*self._raw["plain"], *self._raw["whole"]])

    @remembered_method
    def is_plain(self, sentence: str) -> bool:
        """Whether each word of a sentence is known to deny or change nothing: 'Samma proxy som i dag'."""
        words = words_of(_SIGNED.sub("", _AUTHOR.sub("", sentence)))
        if "?" in sentence or not self._of_plain.cover(words) or self._of("unclear").within(words):
            return False
        if self.says_absent(sentence):
            return False
        rest = self._of("whole").without(words)
        return not any(word.startswith(_ORDERING) for word in rest) and not self.changes_order(" ".join(rest))

    @remembered_method
    def is_plain_in_log(self, entry: str) -> bool:
        """Whether an entry of a log says only that a version was made: 'Första utkast'."""
        return self._of("of_logs").cover(words_of(entry))

    @remembered_method
    def labels_aside(self, label: str) -> bool:
        """Whether a label of order details is of a kind that no order has: 'Fakturareferens'."""
        return self._of("labels_aside").within(words_of(label))

    @remembered_method
    def may_be_of_unit(self, text: str) -> bool:
        """Whether a text beside a unit says that somebody, or the unit, pauses, waits or ends."""
        return self._of("beside").within(words_of(text))

    @remembered_method
    def denies_alone(self, text: str) -> bool:
        """Whether a single word denies or postpones the order: 'Avvakta', 'Ogiltig'."""
        words = words_of(text)
        return len(words) == 1 and self._of("alone").begin(words)
