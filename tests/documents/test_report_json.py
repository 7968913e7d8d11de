import hashlib
from dataclasses import replace

import orjson

from tests.documents.examples import PROFILE, checked, entry, order, some_finding, three_orders
from tests.support.checked import make_checked
from tests.support.growth import assert_not_quadratic
from tests.support.rows import entries_of
from underlag.checked import LeftOut
from underlag.documents.package_names import FileEntry
from underlag.documents.report import json_document
from underlag.documents.report.json_document import report_json, validation_json, validation_object
from underlag.documents.report.schema import ReportModel, ValidationModel
from underlag.findings import Severity
from underlag.workbook import Flow


def test_validation_is_the_documented_object():
    infos = [some_finding("HSA010", Severity.INFO)] * 2

    assert validation_object(checked([some_finding(), *infos])) == {
        "version": 1,
        "fil": "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx",
        "sha256": hashlib.sha256(b"PK not really a workbook").hexdigest(),
        "profil": "intygstjanster",
        "miljo": "PROD",
        "region": "LiV",
        "godkand": False,
        "antal": {"fel": 1, "varning": 0, "info": 2},
        "fynd": [
            {
                "kod": "HSA003",
                "allvar": "fel",
                "flik": "Webcert -> Vårdsystem",
                "cell": "C7",
                "varde": "SE162321000165-4HVT",
                "meddelande": "Organisationsnumret har fel kontrollsiffra.",
                "forslag": "Jämför med HSA-katalogen.",
            },
            *[{"kod": "HSA010", "allvar": "info", "flik": "Webcert -> Vårdsystem", "cell": "C7",
               "varde": "SE162321000165-4HVT", "meddelande": "Organisationsnumret har fel kontrollsiffra.",
               "forslag": "Jämför med HSA-katalogen."}] * 2,
        ],
    }  # fmt: skip


def test_one_workbook_is_an_object_and_several_a_list():
    one, two = (orjson.loads(validation_json([checked()] * n)) for n in (1, 2))

    assert two == [one, one]
    ValidationModel.model_validate(one)


def test_an_unreadable_file_has_the_same_form():
    result = checked(
        [some_finding("FIL001", sheet="", cell="", value="", row=0, column=0)], name="\udcff.xlsx"
    )
    result.underlag.profile = None

    assert ValidationModel.model_validate(validation_object(result)).profil == ""
    assert "\ufffd" in orjson.loads(validation_json([result]))["fil"]


def report(orders=(), files=(), result=None) -> dict:
    return orjson.loads(report_json(result or checked(), orders, files))


def test_report_lists_orders_with_their_own_files():
    names = [
        "bestallning-1-konsument.html", "bestallning-1-konsument.txt", "bestallning-11-producent.html",
        "tak/aterstall-1.json", "tak/bestallning-1-del-1-av-2.json", "tak/bestallning-11.json",
    ]  # fmt: skip
    files = [FileEntry(name, "0" * 64, 1) for name in names]
    data = report([order(1, flow="vardsystem-webcert")], files)

    ReportModel.model_validate(data)
    assert data["bestallningar"][0]["filer"] == [names[i] for i in (0, 1, 3, 4)]
    assert [file["namn"] for file in data["filer"]] == names


def test_report_does_not_repeat_contacts():
    text = report_json(checked(), three_orders(), []).decode()

    assert "example.se" not in text
    assert "070-174" not in text
    assert "Berit" not in text


def test_rows_add_up():
    result = checked([some_finding()], skip_faulty=True)
    rows = entries_of(entry(row) for row in range(2, 7))
    spec = PROFILE.flows[1]
    underlag = replace(result.underlag, flows=[Flow(spec, "Webcert -> Vårdsystem", rows)])
    left_out = [LeftOut(spec.key, row, [some_finding()]) for row in rows[3:]]
    result = make_checked(underlag, result.options, result.findings, left_out=left_out)

    assert report(result=result)["rader"] == {"lasta": 5, "bestallda": 3, "utelamnade": 2}


def test_nothing_is_ordered_of_a_blocked_workbook():
    result = checked([some_finding()], blocked=True)
    result.underlag.flows = [Flow(PROFILE.flows[1], "x", entries_of([entry(2)]))]

    assert report(result=result)["rader"] == {"lasta": 1, "bestallda": 0, "utelamnade": 1}


def test_many_findings_are_written_in_linear_time():
    def results(count):
        return [checked([some_finding()] * count)]

    assert validation_json(results(40_000)).count(b'"kod"') == 40_000
    assert_not_quadratic(validation_json, results, 40_000)


def test_findings_of_one_kind_are_counted_beyond_a_number(monkeypatch):
    monkeypatch.setattr(json_document, "MOST_OF_A_KIND", 2)
    infos = [some_finding("HSA010", Severity.INFO)] * 5
    found = checked([some_finding(), *infos])

    for whole in (validation_object(found), orjson.loads(validation_json([found]))):
        assert [one["kod"] for one in whole["fynd"]] == [some_finding().code, "HSA010", "HSA010"]
        assert whole["fynd_utelamnade"] == {"HSA010": 3}
        assert whole["antal"] == {"fel": 1, "varning": 0, "info": 5}
        ValidationModel.model_validate(whole)
    assert orjson.loads(report_json(found, [], []))["fynd_utelamnade"] == {"HSA010": 3}
    assert "fynd_utelamnade" not in validation_object(checked([some_finding(), *infos[:1]]))
