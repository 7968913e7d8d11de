"""No package is made twice, unless something that it depends on has changed."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, batch, book, put, tree
from underlag.batch import publish
from underlag.batch.records.workbooks import State
from underlag.cli.main import cli

LATER = NOW + timedelta(days=1)


def changed(made) -> list[bool]:
    return [not one.unchanged for one in made.workbooks]


def stamps(out: Path) -> dict[str, int]:
    return {path.as_posix(): path.stat().st_mtime_ns for path in out.glob("*-*/*")}


def test_finished_packages_are_not_made_again_and_reported_as_finished(tmp_path, inbox):
    first = batch(inbox, tmp_path / "ut")
    before, merged = stamps(tmp_path / "ut"), tree(tmp_path / "ut/inlasningar")

    second = batch(inbox, tmp_path / "ut", now=NOW)

    assert (changed(first), changed(second)) == ([True, True], [False, False])
    assert stamps(tmp_path / "ut") == before
    assert tree(tmp_path / "ut/inlasningar") == merged
    summary = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())
    assert summary["summa"]["oforandrade"] == 2
    assert [one["tillstand"] for one in summary["arbetsbocker"]] == ["klar", "klar"]


def test_only_new_packages_are_made_and_all_are_reported(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    put(inbox, {"0.xlsx": book(("C1",), region="Skåne")})

    made = batch(inbox, tmp_path / "ut", now=LATER)

    assert changed(made) == [True, False, False]
    assert [(load.number, load.addressees) for load in made.loads] == [(2, 1)]


def test_same_content_by_another_name_is_known_again(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    (inbox / "a.xlsx").rename(inbox / "c (1).xlsx")

    assert changed(batch(inbox, tmp_path / "ut")) == [False, False]


def test_name_that_says_another_environment_is_another_order(tmp_path):
    nameless = book(("A1",), change=(("| PROD ", "|  "),))
    inbox = put(
        tmp_path / "in", {"Underlag NTjP PROD-LiV.xlsx": nameless, "Underlag NTjP QA-LiV.xlsx": nameless}
    )

    made = batch(inbox, tmp_path / "ut")

    assert [one.made.environment for one in made.workbooks] == ["PROD", "QA"]


@pytest.mark.parametrize("change", [{"skip_faulty": True}, {"case_number": "TSK-99999"}, {"remove": True}])
def test_other_options_replace_the_package(tmp_path, inbox, change):
    first = batch(inbox, tmp_path / "ut")

    second = batch(inbox, tmp_path / "ut", **change)

    assert changed(second) == [True, True]
    assert [one.made.folder for one in second.workbooks] == [one.made.folder for one in first.workbooks]
    batch(inbox, tmp_path / "annan", **change)
    assert {p.parent.name for p in (tmp_path / "ut").glob("*/rapport.json")} == {
        one.made.folder.name for one in first.workbooks
    }


def test_an_adjacent_order_file_is_part_of_the_fingerprint(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    (inbox / "bestallning.toml").write_text('ovrig_information = "Hej"\n', encoding="utf-8")

    assert changed(batch(inbox, tmp_path / "ut")) == [True, True]
    assert changed(batch(inbox, tmp_path / "ut")) == [False, False]


def test_deleted_package_is_made_again(tmp_path, inbox):
    made = batch(inbox, tmp_path / "ut")
    before = tree(tmp_path / "ut")
    folder = made.workbooks[0].made.folder
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    folder.rmdir()

    again = batch(inbox, tmp_path / "ut")

    assert changed(again) == [True, False]
    assert "mappen var borta" in again.workbooks[0].reason
    assert {k: v for k, v in tree(tmp_path / "ut").items() if "samman" not in k} == {
        k: v for k, v in before.items() if "samman" not in k
    }


def test_altered_package_is_made_again_and_what_was_altered_is_kept(tmp_path, inbox):
    made = batch(inbox, tmp_path / "ut")
    folder = made.workbooks[0].made.folder
    good = (folder / "rapport.html").read_bytes()
    (folder / "rapport.html").write_bytes(b"min egen rapport")

    again = batch(inbox, tmp_path / "ut")

    assert changed(again) == [True, False]
    assert (folder / "rapport.html").read_bytes() == good
    assert (folder.with_name(f"{folder.name}-andrad") / "rapport.html").read_bytes() == b"min egen rapport"
    assert f"{folder.name}-andrad" in again.workbooks[0].reason


def test_a_users_own_file_in_the_folder_keeps_the_package_unchanged(tmp_path, inbox):
    made = batch(inbox, tmp_path / "ut")
    (made.workbooks[0].made.folder / "anteckning.txt").write_text("ringt", encoding="utf-8")

    assert changed(batch(inbox, tmp_path / "ut")) == [False, False]


def test_register_elsewhere_knows_what_was_made_in_another_output_folder(tmp_path, inbox):
    def run(out: str):
        arguments = ["kundservice", str(inbox), "--ut", str(tmp_path / out), "--processer", "1"]
        return CliRunner().invoke(cli, [*arguments, "--register", str(tmp_path / "r/alla.sqlite")])

    first, second = run("måndag"), run("tisdag")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "oförändrad" in second.output
    assert "../måndag/LiV-PROD-2027-03-01" in (tmp_path / "tisdag/sammanstallning.json").read_text("utf-8")


def test_output_and_register_can_be_moved_together(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    (tmp_path / "ut").rename(tmp_path / "flyttad")

    assert changed(batch(inbox, tmp_path / "flyttad")) == [False, False]


def test_package_with_another_date_gets_a_folder_that_says_so(tmp_path, inbox):
    batch(inbox, tmp_path / "ut")
    (tmp_path / "ut/VGR-PROD-2027-03-01/mina anteckningar.txt").write_text("Hej", encoding="utf-8")

    made = batch(inbox, tmp_path / "ut", date="2027-04-01")
    again = batch(inbox, tmp_path / "ut", date="2027-04-01")

    assert {path.name for path in (tmp_path / "ut").glob("*-*")} == {
        "LiV-PROD-2027-04-01",
        "VGR-PROD-2027-04-01",
        "VGR-PROD-2027-03-01-andrad",
    }
    assert "VGR-PROD-2027-03-01-andrad" in made.workbooks[1].reason
    assert changed(again) == [False, False]


def test_package_that_cannot_be_placed_is_reported_and_the_earlier_stays(tmp_path, inbox, monkeypatch):
    first = batch(inbox, tmp_path / "ut")
    before = tree(tmp_path / "ut")
    real, held = Path.rename, first.workbooks[0].made.folder

    def refuse(path: Path, target: Path) -> Path:
        if held in {path, target}:
            raise PermissionError(13, "Permission denied")
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        patch.setattr(publish, "_PAUSES", (0,))
        refused = batch(inbox, tmp_path / "ut", case_number="TSK-99999")

    assert [one.state for one in refused.workbooks] == [State.REJECTED, State.DONE]
    assert "åtkomst nekas" in refused.workbooks[0].reason
    own = f"{held.name}/"
    assert {k: v for k, v in tree(tmp_path / "ut").items() if k.startswith(own)} == {
        k: v for k, v in before.items() if k.startswith(own)
    }
    assert changed(batch(inbox, tmp_path / "ut")) == [False, True]
