"""The report page: content, self-containment, and use by screen readers and printers."""

import hashlib
import re
from itertools import pairwise

import pytest

from tests.documents.report.made import (
    FILES,
    details,
    listed_files,
    made,
    made_orders,
    made_with_left_out,
)
from tests.documents.report.report_pages import faulty, page, text_of


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
    assert facts["Kontrollsumma"] == f"{hashlib.sha256(b'').hexdigest()[:12]}…"
    assert facts["Granskad"] == "2027-02-01 kl. 09.00"
    assert facts["Ärendenummer"] == "Inte angivet"
    assert found.xpath("//dd/span[@class='lucka']")
