"""Several workbooks at once on the page: a verdict and a package for each."""

import io
import re
import zipfile

import pytest

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from tests.web.visitor import Visitor
from underlag.files.time_limit import TooLongError
from underlag.web.app import create_app
from underlag.web.examination.work import WorkerDiedError, examine

WRONG = (STANDARD + ORDER_SHEET).replace("SE162321000156-4HVV", "SE162321000165-4HVV")
SHEET = "Webcert -> Vårdsystem"


@pytest.fixture
def visitor():
    return Visitor()


def test_several_workbooks_each_get_a_verdict_the_smallest_first(visitor):
    large = STANDARD + ORDER_SHEET + "".join(f"| anteckning {n} | {n} |\n" for n in range(300))
    address = visitor.send((workbook(large), "stor " + NAME), (workbook(WRONG), NAME), (b"trasig", "x.xlsx"))

    page = visitor.page(address)
    names = re.findall(r'<a href="/resultat/[^"]+/">([^<]+)</a>', page)
    assert names == ["x.xlsx", NAME, "stor " + NAME]
    keys = re.findall(r'data-vantar="([^"]+)"', page)
    rows = [visitor.page(f"/flera/rad/{key}") for key in keys]
    assert "<h1>3 filer</h1>" in page
    assert rows[0].count("1\N{NO-BREAK SPACE}fel") == 1
    assert "Kan inte beställas: 2" in rows[1]
    assert "data-vantar" not in visitor.page(address)


def test_a_workbook_of_several_is_examined_when_it_is_opened(visitor):
    address = visitor.send((workbook(WRONG), NAME), (workbook(STANDARD), "b " + NAME))

    key = re.search(r'data-vantar="([^"]+)"', visitor.page(address))[1]

    assert 'class="besked"' in visitor.page(f"/resultat/{key}/")


def test_each_of_several_workbooks_gets_the_order_file_that_names_it(visitor):
    names = [NAME, NAME.replace("LiV", "Norr")]
    files = [
        (f'arbetsbok = "{name}"\narende = "TSK-{n}"\n'.encode(), f"{n}.toml") for n, name in enumerate(names)
    ]
    files[1] = (b'region = "Norr"\narende = "TSK-1"\n', "1.toml")

    address = visitor.send(*[(workbook(STANDARD), name) for name in names], *files)

    keys = re.findall(r'data-vantar="([^"]+)"', visitor.page(address))
    pages = {
        name: visitor.page(f"/resultat/{key}/")
        for key in keys
        for name in names
        if name in visitor.page(f"/resultat/{key}/")
    }
    assert "TSK-0" in pages[names[0]]
    assert "TSK-1" in pages[names[1]]


def test_an_order_file_that_is_about_no_single_workbook_is_not_used_for_all(visitor):
    toml = (b'arende = "TSK-1"', "bestallning.toml")
    with pytest.raises(AssertionError, match="arbetsbok = "):
        visitor.send((workbook(STANDARD), NAME), (workbook(STANDARD), "b.xlsx"), toml)


def test_more_workbooks_than_the_page_takes_are_refused(visitor):
    with pytest.raises(AssertionError, match="underlag kundservice"):
        visitor.send(*[(b"x", f"{n}.xlsx") for n in range(41)])


def test_all_packages_of_several_workbooks_are_one_file(visitor):
    address = visitor.send((workbook(STANDARD), NAME), (workbook(WRONG), NAME))

    content = visitor.client.get(address + "/paket.zip").data

    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {name.partition("-")[0] for name in names} == {"01", "02"}
    assert sum(name.endswith("/rapport.json") for name in names) == 2
    key = re.findall(r"/resultat/([^/]+)/", visitor.page(address))[0]
    assert f'href="{address}"' in visitor.page(f"/resultat/{key}/")


@pytest.mark.parametrize(
    ("error", "reason"),
    [(WorkerDiedError(), "Processen som granskade"), (TooLongError("Det tog för lång tid."), "lång tid")],
)
def test_one_failed_workbook_of_several_costs_no_other_its_package(monkeypatch, error, reason):
    def work(asked, now):
        if asked.workbook.name == "b.xlsx":
            raise error
        return examine(asked, now)

    monkeypatch.setattr("tests.web.visitor.create_app", lambda now: create_app(now=now, work=work))
    visitor = Visitor()
    address = visitor.send((workbook(STANDARD), "a.xlsx"), (workbook(WRONG), "b.xlsx"))

    with zipfile.ZipFile(io.BytesIO(visitor.client.get(address + "/paket.zip").data)) as packed:
        names = packed.namelist()
        failed = next(name for name in names if name.endswith("/blev-inte-granskad.txt"))
        text = packed.read(failed).decode()

    assert failed.split("/")[0].endswith("-b")
    assert reason in text
    assert any(name.endswith("-a/rapport.html") for name in names)
