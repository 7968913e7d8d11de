"""Findings by kind: which of very many are listed."""

from hypothesis import given
from hypothesis import strategies as st

from tests.documents.annotated_workbook.workbooks import found
from underlag.documents.finding_groups import first_of_each


@given(st.lists(st.sampled_from(["HSA002", "HSA003", "HSA009", "ADR012"])), st.integers(4, 12))
def test_the_first_of_each_kind_are_listed_and_what_is_left_out_is_counted(codes, most):
    findings = [found("Flik", row, 1, code=code) for row, code in enumerate(codes, 1)]

    listed, cut = first_of_each(findings, most)

    assert list(listed) == [one for one in findings if one in listed]
    assert len(listed) <= most
    assert {one.code for one in listed} == set(codes)
    for code in set(codes):
        own = [one for one in findings if one.code == code]
        kept = [one for one in listed if one.code == code]
        assert kept == own[: len(kept)]
        assert cut.get(code) == (len(own) if len(kept) < len(own) else None)


def test_a_kind_with_few_findings_keeps_all_of_them():
    codes = ["HSA003"] * 10 + ["HSA009"] * 2

    listed, cut = first_of_each([found("Flik", row, 1, code=code) for row, code in enumerate(codes, 1)], 8)

    assert [one.code for one in listed] == ["HSA003"] * 6 + ["HSA009"] * 2
    assert cut == {"HSA003": 10}
