"""What reading keeps of a large file: no object for each cell, nothing of a refused file, no work for each pair."""

import gc
import weakref
from importlib import import_module

import pytest

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.columns import DistinctTexts, Field
from underlag.options import Options
from underlag.reading import read
from underlag.reading.formats.grid import Sheet
from underlag.reading.formats.refusal import UnreadableError

READ = import_module("underlag.reading.read_workbook")
OPTIONS = Options(environment="PROD")


@pytest.fixture
def collector_off():
    gc.disable()
    yield
    gc.enable()


def wide(columns, rows):
    """Return a workbook with columns of remarks next to its second table, all cells different."""
    head, *lines = STANDARD.partition("## Webcert -> Vårdsystem\n")[2].partition("\n## ")[0].splitlines()
    lines += [lines[-1].replace("4HVV", f"{4000 + row}") for row in range(rows)]
    table = [head + " | ".join(f" Anmärkning {column}" for column in range(columns)) + " |"]
    table += [
        line + " | ".join(f" Se {column}/{row}" for column in range(columns)) + " |"
        for row, line in enumerate(lines)
    ]
    before, name, after = STANDARD.partition("## Webcert -> Vårdsystem\n")
    rest = "\n## " + after.partition("\n## ")[2]
    return workbook(before + name + "\n".join(table) + rest + ORDER_SHEET)


def test_distinct_texts_have_their_cells_in_order():
    texts = DistinctTexts("Blad", 3, [(2, "a"), (3, "b"), (4, "a"), (7, "a")])

    assert list(texts) == ["a", "b"]
    assert len(texts) == 2
    assert texts["a"] == [Field("a", "Blad", row, 3) for row in (2, 4, 7)]
    assert dict(texts) == {"a": texts["a"], "b": [Field("b", "Blad", 3, 3)]}
    assert not DistinctTexts("Blad", 3, [])
    with pytest.raises(KeyError):
        texts["c"]


def test_cells_of_unknown_columns_are_kept_as_numbers(collector_off):
    reading = read(wide(6, 30), OPTIONS, name=NAME)
    items = [item for _, item in reading.account.items() if item.at.text.startswith("Anmärkning")]

    assert len(items) == 6
    assert all(len(item.values) >= 30 for item in items)
    kept = [one for item in items for one in gc.get_referents(item.values, *gc.get_referents(item.values))]
    assert kept
    assert not any(isinstance(one, Field) for one in kept)


class Counted(list):
    times = 0

    def __iter__(self):
        Counted.times += 1
        return super().__iter__()


@pytest.mark.parametrize("count", [3, 30])
def test_merged_areas_are_not_gone_through_for_each_column(monkeypatch, count):
    monkeypatch.setattr(Counted, "times", 0)
    real = Sheet.__init__

    def init(self, *values, **named):
        real(self, *values, **named)
        self.merged = Counted(self.merged)

    monkeypatch.setattr(Sheet, "__init__", init)
    read(wide(count, 5), OPTIONS, name=NAME)

    assert 0 < Counted.times < 60


def test_nothing_of_a_refused_file_is_kept(monkeypatch, collector_off):
    kept = []

    class Large:
        pass

    def refuse(*_):
        large = Large()
        kept.append(weakref.ref(large))
        raise UnreadableError("FIL004")

    monkeypatch.setattr(READ, "_read_grid", refuse)
    reading = read(workbook(STANDARD), OPTIONS, name=NAME)

    assert [one.code for one in reading.findings][:1] == ["FIL004"]
    assert [one() for one in kept] == [None]
