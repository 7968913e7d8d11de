"""bestallning.toml as the page writes it: what is stated, and what is kept of the file that was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from underlag.documents.order_file import order_file
from underlag.documents.questions import Answer
from underlag.files.toml import TomlError, parse_toml

SENT = """\
# Beställning för LiV, enligt mejl 12 november
datum = "2026-12-01"  # kunden vill ha den dagen

# Vem som svarar på frågor
[bestallare]
namn = "Anna Exempel"  # chefen
# telefon saknas

# Det vi kom överens om
[beslut]
# Rud väntar
"Webcert!C5: ej med" = "utan"  # ringde Rud
"Webcert!C9: ny" = "bortse"

[eget]
anteckning = 'rör inte'
"""


def decided(key: str, value: str) -> Answer:
    return Answer("beslut", key, value, "")


def merged(before: str, *answers: Answer, **details: str) -> str:
    named = {key.replace("__", "."): value for key, value in details.items()}
    return order_file(named, answers, before.encode()).decode()


def test_a_sent_file_keeps_its_comments_and_its_other_lines():
    made = merged(SENT, decided("Webcert!C9: ny", "utan"), orderer__email="anna@example.se")

    assert [line.strip() for line in SENT.splitlines() if line not in made.splitlines()] == [
        '"Webcert!C9: ny" = "bortse"'
    ]
    assert made.index("# Det vi kom överens om") < made.index("[beslut]") < made.index("# Rud väntar")
    assert parse_toml(made.encode())["bestallare"] == {
        "namn": "Anna Exempel",
        "epost": "anna@example.se",
    }


def test_a_changed_detail_keeps_the_comment_of_its_line():
    made = merged(SENT, date="2026-12-08", orderer__name="Bo Exempel")

    assert 'datum = "2026-12-08"  # kunden vill ha den dagen' in made
    assert 'namn = "Bo Exempel"  # chefen' in made


def test_a_new_line_does_not_come_between_a_comment_and_its_table():
    made = merged(SENT, case_number="CS0012345")

    assert "# Vem som svarar på frågor\n[bestallare]" in made
    assert parse_toml(made.encode())["arende"] == "CS0012345"


def test_a_new_file_has_a_blank_line_before_each_table():
    made = merged("", decided("ny", "utan"), case_number="CS0012345", orderer__name="Bo Exempel")

    assert made == ('arende = "CS0012345"\n\n[bestallare]\nnamn = "Bo Exempel"\n\n[beslut]\nny = "utan"\n')


def test_the_last_answer_comes_first_in_its_table():
    made = merged(SENT, decided("Webcert!D1: x", "utan"), decided("Webcert!C5: ej med", "bortse"))

    assert list(parse_toml(made.encode())["beslut"].items()) == [
        ("Webcert!C5: ej med", "bortse"),
        ("Webcert!D1: x", "utan"),
        ("Webcert!C9: ny", "bortse"),
    ]
    # The comment was about the answer that is replaced.
    assert "ringde Rud" not in made


@pytest.mark.parametrize(
    "before",
    [
        'beslut.a = "b"\nx = 1\n',
        'beslut = { a = "b" }\n',
        '[beslut]\na = "b"\n[x]\ny = 1\n[beslut.c]\nz = 1\n',
        "beslut = 3\n",
        "x = 1\n[[beslut]]\nb = 1\n",
        "[beslut]\n",
        "x = 1",
        '\ufeff# först\r\n[beslut]\r\na = "b" # y\r\n',
        'a."b.c".d = 2026-01-01\n[beslut.e]\nf = [1, [2.5, true]]\n',
    ],
)
def test_no_value_is_lost_however_the_file_is_written(before):
    made = parse_toml(merged(before, decided("ny", "utan"), date="2026-12-01").encode())

    stated = parse_toml(before.encode())
    table = stated.pop("beslut", {})
    assert made.pop("beslut") == {"ny": "utan", **(table if isinstance(table, dict) else {})}
    assert made == {"datum": "2026-12-01", **stated}


def test_nothing_to_add_leaves_the_file_as_it_is():
    assert merged(SENT) == SENT


def test_a_file_that_cannot_be_parsed_is_rejected():
    with pytest.raises(TomlError):
        merged("[beslut\n", decided("ny", "utan"))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(st.dictionaries(TEXTS, TEXTS, max_size=4), TEXTS, TEXTS)
def test_any_text_is_stated_as_it_is(table, key, value):
    before = order_file({}, [decided(*item) for item in table.items()])

    made = parse_toml(order_file({"case_number": value}, [decided(key, value)], before))

    assert made["arende"] == value
    assert made["beslut"][key] == value
    assert made["beslut"].items() - parse_toml(before).get("beslut", {}).items() <= {(key, value)}
