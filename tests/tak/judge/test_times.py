"""Remarks on the times of TAK orders made elsewhere."""

from datetime import date

import pytest

from tests.tak.judge.judged_orders import GOOD, changed, found, judged
from underlag.tak.judge import Weight
from underlag.tak.judge.moment import days_of, parse_moment


@pytest.mark.parametrize(
    "text",
    ["2022-12-14T12:00:00+0000", "2022-12-14T12:00:00+0100", "2022-12-14T12:00:00 CET", "2022-12-14T12:00:00CET",
     "2022-12-14T12:00:00GMT+01:00", " 2022-12-14T12:00:00+0100", "2022-12-14T12:00:00+0100 skräp", "2022-12-14T9:5:1+0100"],
)  # fmt: skip
def test_times_that_java_reads(text):
    assert days_of(parse_moment(text)) == (date(2022, 12, 14), date(2022, 12, 14))


@pytest.mark.parametrize(
    "text",
    ["2022-12-14T12:00:00+01:00", "2022-12-14T12:00:00Z", "2022-12-14T12:00:00", "2022-12-14T12:00:00.000+0100",
     "2022-12-14", "2022-12-14 12:00:00+0100", "1671015600000", "2019-01-11", "i morgon", "2022-12-14T12:00:00+2400"],
)  # fmt: skip
def test_times_that_java_refuses(text):
    assert isinstance(parse_moment(text), str)
    verdict = judged(changed(lambda o: o.update(genomforandeTidpunkt=text)))
    assert found(verdict, Weight.REFUSED) == {("tid-ogiltig", "genomforandeTidpunkt")}


@pytest.mark.parametrize(
    ("value", "rules_met", "day"),
    [
        ("2026-13-45T12:00:00+0100", {"tid-omraknad"}, date(2027, 2, 14)),
        ("2026-12-14T25:61:00+0100", {"tid-omraknad", "tid-flyttas"}, date(2026, 12, 15)),
        ("2026-03-01T00:00:00+0100", {"tid-flyttas"}, date(2026, 2, 28)),
        ("2026-07-01T23:30:00+0100", {"tid-flyttas"}, date(2026, 7, 1)),
        ("2026-07-01T12:00:00+0200", set(), date(2026, 7, 1)),
        (1798801200000, {"tid-millisekunder"}, date(2027, 1, 1)),
        ("22-12-14T12:00:00+0000", {"genomforande-utan-verkan"}, date(22, 12, 14)),
        ("1926-12-14T12:00:00+0100", {"genomforande-utan-verkan"}, date(1926, 12, 14)),
        ("2022-12-14T12:00:00+0100", {"genomforande-forflutet"}, date(2022, 12, 14)),
        ("2028-02-02T12:00:00+0100", set(), date(2028, 2, 2)),
        ("2028-02-29T12:00:00+0100", {"genomforande-langt-fram"}, date(2028, 2, 29)),
        ("9899-12-31T12:00:00+0100", {"genomforande-langt-fram"}, date(9899, 12, 31)),
        ("2026-12-14T12:00:00+0100Z", {"tid-svans"}, date(2026, 12, 14)),
    ],
)
def test_the_first_day_of_an_order(value, rules_met, day):
    verdict = judged(changed(lambda o: o.update(genomforandeTidpunkt=value)))

    assert verdict.day == day
    if rules_met != {"tid-omraknad", "tid-flyttas"}:
        assert {r.rule for r in verdict.remarks} == rules_met
    else:
        assert "tid-omraknad" in {r.rule for r in verdict.remarks}
    assert verdict.loads


def test_the_day_is_far_from_the_one_on_which_the_order_is_loaded():
    assert found(judged(GOOD, today=date(2029, 1, 1))) == {("genomforande-forflutet", "genomforandeTidpunkt")}
    assert judged(GOOD, today=date(2027, 3, 1)).remarks == []


@pytest.mark.parametrize("value", ["", "  ", None])
@pytest.mark.parametrize("name", ["genomforandeTidpunkt", "bestallningsTidpunkt"])
def test_a_missing_time_crashes_tak_web(name, value):
    verdict = judged(changed(lambda o: o.update({name: value})))

    assert verdict.answer[0] == "RUNTIME ERROR:::"
    assert verdict.answer[1].endswith("null")


@pytest.mark.parametrize(
    ("value", "rule"),
    [("12027-02-01T12:00:00+0100", "ar-for-stort"), (253402300800000, "ar-for-stort"),
     ("9900-01-01T12:00:00+0100", "slutdatum-ryms-inte")],
)  # fmt: skip
def test_a_year_that_neither_tak_web_nor_its_database_takes(value, rule):
    verdict = judged(changed(lambda o: o.update(genomforandeTidpunkt=value)))

    assert found(verdict, Weight.REFUSED) == {(rule, "genomforandeTidpunkt")}
    assert judged(changed(lambda o: o.update(bestallningsTidpunkt=value))).loads


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027--02-01T12:00:00+0000", date(2026, 10, 1)),
        ("2027-02--1T12:00:00+0000", date(2027, 1, 30)),
        ("2027-02-01T-1:00:00+0000", date(2027, 1, 31)),
        ("-2027-02-01T12:00:00+0000", date(2028, 2, 1)),
        ("0000-02-29T12:00:00+0000", date(1, 3, 1)),
        ("٢٠٢٧-02-01T12:00:00PST", date(2027, 2, 1)),
        ("4294969323-02-01T12:00:00 GMT+1", date(2027, 2, 1)),
    ],
)
def test_odd_times_that_java_reads_all_the_same(text, day):
    assert days_of(parse_moment(text))[0] == day
