"""The files of a result, packed until they are requested."""

import zlib
from collections.abc import Iterable, Iterator, Mapping

#: Quick, and enough: TAK orders repeat themselves, and pack to a twentieth.
_LEVEL = 1


class KeptFiles(Mapping[str, bytes]):
    """Files by their names, each packed in memory and unpacked when it is asked for.

    Args:
        files: names and contents; each content is packed before the next file is made.
    """

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        self._packed = {name: zlib.compress(content, _LEVEL) for name, content in files}

    def __getitem__(self, name: str) -> bytes:
        return zlib.decompress(self._packed[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return sum(map(len, self._packed.values()))
