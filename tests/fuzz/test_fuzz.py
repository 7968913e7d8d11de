"""A short reproducible run of the fuzzer: changed inputs of every kind never raise."""

import random

import pytest

from tests.fuzz.corpus import corpus
from tests.fuzz.mutation import mutated
from tests.fuzz.targets import TARGETS

ROUNDS = 40


@pytest.fixture(scope="module")
def seeds():
    return corpus()


@pytest.mark.parametrize("target", TARGETS)
def test_no_changed_input_raises(seeds, target):
    rng = random.Random(0)
    for _ in range(ROUNDS):
        TARGETS[target](mutated(rng.choice(seeds[target]), rng))


@pytest.mark.parametrize("target", TARGETS)
def test_the_corpus_itself_is_read(seeds, target):
    assert len(seeds[target]) >= (5 if target == "read" else 1)
    for content in seeds[target]:
        TARGETS[target](content)


def test_the_same_seed_gives_the_same_changes(seeds):
    def changes(seed):
        rng = random.Random(seed)
        return [mutated(content, rng) for contents in seeds.values() for content in contents]

    assert changes(1) == changes(1)
    assert changes(1) != changes(2)
