"""Reads the conditional formats of a sheet of .xlsx or .xlsm that strike through texts or hide them."""

import html
from collections.abc import Mapping
from functools import partial
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.reading.formats.conditional.rules import Rule, apply_rules
from underlag.reading.formats.judged import Completing
from underlag.reading.formats.looks import WHITE, Colour
from underlag.reading.formats.sheet_facts import Area, area_of
from underlag.reading.formats.xlsx.marks import cells_with
from underlag.reading.formats.xlsx.styles import CellFormats, Overlay, cell_formats, number_of

_FORMAT: Final = LazyPattern(
    rb"(?s)<(?:\w+:)?conditionalFormatting ([^<>]*)>(.*?)</(?:\w+:)?conditionalFormatting>"
)
_RULE: Final = LazyPattern(
    rb"(?s)<(?:\w+:)?cfRule ([^<>]*)(?<!/)>(.*?)</(?:\w+:)?cfRule>|<(?:\w+:)?cfRule ([^<>]*)/>"
)
_FORMULA: Final = LazyPattern(rb"<(?:\w+:)?(?:formula|f)>([^<]*)<")
#: The areas and format of a rule that looks at other sheets (Excel 2010 and later).
_AREAS: Final = LazyPattern(rb"<xm:sqref>([^<]*)<")
_OWN_FORMAT: Final = LazyPattern(rb"(?s)<x14:dxf>(.*)</x14:dxf>")
_ATTRIBUTE: Final = LazyPattern(rb'([\w:]+)="([^"]*)"')


def conditions(xml: bytes, rows: bytes, formats: CellFormats) -> Completing | None:
    """Return what adds the marks of conditional formats to a sheet, None where it has no such formats.

    Args:
        xml: the sheet's part after its rows.
        rows: its rows in the regular form.
        formats: the workbook's formats.
    """
    found: list[Rule] = []
    for head, content in _FORMAT.findall(xml):
        own = _AREAS.search(content)
        sqref = own[1].decode("utf-8", "replace") if own else _stated(head).get("sqref", "")
        areas = tuple(area for one in sqref.split() if (area := area_of(one)))
        for start, inner, alone in _RULE.findall(content) if areas else ():
            stated = _stated(start or alone)
            overlay = _own_overlay(inner)
            if "dxfId" in stated:
                overlay = formats.overlays.get(number_of(stated["dxfId"]))
            if overlay is not None:
                found.append(_rule(areas, stated, inner, overlay, _others(overlay, rows, formats.grounds)))
    return partial(apply_rules, found) if found else None


def _own_overlay(rule: bytes) -> Overlay | None:
    """Return the format that a rule about other sheets has in itself, if it strikes through or hides."""
    match = _OWN_FORMAT.search(rule)
    return cell_formats(b"<s><dxfs><dxf>%s</dxf></dxfs></s>" % match[1]).overlays.get(0) if match else None


def _rule(
    areas: tuple[Area, ...],
    stated: dict[str, str],
    inner: bytes,
    overlay: Overlay,
    others: set[tuple[int, int]],
) -> Rule:
    formulas = tuple(html.unescape(raw.decode("utf-8", "replace")) for raw in _FORMULA.findall(inner))
    kind, operator, text = (stated.get(name, "") for name in ("type", "operator", "text"))
    return Rule(areas, kind, operator, text, formulas, overlay.is_struck, overlay.hides_on(WHITE), others)


def _others(overlay: Overlay, rows: bytes, grounds: Mapping[int, Colour | None]) -> set[tuple[int, int]]:
    """Return the cells with a ground of their own in which a format hides or does not, unlike on white."""
    usual = overlay.hides_on(WHITE)
    return cells_with([at for at, ground in grounds.items() if overlay.hides_on(ground) != usual], rows)


def _stated(raw: bytes) -> dict[str, str]:
    return {
        name.decode(): html.unescape(value.decode("utf-8", "replace"))
        for name, value in _ATTRIBUTE.findall(raw)
    }
