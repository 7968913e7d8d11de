"""Classifies host names: DNS name, IP address, localhost, test server, the platform itself."""

import ipaddress
import re
from functools import lru_cache
from typing import Final

from underlag.characters.cleaning import visible
from underlag.lazy_pattern import LazyPattern

#: Maximum length of a host name (RFC 1035).
_MAX_LENGTH: Final = 253

_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?").fullmatch
_NUMBER: Final = LazyPattern(r"0x[0-9a-f]*|[0-9]+").fullmatch

_TEST_WORDS: Final = frozenset(
    {
        *("test", "tst", "tests", "testing", "systemtest", "devtest", "prodtest", "nordicmedtest", "nmt"),
        *("qa", "acc", "accept", "acceptans", "acceptance", "acctest", "uat", "sit"),
        *("dev", "devel", "utv", "utveckling", "utb", "utbildning"),
        *("stage", "staging", "stg", "preprod", "demo", "sandbox"),
    }
)
#: Words that end in "test" but do not mean a test server.
_NOT_TESTS: Final = ("attest", "protest", "contest", "latest")


#: Hosts of the platforms. Source: Inera's and the regions' public connection guides.
_PLATFORMS: Final = (".esb.ntjp.se", ".api.ntjp.se", ".ntjp.sjunet.org")


def is_platform_host(host: str) -> bool:
    """Whether a host belongs to the platform, so that a call to it would loop.

    Source: skltp/vp, vp-messages, VP014.
    """
    return f".{host.rstrip('.')}".endswith(_PLATFORMS)


def is_ip_address(host: str) -> bool:
    """Whether a host is an IP address: version 4 or 6, also as programs accept it (2130706433, 0x7f.1)."""
    if host.startswith("[") or ":" in host:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return all(map(_is_number, host.rstrip(".").split(".")))
    return True


def is_localhost(host: str) -> bool:
    """Whether a host name is localhost."""
    return host in {"localhost", "localhost.localdomain"} or host.endswith(".localhost")


def why_no_host_name(host: str) -> str:
    """Return '' for a fully qualified host name in lower case, else the fault in Swedish."""
    if not host:
        return "värdnamnet saknas"
    if "." not in host:
        return f"värdnamnet {visible(host)} är inte fullständigt"
    if len(host) > _MAX_LENGTH:
        return "värdnamnet är för långt"
    labels = host.split(".")
    if not all(labels):
        return "värdnamnet har en punkt för mycket"
    # The last label must not be a number, or the name could be an IP address (RFC 3696, 2).
    wrong = next((label for label in labels if not _LABEL(label)), "") or (
        labels[-1] if _is_number(labels[-1]) else ""
    )
    return f"{visible(wrong)} kan inte ingå så i ett värdnamn" if wrong else ""


def _is_number(label: str) -> bool:
    return label[:1].isdigit() and _NUMBER(label) is not None


@lru_cache(maxsize=4096)
def is_test_host(host: str) -> bool:
    """Whether a label or hyphenated part of a host name marks a test server: test, qa, acc, dev."""
    for part in host.lower().replace("-", ".").split("."):
        word = part.strip("0123456789")
        if word in _TEST_WORDS or (
            (word.startswith("test") or word.endswith("test")) and not word.endswith(_NOT_TESTS)
        ):
            return True
    return False
