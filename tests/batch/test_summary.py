"""The summary is the same in all three files, safe to open, and valid by its published schema."""

import email
from dataclasses import replace
from email.policy import default
from pathlib import Path

import openpyxl
import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, batch, book, put
from underlag.batch.inbox import Found, Rejected
from underlag.batch.ledger.decide import Choice
from underlag.batch.ledger.notes.cases import note_reply
from underlag.batch.ledger.notes.loads import mark_loaded
from underlag.batch.processes.pool import Pool
from underlag.batch.records.ledger import Conflict, RowPlace
from underlag.batch.records.workbooks import Batch, Counts, Settings, State, Workbook
from underlag.batch.register.store import Register
from underlag.batch.run import run_batch
from underlag.batch.summary.schema import SummaryModel
from underlag.batch.summary.write import write_summary
from underlag.cli.main import cli
from underlag.options import Options
from underlag.text.lists import listed

NASTY = '=1+1"><script>alert(1)</script>.xlsx'


@pytest.fixture(scope="module")
def nasty(tmp_path_factory) -> Path:
    """A summary of workbooks with harmful names."""
    out = tmp_path_factory.mktemp("ut")
    found = Found(NASTY, f"=cmd|' /C calc'!A0 › {NASTY}", Path(NASTY), sha256="0" * 64)
    told = Batch(NOW)
    told.workbooks.append(Workbook(found, State.REJECTED, "Filen är 19121212-1212 skadad."))
    told.rejected.append(Rejected("+46 <b>.txt", "är varken en arbetsbok, en zip-fil eller ett sparat mejl"))
    addressees = tuple(f"SE162321000156-{n}" for n in range(25))
    rows = tuple(RowPlace(one, "@Kontrakt v1", 1, NASTY, "+flik", "A1", "=1+1") for one in addressees)
    told.conflicts.append(
        Conflict(
            "olika-vagval",
            "PROD",
            ("@Kontrakt v1",),
            addressees,
            ((1, NASTY), (2, "b.xlsx")),
            rows,
            f"Se {NASTY}.",
            ("--valj 1", "--valj 2"),
        )
    )
    write_summary(told, out, out)
    return out


def test_names_do_no_harm_on_the_page(nasty):
    page = (nasty / "sammanstallning.html").read_text(encoding="utf-8")

    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page
    assert "19121212-1212" not in page


def test_texts_are_texts_in_the_workbook(nasty):
    book_ = openpyxl.load_workbook(nasty / "sammanstallning.xlsx")

    cells = [cell for sheet in book_ for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    assert book_["Arbetsböcker"]["A2"].value == NASTY
    assert book_["Konflikter"].max_row == 26


def test_long_list_of_addressees_is_cut_on_the_page_and_whole_elsewhere(nasty):
    page = (nasty / "sammanstallning.html").read_text(encoding="utf-8")
    summary = orjson.loads((nasty / "sammanstallning.json").read_bytes())

    SummaryModel.model_validate(summary)
    assert page.count("SE162321000156-") == 10
    assert "och 15\N{NO-BREAK SPACE}till" in page
    assert len(summary["konflikter"][0]["adressater"]) == 25


def test_workbook_with_rows_that_wait_is_not_shown_as_done(tmp_path):
    files = {
        "a.xlsx": book(("GEM",), url="https://tak.liv.example.se/ett"),
        "b.xlsx": book(("GEM",), url="https://tak.liv.example.se/nio"),
    }
    batch(put(tmp_path / "in", files), tmp_path / "ut")
    page = (tmp_path / "ut/sammanstallning.html").read_text(encoding="utf-8")
    sheet = openpyxl.load_workbook(tmp_path / "ut/sammanstallning.xlsx")["Arbetsböcker"]
    summary = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())

    SummaryModel.model_validate(summary)
    assert [one["tillstand"] for one in summary["arbetsbocker"]] == ["väntar", "väntar"]
    assert (summary["summa"]["klara"], summary["summa"]["vantar"]) == (0, 2)
    assert [row[2].value for row in sheet.iter_rows(min_row=2, max_row=3)] == ["Väntar", "Väntar"]
    assert page.count('<span class="marke varning">Väntar</span>') == 2
    assert "rader väntar</span>" in page
    assert "0 av 2\xa0arbetsböcker kan beställas, 2 har rader som väntar på ett beslut" in page
    assert '<span class="marke ratt">Klar</span>' not in page


@pytest.mark.parametrize(("unit", "about"), [("", ""), ("SE162321000156-GEM", " för SE162321000156-GEM")])
def test_run_with_a_choice_alone_is_titled_by_it(tmp_path, unit, about):
    files = {
        "a.xlsx": book(("GEM", "A1"), url="https://tak.liv.example.se/ett"),
        "b.xlsx": book(("GEM", "A1"), url="https://tak.liv.example.se/nio"),
    }
    batch(put(tmp_path / "in", files), tmp_path / "ut")
    for before in (False, True):
        result = batch(put(tmp_path / "tom", {}), tmp_path / "ut", choices=[Choice(2, unit)])
        page = (tmp_path / "ut/sammanstallning.html").read_text(encoding="utf-8")
        summary = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())

        SummaryModel.model_validate(summary)
        assert summary["valda"] == [{"nummer": 2, "arbetsbok": "b.xlsx", "adressat": unit}]
        assert f"<title>Valt: arbetsbok 2 (b.xlsx){about} –" in page
        assert "Inga arbetsböcker hittades" not in page
        assert any("Inget väntar på det valet." in notice for notice in result.notices) == before


def test_steps_name_the_commands_as_they_are_typed(tmp_path):
    out = tmp_path / "ut"
    batch(put(tmp_path / "in", {"a.xlsx": book(("A1",)), "q.xlsx": book(("A1",), environment="QA")}), out)
    batch(put(tmp_path / "in2", {"b.xlsx": book(("B1",))}), out)
    page = (out / "sammanstallning.html").read_text(encoding="utf-8")

    for number in (1, 2, 3):
        assert f"<code>underlag register inlast . {number:04d}</code>" in page
    load = (out / "inlasningar/0003-PROD/sida.html").read_text(encoding="utf-8")
    assert "<code>underlag register inlast ../.. 0003</code>" in load
    assert "<code>underlag register angra ../.. 0003 --visa</code>" in load
    assert "KATALOG" not in page + load


def test_what_earlier_runs_left_to_do_is_a_step_until_it_is_noted(tmp_path):
    out, inbox = tmp_path / "ut", put(tmp_path / "in", {"a.xlsx": book(("A1",))})

    def steps():
        batch(inbox, out)
        page = (out / "sammanstallning.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
        return page.partition('<ol class="steg">')[2].partition("</ol>")[0]

    first, second = steps(), steps()
    assert "Notera i varje ärende att svaret är skickat: <code>underlag register svarat . 1</code>" in first
    assert "från tidigare körningar" not in first
    assert "Skicka 1 utkast från tidigare körningar" in second
    assert "<code>underlag register svarat . 1</code>" in second
    assert "Läs in 1 inläsning från tidigare körningar i TAK" in second
    assert "<code>underlag register inlast . 0001</code>" in second

    with Register(out / "register.sqlite") as register:
        note_reply(register, 1, NOW)
        mark_loaded(register, "1", NOW)
    assert steps() == ""


def test_many_earlier_drafts_have_one_command(tmp_path):
    regions = ("Skåne", "Halland", "Dalarna", "Gotland", "Uppsala", "Kalmar", "Kronoberg", "Blekinge", "Jönköping",
               "Sörmland", "Örebro", "Västmanland", "Gävleborg")  # fmt: skip
    files = {f"{n}.xlsx": book((f"A{n}",), region=region) for n, region in enumerate(regions)}
    batch(put(tmp_path / "in", files), tmp_path / "ut")
    batch(put(tmp_path / "tom", {}), tmp_path / "ut")
    page = (tmp_path / "ut/sammanstallning.html").read_text(encoding="utf-8")

    assert "Skicka 13\N{NO-BREAK SPACE}utkast från tidigare körningar" in page
    assert "<code>underlag register svarat . ÄRENDE</code>" in page


def test_commands_name_a_register_that_lies_elsewhere(tmp_path):
    inbox, out = put(tmp_path / "in", {"a.xlsx": book(("A1",))}), tmp_path / "ut"
    with Pool(Settings(Options(now=NOW)), 0) as pool:
        run_batch([inbox], out, pool, register=tmp_path / "våra ärenden/a.sqlite")
    page = (out / "sammanstallning.html").read_text(encoding="utf-8")

    assert "<code>underlag register inlast &#34;../våra ärenden/a.sqlite&#34; 0001</code>" in page


def test_workbook_and_page_say_what_the_json_says(tmp_path):
    batch(put(tmp_path / "in", {"a.xlsx": book(), "b.xlsx": b"skrot"}), tmp_path / "ut")

    summary = orjson.loads((tmp_path / "ut/sammanstallning.json").read_bytes())
    sheet = openpyxl.load_workbook(tmp_path / "ut/sammanstallning.xlsx")["Arbetsböcker"]
    header, *rows, total = [[cell.value for cell in row] for row in sheet.iter_rows()]

    for one, row in zip(summary["arbetsbocker"], rows, strict=True):
        told = dict(zip(header, row, strict=True))
        assert (told["Arbetsbok"], told["Enheter"], told["Fel"]) == (
            one["fil"],
            one["enheter"],
            one["antal"]["fel"],
        )
        assert told["Lästa rader"] == told["Klara rader"] + told["Utelämnade rader"] == one["rader"]["lasta"]
    assert total[header.index("Lästa rader")] == summary["summa"]["rader"]["lasta"] == 8
    assert summary["arbetsbocker"][0]["mapp"] == "LiV-PROD-2027-03-01"


@pytest.mark.parametrize(
    ("files", "tone", "replies"),
    [
        ({"a.xlsx": book()}, "ratt", True),
        ({"a.xlsx": book(), "b.xlsx": b"PK\x03\x04 trasig"}, "varning", True),
        ({"b.xlsx": b"PK\x03\x04 trasig"}, "fel", True),
        ({"b.zip": b"PK\x03\x04 trasig"}, "varning", False),
    ],
)
def test_the_page_is_red_only_when_nothing_is_right_and_suggests_sending_replies(
    tmp_path, files, tone, replies
):
    batch(put(tmp_path / "in", files), tmp_path / "ut")
    page = (tmp_path / "ut/sammanstallning.html").read_text(encoding="utf-8")

    assert f'<div class="topp {tone}">' in page
    assert ("Skicka svaren" in page) == ("Svar att skicka" in page) == replies


def test_counts_add_up_field_by_field():
    one = Counts(1, 2, 3, 4, 5, 6, 7, 8)

    assert one + one == replace(
        one, units=2, errors=4, warnings=6, infos=8, orders=10, read=12, ordered=14, left_out=16
    )


def test_the_orderers_message_is_shown_where_the_workbook_is_received(tmp_path):
    extra = "| Övrig information | Ring 070-174 06 05 före genomförandet. |\n"
    folder = put(tmp_path / "in", {"a.xlsx": book(extra=extra)})
    first = batch(folder, tmp_path / "ut")
    page = (tmp_path / "ut/sammanstallning.html").read_text("utf-8")
    again = batch(folder, tmp_path / "ut")

    assert first.workbooks[0].notes == "Övrig information: ”Ring 070-174 06 05 före genomförandet.”"
    assert "Ring 070-174 06 05 före genomförandet." in page
    assert again.workbooks[0].unchanged
    assert again.workbooks[0].notes == first.workbooks[0].notes


def test_what_an_orderer_writes_is_quoted_until_the_case_is_closed(tmp_path):
    extra = "| Övrig information | Ring före genomförandet. |\n"
    folder = put(tmp_path / "in", {"a.xlsx": book(extra=extra)})
    batch(folder, tmp_path / "ut")
    assert CliRunner().invoke(cli, ["register", "stang", str(tmp_path / "ut"), "1"]).exit_code == 0
    assert batch(folder, tmp_path / "ut").workbooks[0].notes == ""


def test_orders_without_a_date_say_from_when_they_apply(tmp_path):
    undated = (("2027-03-01          |", "Ordinarie handläggningstid |"),)
    folder = put(tmp_path / "in", {"a.xlsx": book(change=undated), "b.xlsx": book(("B1",), region="Gotland")})
    result = batch(folder, tmp_path / "ut")
    first, second = (each.notes for each in result.workbooks)
    assert first == "Inget datum: ordinarie handläggningstid, tidigast 2027-02-01."
    assert second == ""
    load = (tmp_path / "ut/inlasningar/0001-PROD/sida.html").read_text("utf-8")
    assert "2027-02-01, dagen då filen gjordes: inget datum är angivet" in load
    assert "<td>2027-03-01</td>" in load
    assert "ordinarie handläggningstid, tidigast 2027-02-01" in load
    page = (tmp_path / "ut/sammanstallning.html").read_text("utf-8")
    assert "Läs före inläsningen vad beställarna skriver" in page
    report = next((tmp_path / "ut").glob("*utan-datum/rapport.html")).read_text("utf-8")
    assert "2027-02-01, dagen då de gjordes, för inget datum är angivet" in report
    replies = [one.read_bytes() for one in (tmp_path / "ut/svar").rglob("*.eml")]
    texts = [email.message_from_bytes(one, policy=default).get_body().get_content() for one in replies]
    assert sum("med ordinarie handläggningstid, tidigast 2027-02-01" in text for text in texts) == 1


def test_the_page_of_a_load_quotes_the_orderers_and_numbers_the_orders_of_each_file(tmp_path):
    extra = "| Övrig information | Ring Maria före genomförandet. |\n"
    later = (("2027-03-01", "2027-03-02"),)
    files = {"a.xlsx": book(extra=extra), "b.xlsx": book(("B1",), region="Gotland", change=later)}
    batch(put(tmp_path / "in", files), tmp_path / "ut")
    load = (tmp_path / "ut/inlasningar/0001-PROD/sida.html").read_text("utf-8")
    assert "1: a.xlsx: Övrig information: ”Ring Maria före genomförandet.”" in load
    index = orjson.loads((tmp_path / "ut/inlasningar/0001-PROD/rapport.json").read_bytes())
    for file in ("tak/bestallning-1.json", "tak/bestallning-2.json"):
        numbers = [str(one["nummer"]) for one in index["bestallningar"] if file in one["filer"]]
        assert len(numbers) > 1
        assert f"<td>{listed(numbers)}</td>" in load
