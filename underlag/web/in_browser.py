"""The application inside a browser: requests of the page in, answers out, without a server.

In the single file a worker holds Python and calls `Answers`; the page's script passes it what forms and links
ask for. The pages, the addresses and the rules are those of the served edition.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from werkzeug.test import Client

from underlag.web.app import create_app
from underlag.web.edition import IN_FILE
from underlag.web.examination.work import examine


class Answer(NamedTuple):
    """An answer as the page's script takes it: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Answers:
    """Answers requests one at a time, with one application for the life of the page.

    Args:
        progress: called with the share of an examination that is done, from 0 to 1.
    """

    def __init__(self, progress: Callable[[float], None]) -> None:
        self._client = Client(create_app(edition=IN_FILE, work=partial(examine, progress=progress)))

    def answer(
        self, method: str, target: str, content_type: str = "", body: bytes | Iterable[int] = b""
    ) -> Answer:
        """Answer a request.

        Args:
            method: GET or POST.
            target: path and query, e.g. `/mall?miljo=PROD`.
            content_type: type of the body, for a form its multipart boundary too.
            body: the form as a browser encodes it.
        """
        given = {"data": bytes(body), "content_type": content_type} if method == "POST" else {}
        response = self._client.open(target, method=method, **given)  # type: ignore[arg-type] # only these two
        headers = {name.lower(): value for name, value in response.headers}
        return Answer(response.status_code, headers, response.get_data())
