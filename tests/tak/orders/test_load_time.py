"""How long loading takes: stated for a load, and for an order in several parts."""

from dataclasses import replace

import orjson
import pytest

from tests.batch.books import batch, book, put
from tests.tak.orders.some_orders import OPTIONS, producer_order, units
from underlag.tak.orders.files import tak_files
from underlag.tak.orders.load_time import LoadTime, load_time

FULL = 1_480_000


@pytest.mark.parametrize(
    ("sizes", "seconds"),
    [
        ([FULL], (7, 20)),
        ([FULL * 400 // 1540], (2, 2)),
        ([FULL * 800 // 1540], (4, 5)),
        ([FULL] * 150, (1050, 3000)),
        ([FULL // 10] * 10, (7, 7)),
        ([300], (1, 1)),
        ([], (1, 1)),
    ],
)
def test_time_grows_with_the_size_and_again_with_its_square(sizes, seconds):
    assert load_time(sizes) == seconds


def test_long_times_are_stated_in_minutes():
    assert "omkring 18\N{NO-BREAK SPACE}minuter" in LoadTime(1050, 3000).sentence
    assert "50\N{NO-BREAK SPACE}minuter om samma filer" in LoadTime(1050, 3000).sentence
    assert "omkring 1\N{NO-BREAK SPACE}sekund i" in LoadTime(1, 2).sentence


def test_the_report_states_it_for_an_order_in_several_parts():
    order = producer_order(units(40))

    assert not any("tar omkring" in text for text in tak_files(order, OPTIONS).notes.sentences)
    parts = tak_files(order, replace(OPTIONS, largest_part=10_000)).notes.sentences
    assert sum("tar omkring" in text for text in parts) == 1


def test_a_load_states_it(tmp_path):
    batch(put(tmp_path / "in", {"a.xlsx": book()}), tmp_path / "ut")

    folder = tmp_path / "ut/inlasningar/0001-PROD"
    assert orjson.loads((folder / "rapport.json").read_bytes())["inlasningstid"] == {"ny": 1, "igen": 1}
    assert "Inläsningen tar omkring 1\N{NO-BREAK SPACE}sekund" in (folder / "sida.html").read_text("utf-8")
