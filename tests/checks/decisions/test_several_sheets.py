"""Several sheets are one of the profile's, by lines under `[flikar]`: each row keeps its own sheet."""

from tests.cases.layouts import SECTIONS, SHEETS, errors_and_warnings, placed
from tests.checks.examine import examine
from tests.support.tables import ORDER_SHEET, STANDARD
from underlag.documents.account import answer_lines

#: The units of one direction on two sheets.
SPLIT = "\n".join(
    [
        *STANDARD.partition("## Webcert -> ")[0].splitlines(),
        "## Enheter 1",
        *(UNITS_OF_ALL := STANDARD.partition("## Webcert -> ")[2].splitlines()[1:])[:3],
        "## Enheter 2",
        UNITS_OF_ALL[0],
        UNITS_OF_ALL[1].replace("4HVT", "4HVX").replace("Tolkcentralen Värmland", "Vårdcentralen Gripen"),
        "## Intygstjänsten" + STANDARD.partition("## Intygstjänsten")[2],
    ]
)
SPLIT_ANSWERS = '[flikar]\n"Enheter 1" = "Webcert -> Vårdsystem"\n"Enheter 2" = "Webcert -> Vårdsystem"\n'


def test_two_sheets_may_be_one_of_the_profiles(tmp_path):
    path = tmp_path / "svar.toml"
    path.write_text(SPLIT_ANSWERS, encoding="utf-8")
    before = examine(SPLIT + ORDER_SHEET)
    checked = examine(SPLIT + ORDER_SHEET, order_file=path)

    assert before.blocked
    assert [
        line.removeprefix("# ") for line in answer_lines(before.account) if line.startswith('# "Enh')
    ] == [line for line in SPLIT_ANSWERS.splitlines() if line.startswith('"')]
    assert errors_and_warnings(checked) == []
    assert placed(checked) == placed(examine(STANDARD + ORDER_SHEET))
    assert [(row.sheet, row.row) for row in checked.underlag.flows[1].entries] == [
        ("Enheter 1", 2),
        ("Enheter 1", 3),
        ("Enheter 2", 2),
    ]


def test_a_faulty_row_of_the_second_of_two_sheets_is_left_out_everywhere(tmp_path):
    path = tmp_path / "svar.toml"
    path.write_text(SPLIT_ANSWERS, encoding="utf-8")
    faulty = SPLIT.replace(
        "SE162321000156-4HVX | Vårdcentralen Gripen |\n## Int", "X | Vårdcentralen Gripen |\n## Int"
    )
    checked = examine(faulty + ORDER_SHEET, order_file=path, skip_faulty=True)

    assert not checked.blocked
    assert [(left.entry.sheet, left.entry.row) for left in checked.left_out] == [
        ("Enheter 2", 2),
        ("Intygstjänsten -> Webcert", 4),
    ]
    assert {len(addressees) for *_, addressees in placed(checked)[1:]} == {2}


def test_a_note_on_the_second_of_two_sheets_concerns_its_own_rows(tmp_path):
    path = tmp_path / "svar.toml"
    path.write_text(
        SPLIT_ANSWERS + '[beslut]\n"Enheter 2!kommentar F2: Ska inte med!" = "utan"\n', encoding="utf-8"
    )
    text = SPLIT.replace("\n## Intyg", "\n! note F2 Ska inte med!\n## Intyg")
    assert "FLI037" in {
        f.code for f in examine(text + ORDER_SHEET, order_file=_only_sheets(tmp_path)).findings
    }
    checked = examine(text + ORDER_SHEET, order_file=path)

    assert errors_and_warnings(checked) == []
    assert [sorted(addressees) for *_, addressees in placed(checked)[1:]] == [
        ["SE162321000156-4HVT", "SE162321000156-4HVV"]
    ] * 2


def _only_sheets(folder):
    path = folder / "flikar.toml"
    path.write_text(SPLIT_ANSWERS, encoding="utf-8")
    return path


def test_sheets_that_share_their_tables_may_be_several(tmp_path):
    """Two sheets, each with all directions for some of the units."""
    path = tmp_path / "svar.toml"
    path.write_text(f'[flikar]\n"Del 1" = [{SHEETS}]\n"Del 2" = [{SHEETS}]\n', encoding="utf-8")
    first, second = SECTIONS.replace("## Blad1", "## Del 1"), SECTIONS.replace("## Blad1", "## Del 2")
    drop = lambda text, *ids: "\n".join(line for line in text.splitlines() if not any(i in line for i in ids))  # noqa: E731 - used here alone
    first = drop(first, "4HVX")
    second = second.replace("4HVT", "4HVX").replace("Tolkcentralen Värmland", "Vårdcentralen Gripen")
    second = drop(second, "4HVV", "|  |  |  |  |  | SE162321000156-4HVX", "|  |  |  |  | SE162321000156-4HVX")
    checked = examine(first + "\n" + second + ORDER_SHEET, order_file=path)

    assert [sorted(addressees) for *_, addressees in placed(checked)[1:]] == [
        ["SE162321000156-4HVT", "SE162321000156-4HVV", "SE162321000156-4HVX"]
    ] * 2
