"""Words with the same meaning in every workbook: known headers, answers, and reasons against an order.

The words are data, in words.toml. `words()` gives them with one method or part for each question.
"""

from collections.abc import Collection, Mapping
from enum import Enum, auto
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from underlag.files.shipped import shipped_tables
from underlag.profiles.words.denials import Denial, Denials
from underlag.profiles.words.mails import Mails
from underlag.profiles.words.phrases import Phrases, folded
from underlag.profiles.words.remarks import Remarks
from underlag.profiles.words.remembered import remembered_method
from underlag.profiles.words.reservations import Reservations

__all__ = ["IGNORE", "Answer", "Denial", "HeaderWords", "Words", "folded", "words"]

#: Dashes between words.
_DASHES: Final = (" -", " –", " —")
#: The meaning of a column that the user decided to ignore.
IGNORE: Final = "ignore"


class Answer(Enum):
    """What a cell that answers a question says."""

    YES = auto()
    NO = auto()
    #: x, 1, ✓: means yes where others are left blank.
    MARK = auto()


class HeaderWords(NamedTuple):
    """Headers with a known meaning, in addition to those of the profile.

    Attributes:
        known: headers by the meaning of their column.
        begins: meanings whose headers may be followed by more words, however short they are.
        neutral: headers of columns that are no part of an order.
        neutral_begins: how such headers begin if more words may follow.
        uniform: headers of columns that are no part of an order if every row says the same.
        filled: headers of columns that are no part of an order if every row is filled.
        questions: headers of columns in which no denies nothing: 'Redan ansluten'.
        nouns: words of other headers of columns that are no part of an order.
        links: words that such headers have besides.
    """

    known: Mapping[str, tuple[str, ...]]
    begins: frozenset[str]
    neutral: tuple[str, ...]
    neutral_begins: tuple[str, ...]
    uniform: tuple[str, ...]
    filled: tuple[str, ...]
    questions: tuple[str, ...]
    nouns: frozenset[str]
    links: frozenset[str]

    def are_aside(self, header: str) -> bool:
        """Whether a header has only words for what is no part of an order: 'Tel. expedition'."""
        found = set(folded(header).replace("/", " ").split())
        return not found.isdisjoint(self.nouns) and found <= self.nouns | self.links


class Words:
    """The words of words.toml.

    Args:
        raw: the parsed file.

    Attributes:
        roles: for each meaning of a column its names; the first is the one to print.
        headers: known headers.
        denials: recognises texts that deny an order.
        reservations: recognises texts outside the rows that change an order.
        remarks: recognises sentences in free texts that may change it.
        english: the Swedish words for English ones in headers, both folded.
        kinds_of_units: words of names that say what kind of unit it is, folded.
        kind_endings: how compounds of such words end.
    """

    def __init__(self, raw: Mapping[str, Any]) -> None:
        answers, neutral, questions = raw["answers"], raw["neutral"], raw["questions"]
        self._yes, self._no, self._marks = (frozenset(answers[key]) for key in ("yes", "no", "marks"))
        self._endless = frozenset(answers["endless"])
        self._guides, self._logs = Phrases(neutral["guides"]), Phrases(neutral["logs"])
        self._sections = frozenset(neutral["sections"])
        self._areas, self._directions = (frozenset(neutral[key]) for key in ("areas", "directions"))
        self._ready = Phrases(questions["ready"])
        self._drafts = Phrases(raw["denials"]["outside"]["drafts"])
        self._places, self._no_places = (frozenset(neutral[key]) for key in ("places", "no_places"))
        self.roles = _tuples(raw["roles"])
        self.english: Mapping[str, str] = raw["english"]
        self.headers = HeaderWords(
            known=_tuples(raw["headers"]),
            begins=frozenset(raw["begins"]["roles"]),
            neutral=tuple(neutral["headers"]),
            neutral_begins=tuple(neutral["begins"]),
            uniform=tuple(neutral["uniform"]),
            filled=tuple(neutral["filled"]),
            questions=tuple(questions["headers"]),
            nouns=frozenset(neutral["nouns"]),
            links=frozenset(neutral["links"]),
        )
        self.denials = Denials(raw["denials"], self._yes)
        self.reservations = Reservations(raw["reservations"], raw["denials"]["outside"]["filling_in"])
        self.kinds_of_units = frozenset(raw["units"]["kinds"])
        self.kind_endings = tuple(raw["units"]["endings"])
        self._remarks = raw["remarks"]
        self._mails = raw["mails"]

    @cached_property
    def remarks(self) -> Remarks:
        """Recognises sentences in free texts that may change an order; made for the first such text."""
        return Remarks(self._remarks)

    @cached_property
    def mails(self) -> Mails:
        """Recognises sentences of mails that concern an order; made for the first mail."""
        return Mails(self._mails)

    @cached_property
    def _aside(self) -> frozenset[str]:
        headers = self.headers
        names = (*headers.neutral, *headers.uniform, *headers.known["inclusion"], "antal", "version")
        return frozenset(map(folded, names))

    @remembered_method
    def answer(self, text: str) -> Answer | None:
        """Return the answer that a cell gives, None if it says something else."""
        plain = folded(text) or text
        if plain in self._yes:
            return Answer.YES
        if plain in self._no:
            return Answer.NO
        return Answer.MARK if text.casefold() in self._marks else None

    def leading_answer(self, text: str) -> Answer | None:
        """Return the answer before the first sign in a longer text: 'Nej, hanteras av annan'."""
        at = next((at for at, sign in enumerate(text) if sign in ",;:.(!" or text[at : at + 2] in _DASHES), 0)
        return self.answer(text[:at].strip()) if text[:at].strip() else None

    def means_endless(self, text: str) -> bool:
        """Whether a cell for an end says that there is none: 'tills vidare'."""
        return (folded(text) or text) in self._endless

    def is_place(self, text: str) -> bool:
        """Whether a heading says only where the units below it are: 'Karlstads kommun'."""
        if not text.replace(" ", "").replace("-", "").isalpha():
            return False
        named = text.split()
        *names, last = (folded(word) for word in named)
        capitals = all(word[0].isupper() for word in named[:-1])
        return bool(names) and last in self._places and capitals and self._no_places.isdisjoint(names)

    def is_section(self, text: str) -> bool:
        """Whether a heading only says of what kind units are, or where: 'Primärvård', 'Område Norr'."""
        plain = folded(text)
        parts = set(plain.split())
        of_area = not parts.isdisjoint(self._areas) and parts <= self._areas | self._directions
        return "?" not in text and (plain in self._sections or of_area)

    @remembered_method
    def asks_whether_ready(self, label: str) -> bool:
        """Whether a label outside the rows asks if the order may be placed: 'Klart att beställa'."""
        return self._ready.begin(folded(label))

    @remembered_method
    def is_aside(self, label: str) -> bool:
        """Whether a label among the order details is about something else, or judged by its answer."""
        plain = folded(label)
        return plain in self._aside or self._ready.begin(plain) or plain.startswith("antal ")

    def is_guide(self, sheet: str) -> bool:
        """Whether the name of a sheet says that it explains how to fill in: 'Lathund', 'Instruktion 2027'."""
        return self._guides.begin(folded(sheet))

    def is_log(self, sheet: str) -> bool:
        """Whether the name of a sheet says that it logs the changes of the workbook: 'Ändringslogg'."""
        return self._logs.begin(folded(sheet))

    @remembered_method
    def is_draft(self, text: str) -> bool:
        """Whether a text outside the rows says that the workbook is no order, or not yet: 'UTKAST'."""
        return self._drafts.begin(folded(text))

    @remembered_method
    def names_draft(self, name: str) -> bool:
        """Whether the name of a file or sheet says the same anywhere in it: 'PROD-LiV_utkast'."""
        return self._drafts.within(folded(name.replace("_", " ")))


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the words, read once."""
    return Words(shipped_tables(Path(__file__).with_name("words.toml")))


def _tuples(table: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(names) for key, names in table.items()}
