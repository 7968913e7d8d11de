"""What the TAK orders of a folder order, row by row."""

from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from underlag.files.limits import TAK_ORDER
from underlag.files.regular import read_regular
from underlag.tak.holdings.catalogue import contract_key, hsa_key
from underlag.tak.holdings.question import Question
from underlag.tak.orders.order import TakOrder

#: TAK orders are in this folder, called so.
_PATTERN: Final = "tak/bestallning-*.json"


class OrderedError(Exception):
    """A folder has no TAK orders that can be read. The message is Swedish, for the user."""


class OrderedRow(NamedTuple):
    """A route or an authorization that is ordered, or is to end.

    `party` is the producer of a route, the consumer of an authorization; `day` the day from which it counts.
    HSA-IDs and namespaces are keys of a Catalogue.
    """

    addressee: str
    contract: str
    party: str
    is_route: bool
    removes: bool
    url: str
    rivta_profile: str
    day: date


class Ordered(NamedTuple):
    """What is ordered, each row once, and for which platform; `names` of addressees by HSA-ID."""

    platform: str
    rows: list[OrderedRow]
    names: dict[str, str]

    @property
    def question(self) -> Question:
        """The question to a TAK-API that answers whether it is live."""
        return Question(
            self.platform,
            frozenset(row.contract for row in self.rows),
            frozenset(row.addressee for row in self.rows),
            frozenset(row.party for row in self.rows),
        )


def read_ordered(folder: Path) -> Ordered:
    """Read the TAK orders of a package or a load.

    Raises:
        OrderedError: there are none, or one of them is none of ours.
    """
    files = sorted(folder.glob(_PATTERN))
    if not files:
        raise OrderedError(
            f"{folder} har inga TAK-beställningar (tak/bestallning-….json). Ange mappen för ett paket "
            "eller en inläsning."
        )
    rows: dict[OrderedRow, None] = {}
    names: dict[str, str] = {}
    platforms = set()
    for path in files:
        order = _order(path)
        platforms.add(order.platform)
        names |= {hsa_key(one.hsa_id): one.description for one in order.include.addressees}
        rows |= dict.fromkeys(_rows(order))
    if len(platforms) > 1:
        raise OrderedError(
            f"TAK-beställningarna i {folder} gäller olika plattformar: {', '.join(sorted(platforms))}."
        )
    return Ordered(platforms.pop(), list(rows), names)


def _order(path: Path) -> TakOrder:
    try:
        return TakOrder.model_validate_json(read_regular(path, TAK_ORDER.value * 1_000_000))
    except (OSError, ValidationError) as error:
        raise OrderedError(
            f"{path} går inte att läsa som en TAK-beställning. Hämta mappen på nytt."
        ) from error


def _rows(order: TakOrder) -> list[OrderedRow]:
    day = datetime.strptime(order.carried_out_at, "%Y-%m-%dT%H:%M:%S%z").date()
    found = []
    for removes, part in ((False, order.include), (True, order.exclude)):
        found += [
            OrderedRow(
                hsa_key(one.addressee),
                contract_key(one.contract),
                hsa_key(one.producer),
                is_route=True,
                removes=removes,
                url=one.url or "",
                rivta_profile=one.rivta_profile,
                day=day,
            )
            for one in part.routes
        ]
        found += [
            OrderedRow(
                hsa_key(one.addressee),
                contract_key(one.contract),
                hsa_key(one.consumer),
                is_route=False,
                removes=removes,
                url="",
                rivta_profile="",
                day=day,
            )
            for one in part.authorizations
        ]
    return found
