"""What differs in the edition that runs in the browser: limits, keys and words."""

import io
import re
from dataclasses import replace

import pytest

from tests.support.tables import NAME, STANDARD, workbook
from underlag.web.app import create_app
from underlag.web.edition import IN_FILE


@pytest.fixture
def client():
    return create_app(edition=IN_FILE).test_client()


def send(client, content, name=NAME):
    data = {"nyckel": IN_FILE.form_key, "arbetsbok": (io.BytesIO(content), name)}
    return client.post("/granska", data=data, content_type="multipart/form-data")


def test_the_same_workbook_has_the_same_address_in_another_tab(client):
    content = workbook(STANDARD)

    first = send(client, content).headers["Location"]

    assert send(create_app(edition=IN_FILE).test_client(), content).headers["Location"] == first
    assert send(client, content, "b.xlsx").headers["Location"] != first
    assert send(client, content + b" ").headers["Location"] != first


def test_a_larger_file_is_refused_with_the_limit_and_the_command(client):
    page = client.get("/").text
    limit = int(re.search(r'data-max="(\d+)"', page)[1])
    said = re.search(r'data-for-stor="([^"]+)"', page)[1]
    small = create_app(edition=replace(IN_FILE, max_request=1_000)).test_client()

    answer = send(small, bytes(1_001))

    assert answer.status_code == 413
    for text in (said, answer.text):
        assert f"{limit // 1_000_000} MB" in text
        assert "underlag bestall" in text


def test_it_says_when_results_are_gone(client):
    assert "när fliken stängs" in client.get("/").text
    answer = client.get("/resultat/okänd/")
    assert answer.status_code == 404
    assert "Fliken börjar från början" in answer.text
    assert "efter en timme" in create_app().test_client().get("/").text
