"""Places and hospitals within each region, as data: what people write beside the region's name."""

from functools import lru_cache
from pathlib import Path

from underlag.files.shipped import shipped_tables
from underlag.regions.keys import KINDS, SEPARATORS, name_key


def is_within(text: str, region: str) -> bool:
    """Whether a text has nothing but places, hospitals and care of a region, given by its current name."""
    words = [known for word in SEPARATORS.split(text) if (known := name_key(word)) not in KINDS | {""}]
    places = _places().get(region)
    return bool(words) and places is not None and _consists_of(words, places)


def _consists_of(words: list[str], places: frozenset[str]) -> bool:
    """Whether words are names one after the other, each of one word or several, also in the genitive."""
    reached = {0}
    for end in range(1, len(words) + 1):
        names = ("".join(words[at:end]) for at in sorted(reached))
        if any(name in places or name.removesuffix("s") in places for name in names):
            reached.add(end)
    return len(words) in reached


@lru_cache(maxsize=1)
def _places() -> dict[str, frozenset[str]]:
    """Return the keys of the places in each region, with the words for care in any of them."""
    data = shipped_tables(Path(__file__).with_name("places.toml"))
    care = data["care"]
    return {region: frozenset(map(name_key, (*care, *names))) for region, names in data["places"].items()}
