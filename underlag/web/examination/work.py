"""Examines uploaded files in the same steps as the command `bestall`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import underlag
from underlag.checked import Checked
from underlag.documents.corrected_workbook.build import corrected_workbook
from underlag.documents.corrected_workbook.change_list import Change
from underlag.documents.corrected_workbook.corrections import Correction, suggested
from underlag.documents.package_names import INDEX, REPORT
from underlag.documents.questions import Question, Questions, questions_of
from underlag.documents.report.page import render_report
from underlag.documents.report.terminal import findings_text
from underlag.documents.report.verdict import verdict
from underlag.files.time_limit import limited_making
from underlag.files.workbook_names import CORRECTED_PREFIX
from underlag.package.files import described
from underlag.package.makers import PackageContext
from underlag.package.work_folder import private_folder
from underlag.package.write import make_files, package_context
from underlag.reading.order_details.order_file import NAME as ORDER_FILE_NAME
from underlag.reference import Reference, read_reference
from underlag.tak.compare.compare import day_to_read
from underlag.tak.compare.compared import compare_with_tak
from underlag.web.examination.answering import MOST, sheet_views
from underlag.web.examination.details import Details, details_of, order_sheet_rows
from underlag.web.examination.kept_files import KeptFiles
from underlag.web.examination.mail import mail_links
from underlag.web.examination.mending import Mending
from underlag.web.examination.pages import account_page
from underlag.web.examination.request import Request, Upload
from underlag.workbook import Underlag

#: Shares of the work that are done after a step, of a large workbook without errors.
_READ, _ORDERED, _PACKAGED = 0.45, 0.65, 0.95
#: Characters per line of the findings as text, which mail programs show unbroken.
_TEXT_WIDTH: Final = 78
#: Findings that a text lists one by one.
_MOST_IN_TEXT: Final = 5_000


@dataclass(slots=True, frozen=True)
class Examined:
    """What the page shows of an examined workbook.

    Attributes:
        files: the package's files by name; for a workbook with errors, only those that describe them.
        page: the report with what can be done about it.
        sentence: the verdict, e.g. 'Kan inte beställas: 3 fel'.
        tone: fel, varning or ratt.
        counts: the number of findings: '3 fel och 1 varning'.
        suggestions: the unambiguous corrections, each with the codes of the findings that it answers.
        corrected: the corrected workbook, None if nothing is corrected.
        changes: the cells that differ from the workbook as it was sent.
        left: how many corrections could not be made.
        details: the order's details by their keys, from whatever source.
        text: verdict and findings as plain text.
        questions: the questions about the workbook, by their keys.
        account: the page that lists what each sheet and column was read as.
    """

    files: KeptFiles
    page: bytes
    sentence: str
    tone: str
    counts: str
    suggestions: tuple[tuple[Correction, frozenset[str]], ...] = ()
    corrected: Upload | None = None
    changes: tuple[Change, ...] = ()
    left: int = 0
    details: Details = field(default_factory=dict)
    text: str = ""
    questions: Mapping[str, Question] = field(default_factory=dict)
    account: bytes = b""

    @property
    def size(self) -> int:
        """Bytes of all that is kept."""
        return self.files.size + len(self.page) + len(self.account)


class UnusableListError(ValueError):
    """The list from the HSA catalogue cannot be used; the message is Swedish and says why and what to do."""


class WorkerDiedError(Exception):
    """The process that examined a workbook ended without a result, e.g. since memory ran out."""


def examine(request: Request, now: datetime, progress: Callable[[float], None] = lambda _: None) -> Examined:
    """Examine a workbook as the commands do, with the corrections, answers and details of the page.

    Args:
        request: the uploaded files and the choices.
        now: the moment that the package states.
        progress: called with the share of the work that is done, from 0 to 1.

    Raises:
        UnusableListError: the list from the HSA catalogue cannot be used.
        UncorrectableError: the workbook's format allows no corrections.
        TomlError: details or answers cannot be added to the bestallning.toml that was sent.
        TooLongError: making the package or the page takes too long.
    """
    corrected = _corrected(request, now)
    context = _ordered(replace(request, workbook=corrected.workbook), now, progress)
    with limited_making(len(corrected.workbook.content)):
        return _examined(request, corrected, context, progress)


def _examined(
    request: Request, corrected: "_Corrected", context: PackageContext, progress: Callable[[float], None]
) -> Examined:
    """Make the package, and everything that the page shows."""
    checked = context.checked
    files = KeptFiles(make_files(context))
    progress(_PACKAGED)
    suggestions = {
        correction: frozenset(found.code for found in answered)
        for correction, answered in suggested(checked.findings).items()
    }
    details = details_of(checked.underlag.details)
    questions = _questions(checked)
    mending = Mending(
        request,
        checked,
        tuple(suggestions),
        corrected.changes,
        details=details,
        questions=questions,
        mail=mail_links(files),
        left=corrected.left,
    )
    seen = verdict(checked)
    return Examined(
        files,
        _page(context, mending),
        seen.sentence,
        seen.tone,
        seen.counts_text,
        tuple(suggestions.items()),
        corrected.workbook if corrected.changes else None,
        corrected.changes,
        corrected.left,
        details,
        _as_text(checked),
        {one.key: one for one in questions},
        account_page(sheet_views(checked.account, questions), questions.unresolved, request.token),
    )


def _ordered(request: Request, now: datetime, progress: Callable[[float], None]) -> PackageContext:
    """Check the workbook, compare it with the TAK if one was sent, and make its orders."""
    checked = _check(request, now, progress)
    reading = None
    if request.tak is not None:
        day = day_to_read(checked)
        reading = underlag.read_catalogue(request.tak.content, day=day, name=request.tak.name)
    checked, catalogue, comparison = compare_with_tak(checked, reading)
    with limited_making(len(request.workbook.content)):
        orders = [] if checked.blocked else underlag.make_orders(checked)
    progress(_ORDERED)
    return package_context(checked, orders, catalogue, comparison)


def _questions(checked: Checked) -> Questions:
    profile = checked.underlag.profile
    return questions_of(checked.account, profile, most=MOST) if profile else Questions({}, ())


@dataclass(slots=True, frozen=True)
class _Corrected:
    """The workbook with its corrections; the uploaded one if nothing was changed."""

    workbook: Upload
    changes: tuple[Change, ...] = ()
    left: int = 0


def _corrected(request: Request, now: datetime) -> _Corrected:
    """Make the corrections and enter the details that the page asked for."""
    if not request.corrections and not (request.details and request.details_in_workbook):
        return _Corrected(request.workbook)
    plain = replace(request, corrections=(), details=(), details_in_workbook=False)
    read = _read(plain, now)
    corrections, rows = list(request.corrections), None
    if request.details_in_workbook:
        cells, rows = order_sheet_rows(read, dict(request.details))
        corrections += cells
    with limited_making(len(request.workbook.content)):
        made = corrected_workbook(read.source, corrections, now, rows)
    if not made.changes:
        return _Corrected(request.workbook, left=len(made.left))
    stem = request.workbook.name.removeprefix(CORRECTED_PREFIX).rpartition(".")[0]
    name = f"{CORRECTED_PREFIX}{stem or request.workbook.name}.{made.extension}"
    return _Corrected(Upload(name, made.content), tuple(made.changes), len(made.left))


def _as_text(checked: Checked) -> str:
    """Return verdict and findings as text; of very many findings the first of each kind."""
    few = len(checked.findings) <= _MOST_IN_TEXT
    return findings_text(
        checked,
        width=_TEXT_WIDTH,
        color=False,
        encoding="utf-8",
        everything=few,
        rest="Alla står i rapport.json.",
    )


def _read(request: Request, now: datetime) -> Underlag:
    options = request.choices.options(order_file=None, now=now)
    return underlag.read(request.workbook.content, options, name=request.workbook.name).underlag


def _page(context: PackageContext, mending: Mending) -> bytes:
    made = [entry for entry in context.made if entry.name not in {REPORT, INDEX}]
    return render_report(
        context.checked,
        context.ordered,
        described(made),
        comparison=context.comparison,
        notes=context.notes,
        template="webb/resultat.html",
        page=mending,
        mends_here=mending.is_editable,
    )


def _check(request: Request, now: datetime, progress: Callable[[float], None]) -> Checked:
    # Files that are read from disk are written to a private folder, which is removed afterwards.
    with private_folder() as folder:
        path: Path | None = None
        if stated := request.used_order_file():
            path = folder / ORDER_FILE_NAME
            path.write_bytes(stated)
        options = request.choices.options(order_file=path, now=now)
        reading = underlag.read(request.workbook.content, options, name=request.workbook.name)
        reference = _reference(request.hsa_list, folder) if request.hsa_list else None
    progress(_READ)
    return underlag.check(reading, options, reference=reference)


def _reference(hsa_list: Upload, folder: Path) -> Reference:
    path = folder / "hsa-lista"
    path.write_bytes(hsa_list.content)
    read = read_reference(path)
    if isinstance(read, Reference):
        return read
    raise UnusableListError(" ".join(f"{found.message} {found.suggestion}" for found in read))
