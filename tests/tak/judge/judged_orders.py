"""TAK orders to judge, and what the judge remarks on them."""

import copy
import json

from tests.tak.orders.some_orders import OPTIONS, producer_order, units
from underlag.tak.judge import judge
from underlag.tak.orders.files import tak_files

UNIT = units(1)[0].hsa_id
GOOD = json.loads(tak_files(producer_order(units(2)), OPTIONS).files["bestallning-2.json"])


def judged(order, **given):
    """Return the verdict on an order: an object, or its text or bytes."""
    text = order if isinstance(order, (str, bytes)) else json.dumps(order)
    return judge(text, **given)


def found(verdict, weight=None):
    """Return the rule and place of each remark, or of those of one weight."""
    return {(r.rule, r.where) for r in verdict.remarks if weight in (None, r.weight)}


def changed(change):
    """Return a copy of the good order after a change."""
    order = copy.deepcopy(GOOD)
    change(order)
    return order


def include(order, name, **values):
    """Add an object to a list of what the order includes."""
    order["inkludera"].setdefault(name, []).append(values)
