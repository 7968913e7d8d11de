"""Compares workbooks with the TAK of their platform: an export, or else the TAK-API.

Each worker reads an export once per date of change, and queries the TAK-API once for each item.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from underlag.batch.processes.known_taks import export_of
from underlag.batch.records.workbooks import Settings
from underlag.orders.order import Order
from underlag.tak.compare.compare import day_to_read, question_of
from underlag.tak.compare.compared import Compared, compare_with_tak
from underlag.tak.holdings.catalogue import CatalogueReading, hsa_key
from underlag.tak.holdings.export import read_catalogue
from underlag.tak.holdings.question import Question
from underlag.tak.orders.files import carried_out_on

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.tak.holdings.api_http import Access
    from underlag.tak.holdings.catalogue import Catalogue


def compare_with_export(checked: "Checked", settings: Settings) -> Compared:
    """Compare a workbook with the TAK of its platform; without one, a removal gets its warning instead.

    Raises:
        OSError: the export cannot be opened at all.
        UnansweredError: the TAK-API does not answer.
    """
    environment = checked.underlag.environment_spec
    platform = environment.platform if environment else ""
    day = day_to_read(checked)
    if export := export_of(platform, settings):
        return compare_with_tak(checked, _read(export, day))
    if access := settings.api_of(platform):
        catalogue = _ask(access, question_of(checked), day, settings.options.now)
        return compare_with_tak(checked, CatalogueReading(catalogue))
    return compare_with_tak(checked, None)


def catalogue_for(orders: Sequence[Order], settings: Settings) -> "Catalogue | None":
    """Return what the TAK of the orders' platform holds, None where none was named.

    Args:
        orders: orders of one environment and day.
        settings: of the batch.

    Raises:
        OSError: the export cannot be opened at all.
        UnansweredError: the TAK-API does not answer.
    """
    platform = orders[0].environment.platform
    now = settings.options.now
    day = max(carried_out_on(orders[0], settings.options), now.date())
    if export := export_of(platform, settings):
        return _read(export, day).catalogue
    if access := settings.api_of(platform):
        return _ask(access, _question_of_orders(platform, orders), day, now)
    return None


def _question_of_orders(platform: str, orders: Sequence[Order]) -> Question:
    return Question(
        platform=platform,
        contracts=frozenset(contract.namespace for order in orders for contract in order.contracts),
        addressees=frozenset(hsa_key(addressee.hsa_id) for order in orders for addressee in order.addressees),
        components=frozenset(
            hsa_key(party.hsa_id) for order in orders for party in (order.component, *order.consumers)
        ),
    )


def _ask(access: "Access", question: Question, day: date, now: datetime) -> "Catalogue":
    from underlag.batch.processes.tak_api import catalogue_of_api  # noqa: PLC0415 - slow, and few runs ask an API

    return catalogue_of_api(access, question, day=day, now=now)


@lru_cache(maxsize=2)
def _read(export: Path, day: date) -> "CatalogueReading":
    return read_catalogue(export, day=day)
