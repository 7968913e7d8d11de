"""What an empty workbook consists of, before anybody thinks of Excel."""

from dataclasses import dataclass
from enum import Enum


class Need(Enum):
    """Whether a person has to fill in a column or a field; each tells it in Swedish."""

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
        choices: what to choose from, none where anything may stand.
    """

    title: str
    width: int
    need: Need
    help: str
    choices: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class Table:
    """A sheet with headers and the rows that are filled in already; a text for each column, '' for none."""

    name: str
    title: str
    instructions: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True, frozen=True)
class Item:
    """A label of the form with the value beside it."""

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
    """The sheet with labels and values beside them."""

    name: str
    title: str
    instructions: tuple[str, ...]
    sections: tuple[Section, ...]
