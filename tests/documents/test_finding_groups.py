"""Findings by kind: which of very many are listed, and what is shown of each."""

from hypothesis import given
from hypothesis import strategies as st

from tests.documents.annotated_workbook.workbooks import found
from underlag.characters.cleaning import shown
from underlag.documents.finding_groups import first_of_each, shown_message, shown_texts, shown_value


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


_TEXTS = st.sampled_from(
    [
        "",
        "SE16-X",
        "Kliniken 1",
        " först",
        "sist ",
        "https://a.se/x y",
        "a\u00a0b",
        "e\u0301",
        "rad\nrad",
        "å" * 401,
    ]
)


@given(
    st.lists(
        st.tuples(st.sampled_from(["HSA003", "ADR002", "URL001"]), _TEXTS, _TEXTS, _TEXTS, st.booleans()),
        max_size=4,
    )
)
def test_findings_shown_together_are_shown_as_each_is(rows):
    findings = [
        found(
            "Flik",
            row,
            1,
            code=code,
            value=value,
            message=f"{value}{said}" if quoted else said,
            suggestion=advice,
        )
        for row, (code, value, said, advice, quoted) in enumerate(rows, 1)
    ]

    texts = shown_texts(findings)

    assert list(texts.values) == list(map(shown_value, findings))
    assert list(texts.messages) == list(map(shown_message, findings))
    assert list(texts.suggestions) == [shown(one.suggestion) for one in findings]
