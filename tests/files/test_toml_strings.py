"""Strings that are written as TOML."""

from hypothesis import given
from hypothesis import strategies as st

from underlag.files.toml import parse_toml, toml_string


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_as_it_was_written(text):
    line = f"{toml_string(text)} = {toml_string(text)}"

    assert parse_toml(line.encode()) == {text: text}
