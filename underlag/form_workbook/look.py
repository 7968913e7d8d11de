"""The formats of an empty workbook's cells."""

from enum import Enum, auto
from typing import Any, Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from underlag.form_workbook.content import Need

_BLUE, _LIGHT_BLUE, _GREY, _LINE, _WHITE = "1F4E8C", "DCE8F6", "E9ECF1", "C3CAD5", "FFFFFF"
_TEXT: Final = "@"


class Look(Enum):
    """The kind of a cell, a row or a column."""

    PLAIN = auto()
    ABOVE = auto()
    TITLE = auto()
    INSTRUCTION = auto()
    HEADING = auto()
    TEXT = auto()
    FILLED_IN = auto()
    HEADER_ASKED = auto()
    HEADER_FREE = auto()
    HEADER_GIVEN = auto()
    LABEL_ASKED = auto()
    LABEL_FREE = auto()
    LABEL_GIVEN = auto()
    VALUE_ASKED = auto()
    VALUE_FREE = auto()
    VALUE_GIVEN = auto()

    @classmethod
    def of_header(cls, need: Need) -> "Look":
        """Return the look of a column's header."""
        return cls[f"HEADER_{need.name}"]

    @classmethod
    def of_label(cls, need: Need) -> "Look":
        """Return the look of a label in the form."""
        return cls[f"LABEL_{need.name}"]

    @classmethod
    def of_value(cls, need: Need) -> "Look":
        """Return the look of the value next to a label."""
        return cls[f"VALUE_{need.name}"]


class Looks:
    """Formats cells, rows and columns."""

    def __init__(self) -> None:
        side = Side(style="thin", color=_LINE)
        boxed = {
            "border": Border(left=side, right=side, top=side, bottom=side),
            "alignment": Alignment(vertical="center", wrap_text=True),
        }
        text = {**boxed, "alignment": Alignment(vertical="top", wrap_text=True), "number_format": _TEXT}
        value = {**boxed, "number_format": _TEXT}
        bold, grey, light = _font(bold=True), _ground(_GREY), _ground(_LIGHT_BLUE)
        self._formats: dict[Look, dict[str, Any]] = {
            Look.PLAIN: {},
            Look.ABOVE: {"alignment": Alignment(vertical="center")},
            Look.TITLE: {"font": _font(bold=True, size=15, color=_BLUE)},
            Look.INSTRUCTION: {"alignment": Alignment(vertical="center", wrap_text=True)},
            Look.HEADING: {"font": _font(bold=True, size=12)},
            Look.TEXT: text,
            Look.FILLED_IN: {**text, "fill": grey},
            Look.HEADER_ASKED: {**boxed, "font": _font(bold=True, color=_WHITE), "fill": _ground(_BLUE)},
            Look.HEADER_FREE: {**boxed, "font": bold},
            Look.HEADER_GIVEN: {**boxed, "font": bold, "fill": grey},
            Look.LABEL_ASKED: {**boxed, "font": bold, "fill": light},
            Look.LABEL_FREE: boxed,
            Look.LABEL_GIVEN: {**boxed, "fill": grey},
            Look.VALUE_ASKED: value,
            Look.VALUE_FREE: value,
            Look.VALUE_GIVEN: {**value, "fill": grey},
        }

    def apply(self, target: Any, look: Look) -> None:
        """Set the formats of a cell, a row or a column."""
        for attribute, value in self._formats[look].items():
            setattr(target, attribute, value)


def _font(*, bold: bool = False, size: float = 11, color: str | None = None) -> Font:
    return Font(name="Calibri", size=size, bold=bold, color=color)


def _ground(color: str) -> PatternFill:
    return PatternFill("solid", start_color=color)
