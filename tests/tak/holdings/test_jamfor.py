"""`underlag jamfor` from a user's view."""

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from tests.tak.holdings.exports import (
    OTHER,
    OTHER_URL,
    PROXY,
    STATUS,
    SYSTEM,
    UNIT,
    UNIT2,
    Tak,
    as_bytes,
    blob,
    zipped,
)
from tests.tak.holdings.tak_api_server import Api, serving
from underlag.cli.commands.jamfor import command
from underlag.cli.main import cli
from underlag.cli.shared.tak_source import PASSWORD_VARIABLE, default_cache

LIV_URL = "https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21"
DRAFT = "urn:riv:clinicalprocess:healthcond:certificate:CreateDraftCertificateResponder:3"


def tak():
    """One unit as in the workbook, one with another producer, one unknown."""
    made = Tak().route(UNIT, producer=PROXY, url=LIV_URL).authorize(UNIT).unit(UNIT, "Tolkcentralen Värmland")
    made.route(UNIT2, producer=OTHER, url=OTHER_URL).authorize(UNIT2).unit(UNIT2, "Vårdcentralen Rud")
    made.route(SYSTEM, DRAFT, "SE5565594230-B8N", "https://webcert.example.se/v3").unit(
        SYSTEM, "Inera - Webcert"
    )
    return made


@pytest.fixture
def book(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(workbook(STANDARD + ORDER_SHEET))
    return path


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "takdump_ntjp_prod.json.zip"
    path.write_bytes(zipped(as_bytes(blob(tak()))))
    return path


def run(*arguments, env=None):
    return CliRunner().invoke(command, [*map(str, arguments), "--tidpunkt", "2027-02-01T09:00"], env=env)


def test_the_table_shows_the_changes(book, export):
    result = run(book, "--tak", export)

    assert result.exit_code == 0, result.output
    assert re.search(
        rf"F3 +{UNIT2} +CertificateStatusUpdateForCare v3 +annan producent +finns +vägval till {OTHER}",
        result.output,
    )
    assert re.search(rf"F2 +{UNIT} +CertificateStatusUpdateForCare v3 +finns +finns", result.output)
    assert "TAK012" in result.output
    assert "Ersätter ett vägval (beställs inte utan --ersatt-vagval)" in result.output


def test_bestall_lists_the_left_out_rows_with_their_places(book, export, tmp_path):
    def ordered(name, *options):
        given = ["bestall", book, "--ut", tmp_path / name, "--tak", export, *options]
        return CliRunner().invoke(cli, [*map(str, given), "--tidpunkt", "2027-02-01T09:00"])

    result = ordered("utan")

    assert result.exit_code == 0, result.output
    assert "Kan beställas utom 2\xa0rader." in result.output
    assert (
        f"2\xa0rader beställs inte. De står med sina skäl i {tmp_path / 'utan' / 'bortvalda.csv'}"
        in result.output
    )
    assert "Raden beställs inte förrän det är bestämt att vägvalet ska bytas." in " ".join(
        result.output.split()
    )
    assert "--alla" not in result.output
    annotated = next((tmp_path / "utan").glob("granskad-*")).name
    said = " ".join(result.output.split())
    assert f"Varje ställe står på första fliken i {annotated}." in said
    assert (tmp_path / "utan" / "bortvalda.csv").exists()
    assert "bortvald" not in ordered("med", "--ersatt-vagval").output
    new = ordered("nytt", "--ersatt-vagval", "--bara-nytt").output
    where = tmp_path / "nytt" / "bortvalda.csv"
    listed = where.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert len({tuple(line.split(";")[:2]) for line in listed}) == 1
    assert f"1\xa0rad behöver inte beställas. Den står med sina skäl i {where}" in new
    both = ordered("badas", "--bara-nytt").output
    assert "2\xa0rader beställs inte och 1\xa0rad behöver inte beställas. De står med sina skäl i" in both


@pytest.mark.parametrize(("units", "shown", "left"), [(19, 21, ""), (20, 20, "och 2\xa0rader till")])
def test_a_single_row_is_shown_instead_of_counted(tmp_path, units, shown, left):
    more = "".join(f"|  |  |  |  |  | SE162321000156-4K{n:02} | Enhet {n} |\n" for n in range(units))
    first, rest = STANDARD.split("\n## Intygstjänsten -> Webcert")
    book = tmp_path / NAME
    book.write_bytes(workbook(f"{first}{more}\n## Intygstjänsten -> Webcert{rest}{ORDER_SHEET}"))
    export = tmp_path / "takdump_ntjp_prod.json"
    present = tak()
    for n in range(units):
        present.route(f"SE162321000156-4K{n:02}", producer=OTHER, url=OTHER_URL)
    present.route("SE162321000156-4HVX", producer=OTHER, url=OTHER_URL)
    export.write_bytes(as_bytes(blob(present)))

    output = run(book, "--tak", export).output
    part = output.split("Ersätter ett vägval")[1].split("\n\n")[0]

    assert part.count("annan producent") == shown
    assert left in part
    assert ("till. Visa" in part) == bool(left)


def test_json_is_all_that_is_on_stdout(book, export):
    result = run(book, "--tak", export, "--format", "json")
    found = json.loads(result.stdout)

    assert found["tak"] == {
        "kalla": export.name,
        "plattform": "NTJP-PROD",
        "taget": "2027-01-25",
        "kan_visa_raderade": False,
    }
    assert found["antal_i_tak"]["vagval"] == {"ny": 4, "finns": 1, "annan producent": 1}
    assert len(found["rader"]) == 8
    row = next(r for r in found["rader"] if (r["hsaId"], r["kontrakt"][:4]) == (UNIT2, "Cert"))
    assert (row["cell"], row["vagval"], row["bestalls"], row["skal"]) == (
        "F3",
        "annan producent",
        False,
        "TAK012",
    )
    assert row["i_tak"][0] | {"anropsadress": ""} == {
        "logisk_adress": UNIT2,
        "producenter": [OTHER],
        "anropsadress": "",
        "rivtaprofil": "RIVTABP21",
        "fran": "2014-08-13",
        "till": "2114-08-13",
    }
    assert found["godkand"]


def test_only_the_new_and_replaced_routes_on_request(book, export):
    def ordered(*options):
        rows = json.loads(run(book, "--tak", export, "--format", "json", *options).stdout)["rader"]
        return [(r["hsaId"], r["kontrakt"].split()[0]) for r in rows if r["bestalls"]]

    kept_back, present = (
        (UNIT2, STATUS.split(":")[-2].removesuffix("Responder")),
        (UNIT, "CertificateStatusUpdateForCare"),
    )
    assert kept_back not in ordered()
    assert present in ordered()
    assert present not in ordered("--bara-nytt")
    assert kept_back in ordered("--ersatt-vagval")


def test_page_is_self_contained(book, export, tmp_path):
    page = tmp_path / "jamforelse.html"
    result = run(book, "--tak", export, "--format", "html", "--ut", page)
    text = page.read_text(encoding="utf-8")

    assert result.exit_code == 0
    assert text.count("<svg") == 1
    assert '<text x="178" y="44" class="lage">ny</text>' in text
    assert OTHER in text
    assert not re.search(r'(src|href)="(?!#)', text)
    assert "<script" not in text


def test_page_escapes_what_a_tak_holds(book, tmp_path):
    export = tmp_path / "takdump_ntjp_prod.json"
    export.write_bytes(as_bytes(blob(tak().unit(UNIT, "<b>Annat & namn</b>"))))
    result = run(book, "--tak", export, "--format", "html")

    assert "&lt;b&gt;Annat &amp; namn&lt;/b&gt;" in result.stdout
    assert "<b>Annat" not in result.stdout


def test_text_in_a_file_is_the_whole_table(book, export, tmp_path):
    target = tmp_path / "svar.txt"
    run(book, "--tak", export, "--ut", target)

    assert UNIT2 in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "TAK004"),
        (b"x", "TAK001"),
        (as_bytes(blob(tak()))[:-200], "TAK002"),
        (b'{"Status":"ERROR"}', "TAK005"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_export_that_is_not_whole_is_a_finding(book, tmp_path, content, code, form):
    export = tmp_path / "takdump_ntjp_prod.json"
    export.write_bytes(content)
    result = run(book, "--tak", export, "--format", form)

    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert code in result.stdout
    if form == "json":
        found = json.loads(result.stdout)
        assert (found["tak"], found["rader"], found["godkand"]) == (None, [], False)


def test_export_of_another_platform_is_a_finding(book, tmp_path):
    export = tmp_path / "takdump_ntjp_qa.json"
    export.write_bytes(as_bytes(blob(tak())))
    result = run(book, "--tak", export, "--format", "json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["rader"] == []
    assert "TAK007" in result.stdout


def test_faulty_rows_do_not_keep_the_others_from_being_compared(tmp_path, export):
    path = tmp_path / NAME
    path.write_bytes(
        workbook((STANDARD + ORDER_SHEET).replace("SE162321000156-4HVX", "SE162321000165-4HVX", 1))
    )
    result = run(path, "--tak", export, "--format", "json")
    found = json.loads(result.stdout)

    assert result.exit_code == 1
    assert not found["godkand"]
    assert [r["cell"] for r in found["rader"] if r["flik"].startswith("Webcert")] == ["F2", "F3"]


def test_a_faulty_row_does_not_make_named_systems_nameless(tmp_path, export):
    """The names of the compared rows are the workbook's, though an error keeps them from being ordered."""
    path = tmp_path / NAME
    path.write_bytes(workbook(STANDARD.replace("SE162321000156-4HVX", "SE162321000165-4HVX") + ORDER_SHEET))
    result = run(path, "--tak", export)

    assert "HSA003" in result.output
    assert "TAK053" not in result.output
    assert "TAK054" not in result.output
    assert "inget namn i arbetsboken" not in result.output


def test_same_input_gives_the_same_bytes(book, export):
    for form in ("json", "html", "text"):
        assert (
            run(book, "--tak", export, "--format", form).stdout
            == run(book, "--tak", export, "--format", form).stdout
        )


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--tak", "{export}", "--tak-api", "https://api.example.se"],
        ["--tak", "finns-inte.json"],
        ["--tak", "{export}", "--tak-api-anvandare", "tove"],
        ["--tak-api", "api.example.se"],
        ["--tak-api", "http://api.example.se/coop/api/v2"],
        ["--tak-api", "https://api.example.se", "--tak-api-anvandare", "tove"],
    ],
)
def test_wrong_usage(book, export, options):
    result = run(book, *(o.format(export=export) for o in options), env={PASSWORD_VARIABLE: ""})

    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


def test_api_in_place_of_an_export(book, tmp_path):
    cache = tmp_path / "svar.json"
    with serving(Api(tak())) as url:
        options = [
            "--tak-api",
            url,
            "--tak-api-anvandare",
            "tove",
            "--tak-api-cache",
            cache,
            "--format",
            "json",
        ]
        result = run(book, *options, env={PASSWORD_VARIABLE: "hemligt"})
    found = json.loads(result.stdout)

    assert result.exit_code == 0, result.output
    assert found["antal_i_tak"]["vagval"] == {"ny": 4, "finns": 1, "annan producent": 1}
    assert found["rader"][-1]["i_tak"] == []
    assert {r["fran"] for row in found["rader"] for r in row["i_tak"]} == {""}
    assert cache.exists()


def test_api_with_a_wrong_password(book, tmp_path):
    with serving(Api(tak())) as url:
        options = ["--tak-api", url, "--tak-api-anvandare", "tove", "--tak-api-cache", tmp_path / "svar.json"]
        result = run(book, *options, env={PASSWORD_VARIABLE: "fel"})

    assert result.exit_code == 1
    assert "TAK042" in result.output


def test_answers_of_different_addresses_are_kept_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    paths = {
        default_cache(url, platform)
        for url in ("https://a", "https://b")
        for platform in ("NTJP-PROD", "NTJP-QA")
    }

    assert len(paths) == 4
    assert all(path.is_relative_to(tmp_path) for path in paths)


def test_nothing_of_the_network_is_loaded_for_an_export(book, export):
    code = (
        "import sys; from underlag.cli.commands.jamfor import command;"
        f"command([{str(book)!r}, '--tak', {str(export)!r}], standalone_mode=False);"
        "print(sorted(set(sys.modules) & {'urllib.request', 'http.client', 'underlag.tak.holdings.api'}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8"
    )

    assert done.stderr.splitlines()[-1] == "[]"


def test_the_last_words_are_about_this_command_and_this_tak(tmp_path):
    units = [(f"SE162321000156-4K{n:02}", f"Enhet {n}") for n in range(12)]
    twice = Tak()
    for hsa_id, name in units:
        twice.route(hsa_id).route(hsa_id, producer=OTHER, url=OTHER_URL).unit(hsa_id, name)
    rows = "".join(f"|  |  |  |  |  | {hsa_id} | {name} |\n" for hsa_id, name in units)
    messages = "".join(f"|  |  |  |  | {hsa_id} | {name} |\n" for hsa_id, name in units)
    first, rest = STANDARD.split("\n## Intygstjänsten -> Webcert")
    book = tmp_path / NAME
    book.write_bytes(
        workbook(f"{first}{rows}\n## Intygstjänsten -> Webcert{rest.rstrip()}\n{messages}{ORDER_SHEET}")
    )
    export = tmp_path / "takdump_ntjp_prod.json"
    export.write_bytes(as_bytes(blob(twice)))
    result = run(book, "--tak", export)

    assert result.exit_code == 1
    assert result.output.rstrip().endswith("Lägg till --alla för att se varje ställe.")
    assert "Felen gäller TAK" in result.output
    assert "rättas i arbetsboken" not in result.output
