"""Forms and addresses that cannot be used get a page in Swedish, and what a visitor writes stays text."""

import pytest

from tests.web.upload_form import FAULTY, NOW, result_of, send, unpacked
from underlag.web import app as web_app


@pytest.fixture
def client():
    return web_app.create_app(now=lambda: NOW).test_client()


def test_a_form_without_workbook_is_rejected_with_a_reason(client):
    answer = send(client, None)

    assert answer.status_code == 400
    assert "Välj den ifyllda arbetsboken." in answer.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"miljo": "UTBILDNING"}, "Miljön finns inte"),
        ({"profil": "x"}, "Profilen finns inte"),
        ({"arende": "x" * 201}, "högst 200 tecken"),
        ({"ta_bort": "kanske"}, "går inte att tolka"),
        ({"bara_nytt": "1"}, "kräver en export"),
    ],
)
def test_fields_that_cannot_be_used_are_reported_in_swedish(client, fields, said):
    answer = send(client, **fields)

    assert answer.status_code == 400
    assert said in answer.text


def test_what_a_visitor_writes_is_text_on_every_page(client):
    nasty = '"><script>alert(1)</script>'

    pages = [
        client.get("/", query_string={"arende": nasty}).text,
        client.get("/mall", query_string={"miljo": "PROD", "region": nasty}).text,
        client.get(result_of(client, name="<script>alert(1)< PROD-LiV.xlsx")).text,
    ]

    for page in pages:
        assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ("C:\\\\Exempel\\\\Underlag PROD-LiV.xlsx", "granskad-Underlag-PROD-LiV.xlsx"),
        ("../../etc/Underlag PROD-LiV.xlsx", "granskad-Underlag-PROD-LiV.xlsx"),
        ("Under\x00lag\u202e PROD-LiV.xlsx", "granskad-Underlag-PROD-LiV.xlsx"),
    ],
)
def test_names_lose_their_paths_and_what_cannot_be_seen(client, sent, named):
    address = result_of(client, FAULTY, name=sent)

    assert named in unpacked(client, address)


def test_unknown_addresses_get_a_swedish_page(client):
    for address in ("/finns-inte", "/resultat/x/", "/paket/x.zip", result_of(client) + "finns-inte.txt"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "Sidan finns inte" in answer.text
    assert client.put("/granska").status_code == 405


@pytest.mark.parametrize("form", ["svara", "ratta", "val"])
def test_what_a_form_is_sent_to_leads_to_the_form_when_it_is_opened(client, form):
    result = result_of(client)

    assert client.get("/granska", follow_redirects=True).request.path == "/"
    shown = client.get(f"{result}{form}", follow_redirects=True)
    assert (shown.status_code, shown.request.path) == (200, result)


def test_too_large_a_form_gets_a_swedish_page(client, monkeypatch):
    monkeypatch.setitem(client.application.config, "MAX_CONTENT_LENGTH", 1000)

    answer = send(client)

    assert answer.status_code == 413
    assert "Filerna är för stora" in answer.text


def test_a_form_cut_short_gets_a_swedish_page(client):
    answer = client.post(
        "/granska", data=b"--x\r\nContent-Dis", content_type="multipart/form-data; boundary=x"
    )

    assert answer.status_code in (400, 403)
    assert "startsidan" in answer.text.lower()


def test_a_fault_of_the_program_shows_no_traceback_and_no_values(caplog):
    def broken(*_args):
        raise RuntimeError("hemligt 070-174 06 05")

    answer = send(web_app.create_app(work=broken).test_client())

    assert answer.status_code == 500
    assert "Felet ligger i programmet" in answer.text
    assert "Traceback" not in answer.text
    assert "hemligt" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text
