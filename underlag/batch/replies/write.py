"""Writes the planned replies, each in a folder of its own, with the worker processes."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from underlag.batch.inbox.mail import Mail
from underlag.batch.ledger.packed_rows import unpack_review
from underlag.batch.processes.pool import Died, Pool
from underlag.batch.records.ledger import ReplyView
from underlag.batch.records.workbooks import PackageRecord, Settings
from underlag.batch.register.arrivals import came_on, mail_of, mails_with_id
from underlag.batch.register.store import Register
from underlag.batch.replies.progress import progress_of
from underlag.batch.replies.recipients import headers_of
from underlag.batch.replies.stored import StoredReply
from underlag.documents.mails.eml import Headers
from underlag.documents.mails.progress import Progress, Unread
from underlag.documents.mails.reply_lead import Arrival, Occasion
from underlag.documents.mails.review import Outcome, Review
from underlag.documents.package_names import ANNOTATED, REPLY
from underlag.package.folder import PackageError
from underlag.text.system_errors import why_and_remedy

#: Replies of a job. Many jobs are in memory before they are done.
_TOGETHER: Final = 4
#: What a reason advises customer service to do.
_ADVICE: Final = re.compile(r"[.:] (?=.*(?:kör igen|Gränsen höjs))")


class _Answer(NamedTuple):
    """A workbook of a reply, and the file of its annotated workbook, if there is one."""

    review: Review
    progress: Progress
    arrival: Arrival
    annotated: Path | None


@dataclass(slots=True, frozen=True)
class Reply:
    """A reply to write into a folder that is not there yet, unless a process that crashed has written it."""

    headers: Headers
    answers: tuple[_Answer, ...]
    unread: tuple[Unread, ...]
    now: datetime
    staged: Path
    folder: Path

    def write(self) -> None:
        """Write it.

        Raises:
            OSError: the operating system refuses.
        """
        from underlag.documents.mails.reply import Answered, reply_mail  # noqa: PLC0415 - only the workers need it

        if (self.folder / REPLY).is_file():
            return
        shutil.rmtree(self.staged, ignore_errors=True)
        answered = [
            Answered(one.review, one.progress, one.arrival, _content(one.annotated)) for one in self.answers
        ]
        self.staged.mkdir()
        (self.staged / REPLY).write_bytes(reply_mail(self.headers, answered, self.unread, self.now))
        self.folder.parent.mkdir(exist_ok=True)
        self.staged.rename(self.folder)


@dataclass(slots=True, frozen=True)
class ReplyJob:
    """Replies to write: several, as one takes little longer than handing it to a process."""

    replies: tuple[Reply, ...]

    def run(self, settings: Settings) -> str:
        """Write them; return '', or which one the operating system refuses, and its message."""
        del settings
        for reply in self.replies:
            try:
                reply.write()
            except OSError as error:
                return f"{reply.folder}: {why_and_remedy(error)}"
        return ""


def _content(path: Path | None) -> tuple[str, bytes] | None:
    return None if path is None else (path.suffix[1:], path.read_bytes())


class ReplyWriter:
    """Writes the replies of a register.

    Args:
        register: the register.
        work: a folder for what is not finished.
        own: the addresses of customer service.
    """

    def __init__(self, register: Register, work: Path, own: Collection[str]) -> None:
        self._register = register
        self._database: sqlite3.Connection = register.connection
        self._work = work
        self._own = own

    def write(
        self, replies: Iterable[StoredReply], pool: Pool, meanwhile: Callable[[], None]
    ) -> list[ReplyView]:
        """Write the replies that are not there, and return all of them.

        Args:
            replies: the replies.
            pool: does the work.
            meanwhile: called before each reply.

        Raises:
            PackageError: the operating system refuses to write.
        """
        views: list[ReplyView] = []
        first: list[Path] = []

        def missing() -> Iterator[Reply]:
            for stored in replies:
                meanwhile()
                with self._register.translated_errors():
                    reply = self._reply(stored)
                    views.append(self._view(stored, reply))
                if not (stored.folder / REPLY).is_file():
                    yield reply

        def jobs() -> Iterator[ReplyJob]:
            """Yield the jobs one by one: the workers write while the register is read for the next."""
            source = missing()
            while some := tuple(islice(source, _TOGETHER)):
                first.append(some[0].folder)
                yield ReplyJob(some)

        for at, result in enumerate(pool.results(jobs())):
            if isinstance(result, Died):
                reason = f"{first[at]} eller något av de följande: processen avslutades oväntat"
                raise PackageError(f"Det gick inte att skriva svaret {reason}.")
            if result:
                raise PackageError(f"Det gick inte att skriva svaret {result}.")
        return views

    def _view(self, stored: StoredReply, reply: Reply) -> ReplyView:
        orderer = reply.answers[0].review.orderer if reply.answers else ""
        to = reply.headers.to[0].address if reply.headers.to else orderer
        books = self._database.execute(
            "SELECT DISTINCT number, name FROM answered JOIN books ON books.number = book WHERE reply = ? "
            "ORDER BY 1",
            (stored.number,),
        ).fetchall()
        subject = reply.headers.subject or reply.answers[0].review.subject
        return ReplyView(stored.number, stored.folder / REPLY, to, subject, tuple(books))

    def _reply(self, stored: StoredReply) -> Reply:
        items = self._database.execute(
            "SELECT mail, book FROM answered WHERE reply = ? ORDER BY rowid", (stored.number,)
        ).fetchall()
        mails = self._mails(dict.fromkeys(mail for mail, _ in items if mail))
        books = dict.fromkeys(book for _, book in items if book)
        answers = tuple(self._answer(book, stored, mails) for book in books)
        ticket = self._ticket(mails.values())
        return Reply(
            headers_of(list(mails.values()), self._own, ticket),
            answers,
            tuple(self._unread(mails, stored.run)),
            stored.at,
            self._work / f"svar-{stored.number}",
            stored.folder,
        )

    def _ticket(self, mails: Iterable[Mail]) -> str:
        """Return the case number in the subjects of a thread, also in mails of earlier runs; '' for none."""
        tickets = [mail.ticket for mail in mails]
        ids = dict.fromkeys(one for mail in mails for one in mail.thread)
        tickets += [mail.ticket for one in ids for mail in mails_with_id(self._database, one)]
        return next(filter(None, tickets), "")

    def _mails(self, numbers: Iterable[int]) -> dict[int, Mail]:
        """Return mails by their numbers, in the order in which they were sent."""
        found = {number: mail_of(self._database, number) for number in numbers}
        return dict(sorted(found.items(), key=lambda item: (item[1].sent, item[0])))

    def _answer(self, book: int, reply: StoredReply, mails: Iterable[int]) -> _Answer:
        name, fingerprint, run, received, sent, key = self._database.execute(
            "SELECT name, fingerprint, run, received_at, sent, region_key FROM books "
            "JOIN cases ON cases.number = case_number WHERE books.number = ?",
            (book,),
        ).fetchone()
        made = self._register.find(fingerprint)
        packed = unpack_review(self._register.content(fingerprint)) if made else None
        review = packed or Review(name)
        if name_in_mail := self._name_in(mails, book):
            review = review.renamed(name_in_mail)
        progress = progress_of(
            self._database,
            book,
            reply.run,
            region_key=key,
            blocked_by_us=review.outcome is Outcome.WAITING,
        )
        occasion = self._occasion(book, run, reply, mails)
        if occasion is Occasion.NEWS:
            # The findings were in the first reply.
            review = Review(review.file, review.subject, review.target, review.orderer, review.signed)
        annotated = _annotated(made) if made and occasion is not Occasion.NEWS else None
        return _Answer(review, progress, Arrival(occasion, came_on(received, sent)), annotated)

    def _name_in(self, mails: Iterable[int], book: int) -> str:
        """Return the name of a workbook in the first of the mails that it came with, '' if in none."""
        found = (
            self._database.execute(
                "SELECT name FROM enclosed WHERE mail = ? AND book = ? ORDER BY rowid", (mail, book)
            ).fetchone()
            for mail in mails
        )
        return next((name for (name,) in filter(None, found)), "")

    def _occasion(self, book: int, run: int, reply: StoredReply, mails: Iterable[int]) -> Occasion:
        if run == reply.run:
            return Occasion.NEW
        came = self._database.execute(
            "SELECT mail FROM enclosed WHERE book = ? AND run = ?", (book, reply.run)
        ).fetchall()
        return Occasion.AGAIN if {mail for (mail,) in came} & set(mails) else Occasion.NEWS

    def _unread(self, mails: Iterable[int], run: int) -> Iterable[Unread]:
        for mail in mails:
            for name, reason in self._database.execute(
                "SELECT name, refused FROM enclosed WHERE mail = ? AND book = 0 AND run = ? ORDER BY rowid",
                (mail, run),
            ):
                yield Unread(name, _ADVICE.split(reason)[0])


def _annotated(made: PackageRecord) -> Path | None:
    found = (made.folder / file.name for file in made.files if re.fullmatch(ANNOTATED, file.name))
    return next((path for path in found if path.is_file()), None)
