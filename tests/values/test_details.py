"""Dates, working days and contact details in forms that the order form accepts."""

import subprocess
import sys
from datetime import date

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.se import orgnr as stdnum_orgnr

from underlag.values import Refusal
from underlag.values.calendar import is_regular_time, parse_date, why_not_working_day
from underlag.values.case_number import clean_case_number, is_case_number
from underlag.values.contact import is_email, is_phone
from underlag.values.orgnr import is_valid
from underlag.values.placeholder import is_no_contact, is_placeholder


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2027-03-01",
            "20270301",
            "2027/03/01",
            "2027.3.1",
            " 2027-03-01 ",
            "2027-03-01 00:00:00",
            "2027-03-01T12:00",
        ),
        *(
            "1 mars 2027",
            "1 Mar 2027",
            "1 mar. 2027",
            "den 1 mars 2027",
            "måndag 1 mars 2027",
            "måndagen den 1 mars 2027",
            "1:a mars 2027",
        ),
    ],
)
def test_a_date_in_any_usual_writing(text):
    assert parse_date(text) == date(2027, 3, 1)


@pytest.mark.parametrize(
    "text", ["15/11 2027", "15/11/2027", "15.11.2027", "271115", "15-11-2027", "27-11-15"]
)
def test_day_and_month_are_distinguished_where_the_day_can_be_no_month(text):
    assert parse_date(text) == date(2027, 11, 15)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/04/2027", "2027-03-04 eller 2027-04-03"),
        ("3.4.2027", "2027-03-04 eller 2027-04-03"),
        ("3/4 2027", "2027-03-04 eller 2027-04-03"),
        ("260227", "2026-02-27 eller 2027-02-26"),
    ],
)
def test_a_date_with_two_readings_is_refused_with_both(text, readings):
    assert parse_date(text) == Refusal("ambiguous", detail=readings)


@pytest.mark.parametrize(
    "text",
    [
        "31/2 2027",
        "13/13 2027",
        "2027-02-30",
        "1 foo 2027",
        "31 april 2027",
        "271301",
        "990230",
        "vecka 9",
        "2027-3/1",
    ],
)
def test_an_impossible_date_is_refused(text):
    assert parse_date(text).reason == "form"


def test_no_date_is_missing():
    assert parse_date(" ") == Refusal("missing")


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)))
@settings(max_examples=100)
def test_a_date_as_iso_writes_it_is_read(day):
    assert parse_date(day.isoformat()) == day


@given(text=st.text(max_size=30))
@settings(max_examples=200)
def test_no_text_raises(text):
    parse_date(text)
    assert {is_email(text), is_phone(text), is_case_number(text)} <= {True, False}
    assert {is_placeholder(text), is_no_contact(text), is_regular_time(text)} <= {True, False}
    clean_case_number(text)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2027-02-15", ""),
        ("2027-02-13", "lördag"),
        ("2027-02-14", "söndag"),
        ("2027-01-06", "trettondedag jul"),
        ("2027-03-26", "långfredagen"),
        ("2027-05-06", "Kristi himmelsfärdsdag"),
        ("2027-06-25", "midsommarafton"),
        ("2026-06-19", "midsommarafton"),
        ("2027-06-26", "midsommardagen"),
        ("2027-12-24", "julafton"),
        ("2027-12-31", "nyårsafton"),
        ("2027-06-18", ""),
        ("2027-12-30", ""),
    ],
)
def test_the_swedish_reason_why_a_day_is_no_working_day(day, reason):
    assert why_not_working_day(date.fromisoformat(day)) == reason


@pytest.mark.parametrize("text", ["anna.exempel@example.se", "it-stod@vard.example.se", "a+b@example.se"])
def test_e_mail_addresses(text):
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anna",
        "anna@example",
        "anna@@example.se",
        "anna exempel@example.se",
        "a@example.se, b@example.se",
        "ånna@example.se",
        ".a@example.se",
        "a@-b.se",
    ],
)
def test_what_is_no_e_mail_address(text):
    assert not is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "070-174 06 05",
        "0701740605",
        "08-465 004 00",
        "+46 8 465 004 00",
        "+46 (0)8-465 004 00",
        "0046 8 465 004 00",
        "(08) 465 004 00",
        "08/465 004 00",
    ],
)
def test_telephone_numbers(text):
    assert is_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345",
        "växeln",
        "08-",
        "+46",
        "070-174 06 05 eller mejl",
        "08-465 004 00 12345 67",
        "465 004 00",
        "(08 465 004 00",
    ],
)
def test_what_is_no_telephone_number(text):
    assert not is_phone(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TSK-12518", "TSK-12518"),
        ("tsk 12518", "TSK-12518"),
        ("TSK12518", "TSK-12518"),
        ("TSK–12518", "TSK-12518"),
        ("TFF-1234", "TFF-1234"),
        ("CS0123456", "CS0123456"),
        ("cs-0123456", "CS0123456"),
        ("inc 0012345", "INC0012345"),
        ("BS14620", "BS-14620"),
        ("Ärendenr: TFF-12", "TFF-12"),
        ("TSK-12518 och tsk12519", "TSK-12518, TSK-12519"),
        ("CS0123456 (förstudie), tsk 12518", "CS0123456, TSK-12518"),
        ("TSK-1\nTSK-2/CS3", "TSK-1, TSK-2, CS3"),
        ("TSK-1, TSK-1", "TSK-1"),
    ],
)
def test_case_numbers_in_any_usual_writing(text, expected):
    cleaned = clean_case_number(text)

    assert cleaned.text == expected
    assert bool(cleaned.changes) == (text != expected)
    assert is_case_number(cleaned.text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12518",
        "TSK-0",
        "REQ0012345",
        "TSK-1, 12519",
        "TSK-1 (avslutad), TSK-2",
        "TSK-12518x",
        "Förstudie LiV",
    ],
)
def test_what_is_no_case_number_stays_as_it_is(text):
    assert clean_case_number(text).text == text.strip()
    assert not is_case_number(text)


@pytest.mark.parametrize(
    "text",
    [
        *("se ovan", "N/A", "kommer", "kommer från Inera", "XXXXX", "TSK-XXXXX", "TSK-", "-", "?", "samma"),
        *("Samma som ovan", "väntar på nummer", "ej klart", "Saknas", "enligt ovan", "tbd", "fylls i senare"),
    ],
)
def test_placeholders(text):
    assert is_placeholder(text)
    assert is_no_contact(text)


@pytest.mark.parametrize(
    "text",
    ["", "Se Eriksson", "Ingen Exempelsson", "IT-support", "TSK-1", "08-465 004 00", "Samma Andersson"],
)
def test_what_is_no_placeholder(text):
    assert not is_placeholder(text)
    assert not is_no_contact(text)


@pytest.mark.parametrize("text", ["kontakta IT", "ring växeln", "<namn>", "[fyll i]"])
def test_an_instruction_whom_to_ask_is_no_contact(text):
    assert is_no_contact(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ordinarie handläggningstid", True),
        ("enligt ordinarie handläggningstid", True),
        ("ordinarie", True),
        ("snarast", False),
        ("", False),
        ("2027-03-01", False),
    ],
)
def test_the_usual_time_instead_of_a_date(text, expected):
    assert is_regular_time(text) is expected


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("holidays", "from underlag.values.calendar import why_not_working_day as f; f(date(2027, 6, 25))"),
        ("stdnum", "from underlag.values.orgnr import is_valid as f; assert f('2321000156')"),
    ],
)
def test_a_small_workbook_does_not_pay_for_what_a_library_can_do_besides(module, code):
    code = f"import sys; from datetime import date; {code}; print({module!r} in sys.modules)"

    process = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], check=True, capture_output=True, encoding="utf-8"
    )

    assert process.stdout.strip() == "False"


def test_public_holidays_are_those_of_the_library():
    known = holidays.Sweden(years=range(2005, 2101), include_sundays=False, language="sv")

    assert len(known) > 1_000
    assert [
        day
        for day, name in known.items()
        if not name.casefold().startswith(why_not_working_day(day).casefold())
    ] == []
    assert all(map(why_not_working_day, known))


def test_years_without_a_table_have_weekends_only():
    assert why_not_working_day(date(2101, 1, 6)) == ""
    assert why_not_working_day(date(2101, 1, 8)) == "lördag"


@pytest.mark.parametrize("series", ["232100", "212000", "556559"])
def test_check_digits_of_common_series_are_those_of_the_library(series):
    numbers = [f"{series}{number:04}" for number in range(10_000)]

    assert [number for number in numbers if is_valid(number)] == list(filter(stdnum_orgnr.is_valid, numbers))
