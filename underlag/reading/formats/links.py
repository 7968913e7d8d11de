"""Links on cells of .xlsx, .xlsm and .xlsb, and what a link of any format shows and opens."""

from typing import Final

from underlag.column_letters import column_letters
from underlag.lazy_pattern import LazyPattern
from underlag.reading.formats.loose_texts import unescaped
from underlag.reading.formats.sheet_facts import LINK_TIP, Area, LooseText, SheetFacts, area_of
from underlag.reading.formats.zip_parts import Package

_LINK: Final = LazyPattern(rb"<(?:\w+:)?hyperlink [^<>]*>")
_STATED: Final = LazyPattern(rb'\s(?:\w+:)?(ref|tooltip|id)="([^"]*)"')
#: Maximum cells of one link that count.
_MOST_CELLS: Final = 1_000


def take_links(package: Package, part: str, xml: bytes, facts: SheetFacts) -> None:
    """Note the links of a sheet of .xlsx or .xlsm.

    Args:
        package: the workbook.
        part: the sheet's part.
        xml: its XML after the rows.
        facts: collects the links.
    """
    if b"hyperlink " not in xml:
        return
    targets = package.outside(part)
    for tag in _LINK.findall(xml):
        stated = {name: unescaped(raw) for name, raw in _STATED.findall(tag)}
        area = area_of(stated.get(b"ref", "")) or (1, 1, 1, 1)
        note_link(facts, area, targets.get(stated.get(b"id", ""), ""), stated.get(b"tooltip", ""))


def note_link(facts: SheetFacts, area: Area, target: str, tip: str) -> None:
    """Note a link: its tip with the first of its cells, and for each of them the page that it opens.

    Args:
        facts: collects the links.
        area: the cells.
        target: what the link opens.
        tip: the text that Excel shows when somebody points at them.
    """
    top, left, bottom, right = area
    if text := " ".join(tip.split()):
        facts.loose.append(LooseText(f"{LINK_TIP} i {column_letters(left)}{top}", text))
    if "://" in target and (bottom - top + 1) * (right - left + 1) <= _MOST_CELLS:
        cells = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        facts.links.update(dict.fromkeys(cells, target))
