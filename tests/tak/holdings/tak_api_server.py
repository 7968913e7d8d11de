"""A local TAK-API that behaves as documented: skltp-integration/cooperation, api/v2.

Unknown filters are ignored, so a misspelt one returns everything; ids change at each load; nothing nested comes
without `include`; URLs are masked without `include=physicalAddress`; empty properties are left out.
"""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.tak.holdings.exports import STOCKHOLM, Tak

#: The filters that each resource knows, and the nested objects that it always has.
FILTERS = {
    "connectionPoints": {"platform", "environment"},
    "logicalAddresses": {"logicalAdress", "connectionPointId", "serviceContractId"},
    "serviceContracts": {"namespace", "connectionPointId"},
    "serviceProducers": {"hsaId", "connectionPointId"},
    "serviceConsumers": {"connectionPointId"},
    "serviceProductions": {"connectionPointId", "serviceContractId", "logicalAddressId"},
    "cooperations": {"connectionPointId", "serviceContractId", "logicalAddressId"},
    "installedContracts": {"connectionPointId", "serviceContractId"},
}


@dataclass
class Api:
    """The server's content and misbehaviour.

    Attributes:
        tak: the platform NTJP-PROD; `other` is NTJP-QA in the same API.
        password: of the user `tove`.
        load: the number of the load: ids and snapshot time follow it.
        loads_at: numbers of queries before which a new load happens.
        deaf: resources that ignore every filter.
        bare: resources that ignore `include`.
        says: an answer (status, body, headers) to every query, instead of the right one.
        waits: seconds before each answer.
        asked: the queries, in order.
    """

    tak: Tak
    other: Tak = field(default_factory=Tak)
    password: str = "hemligt"  # noqa: S105 - of nothing but this server
    load: int = 1
    loads_at: tuple[int, ...] = ()
    deaf: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    says: tuple[int, bytes, dict[str, str]] | None = None
    waits: float = 0
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answer(self, resource: str, asked: dict[str, str]) -> list[dict[str, Any]]:
        """Return the objects of a resource."""
        self.asked.append((resource, asked))
        if len(self.asked) in self.loads_at:
            self.load += 1
        known = {} if resource in self.deaf else {k: v for k, v in asked.items() if k in FILTERS[resource]}
        include = set() if resource in self.bare else set(asked.get("include", "").split(","))
        rows = [row for row in self._rows(resource) if all(self._holds(row, k, v) for k, v in known.items())]
        return [self._shown(resource, row, include) for row in rows]

    def _id(self, *name: object) -> int:
        """Return an id of this load: the same for the same thing, another after the next load."""
        return (
            self.load * 1_000_000
            + sum((n + 1) * ord(c) for n, c in enumerate("|".join(map(str, name)))) % 999_983
        )

    def _rows(self, resource: str) -> list[dict[str, Any]]:
        rows = [
            row
            for place in (("PROD", self.tak), ("QA", self.other))
            for row in self._of_platform(resource, *place)
        ]
        # Contracts and addressees are one for all platforms.
        shared = resource in ("serviceContracts", "logicalAddresses")
        return list({row["id"]: row for row in reversed(rows)}.values())[::-1] if shared else rows

    def _of_platform(self, resource: str, environment: str, tak: Tak) -> Iterator[dict[str, Any]]:
        taken = datetime(2027, 1, 24, 3, tzinfo=STOCKHOLM) + timedelta(days=self.load)
        point = {
            "id": self._id("cp", environment),
            "platform": "NTJP",
            "environment": environment,
            "snapshotTime": f"{taken.astimezone(UTC):%Y-%m-%dT%H:%M:%S%z}",
        }
        if resource == "connectionPoints":
            yield point
        elif resource == "logicalAddresses":
            yield from ({**self._addressee(tak, h), "connectionPoint": point} for h, _ in tak.addressees)
        elif resource == "serviceContracts":
            yield from (self._contract(c) for c in tak.contracts)
        elif resource == "installedContracts":
            for c in tak.contracts:
                yield {
                    "id": self._id("i", environment, c),
                    "connectionPoint": point,
                    "serviceContract": self._contract(c),
                }
        elif resource in ("serviceProducers", "serviceConsumers"):
            used = {row[2] for row in (tak.routes if resource == "serviceProducers" else tak.authorizations)}
            yield from (self._component(tak, h, point) for h, _ in tak.components if h in used)
        elif resource == "serviceProductions":
            for la, tk, producer, url, profile, *_ in tak.routes:
                party = {"serviceProducer": self._component(tak, producer, point)}
                yield {
                    "id": self._id(la, tk, url),
                    "rivtaProfile": profile,
                    "physicalAddress": url,
                    **party,
                    **self._about(tak, la, tk, point),
                }
        else:
            for la, tk, consumer, *_ in tak.authorizations:
                party = {"serviceConsumer": self._component(tak, consumer, point)}
                yield {"id": self._id(la, tk, consumer), **party, **self._about(tak, la, tk, point)}

    def _about(self, tak: Tak, addressee: str, contract: str, point: dict[str, Any]) -> dict[str, Any]:
        return {
            "logicalAddress": self._addressee(tak, addressee),
            "serviceContract": self._contract(contract),
            "connectionPoint": point,
        }

    def _addressee(self, tak: Tak, hsa_id: str) -> dict[str, Any]:
        return {
            "id": self._id("la", hsa_id),
            "logicalAddress": hsa_id,
            "description": dict(tak.addressees)[hsa_id],
        }

    def _contract(self, name: str) -> dict[str, Any]:
        return {
            "id": self._id("tk", name),
            "name": name.split(":")[-2],
            "namespace": name,
            "major": int(name.rsplit(":", 1)[1]),
        }

    def _component(self, tak: Tak, hsa_id: str, point: dict[str, Any]) -> dict[str, Any]:
        key = self._id("c", point["environment"], hsa_id)
        return {
            "id": key,
            "hsaId": hsa_id,
            "description": dict(tak.components)[hsa_id],
            "connectionPoint": point,
        }

    @staticmethod
    def _holds(row: dict[str, Any], name: str, value: str) -> bool:
        if name.endswith("Id") and name != "hsaId":
            nested = row.get(name.removesuffix("Id"))
            return nested is None or str(nested["id"]) == value
        name = {"logicalAdress": "logicalAddress"}.get(name, name)
        return str(row[name]).casefold() == value.casefold()

    @staticmethod
    def _shown(resource: str, row: dict[str, Any], include: set[str]) -> dict[str, Any]:
        row = dict(row)
        if resource in ("serviceProductions", "cooperations"):
            for name in (
                "serviceProducer",
                "serviceConsumer",
                "logicalAddress",
                "serviceContract",
                "connectionPoint",
            ):
                if name not in include:
                    row.pop(name, None)
        elif resource == "logicalAddresses":
            del row["connectionPoint"]
        if "physicalAddress" in row and "physicalAddress" not in include:
            row["physicalAddress"] = "https://....unet.org....443..../v1"
        return {k: v for k, v in row.items() if v not in ("", None)}


@contextmanager
def serving(api: Api) -> Iterator[str]:
    """Serve an API on a free port of this machine; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(api.waits)
            status, body, headers = self._answer()
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def _answer(self) -> tuple[int, bytes, dict[str, str]]:
            if api.says is not None:
                return api.says
            url = urlsplit(self.path)
            if url.path.startswith("/coop/api/v1/"):
                return 410, _problem(410, "Gone", "Version 1 is gone"), {}
            login = base64.b64encode(f"tove:{api.password}".encode()).decode()
            if self.headers.get("Authorization") != f"Basic {login}":
                body = {
                    "timestamp": "2027-02-01T08:00:00Z",
                    "status": 401,
                    "error": "Unauthorized",
                    "path": url.path,
                }
                return 401, json.dumps(body).encode(), {}
            resource = url.path.removeprefix("/coop/api/v2/")
            if resource not in FILTERS:
                return 404, _problem(404, "Not Found", "No such resource"), {}
            return 200, json.dumps(api.answer(resource, dict(parse_qsl(url.query)))).encode(), {}

        def log_message(self, *_args: object) -> None:
            """Log nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_args: object) -> None:
            """Ignore a client that does not wait for the answer."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/coop/api/v2"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _problem(status: int, title: str, detail: str) -> bytes:
    return json.dumps(
        {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": "/"}
    ).encode()
