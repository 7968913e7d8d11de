"""Actions on the page: correct in place, fill in details, choose."""

import io
import re
import zipfile
from collections import Counter

import pytest

import underlag
from tests.support.order_package import package_files
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from tests.web.visitor import NOW, Visitor
from underlag.options import Options
from underlag.web.app import create_app
from underlag.web.examination.mending import Mending

WRONG = (STANDARD + ORDER_SHEET).replace("SE162321000156-4HVV", "SE162321000165-4HVV")
SHEET = "Webcert -> Vårdsystem"


@pytest.fixture
def visitor():
    return Visitor()


def test_all_suggestions_are_one_click_and_the_workbook_is_checked_again(visitor):
    address = visitor.send((workbook(WRONG), NAME))
    assert "Kan inte beställas" in visitor.page(address)
    assert "Rätta felen här på sidan." in visitor.page(address)
    assert "Rätta felen i er egen arbetsbok" not in visitor.page(address)

    answer = visitor.post(address + "ratta", kod="alla")

    assert answer.headers["Location"].endswith("#andrat")
    page = visitor.page(address)
    assert "2 celler är rättade" in page
    assert "Kan inte beställas" not in page
    assert visitor.corrected(address)[SHEET]["F3"].value == "SE162321000156-4HVV"
    package = zipfile.ZipFile(io.BytesIO(visitor.client.get(address + "paket.zip").data))
    (corrected,) = (name for name in package.namelist() if name.startswith("rattad-"))
    assert package.read(corrected) == visitor.client.get(address + "rattad").data
    named = visitor.client.get(address + "rattad").headers["Content-Disposition"]
    assert "rattad-Underlag" in named


def test_a_single_kind_can_be_corrected(visitor):
    address = visitor.send((workbook(WRONG.replace("SendMessageToCare v2", "SendMessageToCare v1")), NAME))

    visitor.post(address + "ratta", kod="KTR004")

    page = visitor.page(address)
    assert "1 cell är rättad" in page
    assert "SE162321000165-4HVV" in page


def test_a_cell_is_typed_over_and_the_change_is_undone(visitor):
    address = visitor.send((workbook(STANDARD + ORDER_SHEET), NAME))

    visitor.post(address + "ratta", flik="Beställning", cell="B3", varde="", text="2027-03-08")
    assert "2027-03-08" in visitor.page(address)
    visitor.post(address + "ratta", flik="Beställning", angra="B3")

    assert "2027-03-08" not in visitor.page(address)
    assert visitor.client.get(address + "rattad").status_code == 404


def test_the_package_is_that_of_the_corrected_workbook(visitor):
    address = visitor.send((workbook(WRONG), NAME))
    visitor.post(address + "ratta", kod="alla")

    content = visitor.client.get(address + "rattad").data
    options = Options(now=NOW)
    checked = underlag.check(underlag.read(content, options, name=f"rattad-{NAME}"), options)
    expected = package_files(checked, underlag.make_orders(checked))

    for name in ("rapport.html", "tak/bestallning-1.json", "kundservice/mejl.eml"):
        assert visitor.client.get(address + name).data == expected[name]


@pytest.mark.parametrize("fields", [{"cell": "F"}, {"cell": "F0"}, {"cell": "F3", "text": "x" * 2001}])
def test_a_cell_that_is_none_is_refused(fields, visitor):
    address = visitor.send((workbook(STANDARD), NAME))

    assert visitor.post(address + "ratta", flik=SHEET, varde="", **fields).status_code == 400


def test_forms_of_a_result_need_this_runs_token(visitor):
    address = visitor.send((workbook(WRONG), NAME))

    for form in ("ratta", "val"):
        assert visitor.client.post(address + form, data={"kod": "alla"}).status_code == 403


def test_another_format_has_no_forms_for_cells(visitor):
    address = visitor.send((workbook(WRONG, format="ods"), NAME.replace("xlsx", "ods")))

    page = visitor.page(address)

    assert 'action="ratta"' not in page
    assert "Spara arbetsboken så i Excel" in page
    assert visitor.post(address + "ratta", kod="alla").status_code == 400


def test_details_fill_the_gaps_and_are_saved_as_a_file(visitor):
    address = visitor.send((workbook(STANDARD), NAME))

    visitor.post(address + "val", **{"del": "uppgifter", "date": "2027-03-01", "orderer.name": 'Åsa "Å" Ek'})

    assert "2027-03-01" in visitor.page(address)
    saved = visitor.client.get(address + "bestallning.toml").data
    again = visitor.send((workbook(STANDARD), NAME), (saved, "bestallning.toml"))
    assert "Åsa &#34;Å&#34; Ek" in visitor.page(again)


@pytest.mark.parametrize(
    "table",
    [STANDARD, STANDARD + ORDER_SHEET.replace("| Datum                      | 2027-03-01          |\n", "")],
)
def test_details_are_saved_in_the_workbook(table, visitor):
    address = visitor.send((workbook(table), NAME))

    visitor.post(
        address + "val",
        **{
            "del": "uppgifter",
            "date": "2027-03-08",
            "case_number": "TSK-777",
            "orderer.name": "Åsa Ek",
            "i_arbetsboken": "1",
        },
    )

    content = visitor.client.get(address + "rattad").data
    options = Options(now=NOW)
    details = underlag.read(content, options, name=NAME).underlag.details
    assert (details.date.text, details.case_number.text, details.orderer.name.text) == (
        "2027-03-08",
        "TSK-777",
        "Åsa Ek",
    )
    assert not details.contradictions
    assert {details.date.sheet, details.case_number.sheet} == {"Beställning"}


def test_other_statements_of_an_earlier_file_are_kept(visitor):
    before = b'arbetsbok = ["a.xlsx"]\n[kolumner]\n"Enhetens ort" = "anm\xc3\xa4rkning"\n'
    address = visitor.send((workbook(STANDARD), NAME), (before, "bestallning.toml"))

    visitor.post(address + "val", **{"del": "uppgifter", "case_number": "TSK-777"})

    saved = visitor.client.get(address + "bestallning.toml").text
    assert 'arbetsbok = ["a.xlsx"]' in saved
    assert '"Enhetens ort" = "anmärkning"' in saved
    assert 'arende = "TSK-777"' in saved


def test_choices_come_after_the_findings_and_no_tick_is_hidden(visitor):
    address = visitor.send((workbook(WRONG), NAME))
    page = visitor.page(address)
    assert page.index('id="fynd"') < page.index('name="hoppa_over_fel"')

    visitor.post(address + "val", **{"del": "val", "hoppa_over_fel": "1"})

    page = visitor.page(address)
    assert re.search(r'name="hoppa_over_fel" value="1" checked', page)
    assert "Kan beställas" in page
    assert "<details" not in page.partition('id="val"')[2].partition("</form>")[0]
    assert client_has_no_choices(visitor)


def client_has_no_choices(visitor: Visitor) -> bool:
    return "checkbox" not in visitor.page("/")


def test_a_choice_that_needs_an_export_says_so_and_leads_back(visitor):
    address = visitor.send((workbook(STANDARD), NAME))

    answer = visitor.post(address + "val", **{"del": "val", "bara_nytt": "1"})

    assert answer.status_code == 400
    assert f'href="{address}"' in answer.text


def test_of_a_unit_with_two_names_either_the_name_or_the_id_is_typed_over(visitor):
    twice = "| Vårdcentralen Gripen |\n|  |  |  |  |  | SE162321000156-4HVV | Vårdcentralen Norr |"
    text = (STANDARD + ORDER_SHEET).replace("| Vårdcentralen Gripen |", twice, 1)
    address = visitor.send((workbook(text), NAME))
    page = visitor.page(address)
    assert "ADR002" in page
    assert {"F5", "G5"} <= set(re.findall(r'name="cell" value="([A-Z]+[0-9]+)"', page))

    field = {"flik": SHEET, "cell": "F5", "varde": "SE162321000156-4HVV"}
    visitor.post(address + "ratta", **field, text="SE162321000156-4HVZ")

    assert "ADR002" not in visitor.page(address)
    assert visitor.corrected(address)[SHEET]["F5"].value == "SE162321000156-4HVZ"


def test_a_name_in_another_case_is_typed_over_by_itself(visitor):
    twice = "| Vårdcentralen Gripen |\n|  |  |  |  |  | SE162321000156-4HVV | {} |"
    standard = STANDARD + ORDER_SHEET
    pages = {
        name: visitor.page(
            visitor.send(
                (workbook(standard.replace("| Vårdcentralen Gripen |", twice.format(name), 1)), NAME)
            )
        )
        for name in ("vårdcentralen rud", "Vårdcentralen Norr")
    }

    assert {name: "Rätta F5<" in page for name, page in pages.items()} == {
        "vårdcentralen rud": False,
        "Vårdcentralen Norr": True,
    }


def test_the_filter_is_kept(visitor):
    address = visitor.send((workbook(WRONG.replace("Vårdcentralen Gripen", "", 1)), NAME))

    answer = visitor.post(
        address + "ratta",
        flik=SHEET,
        cell="F3",
        varde="",
        text="SE162321000156-4HVV",
        **{"visa-allvar": "varning"},
    )

    page = visitor.page(answer.headers["Location"].partition("#")[0])
    assert re.search(r'id="allvar-varning" value="varning" checked', page)
    assert not re.search(r'id="allvar-alla" value="alla" checked', page)


def test_nobody_else_opens_a_result(visitor):
    address = visitor.send((workbook(STANDARD), NAME))
    stranger = create_app().test_client()

    for path in ("", "rapport.html", "paket.zip"):
        assert visitor.client.get(address + path).status_code == 200
    visitor.client.delete_cookie("underlag")
    for path in ("", "rapport.html", "paket.zip"):
        assert visitor.client.get(address + path).status_code == 404
    assert stranger.get(address).status_code == 404


def test_the_cookie_is_for_this_site_alone_and_no_script():
    answer = create_app().test_client().get("/resultat/x/")

    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_the_accessibility_statement_can_be_read(visitor):
    assert "WCAG 2.1" in visitor.page("/tillganglighet")
    assert 'href="/tillganglighet"' in visitor.page("/")


def test_all_orders_stand_on_one_page_with_their_own_ids(visitor):
    address = visitor.send((workbook(STANDARD + ORDER_SHEET), NAME))

    page = visitor.page(address + "vagledning")

    assert 'href="vagledning"' in visitor.page(address)
    assert page.count('class="vagledning"') == 3
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<h1>") == page.count("<main") == 1
    assert {"1.1", "2.1", "3.1", "arende-3"} <= set(re.findall(r'data-minns="([^"]+)"', page))


def test_a_workbook_with_errors_has_no_guides(visitor):
    address = visitor.send((workbook(WRONG), NAME))

    assert 'href="vagledning"' not in visitor.page(address)
    assert visitor.client.get(address + "vagledning").status_code == 404


def test_findings_are_had_as_text(visitor):
    address = visitor.send((workbook(WRONG), NAME))

    answer = visitor.client.get(address + "fynd.txt")

    assert answer.content_type.startswith("text/plain")
    assert "SE162321000165-4HVV" in answer.text
    assert "\x1b" not in answer.text


def test_the_mail_can_be_opened_with_and_without_attachments(visitor):
    address = visitor.send((workbook(STANDARD + ORDER_SHEET), NAME))

    page = visitor.page(address)

    assert 'href="kundservice/mejl.eml"' in page.partition('id="mejl"')[2]
    mailto = re.search(r'href="(mailto:[^"]+)"', page)[1]
    assert len(mailto) < 2_000
    assert "@" in mailto.partition("?")[0]
    assert NAME in page.partition("bifoga själv")[2].partition("</p>")[0]
    sent = visitor.client.get(address + "kundservice/mejl.eml")
    assert sent.content_type == "message/rfc822"
    assert "attachment" in sent.headers["Content-Disposition"]
    assert 'id="mejl"' not in visitor.page(visitor.send((workbook(WRONG), NAME)))


@pytest.mark.parametrize("before", ["", "kommer", "{text  }"])
def test_details_are_written_into_the_empty_cells_beside_their_labels(before, visitor):
    sheet = f"""
## Beställning
| Datum             | {before} |
| Ärendenummer      | {before} |
|                   | Namn | E-post |
| Beställare        | {before} | a@example.se |
| Huvudansvarig     |  |  |
"""
    address = visitor.send((workbook(STANDARD + sheet), NAME))

    visitor.post(
        address + "val",
        **{
            "del": "uppgifter",
            "date": "2027-03-08",
            "case_number": "TSK-777",
            "orderer.name": "Åsa Ek",
            "main_contact.email": "bo@example.se",
            "i_arbetsboken": "1",
        },
    )

    made = visitor.corrected(address)["Beställning"]
    assert [made[cell].value for cell in ("B1", "B2", "B4", "C5")] == [
        "2027-03-08",
        "TSK-777",
        "Åsa Ek",
        "bo@example.se",
    ]
    assert made.max_row == 5


def test_all_findings_of_a_kind_are_gone_through_once_not_for_each_place(visitor, monkeypatch):
    calls = Counter()

    def counted(method):
        def call(self, group):
            calls[group.kind.code] += 1
            return method(self, group)

        return call

    monkeypatch.setattr(Mending, "handles", counted(Mending.handles))
    many = "".join(
        f"|  |  |  |  |  | SE162321000165-{number} | Enhet {number} |\n" for number in range(4100, 4140)
    )
    content = workbook(STANDARD.replace("\n## Intygst", f"{many}\n## Intygst") + ORDER_SHEET)

    page = visitor.page(visitor.send((content, NAME)))

    assert page.count("Rätta här") >= 1
    assert calls["HSA003"] == 1
