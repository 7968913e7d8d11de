"""The report page's part about a TAK."""

from datetime import date

from lxml import html

from tests.documents.report.made import made, made_flows, made_orders
from tests.documents.report.report_pages import text_of
from underlag.documents.report.comparison import comparison_view
from underlag.documents.report.page import render_report
from underlag.options import Options
from underlag.profiles import profiles
from underlag.requests import Request
from underlag.tak.compare.comparison import AuthorizationState, Comparison, RouteState, Row
from underlag.tak.holdings.catalogue import Catalogue


def row(route, authorization, *, asked=True, name_in_tak=""):
    flow = made_flows(1)[1]
    contract = profiles()["intygstjanster"].flow_contracts(flow.spec)[0]
    request = Request(
        flow.spec if asked else made_flows(1)[0].spec,
        "add",
        contract,
        contract.namespace.lower(),
        "",
        "",
        "",
        profiles()["intygstjanster"].rivta_profile,
    )
    return Row(
        flow.entries[0],
        request,
        "SE162321000156-0001",
        "Vårdcentralen 1",
        route,
        authorization,
        name_in_tak=name_in_tak,
    )


def compared(rows):
    catalogue = Catalogue("tak-export <prod>.json", "NTJP-PROD", date(2027, 1, 15))
    return Comparison(catalogue, {}, Options(), rows)


def section(comparison):
    page = html.document_fromstring(render_report(made(), made_orders(3), {}, comparison=comparison).decode())
    return page.xpath("//section[h2[@id='tak']]")


def test_without_a_tak_there_is_no_such_part():
    assert section(None) == []


def test_states_are_counted_and_explained():
    rows = [
        row(RouteState.NEW, AuthorizationState.NEW),
        row(RouteState.NEW, AuthorizationState.PRESENT),
        row(RouteState.OTHER_PRODUCER, AuthorizationState.PRESENT),
        row(RouteState.MISSING, AuthorizationState.NEW, asked=False),
    ]
    [found] = section(compared(rows))
    routes, authorizations = (
        [(text_of(r[0]), text_of(r[1])) for r in table.xpath(".//tbody/tr")]
        for table in found.xpath(".//table")
    )

    assert routes == [("ny", "2"), ("annan producent", "1")]
    assert authorizations == [("ny", "2"), ("finns", "2")]
    assert all(text_of(r[2]) for r in found.xpath(".//tbody/tr"))
    assert "tak-export <prod>.json, NTJP-PROD, så som TAK såg ut 2027-01-15" in text_of(found)


def test_other_names_are_reported():
    [found] = section(compared([row(RouteState.PRESENT, AuthorizationState.PRESENT, name_in_tak="Annan")]))

    assert "1 adressat har ett annat namn i TAK." in text_of(found)
    assert "1 rad är redan så som underlaget vill ha det." in text_of(found)


def test_nothing_to_compare_is_reported():
    [found] = section(compared([]))

    assert not found.xpath(".//table")
    assert "Det fanns inga rader att jämföra." in text_of(found)


def test_each_state_has_its_explanation():
    rows = [row(route, AuthorizationState.NEW) for route in RouteState]
    rows += [row(RouteState.NEW, authorization) for authorization in AuthorizationState]
    view = comparison_view(compared(rows))

    assert {r.state for r in view.tables[0].rows} == {s.value for s in RouteState}
    assert {r.state for r in view.tables[1].rows} == {s.value for s in AuthorizationState}
    assert all(r.meaning for table in view.tables for r in table.rows)
