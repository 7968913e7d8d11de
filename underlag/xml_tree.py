"""XML parts as trees that keep the file's prefixes, unused declarations, comments and order.

`xml.etree` replaces prefixes and drops declarations, but attributes such as mc:Ignorable name prefixes. Here
the tags and attributes of elements are the names as written, prefix included, and declarations are ordinary
attributes. The parser is expat; it resolves no entities.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final
from xml.etree.ElementTree import PI, Comment, Element, TreeBuilder
from xml.parsers import expat

__all__ = [
    "Element",
    "XmlError",
    "child",
    "children",
    "elements",
    "local",
    "name",
    "namespace",
    "parse",
    "prefix_of",
    "serialize",
    "text_of",
]

_DECLARATION: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_DEEPEST: Final = 250
_IN_TEXT: Final = re.compile(r"[&<>\r]")
_IN_ATTRIBUTE: Final = re.compile(r'[&<>"\t\n\r]')
_ESCAPES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}


class XmlError(ValueError):
    """The bytes are not well-formed XML, or have a form that spreadsheet parts never have."""


def parse(data: bytes, *, comments: bool = True) -> Element:
    """Return the root of an XML document, with or without its comments.

    Raises:
        XmlError: it is not well-formed, has a document type (no spreadsheet part has one), is nested too
            deeply, or uses a second prefix for the namespace of its root where the first means another one.
    """
    builder = TreeBuilder(insert_comments=comments, insert_pis=True)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.CommentHandler = builder.comment
    parser.ProcessingInstructionHandler = builder.pi
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
        root = builder.close()
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise XmlError(str(error)) from error
    _check_depth(root)
    if data.count(namespace(root).encode()) != 1:
        _unify_prefixes(root)
    return root


def serialize(root: Element) -> bytes:
    """Return an XML part as bytes in UTF-8, with its declaration."""
    return (_DECLARATION + text_of(root)).encode()


def text_of(element: Element) -> str:
    """Return an element as text, without the text after it."""
    pieces: list[str] = []
    _write(element, pieces.append)
    return "".join(pieces)


def local(element: Element) -> str:
    """Return an element's name without prefix, '' for a comment or processing instruction."""
    tag: object = element.tag
    return tag.rpartition(":")[2] if isinstance(tag, str) else ""


def name(root: Element, tag: str) -> str:
    """Return a tag with the prefix of `root`."""
    return _prefix(root.tag) + tag


def namespace(root: Element) -> str:
    """Return the namespace of a document's root, '' for none."""
    prefix = _prefix(root.tag).rstrip(":")
    return root.get(f"xmlns:{prefix}" if prefix else "xmlns", "")


def prefix_of(root: Element, uri: str) -> str:
    """Return the prefix that the root declares for a namespace, '' for none."""
    return next((key[6:] for key, value in root.items() if value == uri and key.startswith("xmlns:")), "")


def children(element: Element, *tags: str) -> Iterator[Element]:
    """Yield the elements in an element, or those whose names without prefix are among `tags`."""
    for inner in element:
        found = local(inner)
        if found and (not tags or found in tags):
            yield inner


def child(element: Element, *path: str) -> Element | None:
    """Return the first element at a path of names without prefixes, None if there is none."""
    found: Element | None = element
    for tag in path:
        if found is None:
            return None
        found = next(children(found, tag), None)
    return found


def elements(root: Element, text: str) -> list[Element]:
    """Return the elements in a text, each with the prefix of `root`; the text has none."""
    made = parse(f"<x>{text}</x>".encode())
    if _prefix(root.tag):
        for element in made.iter():
            element.tag = name(root, element.tag)
    return list(made)


def _refuse_doctype(*_: object) -> None:
    raise XmlError("document type declaration")


def _check_depth(root: Element) -> None:
    """Reject elements that are nested too deeply."""
    level = [root]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in outer]
        if not level:
            return
    raise XmlError("nested too deeply")


def _unify_prefixes(root: Element) -> None:
    """Give elements of the root's namespace its prefix, because elements are found by their written names.

    Extensions (ext) keep theirs: no element in them is looked up.
    """
    own, uri = _prefix(root.tag), namespace(root)
    waiting: list[tuple[Element, dict[str, str]]] = [(root, {})]
    while waiting:
        element, outer = waiting.pop()
        declared = {
            key[6:] + ":" * (key != "xmlns"): value
            for key, value in element.items()
            if key == "xmlns" or key.startswith("xmlns:")
        }
        scope = outer | declared if declared else outer
        prefix = _prefix(element.tag)
        if prefix != own and scope.get(prefix) == uri:
            if scope.get(own) != uri:
                raise XmlError(f"two prefixes for {uri}")
            element.tag = own + local(element)
        waiting += [(inner, scope) for inner in children(element) if local(inner) != "ext"]


def _prefix(tag: str) -> str:
    return tag[: tag.rfind(":") + 1]


def _write(element: Element, write: Callable[[str], None]) -> None:
    """Write an element and its content."""
    tag: object = element.tag
    text = element.text or ""
    if tag is Comment:
        write(f"<!--{text}-->")
    elif tag is PI:
        write(f"<?{text}?>")
    else:
        attributes = "".join(
            [f' {key}="{_IN_ATTRIBUTE.sub(_escape, value)}"' for key, value in element.items()]
        )
        if not text and not len(element):
            write(f"<{tag}{attributes}/>")
            return
        write(f"<{tag}{attributes}>{_IN_TEXT.sub(_escape, text)}")
        for inner in element:
            _write(inner, write)
            if inner.tail:
                write(_IN_TEXT.sub(_escape, inner.tail))
        write(f"</{tag}>")


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES[match[0]]
