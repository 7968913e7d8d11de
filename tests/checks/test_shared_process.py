"""A workbook gets the same findings whatever other workbooks its process has read before."""

import gc
import random
from functools import _lru_cache_wrapper

import pytest

from tests.checks.examine import NAME, NOW, QA_NAME, altered
from tests.profiles.test_services import BOOKING, BULK, BULK_NAME
from tests.support.tables import ORDER_SHEET, workbook
from underlag.checks import check
from underlag.options import Options
from underlag.orders.build import make_orders
from underlag.profiles.words.remembered import _Answers
from underlag.reading import read

#: What each says depends on the units, the environment, the region, the day and the profile.
SENTENCES = (
    "Granliden hör ihop med Torsby",
    "Gäller QA",
    "Gäller PROD",
    "Rud tillhör Region Dalarna",
    "Se rad 3",
    "Ta bort SE162321000156-4HVV",
    "Rud hör ihop med Torsby",
    "Startar 1 mars",
    "Kör den 2027-03-01",
    "3 enheter",
    "Gäller SLL PROD",
    "Gäller LiV QA",
)
OTHER_UNITS = [
    (number, old, new)
    for number in (2, 3)
    for old, new in (("4HVV", "5KXX"), ("Vårdcentralen Rud", "Granlidens vårdcentral"))
]
#: Name, text and options of workbooks that differ in all that an answer may depend on.
KINDS = (
    (NAME, altered(), {}),
    (NAME, altered(*OTHER_UNITS), {}),
    (NAME.replace("LiV", "Dalarna"), altered((4, "| LiV ", "| Dalarna ")), {}),
    (QA_NAME, altered((4, "| PROD ", "| QA ")), {}),
    (NAME, altered((4, "2027-03-01", "1 mars"), (4, "TSK-12518", "12518")), {}),
    (NAME, altered((4, "2027-03-01", "1 mars")), {"now": NOW.replace(year=2028)}),
    (NAME, altered((3, "4HVV", "4HVv"), (2, "SE162321000156-4HVX", "4HVX")), {"skip_faulty": True}),
    (NAME, altered(), {"environment": "QA", "date": "2027-03-06"}),
    (BULK_NAME, BULK + ORDER_SHEET, {"profile": "bulktakning"}),
    ("Underlag för tidbokning PROD-LiV.xlsx", BOOKING + ORDER_SHEET, {"profile": "tidbokning"}),
)


def outcome(name, content, options):
    asked = Options(**{"now": NOW, **options})
    checked = check(read(content, asked, name=name), asked)
    findings = [(f.code, f.severity, f.sheet, f.cell, f.value, f.message) for f in checked.findings]
    orders = () if checked.blocked else make_orders(checked)
    return findings, [(sheet.sheet, item.at, item.asked) for sheet, item in checked.account.items()], orders


def forget():
    """Empty every memory of answers, as in a process that has just begun."""
    for one in gc.get_objects():
        if isinstance(one, _lru_cache_wrapper) and one.__module__.startswith("underlag"):
            one.cache_clear()
        elif isinstance(one, _Answers):
            one.clear()
            one._older.clear()


@pytest.fixture(scope="module")
def books():
    found = []
    for at, (name, text, options) in enumerate(KINDS):
        for sentence in ("", *SENTENCES[at % 2 :: 2]):
            content = workbook(f"{text}| {sentence} |\n")
            found.append((name, content, options))
    return found


@pytest.fixture(scope="module")
def alone(books):
    found = []
    for one in books:
        forget()
        found.append(outcome(*one))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_earlier_workbooks_change_no_answer(books, alone, seed):
    order = random.Random(seed).sample(range(len(books)), len(books))  # noqa: S311 - no secret
    forget()

    differing = [books[at][0] for at in order if outcome(*books[at]) != alone[at]]

    assert differing == []
