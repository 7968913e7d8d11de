"""Names of package folders stay inside the output folder, are unique, and are valid on Windows."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from underlag.batch.naming import RESERVED, Names, folder_name

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@example("", "⒈", "")
@given(st.text(), st.text(max_size=20), st.sampled_from(["", "2027-03-01"]))
def test_any_text_gives_a_name_of_the_fixed_alphabet(region, environment, day):
    name = folder_name(region, environment, day)

    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}", name)
    assert not DEVICES.fullmatch(name)
    assert name.casefold() not in RESERVED


@given(st.lists(st.sampled_from(["LiV", "liv", "LIV", "LiV-2", "samlad"]), max_size=8))
def test_names_differ_also_where_letter_case_does_not_count(wanted):
    names = Names(["liv"])

    given_out = [names.unique(one).casefold() for one in wanted]

    assert len(set(given_out)) == len(given_out)
    assert not {"liv", "samlad"} & set(given_out)


def test_unknown_facts_are_reported():
    assert folder_name("", "", "") == "okand-region-okand-miljo-utan-datum"
    assert folder_name("Västra Götaland", "QA", "2027-03-01") == "Vastra-Gotaland-QA-2027-03-01"
    assert folder_name("R" * 99, "QA", "2027-03-01") == f"{'R' * 46}-QA-2027-03-01"
    assert folder_name("../..\\C:", "PROD", "2027-03-01") == "C-PROD-2027-03-01"
