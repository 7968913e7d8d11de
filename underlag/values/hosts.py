"""Host names: what a DNS name looks like, what only is a number, and what names itself a test."""

import ipaddress
import re
from functools import lru_cache
from typing import Final

from underlag.characters.cleaning import visible

#: Characters in the longest host name (RFC 1035).
_MAX_LENGTH: Final = 253

_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?").fullmatch
_NUMBER: Final = re.compile(r"0x[0-9a-f]*|[0-9]+").fullmatch

_TEST_WORDS: Final = frozenset(
    {
        *("test", "tst", "tests", "testing", "systemtest", "devtest", "prodtest", "nordicmedtest", "nmt"),
        *("qa", "acc", "accept", "acceptans", "acceptance", "acctest", "uat", "sit"),
        *("dev", "devel", "utv", "utveckling", "stage", "staging", "stg", "preprod", "demo", "sandbox"),
    }
)
#: Words that end in test and mean something else.
_NOT_TESTS: Final = ("attest", "protest", "contest", "latest")


#: Where the platforms themselves answer. Source: Inera's and the regions' public connection guides.
_PLATFORMS: Final = (".esb.ntjp.se", ".api.ntjp.se", ".ntjp.sjunet.org")


def is_platform_host(host: str) -> bool:
    """Whether a host is the platform's own, so that a call to it comes round again.

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
        return all(_NUMBER(label) for label in host.rstrip(".").split("."))
    return True


def is_localhost(host: str) -> bool:
    """Whether a host name means the machine itself."""
    return host in {"localhost", "localhost.localdomain"} or host.endswith(".localhost")


def why_no_host_name(host: str) -> str:
    """Return '' for a full host name in lower case, else in Swedish what is wrong with it."""
    if not host:
        return "värdnamnet saknas"
    if "." not in host:
        return f"värdnamnet {visible(host)} är inte fullständigt"
    if len(host) > _MAX_LENGTH:
        return "värdnamnet är för långt"
    labels = host.split(".")
    if not all(labels):
        return "värdnamnet har en punkt för mycket"
    # The last label is no number, for else the whole could be taken for an IP address (RFC 3696, 2).
    wrong = next((label for label in labels if not _LABEL(label)), "") or (
        labels[-1] if _NUMBER(labels[-1]) else ""
    )
    return f"{visible(wrong)} kan inte ingå så i ett värdnamn" if wrong else ""


@lru_cache(maxsize=4096)
def is_test_host(host: str) -> bool:
    """Whether a host name names itself a test: by a label or hyphenated part such as test, qa, acc, dev."""
    for part in re.split(r"[.-]", host.lower()):
        word = part.strip("0123456789")
        if word in _TEST_WORDS or (
            (word.startswith("test") or word.endswith("test")) and not word.endswith(_NOT_TESTS)
        ):
            return True
    return False
