"""The cell formats of .xlsx and .xlsm: which show dates, and which are struck through.

People strike rows through to delete them, and the cells do not say so.
"""

from dataclasses import dataclass, field

from underlag.reading.formats.limits import MAX_ELEMENTS
from underlag.reading.formats.refusal import too_much
from underlag.reading.formats.xml_parsing import Attributes, local, new_parser, parse

#: What a workbook in Excel has room for, and more.
_MAX_FORMATS = 70_000


@dataclass(slots=True)
class CellFormats:
    """Cell formats by their number.

    Attributes:
        number_formats: the number format of each: a built-in number or a code.
        struck: numbers of those whose font is struck through; usually none.
    """

    number_formats: list[int | str] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)


def cell_formats(styles: bytes) -> CellFormats:
    """Read the part of the workbook that holds its formats; b'' where there is none.

    Raises:
        UnreadableError: it is damaged, or larger than the limits.
    """
    if not styles:
        return CellFormats()
    if (count := styles.count(b"<") // 2) > MAX_ELEMENTS:
        raise too_much("XML-element bland filens format", count, MAX_ELEMENTS)
    reader = _StyleReader()
    parser = new_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parse(parser, styles)
    return reader.result()


class _StyleReader:
    """One parse of the styles; the requested elements are in a list that is a child of the root."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._codes: dict[int, str] = {}
        self._struck_fonts: list[bool] = []
        self._formats: list[tuple[int, int]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        self._path.append(local(tag))
        match self._path[1:]:
            case ["numFmts", "numFmt"]:
                self._codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            case ["fonts", "font"]:
                self._struck_fonts.append(False)
            case ["fonts", "font", "strike"] if attributes.get("val") not in ("0", "false"):
                self._struck_fonts[-1] = True
            case ["cellXfs", "xf"] if len(self._formats) < _MAX_FORMATS:
                self._formats.append((_number(attributes.get("numFmtId")), _number(attributes.get("fontId"))))

    def end(self, _: str) -> None:
        self._path.pop()

    def result(self) -> CellFormats:
        formats = CellFormats([self._codes.get(number, number) for number, _ in self._formats])
        if any(self._struck_fonts):
            struck = {at for at, is_struck in enumerate(self._struck_fonts) if is_struck}
            formats.struck = [at for at, (_, font) in enumerate(self._formats) if font in struck]
        return formats


def _number(text: str | None) -> int:
    return int(text[:9]) if text and text.isascii() and text.isdigit() else 0
