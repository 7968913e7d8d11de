"""The RIV-TA profile of a row: its own value, else its address's, else the default."""

import pytest

from underlag.values.rivta import resolve_rivta_profile


@pytest.mark.parametrize(
    ("stated", "url", "meant"),
    [
        ("", "https://a.example.se/rivtabp20", "RIVTABP20"),
        ("", "https://a.example.se/RivTaBP20/", "RIVTABP20"),
        ("rivtabp21", "https://a.example.se/rivtabp20", "RIVTABP21"),
        ("", "https://a.example.se/rivtabp20/status", "RIVTABP21"),
        ("", "https://a.example.se/rivtabp99", "RIVTABP21"),
        ("", "inte en adress/rivtabp20", "RIVTABP21"),
        ("", "", "RIVTABP21"),
    ],
)
def test_profile_of_a_row(stated, url, meant):
    assert resolve_rivta_profile(stated, url, "RIVTABP21") == meant
