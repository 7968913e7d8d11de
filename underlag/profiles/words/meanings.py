"""A table of words.toml that has stems of words and phrases by what they mean."""

from collections.abc import Iterable, Mapping

from underlag.profiles.words.stems import Stems


class Meanings:
    """The stems of a table, each part made when it is first used: most texts need few of them.

    Args:
        raw: the table: by meaning, stems of words and phrases.
    """

    def __init__(self, raw: Mapping[str, Iterable[str]]) -> None:
        self._raw = raw
        self._made: dict[str, Stems] = {}

    def _of(self, name: str) -> Stems:
        """Return the stems of a part of the table."""
        if name not in self._made:
            self._made[name] = Stems(self._raw[name])
        return self._made[name]
