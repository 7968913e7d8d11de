"""HTTP client of the TAK-API: one query at a time, with a time limit and errors in plain Swedish.

Source: skltp-integration/cooperation, api/v2: GET only, HTTP Basic, JSON lists without paging; errors as
{type, title, status, detail, instance}, for 401 {timestamp, status, error, path}; version 1 answers 410.

Findings: TAK041, TAK042, TAK043.
"""

import base64
import http.client
import ipaddress
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from underlag import json_text
from underlag.text.system_errors import why

#: The largest answer that is read; all routes of one contract on a platform are some ten megabytes.
_MAX_ANSWER: Final = 200_000_000
_CHUNK: Final = 1 << 16
_DEFAULT_PATH: Final = "/coop/api/v2"


class ApiTrouble(Exception):  # noqa: N818 - a state of the other side, caught within the package
    """Why the TAK-API gave no usable answer.

    Attributes:
        code: the finding's code.
        reason: a Swedish phrase without a full stop.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(slots=True, frozen=True)
class Access:
    """Address, login and limits for a TAK-API.

    Attributes:
        url: its base address, see `api_address`.
        user, password: for HTTP Basic; without a user there is no login.
        timeout: seconds to wait for a connection or for more of an answer.
        patience: seconds for all queries together.
    """

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    patience: float = 300.0


def api_address(text: str) -> str:
    """Return the base address for a text that a person gave.

    A host alone gets the usual path.

    Raises:
        ValueError: the text is no allowed address; the message is a Swedish sentence that says why.
    """
    try:
        parts = urlsplit(text.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("https", "http") or not host:
        raise ValueError(f"{text!r} är ingen webbadress. Skriv så här: https://<värd>/coop/api/v2.")
    if parts.username is not None or parts.password is not None:
        raise ValueError("Skriv inte användare och lösenord i adressen: där kan andra se dem.")
    if parts.scheme == "http" and not _is_this_machine(host):
        raise ValueError("Adressen måste börja med https://, annars går lösenordet okrypterat över nätet.")
    if parts.query or parts.fragment:
        raise ValueError("Adressen ska sluta med sökvägen, utan ? och #.")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/') or _DEFAULT_PATH}"


def _is_this_machine(host: str) -> bool:
    """Whether a host is the local machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirects: the login would be sent to wherever an answer points."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


class Client:
    """Queries one TAK-API, within the total time of its access."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._end = time.monotonic() + access.patience
        self._opener = urllib.request.build_opener(_NoRedirects)

    def ask(self, resource: str, **filters: str | int) -> list[dict[str, Any]]:
        """Return the objects of a resource. The caller checks whether the API applied the filters.

        Raises:
            ApiTrouble: there is no answer, or it is not a list of objects.
        """
        content = self._get(f"{self._access.url}/{resource}", filters)
        try:
            rows = json_text.parse(content)
        except json_text.JsonError as error:
            raise ApiTrouble("TAK043", f"svaret på {resource} är inte JSON") from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ApiTrouble("TAK043", f"svaret på {resource} är ingen lista av objekt")
        return rows

    def _get(self, url: str, filters: Mapping[str, str | int]) -> bytes:
        """Return the body of an answer."""
        request = urllib.request.Request(f"{url}?{urlencode(filters)}" if filters else url)  # noqa: S310 - api_address lets only http and https through
        request.add_header("Accept", "application/json")
        if self._access.user:
            login = f"{self._access.user}:{self._access.password}".encode()
            request.add_unredirected_header(
                "Authorization", "Basic " + base64.b64encode(login).decode("ascii")
            )
        try:
            with self._opener.open(request, timeout=self._remaining()) as answer:
                return self._read(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise _refused(error) from error
        except urllib.error.URLError as error:
            raise ApiTrouble("TAK041", _unreachable(error.reason)) from error
        except (OSError, http.client.HTTPException) as error:
            raise ApiTrouble("TAK041", _unreachable(error)) from error

    def _remaining(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise ApiTrouble("TAK041", f"svaren tog längre tid än {self._access.patience:g} sekunder")
        return min(self._access.timeout, left)

    def _read(self, answer: http.client.HTTPResponse) -> bytes:
        """Read an answer in chunks, within the limits of size and time."""
        parts: list[bytes] = []
        size = 0
        while chunk := answer.read(_CHUNK):
            parts.append(chunk)
            size += len(chunk)
            if size > _MAX_ANSWER:
                raise ApiTrouble("TAK043", f"svaret är större än {_MAX_ANSWER // 1_000_000} MB")
            self._remaining()
        if answer.length:
            raise ApiTrouble("TAK041", "svaret bröts innan det var klart")
        return b"".join(parts)


#: The finding and the phrase for an answer with an error status.
_MEANINGS: Final[dict[int, tuple[str, str]]] = {
    HTTPStatus.UNAUTHORIZED: ("TAK042", "fel användarnamn eller lösenord"),
    HTTPStatus.FORBIDDEN: ("TAK042", "användaren har inte behörighet"),
    HTTPStatus.NOT_FOUND: ("TAK043", "adressen finns inte där"),
    HTTPStatus.GONE: ("TAK043", "adressen går till version 1, som är borttagen"),
}


def _refused(error: urllib.error.HTTPError) -> ApiTrouble:
    """Return the trouble for an error status; the body, in English, adds nothing."""
    if HTTPStatus.MULTIPLE_CHOICES <= error.code < HTTPStatus.BAD_REQUEST:
        return ApiTrouble("TAK043", f"den hänvisar till en annan adress, {error.headers.get('Location')}")
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        code, meaning = "TAK041", f"den svarar att något är fel hos den (status {error.code})"
    else:
        code, meaning = _MEANINGS.get(error.code, ("TAK043", f"status {error.code}"))
    return ApiTrouble(code, meaning)


def _unreachable(reason: Any) -> str:
    """Return a Swedish phrase for why there is no connection."""
    if isinstance(reason, TimeoutError):
        return "den svarar inte i tid"
    if isinstance(reason, ssl.SSLError):
        return f"den krypterade förbindelsen gick inte att upprätta ({reason.reason or reason})"
    if isinstance(reason, ConnectionRefusedError):
        return "ingen svarar på den adressen"
    if isinstance(reason, http.client.HTTPException | ConnectionError):
        return "förbindelsen bröts"
    if isinstance(reason, OSError):
        return f"värden går inte att nå ({why(reason)})"
    return f"värden går inte att nå ({reason})"
