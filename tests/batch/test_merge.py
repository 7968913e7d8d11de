"""Merged orders: all that is ready, each row once, split and undoable like single orders."""

from array import array

import orjson
from python_calamine import CalamineWorkbook

from tests.batch.books import NOW, batch, book, put
from underlag.batch.ledger.packed_rows import PackedRow, pack, unpack
from underlag.batch.loads.orders import merge
from underlag.batch.loads.row_table import LoadRows, RowColumns, Source, table_of
from underlag.checks import check
from underlag.documents.mails.review import review
from underlag.options import Options
from underlag.orders.build import make_orders
from underlag.reading import read
from underlag.tak.judge import judge
from underlag.tak.orders.order import TakOrder

OPTIONS = Options(now=NOW)


def checked_of(content: bytes):
    return check(read(content, OPTIONS, name="Underlag.xlsx"), OPTIONS)


def load_rows(*books: bytes) -> LoadRows:
    """Return the rows of workbooks in the form of a load; workbook n has the case number TSK-n and the region Rn."""
    heads, contracts, units, sheets, parties = {}, {}, {}, {}, {}
    rows = []
    for at, content in enumerate(books):
        checked = checked_of(content)
        packed = unpack(pack(checked, make_orders(checked), review(checked)))
        parties |= {party.hsa_id: party for party in packed.parties}
        rows += [
            (
                at,
                heads.setdefault(row.head, len(heads)),
                contracts.setdefault(row.contract, len(contracts)),
                units.setdefault((row.unit, row.name), len(units)),
                sheets.setdefault(row.sheet, len(sheets)),
                row.cell,
            )
            for row in map(PackedRow, *packed.rows)
        ]
    *numbers, cells = zip(*rows, strict=True)
    sources = [Source(n + 1, f"{n}.xlsx", n + 1, f"R{n}", f"TSK-{n}") for n in range(len(books))]
    return LoadRows(
        RowColumns(*(array("i", column) for column in numbers), list(cells)),
        dict(enumerate(sources)),
        *(dict(enumerate(named)) for named in (heads, contracts, units, sheets)),
        list(parties.values()),
    )


def merged(*books: bytes, most: int = 5000):
    return merge(table_of(load_rows(*books)), "PROD", most=most)


def routes(order) -> set[tuple]:
    return {
        (order.kind, order.action, order.component, order.address(c), order.consumers, c.title, a)
        for c in order.contracts
        for a in order.addressees
    }


def test_every_row_that_was_read_is_packed_with_its_cell():
    checked = checked_of(book(("A1", "A2")))

    packed = unpack(pack(checked, make_orders(checked), review(checked)))

    assert [(row.sheet, row.cell, row.unit, row.fault) for row in map(PackedRow, *packed.rows)] == [
        ("Vårdsystem -> Webcert", "D2", "5565594230-WEBCERT", ""),
        ("Vårdsystem -> Webcert", "D3", "5565594230-WEBCERT", ""),
        ("Webcert -> Vårdsystem", "F2", "SE162321000156-A1", ""),
        ("Webcert -> Vårdsystem", "F3", "SE162321000156-A2", ""),
        ("Intygstjänsten -> Webcert", "E2", "SE162321000156-A1", ""),
        ("Intygstjänsten -> Webcert", "E3", "SE162321000156-A2", ""),
    ]
    assert {row.name for row in map(PackedRow, *packed.rows)} == {
        "Inera - Webcert",
        "Tolkcentralen Värmland",
        "Vårdcentralen Rud",
    }


def test_row_that_is_not_ordered_is_packed_with_the_reason():
    checked = checked_of(book(("A1", "4HVV"), change=(("SE162321000156-4HVV |", "SE162321000165-4HVV |"),)))

    packed = unpack(pack(checked, (), review(checked)))

    assert len(packed.rows.cell) == 6
    assert all(row.is_faulty for row in map(PackedRow, *packed.rows))
    by_cell = {(row.sheet, row.cell): row.fault for row in map(PackedRow, *packed.rows)}
    assert by_cell["Webcert -> Vårdsystem", "F3"].startswith("HSA")
    assert by_cell["Webcert -> Vårdsystem", "F2"] == "arbetsboken"


def test_one_workbook_merged_is_the_workbook_itself():
    single = make_orders(checked_of(book()))
    together = [one.order for one in merged(book())]

    assert [routes(order) for order in together] == [routes(order) for order in single]
    assert [(o.number, o.total, o.day, o.flow, o.bulk) for o in together] == [
        (o.number, o.total, o.day, o.flow, o.bulk) for o in single
    ]


def test_rows_of_several_workbooks_are_put_together_by_place():
    together = merged(
        book(("A1", "A2")), book(("B1",)), book(("C1",), change=(("2027-03-01", "2027-03-02"),))
    )

    found = [(o.order.flow.key, o.order.day.isoformat(), len(o.order.addressees), o.books) for o in together]
    by_day = {(key, day): (count, books) for key, day, count, books in found}
    assert {books for (_, day), (_, books) in by_day.items() if day == "2027-03-01"} == {(0, 1)}
    assert {books for (_, day), (_, books) in by_day.items() if day == "2027-03-02"} == {(2,)}
    assert sorted(count for (_, day), (count, _) in by_day.items() if day == "2027-03-01") == [1, 3, 3]


def test_the_header_has_all_case_numbers_and_a_single_region():
    cases = [book((f"A{n}",)) for n in range(5)]

    of_all = merged(*cases)[0].order.details
    of_one = merged(cases[0])[0].order.details

    assert (of_all.case_number.text, of_all.region) == ("TSK-0, TSK-1, TSK-2 m.fl.", None)
    assert (of_one.case_number.text, of_one.region.text) == ("TSK-0", "R0")


def test_many_addressees_become_several_orders_with_every_row_once():
    whole = merged(book(("A1", "A2", "A3")), book(("B1", "B2")))
    cut = merged(book(("A1", "A2", "A3")), book(("B1", "B2")), most=2)

    assert [len(one.order.addressees) for one in cut] == [1, 2, 2, 1, 2, 2, 1]
    assert [one.order.number for one in cut] == [1, 2, 3, 4, 5, 6, 7]
    assert set().union(*(routes(one.order) for one in cut)) == set().union(
        *(routes(one.order) for one in whole)
    )


def test_load_holds_orders_that_tak_web_accepts_and_their_undos(tmp_path):
    inbox = put(
        tmp_path / "in",
        {
            "a.xlsx": book(("A1", "A2")),
            "b.xlsx": book(("B1",), region="VGR"),
            "fel.xlsx": book(("F1", "4HVV"), region="Fel", change=(("156-4HVV |", "165-4HVV |"),)),
        },
    )

    batch(inbox, tmp_path / "ut")

    folder = tmp_path / "ut/inlasningar/0001-PROD"
    names = sorted(path.name for path in (folder / "tak").iterdir())
    assert names == ["aterstall-1.json", "bestallning-1.json"]
    order, undo = (
        (folder / "tak/bestallning-1.json").read_bytes(),
        (folder / "tak/aterstall-1.json").read_bytes(),
    )
    for content in (order, undo):
        TakOrder.model_validate_json(content)
        assert judge(content).loads
    made, undone = orjson.loads(order), orjson.loads(undo)
    assert made["inkludera"]["vagval"] == undone["exkludera"]["vagval"]
    assert made["inkludera"]["anropsbehorigheter"] == undone["exkludera"]["anropsbehorigheter"]
    loaded = {row["logiskAdress"] for row in made["inkludera"]["vagval"]}
    assert loaded == {f"SE162321000156-{end}" for end in ("A1", "A2", "B1")}
    sheets = CalamineWorkbook.from_path(folder / "kundservice/logiska-adressater.xlsx")
    assert len(sheets.get_sheet_by_index(0).to_python()) == 4
    report = orjson.loads((folder / "rapport.json").read_bytes())
    assert report["bestallningar"][1]["arbetsbocker"] == ["a.xlsx", "b.xlsx"]
    assert report["bestallningar"][1]["arenden"] == [1, 2]
    assert {tuple(one["filer"]) for one in report["bestallningar"]} == {
        ("tak/aterstall-1.json", "tak/bestallning-1.json")
    }
    assert {file["namn"] for file in report["filer"]} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    } - {"rapport.json"}


def test_page_of_a_load_says_where_each_row_comes_from(tmp_path):
    batch(put(tmp_path / "in", {"a.xlsx": book(("A1", "A2"))}), tmp_path / "ut")

    folder = tmp_path / "ut/inlasningar/0001-PROD"
    page = (folder / "sida.html").read_text(encoding="utf-8")
    lines = (folder / "rader.csv").read_text(encoding="utf-8-sig").splitlines()

    assert "a.xlsx" in page
    assert "Webcert -&gt; Vårdsystem F3" in page
    assert len(lines) == 1 + 6
    assert lines[4].endswith(";1;Region Värmland;TSK-12518;1;a.xlsx;Webcert -> Vårdsystem;F3")
