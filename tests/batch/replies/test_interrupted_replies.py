"""The ledger notes each reply; an interrupted or failing run writes the same replies the next time."""

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import batch, book, put, tree
from tests.batch.replies.days import BO, DALARNA, day
from tests.batch.replies.mails import mail, replies
from underlag.batch.replies import write
from underlag.cli.main import cli
from underlag.package.folder import PackageError


def test_ledger_notes_replies_and_what_was_refused(tmp_path):
    files = {
        "1.eml": mail({"A.xlsx": book(("AAA1",), region="Gotland")}),
        "2.eml": mail({}, sender=BO, text="https://we.tl/t-abc123"),
    }
    day(tmp_path, 1, files)
    day(tmp_path, 2, files)
    result = CliRunner().invoke(cli, ["register", "handelser", str(tmp_path / "ut"), "--format", "json"])
    found = [(one["handelse"], one["text"]) for one in orjson.loads(result.output)]

    assert [text for kind, text in found if kind == "svarsutkast"] == ["svar/0001-TSK-12518-Region-Gotland"]
    (refused,) = [text for kind, text in found if kind == "avvisad"]
    assert refused.startswith("2.eml har ingen arbetsbok bifogad")


@pytest.mark.parametrize("point", ["before", "halfway"])
def test_interrupted_run_writes_the_same_replies_the_next_time(tmp_path, monkeypatch, point):
    files = {
        "1.eml": mail({"A.xlsx": book(("AAA1",), region="Gotland")}, Message_ID="<1@example.se>"),
        "2.eml": mail({"B.xlsx": book(("AAA1", "BBB1"), region="Dalarna", change=DALARNA)}, sender=BO),
    }
    inbox = put(tmp_path / "in", files)
    batch(inbox, tmp_path / "whole")
    done = []

    def cut(reply):
        if point == "before" or done:
            raise KeyboardInterrupt
        done.append(True)
        wholly(reply)

    wholly = write.Reply.write
    with monkeypatch.context() as patch:
        patch.setattr(write.Reply, "write", cut)
        with pytest.raises(KeyboardInterrupt):
            batch(inbox, tmp_path / "cut")
    batch(inbox, tmp_path / "cut")

    assert len(replies(tmp_path / "cut")) == 2
    assert tree(tmp_path / "cut") == tree(tmp_path / "whole")


def test_reply_that_cannot_be_written_is_reported_and_written_the_next_time(tmp_path):
    files = {"1.eml": mail({"A.xlsx": book(("AAA1",), region="Gotland")})}
    put(tmp_path / "ut", {"svar": b"en fil"})

    with pytest.raises(PackageError, match="Det gick inte att skriva svaret"):
        day(tmp_path, 1, files)
    (tmp_path / "ut/svar").unlink()

    assert len(day(tmp_path, 1, files)) == 1


def test_of_many_replies_the_one_that_cannot_be_written_is_named(tmp_path):
    files = {
        f"{n}.eml": mail({f"{n}.xlsx": book((f"AA{n}",), region="Gotland")}, sender=f"person{n}@example.se")
        for n in range(10, 22)
    }
    blocked = (
        put(tmp_path / "ut", {"svar/0010-TSK-12518-Region-Gotland": b"en fil"})
        / "svar/0010-TSK-12518-Region-Gotland"
    )

    with pytest.raises(
        PackageError, match=r"Det gick inte att skriva svaret .*0010-TSK-12518-Region-Gotland"
    ):
        day(tmp_path, 1, files)
    written = [path.parent.name[:4] for path in sorted((tmp_path / "ut/svar").glob("*/svar.eml"))]
    blocked.unlink()

    assert written == [f"{n:04}" for n in range(1, 10)]
    assert len(day(tmp_path, 1, files)) == 3
    assert len(list((tmp_path / "ut/svar").glob("*/svar.eml"))) == 12
