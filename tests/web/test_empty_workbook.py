"""The empty workbook of the start page."""

import pytest

import underlag
from tests.web.upload_form import NOW
from underlag.web import app as web_app


@pytest.fixture
def client():
    return web_app.create_app(now=lambda: NOW).test_client()


def test_empty_workbook_is_handed_out(client):
    answer = client.get("/mall", query_string={"miljo": "QA", "region": "LiV"})

    assert answer.status_code == 200
    assert "NTjP%20QA-LiV.xlsx" in answer.headers["Content-Disposition"]
    reading = underlag.read(answer.data, name="x.xlsx")
    assert (reading.underlag.environment, reading.underlag.region) == ("QA", "LiV")


def test_empty_workbook_of_another_profile(client):
    answer = client.get("/mall", query_string={"miljo": "PROD", "region": "LiV", "profil": "bulktakning"})

    assert underlag.read(answer.data, name="x.xlsx").underlag.profile.key == "bulktakning"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"miljo": "PROD"}, "Regionens kortnamn"),
        ({"miljo": "PROD", "region": "a/b"}, "går inte att använda"),
        ({"region": "LiV"}, "Välj miljö"),
        ({"miljo": "X", "region": "LiV"}, "Miljön finns inte"),
    ],
)
def test_empty_workbook_that_cannot_be_made_is_reported(client, query, said):
    answer = client.get("/mall", query_string=query)

    assert answer.status_code == 400
    assert said in answer.text
