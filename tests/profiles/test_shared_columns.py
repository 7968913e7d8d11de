"""Columns that several sheets share are defined once; a sheet states the differences."""

import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

import underlag.profiles
from underlag.profiles.profile import ColumnSpec
from underlag.profiles.validation import validated_profile

SHIPPED = Path(underlag.profiles.__file__).with_name("intygstjanster.toml")
SHARED = """
[columns.system]
role = "consumer"
title = "System (HSAID)"
aliases = ["System", "Systemets HSA-ID"]
carry_down = true
"""


def columns(text):
    sheet = f'[[sheets]]\nkey = "ett"\ntitle = "Ett"\ncolumns = [{text}]\n'
    ours = tomllib.loads(SHARED + sheet)
    data = tomllib.loads(SHIPPED.read_text(encoding="utf-8")) | {"flows": [], "same_addressees": []} | ours

    return validated_profile(data).sheet("ett").columns


def test_sheet_takes_the_shared_column_as_it_is():
    assert columns('{ use = "system" }') == (
        ColumnSpec(
            role="consumer", title="System (HSAID)", aliases=("System", "Systemets HSA-ID"), carry_down=True
        ),
    )


def test_sheet_states_what_differs():
    (column,) = columns('{ use = "system", title = "System", aliases = ["Vem"], required = true }')

    assert (column.title, column.required, column.carry_down) == ("System", True, True)
    assert column.aliases == ("System (HSAID)", "Systemets HSA-ID", "Vem")


def test_column_of_one_sheet_is_written_there():
    first, second = columns('{ use = "system" }, { role = "url", title = "URL" }')

    assert (first.role, second) == ("consumer", ColumnSpec(role="url", title="URL"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{ use = "okand" }', "använder kolumnen okand, som profilen inte har"),
        ('{ use = "system", tittel = "System" }', "tittel"),
        ('{ role = "url" }', "title"),
    ],
)
def test_what_is_no_column_is_refused(text, reason):
    with pytest.raises(ValidationError, match=reason):
        columns(text)
