"""Jobs of a worker process that crashed are done again, whatever it had done of them."""

from pathlib import Path

import pytest

from tests.batch.books import batch, book, put, tree
from tests.batch.replies.mails import mail
from underlag.batch.loads.jobs import ListsJob, MergeJob, PageJob, RowsJob, TakJob
from underlag.batch.replies.write import ReplyJob
from underlag.batch.workbook_job import WorkbookJob

#: The folders that each kind of job makes.
FOLDERS = {
    WorkbookJob: lambda job: [job.folder],
    ReplyJob: lambda job: [reply.staged for reply in job.replies],
    **dict.fromkeys((ListsJob, MergeJob, PageJob, RowsJob, TakJob), lambda _: []),
}


def began(folders: list[Path]) -> None:
    """Do what a process does that crashes when it has begun."""
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "rapport.html").write_text("<p>Halv")


@pytest.mark.parametrize("how_far", ["begun", "all"])
def test_jobs_of_a_crashed_process_are_done_as_if_it_had_not_begun(tmp_path, monkeypatch, how_far):
    files = {"1.eml": mail({"A.xlsx": book()}), "2.eml": mail({"B.xlsx": book(region="Ost")})}
    undisturbed = batch(put(tmp_path / "in", files), tmp_path / "ut")
    wanted = tree(tmp_path / "ut")

    for kind, folders in FOLDERS.items():
        real = kind.run

        def run(job, settings, real=real, folders=folders):
            if how_far == "begun":
                began(folders(job))
            else:
                real(job, settings)
            return real(job, settings)

        monkeypatch.setattr(kind, "run", run)
    again = batch(tmp_path / "in", tmp_path / "ut2")

    assert (
        [one.reason for one in again.workbooks] == [one.reason for one in undisturbed.workbooks] == ["", ""]
    )
    assert tree(tmp_path / "ut2") == wanted
