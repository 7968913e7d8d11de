"""Order and undo, loaded in any small TAK, restore it day by day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tak.orders.order_and_undo import (
    FAR_AHEAD,
    OTHER,
    OTHER_URL,
    load,
    order_and_undo,
    permission,
    route,
    tak,
)
from tests.tak.orders.some_orders import (
    DAY,
    OPTIONS,
    PROXY,
    URL,
    WEBCERT,
    consumer_order,
    producer_order,
    units,
)
from underlag.orders.order import Party
from underlag.tak.orders.files import tak_files

FIFTY_YEARS = date(DAY.year + 50, DAY.month, DAY.day)
DAYS = st.sampled_from([
    date(2014, 8, 13), DAY - timedelta(days=400), DAY - timedelta(days=1), DAY, DAY + timedelta(days=1),
    DAY + timedelta(days=40), DAY + timedelta(days=4000), FAR_AHEAD,
])  # fmt: skip


IDS = [unit.hsa_id for unit in units(5)]


@st.composite
def rows(draw, make):
    """At most one row that the order matches for each addressee, so that the load is not rejected."""
    made = []
    for hsa_id in draw(st.sets(st.sampled_from(IDS))):
        since, until = sorted((draw(DAYS), draw(DAYS)))
        made.append(draw(make)(hsa_id if draw(st.booleans()) else hsa_id.lower(), since, until))
    return made


ROUTES = rows(st.sampled_from([(PROXY.hsa_id, URL), (PROXY.hsa_id, OTHER_URL), (OTHER, OTHER_URL), (OTHER, URL),
                               (OTHER.lower(), OTHER_URL), (OTHER, "https://a.example.se/?a=b")]).map(
    lambda where: lambda hsa_id, since, until: route(hsa_id, where[0], where[1], since, until)
))  # fmt: skip


PERMISSIONS = rows(st.sampled_from([WEBCERT.hsa_id, OTHER]).map(
    lambda consumer: lambda hsa_id, since, until: permission(hsa_id, consumer, since, until)
))  # fmt: skip


ORDERS = st.builds(
    producer_order,
    st.lists(st.sampled_from(units(5)), min_size=1, unique=True),
    action=st.sampled_from(["add", "remove"]),
    component=st.sampled_from([PROXY, Party(OTHER, "Annan")]),
    consumers=st.sampled_from([(), (WEBCERT,), (WEBCERT, Party(OTHER, "Annan"))]),
    url=st.sampled_from([URL, OTHER_URL]),
)


def changing_days(*taks):
    """The days on which something begins or has ended: between them, days are alike."""
    rows = [row for made in taks for row in (*made.routes, *made.authorizations)]
    days = {DAY - timedelta(days=1), DAY, *(row.since for row in rows)}
    days |= {row.until + timedelta(days=1) for row in rows if row.until < FAR_AHEAD}
    return {day for day in days if DAY - timedelta(days=1) <= day <= FIFTY_YEARS}


def is_given_back(made, original, lost=frozenset()):
    """Whether the state is the same day by day for fifty years; `lost` are addressees to ignore."""
    for day in changing_days(made, original):
        (routes, allowed), (routes_before, allowed_before) = made.in_force(day), original.in_force(day)
        differing = {
            key[0]
            for key in routes.keys() | routes_before.keys()
            if routes.get(key) != routes_before.get(key)
        }
        differing |= {key[0] for key in allowed ^ allowed_before}
        if differing - lost:
            return False
    return True


def copied(made):
    return replace(made, routes=list(made.routes), authorizations=list(made.authorizations))


CHOICES = st.builds(
    lambda largest, only_new, replace_routes: replace(
        OPTIONS, largest_part=largest, only_new=only_new, replace_routes=replace_routes
    ),
    st.sampled_from([6_000, 2_000_000]),
    st.booleans(),
    st.booleans(),
)


@settings(max_examples=150)
@given(routes=ROUTES, permissions=PERMISSIONS, order=ORDERS, options=CHOICES)
def test_order_and_undo_give_the_tak_back_day_by_day_over_five_cycles(routes, permissions, order, options):
    made = tak(*routes, permissions=permissions)
    original = copied(made)
    lost = {row.key[0].casefold() for row in routes if "?" in row.value[2]}
    day = DAY
    for _ in range(5):
        files = tak_files(order._replace(day=day), options, made.catalogue(day))
        load(made, files.files, "bestallning")
        if order.action == "add":
            missing = {unit.hsa_id.casefold() for unit in order.addressees} - {
                k[0] for k in made.in_force(day)[0]
            }
            assert not missing
        load(made, files.files, "aterstall")
        assert is_given_back(made, original, lost)
        if any(
            "kan därför inte göras om för samma dag" in n or "kan inte göras om" in n
            for n in files.notes.sentences
        ):
            day += timedelta(days=1)


@settings(max_examples=100)
@given(routes=ROUTES, permissions=PERMISSIONS, order=ORDERS)
def test_the_same_files_can_be_loaded_five_times_unless_reported_otherwise(routes, permissions, order):
    made = tak(*routes, permissions=permissions)
    original = copied(made)
    files = tak_files(order, replace(OPTIONS, replace_routes=True), made.catalogue(DAY))
    once = any("göras om för samma dag" in note for note in files.notes.sentences)
    lost = any("går inte att" in note for note in files.notes.sentences)

    for _ in range(1 if once or lost else 5):
        load(made, files.files, "bestallning")
        load(made, files.files, "aterstall")
        assert lost or is_given_back(made, original)


def test_a_consumer_order_is_undone_too():
    made = tak()

    during, _ = order_and_undo(made, consumer_order(), catalogue=made.catalogue(DAY))

    assert len(during[1]) == 2
    assert made.in_force(DAY) == ({}, set())
