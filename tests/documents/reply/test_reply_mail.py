"""What the reply says: findings, receipts, sums and what is left out."""

import pytest

from tests.checks.examine import NOW, altered, examine
from tests.documents.examples import DETAILS, given, some_finding
from tests.documents.examples import checked as made
from tests.documents.reply.mail import FAULTY, WRONG, page, parsed, reply, some_units, text
from underlag.documents.annotated_workbook import annotated_workbook
from underlag.documents.mails.progress import Progress
from underlag.documents.mails.reply import MOST_LISTED
from underlag.documents.mails.reply_findings import MOST_PLACES
from underlag.findings import Severity
from underlag.workbook import Contact


def test_faulty_workbook_comes_back_with_what_is_wrong_where_and_what_to_do():
    data = reply(examine(FAULTY))
    message, body = parsed(data), text(data)

    assert message["X-Unsent"] == "1"
    assert message["From"] is None
    assert message["To"] == "tove@region.example.se"
    assert message["Subject"].endswith("Intygstjänster, NTJP PROD, LiV, TSK-12518: behöver rättas")
    assert message["Date"].datetime == NOW
    assert "hittat 2\xa0fel. Inget går vidare" in body
    assert f"- Webcert -> Vårdsystem, cell F3: {WRONG}\n" in body
    assert f"- Intygstjänsten -> Webcert, cell E3: {WRONG}\n" in body
    assert "Menades SE162321000156-4HVV?" in body
    assert "svara på det här mejlet" in body
    assert "BESTÄLLNINGAR" not in body


@pytest.mark.parametrize("skip_faulty", [False, True])
def test_page_says_the_same_as_the_text(skip_faulty):
    data = reply(examine(FAULTY, skip_faulty=skip_faulty))
    on_page = page(data)

    for line in text(data).splitlines():
        words = line.strip().lstrip("-0123456789. ").split(": ")
        if line.isupper() or ("tills vidare" in line and "lästa" in line) or line.startswith("Beställning "):
            continue  # headings, and what is a table there
        assert all(" ".join(part.split()) in on_page for part in words if part), line


def test_annotated_workbook_is_attached_under_a_name_of_its_own():
    checked = examine(FAULTY, name="Ändring för Åre NTjP PROD-LiV.xlsx")
    ending, content = annotated_workbook(checked)
    (attached,) = parsed(reply(checked)).iter_attachments()

    assert attached.get_filename() == "granskad-Andring-for-Are-NTjP-PROD-LiV.xlsx"
    assert attached.get_payload(decode=True) == content
    assert attached.get_content_type().endswith("spreadsheetml.sheet")
    assert ending == "xlsx"
    assert "er arbetsbok med cellerna märkta" in text(reply(checked))


def test_unreadable_file_comes_back_with_the_list_alone():
    data = reply(made([some_finding("FIL002", sheet="", cell="", value="", row=0, column=0)], blocked=True))

    assert "Filen är skadad" in text(data)
    assert "- Hela underlaget\n" in text(data)
    assert "en arbetsbok med allt som vi har hittat" in text(data)


def test_without_the_annotated_workbook_nothing_is_reported_about_it():
    data = reply(examine(FAULTY), annotated=False)

    assert list(parsed(data).iter_attachments()) == []
    assert "bifoga" not in text(data).casefold()


def test_right_workbook_gets_a_receipt_with_counts_and_addressees():
    data = reply(examine(altered()))
    body = text(data)

    assert parsed(data)["Subject"].endswith(": kvittens")
    assert "inläsning i NTJP PROD med 2027-03-01 som datum" in body
    assert "3\xa0LOGISKA ADRESSATER LÄGGS TILL" in body
    assert "- SE162321000156-4HVV Vårdcentralen Rud\n" in body
    assert "SE162321000156-4HVV Vårdcentralen Rud" in page(data)
    assert list(parsed(data).iter_attachments()) == []
    assert "FEL" not in body


@pytest.mark.parametrize("count", [MOST_LISTED, MOST_LISTED + 1])
def test_many_addressees_are_listed_in_a_file_instead(count):
    data = reply(made(), Progress(addressees={"add": some_units(count)}))
    files = {part.get_filename(): part for part in parsed(data).iter_attachments()}
    lines = [line for line in text(data).splitlines() if line.startswith("- SE")]

    if count <= MOST_LISTED:
        assert (len(lines), files) == (count, {})
    else:
        content = files["logiska-adressater.csv"].get_payload(decode=True).decode("utf-8-sig")
        assert lines == []
        assert len(content.splitlines()) == count
        assert "logiska-adressater.csv" in text(data)


def test_removal_and_addition_are_distinguished():
    both = {"remove": some_units(2), "add": some_units(3)}
    body = text(reply(made(), Progress(addressees=both)))

    assert "3\xa0LOGISKA ADRESSATER LÄGGS TILL" in body
    assert "2\xa0LOGISKA ADRESSATER TAS BORT" in body


def test_nothing_left_to_order_is_reported():
    assert "ingen rad är kvar att beställa" in text(reply(made(), Progress()))


def test_left_out_rows_come_back_and_the_sums_add_up():
    checked = examine(FAULTY, skip_faulty=True)
    data = reply(checked)
    body = text(data)

    assert parsed(data)["Subject"].endswith(": delvis godkänt, resten behöver rättas")
    assert "Summa: lästa 8, går vidare 6, utelämnade tills vidare 2" in body
    assert f"- Webcert -> Vårdsystem, rad 3: {WRONG} Vårdcentralen Rud (HSA003)" in body
    assert "2\xa0LOGISKA ADRESSATER LÄGGS TILL" in body
    assert "FEL SOM MÅSTE RÄTTAS" in body
    assert "De övriga raderna kan stå kvar" in body


@pytest.mark.parametrize("kinds", [("HSA003",), ("HSA003", "HSA002", "URL006", "ADR004")])
def test_many_findings_are_cut_to_what_a_person_reads(kinds):
    findings = [some_finding(code, cell=f"C{row}", row=row) for code in kinds for row in range(1, 501)]
    body = text(reply(made(findings, blocked=True), annotated=False))
    shown = [line for line in body.splitlines() if line.startswith("   - ")]

    assert len(kinds) * 3 <= len(shown) <= MOST_PLACES
    assert body.count("500\xa0ställen") == len(kinds)
    assert body.count("ställen till") == len(kinds)


def test_a_blank_in_an_address_is_shown_in_place():
    url = "https://vard.example.se/a b"
    data = reply(
        made([some_finding("URL006", value=url, message=f"{url} innehåller mellanslag.")], blocked=True)
    )

    named = "https://vard.example.se/a‹mellanslag›b"
    assert f": {named}\n" in text(data)
    assert f"{named} innehåller" in text(data)


def test_information_is_left_to_the_workbook():
    findings = [some_finding("CEL010", Severity.INFO), some_finding("ADR001", Severity.WARNING)]
    body = text(reply(made(findings)))

    assert "CEL010" not in body
    assert "VARNINGAR ATT SE ÖVER" in body
    assert "Stämmer uppgifterna behöver ni inte göra något" in body


def test_missing_details_are_a_step_without_options_of_commands():
    bare = DETAILS._replace(date=None, case_number=None, orderer=Contact(name=given("Tove")))
    findings = [some_finding(code, Severity.WARNING, message="-") for code in ("BST007", "BST009", "BST013")]
    body = text(reply(made(findings, details=bare), annotated=False))

    assert (
        "Fyll i det som saknas: datum för ändringen; förstudiens ärendenummer; e-post och telefon för "
        "beställaren. Skriv det i fliken Beställning"
    ) in body
    assert "svara på det här mejlet med uppgifterna" in body
    assert "behöver ni inte göra något" not in body


def test_contact_persons_are_not_repeated():
    data = reply(examine(altered()))

    assert not any(word in text(data) + page(data) for word in ("Tove", "Hugo", "Tekla", "070-", "@region"))


def test_texts_of_the_workbook_are_no_markup():
    findings = [some_finding(value="<b>X</b>", sheet="<i>flik</i>")]
    data = reply(made(findings, name="<u>fil</u>.xlsx", blocked=True))

    assert "<b>X</b> " in f"{page(data)} "
    assert "<u>fil</u>.xlsx" in page(data)


def test_same_input_gives_the_same_bytes_and_lines_that_mail_servers_take():
    data = reply(examine(FAULTY))

    assert data == reply(examine(FAULTY))
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 200


def test_a_text_in_place_of_a_detail_counts_as_missing():
    edits = ((4, "TSK-12518", "se mejl"), (4, "Hugo Provsson", "samma som ovan"))
    body = text(reply(examine(altered(*edits)), annotated=False))

    assert "Fyll i det som saknas: förstudiens ärendenummer; namn för huvudansvarig." in body
