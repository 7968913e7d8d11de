"""Which rows of a workbook are ordered after a comparison with a TAK, removals included."""

from datetime import date

from tests.tak.holdings.compared_workbooks import CONNECTED, ELSEWHERE, NEW_UNIT, catalogue, codes, one
from tests.tak.holdings.exports import (
    COSMIC,
    DRAFT,
    IT,
    MESSAGE,
    OTHER,
    OTHER_URL,
    PROXY,
    SYSTEM,
    UNIT,
    UNIT2,
    URL,
    WEBCERT,
    Tak,
    blob,
    checked,
    consumer_rows,
    message_rows,
    producer_rows,
    sample,
)
from underlag.documents.comparison.rows import Part, parts
from underlag.orders.build import make_orders
from underlag.tak.compare.compare import compare, compare_and_select


def test_removal_closes_what_is_ours():
    row, found = one(sample(), producer_rows(CONNECTED), remove=True)

    assert (row.request.action, row.route, row.authorization, found) == ("remove", "tas bort", "tas bort", [])


def test_removal_of_another_producer_s_route_is_an_error():
    row, found = one(sample(), producer_rows(ELSEWHERE), remove=True)

    assert (row.route, found) == ("annan producent", ["TAK031"])


def test_removal_of_a_missing_route_is_reported():
    row, found = one(sample(), producer_rows(NEW_UNIT, action="Ta bort"))

    assert (row.route, row.authorization, found) == ("finns inte", "finns inte", ["TAK032"])


def test_removal_reports_remaining_authorizations():
    tak = sample().authorize(consumer=COSMIC)
    comparison = compare(checked(producer_rows(CONNECTED, action="Ta bort")), catalogue(tak))

    assert codes(comparison) == ["TAK033"]
    assert COSMIC in comparison.findings[0].message


def test_removal_of_an_authorization_leaves_the_route():
    row, found = one(sample(), consumer_rows(action="Ta bort"))

    assert (row.route, row.authorization, found) == ("finns", "tas bort", [])


def ordered(tak, *flows, kind=blob, **options):
    found, _ = compare_and_select(checked(*flows, **options), catalogue(tak, kind))
    return [e.addressee.text for e in found.entries.get("webcert-vardsystem", [])], found


def test_route_that_would_be_replaced_is_held_back():
    units, found = ordered(sample(), producer_rows(NEW_UNIT, ELSEWHERE))

    assert units == [NEW_UNIT[0]]
    assert [(o.entry.addressee.text, [r.code for r in o.reasons]) for o in found.left_out] == [
        (UNIT2, ["TAK012"])
    ]
    assert (found.blocked, found.approved) == (False, True)


def test_route_is_replaced_when_requested():
    assert ordered(sample(), producer_rows(ELSEWHERE), replace_routes=True)[0] == [UNIT2]


def test_existing_rows_are_ordered_again_without_only_new():
    rows = producer_rows(NEW_UNIT, CONNECTED)

    assert ordered(sample(), rows)[0] == [NEW_UNIT[0], UNIT]
    assert ordered(sample(), rows, only_new=True)[0] == [NEW_UNIT[0]]


def test_read_is_ordered_and_left_out():
    units, found = ordered(sample(), producer_rows(NEW_UNIT, CONNECTED, ELSEWHERE), only_new=True)

    assert len(units) + len(found.left_out) == 3


def test_missing_authorization_is_something_new():
    tak = Tak().route().unit(*CONNECTED)
    tak.authorizations.append((UNIT, DRAFT, PROXY, date(2014, 8, 13), date(2114, 8, 13)))

    assert ordered(tak, producer_rows(CONNECTED), only_new=True)[0] == [UNIT]


def test_row_that_tak_would_refuse_blocks_everything():
    units, found = ordered(sample().route(url=OTHER_URL), producer_rows(CONNECTED, NEW_UNIT))

    assert (units, found.blocked, found.approved) == ([], True, False)


def test_row_that_tak_would_refuse_is_left_out_when_faulty_rows_are():
    units, found = ordered(
        sample().route(url=OTHER_URL), producer_rows(CONNECTED, NEW_UNIT), skip_faulty=True
    )

    assert (units, found.blocked) == ([NEW_UNIT[0]], False)
    assert [r.code for o in found.left_out for r in o.reasons] == ["TAK016"]


def test_removal_of_another_producer_s_route_is_never_ordered():
    units, found = ordered(
        sample(), producer_rows(ELSEWHERE, CONNECTED), remove=True, skip_faulty=True, replace_routes=True
    )

    assert units == [UNIT]
    assert [r.code for o in found.left_out for r in o.reasons] == ["TAK031"]


def test_comparison_changes_neither_workbook_nor_catalogue():
    workbook, tak = checked(producer_rows(NEW_UNIT, CONNECTED, ELSEWHERE)), catalogue(sample())
    compare_and_select(workbook, tak)

    assert workbook.findings == []
    assert [e.addressee.text for e in workbook.entries["webcert-vardsystem"]] == [NEW_UNIT[0], UNIT, UNIT2]
    assert tak == catalogue(sample())


def test_the_selection_holds_the_rows_without_a_reason_against_them():
    workbook = checked(producer_rows(NEW_UNIT, CONNECTED, ELSEWHERE), only_new=True)
    found, comparison = compare_and_select(workbook, catalogue(sample()))

    wanted = [row.entry for row in comparison.rows if comparison.reason(row) is None]
    assert wanted == list(found.entries["webcert-vardsystem"])


def test_counts_add_up():
    comparison = compare(
        checked(consumer_rows(), producer_rows(NEW_UNIT, CONNECTED, ELSEWHERE)), catalogue(sample())
    )

    assert sum(comparison.route_counts().values()) == 3
    assert sum(comparison.authorization_counts().values()) == len(comparison.rows) == 4
    assert comparison.rows[0].addressee == SYSTEM


def test_unit_that_is_held_back_in_one_direction_is_so_in_the_other():
    status, message = producer_rows(NEW_UNIT, ELSEWHERE), message_rows(NEW_UNIT, ELSEWHERE)
    found, comparison = compare_and_select(checked(status, message), catalogue(sample()))

    assert [e.addressee.text for e in found.entries["intygstjansten-webcert"]] == [NEW_UNIT[0]]
    assert [f.value for f in found.findings if f.code == "TAK027"] == [UNIT2]
    assert [[r.code for r in row.reasons] for row in found.left_out] == [["TAK012"], ["TAK027"]]
    assert [part for part, _ in parts(comparison)] == [Part.HELD_BACK, Part.WAITS, Part.CHANGES]


def test_unit_is_ordered_in_both_directions_when_routes_may_be_replaced():
    status, message = producer_rows(NEW_UNIT, ELSEWHERE), message_rows(NEW_UNIT, ELSEWHERE)
    found, _ = compare_and_select(checked(status, message, replace_routes=True), catalogue(sample()))

    assert [len(rows) for rows in found.entries.values()] == [2, 2]
    assert "TAK027" not in {f.code for f in found.findings}


def test_direction_that_the_tak_has_already_does_not_wait_for_the_other():
    url = "https://webcert.example.se/send-message-to-care/v2.0"
    tak = sample().route(UNIT2, MESSAGE, WEBCERT, url).authorize(UNIT2, MESSAGE, IT)
    status, message = producer_rows(NEW_UNIT, ELSEWHERE), message_rows(NEW_UNIT, ELSEWHERE)
    found, _ = compare_and_select(checked(status, message), catalogue(tak))

    assert [e.addressee.text for e in found.entries["intygstjansten-webcert"]] == [NEW_UNIT[0], UNIT2]
    assert "TAK027" not in {f.code for f in found.findings}


def test_findings_come_in_the_workbook_s_order():
    found, _ = compare_and_select(
        checked(consumer_rows(), producer_rows(CONNECTED, ELSEWHERE), message_rows(CONNECTED)),
        catalogue(sample(), name="PubVersion-64.json"),
    )

    assert [(f.code, f.sheet[:4], f.row) for f in found.findings] == [
        ("TAK008", "", 0),
        ("TAK011", "Vård", 2),
        ("TAK053", "Vård", 2),
        ("TAK053", "Webc", 2),
        ("TAK011", "Webc", 2),
        ("TAK012", "Webc", 3),
        ("TAK024", "Inty", 2),
    ]


def test_one_address_for_many_rows_is_reported_once():
    tak = Tak()
    for unit, _ in (CONNECTED, ELSEWHERE):
        tak.route(unit, url=f"{URL}\r\n").authorize(unit)
    comparison = compare(checked(producer_rows(CONNECTED, ELSEWHERE)), catalogue(tak))

    assert [(f.code, f.cell) for f in comparison.findings if f.code == "TAK022"] == [("TAK022", "C2")]


DIRTY = UNIT + "\u2028"


def removal(*units, **given):
    return checked(producer_rows(*units, action="Ta bort", **given))


def test_a_removal_does_not_meet_another_writing():
    tak = Tak().route(DIRTY).authorize(DIRTY).unit(DIRTY, CONNECTED[1])
    selected, comparison = compare_and_select(removal(CONNECTED), catalogue(tak))
    row = comparison.rows[0]
    found = comparison.findings[0]

    assert (row.route, row.authorization) == ("annan skrivning", "annan skrivning")
    assert codes(comparison) == ["TAK034"]
    assert (found.severity, found.cell) == ("varning", "F2")
    assert "vägvalet och anropsbehörigheten" in found.message
    assert "‹" in found.message
    assert len(selected.entries["webcert-vardsystem"]) == 0
    assert [out.reasons[0].code for out in selected.left_out] == ["TAK034"]


def test_a_removal_of_the_clean_writing_leaves_the_other_alone():
    tak = sample().route(DIRTY).unit(DIRTY, CONNECTED[1])
    selected, comparison = compare_and_select(removal(CONNECTED), catalogue(tak))

    assert comparison.rows[0].route == "tas bort"
    assert "berörs inte" in next(f for f in comparison.findings if f.code == "TAK022").message
    assert len(selected.entries["webcert-vardsystem"]) == 1


def test_a_route_is_removed_though_its_authorization_is_written_otherwise():
    tak = Tak().route().authorize(consumer=WEBCERT + "\u2028").unit(*CONNECTED)
    selected, comparison = compare_and_select(removal(CONNECTED), catalogue(tak))

    assert (comparison.rows[0].route, comparison.rows[0].authorization) == ("tas bort", "annan skrivning")
    assert "TAK034" in codes(comparison)
    assert len(selected.entries["webcert-vardsystem"]) == 1


def test_a_removal_of_a_missing_route_is_not_ordered():
    selected, comparison = compare_and_select(removal(NEW_UNIT, CONNECTED), catalogue(sample()))

    assert [comparison.reason(row) is None for row in comparison.rows] == [False, True]
    assert [row.addressee.text for row in selected.entries["webcert-vardsystem"]] == [UNIT]
    assert [out.reasons[0].code for out in selected.left_out] == ["TAK032"]


def test_a_system_without_a_name_is_called_as_in_the_tak():
    tak = sample()
    tak.components = [(key, "Proxyn  i Värmland" if key == PROXY else name) for key, name in tak.components]
    selected, _ = compare_and_select(checked(producer_rows(CONNECTED)), catalogue(tak))

    told = [f for f in selected.findings if f.code in {"KOM011", "TAK053", "TAK054"}]
    assert [f.code for f in told] == ["TAK053"]
    assert "heter Proxyn i Värmland i TAK" in told[0].message
    assert {order.component.name for order in make_orders(selected)} == {"Proxyn i Värmland"}


def test_the_name_of_a_system_that_the_tak_lacks_is_requested():
    new = "SE165565594230-P9"
    selected, _ = compare_and_select(
        checked(producer_rows(CONNECTED, producer=new)), catalogue(Tak().route(UNIT2, producer=OTHER))
    )

    told = [f for f in selected.findings if f.code in {"KOM011", "TAK053", "TAK054"}]
    assert [(f.code, str(f.severity)) for f in told] == [("TAK054", "varning")]
    assert new in told[0].message
