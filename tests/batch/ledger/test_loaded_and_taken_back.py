"""`register inlast` and `register angra`: notes that a load is in the TAK, and that it was taken back."""

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import batch, book, put
from tests.batch.ledger.register_commands import PRODUCER, run
from underlag.batch.summary.schema import LoadModel
from underlag.cli.main import cli

pytestmark = pytest.mark.usefixtures("one_process")


def test_loaded_rows_are_counted_in_the_next_summary(out, tmp_path):
    run("inlast", str(out), "1")
    assert "redan noterad" in run("inlast", str(out), "0001-PROD")

    made = batch(tmp_path / "1", out)

    assert [(one.rows.loaded, one.rows.ready) for one in made.workbooks] == [(6, 0)]
    assert "Det finns ingen inläsning 0009" in run("inlast", str(out), "0009", code=1)
    assert "Det finns ingen inläsning 0001-QA" in run("inlast", str(out), "0001-QA", code=1)


def test_taking_back_lists_what_to_load_and_waits_for_the_loads_that_go_first(out, tmp_path):
    batch(
        put(tmp_path / "3", {"n.xlsx": book(("G1",), region="Gotland", change=PRODUCER)}), out
    )  # it replaces a row of the first load
    run("inlast", str(out), "0001")
    before = run("handelser", str(out))

    said = run("angra", str(out), "0001", code=1)
    assert "0003. Ta tillbaka dem först, den senaste först. Ingenting är noterat." in " ".join(said.split())
    assert "0003. Ta tillbaka dem först" in " ".join(run("angra", str(out), "0001", "--visa").split())
    assert run("handelser", str(out)) == before

    run("angra", str(out), "0003")
    said = run("angra", str(out), "0001")
    assert str(out / "inlasningar/0001-PROD/tak/aterstall-1.json") in said.replace("\n", "")
    assert "0003" not in said
    again = run("angra", str(out), "0001")
    assert "redan noterad som återtagen" in again
    assert "aterstall" not in again
    made = batch(tmp_path / "1", out)
    assert made.workbooks[0].rows.reasons == {"återtagen": 6}


def test_loads_for_other_consumers_of_a_common_addressee_do_not_go_first(out, tmp_path):
    other = (("SE162321000156-4H4F", "SE162321000156-4H5F"),)
    made = batch(put(tmp_path / "3", {"s.xlsx": book(("S1",), region="Skåne", change=other)}), out)

    assert [load.number for load in made.loads] == [3]
    assert "0003" not in run("angra", str(out), "0001")


def test_order_of_taking_back_is_shown_without_noting_anything(out):
    run("inlast", str(out), "0001")
    before = run("handelser", str(out))

    said = run("angra", str(out), "0001", "--visa")

    assert "aterstall-1.json" in said
    assert "noterad som återtagen" not in said
    assert run("handelser", str(out)) == before
    assert "inte båda" in run("angra", str(out), "0001", "--visa", "--tidpunkt", "2027-02-03T08:00", code=2)


def test_mistaken_note_is_corrected_by_another_note(out, tmp_path):
    run("inlast", str(out), "0001")
    assert "noterad som inte inläst" in run("inlast", str(out), "0001", "--inte")

    made = batch(tmp_path / "1", out)

    assert [(one.rows.loaded, one.rows.ready) for one in made.workbooks] == [(0, 6)]
    events = orjson.loads(run("handelser", str(out), "--format", "json"))
    assert [one["handelse"] for one in events[-2:]] == ["inläst", "inte inläst"]


def test_rows_of_a_load_that_was_taken_back_can_be_ordered_again(out, tmp_path):
    run("inlast", str(out), "0001")
    said = run("angra", str(out), "0001")

    again = batch(tmp_path / "1", out)
    made = batch(put(tmp_path / "3", {"g2.xlsx": book(("G1", "G9"), region="Gotland")}), out)

    assert "2 rader som väntar gör" in said
    # What waited against the load does not wait any more, and the same workbook stays taken back.
    assert [(load.number, load.addressees) for load in again.loads] == [(3, 1)]
    assert again.workbooks[0].rows.reasons == {"återtagen": 6}
    assert [(load.number, load.rows) for load in made.loads] == [(4, 6)]
    # The system's rows are those of t.xlsx, which had repeated the first workbook's.
    assert (made.workbooks[0].rows.ready, made.workbooks[0].rows.reasons) == (4, {"dubblett": 2})
    assert "0004" in run("inlast", str(out), "0001")


def test_row_that_a_load_taken_back_had_replaced_applies_again(out, tmp_path):
    batch(put(tmp_path / "3", {"n.xlsx": book(("G1",), region="Gotland", change=PRODUCER)}), out)
    said = run("angra", str(out), "0003")

    made = batch(put(tmp_path / "4", {"m.xlsx": book(("G1", "G9"), region="Gotland")}), out)

    assert made.workbooks[0].rows.reasons == {"dubblett": 4}
    assert [(load.number, load.rows) for load in made.loads] == [(4, 2)]
    # Without the content of the TAK, the undo cannot bring the replaced row back.
    page = (out / "inlasningar/0003-PROD/sida.html").read_text("utf-8")
    report = orjson.loads((out / "inlasningar/0003-PROD/rapport.json").read_bytes())
    assert report["aterstalls_inte"] == [{"inlasning": 1, "rader": 1}]
    assert "ersätter 1\xa0rad i inläsning 0001" in said
    assert "lägger inte tillbaka det gamla" in page
    LoadModel.model_validate(report)


@pytest.mark.parametrize("is_loaded", [False, True])
def test_what_an_undo_does_not_bring_back_is_ordered_again(out, tmp_path, is_loaded):
    run("inlast", str(out), "0001")
    batch(put(tmp_path / "3", {"n.xlsx": book(("G1",), region="Gotland", change=PRODUCER)}), out)
    if is_loaded:
        run("inlast", str(out), "0003")
    run("angra", str(out), "0003")
    found = run("sok", str(out), "SE162321000156-G1")

    made = batch(put(tmp_path / "4", {"m.xlsx": book(("G1",), region="Gotland")}), out)

    assert ("ersatt av arbetsbok 4, som är återtagen" in found) is is_loaded
    assert [load.rows for load in made.loads] == ([1] if is_loaded else [])
    # An undo that is taken back in its turn: the load applies, and what it replaced does not.
    run("inlast", str(out), "0003")
    assert ("återtagen" in run("sok", str(out), "SE162321000156-G1")) is False


def test_loads_that_nobody_marked_are_listed_until_somebody_does(out, tmp_path):
    (tmp_path / "tom").mkdir()
    arguments = ["kundservice", str(tmp_path / "tom"), "--ut", str(out), "--processer", "1"]

    said = CliRunner().invoke(cli, arguments).output
    before = orjson.loads((out / "sammanstallning.json").read_bytes())
    page = (out / "sammanstallning.html").read_text("utf-8")
    run("inlast", str(out), "0001")
    CliRunner().invoke(cli, arguments)
    after = orjson.loads((out / "sammanstallning.json").read_bytes())

    assert "Tidigare inläsningar som inte är noterade som inlästa: 0001-PROD och 0002-PROD." in said
    assert [one["mapp"] for one in before["ej_inlasta"]] == ["inlasningar/0001-PROD", "inlasningar/0002-PROD"]
    assert [one["nummer"] for one in after["ej_inlasta"]] == [2]
    assert 'href="inlasningar/0001-PROD/sida.html"' in page


def test_taking_back_names_every_case_of_the_load(tmp_path, out):
    said = " ".join(run("angra", str(out), "0001", "--visa").split())
    assert "flera ärenden" not in said

    both = {"v.xlsx": book(("V1",), region="Värmland"), "u.xlsx": book(("U1",), region="Uppsala")}
    batch(put(tmp_path / "3", both), tmp_path / "ny")
    said = " ".join(run("angra", str(tmp_path / "ny"), "0001", "--visa").split())
    assert "ärende 1 (Region Uppsala, 4 rader) och ärende 2 (Region Värmland, 2 rader)" in said
