"""Which of the rows about one addressee count: rows, not files, have versions.

A later workbook of a case replaces the rows that it states and leaves the others. What contradicts, or
cannot be dated, stops the addressee in every contract until a person decides. Nothing here knows of the
database.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from underlag.batch.ledger.unit_rows import (
    BLOCKED,
    BookDates,
    Decision,
    Reason,
    UnitRow,
    UnitVerdicts,
    Verdict,
)


def is_later(one: BookDates, other: BookDates) -> bool | None:
    """Whether a workbook is later than another; None if the dates do not decide it.

    Of the same bytes the later reading counts. Otherwise the moments when the workbooks were last saved
    decide, then those when their mails were sent, then the runs that received them.
    """
    if one.sha256 == other.sha256:
        return one.number > other.number
    for mine, others in ((one.saved, other.saved), (one.sent, other.sent)):
        if mine and others and mine != others:
            return mine > others
    return None if one.run == other.run else one.run > other.run


def judge_unit(
    rows: Sequence[UnitRow], books: Mapping[int, BookDates], decisions: Sequence[Decision]
) -> UnitVerdicts:
    """Judge the rows about one addressee in one environment.

    Args:
        rows: those in a load that no other has replaced, those that are not settled, and the faulty ones.
        books: the workbooks that they come from.
        decisions: the choices that concern the addressee, oldest first.
    """
    return _Unit(rows, books, decisions).judged()


def _both_authorize(one: UnitRow, other: UnitRow) -> bool:
    """Whether both rows add an authorization of a consumer: they cannot contradict each other."""
    return one.kind == other.kind == "consumer" and one.action == other.action == "add"


def _begins_earlier(one: UnitRow, other: UnitRow) -> bool:
    """Whether a row adds an authorization that contains all of another workbook's, as it begins earlier."""
    return _both_authorize(one, other) and one.book != other.book and one.day < other.day


def _last(row: UnitRow, beaten: Mapping[int, UnitRow]) -> UnitRow | None:
    """Return the row that nothing beats of those that beat one another; None where they form a circle."""
    met = set()
    while row.number in beaten:
        if row.number in met:
            return None
        met.add(row.number)
        row = beaten[row.number]
    return row


def _differ(rows: Iterable[UnitRow]) -> bool:
    return len({row.content for row in rows}) > 1


class _Unit:
    """The judging of one addressee."""

    def __init__(
        self, rows: Sequence[UnitRow], books: Mapping[int, BookDates], decisions: Sequence[Decision]
    ) -> None:
        self._books = books
        self._decisions = decisions
        self._faulty = [row for row in rows if row.fault]
        self._right = [row for row in rows if not row.fault]
        self._open = [row for row in self._right if not row.load]
        self._settled: dict[int, Verdict] = {}
        self._waiting: dict[int, Verdict] = {}

    def judged(self) -> UnitVerdicts:
        if not self._open:
            return UnitVerdicts([], {})
        if len({row.book for row in self._right}) == 1 and not self._faulty:
            if len({row.key for row in self._right}) < len(self._right):
                self._leave_out_duplicates()
            return UnitVerdicts(self._verdicts(), {})
        by_key: defaultdict[tuple[str, int, str], list[UnitRow]] = defaultdict(list)
        for row in self._right:
            by_key[row.key].append(row)
        # A consumer's authorizations that say the same, as of Webcert's own unit, are in every workbook.
        disputed = [some for some in by_key.values() if some[0].kind == "producer" or _differ(some)]
        for together in disputed:
            self._replace(together)
        self._leave_out_duplicates()
        for together in disputed:
            self._contradict(self._remaining(together))
        self._regions()
        self._newer_faults()
        self._whole_unit()
        self._leave_out_duplicates(of_any_region=True)
        return UnitVerdicts(self._verdicts(), self._replaced(disputed))

    def _remaining(self, rows: Iterable[UnitRow]) -> list[UnitRow]:
        return [row for row in rows if row.number not in self._settled]

    def _verdicts(self) -> list[Verdict]:
        ready = (Verdict(row.number, None, False, 0) for row in self._open)
        return [self._settled.get(one.row) or self._waiting.get(one.row) or one for one in ready]

    def _replace(self, rows: list[UnitRow]) -> None:
        """Leave out the rows that another beats, unless that one is beaten in turn, in a circle."""
        beaten: dict[int, UnitRow] = {}
        # A removal must have ended the authorizations before it when those that are left are compared.
        for beats in (self._outdates, _begins_earlier):
            left = [row for row in rows if row.number not in beaten]
            for row in left:
                winner = next((other for other in left if beats(other, row)), None)
                if winner is not None:
                    beaten[row.number] = winner
        for row in rows:
            if row.load or row.number not in beaten:
                continue
            winner = _last(row, beaten)
            if winner is None:
                # Dates that contradict each other date nothing.
                self._wait(row, Reason.VERSIONS, beaten[row.number])
            else:
                self._settled[row.number] = Verdict(row.number, self._why(winner, row), False, winner.number)

    def _why(self, winner: UnitRow, beaten: UnitRow) -> Reason:
        if _both_authorize(winner, beaten):
            return Reason.DUPLICATE
        if self._chosen(winner, beaten):
            return Reason.NOT_CHOSEN
        return Reason.REPLACED if winner.book > beaten.book else Reason.OLDER

    def _beats(self, one: UnitRow, other: UnitRow) -> bool:
        """Whether a row replaces another that says something else about the same."""
        return _begins_earlier(one, other) or self._outdates(one, other)

    def _outdates(self, one: UnitRow, other: UnitRow) -> bool:
        """Whether a row replaces another that contradicts it."""
        if one.book == other.book or (one.content == other.content and not self._apart(one, other)):
            return False
        if _both_authorize(one, other):
            return False
        if self._chosen(one, other):
            return True
        if self._chosen(other, one) or self._apart(one, other):
            return False
        if self._of_others(one, other) and (one.action == "remove") != (other.action == "remove"):
            # One removed the unit, in a load; the other's workbook may have been saved before that.
            return other.action == "remove"
        return is_later(self._books[one.book], self._books[other.book]) is True

    def _apart(self, one: UnitRow, other: UnitRow) -> bool:
        """Whether two rows are matters of different people that contradict each other: then no date decides.

        Where a route was taken away, the next one takes nothing from anybody.
        """
        is_taken_away = any(row.load and row.action == "remove" for row in (one, other))
        return not is_taken_away and self._of_others(one, other)

    def _of_others(self, one: UnitRow, other: UnitRow) -> bool:
        """Whether two routes are of different regions, or of cases that state different producers.

        It is the same in every contract of the addressee, so that no date decides in one of them alone.
        """
        mine, others = self._books[one.book], self._books[other.book]
        if one.kind != "producer" or mine.case == others.case:
            return False
        of_regions = bool(mine.region and others.region) and mine.region != others.region
        here, there = self._producers[one.book], self._producers[other.book]
        return of_regions or any(here[contract] != there[contract] for contract in here.keys() & there.keys())

    @cached_property
    def _producers(self) -> dict[int, dict[int, str]]:
        """The producers of each workbook by contract."""
        found: defaultdict[int, dict[int, str]] = defaultdict(dict)
        for row in self._right:
            if row.kind == "producer":
                found[row.book][row.contract] = row.component
        return found

    def _chosen(self, one: UnitRow, other: UnitRow) -> bool:
        for choice in reversed(self._decisions):
            if max(one.book, other.book) <= choice.latest_book and choice.book in {one.book, other.book}:
                return one.book == choice.book
        return False

    def _leave_out_duplicates(self, *, of_any_region: bool = False) -> None:
        """Of rows that say the same the first counts, one in a load before the others.

        What two regions say waits for a person; when it does not, it is ordered once too.
        """
        first: dict[tuple[object, ...], UnitRow] = {}
        for row in sorted(self._remaining(self._right), key=lambda one: (not one.load, one.number)):
            if row.number in self._waiting:
                continue
            apart = row.kind == "producer" and not of_any_region
            region = self._books[row.book].region if apart else ""
            same = (*row.key, row.content, row.consumer, region)
            known = first.setdefault(same, row)
            if known is not row and not row.load:
                self._settled[row.number] = Verdict(row.number, Reason.DUPLICATE, False, known.number)

    def _contradict(self, rows: list[UnitRow]) -> None:
        for row in rows:
            if row.load:
                continue
            for other in rows:
                if other.book == row.book or other.content == row.content or self._beats(row, other):
                    continue
                self._wait(row, self._kind(row, other), other)
                break

    def _kind(self, row: UnitRow, other: UnitRow) -> Reason:
        if row.kind == "producer" and row.component != other.component and self._apart(row, other):
            return Reason.PRODUCER
        same_case = self._books[row.book].case == self._books[other.book].case
        return Reason.VERSIONS if same_case else Reason.ROUTES

    def _regions(self) -> None:
        """Stop what two regions order a route for, even to the same producer."""
        routes = [row for row in self._remaining(self._right) if row.kind == "producer"]
        for row in routes:
            if row.load or row.number in self._waiting:
                continue
            others = [one for one in routes if self._of_two_regions(row, one)]
            if others:
                of_contract = (one for one in others if one.contract == row.contract)
                self._wait(row, Reason.REGIONS, next(of_contract, others[0]))

    def _of_two_regions(self, row: UnitRow, other: UnitRow) -> bool:
        mine, others = self._books[row.book].region, self._books[other.book].region
        if not mine or not others or mine == others or (other.load and other.action == "remove"):
            return False
        return not self._chosen(row, other)

    def _newer_faults(self) -> None:
        """Stop what a later workbook of the case says something else about that cannot be ordered."""
        for row in self._remaining(self._open):
            mine = self._books[row.book]
            for fault in self._faulty:
                theirs = self._books[fault.book]
                if (
                    fault.book != row.book
                    and theirs.case == mine.case
                    and fault.key == row.key
                    and row.number not in self._waiting
                    and not (fault.fault == BLOCKED and fault.content == row.content)
                    and is_later(theirs, mine)
                    and not self._chosen(row, fault)
                ):
                    self._wait(row, Reason.FAULTY_NEWER, fault)

    def _whole_unit(self) -> None:
        """Never half a unit: where a route waits, so do the addressee's others."""
        waiting = next((v for v in self._waiting.values() if self._is_route(v.row)), None)
        if waiting is None:
            return
        for row in self._remaining(self._open):
            if row.kind == "producer" and row.number not in self._waiting:
                self._waiting[row.number] = Verdict(row.number, Reason.UNIT, True, waiting.row)

    def _is_route(self, number: int) -> bool:
        return any(row.number == number and row.kind == "producer" for row in self._open)

    def _wait(self, row: UnitRow, reason: Reason, other: UnitRow) -> None:
        self._waiting[row.number] = Verdict(row.number, reason, True, other.number)

    def _replaced(self, keys: Iterable[list[UnitRow]]) -> dict[int, int]:
        """Return loaded rows that a ready one replaces."""
        ready = {one.row for one in self._verdicts() if one.reason is None}
        found: dict[int, int] = {}
        for rows in keys:
            for row in rows:
                if row.load:
                    winner = next((o for o in rows if o.number in ready and self._beats(o, row)), None)
                    if winner is not None:
                        found[row.number] = winner.number
        return found
