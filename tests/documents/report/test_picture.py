"""The picture of who calls whom, and its description for users who do not see it."""

import pytest
from lxml import etree

from tests.documents.report.made import COSMIC, made, made_flows, made_orders
from tests.support.rows import changed
from underlag.documents.report.calls import MOST_CALLS, calls_of
from underlag.documents.report.picture import picture
from underlag.orders.order import Party

SVG = "{http://www.w3.org/2000/svg}"


def drawn(calls, **more):
    return etree.fromstring(str(picture(calls, **more)))


def many_orders(count):
    three = made_orders(3)
    return [
        three[n % 3]._replace(
            number=n + 1, total=count, component=Party(f"SE162321000156-A{n:02}", f"System {n}")
        )
        for n in range(count)
    ]


def test_ordinary_orders_are_three_calls():
    calls = calls_of(made(), made_orders(12))

    assert [(c.consumer.name, c.producer.name, c.contracts, c.addressees) for c in calls] == [
        (
            "Landstinget i Värmland -- Cosmic",
            "Inera - Webcert",
            ("CreateDraftCertificate v3", "ListCertificatesForCareWithQA v3"),
            1,
        ),
        (
            "Inera AB -- Intygstjänster -- Webcert",
            "Landstinget i Värmland -- Proxy",
            ("CertificateStatusUpdateForCare v3",),
            12,
        ),
        (
            "Inera AB -- Intygstjänster -- Intygstjänsten och Mina Intyg",
            "Inera AB -- Intygstjänster -- Webcert",
            ("SendMessageToCare v2",),
            12,
        ),
    ]


def test_text_says_who_calls_whom_with_what():
    call = calls_of(made(), made_orders(12))[1]

    assert call.text.replace("\xa0", " ") == (
        "Inera AB -- Intygstjänster -- Webcert (SE5565594230-B8N) anropar"
        " Landstinget i Värmland -- Proxy (SE162321000156-B3K) genom Tjänsteplattformen"
        " med CertificateStatusUpdateForCare v3. Anropen adresseras till 12 logiska adressater."
    )


def test_without_orders_the_workbook_is_drawn_as_written():
    ordered, stated = calls_of(made(), made_orders(3)), calls_of(made(blocked=True), ())

    assert [(c.consumer, c.producer, c.addressees) for c in stated] == [
        (c.consumer, c.producer, c.addressees) for c in ordered
    ]


def test_details_that_the_workbook_lacks_are_reported():
    flows = made_flows(1)
    flows[1].entries = changed(flows[1].entries, 0, producer=None)
    call = calls_of(made(flows=flows, blocked=True), ())[1]

    assert call.producer.name == "Inte angivet i underlaget"


def test_removal_is_reported():
    calls = calls_of(made(), made_orders(3, action="remove"))

    assert all(call.removed and "tas bort" in call.text for call in calls)
    assert "tas bort" in "".join(drawn(calls).itertext())


def test_very_many_orders_are_summed_up_by_direction():
    orders = many_orders(30)
    calls = calls_of(made(), orders)

    assert len(calls) == 3
    assert calls[0].consumer.name == "System 0 med flera"
    assert calls[0].consumer.label.replace("\xa0", " ") == "10 system"
    assert calls[1].addressees == 3
    assert "10 beställningar" in calls[1].title.replace("\xa0", " ")


@pytest.mark.parametrize("count", [1, MOST_CALLS, 30])
def test_picture_is_well_formed_and_has_a_lane_for_each_call(count):
    calls = calls_of(made(), many_orders(count))
    root = drawn(calls, platform="NTJP PROD")
    height = float(root.get("viewBox").split()[3])
    boxes = [r for r in root.iter(f"{SVG}rect") if r.get("class").startswith("part")]

    assert len(boxes) == 2 * len(calls)
    assert all(float(r.get("y")) + float(r.get("height")) <= height for r in boxes)
    assert len([line for line in root.iter(f"{SVG}line") if line.get("marker-end")]) == 2 * len(calls)


def test_picture_has_title_and_description():
    root = drawn(calls_of(made(), made_orders(12)))
    named = {e.get("id") for e in (root.find(f"{SVG}title"), root.find(f"{SVG}desc"))}

    assert root.get("role") == "img"
    assert set(root.get("aria-labelledby").split()) == named
    assert "Landstinget i Värmland -- Cosmic anropar Inera - Webcert." in root.findtext(f"{SVG}desc")


def test_hostile_and_endless_names_stay_inside_their_boxes():
    name = "<b>&\"' " + "x" * 300
    calls = calls_of(made(), made_orders(component=Party("SE162321000156-" + "A" * 40, name)))
    root = drawn(calls)
    lines = [t.text for t in root.iter(f"{SVG}text") if t.get("class") in {"namn", "hsa"}]

    assert max(map(len, lines)) <= 31
    assert any(line.startswith("<b>") for line in lines)


def test_name_breaks_between_organisation_and_system():
    root = drawn(calls_of(made(), made_orders(component=COSMIC)))
    lines = [t.text for t in root.iter(f"{SVG}text") if t.get("class") == "namn"]

    assert lines[:2] == ["Landstinget i Värmland", "Cosmic"]
