"""The published schemas of `jamfor` and `granska-tak`."""

import json

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from tests.tak.holdings.exports import UNIT, UNIT2, Tak, as_bytes, blob, sample
from tests.tak.orders.some_orders import OPTIONS, producer_order
from underlag.cli.commands import granska_tak, jamfor
from underlag.documents.comparison.schema import ComparisonModel, TakVerdictsModel
from underlag.tak.orders.files import tak_files


def run(command, *arguments):
    return CliRunner().invoke(command, [*map(str, arguments), "--format", "json"], catch_exceptions=False)


def compared(folder, *options, export=b""):
    book, tak = folder / NAME, folder / "takdump_ntjp_prod.json"
    book.write_bytes(workbook(STANDARD + ORDER_SHEET))
    tak.write_bytes(export)
    return run(jamfor.command, book, "--tak", tak, "--tidpunkt", "2027-02-01T09:00", *options).stdout


@pytest.mark.parametrize("options", [(), ("--ta-bort",), ("--bara-nytt",)])
def test_a_comparison_has_the_published_form(tmp_path, options):
    tak = sample().route(UNIT + "\u2028").authorize(UNIT2 + "\u2028")
    found = ComparisonModel.model_validate_json(
        compared(tmp_path, *options, export=as_bytes(blob(tak))), strict=True
    )

    assert found.rader
    assert found.tak is not None


def test_a_comparison_without_a_tak_has_it_too(tmp_path):
    assert ComparisonModel.model_validate_json(compared(tmp_path, export=b"{}")).tak is None


def test_another_state_is_not_of_the_published_form(tmp_path):
    made = json.loads(compared(tmp_path, export=as_bytes(blob(Tak().route().unit(UNIT, "Enhet")))))
    made["rader"][0]["vagval"] = "kanske"

    with pytest.raises(ValidationError):
        ComparisonModel.model_validate(made)


def test_verdicts_have_the_published_form(tmp_path):
    right, wrong, export = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "takdump_ntjp_prod.json"
    right.write_bytes(tak_files(producer_order(), OPTIONS).files["bestallning-2.json"])
    wrong.write_text("{}", encoding="utf-8")
    export.write_bytes(as_bytes(blob(sample())))
    one = TakVerdictsModel.model_validate_json(run(granska_tak.command, right, "--tak", export).stdout)
    two = TakVerdictsModel.model_validate_json(run(granska_tak.command, right, wrong).stdout)

    assert one.root.lases_in
    assert one.root.effekter
    assert [verdict.lases_in for verdict in two.root] == [True, False]
