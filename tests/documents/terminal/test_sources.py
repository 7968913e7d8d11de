"""The source of date, case number and contacts: on the terminal with the file's date, in documents without."""

import email
import email.policy
import json
import os
from datetime import datetime

from tests.checks.examine import NOW
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.checks import check
from underlag.documents.report.terminal import findings_text
from underlag.options import STOCKHOLM, Options
from underlag.orders.build import make_orders
from underlag.package.write import write_package
from underlag.reading import read

TOML = 'arende = "TSK-777"\ndatum = 2027-03-01\nregion = "LiV"\n[bestallare]\nnamn = "Tove Exempelsson"\n'


def examined(folder, saved):
    (folder / NAME).write_bytes(workbook(STANDARD + ORDER_SHEET))
    file = folder / "bestallning.toml"
    file.write_text(TOML, encoding="utf-8")
    os.utime(file, (saved.timestamp(), saved.timestamp()))
    options = Options(now=NOW)
    return check(read(folder / NAME, options), options)


def test_the_terminal_names_the_sources_and_the_day_that_the_file_was_saved(tmp_path):
    checked = examined(tmp_path, datetime(2026, 11, 20, 23, 30, tzinfo=STOCKHOLM))

    said = " ".join(findings_text(checked, width=100, color=False, encoding="utf-8").split())
    assert "Datum, ärendenummer och beställare (namn): ur bestallning.toml, sparad 2026-11-20" in said
    assert (
        "beställare (e-post och telefon), huvudansvarig, teknisk kontaktperson och teknisk support: flik"
        in said
    )


def test_documents_name_the_sources_and_are_the_same_whenever_the_file_was_saved(tmp_path):
    packages = []
    for number, day in enumerate((20, 21)):
        folder = tmp_path / str(number)
        folder.mkdir()
        checked = examined(folder, datetime(2026, 11, day, tzinfo=STOCKHOLM))
        write_package(checked, make_orders(checked), folder / "ut")
        packages.append({p.name: p.read_bytes() for p in (folder / "ut").rglob("*") if p.is_file()})

    assert packages[0] == packages[1]
    guide = " ".join(packages[0]["bestallning-1-konsument.txt"].decode().split())
    assert "Källa: ur bestallning.toml." in guide
    assert guide.count("Källa: flik Beställning, cell B8–B10.") == 1
    assert "Källa: namn: ur bestallning.toml; e-post och telefon: flik Beställning, cell B6–B7." in guide
    mail = email.message_from_bytes(packages[0]["mejl.eml"], policy=email.policy.default)
    written = mail.get_body(("plain",)).get_content()
    assert "Datum för ändring: 2027-03-01 (ur bestallning.toml)" in written
    assert "Beställare: Tove Exempelsson (ur bestallning.toml)" in written
    sources = json.loads(packages[0]["rapport.json"])["kallor"]
    assert sources["datum"] == "ur bestallning.toml"
    assert sources["teknisk_support"] == "flik Beställning, cell B14–B15"
    assert sources["bestallningsfil"] == "bestallning.toml"
    assert "bestallning.toml (används)" in packages[0]["rapport.html"].decode()
    assert "TSK-777 (ur bestallning.toml)" in packages[0]["rapport.html"].decode()
    assert "2027-03-01 (ur bestallning.toml)" in packages[0]["rapport.html"].decode()
