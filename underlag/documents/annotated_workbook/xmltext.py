"""The XML of spreadsheet parts: namespaces, and text that every reader accepts."""

import re
from collections.abc import Sequence
from typing import Final

from underlag import xml_tree
from underlag.xml_tree import Element

#: SpreadsheetML as Excel writes it (ECMA-376 transitional) and in its "Strict" form (ISO/IEC 29500-1).
TRANSITIONAL: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"

#: The namespace of r:id, and what relationship types begin with, for each of the two.
RELATIONSHIPS: Final = {
    TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}

#: What a cell holds at most, in UTF-16 units (Excel specifications and limits).
CELL_LIMIT: Final = 32_767

_CUT = " … (kortat)"
# Not allowed in XML 1.0, or changed by its line-end rule (CR), or read as an escape by Excel (`_x000D_`).
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class UnfitError(Exception):
    """The workbook's parts are not of a form that can be edited without risk of losing something."""


def parse(data: bytes, *, comments: bool = True) -> Element:
    """Return the root of an XML part, with or without its comments.

    Raises:
        UnfitError: it is not well-formed, or of a form that no spreadsheet part has.
    """
    try:
        return xml_tree.parse(data, comments=comments)
    except xml_tree.XmlError as error:
        raise UnfitError(str(error)) from error


def reference(element: Element) -> str:
    """Return the relationship id (r:id) of an element, '' if it has none."""
    return next((value for key, value in element.items() if key.endswith(":id")), "")


def add_reference(root: Element, element: Element, identity: str) -> None:
    """Set the relationship id of a new element; its prefix is the root's, or declared on the element."""
    uri = RELATIONSHIPS[xml_tree.namespace(root)]
    prefix = xml_tree.prefix_of(root, uri)
    if not prefix:
        prefix = "r"
        element.set("xmlns:r", uri)
    element.set(f"{prefix}:id", identity)


def _replacement(match: re.Match[str]) -> str:
    code = ord(match[0])
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"_x{code:04X}_"  # noqa: PLR2004 - the surrogates


def shorten(value: str, limit: int = CELL_LIMIT) -> str:
    """Return the text, cut with a remark if it has more UTF-16 units than `limit`."""
    if len(value) * 2 <= limit:
        return value
    units = value.encode("utf-16-le", "surrogatepass")
    if len(units) // 2 <= limit:
        return value
    return units[: 2 * (limit - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def escaped(value: str) -> str:
    """Return a text as the content of a `t` element: always a string, whatever its first letter."""
    if "_x" in value or not value.replace("\n", "").isprintable():
        value = _SPECIAL.sub(_replacement, value)
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def all_escaped(values: Sequence[str], *, printable: bool = False) -> Sequence[str]:
    """Return texts as `escaped` does; most need no change, and one look at all of them shows it.

    Args:
        values: the texts.
        printable: whether it is known that all of them are.
    """
    everything = "".join(values)
    if not any(odd in everything for odd in ("&", "<", ">", "_x")) and (
        printable or everything.replace("\n", "").isprintable()
    ):
        return values
    return list(map(escaped, values))


def attribute(value: str) -> str:
    """Return a text as the content of an attribute in double quotes."""
    return escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def row_of(number: int, *cells: str) -> str:
    """Return a row with these cells."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def text_cell(reference: str, style: int, value: str) -> str:
    """Return a cell with a text: never a formula or a number, whatever it looks like."""
    return f'<c r="{reference}"{after_reference(style, value)}'


def after_reference(style: int, value: str) -> str:
    """Return what follows the reference in a cell with a text, for texts that many cells have."""
    return f' s="{style}"{cell_texts([value])[0]}'


def cell_texts(values: Sequence[str], *, printable: bool = False) -> list[str]:
    """Return what follows reference and format in cells with these texts; arguments as in `all_escaped`."""
    if max(map(len, values), default=0) * 2 > CELL_LIMIT:
        values = list(map(shorten, values))
    return [
        f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if text else "/>"
        for text in all_escaped(values, printable=printable)
    ]
