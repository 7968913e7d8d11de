"""Which decisions count: those of the file, the region and the options; those that cannot be used."""

import pytest

from tests.checks.decisions.answered import answered
from tests.checks.examine import altered, column, examine, told
from underlag.findings import Severity


@pytest.mark.parametrize(
    ("toml", "code", "named"),
    [
        ('[kolumner]\n"Noterat" = "något"\n', "FIL016", "”tas med”"),
        ('[kolumner]\n"Noteradt" = "bortse"\n', "FIL017", "”Noterat”"),
        ('[kolumner]\n"Noterat" = "bortse"\n"noterat" = "tas med"\n', "FIL018", "”tas med”"),
        ('[beslut]\n"Webcert -> Vårdsystem!H3: utgår" = "kanske"\n', "FIL019", "”utan”"),
    ],
)
def test_decisions_that_cannot_be_used(tmp_path, toml, code, named):
    checked = answered(tmp_path, toml, *column("Noterat", "nytt", "utgår", ""))

    (found,) = [f for f in checked.findings if f.code == code]
    assert found.severity is Severity.ERROR
    assert named in found.message + found.suggestion


def test_an_option_precedes_the_file(tmp_path):
    checked = answered(
        tmp_path,
        '[kolumner]\n"Noterat" = "tas med"\n',
        *column("Noterat", "Ja", "Nej", "Ja"),
        columns=(("Noterat", "bortse"),),
    )

    assert told(checked) == []
    assert not checked.left_out


def test_decisions_of_the_region_count_and_may_be_about_other_workbooks(tmp_path):
    (tmp_path / "LiV.toml").write_text(
        '[kolumner]\n"Noterat" = "bortse"\n"Annat" = "bortse"\n', encoding="utf-8"
    )
    checked = examine(altered(*column("Noterat", "nytt", "", "")), decisions=tmp_path)

    assert told(checked) == []


@pytest.mark.parametrize(
    ("name", "codes"), [("Region Värmland", set()), ("värmland", set()), ("Region Gotland", {"FLI036"})]
)
def test_decisions_lie_under_any_usual_name_of_the_region(tmp_path, name, codes):
    (tmp_path / f"{name}.toml").write_text('[kolumner]\n"Noterat" = "bortse"\n', encoding="utf-8")
    checked = examine(altered(*column("Noterat", "nytt", "", "")), decisions=tmp_path)

    assert {code for code, _, _ in told(checked)} == codes
