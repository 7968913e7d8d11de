"""Accepted requests, and the headers of every answer."""

import base64
import io
import re

import pytest

from tests.support.tables import NAME, STANDARD, workbook
from underlag.web.app import create_app
from underlag.web.guard import Gate, Guard, is_local


@pytest.fixture
def client():
    return create_app().test_client()


def form(client, **fields):
    token = re.search(r'name="nyckel" value="([^"]+)"', client.get("/").text)[1]
    return {"nyckel": token, "arbetsbok": (io.BytesIO(workbook(STANDARD)), NAME), **fields}


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "localhost", "[::1]:8080", "127.0.0.1"])
def test_names_of_this_machine_are_answered(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "attack.example",
        "attack.example:8080",
        "127.0.0.1.attack.example",
        "localhost.attack.example",
        "127.0.0.1@attack.example",
        "attack.example#@127.0.0.1",
        "192.0.2.7:8080",
        "[::1",
        "",
    ],
)
def test_other_names_are_refused_on_every_address(client, host):
    for address in ("/", "/stil.css", "/mall?miljo=PROD&region=LiV"):
        answer = client.get(address, headers={"Host": host})
        assert answer.status_code == 421
        assert "Fel adress" in answer.text
    assert client.post("/granska", headers={"Host": host}).status_code == 421


def test_where_others_may_reach_the_page_numbers_are_answered_and_names_are_not():
    guard = Guard("0.0.0.0")  # noqa: S104 - the case

    assert guard.is_own_host("192.0.2.7:8080")
    assert guard.is_own_host("localhost")
    assert not guard.is_own_host("attack.example")


def test_address_that_was_chosen_is_a_name():
    assert Guard("underlag.example.se").is_own_host("Underlag.example.se:80")
    assert not Guard("127.0.0.1").is_own_host("underlag.example.se")


@pytest.mark.parametrize(
    ("address", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("192.0.2.7", False)],  # noqa: S104
)
def test_local_addresses(address, local):
    assert is_local(address) is local


def test_form_of_this_run_is_taken(client):
    answer = client.post("/granska", data=form(client), headers={"Origin": "http://localhost"})

    assert answer.status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://attack.example"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_forms_of_other_pages_are_refused(client, headers):
    answer = client.post("/granska", data=form(client), headers=headers)

    assert answer.status_code == 403
    assert "Formuläret är för gammalt" in answer.text


@pytest.mark.parametrize("token", ["", "fel", "å" * 43])
def test_forms_without_this_runs_token_are_refused(client, token):
    assert client.post("/granska", data=form(client, nyckel=token)).status_code == 403


def test_every_answer_forbids_browsers_to_cache_and_share(client):
    key = client.post("/granska", data=form(client)).headers["Location"]
    addresses = ["/", "/stil.css", "/sida.js", "/finns-inte", "/mall?miljo=PROD&region=LiV", key]
    addresses += [key + "rapport.json", f"/paket/{key.split('/')[2]}.zip"]

    for address in addresses:
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store", address
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'unsafe" not in policy
        assert "Set-Cookie" not in headers


def test_results_have_unguessable_names(client):
    keys = {client.post("/granska", data=form(client)).headers["Location"].split("/")[2] for _ in range(3)}

    assert len(keys) == 3
    assert all(len(key) == 32 for key in keys)


def basic(password: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'vem:{password}'.encode()).decode()}"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 401), (basic("fel"), 401), ({"Authorization": "Bearer åäö"}, 401), (basic("hemligt å"), 200)],
    ids=["none", "wrong", "other", "right"],
)
def test_a_password_is_demanded_of_every_page(headers, status):
    client = create_app("0.0.0.0", gate=Gate(password="hemligt å")).test_client()  # noqa: S104, S106 - the case

    for address in ("/", "/stil.css", "/mall?miljo=PROD&region=LiV"):
        assert client.get(address, headers={"Host": "127.0.0.1", **headers}).status_code == status


def test_the_browser_is_asked_for_the_password():
    answer = create_app(gate=Gate(password="hemligt")).test_client().get("/")  # noqa: S106 - the case

    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert "Lösenord krävs" in answer.text


def test_a_proxy_names_who_has_logged_in():
    client = create_app(gate=Gate(header="X-Forwarded-User")).test_client()

    assert client.get("/").status_code == 403
    assert client.get("/", headers={"X-Forwarded-User": " "}).status_code == 403
    assert client.get("/", headers={"X-Forwarded-User": "tove"}).status_code == 200


@pytest.mark.parametrize("host", ["underlag.region.example", "127.0.0.1:8080"])
def test_behind_a_proxy_the_page_has_the_proxy_s_name(host):
    app = create_app("0.0.0.0", gate=Gate(header="X-Remote-User"))  # noqa: S104 - the case
    client = app.test_client()
    asked = {"Host": host, "Origin": "https://underlag.region.example", "X-Remote-User": "abc1"}
    token = re.search(r'name="nyckel" value="([^"]+)"', client.get("/", headers=asked).text)[1]

    answer = client.post("/granska", data={"nyckel": token}, headers=asked)

    assert answer.status_code == 400
    assert "Välj den ifyllda arbetsboken" in answer.text
    assert client.post("/granska", data={"nyckel": "x"}, headers=asked).status_code == 403
    assert client.get("/", headers={"Host": host}).status_code == 403
    crossed = {**asked, "Sec-Fetch-Site": "cross-site"}
    assert client.post("/granska", data={"nyckel": token}, headers=crossed).status_code == 403
