"""Finds links to files in the text of a mail, which people send instead of attachments."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Final
from urllib.parse import parse_qs, urlsplit

#: Services where people share files; a host below one of them counts too.
_SERVICES: Final = (
    "sharepoint.com", "1drv.ms", "onedrive.com", "onedrive.live.com",
    "dropbox.com", "db.tt", "we.tl", "wetransfer.com", "drive.google.com", "docs.google.com",
    "box.com", "icloud.com", "sprend.com", "filemail.com", "filesender.sunet.se", "transfernow.net",
    "swisstransfer.com", "mega.nz", "sharefile.com", "sharefile.eu", "egnyte.com", "hightail.com",
)  # fmt: skip
#: The path of a document, or of a share in Nextcloud and its like.
_DOCUMENT: Final = re.compile(
    r"\.(?:xls[xmb]?|xlt[xm]?|ods|zip|7z|rar)/?$|/(?:index\.php/)?s/[A-Za-z0-9]{8,}(?:/download)?/?$",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"https?://[^\s<>\"'\\^`{|}]{4,2000}", re.IGNORECASE)
_AFTER: Final = ".,;:!?)]*_"
#: Outlook's protection wraps links; the original is in the query.
_WRAPPED: Final = "safelinks.protection.outlook.com"
#: Maximum characters searched in a text and in a mail, and maximum links returned.
_SEARCHED: Final = 200_000
_SEARCHED_IN_ALL: Final = 1_000_000
_MOST: Final = 3


def share_links(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the links to shared files in texts, plain or HTML, each once; of many the first."""
    found: dict[str, None] = {}
    left = _SEARCHED_IN_ALL
    for text in texts:
        if left <= 0:
            break
        left -= min(len(text), _SEARCHED)
        for match in _LINK.finditer(text[:_SEARCHED]):
            link = _unwrapped(unescape(match[0]).rstrip(_AFTER))
            if _is_share(link):
                found.setdefault(link)
            if len(found) == _MOST:
                return tuple(found)
    return tuple(found)


def _unwrapped(link: str) -> str:
    try:
        parts = urlsplit(link)
        if _is_below(parts.hostname or "", _WRAPPED):
            return parse_qs(parts.query).get("url", [link])[0]
    except ValueError:
        pass
    return link


def _is_share(link: str) -> bool:
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return False
    return any(_is_below(host, service) for service in _SERVICES) or bool(_DOCUMENT.search(parts.path))


def _is_below(host: str, service: str) -> bool:
    return host == service or host.endswith(f".{service}")
