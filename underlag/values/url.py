"""Parses anropsadresser, the URLs of producers.

Source: skltp/tak, validation of `vagval.adress`: letters a-z, digits and `_ . : / - ? &`, 5 to 255 of them.
Stricter rules of this program: https, a host name, no white space.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from underlag.characters.cleaning import Cleaned, clean_quoted, visible
from underlag.characters.kinds import Sort, character, look_alike
from underlag.characters.short_texts import remembered_if_short
from underlag.lazy_pattern import LazyPattern
from underlag.values.hosts import is_ip_address, is_localhost, is_test_host, why_no_host_name
from underlag.values.refusal import Refusal

__all__ = [
    "MAX_LENGTH",
    "MIN_LENGTH",
    "REASONS",
    "Url",
    "address_key",
    "clean_url",
    "is_test_host",
    "parse_url",
]

#: Reasons for refusal, in the order of reporting; for plain text only 'not_url' is reported.
REASONS: Final = (
    "missing",
    "remark",
    "white_space",
    "not_url",
    "not_https",
    "forbidden_character",
    "length",
    "ip_address",
    "localhost",
)

_DEFAULT_PORT: Final = 443
_PLAIN_PORT: Final = 80
#: Queries that ask a service for its description instead of calling it.
_DESCRIPTIONS: Final = frozenset({"wsdl", "singlewsdl", "xsd"})

#: Minimum and maximum length in TAK.
MIN_LENGTH: Final = 5
MAX_LENGTH: Final = 255

_FORBIDDEN: Final = re.compile(r"[^0-9a-zA-Z_.:/\-?&]")
_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://").match
_SCHEME_AND_HOST: Final = LazyPattern(r"https?://[a-z0-9.-]+(?![^/:?#])", re.IGNORECASE).match
#: Minimum form of an intended address; anything else is plain text, such as a link's title.
_MEANT: Final = LazyPattern(r"[/\\]|\w[.:]\w|^\W*(?:h+t+p|www)", re.IGNORECASE).search
_PORT: Final = re.compile(r"[0-9]{1,5}").fullmatch
_RIVTA: Final = re.compile(r"rivtabp[0-9]{2}").fullmatch

#: An address as mail programs and documents write it: <https://…>.
_BRACKETED: Final = LazyPattern(r"<\s*(https?://[^<>\s]+)\s*>", re.IGNORECASE).fullmatch
#: Punctuation after an address that says nothing.
_QUIET: Final = " \t\r\n.,;:'\">)]}"
_JUNK: Final = " \t\r\n<>\"'`´.,;()[]#"
#: Common slips at the start of an address: https:/host, https//host, htps://, https:\\host, https://https://host.
_START: Final = LazyPattern(r"(?:h+t+p+s+[:;]*[/\\]+)+|h+t+p+s+:(?=[a-z0-9])", re.IGNORECASE).match
#: An address, and words or marks beside it: 'https://… (ej klar)', 'https://…*'.
_WITH_REMARK: Final = LazyPattern(
    r"(https?://[^\s()\[\]{}*]+?)(?:\s+|(?=[(\[{*]))(\S.*)", re.DOTALL | re.IGNORECASE
).fullmatch
_MARKS: Final = "([{*?!"
_HOST_FIRST: Final = LazyPattern(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]{1,5})?/", re.IGNORECASE).match


class Url(NamedTuple):
    """An anropsadress: its text unchanged and its parts.

    `host` is in lower case; `rivta_suffix` is e.g. rivtabp21, '' if the path names none.
    """

    text: str
    host: str
    port: int | None
    path: str
    rivta_suffix: str = ""
    query: str = ""

    @property
    def asks_for_description(self) -> bool:
        """Whether the address is that of the service's description (WSDL)."""
        parts = self.query.lower().split("&")
        return not _DESCRIPTIONS.isdisjoint(parts) or self.path.lower().endswith(".wsdl")

    @property
    def has_plain_port(self) -> bool:
        """Whether the address is https, but its port is that of http."""
        return self.port == _PLAIN_PORT


def clean_url(raw: str) -> Cleaned:
    """Clean an anropsadress as clean_quoted does, without '<>' around it; scheme and host in lower case.

    Source: skltp/vp, VPRouter: a call uses TLS if the address contains "https://" in lower case.
    """
    text, changes = clean_quoted(raw)
    if found := _BRACKETED(text):
        text, changes = found[1], (*changes, "< och > runt adressen borttagna")
    start = _SCHEME_AND_HOST(text)
    if not start or start[0].islower():
        return Cleaned(text, changes)
    changes = (*changes, "https:// och värdnamnet skrivna med små bokstäver")
    return Cleaned(start[0].lower() + text[start.end() :], changes)


@remembered_if_short(8192)
def parse_url(text: str) -> Url | tuple[Refusal, ...]:
    """Parse an anropsadress, checking the raw characters first; else return every reason for refusal."""
    url, reasons = _look(text)
    if url is not None:
        return url
    if remark := _remark(text):
        return (Refusal("remark", "", remark),)
    suggestion = _correct(text)
    return tuple(Refusal(reason, suggestion, detail) for reason, detail in reasons)


@remembered_if_short(8192)
def address_key(text: str) -> tuple[str, ...]:
    """Return a key that is equal for all spellings of an address, () for an invalid one.

    It omits the default port and a trailing slash; the host is in lower case.
    """
    url = parse_url(text)
    if not isinstance(url, Url):
        return ()
    return url.host, str(url.port or _DEFAULT_PORT), url.path.rstrip("/"), url.query


def _look(text: str) -> tuple[Url | None, list[tuple[str, str]]]:
    """Return the parsed address, or None, and each reason with its detail."""
    # The libraries drop blanks silently; the rest of the address is parsed without them.
    blanks = [char for char in text if character(char).sort is Sort.BLANK]
    kept = "".join(char for char in text if character(char).sort is not Sort.BLANK)
    if not kept:
        return None, [("missing", "")]
    if blanks and not _MEANT(text):
        return None, [("not_url", "det är en text. Är cellen en länk måste själva adressen skrivas ut")]
    parts = _split(kept)
    host = (parts.hostname or "") if parts else ""
    port = _port(parts) if parts else None
    found = list(_reasons(kept, parts, host, port))
    if blanks:
        found.append(("white_space", f"‹{character(blanks[0]).name}›"))
    found.sort(key=lambda reason: REASONS.index(reason[0]))
    if found or parts is None:
        return None, found
    last = parts.path.rstrip("/").rpartition("/")[2].lower()
    return Url(text, host, port, parts.path, last if _RIVTA(last) else "", parts.query), []


def _split(text: str) -> SplitResult | None:
    if not _SCHEME(text):
        return None
    try:
        return urlsplit(text)
    except ValueError:
        return None


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return None


def _reasons(text: str, parts: SplitResult | None, host: str, port: int | None) -> Iterator[tuple[str, str]]:
    """Yield the reasons for refusing an address without blanks, in any order."""
    if forbidden := "".join(dict.fromkeys(_FORBIDDEN.findall(text))):
        yield "forbidden_character", ", ".join(map(_named, forbidden))
    if not MIN_LENGTH <= len(text) <= MAX_LENGTH:
        yield "length", f"{len(text)} tecken"
    if parts is None:
        yield "not_url", "" if _SCHEME(text) else "https:// saknas i början"
        return
    if parts.scheme not in {"http", "https"}:
        yield "not_url", f"{visible(parts.scheme)}:// i stället för https://"
    elif parts.scheme == "http":
        yield "not_https", ""
    yield from _host_reasons(host)
    if "@" in parts.netloc:
        yield "not_url", "användarnamn före värdnamnet"
    if "://" in parts.path + parts.query:
        yield "not_url", "två adresser efter varandra"
    if why := _why_no_port(parts, port):
        yield "not_url", why


def _host_reasons(host: str) -> Iterator[tuple[str, str]]:
    if host and is_ip_address(host):
        yield "ip_address", host
    elif host and is_localhost(host):
        yield "localhost", host
    elif why := why_no_host_name(host):
        yield "not_url", why


def _why_no_port(parts: SplitResult, port: int | None) -> str:
    _host, colon, stated = parts.netloc.rpartition("@")[2].rpartition("]")[2].partition(":")
    if not colon or (port and _PORT(stated)):
        return ""
    return f"portnumret {visible(stated)} finns inte" if stated else "portnumret saknas efter kolon"


def _named(char: str) -> str:
    plain, alphabet = look_alike(char)
    return f"{plain} ({alphabet})" if plain else visible(char)


def _remark(text: str) -> str:
    """Return what stands beside a valid address; '' if it may be a part of the address with a blank in it."""
    found = _WITH_REMARK(text)
    if not found:
        return ""
    address, rest = _look(found[1].rstrip(_QUIET))[0], found[2]
    if address is None or not rest.strip(_QUIET) or "://" in rest:
        return ""
    return rest if rest[0] in _MARKS or address.rivta_suffix else ""


def _correct(text: str) -> str:
    """Return the one plausible correction of a faulty address, '' when there is none."""
    plain = "".join(text.split()).strip(_JUNK)
    if not plain:
        return ""
    if start := _START(plain):
        plain = f"https://{plain[start.end() :].lstrip('/')}"
    elif _HOST_FIRST(plain):
        plain = f"https://{plain}"
    plain = plain.replace("\\", "/")
    if plain == text:
        return ""
    return plain if _look(plain)[0] is not None else ""
