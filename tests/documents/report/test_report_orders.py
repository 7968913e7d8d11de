"""The orders, files and steps on the report page."""

import re

import pytest

from tests.documents.report.made import (
    FILES,
    details,
    listed_files,
    made,
    made_finding,
    made_orders,
    made_with_left_out,
)
from tests.documents.report.report_pages import faulty, page, text_of
from underlag.documents.report.page import render_report
from underlag.options import Options


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
    assert "Mejlet till kundservice behövs bara om de ska läsa in eller ta bort adressaterna åt er" in text
    assert "kundservice/mejl.eml" in text
    assert "kundservice" not in without


def test_many_addressees_to_remove_are_not_described_as_loaded():
    orders = [order._replace(action="remove") for order in made_orders(30)[1:]]
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
