"""A personal identity number is never quoted; a sole trader's organisation number is not secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.examine import altered, examine, only
from underlag.documents.lists.left_out import left_out_csv
from underlag.privacy.masking import MASK, is_private, masked

UNIT = "SE162321000156-4HVV"


def all_text(checked):
    return "\n".join(f"{f.value} {f.message} {f.suggestion}" for f in checked.findings)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("19121212-1212", "HSA007"),
        ("SE191212121212-1212", "HSA007"),
        ("Anna 121212-1212", "HSA007"),
        ("se 19121212 1212", "HSA007"),
        ("SE1212121212-A.1", "HSA004"),
        ("SE161212121212-Å1", "HSA004"),
    ],
)
def test_a_refused_id_is_reported_without_the_number_that_it_holds(cell, code):
    row = f"|  |  |  |  |  | {cell} | Vårdcentralen Norr |"
    last = "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"
    checked = examine(altered((2, last, f"{last}\n{row}"), (3, UNIT, cell)), skip_faulty=True)

    assert {f.code for f in checked.findings if f.cell == "F5"} == {code}
    written = all_text(checked) + left_out_csv(checked.left_out).decode("utf-8-sig")
    assert "1212121212" not in written
    assert "121212-1212" not in written
    assert MASK in written


def test_the_id_of_a_sole_trader_is_right_and_shown():
    checked = examine(altered((3, UNIT, "SE1212121212-1A")))

    assert {f.code for f in checked.findings if f.severity == "fel"} == set()
    assert "SE1212121212-1A" in all_text(checked)


@pytest.mark.parametrize(
    "name",
    [
        *("Anna Andersson 19121212-1212", "121212-1212", "Anna (191212121212)"),
        *("Anna 121212\u20111212", "Anna 121212\xa01212", "Anna 121212\u200b1212"),
    ],
)
def test_a_number_in_a_name_is_a_masked_warning(name):
    checked = examine(altered((2, "Vårdcentralen Rud", name)))

    assert only(checked, "ADR013").value == masked(name)
    assert only(checked, "ADR013").cell == "G3"
    assert not checked.blocked
    assert "1212" not in all_text(checked)


@pytest.mark.parametrize("number", ["19121212\u20131212", "121212\u20111212"])
def test_a_number_among_the_orders_details_is_masked_though_its_dash_is_shown(number):
    checked = examine(altered((4, "TSK-12518", number), (4, "070-174 06 05", number)))

    assert {"BST010", "BST012"} <= {f.code for f in checked.findings}
    assert "1212" not in all_text(checked)


@pytest.mark.parametrize(
    ("old", "new", "cell", "title"),
    [
        ("| Region ", "| Övrig information | Ring Anna 121212-1212 |\n| Region ", "B2", "Övrig information"),
        ("| Tove Exempelsson ", "| Tove 19121212 1212 ", "B5", "Beställare, namn"),
        ("| Region ", "| Beställare roll | 121212\u20111212 |\n| Region ", "B2", "Beställare, roll"),
    ],
)
def test_a_number_in_a_text_of_the_order_is_a_masked_warning(old, new, cell, title):
    checked = examine(altered((4, old, new)))

    found = only(checked, "BST031")
    assert (found.severity, found.cell, MASK in found.value) == ("varning", cell, True)
    assert found.message.startswith(f"{title} innehåller")
    assert "1212" not in all_text(checked)
    assert not checked.blocked


@pytest.mark.parametrize("header", ["19121212-1212", "{number 191212121212}"])
def test_a_number_among_the_headers_is_repeated_nowhere(header):
    checked = examine(altered((2, "| Anropsadress (URL) ", f"| {header} ")))

    assert {"FLI005", "FLI036"} <= {f.code for f in checked.findings}
    assert "1212" not in all_text(checked)
    assert f"Kolumnen ”{MASK}”" in only(checked, "FLI036").message


@pytest.mark.parametrize("name", ["Vårdcentralen 2321000156", "Tel 0223456789", "Rum 121312-1212"])
def test_other_numbers_in_names_are_no_secret(name):
    checked = examine(altered((2, "Vårdcentralen Rud", name), (3, "Vårdcentralen Rud", name)))

    assert "ADR013" not in {f.code for f in checked.findings}


@given(st.text(alphabet="SE0123456789-+ ()abÅ.", max_size=40))
def test_masking_leaves_nothing_to_mask(text):
    assert not is_private(masked(text))
    assert masked(text) == text or MASK in masked(text)
