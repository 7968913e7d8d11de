"""The line of a value in a TOML file."""

import pytest

from underlag.files.toml_lines import TomlLines

TEXT = """\
key = "a"

[[sheets]]
title = "x"
[[sheets.columns]]
role = "url"
[[sheets.columns]]
role = "name"
[[sheets]]
title = "y"
[[sheets.columns]]
"role" = "url"

[columns.url]
title = "URL"
size.width = 1
contracts = [
  { title = "z" },
]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("key",), 1),
        (("sheets", 0, "title"), 4),
        (("sheets", 0, "columns", 1, "role"), 8),
        (("sheets", 1, "columns", 0, "role"), 12),
        (("sheets", 1, "columns", 0, "missing"), 11),
        (("columns", "url", "title"), 15),
        (("columns", "url", "size", "width"), 16),
        (("columns", "url", "contracts", 0, "title"), 17),
        (("missing",), 1),
        ((), 1),
    ],
)
def test_a_value_is_at_its_key_or_at_the_table_around_it(path, line):
    assert TomlLines(TEXT).number(path) == line
