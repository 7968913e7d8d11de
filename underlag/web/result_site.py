"""The addresses under /resultat: an examined workbook, its files, and the forms that change it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import Final
from urllib.parse import urlencode

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from underlag.column_letters import column_number
from underlag.documents.corrected_workbook.build import UncorrectableError
from underlag.documents.corrected_workbook.corrections import Correction
from underlag.files.toml import TomlError
from underlag.text.file_names import ascii_stem
from underlag.web.examination import pages
from underlag.web.examination.details import label
from underlag.web.examination.form import read_choices
from underlag.web.examination.request import Request
from underlag.web.examination.work import Examined, UnusableListError
from underlag.web.files import download, served, uploaded, zipped
from underlag.web.guard import RESULT_POLICY, document_policy
from underlag.web.results import Result, Results

_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})").fullmatch
_LONGEST_TEXT: Final = 2000
#: Query parameters of the findings' filter, which is kept when the page is reloaded.
_FILTER: Final = ("visa-allvar", "visa-flik")

_BROKEN_ORDER_FILE: Final = (
    "Den bestallning.toml som skickades med går inte att läsa, så inget kan läggas till i den."
)

Work = Callable[[Request, datetime], Examined]


class ResultSite:
    """Shows results to the browsers that own them.

    Args:
        results: the store of results.
        now: returns the time that packages state.
        work: examines a workbook.
        owner: returns the id of the browser that sends the request.
        is_own_token: whether a form carried the key of this run.
    """

    def __init__(
        self,
        results: Results,
        now: Callable[[], datetime],
        work: Work,
        owner: Callable[[], str],
        is_own_token: Callable[[str], bool],
    ) -> None:
        self._results, self.now, self._work = results, now, work
        self._owner, self._is_own_token = owner, is_own_token

    def add(self, asked: Request, *, at_once: bool) -> str:
        """Store an upload and return the key of its result.

        Args:
            asked: the upload.
            at_once: whether to examine it now, or when it is first opened.

        Raises:
            UnusableListError: the list from the HSA catalogue cannot be used.
        """
        result = Result(self._owner(), asked)
        if at_once:
            result.examined = self._work(asked, self.now())
        return self._results.add(result)

    def result(self, key: str) -> Result:
        """Return a result of the browser that sends the request; abort with 404 if there is none."""
        result = self._results.get(key, self._owner())
        if result is None:
            abort(404)
        return result

    def examined(self, key: str) -> Examined:
        """Return an examined workbook; examine it now if it has not been."""
        result = self.result(key)
        with result.lock:
            if result.examined is None:
                try:
                    result.examined = self._work(result.request, self.now())
                except UnusableListError:
                    result.request = replace(result.request, hsa_list=None)
                    result.examined = self._work(result.request, self.now())
            return result.examined

    def report(self, key: str) -> Response:
        """Show a result's report, with the forms to correct, answer and choose."""
        chosen = {name: request.args.get(name, "") for name in _FILTER}
        page = pages.with_filter(self.examined(key).page, *chosen.values())
        response = Response(page, content_type="text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = RESULT_POLICY
        return response

    def file(self, key: str, name: str) -> Response:
        """Send a file of a result's package."""
        content = self.examined(key).files.get(name)
        if content is None:
            abort(404)
        how = served(name)
        response = Response(content, content_type=how.type)
        response.headers["Content-Disposition"] = how.disposition
        response.headers["Content-Security-Policy"] = document_policy(pages.copy_script_hash())
        return response

    def guides(self, key: str) -> Response:
        """Show the guides to all orders on one page, narrow enough to be placed next to the order form."""
        page = pages.guides_page(self.examined(key).files)
        if page is None:
            abort(404)
        response = Response(page, content_type="text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = document_policy(pages.copy_script_hash())
        return response

    def findings(self, key: str) -> Response:
        """Send the findings as a text that can be copied into a mail."""
        text = self.examined(key).text.encode("utf-8", "replace")
        return Response(text, content_type="text/plain; charset=utf-8")

    def package(self, key: str) -> Response:
        """Send a whole package as one file."""
        name = self.result(key).request.workbook.name
        return download(pages.package_name(name), zipped(self.all_files(key), self.now()))

    def all_files(self, key: str) -> dict[str, bytes]:
        """Return the files of a package, and the corrected workbook if cells were corrected."""
        examined = self.examined(key)
        files = dict(examined.files.items())
        if examined.corrected is not None:
            name = examined.corrected.name
            files[f"{ascii_stem(name)}{PurePath(name).suffix}"] = examined.corrected.content
        return files

    def corrected(self, key: str) -> Response:
        """Send the corrected workbook."""
        corrected = self.examined(key).corrected
        if corrected is None:
            abort(404)
        return download(corrected.name, corrected.content)

    def order_file(self, key: str) -> Response:
        """Send the bestallning.toml that the workbook was examined with, or one with all details."""
        asked, details = self.result(key).request, self.examined(key).details
        try:
            content = asked.order_file_with(details) if request.args.get("alla") else asked.used_order_file()
        except TomlError as error:
            return self.refused(key, [_BROKEN_ORDER_FILE, str(error)])
        if not content:
            abort(404)
        return download("bestallning.toml", content)

    def mend(self, key: str) -> AnyResponse:
        """Correct cells, or undo that, and examine the workbook again."""
        form = self.form()
        result, examined = self.result(key), self.examined(key)
        corrections = result.request.corrections
        if undone := form.get("angra", ""):
            return self.examine_again(key, _undone(result.request, examined, form.get("flik", ""), undone))
        if code := form.get("kod", ""):
            corrections += tuple(
                one for one, codes in examined.suggestions if code == "alla" or code in codes
            )
        else:
            corrections += (_typed(form),)
        return self.examine_again(key, replace(result.request, corrections=corrections))

    def choose(self, key: str) -> AnyResponse:
        """Apply the details or the choices of the form, and examine the workbook again."""
        form = self.form()
        result, examined = self.result(key), self.examined(key)
        if form.get("del") == "uppgifter":
            asked = _with_details(result.request, examined, form)
        else:
            choices, wrong = read_choices(form)
            tak, hsa_list = (uploaded(request.files.get(field)) for field in ("tak", "hsa_lista"))
            tak = None if form.get("utan_tak") else tak or result.request.tak
            if (choices.bara_nytt or choices.ersatt_vagval) and tak is None:
                wrong["tak"] = pages.EXPORT_NEEDED
            if wrong:
                return self.refused(key, list(wrong.values()))
            asked = replace(
                result.request,
                choices=choices,
                tak=tak,
                hsa_list=hsa_list or result.request.hsa_list,
            )
        return self.examine_again(key, asked)

    def form(self) -> Mapping[str, str]:
        """Return the fields of the form; abort with 403 if it does not carry the key of this run."""
        if not self._is_own_token(request.form.get("nyckel", "")):
            abort(403)
        return request.form

    def examine_again(self, key: str, asked: Request) -> AnyResponse:
        """Examine a workbook with other choices, corrections or answers, and redirect to what was changed."""
        result = self.result(key)
        try:
            examined = self._work(asked, self.now())
        except (UnusableListError, UncorrectableError) as error:
            return self.refused(key, [str(error)])
        except TomlError as error:
            return self.refused(key, [_BROKEN_ORDER_FILE, str(error)])
        with result.lock:
            result.request, result.examined = asked, examined
        kept = {name: value for name in _FILTER if (value := request.form.get(name, ""))}
        query = f"?{urlencode(kept)}" if kept else ""
        shown = examined.changes or examined.left or asked.answers
        place = "andrat" if shown else "innehall"
        return redirect(f"/resultat/{key}/{query}#{place}", 303)

    @staticmethod
    def refused(key: str, reasons: list[str]) -> Response:
        """Return a page with the reasons why something was not done, and a link back to the result."""
        page = pages.message_page("Det gick inte", " ".join(reasons), back=f"/resultat/{key}/")
        return Response(page.encode("utf-8", "replace"), 400, content_type="text/html; charset=utf-8")


def _typed(form: Mapping[str, str]) -> Correction:
    """Return the correction of a finding's form; abort with 400 if it is invalid."""
    cell = _CELL(form.get("cell", ""))
    text = form.get("text", "")
    if cell is None or len(text) > _LONGEST_TEXT:
        abort(400)
    value = form.get("varde", "")
    return Correction(form.get("flik", ""), int(cell[2]), column_number(cell[1]), text.strip(), value or None)


def _undone(asked: Request, examined: Examined, sheet: str, cell: str) -> Request:
    """Return the request without the correction of a cell, or with 'alla' without any."""
    if cell == "alla":
        return replace(asked, corrections=(), details_in_workbook=False)
    written = {change.after for change in examined.changes if (change.sheet, change.cell) == (sheet, cell)}
    kept = tuple(one for one in asked.corrections if (one.sheet, one.cell) != (sheet, cell))
    if len(kept) < len(asked.corrections):
        return replace(asked, corrections=kept)
    # The details that were filled in wrote it, as a label or as a text.
    details = tuple((key, text) for key, text in asked.details if written.isdisjoint({text, label(key)}))
    return replace(asked, details=details)


def _with_details(asked: Request, examined: Examined, form: Mapping[str, str]) -> Request:
    """Return the request with the details of the form that differ from the known ones."""
    details = dict(asked.details)
    for key in pages.detail_keys():
        text = form.get(key, "").strip()[:200]
        if text and text != examined.details.get(key, ""):
            details[key] = text
        elif not text:
            details.pop(key, None)
    return replace(
        asked, details=tuple(details.items()), details_in_workbook=form.get("i_arbetsboken") == "1"
    )
