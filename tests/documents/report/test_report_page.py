"""The report page: content, self-containment, and use by screen readers and printers."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from tests.documents.report.made import (
    CARE,
    FILES,
    details,
    listed_files,
    made,
    made_finding,
    made_flows,
    made_orders,
    made_with_left_out,
    units,
)
from tests.support.growth import assert_not_quadratic
from underlag.documents.package_names import ListedFile
from underlag.documents.report.page import render_report
from underlag.findings import Severity, catalogue
from underlag.options import Options
from underlag.orders.order import Address, Party

HOSTILE = "<script>alert(1)</script>\"'&"


def page(checked, orders=(), files=None, **more):
    return html.document_fromstring(render_report(checked, orders, files or {}, **more).decode())


def text_of(node):
    return " ".join(node.text_content().replace("\xa0", " ").split())


def codes_of(severity, count):
    return [k.code for k in catalogue().values() if k.severity is severity][:count]


def faulty(count=5):
    return made(
        [
            *(made_finding(at=f"F{7 + n}", value=f"SE16232100016{n}-4HVT") for n in range(count)),
            made_finding(codes_of(Severity.WARNING, 1)[0], "G8", sheet="Intygstjänsten -> Webcert"),
            made_finding(codes_of(Severity.INFO, 1)[0], "", sheet="", value=""),
        ]
    )


def packages():
    return {
        "right": page(made(), made_orders(12), FILES),
        "faulty": page(faulty(), (), listed_files({"granskad-Underlag.xlsx": 40_000})),
        "left out": page(made_with_left_out(), made_orders(25), FILES | listed_files({"bortvalda.csv": 300})),
        "alone": page(faulty()),
    }


@pytest.fixture(scope="module")
def pages():
    return packages()


ALL = pytest.mark.parametrize("which", ["right", "faulty", "left out", "alone"])


@ALL
def test_headings_start_with_one_h1_and_skip_no_level(pages, which):
    levels = [int(h.tag[1]) for h in pages[which].iter("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@ALL
def test_page_is_swedish_and_can_be_skipped_into(pages, which):
    found = pages[which]
    skip = found.xpath("//body/a[1]/@href")[0]

    assert found.get("lang") == "sv"
    assert found.xpath(f"//main[@id='{skip[1:]}']")


@ALL
def test_tables_have_captions_and_scopes(pages, which):
    tables = pages[which].xpath("//table")

    assert all(table.xpath("./caption[normalize-space()]") for table in tables)
    assert not pages[which].xpath("//th[not(@scope)]")
    assert all(table.xpath("./thead//th") for table in tables)
    assert all(len(row.xpath("./th[@scope='row']")) == 1 for row in pages[which].xpath("//tbody/tr"))


@ALL
def test_rows_have_as_many_cells_as_the_header(pages, which):
    for table in pages[which].xpath("//table"):
        widths = {len(row) for row in table.iter("tr")}

        assert len(widths) == 1


@ALL
def test_nothing_is_fetched_and_nothing_runs(pages, which):
    found = pages[which]
    addresses = found.xpath("//@src | //@href | //@action | //@srcset | //@data")

    assert not [a for a in addresses if re.match(r"(?:[a-z]+:)?//|[a-z]+:", a)]
    assert not found.xpath("//script | //link | //iframe | //img | //@onclick")
    assert not re.search(r"@import|url\(", "".join(found.xpath("//style/text()")))
    assert "default-src 'none'" in found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


@ALL
def test_ids_are_unique_and_references_lead_somewhere(pages, which):
    found = pages[which]
    ids = found.xpath("//@id")
    wanted = {a[1:] for a in found.xpath("//@href") if a.startswith("#")}
    wanted |= {i for refs in found.xpath("//@aria-labelledby") for i in refs.split()}

    assert len(ids) == len(set(ids))
    assert wanted <= set(ids)


@ALL
def test_every_field_has_a_label(pages, which):
    for field in pages[which].xpath("//input"):
        assert text_of(field.getparent()) if field.getparent().tag == "label" else False


def test_right_workbook_can_be_ordered():
    found = page(made(), made_orders(12), FILES)

    assert text_of(found.find_class("besked")[0]) == "Kan beställas"
    assert not found.xpath("//*[@id='fynd']")


def test_faulty_workbook_says_how_many_errors():
    found = page(faulty())

    assert text_of(found.find_class("besked")[0]) == "Kan inte beställas: 5 fel"
    assert found.findtext(".//title").replace("\xa0", " ").startswith("Kan inte beställas: 5 fel")
    assert "5 fel, 1 varning och 1 upplysning" in text_of(found)


def test_facts_state_the_details_and_mark_missing_ones():
    found = page(made(order_details=details(case_number=None)))
    facts = dict(
        zip(map(text_of, found.xpath("//dl[1]/dt")), map(text_of, found.xpath("//dl[1]/dd")), strict=True)
    )

    assert facts["Profil"] == "Intygstjänster"
    assert facts["Miljö"] == "NTJP PROD"
    assert facts["Region"] == "LiV"
    assert facts["Datum för ändringen"] == "2027-03-01 (flik Beställning, cell B3)"
    assert facts["Kontrollsumma"] == "abababababab…"
    assert facts["Granskad"] == "2027-02-01 kl. 09.00"
    assert facts["Ärendenummer"] == "Inte angivet"
    assert found.xpath("//dd/span[@class='lucka']")


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
    flows[1].entries[0].producer_name = flows[1].entries[0].producer_name._replace(text=HOSTILE)
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
    flows[1].entries[0].producer = flows[1].entries[0].producer._replace(text=number)
    left = checked.left_out[0].entry
    left.addressee = left.addressee._replace(text=number)

    text = text_of(page(checked))

    assert number not in text
    assert text.count("(personnummer)") >= 2


def test_undecodable_file_name_is_no_obstacle():
    assert "Underlag" in text_of(page(made(name="Underlag\udce5.xlsx")).find(".//h1"))


def test_orders_are_shown_with_their_parts_and_files():
    found = page(made(), made_orders(12), FILES)
    second = found.xpath("//article[2]")[0]

    assert [text_of(h) for h in found.xpath("//article/h3")] == [
        "1 av 3 · Administrera tjänstekonsument",
        "2 av 3 · Administrera tjänsteproducent",
        "3 av 3 · Administrera tjänsteproducent",
    ]
    assert "Landstinget i Värmland -- Proxy (SE162321000156-B3K)" in text_of(second)
    assert "CertificateStatusUpdateForCare v3" in text_of(second)
    assert "https://tph2.liv.sjunet.org:50001/" in text_of(second)
    assert second.xpath(".//dt[.='Logiska adressater']/following-sibling::dd[1]/text()") == ["12"]
    assert second.xpath(".//a/@href") == [
        "bestallning-2-producent.html",
        "bestallning-2-producent.txt",
    ]


def test_tak_files_are_separate_from_a_regions_steps():
    found = page(made(), made_orders(12), FILES)
    section = found.xpath("//section[@aria-labelledby='tak-filer']")[0]

    assert section.xpath(".//a/@href")[2:4] == ["tak/bestallning-2.json", "tak/aterstall-2.json"]
    assert "läses in i TAK av kundservice" in text_of(section)


def test_parts_of_an_order_are_linked_in_their_order():
    parts = {f"tak/bestallning-2-del-{n}-av-11.json": 5 for n in range(1, 12)}
    found = page(made(), made_orders(12), listed_files(parts))

    assert found.xpath("//section[@aria-labelledby='tak-filer']//a/@href") == list(parts)
    assert not found.xpath("//article//a")


def test_links_lead_only_to_files_of_the_package():
    found = page(faulty(), (), listed_files({"granskad-Underlag.xlsx": 40_000}))
    links = {a for a in found.xpath("//a/@href") if not a.startswith("#")}

    assert links == {"granskad-Underlag.xlsx", "rapport.json"}


def test_files_say_what_they_are_for():
    found = page(made(), made_orders(12), FILES)
    rows = found.xpath("//table[contains(@class, 'filer')]/tbody/tr")

    assert {text_of(row[0]) for row in rows} == set(FILES)
    assert all(text_of(row[1]) for row in rows)
    assert [text_of(r[2]) for r in rows if text_of(r[0]).endswith(".csv")] == ["700 byte"]


def test_steps_lead_through_the_orders_to_the_mail():
    steps = [text_of(s) for s in page(made(), made_orders(25), FILES).xpath("//ol[@class='steg']/li")]

    assert [s for s in steps if s.startswith("Lägg in beställning 1 av 3")]
    assert [s for s in steps if "kundservice@inera.se" in s and "kundservice/mejl.eml" in s]


def test_few_addressees_need_no_mail_and_the_draft_is_optional():
    text = text_of(page(made(), made_orders(3), FILES).xpath("//ol[@class='steg']")[0])
    without = text_of(page(made(), made_orders(3), {}).xpath("//ol[@class='steg']")[0])

    assert "kundservice@inera.se" not in text
    assert "Utkastet till kundservice behövs bara om de ska läsa in eller ta bort adressaterna" in text
    assert "kundservice/mejl.eml" in text
    assert "kundservice" not in without


def test_many_addressees_to_remove_are_not_described_as_loaded():
    orders = [replace(order, action="remove") for order in made_orders(30)[1:]]
    found = page(made(), orders, FILES)

    assert "kundservice@inera.se, som tar bort adressaterna." in text_of(
        found.xpath("//ol[@class='steg']")[0]
    )
    assert "Adressaterna är många och tas bort av kundservice" in text_of(found)
    assert "läser in adressaterna" not in text_of(found)
    assert "läses in av" not in text_of(found)


def test_step_for_left_out_rows_agrees_with_their_number():
    found = page(made_with_left_out(), made_orders(3), FILES | listed_files({"bortvalda.csv": 300}))
    text = text_of(found.xpath("//ol[@class='steg']")[0])

    assert "Ta hand om den bortvalda raden och beställ den för sig. Den står med sina skäl i:" in text


def test_what_is_missing_is_a_step():
    stated = details(date=None, case_number=None)
    found = page(made(order_details=stated), made_orders(order_details=stated), FILES)

    assert "datum för ändringen och ärendenummer" in text_of(found.xpath("//ol[@class='steg']")[0])


def test_faulty_workbook_leads_back_to_excel():
    steps = page(faulty(), (), listed_files({"granskad-Underlag.xlsx": 40_000})).xpath(
        "//ol[@class='steg']/li"
    )

    assert steps[0].xpath("./a/@href") == ["granskad-Underlag.xlsx"]
    assert not [s for s in steps if "Lägg in beställning" in text_of(s)]


def test_left_out_rows_and_sums_add_up():
    found = page(made_with_left_out(), made_orders(3), FILES | listed_files({"bortvalda.csv": 300}))
    section = found.xpath("//section[h2[@id='bortvalda']]")[0]
    totals = [int(text_of(cell)) for cell in section.xpath(".//tfoot//td")]

    assert totals == [9, 8, 1]
    assert totals[0] == totals[1] + totals[2]
    assert "HSA003: Organisationsnumret i SE162321000165-4HVT" in text_of(section)
    assert text_of(found.find_class("besked")[0]) == "Kan beställas utan de felaktiga raderna"


def test_same_input_gives_the_same_bytes():
    assert render_report(faulty(), (), {}) == render_report(faulty(), (), {})


def test_empty_workbook_is_no_obstacle():
    checked = made(
        [made_finding(at="", sheet="", value="")],
        flows=[],
        options=Options(),
        order_details=details(region=None),
    )

    assert "Vem anropar vem" not in text_of(page(checked))


def contrast(foreground, background):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    high, low = sorted((luminance(foreground), luminance(background)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_contrast_with_their_background(scheme):
    light, _, rest = "".join(page(made()).xpath("//style/text()")).partition("prefers-color-scheme: dark")
    style = light if scheme == "light" else rest.partition("color-scheme: dark")[0]
    colours = {
        n: c if len(c) == 7 else "#" + "".join(2 * x for x in c[1:])
        for n, c in re.findall(r"--([\w-]+): (#[0-9a-f]+);", style)
    }
    grounds = [colours["papper"], colours["yta"]]
    pairs = [(colours[n], ground) for n in ("ink", "dampat", "lank") for ground in grounds]
    pairs += [(colours[n], colours[f"{n}-yta"]) for n in ("fel", "varning", "info", "ratt")]
    pairs += [(colours["pa-lank"], colours["lank"])]

    assert min(contrast(*pair) for pair in pairs) >= 4.5
