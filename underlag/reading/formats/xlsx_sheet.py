"""The light pass over the sheets of .xlsx and .xlsm.

A scan of the bytes tells whether there is anything to find, which in an ordinary sheet there is not; only
then the XML is parsed.

Findings: FIL002, FIL005.
"""

import posixpath
import re
from collections.abc import Callable, Iterable
from typing import Final
from xml.parsers import expat

from underlag.reading.formats.limits import MAX_CELLS, MAX_UNPACKED
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.formats.sheet_facts import SheetFacts, hide_columns, refuse_too_large
from underlag.reading.formats.zip_parts import Package

#: What makes a parse worth while: hidden parts, merged areas.
_WORDS: Final = (b"hidden", b"mergeCell")
#: And error cells, formulas. Patterns that start with a letter are fast.
_PATTERNS: Final = (
    re.compile(rb"""t\s*=\s*["']e["']"""),
    re.compile(rb"<f[\s>/]"),
)
#: Cells right of Z or below row 299999, or rows as far down: every position counts then. Every sheet has the
#: declaration of the prefix r, which is none of these.
_FAR: Final = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{2,9}\d|[A-Za-z]?(?:[3-9]\d{5}|\d{7}))""")
#: Cells of plain text, most of a sheet: leaving them out makes the parse short.
_PLAIN_TEXT: Final = re.compile(rb'<c r="[A-Z]+\d+"(?: s="\d+")? t="s"><v>\d+</v></c>')
#: Cells and rows with a format and nothing else, by the million where somebody formatted a whole column.
_BLANK: Final = re.compile(rb'<c r="[A-Z]{1,2}(?:\d{1,6}|10[0-4]\d{4})"(?: s="\d+")?/>')
_BLANK_ROW: Final = re.compile(
    rb'<row r="(?:\d{1,6}|10[0-4]\d{4})"(?: (?!hidden)[\w:]+="[^"]*")*(?:/>|></row>)'
)
#: Cells and rows without a reference follow the one before, which then must not be left out.
_WITHOUT_REFERENCE: Final = re.compile(rb"<(?:c|row)(?! r=)[ />]")
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})").fullmatch
#: Letters or digits that no place in a sheet has; readers of cells may break down on them.
_IMPOSSIBLE: Final = re.compile(r"[A-Za-z]{4}|\d{8}").search
#: The error values that calamine knows; it refuses a workbook with any other.
_KNOWN_ERRORS: Final = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_ERROR_CELL: Final = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*\bt\s*=\s*["']e["'][^>]*>.*?</(?:\w+:)?c>""", re.DOTALL
)
_ERROR_VALUE: Final = re.compile(rb"(<(?:\w+:)?v\b[^>]*>)[^<]*(?=</)")
_TRUE: Final = ("1", "true")
#: Where calamine looks for the texts that cells share, as Package spells it.
SHARED_TEXTS: Final = "xl/sharedstrings.xml"
_SHARED_TEXT: Final = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>.*?</(?:\w+:)?si>)", re.DOTALL)
_SHORTEST_CELL: Final = b'<c t="s"><v>0</v></c>'
_NUMBER_OF_TEXT: Final = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v[^>]*>\s*(\d+)""")
_PROMISED: Final = re.compile(rb"""\s(?:uniqueC|c)ount\s*=\s*["']\s*\+?(\d+)\s*["']""")


def sheet_parts(package: Package) -> dict[str, str]:
    """Return the part of each sheet, by the sheet's name as the workbook spells it.

    Raises:
        UnreadableError: the workbook's own parts are damaged.
    """
    sheets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet" and "name" in attributes:
            sheets[attributes["name"]] = next((v for k, v in attributes.items() if k.endswith(":id")), "")

    walk(package.part("xl/workbook.xml"), sheet)
    targets = relations(package, "xl/workbook.xml")
    return {title: targets[key] for title, key in sheets.items() if key in targets}


def relations(package: Package, part: str) -> dict[str, str]:
    """Return the parts that a part refers to, by the id of the relation.

    Raises:
        UnreadableError: the list of relations is damaged.
    """
    folder, _, name = part.rpartition("/")
    targets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.join("/" + folder, attributes.get("Target", ""))
            targets[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/").lower()

    walk(package.part(f"{folder}/_rels/{name}.rels"), relation)
    return targets


def walk(xml: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    """Parse XML and call `start` with the local name and attributes of each element.

    Raises:
        UnreadableError: it is not well-formed, or has a document type, which no office program writes.
    """
    parser = new_parser()
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    parse(parser, xml)


def new_parser() -> expat.XMLParserType:
    """Return a parser that refuses document types, and so all entities of their own."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise UnreadableError("FIL002")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def parse(parser: expat.XMLParserType, xml: bytes) -> None:
    """Run a parser over a whole part.

    Raises:
        UnreadableError: it is not well-formed, or in an encoding that nobody knows.
    """
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableError("FIL002") from error


def sheet_facts(name: str, xml: bytes) -> SheetFacts:
    """Find what calamine does not tell, and refuse a sheet that reaches too far.

    Args:
        name: the sheet's name, for the refusal.
        xml: the sheet's part.
    """
    reaches_far = _FAR.search(xml) is not None
    is_plain = not any(word in xml for word in _WORDS) and not any(found.search(xml) for found in _PATTERNS)
    if is_plain and not reaches_far and not _prefix(xml):
        return SheetFacts()
    if not reaches_far:
        xml = _PLAIN_TEXT.sub(b"", xml)
    elif not _WITHOUT_REFERENCE.search(xml):
        xml = _BLANK_ROW.sub(b"", _BLANK.sub(b"", xml))
    reader = _SheetReader()
    reader.run(xml)
    refuse_too_large(name, reader.last_row, reader.last_column)
    return reader.facts


def with_known_errors(xml: bytes, facts: SheetFacts) -> bytes:
    """Return a sheet in which newer error values (#SPILL!, #CALC!) are such as calamine knows.

    The facts keep what stood there, and they are what counts.
    """
    if all(error in _KNOWN_ERRORS for error in facts.errors.values()):
        return xml
    return _ERROR_CELL.sub(lambda cell: _ERROR_VALUE.sub(rb"\1#N/A", cell[0]), xml)


def with_true_count(xml: bytes) -> bytes:
    """Return the shared texts without a count that cannot be: calamine makes room for as many.

    Args:
        xml: the part that holds them.
    """
    start = xml.find(b"sst")
    end = xml.find(b">", start)
    if start < 0 or all(int(found[:20]) <= MAX_CELLS for found in _PROMISED.findall(xml, start, end)):
        return xml
    return xml[:start] + _PROMISED.sub(b"", xml[start:end]) + xml[end:]


def refuse_endless_texts(package: Package, texts: bytes, parts: Iterable[str], size: int) -> None:
    """Stop before shared texts that many cells refer to, each with a copy of its own, fill the memory.

    Args:
        package: the workbook.
        texts: its shared texts.
        parts: its sheets.
        size: the bytes of those: they tell how many cells there may be.
    """
    if max(map(len, texts.split(b"si>"))) * (size // len(_SHORTEST_CELL)) <= MAX_UNPACKED:
        return
    sizes = list(map(len, _SHARED_TEXT.findall(texts)))
    numbers = (int(found[:9]) for part in parts for found in _NUMBER_OF_TEXT.findall(package.part(part)))
    if sum(sizes[number] for number in numbers if number < len(sizes)) > MAX_UNPACKED:
        raise UnreadableError("FIL005", gräns=MAX_UNPACKED // 1_000_000)


class _SheetReader:
    """One parse of a sheet. Positions may be left out in the XML: then a cell follows the one before it."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.last_row = self.last_column = 0
        self._row = self._column = 0
        self._type = ""
        self._formula = self._in_value = self._has_value = False
        self._value = ""
        self._letters: dict[str, int] = {}

    def run(self, xml: bytes) -> None:
        parser = new_parser()
        parser.buffer_text = True
        prefix = _prefix(xml)
        starts = {
            prefix + "c": self._start_cell,
            prefix + "row": self._start_row,
            prefix + "f": self._start_formula,
            prefix + "v": self._start_value,
            prefix + "is": self._start_value,
            prefix + "col": self._start_columns,
            prefix + "mergeCell": self._merge,
        }
        ends = {prefix + "c": self._end_cell, prefix + "v": self._end_value, prefix + "is": self._end_value}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if handler := starts.get(tag):
                handler(attributes)

        def end(tag: str) -> None:
            if handler := ends.get(tag):
                handler()

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = self._text
        parse(parser, xml)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        _refuse_impossible(number)
        self._row = int(number) if number.isascii() and number.isdigit() else self._row + 1
        self._column = 0
        if attributes.get("hidden") in _TRUE:
            self.facts.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._type = attributes.get("t", "")
        self._formula, self._value, self._has_value = False, "", False
        reference = attributes.get("r", "")
        _refuse_impossible(reference)
        position = self._position(reference)
        if position:
            self._row, self._column = position
        else:
            self._column += 1

    def _start_formula(self, _: dict[str, str]) -> None:
        self._formula = True

    def _start_value(self, _: dict[str, str]) -> None:
        self._in_value = self._has_value = True

    def _end_value(self) -> None:
        self._in_value = False

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def _end_cell(self) -> None:
        if self._value:
            self.last_row = max(self.last_row, self._row)
            self.last_column = max(self.last_column, self._column)
        if self._type == "e":
            self.facts.errors[self._row, self._column] = self._value or "#N/A"
        elif self._formula and not self._value:
            # A text that is empty is a result; no <v> at all is none.
            blank = self._type == "str" and self._has_value
            (self.facts.blank_formulas if blank else self.facts.uncached).add((self._row, self._column))

    def _start_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            try:
                hide_columns(self.facts, int(attributes["min"]), int(attributes["max"]))
            except (KeyError, ValueError) as error:
                raise UnreadableError("FIL002") from error

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        start, end = self._position(first), self._position(last)
        if start and end:
            self.facts.merged.append((*start, *end))

    def _position(self, reference: str) -> tuple[int, int] | None:
        match = _REFERENCE(reference) or _REFERENCE(reference.upper())
        if not match:
            return None
        letters, row = match.groups()
        column = self._letters.get(letters)
        if column is None:
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            self._letters[letters] = column
        return int(row), column


def _refuse_impossible(reference: str) -> None:
    if len(reference) > 3 and _IMPOSSIBLE(reference):  # noqa: PLR2004 - shorter ones are all possible
        raise UnreadableError("FIL002")


def _prefix(xml: bytes) -> str:
    """Return the namespace prefix of the sheet's elements with its colon; usually none."""
    match = re.search(rb"<(\w+:)?worksheet[\s>]", xml[:5000])
    return match[1].decode() if match and match[1] else ""
