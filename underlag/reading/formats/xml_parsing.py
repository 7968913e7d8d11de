"""XML parsed without document types, and so without entities of its own."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar
from xml.parsers import expat

from underlag.reading.formats.refusal import damaged

Attributes = dict[str, str]
_Result = TypeVar("_Result")

#: Parts for which a function remembers its result, and the maximum bytes of such a part.
_MOST: Final = 64
_LONGEST: Final = 20_000


def walk(xml: bytes, start: Callable[[str, Attributes], None], end: Callable[[], None] | None = None) -> None:
    """Parse XML and call `start` with the local name and attributes of each element, `end` at its end.

    Raises:
        UnreadableError: it is not well-formed, or has a document type, which packages must not have (ECMA-376
            part 2, M1.17) and Excel refuses.
    """
    parser = new_parser()
    parser.StartElementHandler = lambda tag, attributes: start(local(tag), attributes)
    if end is not None:
        parser.EndElementHandler = lambda _: end()
    parse(parser, xml)


def new_parser() -> expat.XMLParserType:
    """Return a parser that refuses document types, and so all entities of their own."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise damaged(problem="den har en dokumenttyp")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def parse(parser: expat.XMLParserType, xml: bytes) -> None:
    """Run a parser over a whole part.

    Raises:
        UnreadableError: it is not well-formed, or in an unknown encoding.
    """
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged(problem="XML-koden är trasig") from error


def remembered_part(function: Callable[[bytes], _Result]) -> Callable[[bytes], _Result]:
    """Make a function of a part remember its results: workbooks of one template share most small parts.

    Args:
        function: its result depends on the bytes alone, and is never changed.
    """
    known = lru_cache(maxsize=_MOST)(function)

    @wraps(function)
    def result(part: bytes) -> _Result:
        return known(part) if len(part) <= _LONGEST else function(part)

    return result


def local(name: str) -> str:
    """Return the name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]
