"""Orders with the verdict and messages of a running tak-web, which the judge predicts.

`data/verdicts.jsonl.gz` holds one order a line: `order` (or `order_hex`, its bytes), whether REST accepted it and with
which messages, and the same for the page (null where it was not tried). The TAK was all but empty
(`data/takdump_empty.json`), with the profiles RIVTABP20 and RIVTABP21, and its platform was NTJP-PROD.
"""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from underlag.tak.holdings.export import read_catalogue
from underlag.tak.judge import judge

DATA = Path(__file__).parent / "data"
DAY = date(2027, 2, 1)
#: The message quotes the bytes that the database rejected and the name of the database.
OTHER_MESSAGES = {"combo/96 char/beskr '😀' + type/utforare=float"}


@pytest.fixture(scope="module")
def judged():
    catalogue = read_catalogue(DATA / "takdump_empty.json", day=DAY).catalogue
    with gzip.open(DATA / "verdicts.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [(row, judge(_content(row), catalogue, "NTJP-PROD", DAY)) for row in rows]


def _content(row):
    if "order_hex" in row:
        return bytes.fromhex(row["order_hex"])
    return row["order"].encode("utf-8", "surrogatepass")


def test_the_verdict_is_that_of_the_page_or_of_rest(judged):
    wrong = [
        row["name"] for row, verdict in judged if verdict.loads not in {row["accepted"], row["page_accepted"]}
    ]

    assert len(judged) == 1191
    assert wrong == []


def test_each_way_has_its_own_verdict(judged):
    rest = [row["name"] for row, verdict in judged if verdict.ways["json"] is not row["accepted"]]
    page = [
        row["name"] for row, verdict in judged if row["page_accepted"] not in {None, verdict.ways["sida"]}
    ]

    assert rest == []
    assert page == []


def test_the_messages_are_those_of_rest(judged):
    refused = [(row, verdict) for row, verdict in judged if not row["accepted"]]
    other = {row["name"] for row, verdict in refused if sorted(verdict.answer) != sorted(row["messages"])}

    assert len(refused) > 800
    assert other == OTHER_MESSAGES
