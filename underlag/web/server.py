"""The application as a server on an address of this machine."""

import logging
import os
import select
import socket
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from waitress.server import create_server

from underlag.package.work_folder import sweep
from underlag.web.app import NO_GATE, create_app
from underlag.web.examination.workers import Workers
from underlag.web.guard import Gate, is_local
from underlag.web.refusals import MAX_REQUEST

#: Connections that are open at the same time, and seconds after which one that is silent is closed.
_CONNECTIONS: Final = 400
_IDLE_SECONDS: Final = 60

_EVERYWHERE: Final = {"0.0.0.0", "::", "[::]"}  # noqa: S104 - compared with, never listened to unasked


class Server:
    """A server that listens from the start, and answers when it is run.

    Args:
        address: the address to listen to.
        port: the port; 0 for any free one.
        gate: the credentials that every request must have.

    Raises:
        OSError: the port is taken, or the address is none of this machine's.
    """

    def __init__(self, address: str, port: int, gate: Gate = NO_GATE) -> None:
        logging.getLogger("waitress").setLevel(logging.ERROR)
        self._address = address
        # A form that is too large is read to its end all the same, up to here: a browser shows no answer
        # while it is still sending.
        self._socket = _listening(address.strip("[]"), port)
        sweep(Path(gettempdir()))  # left by a killed run
        self._workers = Workers()
        self._server = create_server(
            create_app(address, work=self._workers.examine, gate=gate),
            sockets=[self._socket],
            ident=None,
            # A request that waits for a worker holds a thread; the others serve pages meanwhile.
            threads=16,
            # Browsers open connections without sending a request.
            connection_limit=_CONNECTIONS,
            channel_timeout=_IDLE_SECONDS,
            asyncore_use_poll=hasattr(select, "poll"),
            max_request_body_size=5 * MAX_REQUEST,
        )

    @property
    def url(self) -> str:
        """The address to open."""
        port = self._socket.getsockname()[1]
        name = socket.gethostname() if self._address in _EVERYWHERE else self._address.strip("[]")
        return f"http://{f'[{name}]' if ':' in name else name}:{port}/"

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return is_local(self._address)

    def run(self) -> None:
        """Answer until Ctrl-C."""
        self._workers.begin()
        try:
            self._server.run()
        finally:
            self._server.close()
            self._workers.end()


def _listening(host: str, port: int) -> socket.socket:
    # Not left to waitress: on Windows it would share a port that another program has.
    family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(place[:2], family=family)


def open_browser(url: str) -> None:
    """Show an address in the user's browser, where there is a screen to show it on."""
    has_screen = sys.platform in {"win32", "darwin"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if has_screen:
        with suppress(webbrowser.Error, OSError):
            webbrowser.open(url)
