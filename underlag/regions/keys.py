"""Keys of organisations' and places' names: equal whatever the case, accents and separators."""

import unicodedata
from functools import lru_cache
from typing import Final

from underlag.lazy_pattern import LazyPattern

#: What separates the words of a name.
SEPARATORS: Final = LazyPattern(r"[\s_\-–—.,;:/\\]+")
#: Words of a region's full name that people leave out, add or exchange.
KINDS: Final = frozenset(("region", "regionen", "landstinget", "landsting", "lan", "lans", "i", "och", "&"))


@lru_cache(maxsize=1024)
def name_key(text: str) -> str:
    """Return the key of a name."""
    plain = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return SEPARATORS.sub("", letters)


def name_core(text: str) -> str:
    """Return the key of a name without words for the kind of organisation: gotland of 'Region Gotland'."""
    words = (name_key(word) for word in SEPARATORS.split(text))
    return "".join(word for word in words if word not in KINDS)
