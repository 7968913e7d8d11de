import hashlib
import re

import orjson
import pytest

from tests.documents.examples import checked, entry, files_below, order, some_finding, three_orders, units
from tests.support.order_package import package_files
from underlag.checked import LeftOut
from underlag.documents.report.schema import ReportModel
from underlag.findings import Severity
from underlag.package.write import PackageExists, write_package

ORDERS = three_orders(25)


@pytest.fixture(scope="module")
def files():
    return package_files(checked(), ORDERS)


def test_package_has_every_file(files):
    assert sorted(files) == [
        "bestallning-1-konsument.html", "bestallning-1-konsument.txt",
        "bestallning-2-producent.html", "bestallning-2-producent.txt",
        "bestallning-3-producent.html", "bestallning-3-producent.txt",
        "kundservice/logiska-adressater.csv", "kundservice/logiska-adressater.xlsx", "kundservice/mejl.eml",
        "rapport.html", "rapport.json",
        "tak/aterstall-1.json", "tak/aterstall-2.json", "tak/aterstall-3.json",
        "tak/bestallning-1.json", "tak/bestallning-2.json", "tak/bestallning-3.json",
    ]  # fmt: skip


def test_written_folder_holds_what_the_index_lists(tmp_path):
    package = write_package(checked(), ORDERS, tmp_path / "ut")
    written = files_below(tmp_path / "ut")
    index = ReportModel.model_validate(orjson.loads(written["rapport.json"]))

    assert {f.namn: (f.sha256, f.storlek) for f in index.filer} == {
        name: (hashlib.sha256(data).hexdigest(), len(data))
        for name, data in written.items()
        if name != "rapport.json"
    }
    assert [f.name for f in package.files] == sorted(written)
    assert [f.size for f in package.files] == [len(written[name]) for name in sorted(written)]


def test_every_unit_is_in_the_lists(files):
    lines = files["kundservice/logiska-adressater.csv"].decode("utf-8-sig").splitlines()

    assert lines == [f"{unit.hsa_id};{unit.name}" for unit in units(25)]


def test_both_reports_say_what_cannot_be_undone(files):
    orders = orjson.loads(files["rapport.json"])["bestallningar"]
    page = files["rapport.html"].decode()

    assert all(any("kan inte ta bort dem" in note for note in order["noteringar"]) for order in orders)
    assert page.count("kan inte ta bort dem") == 1


def test_same_input_gives_same_bytes(files):
    assert package_files(checked(), ORDERS) == files


def test_names_are_the_same_whatever_the_machine(files):
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)?", name) for name in files)


def test_errors_leave_only_the_report_and_the_marked_workbook():
    found = package_files(checked([some_finding()], blocked=True), [])

    assert sorted(found) == [
        "granskad-Underlag-for-TAKning-Intygstjanster-NTjP-PROD-LiV.xlsx",
        "rapport.html",
        "rapport.json",
    ]


def test_faulty_rows_are_listed_when_the_rest_is_ordered():
    result = checked([some_finding()], skip_faulty=True)
    result.left_out = [LeftOut("webcert-vardsystem", entry(7), [some_finding()])]
    found = package_files(result, ORDERS)

    assert b"HSA003" in found["bortvalda.csv"]
    assert "bestallning-2-producent.html" in found


def test_customer_services_own_package_has_no_mail_to_customer_service():
    found = package_files(checked(), ORDERS, mailed=False)

    assert "kundservice/logiska-adressater.csv" in found
    assert "kundservice/mejl.eml" not in found
    assert not any(b"mejl.eml" in found[name] for name in found)
    assert "Läs in de logiska adressaterna i listan" in found["rapport.html"].decode()


def test_information_alone_marks_no_workbook():
    assert not any(
        n.startswith("granskad")
        for n in package_files(checked([some_finding(severity=Severity.INFO)]), ORDERS)
    )


def test_removal_is_kept_from_the_list_that_is_loaded():
    found = package_files(checked(), [order(1, action="remove", addressees=units(30), total=1)])

    assert "kundservice/logiska-adressater-ta-bort.csv" in found
    assert "kundservice/logiska-adressater.csv" not in found


def test_a_consumer_order_alone_has_no_lists():
    found = package_files(checked(), [order(1, flow="vardsystem-webcert", total=1)])

    assert [name for name in found if name.startswith("kundservice/")] == ["kundservice/mejl.eml"]


def test_an_earlier_package_is_replaced_only_when_asked(tmp_path):
    write_package(checked([some_finding()], blocked=True), [], tmp_path / "ut")
    with pytest.raises(PackageExists):
        write_package(checked(), ORDERS, tmp_path / "ut")
    write_package(checked(), ORDERS, tmp_path / "ut", overwrite=True)

    assert sorted(files_below(tmp_path / "ut")) == sorted(package_files(checked(), ORDERS))
