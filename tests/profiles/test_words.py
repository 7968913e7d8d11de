"""words.toml has its phrases in the form in which texts are compared with them."""

from itertools import chain
from pathlib import Path

from underlag.files.shipped import shipped_tables
from underlag.profiles import words
from underlag.profiles.words.phrases import folded

WORDS = shipped_tables(Path(words.__file__).with_name("words.toml"))


def test_answers_and_phrases_are_written_as_they_are_compared():
    answers, neutral, denials = WORDS["answers"], WORDS["neutral"], WORDS["denials"]
    lists = [
        *answers.values(),
        *(neutral[key] for key in ("guides", "places", "no_places")),
        WORDS["questions"]["ready"],
        *(texts for key in ("ends", "refuses", "outside", "reading") for texts in denials[key].values()),
        *WORDS["reservations"].values(),
        WORDS["units"]["kinds"],
    ]

    assert [text for text in chain(*lists) if (folded(text) or text) != text] == []
