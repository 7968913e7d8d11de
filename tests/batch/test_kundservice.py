"""Many workbooks in one command: a package for each, and nothing lost."""

import csv
import io
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from email.message import EmailMessage

import orjson
import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, batch, book, put, tree
from tests.support.compound import msg
from underlag.batch import publish
from underlag.batch.processes.pool import Died, Pool, Results
from underlag.batch.records.workbooks import PackageRecord, State
from underlag.batch.summary.schema import LoadModel, SummaryModel
from underlag.batch.workbook_job import Failure
from underlag.cli.main import cli
from underlag.package.folder import PackageError

FAULTY = (("SE162321000156-4HVV |", "SE162321000165-4HVV |"),)


def mail(name: str, content: bytes) -> bytes:
    message = EmailMessage()
    message["From"] = "Test Testsson <test.testsson@example.se>"
    message.set_content("Hej!")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def run(*arguments: str):
    return CliRunner().invoke(cli, ["kundservice", *arguments, "--tidpunkt", "2027-02-01T09:00"])


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """One run over every kind of input."""
    place = tmp_path_factory.mktemp("allt")
    inbox = put(
        place / "in",
        {
            "a.xlsx": book(),
            "b/brev.eml": mail("b.xlsx", book(("BBB1", "BBB2"), region="Ö/../vik")),
            "c.msg": msg({"c.xlsx": book(("CCC1",), region="Gotland"), "logga.png": b"\x89PNG"}),
            "d.zip": zipped({"../../d.xlsx": book(("DDD1",), region="con", environment="QA")}),
            "e-trasig.xlsx": b"PK\x03\x04 trasig",
            "f-fel.xlsx": book(("FFF1", "4HVV", "FFF3"), region="Fel", change=FAULTY),
            "g-igen.xlsx": book(),
            "tom.eml": b"From: test.testsson@example.se\r\nSubject: Hej\r\n\r\nHej!",
            "tre.zip": zipped({"två.zip": zipped({"en.zip": zipped({"x.xlsx": book()})})}),
        },
    )
    result = run(str(inbox), "--ut", str(place / "ut"), "--hoppa-over-fel", "--processer", "2")
    return place / "ut", result, orjson.loads((place / "ut/sammanstallning.json").read_bytes())


def test_one_broken_workbook_stops_no_other(everything):
    _, result, summary = everything

    assert result.exit_code == 1
    assert {one["fil"]: one["tillstand"] for one in summary["arbetsbocker"]} == {
        "a.xlsx": "klar",
        "b.xlsx": "klar",
        "c.xlsx": "klar",
        "d.xlsx": "klar",
        "e-trasig.xlsx": "fel",
        "f-fel.xlsx": "delvis",
        "g-igen.xlsx": "dubblett",
    }


def test_what_is_no_workbook_is_listed_with_the_reason(everything):
    _, _, summary = everything

    reasons = {one["ursprung"]: one["skal"] for one in summary["ej_arbetsbocker"]}
    assert list(reasons) == ["c.msg › logga.png", "tom.eml", "tre.zip › två.zip › en.zip"]
    assert "utan arbetsbok" in reasons["tom.eml"]
    assert "för djupt" in reasons["tre.zip › två.zip › en.zip"]


def test_folders_are_named_from_region_environment_and_date_within_the_output(everything):
    out, _, summary = everything

    folders = {one["fil"]: one["mapp"] for one in summary["arbetsbocker"]}
    assert folders["a.xlsx"] == "LiV-PROD-2027-03-01"
    assert folders["b.xlsx"] == "O-vik-PROD-2027-03-01"
    assert folders["d.xlsx"] == "con-QA-2027-03-01"
    assert folders["e-trasig.xlsx"] == "okand-region-okand-miljo-utan-datum"
    assert folders["g-igen.xlsx"] == ""
    assert {p.name for p in out.iterdir() if p.is_dir()} == {f for f in folders.values() if f} | {
        "inlasningar",
        "svar",
    }


def test_sums_add_up_for_each_workbook_and_in_all(everything):
    out, _, summary = everything

    for one in summary["arbetsbocker"]:
        rows = one["rader"]
        assert rows["lasta"] == rows["inlasta"] + rows["klara"] + rows["vantar"] + rows["utelamnade"]
        if one["tillstand"] == "delvis":
            lines = csv.DictReader(
                io.StringIO((out / one["mapp"] / "bortvalda.csv").read_bytes().decode("utf-8-sig")),
                delimiter=";",
            )
            assert rows["skal"]["fel"] == len({(line["Flik"], line["Rad"]) for line in lines}) == 2
    for key in ("lasta", "inlasta", "klara", "vantar", "utelamnade"):
        assert summary["summa"]["rader"][key] == sum(one["rader"][key] for one in summary["arbetsbocker"])
    assert summary["summa"]["rader"]["lasta"] > summary["summa"]["rader"]["klara"] > 0


def test_every_workbook_has_a_reply_and_the_summary_links_to_it(everything):
    out, _, summary = everything

    files = {reply["fil"] for reply in summary["svar"]}
    assert {one["svar"] for one in summary["arbetsbocker"]} == files
    assert {path.relative_to(out).as_posix() for path in out.rglob("svar.eml")} == files
    page = (out / "sammanstallning.html").read_text(encoding="utf-8")
    assert all(f'href="{file}"' in page for file in files)


def test_same_content_twice_is_reported_and_made_once(everything):
    _, _, summary = everything

    (twice,) = [one for one in summary["arbetsbocker"] if one["tillstand"] == "dubblett"]
    assert (twice["fil"], twice["nummer"], summary["konflikter"]) == ("g-igen.xlsx", 0, [])
    assert "samma innehåll som a.xlsx" in twice["skal"]


def test_summary_files_have_their_published_form(everything):
    out, _, summary = everything

    SummaryModel.model_validate(summary)
    for path in out.glob("inlasningar/*/rapport.json"):
        LoadModel.model_validate_json(path.read_bytes())
    page = (out / "sammanstallning.html").read_text(encoding="utf-8")
    assert not re.search(r'(src|href)="https?:', page)
    for one in summary["arbetsbocker"]:
        assert one["fil"] in page


def test_number_of_processes_changes_no_byte(tmp_path):
    inbox = put(tmp_path / "in", {f"{n}.xlsx": book((f"A{n}1", f"A{n}2"), region=f"R{n}") for n in range(4)})
    for processes in (0, 1, 2):
        batch(inbox, tmp_path / str(processes), processes=processes)

    assert tree(tmp_path / "0") == tree(tmp_path / "1") == tree(tmp_path / "2")


def test_two_workbooks_that_agree_in_region_and_date_get_two_folders(tmp_path):
    inbox = put(tmp_path / "in", {"a.xlsx": book(("A1",)), "b.xlsx": book(("B1",))})

    made = batch(inbox, tmp_path / "ut")

    assert [one.made.folder.name for one in made.workbooks] == [
        "LiV-PROD-2027-03-01",
        "LiV-PROD-2027-03-01-2",
    ]


@pytest.mark.parametrize("inside", ["", "in"])
def test_input_in_the_output_folder_is_wrong_usage(tmp_path, inside):
    put(tmp_path / inside, {"a.xlsx": book()})

    result = run(str(tmp_path / inside), "--ut", str(tmp_path))

    assert result.exit_code == 2
    assert "--ut" in result.output


def test_output_within_the_input_is_not_searched(tmp_path):
    put(tmp_path, {"a.xlsx": book()})

    first = run(str(tmp_path), "--ut", str(tmp_path / "ut"))
    second = run(str(tmp_path), "--ut", str(tmp_path / "ut"))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "1 arbetsbok, varav 1 oförändrad." in second.output.replace("\N{NO-BREAK SPACE}", " ")


def test_empty_folder_is_reported(tmp_path):
    (tmp_path / "in").mkdir()

    result = run(str(tmp_path / "in"), "--ut", str(tmp_path / "ut"))

    assert result.exit_code == 0
    assert "Inga arbetsböcker" in (tmp_path / "ut/sammanstallning.html").read_text(encoding="utf-8")


def test_file_that_is_no_register_is_left_unchanged(tmp_path):
    put(tmp_path / "in", {"a.xlsx": book()})
    (tmp_path / "viktigt.txt").write_bytes(b"inget register, men nog s\xc3\xa5 viktigt" * 99)
    before = (tmp_path / "viktigt.txt").read_bytes()

    result = run(
        str(tmp_path / "in"), "--ut", str(tmp_path / "ut"), "--register", str(tmp_path / "viktigt.txt")
    )

    assert result.exit_code == 1
    assert "är inget register" in result.output
    assert (tmp_path / "viktigt.txt").read_bytes() == before


#: The program, to which the terminal sends Ctrl-C when the third package is in place.
_CTRL_C_AT_THE_THIRD = """
import os, signal
from pathlib import Path
from underlag.cli.main import main

real = Path.rename

def rename(path, target):
    result = real(path, target)
    if Path(target).name.startswith("R02"):
        os.kill(os.getpid(), signal.SIGINT)
    return result

Path.rename = rename
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal as a terminal does")
def test_ctrl_c_ends_cleanly_with_what_is_done_kept_whole(tmp_path):
    inbox = put(tmp_path / "in", {f"{n:02}.xlsx": book((f"A{n}1",), region=f"R{n:02}") for n in range(40)})
    command = [
        sys.executable,
        "-c",
        _CTRL_C_AT_THE_THIRD,
        "kundservice",
        str(inbox),
        "--ut",
        str(tmp_path / "ut"),
    ]
    command += ["--tidpunkt", NOW.isoformat(), "--processer", "1"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    _, said = process.communicate(timeout=600)

    assert process.returncode == 1
    done = len(list((tmp_path / "ut").glob("R*")))
    assert 0 < done < 40
    assert f"Avbrutet. {done} av 40" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "\nAvbryter: det som är påbörjat görs klart." in said
    assert "Traceback" not in said
    assert not (tmp_path / "ut/.underlag-arbete").exists()
    assert not (tmp_path / "ut/inlasningar").exists()
    batch(inbox, tmp_path / "ut")
    batch(inbox, tmp_path / "ostörd")
    assert tree(tmp_path / "ut") == tree(tmp_path / "ostörd")


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal as a terminal does")
def test_ctrl_c_reaches_processes_that_only_begin_and_none_complains(tmp_path):
    inbox = put(tmp_path / "in", {f"{n:02}.xlsx": book((f"A{n}1",), region=f"R{n:02}") for n in range(40)})
    command = [sys.executable, "-m", "underlag", "kundservice", str(inbox), "--ut", str(tmp_path / "ut")]
    process = subprocess.Popen(
        [*command, "--processer", "2"], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not (tmp_path / "ut/.underlag-arbete").exists():
        assert process.poll() is None
    time.sleep(0.15)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=600)

    # Where this test itself has to wait, the run may have come to its end.
    finished = (tmp_path / "ut/sammanstallning.html").exists()
    assert process.returncode == (0 if finished else 1)
    assert finished or "Avbr" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a.xlsx": book()}, "Arbetsböckernas paket är klara. Kör igen."),
        (
            {"a.xlsx": book(), "b.xlsx": book(region="Ost")},
            "1 av 2\xa0arbetsböcker har fått paket. Kör igen.",
        ),
    ],
)
def test_finished_packages_are_reported_when_the_summary_cannot_be_written(
    tmp_path, monkeypatch, files, told
):
    def refuse(*_):
        raise PackageError("Disken är full.")

    real = publish.Publisher.publish

    def publishing(self, packages):
        return [
            Failure("Disken är full.") if made.region == "Ost" else real(self, [(made, staged)])[0]
            for made, staged in packages
        ]

    monkeypatch.setattr(publish.Publisher, "publish", publishing)
    monkeypatch.setattr("underlag.batch.summary.write.write_summary", refuse)
    with pytest.raises(PackageError, match=told):
        batch(put(tmp_path / "in", files), tmp_path / "ut")


def test_a_workbook_whose_process_dies_waits_for_a_person_and_the_others_go_on(tmp_path, monkeypatch):
    """The process may be ended by the system, for want of memory, at any moment."""
    real = Pool.results

    def died(result) -> bool:
        return isinstance(result, PackageRecord) and result.name == "a.xlsx"

    def results(pool, *rest):
        all_results = real(pool, *rest)
        return Results((Died() if died(one) else one for one in all_results), all_results.are_there)

    monkeypatch.setattr(Pool, "results", results)
    made = batch(put(tmp_path / "in", {"a.xlsx": book(), "b.xlsx": book(region="Ost")}), tmp_path / "ut")

    assert [one.state for one in made.workbooks] == [State.REJECTED, State.DONE]
    assert "avslutades oväntat" in made.workbooks[0].reason
    assert "underlag bestall" in made.workbooks[0].reason
