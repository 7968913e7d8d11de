"""Which of several copies of a workbook decides about it: the one that came last.

'Vänta med denna' in a mail counts until the same workbook comes without it, with a later mail or, in a later
run, as a file of its own. A later 'Vänta' counts although the workbook came before without it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from underlag.batch.fingerprint import Fingerprints
from underlag.batch.inbox import Found
from underlag.batch.register.store import Register
from underlag.characters.cleaning import shown
from underlag.privacy.quoting import quoted_text

#: Sorts after every time. A mail without one that speaks against its workbook may be the latest.
_LATEST: Final = "~"
#: Maximum characters of what a mail says that are quoted.
_LONGEST: Final = 300
#: Workbooks with the same bytes that came later than a mail, the latest of them first, with their packages.
_LATER: Final = """
SELECT name, origin, fingerprint FROM books
WHERE sha256 = :sha256 AND fingerprint IN (SELECT fingerprint FROM made) AND (
    sent > :sent OR sent = '' AND run > (SELECT min(run) FROM books WHERE fingerprint = :mark)
)
ORDER BY run DESC, sent DESC, number DESC
"""


class Earlier(NamedTuple):
    """A workbook that an earlier run received."""

    name: str
    origin: str
    fingerprint: str


def replaced_by(origin: str, remarks: Iterable[str]) -> str:
    """Return the sentences about a workbook that counts as a later copy of it.

    Args:
        origin: where that copy was.
        remarks: what the mail of the replaced workbook says against it.
    """
    quoted = " ".join(f"”{shown(quoted_text(one, longest=_LONGEST))}”" for one in remarks)
    earlier = f" Det tidigare mejlet säger: {quoted}" if quoted else ""
    return f"Ersatt: samma arbetsbok kom igen senare, och det är den som räknas: {origin}.{earlier}"


class Resent:
    """The workbooks that a later copy replaces.

    Args:
        fingerprints: of the batch.
        register: what earlier runs received.
        found: the workbooks of the run.
        now: the time of the run.
    """

    def __init__(
        self, fingerprints: Fingerprints, register: Register, found: Iterable[Found], now: datetime
    ) -> None:
        self._fingerprints = fingerprints
        self._register = register
        self._now = now
        self._replaced_by = self._decisive(found)

    def replaced_by(self, mark: str) -> str:
        """Return the fingerprint of the run's workbook that counts instead of one, '' if that one counts."""
        return self._replaced_by.get(mark, "")

    def replaced_earlier(self, found: Found, mark: str) -> Earlier | None:
        """Return the workbook of an earlier run that came later than a mail's, None without one."""
        if not (found.mail.sent and self._register.has_ledger):
            return None
        own = self._without_remarks(found)
        about = {"sha256": found.sha256, "sent": found.mail.sent, "mark": mark}
        later = (Earlier(*row) for row in self._register.query(_LATER, about))
        return next((one for one in later if self._without_remarks(found, one.name) == own), None)

    def _decisive(self, found: Iterable[Found]) -> dict[str, str]:
        """Return by fingerprint that of the copy that counts instead, where mails differ in what they say."""
        by_bytes: defaultdict[str, list[Found]] = defaultdict(list)
        for one in found:
            by_bytes[one.sha256].append(one)
        replaced: dict[str, str] = {}
        for copies in by_bytes.values():
            if any(one.remarks != copies[0].remarks for one in copies):
                replaced.update(self._replaced_among(copies))
        return replaced

    def _replaced_among(self, copies: Iterable[Found]) -> dict[str, str]:
        alike: defaultdict[str, list[Found]] = defaultdict(list)
        for one in copies:
            alike[self._without_remarks(one)].append(one)
        replaced: dict[str, str] = {}
        for some in alike.values():
            first = min(self._first_run(one) for one in some)
            counts = self._fingerprints.of(max(some, key=lambda one: self._came(one, first)))
            replaced |= {mark: counts for mark in map(self._fingerprints.of, some) if mark != counts}
        return replaced

    def _came(self, found: Found, first_run: float) -> tuple[str, bool]:
        """Return the key that sorts copies by when they came.

        A file of its own came when a run first found it. If none found a copy before, its mail is later.
        """
        moment = found.mail.sent or (_LATEST if found.remarks else "")
        if not found.mail and self._first_run(found) > first_run:
            moment = self._received(found).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return moment, bool(found.remarks)

    def _first_run(self, found: Found) -> float:
        """Return the number of the run that received a workbook first, infinity for a new one."""
        rows = self._known(found)
        return rows[0][0] if rows else float("inf")

    def _received(self, found: Found) -> datetime:
        rows = self._known(found)
        return datetime.fromisoformat(rows[0][1]) if rows else self._now

    def _known(self, found: Found) -> Sequence[tuple[int, str]]:
        if not self._register.has_ledger:
            return []
        query = "SELECT run, received_at FROM books WHERE fingerprint = ? ORDER BY run LIMIT 1"
        return [(run, at) for run, at in self._register.query(query, (self._fingerprints.of(found),))]

    def _without_remarks(self, found: Found, name: str = "") -> str:
        return self._fingerprints.of(found._replace(remarks=(), name=name or found.name))
