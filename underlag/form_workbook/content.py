"""The content of an empty workbook, independent of Excel."""

from dataclasses import dataclass
from enum import Enum


class Need(Enum):
    """Whether a column or a field must be filled in; the Swedish value states it."""

    ASKED = "Ska fyllas i."
    FREE = "Fylls i vid behov."
    GIVEN = "Ifyllt åt er. Ändra bara om ni vet att något annat gäller."


@dataclass(slots=True, frozen=True)
class Column:
    """A column of a table.

    Attributes:
        title: its header, as the profile has it.
        width: in characters.
        need: whether it is to be filled in.
        help: Swedish sentences about its values.
        choices: the values to choose from; empty for free text.
    """

    title: str
    width: int
    need: Need
    help: str
    choices: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class Table:
    """A sheet with headers and prefilled rows: a text for each column, '' for none."""

    name: str
    title: str
    instructions: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True, frozen=True)
class Item:
    """A label of the form and its value."""

    label: str
    need: Need
    help: str
    value: str = ""
    choices: tuple[str, ...] = ()
    tall: bool = False


@dataclass(slots=True, frozen=True)
class Section:
    """A part of the form, with its heading."""

    heading: str
    items: tuple[Item, ...]


@dataclass(slots=True, frozen=True)
class Form:
    """The sheet of labels and values."""

    name: str
    title: str
    instructions: tuple[str, ...]
    sections: tuple[Section, ...]
