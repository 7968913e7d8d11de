"""The list of workbooks uploaded together, each with its verdict as soon as it has one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flask import Response, abort

from underlag.files.time_limit import TooLongError
from underlag.text.file_names import ascii_stem
from underlag.text.numbers import counted
from underlag.web.edition import Edition
from underlag.web.examination import pages
from underlag.web.examination.request import Request
from underlag.web.examination.work import WorkerDiedError
from underlag.web.files import download, zipped
from underlag.web.refusals import DIED
from underlag.web.result_site import ResultSite
from underlag.web.results import Result

#: Maximum workbooks of one upload, whose results are all kept in memory; `underlag kundservice` takes more.
MOST: Final = 40
_SEPARATOR: Final = "."
#: Name of the file with the reason why there is no package.
_NOT_MADE: Final = "blev-inte-granskad.txt"
_HTML: Final = "text/html; charset=utf-8"


class BatchSite:
    """Shows several results of a browser together.

    Args:
        results: the site of each result.
        edition: says when results are forgotten.
    """

    def __init__(self, results: ResultSite, edition: Edition) -> None:
        self._results, self._edition = results, edition

    def add(self, asked: Sequence[Request]) -> str:
        """Store the uploads and return the address of their list, the smallest workbook first."""
        smallest_first = sorted(asked, key=lambda one: len(one.workbook.content))
        keys = [self._results.add(one, at_once=False) for one in smallest_first]
        address = f"/flera/{_SEPARATOR.join(keys)}"
        for key in keys:
            result = self._results.result(key)
            result.request = replace(result.request, batch=address)
        return address

    def show(self, keys: str) -> Response:
        """Show the list. A script fetches each verdict; without scripts, opening a workbook examines it."""
        rows = [_row(key, self._results.result(key)) for key in keys.split(_SEPARATOR)[:MOST]]
        page = pages.batch_page(
            rows,
            done=all(row.sentence for row in rows),
            all_files=f"/flera/{keys}/paket.zip",
            forgotten=self._edition.forgotten,
        )
        return Response(page.encode("utf-8", "replace"), content_type=_HTML)

    def packages(self, keys: str) -> Response:
        """Send the packages of all workbooks as one file, each in a folder of its own.

        A workbook whose examination failed has the reason there.
        """
        files: dict[str, bytes] = {}
        for number, key in enumerate(keys.split(_SEPARATOR)[:MOST], 1):
            stem = ascii_stem(self._results.result(key).request.workbook.name)
            try:
                made = self._results.all_files(key)
            except (WorkerDiedError, TooLongError) as error:
                made = {_NOT_MADE: (str(error) or DIED.text).encode()}
            for name, content in made.items():
                files[f"{number:02}-{stem}/{name}"] = content
        return download("paket.zip", zipped(files, self._results.now()))

    def row(self, key: str) -> Response:
        """Examine a workbook and show its line of the list."""
        try:
            self._results.examined(key)
        except WorkerDiedError:
            abort(503)
        row = _row(key, self._results.result(key))
        return Response(pages.batch_row(row).encode("utf-8", "replace"), content_type=_HTML)


def _row(key: str, result: Result) -> pages.Row:
    workbook, seen = result.request.workbook, result.examined
    kilobytes = counted(max(1, len(workbook.content) // 1000), "kB", "kB")
    if seen is None:
        return pages.Row(key, workbook.name, kilobytes)
    counts = "" if seen.counts in seen.sentence else seen.counts
    return pages.Row(key, workbook.name, kilobytes, seen.sentence, seen.tone, counts)
