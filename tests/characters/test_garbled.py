"""Names in which letters were replaced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from underlag.characters.garbled import garbled_among, mended

NAME = "Vårdcentralen Ängen, Örebro"


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_utf_8_read_as_another_encoding_is_mended(encoding):
    garbled = NAME.encode().decode(encoding)
    assert garbled_among([NAME, garbled]) == {garbled}
    assert mended(garbled) == NAME


@pytest.mark.parametrize(
    "text",
    [
        "V\ufffdrdcentralen Rud",
        "Vï¿½rdcentralen Rud",
        "VÃƒÂ¥rdcentralen Rud",
        "V?rdcentralen Rud",
        "Rud ?ngen",
        "V†rdcentralen Rud",
        "Link”pings vårdcentral",
        "Link÷pings vårdcentral",
        "V=E5rdcentralen Rud",
        "V=C3=A5rdcentralen Rud",
    ],
)
def test_letters_that_are_lost_are_found_and_not_guessed(text):
    assert garbled_among([text]) == {text}
    assert mended(text) == ""


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("V&aring;rdcentralen &Auml;ngen", "Vårdcentralen Ängen"),
        ("Rehab &amp; H&#228;lsa", "Rehab & Hälsa"),
        ("Rud&nbsp;Norra", "Rud Norra"),
        ("Malmö VÃ¥rdcentral", "Malmö Vårdcentral"),
    ],
)
def test_what_is_written_as_in_a_web_page_is_mended(text, right):
    assert garbled_among([text]) == {text}
    assert mended(text) == right


@pytest.mark.parametrize(
    "text",
    [
        NAME,
        "São João & Co",
        "ÃO",
        "Rehab & hälsa; Rud",
        "Vad är Rud?",
        "Rud (?)",
        "Mottagningen ”Solen”, Rud",
        "”Solen” ÷ „Rud“",
        "A=B, x=10",
        "Åsa Šašić, Ñuñoa",
    ],
)
def test_signs_at_their_place_are_right(text):
    assert garbled_among([text]) == set()


@given(st.lists(st.text(), max_size=5))
def test_any_text_is_judged_alone_as_among_others(texts):
    among = garbled_among(texts)
    assert among == {text for text in texts if garbled_among([text])}
    for text in among:
        assert not garbled_among([mended(text)])
