import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlag.text.file_names import ascii_stem, shown_name


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        (
            "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx",
            "Underlag-for-TAKning-Intygstjanster-NTjP-PROD-LiV",
        ),
        ("Underlag fo\u0308r.xlsm", "Underlag-for"),
        ("ÅÄÖ åäö æø.xls", "AAO-aao-aeo"),
        ("v1.2.ods", "v1.2"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Mina dokument\\a b.xlsx", "a-b"),
        ("工作簿.xlsx", "underlag"),
        ("", "underlag"),
        ("..xlsx", "underlag"),
    ],
)
def test_names_are_plain_letters(name, stem):
    assert ascii_stem(name) == stem


@given(st.text())
@settings(max_examples=100)
def test_any_name_gives_a_safe_one(name):
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,80}", ascii_stem(name))
    assert not ascii_stem(name).startswith((".", "-"))


@given(st.text(st.characters()))
@settings(max_examples=60)
def test_any_name_can_be_shown(name):
    assert shown_name(name + "\udcff").encode().decode()
