from html.parser import HTMLParser

import pytest

from tests.documents.examples import DETAILS, PROFILE, WEBCERT, checked, given, order, three_orders, units
from underlag.documents.guide.form_steps import form_of
from underlag.documents.guide.guide import Guide
from underlag.documents.guide.order_form import SHOWN_OF_BULK
from underlag.orders.order import Addressee
from underlag.workbook import Contact, OrderDetails

BARE = OrderDetails(environment=given("PROD"))
HOSTILE = "</script><script>alert(1)</script>\"'&"


class Page(HTMLParser):
    """A parsed page: its texts, its tags with attributes, and whether they nest."""

    VOID = frozenset({"meta", "input", "br", "link", "img"})

    def __init__(self, html: bytes):
        super().__init__()
        self.open, self.tags, self.texts = [], [], []
        self.feed(html.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not self.open or self.open[-1] not in {"script", "style"}:
            self.texts.append(data)

    def all(self, tag, **wanted):
        return [a for t, a in self.tags if t == tag and all(a.get(k) == v for k, v in wanted.items())]

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


def page(an_order, orders=None, **changes) -> Page:
    parsed = Page(Guide(an_order, orders or [an_order], checked(**changes), PROFILE).html())
    assert parsed.open == []
    return parsed


def text(an_order) -> str:
    return Guide(an_order, [an_order], checked(), PROFILE).text().decode("utf-8-sig")


def titles(an_order):
    return [step.title for step in form_of(an_order, PROFILE).steps]


def test_steps_come_in_the_forms_own_order():
    assert titles(order(flow="vardsystem-webcert")) == [
        "Miljö och datum för ändring",
        "Ange tjänstekonsument",
        "Välj tjänstekontrakt som omfattas",
        "Behörighet till följande logisk/a adressater",
        "Övrig information",
        "Beställare",
    ]
    assert titles(order()) == [
        "Miljö och datum för ändring",
        "Ange tjänsteproducent",
        "Välj tjänstekontrakt som omfattas",
        "Logiska adressater",
        "Redigera version av RIVTA-profil och URL",
        "Adresseringsbehörighet",
        "Övrig information",
        "Beställare",
    ]


def test_each_value_of_the_form_can_be_copied():
    an_order = order()
    copied = {a["data-copy"] for a in page(an_order).all("button") if "data-copy" in a}

    assert {
        "NTJP PROD", "2027-03-01", "SE162321000156-B3K", "Landstinget i Värmland -- Proxy",
        "Helge Huvud", "tekla.tekniker@example.se", "CertificateStatusUpdateForCare", "3",
        "SE162321000156-00000", "Vårdenhet 0 & Söner", "RIVTABP21", an_order.shared_address.url, "SE5565594230-B8N",
        an_order.remark, "Berit Beställare",
    } <= copied  # fmt: skip


def test_a_missing_detail_is_a_marked_gap():
    an_order = order(details=BARE)
    shown, plain = page(an_order).text, text(an_order)

    assert shown.count("Saknas – fyll i") == 12
    assert plain.count("*** SAKNAS – FYLL I ***") == 12
    assert "13 uppgifter saknas" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "Förstudiens ärendenummer saknas" in shown
    assert form_of(an_order, PROFILE).gaps_by_group == {
        "Miljö och datum för ändring": ["Datum"],
        "Huvudansvarig": ["Namn", "E-post", "Telefon"],
        "Teknisk kontaktperson": ["Namn", "E-post", "Telefon"],
        "Teknisk support": ["E-post", "Telefon"],
        "Övrig information": ["Förstudiens ärendenummer"],
        "Beställare": ["För- och efternamn", "E-postadress", "Telefon"],
    }


def test_a_full_order_has_no_gaps():
    assert form_of(order(), PROFILE).gaps == ()
    assert "aknas" not in page(order()).text


def test_an_empty_hsa_id_or_role_of_the_orderer_is_no_gap():
    orderer = DETAILS.orderer._replace(hsa_id=None, role=None)
    an_order = order(details=DETAILS._replace(orderer=orderer))

    assert form_of(an_order, PROFILE).gaps == ()
    assert page(an_order).text.count("får vara tomt") == 2


def test_the_services_own_component_keeps_its_contacts():
    an_order = order(3, flow="intygstjansten-webcert", component=WEBCERT, details=BARE)

    assert "oförändrade" in text(an_order)
    assert "Huvudansvarig" not in text(an_order)


def test_many_units_are_loaded_by_customer_service_and_listed_elsewhere():
    an_order = order(addressees=units(2000))
    shown, plain = page(an_order).text, text(an_order)

    for content in (shown, plain.replace("\r\n", " ").replace("  ", " ")):
        assert "kundservice/logiska-adressater.csv" in content
        assert "bulkladdning" in content
        assert "SE162321000156-00031" in content
        assert "SE162321000156-00032" not in content
    assert len(form_of(an_order, PROFILE).shown) == SHOWN_OF_BULK
    assert not page(an_order).all("button", **{"data-rows": "adressater"})


def test_a_consumer_order_lists_every_addressee_because_no_other_file_does():
    an_order = order(flow="vardsystem-webcert", addressees=units(300))

    assert an_order.bulk
    assert "SE162321000156-0012B" in page(an_order).text


def test_removal_says_so():
    small, large = order(action="remove"), order(action="remove", addressees=units(100))

    assert "Välj ”Ta bort logiska adressater för alla tjänstekontrakt du valt”" in " ".join(
        text(small).split()
    )
    assert "Lägg till" not in text(small)
    assert "logiska-adressater-ta-bort.csv" in page(large).text


def test_summary_is_what_the_form_will_show():
    summary = form_of(order(), PROFILE).summary

    assert [(part.title, part.lines) for part in summary[:2]] == [
        ("Miljö och datum för ändring", ("NTJP PROD", "2027-03-01")),
        (
            "Tjänsteproducent",
            ("HSA-ID: SE162321000156-B3K", "Namn på system: Landstinget i Värmland -- Proxy"),
        ),
    ]
    assert summary[-1].lines[:3] == ("Berit Beställare", "berit.bestallare@example.se", "070-174 06 05")


def test_summary_invents_neither_day_nor_orderer():
    summary = form_of(order(details=BARE._replace(orderer=Contact(name=given("Berit")))), PROFILE).summary

    assert summary[0].lines[1] == "Den dag som du har valt, eller Ordinarie handläggningstid"
    assert summary[-1].lines == ("Berit", "Det som du har fyllt i")


def test_guides_lead_to_each_other():
    orders = three_orders()
    links = [a["href"] for a in page(orders[1], orders).all("a") if not a["href"].startswith("https:")]

    assert links == ["bestallning-1-konsument.html", "bestallning-3-producent.html"]


def test_guides_with_equal_steps_keep_apart_what_is_ticked():
    orders = [order(number=number, total=2) for number in (1, 2)]
    for an_order in orders:
        ticks = [box["data-minns"] for box in page(an_order, orders).all("input", type="checkbox")]

        assert ticks == [f"{an_order.number}.{step}" for step in range(1, len(ticks) + 1)]


def test_text_from_the_workbook_stays_text():
    an_order = order(addressees=(Addressee("SE162321000156-A", HOSTILE),), remark=HOSTILE)
    parsed = page(an_order, name=f"{HOSTILE}.xlsx")

    assert len(parsed.all("script")) == 1
    assert HOSTILE in "".join(parsed.texts)
    assert HOSTILE in {a.get("data-copy") for a in parsed.all("button")}


def test_page_needs_nothing_from_outside_and_is_marked_up_for_all():
    parsed = page(order())
    source = Guide(order(), [order()], checked(), PROFILE).html().decode()

    assert parsed.all("html") == [{"lang": "sv"}]
    assert not [a for t, a in parsed.tags if t in {"link", "img"} or "src" in a]
    assert "@import" not in source
    assert "url(" not in source
    assert len(parsed.all("h1")) == 1
    assert all(a.get("scope") == "col" for a in parsed.all("th"))
    assert all(a.get("aria-label") or a.get("data-rows") for a in parsed.all("button"))


def test_text_opens_well_in_notepad():
    raw = Guide(order(), [order()], checked(), PROFILE).text()
    lines = raw.decode("utf-8-sig").split("\r\n")

    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert [line for line in lines if len(line) > 78 and "https://" not in line] == []


@pytest.mark.parametrize("flow", [f.key for f in PROFILE.flows])
def test_same_input_gives_same_bytes(flow):
    an_order = order(flow=flow)

    assert (
        Guide(an_order, [an_order], checked(), PROFILE).html()
        == Guide(an_order, [an_order], checked(), PROFILE).html()
    )
    assert (
        Guide(an_order, [an_order], checked(), PROFILE).text()
        == Guide(an_order, [an_order], checked(), PROFILE).text()
    )
