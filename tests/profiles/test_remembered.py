"""Functions that remember what they answered: for few and short texts, so that no file fills the memory."""

from underlag.profiles.words.remembered import remembered, remembered_method


def test_a_function_is_asked_once_for_each_text():
    asked = []

    @remembered
    def length(text):
        asked.append(text)
        return len(text)

    assert [length(text) for text in ("Byn", "Åsen", "Byn")] == [3, 4, 3]
    assert asked == ["Byn", "Åsen"]


def test_a_long_text_is_not_kept():
    asked = []
    length = remembered(lambda text: asked.append(text) or len(text))

    assert length("x" * 30_000) == length("x" * 30_000) == 30_000
    assert len(asked) == 2


def test_of_many_texts_only_the_latest_are_kept():
    asked = []
    length = remembered(lambda text: asked.append(text) or len(text))
    texts = [f"Enhet {number}" for number in range(20_000)]
    for text in texts:
        length(text)
    asked.clear()

    length(texts[-1])
    length(texts[0])

    assert asked == [texts[0]]


def test_a_text_that_is_asked_for_again_and_again_is_kept_among_many():
    asked = []
    length = remembered(lambda text: asked.append(text) or len(text))
    for number in range(20_000):
        length("Region Värmland")
        length(f"Enhet {number}")

    assert asked.count("Region Värmland") == 1


class _Ending:
    def __init__(self, ending):
        self.ending = ending
        self.asked = []

    @remembered_method
    def ends(self, text):
        """Whether a text has the ending."""
        self.asked.append(text)
        return text.endswith(self.ending)


def test_each_object_has_its_own_answers():
    here, there = _Ending("en"), _Ending("by")

    assert [one.ends("Byn") for one in (here, there, here)] == [False, False, False]
    assert [one.ends("Åsen") for one in (here, there, here)] == [True, False, True]
    assert here.asked == there.asked == ["Byn", "Åsen"]


def test_a_method_keeps_its_documentation():
    assert _Ending.ends.__doc__ == "Whether a text has the ending."
