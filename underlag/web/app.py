"""The WSGI application: which address does what."""

import logging
import socket
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from flask import Flask, Response, abort, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from underlag.form_workbook import UnusableRegionError, empty_workbook, file_name
from underlag.options import now_in_stockholm
from underlag.profiles import profiles, standard_profile
from underlag.web import pages
from underlag.web.files import served, uploaded, zipped
from underlag.web.form import Choices, read_choices
from underlag.web.guard import HEADERS, PAGE_POLICY, Guard, document_policy, is_local
from underlag.web.refusals import DIED, MAX_REQUEST, REFUSALS, UNEXPECTED, UNUSABLE
from underlag.web.results import Result, Results
from underlag.web.work import Request, UnusableListError, WorkerDiedError, make_files

_REPORT: Final = "rapport.html"
_ASSETS: Final = {
    "stil.css": "text/css; charset=utf-8",
    "sida.js": "text/javascript; charset=utf-8",
    "ikon.svg": "image/svg+xml",
}
_HTML: Final = "text/html; charset=utf-8"

_log: Final = logging.getLogger(__name__)


def create_app(
    address: str = "127.0.0.1",
    *,
    now: Callable[[], datetime] = now_in_stockholm,
    clock: Callable[[], float] = time.monotonic,
    form_key: str = "",
    work: Callable[[Request, datetime], dict[str, bytes]] = make_files,
) -> Flask:
    """Return the application.

    Args:
        address: the address that is listened to; it decides by which names the pages may be asked for.
        now: the moment that packages state.
        clock: tells seconds that only ever grow, for forgetting results.
        form_key: what forms carry back; '' for a random key. The page without a server has a fixed one: its
            first form is rendered before the application runs.
        work: makes the files of a package; the served page has processes that do it.
    """
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST
    site = _Site(
        Guard(address, form_key), Results(clock), now, "" if is_local(address) else socket.gethostname(), work
    )
    app.before_request(site.refuse_strangers)
    app.after_request(site.add_headers)
    app.register_error_handler(Exception, site.refuse)
    app.add_url_rule("/", view_func=site.start)
    app.add_url_rule("/granska", view_func=site.examine, methods=["POST"])
    app.add_url_rule("/resultat/<key>/", view_func=site.report)
    app.add_url_rule("/resultat/<key>/<path:name>", view_func=site.file)
    app.add_url_rule("/paket/<key>.zip", view_func=site.package)
    app.add_url_rule("/mall", view_func=site.empty_workbook)
    for name in _ASSETS:
        app.add_url_rule(f"/{name}", f"asset-{name}", site.asset, defaults={"name": name})
    return app


class _Site:
    """The answers, and what they share during one run."""

    def __init__(
        self,
        guard: Guard,
        results: Results,
        now: Callable[[], datetime],
        machine: str,
        work: Callable[[Request, datetime], dict[str, bytes]],
    ) -> None:
        self._guard, self._results, self._now, self._machine = guard, results, now, machine
        self._work = work

    def refuse_strangers(self) -> None:
        """Refuse what was not asked for by a name of this machine, and forms of other pages."""
        if not self._guard.is_own_host(request.headers.get("Host", "")):
            abort(421)
        if request.method == "POST" and not self._guard.is_own_origin(request.headers):
            abort(403)

    def start(self) -> Response:
        """Show the forms, with the choices that the address states."""
        return self._start(read_choices(request.args)[0])

    def examine(self) -> AnyResponse:
        """Examine a workbook, and lead to its result."""
        if not self._guard.is_own_token(request.form.get("nyckel", "")):
            abort(403)
        choices, wrong = read_choices(request.form)
        workbook = uploaded(request.files.get("arbetsbok"))
        order_file, tak, hsa_list = (
            uploaded(request.files.get(field)) for field in ("bestallning", "tak", "hsa_lista")
        )
        if workbook is None:
            wrong["arbetsbok"] = "Välj den ifyllda arbetsboken."
        if (choices.bara_nytt or choices.ersatt_vagval) and tak is None:
            wrong["tak"] = (
                "Valen under TAK-exporten kräver en export att jämföra med. Välj en, eller ta bort dem."
            )
        if wrong or workbook is None:
            return self._start(choices, wrong)
        try:
            files = self._work(Request(workbook, choices, order_file, tak, hsa_list), self._now())
        except UnusableListError as error:
            return self._start(choices, {"hsa_lista": str(error)})
        query = urlencode(choices.as_query())
        key = self._results.add(Result(workbook.name, files, f"/?{query}" if query else "/"))
        return redirect(f"/resultat/{key}/", 303)

    def report(self, key: str) -> Response:
        """Show a result's report."""
        return self.file(key, _REPORT)

    def file(self, key: str, name: str) -> Response:
        """Send a file of a result."""
        result = self._result(key)
        content = result.files.get(name)
        if content is None:
            abort(404)
        how = served(name)
        if name == _REPORT:
            package = f"/paket/{key}.zip"
            content = pages.report_page(content, name=result.name, package=package, again=result.again)
        response = Response(content, content_type=how.type)
        response.headers["Content-Disposition"] = how.disposition
        response.headers["Content-Security-Policy"] = document_policy(pages.copy_script_hash())
        return response

    def package(self, key: str) -> Response:
        """Send a whole package as one file."""
        result = self._result(key)
        return _download(pages.package_name(result.name), zipped(result.files, self._now()))

    def empty_workbook(self) -> Response:
        """Send an empty workbook to fill in, or show what is wrong with what was asked for."""
        choices, wrong = read_choices(request.args)
        region = request.args.get("region", "").strip()
        profile = profiles()[choices.profil] if choices.profil else standard_profile()
        environment = profile.environment(choices.miljo)
        if environment is None:
            wrong.setdefault("mall_miljo", wrong.pop("miljo", "Välj miljö."))
        else:
            try:
                name = file_name(profile, environment, region)
            except UnusableRegionError as error:
                wrong["region"] = f"{str(error)[:1].upper()}{str(error)[1:]}"
            else:
                return _download(name, empty_workbook(profile, environment, region, self._now()))
        empty = {"profil": profile.key, "miljo": environment.key if environment else "", "region": region}
        return self._start(Choices(), wrong, empty)

    def asset(self, name: str) -> Response:
        """Send the pages' style, script or icon."""
        return Response(pages.asset(name), content_type=_ASSETS[name])

    def refuse(self, error: Exception) -> Response:
        """Say in Swedish why there is no answer; the terminal is told where a fault is, but no values."""
        if isinstance(error, HTTPException) and error.code and error.code < 500:  # noqa: PLR2004 - HTTP's
            title, text = REFUSALS.get(error.code, UNUSABLE)
            return _page(pages.message_page(title, text), error.code)
        if isinstance(error, WorkerDiedError):
            return _page(pages.message_page(*DIED), 503)
        at = traceback.extract_tb(error.__traceback__)[-1]
        _log.error("Oväntat fel: %s i %s, rad %s", type(error).__name__, at.filename, at.lineno)
        return _page(pages.message_page(*UNEXPECTED), 500)

    @staticmethod
    def add_headers(response: Response) -> Response:
        """Tell browsers what they may do with an answer."""
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
        return response

    def _start(
        self, choices: Choices, wrong: dict[str, str] | None = None, empty: dict[str, str] | None = None
    ) -> Response:
        page = pages.start_page(
            choices,
            token=self._guard.token,
            limit=MAX_REQUEST,
            wrong=wrong,
            empty=empty,
            machine=self._machine,
        )
        return _page(page, 400 if wrong else 200)

    def _result(self, key: str) -> Result:
        result = self._results.get(key)
        if result is None:
            abort(404)
        return result


def _page(page: str, status: int = 200) -> Response:
    return Response(page.encode("utf-8", "replace"), status, content_type=_HTML)


def _download(name: str, content: bytes) -> Response:
    how = served(name)
    response = Response(content, content_type=how.type)
    response.headers["Content-Disposition"] = how.disposition
    return response
