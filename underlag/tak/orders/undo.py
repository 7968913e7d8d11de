"""The undo of an order: a series of dated steps, each an order of its own, to be loaded by date.

Source: skltp/tak, tak-web, and measured on a running one. A row that is excluded on a day before its start
is deleted. So what an order of day D creates is excluded on the day before D, which can be repeated without
limit. Excluded on D itself, it remains with its end before its start, and the database accepts only one such
row with the same dates. A replaced route is restored in that way: its own row ends on the day before D, and
tak-web rejects an order that matches two rows. A closed row that is included on the day before D is
prolonged, with its agreement and filters. An included row lasts a hundred years: an exclusion on the day
after an earlier end sets that end again.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from underlag.orders.order import Addressee, Party
from underlag.profiles.profile import ContractSpec
from underlag.tak.holdings.catalogue import Authorization, Route
from underlag.tak.orders.draft import Draft, authorization, route
from underlag.tak.orders.existing import Existing, comparable, has_planned_end, is_orderable

_ONE_DAY = timedelta(days=1)
_Row = TypeVar("_Row", Route, Authorization)


class Limit(StrEnum):
    """What an undo does not restore, or what the order leaves alone; in Swedish: texts/undo.toml."""

    STAYS = "stays"
    UNSEEN = "unseen"
    PROLONGED = "prolonged"
    RESTORED = "restored"
    ONCE = "once"
    LOST = "lost"
    THERE = "there"
    KEPT = "kept"
    NO_URL = "no_url"
    AGREEMENTS = "agreements"
    REFUSED = "refused"
    PERHAPS_DELETED = "perhaps_deleted"


@dataclass(slots=True, eq=False, repr=False)
class Undo:
    """The steps that undo an order of a day, and the count of each limit.

    Attributes:
        day: the order's day.
        limits: counts of what the undo does not restore.
        steps: what each step includes and excludes, by its day.
    """

    day: date
    limits: Counter[Limit]
    steps: dict[date, Draft] = field(default_factory=dict)

    @property
    def day_before(self) -> date:
        """The day on which what the order creates can be deleted, and what it closes can be reopened."""
        return self.day - _ONE_DAY

    def on(self, day: date) -> Draft:
        """Return the step of a day."""
        step = self.steps.get(day)
        if step is None:
            step = self.steps[day] = Draft()
        return step

    def in_order(self) -> list[tuple[date, Draft]]:
        """Return the steps by date, the order of loading."""
        return [(day, step) for day, step in sorted(self.steps.items()) if not step.is_empty]


class UndoMaker:
    """Adds the steps to an undo that revert one route or authorization.

    Args:
        undo: receives the steps.
        existing: the rows of the TAK that the order matches.
    """

    def __init__(self, undo: Undo, existing: Existing) -> None:
        self._undo = undo
        self._existing = existing

    def added_route(
        self,
        item: dict[str, str],
        contract: ContractSpec,
        addressee: Addressee,
        same: Callable[[Route], bool],
    ) -> None:
        """Undo an included route.

        Args:
            item: as the order includes it.
            contract: its contract.
            addressee: its addressee.
            same: whether tak-web regards a route of the TAK as the included one.
        """
        undo = self._undo
        met = self._existing.routes(addressee.hsa_id, contract.namespace)
        ended = self._existing.ended_routes(addressee.hsa_id, contract.namespace)
        earlier = (
            next((row for row in met if same(row)), None)
            or next((row for row in met if self._existing.can_be_ordered_back(row)), None)
            or (met[0] if met else None)
        )
        if _has_twin(ended, item, undo.day) and (earlier is None or earlier.since <= undo.day):
            undo.limits[Limit.LOST] += 1
        elif earlier is None:
            self._delete(ended, lambda step: step.closed_routes.append(item))
        elif same(earlier):
            undo.limits[Limit.PROLONGED] += 1
            if earlier.since > undo.day:
                self._delete(ended, lambda step: step.closed_routes.append(item))
                self._include_route(undo.on(earlier.since), earlier, contract, addressee)
            self._end_again(earlier, lambda step: step.closed_routes.append(item))
        elif not self._existing.can_be_ordered_back(earlier):
            undo.limits[Limit.LOST] += 1
            undo.on(undo.day_before if earlier.since > undo.day else undo.day).closed_routes.append(item)
        else:
            self._bring_back(item, earlier, ended, contract, addressee)

    def added_authorization(
        self, item: dict[str, str], contract: ContractSpec, addressee: Addressee, consumer: Party
    ) -> None:
        """Undo an included authorization."""
        undo, identity = self._undo, (addressee.hsa_id, contract.namespace, consumer.hsa_id)
        met = self._existing.authorizations(*identity)
        ended = self._existing.ended_authorizations(*identity)
        if not met or met[0].since > undo.day:
            self._delete(ended, lambda step: step.ended_authorizations.append(item))
        if met:
            undo.limits[Limit.PROLONGED] += 1
            if met[0].since > undo.day:
                undo.limits[Limit.AGREEMENTS] += 1
                include_authorization(undo.on(met[0].since), item, contract, addressee, consumer)
            self._end_again(met[0], lambda step: step.ended_authorizations.append(item))

    def closed_route(self, row: Route, contract: ContractSpec, addressee: Addressee) -> None:
        """Undo the closing of a route."""
        undo = self._undo
        if not self._existing.can_be_ordered_back(row):
            undo.limits[Limit.LOST] += 1
            return
        undo.limits[Limit.RESTORED] += 1
        ended = self._existing.ended_routes(addressee.hsa_id, contract.namespace)
        step = undo.on(self._day_to_open(row, ended))
        self._include_route(step, row, contract, addressee)
        closed = route(addressee.hsa_id, contract.namespace, row.producer, row.url, row.rivta_profile)
        self._end_again(row, lambda step: step.closed_routes.append(closed))

    def ended_authorization(
        self, row: Authorization, contract: ContractSpec, addressee: Addressee, consumer: Party
    ) -> None:
        """Undo the ending of an authorization."""
        ended = self._existing.ended_authorizations(addressee.hsa_id, contract.namespace, consumer.hsa_id)
        day = self._day_to_open(row, ended)
        if day != self._undo.day_before:
            self._undo.limits[Limit.AGREEMENTS] += 1
        item = authorization(addressee.hsa_id, contract.namespace, consumer.hsa_id)
        include_authorization(self._undo.on(day), item, contract, addressee, consumer)
        self._end_again(row, lambda step: step.ended_authorizations.append(item))

    def _delete(self, ended: Sequence[Route | Authorization], exclude: Callable[[Draft], None]) -> None:
        """Exclude a row that the order creates, on the day before unless tak-web would match another then."""
        if ended:
            self._undo.limits[Limit.ONCE] += 1
        exclude(self._undo.on(self._undo.day if ended else self._undo.day_before))

    def _bring_back(
        self,
        item: dict[str, str],
        earlier: Route,
        ended: Sequence[Route],
        contract: ContractSpec,
        addressee: Addressee,
    ) -> None:
        """Restore a replaced route, and its planned end if it has one."""
        undo = self._undo
        undo.limits[Limit.RESTORED] += 1
        if earlier.since > undo.day:
            self._delete(ended, lambda step: step.closed_routes.append(item))
        else:
            undo.limits[Limit.ONCE] += 1
        self._include_route(undo.on(max(earlier.since, undo.day)), earlier, contract, addressee)
        self._end_again(earlier, lambda step: step.closed_routes.append(item))

    def _day_to_open(self, row: _Row, ended: Sequence[_Row]) -> date:
        """Return the day on which to include a row again that the order closes."""
        undo = self._undo
        if row.since > undo.day:
            return row.since
        if row.since < undo.day and not ended:
            return undo.day_before
        undo.limits[Limit.ONCE] += 1
        return undo.day

    def _end_again(self, row: Route | Authorization, exclude: Callable[[Draft], None]) -> None:
        if has_planned_end(row, self._undo.day):
            exclude(self._undo.on(row.until + _ONE_DAY))

    def _include_route(self, step: Draft, row: Route, contract: ContractSpec, addressee: Addressee) -> None:
        """Include a route of the TAK and what it refers to."""
        step.add_contract(contract)
        step.add_addressee(addressee.hsa_id, addressee.name)
        producer = comparable(row.producer)
        if is_orderable(producer):
            step.add_component(producer, self._existing.description(producer))
        else:
            # An id that TAK no longer accepts is in the database nevertheless; refer to it as written there.
            producer = row.producer
        step.routes.append(route(addressee.hsa_id, contract.namespace, producer, row.url, row.rivta_profile))


def _has_twin(ended: Sequence[Route], item: dict[str, str], day: date) -> bool:
    """Whether a row like the one that the order creates was created and ended on its day before."""
    return any(
        row.since == day
        and row.url == item["adress"]
        and comparable(row.producer) == item["tjanstekomponent"]
        for row in ended
    )


def include_authorization(
    step: Draft, item: dict[str, str], contract: ContractSpec, addressee: Addressee, consumer: Party
) -> None:
    """Include an authorization and what it refers to."""
    step.add_contract(contract)
    step.add_addressee(addressee.hsa_id, addressee.name)
    step.add_component(consumer.hsa_id, consumer.name)
    step.authorizations.append(item)
