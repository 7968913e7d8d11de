"""The two editions of the page: served, and in one file that runs in the browser."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from underlag.web.examination.request import Request
from underlag.web.refusals import MAX_REQUEST, Refusal


def random_key(_: Request) -> str:
    """Return 24 random bytes, as letters that an address can hold."""
    return secrets.token_urlsafe(24)


def key_of_content(request: Request) -> str:
    """Return a key that is the same for the same files, so that a bookmark finds its page again."""
    digest = hashlib.sha256()
    for file in (request.workbook, request.order_file, request.tak, request.hsa_list):
        for part in (file.name.encode("utf-8", "replace"), file.content) if file else (b"", b""):
            digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:32]


@dataclass(slots=True, frozen=True)
class Edition:
    """What the editions differ in.

    Attributes:
        form_key: the key that forms carry back; '' for a random one.
        key: returns the key of a new result.
        max_request: maximum bytes of the files of one form.
        too_large: what the page's script says of larger ones; it may contain `{}` for the limit in MB.
        forgotten: when results are forgotten, as a sentence.
        refusals: by HTTP status, the refusals that are worded differently here.
    """

    form_key: str = ""
    key: Callable[[Request], str] = random_key
    max_request: int = MAX_REQUEST
    too_large: str = "Filerna är för stora: högst {} MB tillsammans."
    forgotten: str = "Resultatet glöms efter en timme, och när programmet avslutas."
    refusals: Mapping[int, Refusal] = field(default_factory=dict)


SERVED: Final = Edition()

#: Maximum bytes of the files of one form in the browser, where the program has at most 4 GB of memory.
_MAX_IN_BROWSER: Final = 40_000_000
_LARGER: Final = (
    "Webbläsarens minne räcker till högst {} MB tillsammans. Granska större filer med kommandot "
    "”underlag bestall”, som installeras i datorn."
)

#: The edition in one file: the start page is rendered when the file is built, so the form's key is fixed.
IN_FILE: Final = Edition(
    form_key="i-webblasaren",
    key=key_of_content,
    max_request=_MAX_IN_BROWSER,
    too_large=_LARGER,
    forgotten="Resultatet glöms när fliken stängs eller laddas om.",
    refusals={
        404: Refusal(
            "Fliken börjar från början",
            "En granskning finns bara i fliken där den gjordes, och försvinner när sidan laddas om. Välj "
            "arbetsboken igen på startsidan.",
        ),
        413: Refusal("Filerna är för stora", _LARGER.format(_MAX_IN_BROWSER // 1_000_000)),
    },
)
