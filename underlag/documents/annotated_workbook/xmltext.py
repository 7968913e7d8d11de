"""XML as spreadsheets want it: a parser that expands nothing, and text that every reader accepts."""

import re
from typing import Final

from lxml import etree

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


def parse(data: bytes) -> etree._Element:
    """Return the root of an XML part.

    Raises:
        UnfitError: it is not well-formed, or has a document type, which no spreadsheet part has.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,  # the package's size is bounded already; long texts are no attack here
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnfitError(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise UnfitError("document type declaration")
    return root


def serialize(root: etree._Element) -> bytes:
    """Return an XML part as bytes, declared the way Excel declares its own."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def name(root: etree._Element, tag: str) -> str:
    """Return the tag in the namespace of `root`, as lxml writes it."""
    return f"{{{etree.QName(root).namespace}}}{tag}"


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
    if not value.isprintable() or "_x" in value:
        value = _SPECIAL.sub(_replacement, value)
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """Return a text as the content of an attribute in double quotes."""
    return escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
