"""Judges by the meaning of its words what a sentence of a mail is about."""

from underlag.profiles.words.meanings import Meanings
from underlag.profiles.words.stems import words_of


class Mails(Meanings):
    """Recognises sentences of mails that concern an order, and those that do not.

    Args:
        raw: the table `mails` of words.toml: by meaning, stems of words and phrases.
    """

    def without_harmless(self, sentence: str) -> str:
        """Return the words of a sentence without phrases that postpone nothing: 'Ni behöver inte vänta'."""
        return " ".join(self._of("harmless").without(words_of(sentence)))

    def concerns_mail(self, sentence: str) -> bool:
        """Whether a sentence is a disclaimer, a greeting, or about the mail or its sender."""
        return self._of("nothing").within(words_of(sentence))

    def may_change_order(self, sentence: str) -> bool:
        """Whether a sentence has a phrase that in mails limits or corrects the order: 'Fel fil'."""
        return self._of("asks").within(words_of(sentence))

    def doubts_part(self, sentence: str) -> bool:
        """Whether a sentence says of a part of the order what it should not be: 'till testservern'."""
        return self._of("doubts").within(words_of(sentence))

    def reuses_earlier(self, sentence: str) -> bool:
        """Whether a sentence says that something of an earlier order is to be used: 'Använd samma adress'."""
        return self._of("reuses").within(words_of(sentence))

    def is_about_part(self, sentence: str) -> bool:
        """Whether a sentence is about a part of the order, or what it needs: 'adressen', 'certifikatet'."""
        return self._of("parts").within(words_of(sentence))

    def without_passing(self, sentence: str) -> str:
        """Return the words of a sentence without those of time, unless it is about what is done."""
        words = words_of(sentence)
        return " ".join(words if self._of("acts").within(words) else self._of("in_passing").without(words))

    def removes_units(self, sentence: str) -> bool:
        """Whether a sentence says that units are removed, as an order to remove does."""
        return self._of("removes").within(words_of(sentence))

    def is_trial(self, sentence: str) -> bool:
        """Whether a sentence says that the workbook is a trial: 'Bara ett test av mallen'."""
        return self._of("trial").within(words_of(sentence))

    def changes_unit(self, sentence: str) -> bool:
        """Whether a sentence gives its unit another name, or another value: 'Åsen heter numera …'."""
        return self._of("renames").within(words_of(sentence))

    def describes_unit(self, sentence: str) -> bool:
        """Whether a sentence about a unit says what it is, or greets from it: 'Åsen är en filial'."""
        return self._of("describes").within(words_of(sentence))

    def reports_change(self, sentence: str) -> bool:
        """Whether a sentence says what its writer has done in the workbook: 'Vi har rättat …'."""
        return self._of("mended").within(words_of(sentence))

    def extends(self, sentence: str) -> bool:
        """Whether a sentence asks for units that the workbook lacks: 'Lägg till … också'."""
        words = words_of(sentence)
        return self._of("extends").within(words) and not self._of("no_units").within(words)

    def moves_date(self, sentence: str) -> bool:
        """Whether a day in a sentence is the order's: 'Ändra datumet till …', '… i stället'."""
        return self._of("moves").within(words_of(sentence))

    def wishes_day(self, sentence: str) -> bool:
        """Whether a day in a sentence is when something is wished: 'Kan ni göra det den …', 'Helst …'."""
        return self._of("wishes_day").within(words_of(sentence))

    def leaves_date_open(self, sentence: str) -> bool:
        """Whether a sentence says that the date is another, and perhaps not which: 'Datumet kan ändras'."""
        return self._of("other_date").within(words_of(sentence))

    def is_about_other_day(self, sentence: str) -> bool:
        """Whether a day in a sentence is that of a meeting, an answer or an earlier mail."""
        return self._of("other_days").within(words_of(sentence))

    def is_about_several(self, sentence: str) -> bool:
        """Whether a sentence is about several workbooks, or one that comes apart."""
        return self._of("several").within(words_of(sentence))

    def states_scope(self, sentence: str) -> bool:
        """Whether a sentence says what the order is for: 'Gäller både QA och PROD'."""
        return self._of("scope").within(words_of(sentence))

    def is_about_address(self, sentence: str) -> bool:
        """Whether an address in a sentence is one to call: 'Ny adress: …'."""
        return self._of("addresses").within(words_of(sentence))

    def states_own_id(self, sentence: str) -> bool:
        """Whether an id in a sentence is its writer's, or an organisation's."""
        return self._of("own_ids").within(words_of(sentence))

    def may_name_unit(self, sentence: str) -> bool:
        """Whether a sentence has a word with a capital letter that may be a name."""
        first, *rest = sentence.split() or [""]
        named = any(word[:1].isupper() for word in rest)
        return named or (first[:1].isupper() and not self._of("openers").begin(words_of(first)))
