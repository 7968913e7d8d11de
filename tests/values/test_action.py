"""What people write for adding and removing, and what is not clear enough to act on."""

import pytest

from underlag.values.action import parse_action


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
        "Ta bort inte",
        "Läggs till ej",
        "Ny enhet, ta bort den gamla",
        "Ta bort, ny sen",
    ],
)
def test_what_is_doubtful_is_neither(text):
    assert parse_action(text) is None
