"""Each rule that tells rows of a table from remarks and headings, by a row that it decides."""

import pytest

from underlag.reading.tables.odd_rows import DOUBTFUL_ROWS, SENTENCES, deciding_rule, is_doubtful, is_remark

UNIT, NAME, CONTRACT = "addressee", "addressee_name", "contract"
ID = "SE2321000016-1A2B"

BY_SENTENCE = {
    "id or address in the text": (UNIT, f"Gäller {ID} och inga andra"),
    "only lines and dots": (UNIT, "-----"),
    "remark with its text": (UNIT, "OBS gäller från maj"),
    "left empty": (UNIT, "Lämnas tom"),
    "footnote": (UNIT, "*gäller"),
    "word of a remark alone": (UNIT, "OBS"),
    "name, however long": (NAME, "Närhälsan Södra Torget vårdcentral och rehab"),
    "may be a unit without id": (UNIT, "Vårdcentralen Norra i Karlstad"),
    "many words": (UNIT, "Samma enheter som vi beställde förra året"),
    "short sentence": (UNIT, "Nya enheter:"),
}
BY_ROW = {
    "more cells than a heading has": [(UNIT, "Väst"), (NAME, "Väst"), (CONTRACT, "Alla")],
    "begins with an id": [(UNIT, ID)],
    "error, or formula without a result": [(UNIT, "")],
    "remark among ids, and another cell": [(UNIT, "OBS nya enheter"), (NAME, "Väst")],
    "another cell": [(UNIT, "Väst"), (NAME, "Vårdcentralen")],
    "sentence with an id": [(UNIT, f"OBS samma som {ID}")],
    "id within the text": [(UNIT, f"enhet {ID}")],
    "too long for a name": [(NAME, "Dessa enheter ska läggas till så snart som möjligt")],
    "not among ids": [(CONTRACT, "Alla kontrakt")],
    "words alone": [(UNIT, "Sjukhus")],
    "words and a small number": [(UNIT, "Område 2")],
}


@pytest.mark.parametrize("rule", SENTENCES, ids=lambda rule: rule.name)
def test_each_rule_about_sentences_decides(rule):
    cells = [BY_SENTENCE[rule.name]]

    assert deciding_rule(SENTENCES, cells) is rule
    assert is_remark(cells) is rule.answer


@pytest.mark.parametrize("rule", DOUBTFUL_ROWS, ids=lambda rule: rule.name)
def test_each_rule_about_headings_decides(rule):
    cells = BY_ROW[rule.name]

    assert deciding_rule(DOUBTFUL_ROWS, cells) is rule
    assert is_doubtful(cells) is rule.answer


@pytest.mark.parametrize(
    ("cells", "remark", "doubtful"),
    [
        ([(UNIT, "B2")], False, False),
        ([(UNIT, "Enhet 2321")], False, False),
        ([(NAME, "Vårdcentralen Solrosen")], False, False),
        ([(NAME, "Alla enheter är med nu.")], True, False),
    ],
)
def test_what_no_rule_decides_is_a_row(cells, remark, doubtful):
    assert (is_remark(cells), is_doubtful(cells)) == (remark, doubtful)
