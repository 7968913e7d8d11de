"""Loads that the register knows of, and the folders of those that are written."""

from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from underlag.documents.package_names import INDEX

#: In the output folder.
FOLDER: Final = "inlasningar"
#: The names of TAK orders in a load start so.
ORDERS: Final = "tak/bestallning-"


class PlannedLoad(NamedTuple):
    """A load that the register knows of.

    `register` is its file, or its folder where the file has the usual name.
    """

    number: int
    environment: str
    folder: Path
    made_at: datetime
    register: Path


def is_written(load: PlannedLoad) -> bool:
    """Whether a load's folder is there; it appears whole or not at all."""
    return (load.folder / INDEX).is_file()
