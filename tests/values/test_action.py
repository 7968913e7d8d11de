"""Spellings of adding and removing, and texts that are not clear enough."""

import pytest

from underlag.values.action import parse_action, plain_action


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lägg till", "add"),
        ("LAGG-TILL", "add"),
        ("lägg", "add"),
        ("Läggs till", "add"),
        ("Ta\nbort", "remove"),
        ("Exkludera", "remove"),
        ("Ta bort från 1 mars", None),
        ("Ta bort?", None),
        ("Lägg ner", None),
        ("", None),
    ],
)
def test_an_action_and_nothing_more(text, expected):
    assert plain_action(text) == expected


@pytest.mark.parametrize("text", ["Lägg till", "LÄGGS TILL", "Ny", "Nyanslutning", "Lägg till (from mars)"])
def test_adding(text):
    assert parse_action(text) == "add"


@pytest.mark.parametrize("text", ["Ta bort", "tabort", "Tas bort från 1 mars", "Utgår", "– ta bort –"])
def test_removing(text):
    assert parse_action(text) == "remove"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kanske",
        "Ta bort?",
        "Lägg ner enheten",
        "Ta bort inte",
        "Läggs till ej",
        "Ny enhet, ta bort den gamla",
        "Ta bort, ny sen",
    ],
)
def test_what_is_doubtful_is_neither(text):
    assert parse_action(text) is None
