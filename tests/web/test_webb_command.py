"""The command as a real process on a free port."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(tmp_path):
    """A running `underlag webb`, and the port that it reports."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    env |= {"TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "TMP": str(tmp_path)}
    flags = subprocess.CREATE_NEW_PROCESS_GROUP if os.name == "nt" else 0
    process = subprocess.Popen(
        [sys.executable, "-m", "underlag", "webb", "--ingen-webblasare"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        creationflags=flags,
    )
    with process:
        line = process.stdout.readline()
        yield process, int(re.search(r"http://127\.0\.0\.1:(\d+)/", line)[1])
        process.kill()


def ask(port: int, method: str, path: str, body: bytes | None = None, **headers: str):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def multipart(**fields: str | tuple[str, bytes]) -> tuple[bytes, str]:
    mark = uuid.uuid4().hex
    parts = []
    for name, value in fields.items():
        file, content = value if isinstance(value, tuple) else ("", value.encode())
        extra = f'; filename="{file}"' if file else ""
        parts.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n'.encode()
            + content
            + b"\r\n"
        )
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def test_a_real_process_examines_a_workbook_and_leaves_nothing_behind(server, tmp_path):
    process, port = server
    status, headers, page = ask(port, "GET", "/")
    assert (status, headers["Server"]) == (200, None)
    token = re.search(r'name="nyckel" value="([^"]+)"', page.decode())[1]
    body, kind = multipart(nyckel=token, arbetsbok=(NAME, workbook(STANDARD + ORDER_SHEET)))

    status, headers, _ = ask(
        port, "POST", "/granska", body, **{"Content-Type": kind, "Origin": f"http://127.0.0.1:{port}"}
    )
    assert status == 303
    address, cookie = headers["Location"], headers["Set-Cookie"].partition(";")[0]
    status, _, report = ask(port, "GET", address, Cookie=cookie)
    assert status == 200
    assert "Kan beställas" in report.decode()
    status, _, package = ask(port, "GET", f"{address}paket.zip", Cookie=cookie)
    assert (status, package[:2]) == (200, b"PK")
    assert ask(port, "GET", address)[0] == 404
    assert ask(port, "GET", "/", Host="attack.example")[0] == 421

    process.send_signal(signal.CTRL_BREAK_EVENT if os.name == "nt" else signal.SIGINT)
    out, err = process.communicate(timeout=600)
    if os.name != "nt":
        assert process.returncode == 0
        assert "Avslutat." in out
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_only_this_machine_can_reach_it(server):
    _, port = server
    try:
        others = {one[4][0] for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    except OSError:
        others = set()
    for address in others:
        if not address.startswith("127."):
            with pytest.raises(ConnectionRefusedError), socket.create_connection((address, port), timeout=3):
                pass
    with socket.create_connection(("127.0.0.1", port), timeout=600):
        pass


def test_a_port_that_is_taken_is_wrong_usage():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(cli, ["webb", "--port", str(port), "--ingen-webblasare"])

    assert result.exit_code == 2
    assert "Välj en annan port" in result.output


@pytest.mark.parametrize("address", ["192.0.2.1", "finns-inte.invalid", "a b"])
def test_an_address_that_this_machine_does_not_have_is_wrong_usage(address):
    result = CliRunner().invoke(cli, ["webb", "--adress", address, "--losenord", "x", "--ingen-webblasare"])

    assert result.exit_code == 2
    assert "Det går inte att lyssna" in result.output


def test_an_address_that_others_reach_is_warned_of(monkeypatch):
    from underlag.web.server import Server  # noqa: PLC0415 - what the command imports

    monkeypatch.setattr(Server, "run", lambda self: self._server.close())
    words = ["webb", "--ingen-webblasare", "--adress"]

    quiet = CliRunner().invoke(cli, [*words, "127.0.0.1"])
    warned = CliRunner().invoke(cli, [*words, "0.0.0.0", "--losenord", "hemligt"])  # noqa: S104 - the case

    assert "Varning" not in quiet.output
    assert "Varning" in warned.output
    assert (quiet.exit_code, warned.exit_code) == (0, 0)


def test_an_address_that_others_reach_demands_a_password_or_a_proxy():
    result = CliRunner().invoke(cli, ["webb", "--ingen-webblasare", "--adress", "0.0.0.0"])  # noqa: S104 - the case

    assert result.exit_code == 2
    assert "--losenord" in result.output
    assert "--proxyhuvud" in result.output


def test_flask_is_loaded_by_this_command_alone():
    code = "import sys, underlag, underlag.cli.main, underlag.cli.commands.webb; print({'flask', 'waitress'} & set(sys.modules))"

    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "set()"
