"""An order and its undo for a small TAK."""

from datetime import date

from tests.tak.orders.some_orders import (
    DAY,
    OPTIONS,
    STATUS,
    WEBCERT,
    units,
)
from tests.tak.orders.tak_model import Row, Tak
from underlag.tak.orders.files import tak_files

OTHER = "SE165565594230-P1"
OTHER_URL = "https://annan.example.se/status/3_0/rivtabp21"


LONG_AGO, FAR_AHEAD = date(2014, 8, 13), date(2114, 8, 13)
UNIT = units(1)[0].hsa_id


def route(addressee=UNIT, producer=OTHER, url=OTHER_URL, since=LONG_AGO, until=FAR_AHEAD):
    return Row((addressee, STATUS), ("RIVTABP21", producer, url), since, until)


def permission(addressee=UNIT, consumer=WEBCERT.hsa_id, since=LONG_AGO, until=FAR_AHEAD):
    return Row((addressee, STATUS, consumer), (), since, until)


def tak(*routes, permissions=()):
    """Return a TAK with these rows and the objects that they refer to."""
    made = Tak("NTJP-PROD", routes=list(routes), authorizations=list(permissions))
    for row in (*routes, *permissions):
        made.live.addressees.add(row.key[0])
        made.live.contracts.add(row.key[1])
        made.live.components |= set(row.key[2:]) | set(row.value[1:2])
    return made


def load(made, files, prefix):
    """Load the files whose names start with the prefix, in their order."""
    for name, content in files.items():
        if name.startswith(prefix):
            made.load(content)


def order_and_undo(made, order, **given):
    """Load an order and its undo; return what was in force in between, and the files."""
    files = tak_files(order, OPTIONS, **given).files
    load(made, files, "bestallning")
    during = made.in_force(DAY)
    load(made, files, "aterstall")
    return during, files
