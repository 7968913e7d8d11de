"""Answers about short texts are remembered, those about long ones are not."""

from underlag.characters.short_texts import LONGEST, remembered_if_short


def asked_twice(*asked):
    calls = []

    @remembered_if_short(2)
    def length(*texts):
        """Return the length of the last."""
        calls.append(texts)
        return len(texts[-1])

    answers = {length(*asked) for _ in range(2)}
    assert answers == {len(asked[-1])}
    return len(calls)


def test_the_answer_about_a_short_text_is_remembered():
    assert asked_twice("x" * LONGEST) == 1
    assert asked_twice("name", "x") == 1


def test_the_answer_about_a_long_text_is_not_kept():
    assert asked_twice("x" * (LONGEST + 1)) == 2
    assert asked_twice("name", "x" * 30_000) == 2
