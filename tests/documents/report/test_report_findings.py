"""The findings on the report page: kinds, places, filters, and cut lists."""

from tests.documents.report.made import (
    CARE,
    listed_files,
    made,
    made_finding,
    made_flows,
    made_orders,
    made_with_left_out,
    units,
)
from tests.documents.report.report_pages import codes_of, faulty, page, text_of
from tests.support.growth import assert_not_quadratic
from tests.support.rows import changed, with_parts
from underlag.documents.package_names import ListedFile
from underlag.documents.report.page import render_report
from underlag.findings import Severity, catalogue
from underlag.orders.order import Address, Party

HOSTILE = "<script>alert(1)</script>\"'&"


def test_each_finding_is_on_the_page_with_place_and_value():
    checked = faulty(40)
    found = page(checked)
    rows = {
        (text_of(r[0]), text_of(r[1])) for r in found.xpath("//section[contains(@class, 'grupp')]//tbody/tr")
    }

    assert {(f.sheet, f.cell) for f in checked.findings if f.cell} == rows


def test_kind_states_why_and_what_to_do():
    found = page(faulty())
    group = found.xpath("//section[contains(@class, 'grupp')][.//text()='HSA003']")[0]
    kind = catalogue()["HSA003"]

    assert kind.title == text_of(group.find(".//h4"))
    assert kind.why in text_of(group)
    assert kind.mend in text_of(group)
    assert "5 ställen" in text_of(group)
    assert text_of(group.find_class("marke")[0]) == "Fel"


def test_first_three_places_show_and_the_rest_opens_with_a_box():
    group = page(faulty(5)).xpath("//section[contains(@class, 'grupp')][.//text()='HSA003']")[0]
    behind = [row for row in group.xpath(".//tbody/tr") if "m" in row.get("class").split()]

    assert len(behind) == 2
    assert text_of(group.xpath(".//label[input[@type='checkbox']]")[0]) == "Visa alla 5 ställen"


def test_three_places_need_no_box():
    group = page(faulty(3)).xpath("//section[contains(@class, 'grupp')][.//text()='HSA003']")[0]

    assert not group.xpath(".//input")


def test_filter_offers_severities_and_sheets_with_counts():
    found = page(faulty())
    labels = {
        f.find("legend").text: [text_of(label) for label in f.xpath(".//label")]
        for f in found.xpath("//form/fieldset")
    }

    assert labels["Allvar"] == ["Alla 7", "Fel 5", "Varningar 1", "Upplysningar 1"]
    assert labels["Flik"] == ["Alla 7", f"{CARE} 5", "Intygstjänsten -> Webcert 1", "Hela underlaget 1"]
    assert found.xpath("//input[@name='allvar'][@checked]/@value") == ["alla"]
    assert found.xpath("//input[@name='flik'][@checked]/@value") == ["alla"]


def test_filter_has_a_rule_for_each_choice():
    found = page(faulty())
    style = "".join(found.xpath("//style/text()"))

    for choice in found.xpath("//form//input/@id"):
        if not choice.endswith("-alla"):
            assert f"#{choice}:checked" in style


def test_one_sheet_and_one_severity_need_no_filter():
    assert not page(made([made_finding()])).xpath("//form")


def test_very_many_sheets_share_a_choice():
    findings = [made_finding(sheet=f"Blad {n}") for n in range(300)]
    labels = [text_of(label) for label in page(made(findings)).xpath("//form//label")]

    assert len(labels) < 20
    assert "Övriga flikar 289" in labels


def test_long_list_is_cut_and_says_where_everything_is():
    checked = made([made_finding(at=f"F{n + 7}", value=f"SE{n}") for n in range(1500)])
    found = page(checked, (), listed_files({"granskad-Underlag.xlsx": 40_000}))

    assert len(found.xpath("//tbody/tr[th/text()=$sheet]", sheet=CARE)) == 1000
    assert "Sidan visar 1 000 av 1 500. Alla finns på första fliken i granskad-Underlag.xlsx." in text_of(
        found
    )
    assert "På papper visas de första 200 av 1 500." in text_of(found)
    assert found.xpath("//a[@href='rapport.json']")


def test_a_cut_list_still_has_places_of_each_sheet():
    findings = [made_finding(at=f"F{n + 7}", sheet=CARE if n < 1400 else "Annan flik") for n in range(1500)]
    rows = page(made(findings)).xpath("//tbody/tr[th/text()='Annan flik']")

    assert [text_of(row[1]) for row in rows] == ["F1407", "F1408", "F1409"]


def test_page_that_is_self_contained_points_to_the_command():
    checked = made([made_finding(at=f"F{n + 7}") for n in range(1500)])

    assert "Alla finns i resultatet av underlag validera --format json." in text_of(page(checked))


def test_many_kinds_share_the_room_of_the_page():
    codes = codes_of(Severity.ERROR, 20)
    checked = made([made_finding(codes[n % 20], f"F{n + 7}", value=f"SE{n}") for n in range(40_000)])

    rows = page(checked).xpath("//section[contains(@class, 'grupp')]//tbody/tr")

    assert len(rows) == 20 * 200


def test_forty_thousand_findings_are_a_cut_page_in_linear_time():
    codes = codes_of(Severity.ERROR, 20)

    def faulty(count):
        return made([made_finding(codes[n % 20], f"F{n + 7}", value=f"SE{n}\xa0") for n in range(count)])

    assert len(render_report(faulty(40_000), (), {})) < 4_000_000
    assert_not_quadratic(lambda checked: render_report(checked, (), {}), faulty, 40_000)


def test_invisible_characters_are_named():
    checked = made(
        [made_finding(value="SE162321000156-4HVT\u200b", message="Fel i SE162321000156-4HVT\u200b.")]
    )
    text = text_of(page(checked))

    assert "\u200b" not in text
    assert text.count("SE162321000156-4HVT‹") == 2


def test_hostile_texts_stay_texts():
    flows = made_flows()
    name = flows[1].entries[0].producer_name._replace(text=HOSTILE)
    flows[1].entries = changed(flows[1].entries, 0, producer_name=name)
    checked = made(
        [made_finding(sheet=HOSTILE, value=HOSTILE, message=HOSTILE, suggestion=HOSTILE), made_finding()],
        flows=flows,
        name=f"{HOSTILE}.xlsx",
    )
    orders = made_orders(
        component=Party(HOSTILE, HOSTILE), addresses=(Address(HOSTILE, "RIVTABP21"),) * 2, addressees=units(1)
    )
    found = page(checked, orders, {f"{HOSTILE}.txt": ListedFile(HOSTILE, 1)})

    assert not found.xpath("//script")
    assert text_of(found.find(".//h1")) == f"{HOSTILE}.xlsx"
    assert not [a for a in found.xpath("//a/@href") if "<" in a or '"' in a]


def test_a_persons_number_is_shown_nowhere():
    number = "191212121212"
    checked = made_with_left_out()
    flows = checked.underlag.flows
    producer = flows[1].entries[0].producer._replace(text=number)
    flows[1].entries = changed(flows[1].entries, 0, producer=producer)
    left = checked.left_out[0]
    entry = with_parts(left.entry, addressee=left.entry.addressee._replace(text=number))
    checked.left_out[0] = left._replace(entry=entry)

    text = text_of(page(checked))

    assert number not in text
    assert text.count("(personnummer)") >= 2


def test_undecodable_file_name_is_no_obstacle():
    assert "Underlag" in text_of(page(made(name="Underlag\udce5.xlsx")).find(".//h1"))
