"""Merged orders: everything that is right, each row once, split and undoable as the single ones."""

import orjson
from python_calamine import CalamineWorkbook

from tests.batch.books import NOW, batch, book, put
from underlag.batch.merged.conflicts import find_route_conflicts
from underlag.batch.merged.orders import merge
from underlag.batch.merged.row_table import Source, gather
from underlag.batch.merged.stored_rows import pack, unpack
from underlag.checks import check
from underlag.options import Options
from underlag.orders import make_orders
from underlag.reading import read
from underlag.tak.judge import judge
from underlag.tak.orders.order import TakOrder


def orders_of(content: bytes):
    options = Options(now=NOW)
    return make_orders(check(read(content, options, name="Underlag.xlsx"), options))


def gathered(*books: bytes):
    packed = {str(n): pack([], orders_of(content)) for n, content in enumerate(books)}
    sources = [Source(f"{n}.xlsx", "intygstjanster", f"R{n}", f"TSK-{n}", str(n)) for n in range(len(books))]
    rows = gather(sources, packed.__getitem__)
    return rows, find_route_conflicts(rows, "PROD")


def merged(*books: bytes, most: int = 5000):
    rows, judged = gathered(*books)
    return merge(rows, judged.right, "PROD", most=most)


def routes(order) -> set[tuple]:
    return {
        (
            order.kind,
            order.action,
            order.component,
            order.address(c),
            order.consumers,
            c.title,
            a,
        )
        for c in order.contracts
        for a in order.addressees
    }


def test_orders_survive_being_packed():
    orders = orders_of(book())

    stored = unpack(pack(["E1"], orders))

    assert stored.units == ["E1"]
    assert [(one.flow, one.component, one.consumers) for one in stored.orders] == [
        (order.flow.key, order.component, order.consumers) for order in orders
    ]
    assert [[*map(tuple, order.addressees)] for order in orders] == [one.addressees for one in stored.orders]


def test_one_workbook_merged_is_the_workbook_itself():
    single = orders_of(book())
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


def test_case_numbers_of_all_and_the_region_of_one_stand_in_the_head():
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


def test_samlad_holds_orders_that_tak_web_takes_and_their_undos(tmp_path):
    inbox = put(
        tmp_path / "in",
        {
            "a.xlsx": book(("A1", "A2")),
            "b.xlsx": book(("B1",), region="VGR"),
            "fel.xlsx": book(("F1", "4HVV"), region="Fel", change=(("156-4HVV |", "165-4HVV |"),)),
        },
    )

    batch(inbox, tmp_path / "ut")

    folder = tmp_path / "ut/samlad/PROD"
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
    assert {tuple(one["filer"]) for one in report["bestallningar"]} == {
        ("tak/aterstall-1.json", "tak/bestallning-1.json")
    }
    assert {file["namn"] for file in report["filer"]} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    } - {"rapport.json"}


def test_persons_own_files_in_samlad_stay_when_it_is_made_anew(tmp_path):
    put(tmp_path / "in", {"a.xlsx": book(("A1",)), "q.xlsx": book(("Q1",), environment="QA")})
    batch(tmp_path / "in", tmp_path / "ut")
    (tmp_path / "ut/samlad/QA/inläst i TAK.txt").write_text("ja", encoding="utf-8")
    (tmp_path / "in/q.xlsx").unlink()

    batch(tmp_path / "in", tmp_path / "ut")

    assert [p.name for p in (tmp_path / "ut/samlad/QA").rglob("*") if p.is_file()] == ["inläst i TAK.txt"]
    assert (tmp_path / "ut/samlad/PROD/rapport.json").is_file()
