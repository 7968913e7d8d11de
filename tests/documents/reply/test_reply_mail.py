"""The draft to the region, parsed as by a mail program."""

import email
import email.policy
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.checks.examine import NOW, altered, examine
from tests.documents.examples import DETAILS, given, some_finding
from tests.documents.examples import checked as made
from underlag.documents.annotated_workbook import annotated_workbook
from underlag.documents.lists.addressees import listed
from underlag.documents.mails.eml import Headers
from underlag.documents.mails.progress import OrderLine, Progress, Statement, SumRow, Unread
from underlag.documents.mails.reply import MOST_LISTED, Answered, reply_mail
from underlag.documents.mails.reply_findings import MOST_PLACES
from underlag.documents.mails.reply_lead import Arrival, Occasion
from underlag.documents.mails.review import Review, review
from underlag.findings import Severity
from underlag.orders import make_orders
from underlag.orders.order import Addressee
from underlag.values.contact import Mailbox
from underlag.workbook import Contact

WRONG = "SE162321000165-4HVV"
FAULTY = altered((2, "SE162321000156-4HVV", WRONG), (3, "SE162321000156-4HVV", WRONG))
PERSON = "19121212-1212"
NO_HEADERS = Headers()


def some_units(count):
    """Return units as addressees."""
    return tuple(Addressee(f"SE162321000156-{number:04X}", f"Enhet {number}") for number in range(count))


def going(checked):
    """Return the progress of a workbook all of whose rows that may be ordered go on."""
    rows = checked.entries.items()
    sums = [
        SumRow(
            flow.spec.title,
            len(flow.entries),
            ordered := 0 if checked.blocked else sum(len(e) for key, e in rows if key == flow.spec.key),
            returned=len(flow.entries) - ordered,
        )
        for flow in checked.underlag.flows
    ]
    total = Progress(tuple(sums)).total
    orders = [] if checked.blocked else make_orders(checked)
    return Progress(
        tuple(sums),
        addressees={"add": tuple(listed(orders, "add"))},
        is_complete=total.read == total.ordered > 0,
    )


def reply(checked, progress=None, *, annotated=True, headers=NO_HEADERS, unread=()):
    file = annotated_workbook(checked) if annotated else None
    answered = Answered(review(checked), progress or going(checked), Arrival(), file)
    return reply_mail(headers, [answered], unread, NOW)


def parsed(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def text(data):
    return parsed(data).get_body(("plain",)).get_content().replace("\r\n", "\n")


class Words(HTMLParser):
    """The visible words of the page, and the tags that are open at its end."""

    def __init__(self):
        super().__init__()
        self.words, self.open = [], []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - the parser calls it so
        if tag not in {"br", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "title" not in self.open:
            self.words += data.split()


def page(data):
    words = Words()
    words.feed(parsed(data).get_body(("html",)).get_content())
    assert not words.open
    return " ".join(words.words)


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
        if line.isupper() or ("tillbaka" in line and "lästa" in line) or line.startswith("Beställning "):
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
    assert "Summa: 8 lästa, 6 går vidare, 2 tillbaka" in body
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


def test_personal_numbers_are_nowhere_in_the_mail():
    text_with_person = altered(
        (2, "SE162321000156-4HVV", PERSON),
        (2, "Vårdcentralen Rud", f"Tolvan {PERSON}"),
        (3, "SendMessageToCare v2", "121212-1212"),
        (4, "TSK-12518", "1212121212"),
    )
    name = f"Underlag {PERSON} NTjP PROD-LiV.xlsx"
    for skip_faulty in (False, True):
        data = reply(examine(text_with_person, name, skip_faulty=skip_faulty))
        message = parsed(data)
        said = [text(data), page(data), message["Subject"]]
        said += [part.get_filename() for part in message.iter_attachments()]

        assert not any("1212" in part for part in said)
        assert "(personnummer)" in said[0]
        assert "Radera mejlet som ni skickade" in said[0]


@pytest.mark.parametrize("skip_faulty", [False, True])
@pytest.mark.parametrize("edit", [("SE162321000156-4HVV", PERSON), ("Vårdcentralen Rud", f"Tolvan {PERSON}")])
def test_a_workbook_with_a_personal_number_is_not_sent_on(edit, skip_faulty):
    data = reply(examine(altered((2, *edit), (3, "SE162321000156-4HVX", WRONG)), skip_faulty=skip_faulty))
    body = text(data)

    assert list(parsed(data).iter_attachments()) == []
    assert "är inte bifogad: den innehåller ett personnummer" in body
    assert "finns hos kundservice" in body
    assert "Ta bort personnumret ur er egen arbetsbok" in body
    assert "Skicka in arbetsboken igen" in body
    assert "mottagaren" not in body
    assert "bifogade" not in body


def test_lists_contain_no_personal_numbers():
    units = (Addressee("SE162321000156-4HVT", f"Tolvan {PERSON}"), *some_units(MOST_LISTED))
    (attached,) = parsed(
        reply(made(), Progress(addressees={"add": units}), annotated=False)
    ).iter_attachments()

    assert "Tolvan (personnummer)" in attached.get_payload(decode=True).decode("utf-8-sig")


def test_missing_details_are_a_step_without_options_of_commands():
    bare = replace(DETAILS, date=None, case_number=None, orderer=Contact(name=given("Tove")))
    findings = [some_finding(code, Severity.WARNING, message="-") for code in ("BST007", "BST009", "BST013")]
    body = text(reply(made(findings, details=bare), annotated=False))

    assert (
        "Fyll i det som saknas: datum för ändringen; förstudiens ärendenummer; e-post och telefon för "
        "beställaren. Skriv det i fliken Beställning"
    ) in body
    assert "svara på det här mejlet med uppgifterna" in body
    assert "behöver ni inte göra något" not in body


def test_organisation_numbers_in_ids_are_no_personal_numbers():
    findings = [some_finding(value="SE1212121212-A1", message="SE1212121212-A1 och 5565594230 finns.")]

    assert "SE1212121212-A1 och 5565594230 finns." in text(reply(made(findings, blocked=True)))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("tove@region.example.se", "tove@region.example.se"),
        ("tove@region", None),
        ("a@example.se, b@example.se", None),
        ("x@example.se\r\nBcc: y@example.se", None),
        ("", None),
    ],
)
def test_a_reply_that_answers_no_mail_goes_to_the_orderer(stated, expected):
    details = replace(DETAILS, orderer=Contact(name=given("Tove"), email=given(stated) if stated else None))
    message = parsed(reply(made(details=details)))

    assert message["To"] == expected
    assert message["Bcc"] is None


def test_a_reply_to_a_mail_has_its_people_and_its_thread():
    long = f"<{'a' * 240}@example.se>"
    headers = Headers(
        "SV: Underlag CS123456",
        (Mailbox("anna.test@example.se", "Åsa, Anna"),),
        (Mailbox("bo@example.se"), Mailbox("ingen"), Mailbox("c@example.se", "C\r\nBcc: d@example.se")),
        ("<b@example.se>", long),
        ("<a@example.se>", "<b@example.se>", long),
    )
    data = reply(examine(altered()), headers=headers)
    message = parsed(data)

    assert message["Subject"] == "SV: Underlag CS123456"
    assert [(a.addr_spec, a.display_name) for a in message["To"].addresses] == [
        ("anna.test@example.se", "Åsa, Anna")
    ]
    assert [a.addr_spec for a in message["Cc"].addresses] == ["bo@example.se", "c@example.se"]
    assert message["Bcc"] is None
    assert message["In-Reply-To"].split() == ["<b@example.se>", long]
    assert message["References"].split() == ["<a@example.se>", "<b@example.se>", long]
    assert max(map(len, data.split(b"\r\n"))) <= 998


def test_several_workbooks_have_a_section_each_and_attachments_of_their_own():
    checked = examine(FAULTY)
    one = Answered(review(checked), going(checked), Arrival(), annotated_workbook(checked))
    data = reply_mail(NO_HEADERS, [one, one], [Unread("två.zip", "är skyddad med lösenord")], NOW)
    names = [part.get_filename() for part in parsed(data).iter_attachments()]
    body = text(data)

    assert len(set(names)) == len(names) == 2
    assert all(f"Öppna den bifogade filen {name}." in body for name in names)
    assert body.count("Vi har granskat underlaget och hittat 2\xa0fel.") == 2
    assert "- två.zip är skyddad med lösenord.\n" in body
    assert "två.zip är skyddad med lösenord." in page(data)


@pytest.mark.parametrize(
    ("occasion", "expected"),
    [
        (Occasion.AGAIN, "är detsamma som vi tog emot 2027-01-08, och räknas en gång."),
        (Occasion.NEWS, "Det här gäller underlaget u.xlsx, som vi tog emot 2027-01-08."),
    ],
)
def test_a_later_reply_says_when_the_workbook_came(occasion, expected):
    waits = Progress(
        (SumRow("Webcert -> Vårdsystem", 2, 1, waiting=1),),
        (Statement("1 adressat väntar.", ("SE162321000156-4HVT",), "… och 3 till"),),
        (OrderLine("Tjänsteproducent SE162321000156-B3K", "Kontrakt v1", "1 adressat"),),
        asks=True,
    )
    answered = Answered(Review("u.xlsx"), waits, Arrival(occasion, "2027-01-08"))
    data = reply_mail(NO_HEADERS, [answered], (), NOW)
    body = text(data)

    assert expected in body
    assert "1 adressat väntar.\n- SE162321000156-4HVT\n… och 3 till\n" in body
    assert "Summa: 2 lästa, 1 går vidare, 1 väntar\n" in body
    assert "Svara på det här mejlet med vad som gäller" in body
    assert "Kontrakt v1" in page(data)


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
