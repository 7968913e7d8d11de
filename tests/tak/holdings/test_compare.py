"""The changes of a workbook in a TAK, row by row, and the orderable rows."""

from datetime import date, datetime, timedelta

import pytest

from tests.tak.holdings.compared_workbooks import CONNECTED, ELSEWHERE, NEW_UNIT, catalogue, codes, one
from tests.tak.holdings.exports import (
    COSMIC,
    DAY,
    OTHER,
    OTHER_URL,
    PROXY,
    STATUS,
    UNIT,
    UNIT2,
    URL,
    WEBCERT,
    Tak,
    checked,
    consumer_rows,
    export_tak_data,
    old_dump,
    producer_rows,
    sample,
)
from underlag.options import STOCKHOLM
from underlag.tak.compare.compare import compare, compare_and_select


def states(comparison):
    return [(row.addressee, str(row.route), str(row.authorization)) for row in comparison.rows]


def test_rows_distinguish_new_present_and_elsewhere():
    comparison = compare(checked(producer_rows(NEW_UNIT, CONNECTED, ELSEWHERE)), catalogue(sample()))

    assert states(comparison) == [
        (NEW_UNIT[0], "ny", "ny"),
        (UNIT, "finns", "finns"),
        (UNIT2, "annan producent", "finns"),
    ]
    assert [(f.code, f.cell) for f in comparison.findings] == [("TAK011", "F3"), ("TAK012", "F4")]


def test_finding_says_to_whom_and_since_when():
    comparison = compare(checked(producer_rows(ELSEWHERE)), catalogue(sample()))
    found = comparison.findings[0]

    assert (found.sheet, found.cell, found.value) == ("Webcert -> Vårdsystem", "F2", UNIT2)
    assert all(
        word in found.message for word in (OTHER, PROXY, "2014-08-13", "CertificateStatusUpdateForCare v3")
    )
    assert [route.producer for route in comparison.rows[0].existing] == [OTHER]


def test_same_producer_at_another_address_would_be_replaced():
    row, found = one(sample(), producer_rows(CONNECTED, url=OTHER_URL))

    assert (row.route, found) == ("annan adress", ["TAK013"])


def test_same_producer_with_another_rivta_profile_would_be_replaced():
    row, found = one(Tak().route(profile="RIVTABP20").authorize().unit(*CONNECTED), producer_rows(CONNECTED))

    assert (row.route, found) == ("annan adress", ["TAK013"])


def test_case_of_ids_is_no_difference():
    tak = Tak().route(UNIT.lower(), STATUS, PROXY.lower()).authorize(UNIT.lower(), STATUS, WEBCERT.lower())
    row, found = one(tak.unit(UNIT.lower(), CONNECTED[1]), producer_rows(CONNECTED))

    assert (row.route, row.authorization, found) == ("finns", "finns", ["TAK011"])


@pytest.mark.parametrize("standard", ["*", "SE"])
def test_standard_route_is_reported(standard):
    tak = sample().route(standard, producer=OTHER, url=OTHER_URL).authorize(standard)
    row, found = one(tak, producer_rows(NEW_UNIT))

    assert (row.route, row.authorization, found) == ("standardvägval", "genom standardadress", ["TAK015"])
    assert [route.producer for route in row.existing] == [OTHER]


def test_name_that_differs_is_reported_at_its_cell():
    comparison = compare(checked(producer_rows((UNIT, "Vårdcentralen Rud"))), catalogue(sample()))

    assert comparison.rows[0].name_in_tak == "Tolkcentralen Värmland"
    assert [(f.code, f.cell) for f in comparison.findings] == [("TAK014", "G2"), ("TAK011", "F2")]


@pytest.mark.parametrize(
    "name", ["tolkcentralen  värmland", "Tolkcentralen Värmland", "TolkCentralen Värmland"]
)
def test_case_and_blanks_of_a_name_are_no_difference(name):
    assert one(sample(), producer_rows((UNIT, name)))[1] == ["TAK011"]


def test_two_routes_at_once_block_the_load():
    row, found = one(sample().route(url=OTHER_URL), producer_rows(CONNECTED))

    assert (row.route, found) == ("flera", ["TAK016"])


def test_two_routes_one_after_the_other_block_the_load_too():
    tak = (
        Tak()
        .route(until=DAY + timedelta(days=5))
        .route(since=DAY + timedelta(days=6))
        .authorize()
        .unit(*CONNECTED)
    )

    assert one(tak, producer_rows(CONNECTED))[1] == ["TAK016"]


def test_route_that_ends_the_day_before_is_gone():
    tak = Tak().route(producer=OTHER, until=DAY - timedelta(days=1)).authorize().unit(*CONNECTED)

    assert one(tak, producer_rows(CONNECTED))[0].route == "ny"


def test_route_that_ends_on_the_day_is_there():
    tak = Tak().route(producer=OTHER, until=DAY).authorize().unit(*CONNECTED)

    assert one(tak, producer_rows(CONNECTED))[0].route == "annan producent"


def test_two_routes_in_the_old_dump_may_be_deleted_ones():
    row, found = one(sample().route(url=OTHER_URL), producer_rows(CONNECTED), kind=old_dump)

    assert (row.route, found) == ("flera", ["TAK017"])


def test_equal_twins_in_the_old_dump_are_one_route():
    assert one(sample().route(), producer_rows(CONNECTED), kind=old_dump)[0].route == "finns"


def test_two_authorizations_block_the_load():
    row, found = one(sample().authorize(), producer_rows(CONNECTED))

    assert (row.authorization, found) == ("flera", ["TAK020"])


def test_two_authorizations_in_the_old_dump_may_be_deleted_ones():
    row, found = one(sample().authorize(), producer_rows(CONNECTED), kind=old_dump)

    assert (row.authorization, found) == ("flera", ["TAK021"])


def test_planned_end_is_reported():
    tak = Tak().route(until=date(2027, 12, 31)).authorize().unit(*CONNECTED)
    comparison = compare(checked(producer_rows(CONNECTED)), catalogue(tak))

    assert codes(comparison) == ["TAK025", "TAK011"]
    assert "2027-12-31" in comparison.findings[0].message


def test_route_that_begins_later_is_held_back_until_its_start_is_to_be_moved():
    tak = Tak().route(since=DAY + timedelta(days=90)).authorize().unit(*CONNECTED)
    row, found = one(tak, producer_rows(CONNECTED))

    assert (row.route, row.is_done, found) == ("börjar senare", False, ["TAK052"])
    assert "börjar gälla 2027-05-30" in row.held_back.message
    asked = checked(producer_rows(CONNECTED))
    wanted = checked(producer_rows(CONNECTED), replace_routes=True)
    flow = row.request.flow.key
    assert len(compare_and_select(asked, catalogue(tak))[0].entries[flow]) == 0
    assert len(compare_and_select(wanted, catalogue(tak))[0].entries[flow]) == 1


def test_authorization_that_begins_later_is_held_back_too():
    tak = Tak().route().authorize(since=DAY + timedelta(days=90)).unit(*CONNECTED)
    row, found = one(tak, producer_rows(CONNECTED))

    assert (row.authorization, found) == ("börjar senare", ["TAK052"])
    assert "anropsbehörigheten" in row.held_back.message


def test_what_begins_on_the_day_of_the_change_is_not_held_back():
    tak = Tak().route(since=DAY).authorize(since=DAY).unit(*CONNECTED)
    row, found = one(tak, producer_rows(CONNECTED))

    assert (row.route, found) == ("finns", ["TAK011"])


def test_unclean_url_is_the_same_route_and_reported():
    tak = Tak().route(url=f"{URL}\r\n").authorize().unit(*CONNECTED)
    comparison = compare(checked(producer_rows(CONNECTED)), catalogue(tak))

    assert (comparison.rows[0].route, codes(comparison)) == ("finns", ["TAK022", "TAK011"])
    assert "‹" in comparison.findings[0].message
    assert comparison.findings[0].value == URL


def test_unclean_addressee_is_found_and_reported():
    dirty = f"{UNIT}\u2028"
    tak = Tak().route(dirty).authorize(dirty).unit(dirty, CONNECTED[1])
    comparison = compare(checked(producer_rows(CONNECTED)), catalogue(tak))

    assert (comparison.rows[0].route, codes(comparison)) == ("finns", ["TAK022", "TAK011"])
    assert "ny adressat bredvid" in comparison.findings[0].message


def test_unclean_twin_does_not_hide_the_clean_addressee():
    tak = sample().route(f"{UNIT}\u2028", producer=OTHER)

    row, found = one(tak, producer_rows(CONNECTED))

    assert (row.route, found) == ("finns", ["TAK022", "TAK011"])


def test_shared_url_leaves_the_producer_open():
    tak = sample().route(NEW_UNIT[0], "urn:riv:x:y:zResponder:1", OTHER, URL).unit(*NEW_UNIT)
    tak.contracts.append("urn:riv:x:y:zResponder:1")
    row, found = one(tak, producer_rows(CONNECTED), kind=export_tak_data)

    assert (row.route, found) == ("oklar producent", ["TAK026"])


def test_authorization_follows_a_route():
    row, found = one(sample(), consumer_rows())

    assert (row.route, row.authorization, found) == ("finns", "finns", ["TAK011"])


def test_authorization_without_route_is_reported_at_the_consumer():
    comparison = compare(checked(consumer_rows(addressee="5565594230-ANNAN")), catalogue(sample()))

    assert (comparison.rows[0].route, comparison.rows[0].authorization) == ("saknas", "ny")
    assert [(f.code, f.cell, f.value) for f in comparison.findings] == [("TAK018", "A2", COSMIC)]
    assert "5565594230-ANNAN" in comparison.findings[0].message


def test_route_without_authorization_is_reported():
    assert one(sample(), producer_rows(NEW_UNIT, consumer=None))[1] == ["TAK019"]


def test_route_whose_authorization_is_in_tak_is_fine():
    tak = sample().authorize(NEW_UNIT[0])

    assert "TAK019" not in one(tak, producer_rows(NEW_UNIT, consumer=None))[1]


def test_new_contract_and_component_are_reported_once():
    tak = sample()
    tak.contracts.append(STATUS.replace(":3", ":4"))
    tak.contracts.remove(STATUS)
    tak.routes = [r for r in tak.routes if r[1] != STATUS]
    tak.authorizations = [a for a in tak.authorizations if a[1] != STATUS]
    comparison = compare(
        checked(producer_rows(CONNECTED, NEW_UNIT, producer="SE162321000156-NYTT")), catalogue(tak)
    )

    assert [(f.code, f.cell) for f in comparison.findings] == [("TAK023", "E2"), ("TAK024", "A2")]


def test_other_platform_is_an_error_and_nothing_is_compared():
    found, comparison = compare_and_select(
        checked(producer_rows(CONNECTED)), catalogue(sample(), name="takdump_ntjp_qa.json")
    )

    assert (codes(comparison), comparison.rows) == (["TAK007"], [])
    assert "NTJP-QA" in comparison.findings[0].message
    assert found.blocked
    assert not found.entries.get("webcert-vardsystem")


def test_unknown_platform_is_a_warning():
    comparison = compare(checked(producer_rows(NEW_UNIT)), catalogue(sample(), name="PubVersion-64.json"))

    assert (codes(comparison), len(comparison.rows)) == (["TAK008"], 1)


def test_old_export_is_reported():
    now = datetime(2027, 2, 15, 9, tzinfo=STOCKHOLM)

    assert codes(compare(checked(producer_rows(NEW_UNIT), now=now), catalogue(sample()))) == ["TAK009"]
