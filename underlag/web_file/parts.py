"""The parts that underlag.html is made of: which packages, in which versions, with which checksums.

parts.toml is their list. A part whose checksum differs is never used.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path


@dataclass(slots=True, frozen=True)
class Part:
    """A package as a registry serves it.

    Attributes:
        name: its name there.
        version: its exact version.
        file: the name of the file.
        sha256: the file's checksum (hex).
        licence: SPDX identifier of its licence.
        source: npm or pip.
        platform: the platform that pip is asked for.
    """

    name: str
    version: str
    file: str
    sha256: str
    licence: str
    source: str
    platform: str

    def is_whole(self, path: Path) -> bool:
        """Whether a file is this part, byte for byte."""
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == self.sha256


@lru_cache(maxsize=1)
def parts() -> tuple[Part, ...]:
    """Return all parts, in the order of the list."""
    text = (resources.files("underlag.web_file") / "parts.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    usual = {"source": "pip", "platform": data["platform"]}
    return tuple(Part(**{**usual, **row}) for row in data["part"])
