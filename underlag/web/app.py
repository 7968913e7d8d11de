"""The WSGI application: its addresses and their handlers."""

import logging
import secrets
import socket
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final
from urllib.parse import quote

from flask import Flask, Response, abort, g, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from underlag.files.time_limit import TooLongError
from underlag.form_workbook import UnusableRegionError, empty_workbook, file_name
from underlag.options import now_in_stockholm
from underlag.profiles import profiles, standard_profile
from underlag.text.lists import listed
from underlag.web.answer_site import AnswerSite
from underlag.web.batch_site import MOST, BatchSite
from underlag.web.edition import SERVED, Edition
from underlag.web.examination import pages
from underlag.web.examination.form import Choices, read_choices
from underlag.web.examination.request import Request, Upload
from underlag.web.examination.work import UnusableListError, WorkerDiedError, examine
from underlag.web.files import download, is_order_file, shared_out, uploaded
from underlag.web.guard import HEADERS, PAGE_POLICY, Gate, Guard, is_local
from underlag.web.refusals import DIED, LOCKED, NOT_MADE, REFUSALS, UNEXPECTED, UNUSABLE
from underlag.web.result_site import ResultSite, Work
from underlag.web.results import Results

#: Name of the cookie that identifies the browser that owns a result.
_COOKIE: Final = "underlag"
_ASSETS: Final = {
    "stil.css": "text/css; charset=utf-8",
    "resultat.css": "text/css; charset=utf-8",
    "sida.js": "text/javascript; charset=utf-8",
    "resultat.js": "text/javascript; charset=utf-8",
    "flera.js": "text/javascript; charset=utf-8",
    "ikon.svg": "image/svg+xml",
}
_HTML: Final = "text/html; charset=utf-8"
NO_GATE: Final = Gate()

_log: Final = logging.getLogger(__name__)


def create_app(
    address: str = "127.0.0.1",
    *,
    now: Callable[[], datetime] = now_in_stockholm,
    clock: Callable[[], float] = time.monotonic,
    edition: Edition = SERVED,
    work: Work = examine,
    gate: Gate = NO_GATE,
) -> Flask:
    """Return the application.

    Args:
        address: the address to listen on; it determines the accepted host names.
        now: returns the time that packages state.
        clock: returns seconds of a monotonic clock, for dropping old results.
        edition: served, or in one file.
        work: examines a workbook; the served page uses worker processes.
        gate: the credentials that every request must have.
    """
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = edition.max_request
    site = _Site(
        Guard(address, edition.form_key, proxied=bool(gate.header)),
        Results(clock, edition.key),
        now,
        edition,
        work=work,
        machine="" if is_local(address) else socket.gethostname(),
    )
    app.before_request(site.refuse_strangers)
    app.before_request(partial(_demand, gate))
    app.after_request(site.add_headers)
    app.register_error_handler(Exception, site.refuse)
    _add_pages(app, site)
    return app


def _add_pages(app: Flask, site: "_Site") -> None:
    app.add_url_rule("/", view_func=site.start)
    app.add_url_rule("/granska", view_func=site.examine, methods=["POST"])
    app.add_url_rule("/flera/<keys>", view_func=site.batches.show)
    app.add_url_rule("/flera/<keys>/paket.zip", view_func=site.batches.packages)
    app.add_url_rule("/flera/rad/<key>", view_func=site.batches.row)
    app.add_url_rule("/resultat/<key>/", view_func=site.results.report)
    app.add_url_rule("/resultat/<key>/<path:name>", view_func=site.results.file)
    app.add_url_rule("/resultat/<key>/paket.zip", view_func=site.results.package)
    app.add_url_rule("/resultat/<key>/vagledning", view_func=site.results.guides)
    app.add_url_rule("/resultat/<key>/fynd.txt", view_func=site.results.findings)
    app.add_url_rule("/resultat/<key>/rattad", view_func=site.results.corrected)
    app.add_url_rule("/resultat/<key>/bestallning.toml", view_func=site.results.order_file)
    app.add_url_rule("/resultat/<key>/kolumner", view_func=site.answers.account)
    app.add_url_rule("/resultat/<key>/svara", view_func=site.answers.answer, methods=["POST"])
    app.add_url_rule("/resultat/<key>/ratta", view_func=site.results.mend, methods=["POST"])
    app.add_url_rule("/resultat/<key>/val", view_func=site.results.choose, methods=["POST"])
    app.add_url_rule("/tillganglighet", view_func=site.accessibility)
    app.add_url_rule("/mall", view_func=site.empty_workbook)
    # Whoever bookmarks what a form is sent to, or enters it again, gets the page that holds the form.
    app.add_url_rule("/granska", "start-form", _start_again, methods=["GET"])
    for name in ("svara", "ratta", "val"):
        app.add_url_rule(f"/resultat/<key>/{name}", f"{name}-form", _result_again, methods=["GET"])
    for name in _ASSETS:
        app.add_url_rule(f"/{name}", f"asset-{name}", site.asset, defaults={"name": name})


class _Site:
    """The handlers of the pages, and the state they share."""

    def __init__(
        self,
        guard: Guard,
        results: Results,
        now: Callable[[], datetime],
        edition: Edition,
        *,
        work: Work,
        machine: str,
    ) -> None:
        self._guard, self._now, self._edition, self._machine = guard, now, edition, machine
        self.results = ResultSite(results, now, work, _owner, guard.is_own_token)
        self.batches = BatchSite(self.results, edition)
        self.answers = AnswerSite(self.results)

    def refuse_strangers(self) -> None:
        """Refuse requests for another host name, and forms sent from other pages."""
        if not self._guard.is_own_host(request.headers.get("Host", "")):
            abort(421)
        if request.method == "POST" and not self._guard.is_own_origin(request.headers):
            abort(403)

    def start(self) -> Response:
        """Show the start page, with the choices in the query filled in."""
        return self._start(read_choices(request.args)[0])

    def examine(self) -> AnyResponse:
        """Examine the uploaded workbooks and redirect to the result, or to the list of several."""
        if not self._guard.is_own_token(request.form.get("nyckel", "")):
            abort(403)
        choices, wrong = read_choices(request.form)
        sent = [file for one in request.files.getlist("arbetsbok") if (file := uploaded(one))]
        order_files = [file for file in sent if is_order_file(file.name)]
        workbooks = [file for file in sent if file not in order_files]
        order_file, tak, hsa_list = (
            uploaded(request.files.get(field)) for field in ("bestallning", "tak", "hsa_lista")
        )
        order_files += [order_file] if order_file else []
        wrong |= _wrong_files(workbooks, order_files)
        if (choices.bara_nytt or choices.ersatt_vagval) and tak is None:
            wrong["tak"] = pages.EXPORT_NEEDED
        if wrong:
            return self._start(choices, wrong)
        asked = [
            Request(
                workbook,
                choices,
                own_order_file,
                tak,
                hsa_list,
                token=self._guard.token,
            )
            for workbook, own_order_file in zip(workbooks, shared_out(workbooks, order_files), strict=True)
        ]
        if len(asked) > 1:
            return redirect(self.batches.add(asked), 303)
        try:
            key = self.results.add(asked[0], at_once=True)
        except UnusableListError as error:
            return self._start(choices, {"hsa_lista": str(error)})
        return redirect(f"/resultat/{key}/", 303)

    def empty_workbook(self) -> Response:
        """Send an empty workbook to fill in, or show the form with its errors."""
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
                return download(name, empty_workbook(profile, environment, region, self._now()))
        empty = {"profil": profile.key, "miljo": environment.key if environment else "", "region": region}
        return self._start(Choices(), wrong, empty)

    def asset(self, name: str) -> Response:
        """Send the pages' style, script or icon."""
        return Response(pages.asset(name), content_type=_ASSETS[name])

    def refuse(self, error: Exception) -> Response:
        """Return a Swedish page for an error; a fault of the program is logged without values."""
        if isinstance(error, HTTPException) and error.code and error.code < 500:  # noqa: PLR2004 - HTTP's
            refusals = {**REFUSALS, **self._edition.refusals}
            title, text = refusals.get(error.code, UNUSABLE)
            return _page(pages.message_page(title, text), error.code)
        if isinstance(error, WorkerDiedError):
            return _page(pages.message_page(*DIED), 503)
        if isinstance(error, TooLongError):
            return _page(pages.message_page(NOT_MADE, str(error)), 503)
        at = traceback.extract_tb(error.__traceback__)[-1]
        _log.error("Oväntat fel: %s i %s, rad %s", type(error).__name__, at.filename, at.lineno)
        return _page(pages.message_page(*UNEXPECTED), 500)

    def accessibility(self) -> Response:
        """Show the accessibility statement."""
        return _page(pages.accessibility_page())

    @staticmethod
    def add_headers(response: Response) -> Response:
        """Add the security headers, and the cookie of a new owner."""
        for name, value in HEADERS.items():
            response.headers[name] = value
        if "new_owner" in g:
            response.set_cookie(_COOKIE, g.new_owner, httponly=True, samesite="Strict")
        response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
        return response

    def _start(
        self, choices: Choices, wrong: dict[str, str] | None = None, empty: dict[str, str] | None = None
    ) -> Response:
        page = pages.start_page(
            choices,
            token=self._guard.token,
            limit=self._edition.max_request,
            too_large=self._edition.too_large,
            forgotten=self._edition.forgotten,
            wrong=wrong,
            empty=empty,
            machine=self._machine,
        )
        return _page(page, 400 if wrong else 200)


def _start_again() -> AnyResponse:
    return redirect("/", 303)


def _result_again(key: str) -> AnyResponse:
    return redirect(f"/resultat/{quote(key)}/", 303)


def _wrong_files(workbooks: Sequence[Upload], order_files: Sequence[Upload]) -> dict[str, str]:
    """Return a Swedish sentence, by field, where the files that were sent cannot be examined together."""
    if not workbooks:
        return {"arbetsbok": "Välj den ifyllda arbetsboken."}
    if len(workbooks) > MOST:
        command = "Kommandot ”underlag kundservice” tar hur många som helst."
        return {"arbetsbok": f"Välj högst {MOST} arbetsböcker åt gången. {command}"}
    used = shared_out(workbooks, order_files)
    unused = [file.name for file in order_files if file not in used]
    if unused:
        files = listed([f"”{name}”" for name in unused])
        unclear = (
            f"Det går inte att veta vilken arbetsbok {files} gäller. Skriv dess namn i filen, som "
            'arbetsbok = "…", eller skicka en arbetsbok och en .toml-fil åt gången.'
        )
        return {"arbetsbok": unclear}
    return {}


def _demand(gate: Gate) -> Response | None:
    """Return a response that demands the password, or refuses a request without the proxy's header."""
    if gate.lets_in(request.headers):
        return None
    if not gate.password:
        abort(403)
    answer = _page(pages.message_page(*LOCKED), 401)
    answer.headers["WWW-Authenticate"] = 'Basic realm="underlag", charset="UTF-8"'
    return answer


def _owner() -> str:
    """Return the id of the browser that sends the request; a browser without one gets a new id."""
    if owner := request.cookies.get(_COOKIE, ""):
        return owner
    if "new_owner" not in g:
        g.new_owner = secrets.token_urlsafe(24)
    return str(g.new_owner)


def _page(page: str, status: int = 200) -> Response:
    return Response(page.encode("utf-8", "replace"), status, content_type=_HTML)
