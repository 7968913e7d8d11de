"""Which requests are accepted, and the security headers of responses.

A page on the internet can make a browser ask for http://127.0.0.1, and with a name that it points there (DNS
rebinding) also read the answer. So the name that was asked for is checked, and where a form was sent from.
Source: OWASP, Cross-Site Request Forgery Prevention Cheat Sheet.
"""

import ipaddress
import secrets
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from werkzeug.datastructures import Authorization, Headers

#: For every answer.
HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: a form would then be sent with the origin 'null'.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_NOWHERE: Final = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
#: For the program's pages: only its own style, scripts and icon.
PAGE_POLICY: Final = (
    f"{_NOWHERE}; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; connect-src 'self'"
)
#: For a result page, whose style is inline.
RESULT_POLICY: Final = PAGE_POLICY.replace("style-src", "style-src 'unsafe-inline'")


def document_policy(script_hash: str = "") -> str:
    """Return the policy for a document of a package, which carries its style, and maybe a script, inside.

    Args:
        script_hash: hash of the one script that may run.
    """
    scripts = f"; script-src '{script_hash}'" if script_hash else ""
    return f"{_NOWHERE}; style-src 'unsafe-inline'; form-action 'none'{scripts}"


@dataclass(slots=True, frozen=True)
class Gate:
    """The credentials that every request must have when others can reach the page; none where both are ''.

    Attributes:
        password: what the browser asks for (HTTP Basic, RFC 7617; any user name).
        header: a header that a proxy sets for authenticated users, and removes from other requests.
    """

    password: str = ""
    header: str = ""

    def lets_in(self, headers: Headers) -> bool:
        """Whether a request has the credentials."""
        if self.header and not headers.get(self.header, "").strip():
            return False
        if not self.password:
            return True
        given = parse_basic(headers.get("Authorization", ""))
        return secrets.compare_digest(given.encode("utf-8", "replace"), self.password.encode())


def parse_basic(authorization: str) -> str:
    """Return the password of an Authorization header, '' for any other."""
    given = Authorization.from_header(authorization)
    return (given.password or "") if given is not None and given.type == "basic" else ""


class Guard:
    """Recognises requests from this program's own pages.

    Args:
        address: the address to listen on.
        form_key: the key that forms carry back; '' for a random one.
        proxied: whether a proxy is in front, which knows the page by a name of its own. Its header and the
            key in each form then protect the page; the name in a request proves nothing.
    """

    def __init__(self, address: str, form_key: str = "", *, proxied: bool = False) -> None:
        self._address = address.casefold().strip("[]")
        self._proxied = proxied
        #: The key in every form, which other pages cannot know.
        self.token = form_key or secrets.token_urlsafe(32)

    def is_own_host(self, host: str) -> bool:
        """Whether the Host header is a name of this machine.

        An IP address cannot be rebound: where others can reach the page, any is accepted.
        """
        if self._proxied:
            return True
        name = _name(host)
        if name in {"localhost", self._address} or _is_loopback(name):
            return True
        if is_local(self._address):
            return False
        return _is_ip(name) or name == socket.gethostname().casefold()

    def is_own_origin(self, headers: Headers) -> bool:
        """Whether a form was sent from a page of this program, as far as the browser states it."""
        origin = headers.get("Origin")
        # A proxy may replace the host, and not the origin.
        if origin is not None and not self._proxied and _place(origin) != headers.get("Host", "").casefold():
            return False
        return headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}

    def is_own_token(self, token: str) -> bool:
        """Whether a form carried the key of this run."""
        return secrets.compare_digest(token.encode("utf-8", "replace"), self.token.encode())


def is_local(address: str) -> bool:
    """Whether an address can be reached from this machine only."""
    return address.casefold() == "localhost" or _is_loopback(address.strip("[]"))


def _place(origin: str) -> str:
    """Return host and port of an Origin header; '' when it is none."""
    try:
        return urlsplit(origin).netloc.casefold()
    except ValueError:
        return ""


def _name(host: str) -> str:
    """Return the name of a Host header, without port; '' when it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "") if host else ""
    except ValueError:
        return ""


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name: str) -> bool:
    return _is_ip(name) and ipaddress.ip_address(name).is_loopback
